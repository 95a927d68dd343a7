// DecoderBar: how a capture's bytes are read: the framing, chosen, filled in as a form or typed as a SPEC, and the
// struct LAYOUT of payloads, for both directions or one. A wrong text changes nothing: its error stands below it, and
// the last right one stays in force.
#pragma once

#include "model/capture/decode_settings.h"
#include "model/framing/framer.h"

#include <QHash>
#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLabel;
class QSettings;
class QToolButton;

namespace octetscope {

class FramingForm;
class LayoutEdit;
class LimitEdit;
class SpecLine;

class DecoderBar : public QWidget {
  Q_OBJECT
 public:
  /// `settings` keeps what was typed before; may be null.
  explicit DecoderBar(QSettings *settings, QWidget *parent = nullptr);

  /// What is in force: always right texts, but for those that setSettings() was given.
  const DecodeSettings &settings() const { return settings_; }
  /// Shows them; does not emit. A wrong text being typed stays where these are the settings in force already.
  void setSettings(const DecodeSettings &settings);
  /// The same for another capture: a wrong text being typed was not meant for it and goes.
  void startWith(const DecodeSettings &settings);
  /// How the two directions are called ("← in", "client→server").
  void setDirectionNames(const QString &in, const QString &out);
  /// The direction that is being edited; of both the first.
  Direction direction() const;
  bool editsBoth() const;
  /// Edits one direction or, without a value, both; shows what is in force there. Does not emit.
  void setDirection(std::optional<Direction> direction);

  /// Leaves explaining sentences out, for small windows; errors stay.
  void setCompact(bool compact);
  /// Puts the keyboard there and selects the text.
  void focusFraming();
  void focusLayout();

  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// The user changed what is in force. The restarts are those setSettings() was given.
  void settingsEdited(const octetscope::DecodeSettings &settings);
  /// F1 was pressed where the framing is chosen or written: what it does is asked for. `name`: of the framing.
  void helpAsked(const QString &name);

 protected:
  bool event(QEvent *event) override;
  bool eventFilter(QObject *watched, QEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;

 private:
  QWidget *buildFraming(QSettings *settings);
  QWidget *buildLayout(QSettings *settings);
  void alignRows();
  void showInForce();
  void showFraming(const QString &spec);
  void showMeaningOfFraming(const QString &spec);
  void editFraming(const QString &spec, bool fromLine, bool fromForm);
  void editLayout(const QString &text);
  void editLimit();
  void chooseKind(int index);
  void chooseScope(int index);
  /// The framing whose row the keyboard is in; empty: it is in none.
  QString framingAtFocus() const;
  const DirectionSettings &inForce() const { return settings_.of(direction()); }
  /// Changes what is edited by `change` and emits where that made a difference.
  template <typename Change>
  void apply(Change change);

  DecodeSettings settings_;
  Direction shown_ = Direction::In;     // whose settings the lines show
  QHash<QString, QString> lastOfKind_;  // SPECs, by name of the framing
  QBoxLayout *groups_ = nullptr;
  QLabel *label_ = nullptr;  // of the framing
  QComboBox *kind_ = nullptr;
  SpecLine *spec_ = nullptr;
  QToolButton *options_ = nullptr;
  FramingForm *form_ = nullptr;
  LimitEdit *limit_ = nullptr;
  LayoutEdit *layout_ = nullptr;
  QComboBox *scope_ = nullptr;
};

}  // namespace octetscope
