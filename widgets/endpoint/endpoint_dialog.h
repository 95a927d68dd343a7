// EndpointDialog: what the dialogs for listening and connecting share: endpoints used before, port, receive size,
// whether we finish with the peer, the sentence that says what will happen or what is wrong, and what is remembered.
// What a dialog gives is right: it cannot be accepted while something is wrong.
#pragma once

#include "model/capture/connection.h"
#include "widgets/controls/recent_texts.h"

#include <QDialog>

#include <expected>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace octetscope {

class EndpointDialog : public QDialog {
  Q_OBJECT
 public:
  /// What is wrong; empty: nothing.
  QString error() const { return error_; }

 public Q_SLOTS:
  void accept() override;

 protected:
  /// What the two dialogs say and keep differently.
  struct Kind {
    QString title;
    QString button;     ///< what accepts
    QString buttonTip;  ///< what that does
    QString usedTip;    ///< of endpoints used before
    QString unusedTip;  ///< where there are none
    QString recentKey;  ///< in the settings
    QString finishKey;
    bool allowsAnyPort = false;  ///< 0: the system picks one
  };
  /// `settings` keeps what was used last and before; may be null.
  EndpointDialog(const Kind &kind, QSettings *settings, QWidget *parent);

  /// Adds a row of the form; Tab goes through them in the order in which they were added.
  void addRow(const QString &label, QWidget *field);
  /// After the last row: shows what was used last, and what there is to say of it.
  void begin();
  /// Says what will happen or what is wrong; after every change.
  void check();

  /// The sentence that says what will happen; or what is wrong, in one line.
  virtual std::expected<QString, QString> judge() = 0;
  virtual void use(const Endpoint &used) = 0;
  virtual Endpoint chosen() const = 0;
  virtual void load(const QSettings &settings) { Q_UNUSED(settings); }
  virtual void save(QSettings &settings) const { Q_UNUSED(settings); }

  quint16 port() const;

  QComboBox *recentBox_;
  QSpinBox *port_;
  QSpinBox *receiveSize_;
  QCheckBox *autoFinish_;

 private:
  void useRecent(int index);

  const Kind kind_;
  RecentTexts recent_;
  QPointer<QSettings> settings_;
  QString error_;
  QFormLayout *form_;
  QLabel *sentence_;
  QPushButton *ok_;
  QWidget *lastRow_ = nullptr;
};

}  // namespace octetscope
