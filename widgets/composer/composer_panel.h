// ComposerPanel: the Send panel. Bytes as text, hex, fields or a file; framed or not; whole, in pieces or cut where
// one chooses; and what ends a connection: FIN, close, RST. It owns no socket: it asks, by signals, and is told the
// state. No control is dead: one that cannot be used says why in its tool tip.
#pragma once

#include "model/capture/decode_settings.h"
#include "model/framing/framer.h"
#include "model/transport/live_connection.h"
#include "widgets/composer/send_history.h"
#include "widgets/composer/send_request.h"

#include <QWidget>

#include <optional>

class QMimeData;
class QStackedWidget;
class QTabBar;
class QTimer;

namespace octetscope {

class ComposePage;
class DeliveryOptions;
class FieldsPage;
class FilePage;
class FrameBox;
class FramedFile;
class HexInputPage;
class HistoryButton;
class LinkButtons;
class StatusLine;
class TextOptions;
class TextPage;

class ComposerPanel : public QWidget {
  Q_OBJECT
 public:
  /// `settings` keeps the choices and the history; may be null.
  explicit ComposerPanel(QSettings *settings, QWidget *parent = nullptr);
  ~ComposerPanel() override;

  /// How what is sent is framed and which fields it has: those of the direction `out`. Wrong texts: none.
  void setDecodeSettings(const DecodeSettings &settings);
  /// What may be done; none: there is no connection.
  void setState(std::optional<LinkState> state, const ChannelAbilities &abilities = {});
  /// The state of `link`, null: none. To be called again when it changes.
  void setLink(const LiveConnection *link);

  /// While something goes out, progress and a button to cancel are shown.
  void setDelivering(bool delivering);
  /// Bytes that the system took of the delivery under way.
  void setProgress(quint64 done, quint64 total);

  bool canSend() const { return sendReason_.isEmpty(); }
  /// Why sending is not possible now, in one sentence; empty: it is.
  QString sendReason() const { return sendReason_; }
  bool canSendAgain() const;
  /// Puts the keyboard where one types.
  void focusEditor();
  /// What is dragged of the message list. Of a whole message its payload is taken, to be framed as one that is sent is;
  /// where the framing in force cannot do that, all its bytes, not to be framed. Of all else, its bytes.
  void take(const QMimeData &dragged);
  QSize minimumSizeHint() const override;

 public Q_SLOTS:
  void send();
  void sendAgain();
  /// What was sent before (+1: older), as Alt+Up and Alt+Down.
  void recall(int steps);

 Q_SIGNALS:
  void sendRequested(const octetscope::SendRequest &request);
  void finishRequested();
  void closeRequested();
  void resetRequested();
  void cancelRequested();
  /// canSend(), canSendAgain() or sendReason() changed.
  void canSendChanged();

 protected:
  bool event(QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;
  void changeEvent(QEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;

 private:
  QWidget *buildHeader();
  void restore();
  void keep(const QString &key, const QVariant &value);
  void choosePage(int index);
  /// Bytes as a payload, or as what goes out: as text where text is typed and they are, in the fields where those are
  /// filled in and have them all, else as hex digits.
  void takeBytes(const QByteArray &bytes, bool isPayload);
  ComposePage *page() const;
  ComposePage *pageOf(const QString &kind) const;
  void schedule();
  void refresh();
  void refreshFrameWords(const Result<QByteArray> &payload);
  void refreshDelivery();
  void refreshButtons();
  void sendFramedFile(const SendRequest &request);
  void giveFramedFile(const Result<QByteArray> &bytes);
  void give(const SendRequest &request);
  void remember();
  void bringBack(const std::optional<SentEntry> &entry);

  QPointer<QSettings> settings_;
  SendHistory history_;
  FramerPtr framer_;
  QString framing_;
  std::optional<LinkState> state_;
  ChannelAbilities abilities_;
  QByteArray outgoing_;  // of the page as it stands, framed where it is to be
  QString sendReason_;
  QString payloadReason_;  // why there are no bytes; empty: there are
  std::optional<SendRequest> last_;
  SendRequest fileRequest_;
  FramedFile *framedFile_ = nullptr;

  QTabBar *tabs_ = nullptr;
  QStackedWidget *pages_ = nullptr;
  TextPage *text_ = nullptr;
  HexInputPage *hex_ = nullptr;
  FieldsPage *fields_ = nullptr;
  FilePage *file_ = nullptr;
  TextOptions *textOptions_ = nullptr;
  HistoryButton *historyButton_ = nullptr;
  StatusLine *status_ = nullptr;
  FrameBox *frame_ = nullptr;
  DeliveryOptions *delivery_ = nullptr;
  LinkButtons *buttons_ = nullptr;
  QTimer *later_ = nullptr;
};

}  // namespace octetscope
