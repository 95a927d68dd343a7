#include "widgets/composer/composer_panel.h"

#include "model/framing/framing_words.h"
#include "model/framing/registry.h"
#include "model/items/message_mime.h"
#include "model/structs/value.h"
#include "widgets/composer/cut_list.h"
#include "widgets/composer/delivery_options.h"
#include "widgets/composer/fields_page.h"
#include "widgets/composer/file_page.h"
#include "widgets/composer/frame_box.h"
#include "widgets/composer/framed_file.h"
#include "widgets/composer/framed_payload.h"
#include "widgets/composer/history_button.h"
#include "widgets/composer/link_buttons.h"
#include "widgets/composer/link_words.h"
#include "widgets/composer/status_line.h"
#include "widgets/composer/text_options.h"
#include "widgets/composer/text_page.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/tool_tips.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QUrl>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype atOnce = 32 * 1024;  // bytes looked at while typing; more waits for a pause
constexpr int previewBytes = 24;

}  // namespace

ComposerPanel::ComposerPanel(QSettings *settings, QWidget *parent)
    : QWidget(parent), settings_(settings), history_(settings) {
  setAccessibleName(tr("Send"));
  setAcceptDrops(true);
  pages_ = new QStackedWidget(this);
  text_ = new TextPage;
  hex_ = new HexInputPage;
  fields_ = new FieldsPage;
  file_ = new FilePage;
  for (ComposePage *one : {static_cast<ComposePage *>(text_), static_cast<ComposePage *>(hex_),
                           static_cast<ComposePage *>(fields_), static_cast<ComposePage *>(file_)}) {
    pages_->addWidget(one);
    connect(one, &ComposePage::edited, this, &ComposerPanel::schedule);
    connect(one, &ComposePage::bytesDropped, this, [this](const QMimeData *dragged) { take(*dragged); });
  }
  status_ = new StatusLine(this);
  later_ = new QTimer(this);
  later_->setSingleShot(true);
  connect(later_, &QTimer::timeout, this, &ComposerPanel::refresh);
  framedFile_ = new FramedFile(this);
  connect(framedFile_, &FramedFile::done, this, &ComposerPanel::giveFramedFile);

  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(8, 2, 8, 3);
  column->setSpacing(2);
  column->addWidget(buildHeader());
  column->addWidget(pages_, 1);
  column->addWidget(status_);
  auto *flow = new FlowLayout(FlowLayout::Mode::Natural);
  flow->setSpacing(5);
  frame_ = new FrameBox(this);
  delivery_ = new DeliveryOptions(settings, this);
  buttons_ = new LinkButtons(this);
  for (QWidget *one :
       {static_cast<QWidget *>(frame_), static_cast<QWidget *>(delivery_), static_cast<QWidget *>(buttons_)}) {
    flow->addWidget(one);
  }
  flow->setAlignment(buttons_, Qt::AlignRight);
  column->addLayout(flow);
  connect(frame_, &QCheckBox::toggled, this, [this](bool on) {
    keep(u"frame"_s, on);
    refresh();
  });
  connect(delivery_, &DeliveryOptions::edited, this, &ComposerPanel::refresh);
  connect(buttons_, &LinkButtons::sendClicked, this, &ComposerPanel::send);
  connect(buttons_, &LinkButtons::finishClicked, this, &ComposerPanel::finishRequested);
  connect(buttons_, &LinkButtons::closeClicked, this, &ComposerPanel::closeRequested);
  connect(buttons_, &LinkButtons::resetClicked, this, &ComposerPanel::resetRequested);
  connect(buttons_, &LinkButtons::cancelClicked, this, &ComposerPanel::cancelRequested);
  restore();
  choosePage(tabs_->currentIndex());
}

ComposerPanel::~ComposerPanel() = default;

QWidget *ComposerPanel::buildHeader() {
  auto *header = new QWidget(this);
  auto *row = new QHBoxLayout(header);
  row->setContentsMargins(0, 0, 0, 0);
  tabs_ = new QTabBar(header);
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  tabs_->setAccessibleName(tr("What to send"));
  tabs_->addTab(tr("&Text"));
  tabs_->addTab(tr("He&x"));
  tabs_->addTab(tr("Fie&lds"));
  tabs_->addTab(tr("File"));
  tabs_->setTabToolTip(0, tr("Type text: it is sent as UTF-8"));
  tabs_->setTabToolTip(1, tr("Type bytes as hex digits"));
  tabs_->setTabToolTip(2, tr("Fill in the fields of the struct layout: they are packed as you type"));
  tabs_->setTabToolTip(3, tr("Send the bytes of a file"));
  connect(tabs_, &QTabBar::currentChanged, this, &ComposerPanel::choosePage);

  textOptions_ = new TextOptions(settings_, text_, header);

  historyButton_ = new HistoryButton(&history_, header);
  connect(historyButton_, &HistoryButton::againChosen, this, &ComposerPanel::sendAgain);
  connect(historyButton_, &HistoryButton::entryChosen, this, [this](qsizetype index) {
    bringBack(history_.choose(index));
    focusEditor();
  });
  connect(historyButton_, &HistoryButton::forgetChosen, this, [this] {
    history_.clear();
    refreshButtons();
  });
  row->addWidget(tabs_);
  row->addStretch(1);
  row->addWidget(textOptions_);
  row->addWidget(historyButton_);
  return header;
}

void ComposerPanel::restore() {
  if (!settings_) return;
  frame_->setChecked(settings_->value(u"composer/frame"_s, false).toBool());
  tabs_->setCurrentIndex(std::clamp(settings_->value(u"composer/tab"_s, 0).toInt(), 0, tabs_->count() - 1));
}

void ComposerPanel::keep(const QString &key, const QVariant &value) {
  if (settings_) settings_->setValue(u"composer/"_s + key, value);
}

ComposePage *ComposerPanel::page() const {
  return static_cast<ComposePage *>(pages_->currentWidget());
}

ComposePage *ComposerPanel::pageOf(const QString &kind) const {
  for (int i = 0; i < pages_->count(); ++i) {
    auto *one = static_cast<ComposePage *>(pages_->widget(i));
    if (one->kind() == kind) return one;
  }
  return nullptr;
}

void ComposerPanel::choosePage(int index) {
  pages_->setCurrentIndex(index);
  textOptions_->setVisible(page() == text_);
  keep(u"tab"_s, index);
  refresh();
}

void ComposerPanel::focusEditor() {
  page()->focusEditor();
}

void ComposerPanel::setDecodeSettings(const DecodeSettings &settings) {
  const DirectionSettings &out = settings.of(Direction::Out);
  framing_ = out.framing;
  framer_ = framerFromSpec(out.framing, out.maxMessage).value_or(nullptr);
  fields_->setLayoutText(out.layout);
  refresh();
}

void ComposerPanel::setLink(const LiveConnection *link) {
  setState(link ? std::optional(link->state()) : std::nullopt, link ? link->abilities() : ChannelAbilities{});
}

void ComposerPanel::setState(std::optional<LinkState> state, const ChannelAbilities &abilities) {
  state_ = state;
  abilities_ = abilities;
  refreshButtons();
}

void ComposerPanel::setDelivering(bool delivering) {
  buttons_->setDelivering(delivering);
}

void ComposerPanel::setProgress(quint64 done, quint64 total) {
  buttons_->setProgress(done, total);
}

void ComposerPanel::schedule() {
  // Much text is looked at when the typing pauses; little at once.
  if (sender() != page()) return;
  if (outgoing_.size() > atOnce) {
    later_->start(150);
  } else {
    refresh();
  }
}

void ComposerPanel::refresh() {
  later_->stop();
  const bool isFile = page() == file_;
  const auto payload = page()->payload();
  outgoing_ = payload.value_or(QByteArray());
  payloadReason_ = payload ? QString() : payload.error().line();
  if (!payload) {
    status_->showWords(payload.error().line(), true);
  } else if (isFile) {
    status_->showWords({}, false);
  } else {
    const QByteArray first = payload->first(std::min<qsizetype>(previewBytes, payload->size()));
    const bool asText = page()->kind() == "hex"_L1;
    QString shown = payload->isEmpty() ? QString()
                    : asText           ? displayBytes(viewOf(*payload), 60)
                                       : hexWords(viewOf(first));
    if (!asText && payload->size() > first.size()) shown += u" …"_s;
    status_->showWords(shown.isEmpty() ? byteCount(0) : byteCount(payload->size()) + u":  "_s + shown, false);
  }
  refreshFrameWords(payload);
  if (payload) refreshDelivery();
  if (payloadReason_.isEmpty() && outgoing_.isEmpty() && !isFile) payloadReason_ = tr("There is nothing to send");
  refreshButtons();
}

void ComposerPanel::refreshFrameWords(const Result<QByteArray> &payload) {
  const bool isFile = page() == file_;
  QString words;
  QString tip = tr("Sends the payload as one message of the framing in force: what the framing adds goes out with it");
  if (!framer_) {
    words = tr("the framing is not right");
    tip = tr("Mend the framing in the decoder bar first");
    if (frame_->isChecked()) payloadReason_ = tip;
  } else if (isFile) {
    words = tr("as one message");
  } else if (payload) {
    const auto framed = framedPayload(*framer_, *payload);
    if (framed) {
      words = framed->words(payload->size());
      if (frame_->isChecked()) outgoing_ = framed->bytes;
    } else {
      words = framed.error().what;
      tip = framed.error().line();
      if (frame_->isChecked()) payloadReason_ = tr("This framing cannot carry it: %1").arg(framed.error().line());
    }
  }
  if (frame_->isChecked() && !payloadReason_.isEmpty() && payload) status_->showWords(payloadReason_, true);
  frame_->showWords(words, tip, framing_);
}

void ComposerPanel::refreshDelivery() {
  std::optional<quint64> size = static_cast<quint64>(outgoing_.size());
  if (page() == file_) {
    // What one message of a file will be is known when it is read.
    const auto fileSize = file_->fileSize();
    size = fileSize && !frame_->isChecked() ? std::optional(*fileSize) : std::nullopt;
  }
  const auto plan = delivery_->plan(size);
  if (!payloadReason_.isEmpty() || size == 0) return;
  if (!plan) {
    payloadReason_ = plan.error().line();
    status_->showWords(payloadReason_, true);
  } else if (!plan->isWhole() && page() != file_) {
    status_->showWords(byteCount(outgoing_.size()) + u' ' + CutList::preview(*plan, outgoing_), false);
  }
}

void ComposerPanel::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  frame_->setPanelWidth(width());
}

void ComposerPanel::refreshButtons() {
  const QString before = sendReason_;
  sendReason_ = LinkWords::sendReason(state_);
  if (sendReason_.isEmpty()) sendReason_ = payloadReason_;
  if (sendReason_.isEmpty() && framedFile_->isReading()) sendReason_ = tr("the file is being read");
  buttons_->showState(state_, abilities_, sendReason_);
  historyButton_->showState(last_.has_value(), LinkWords::sendReason(state_));
  if (before != sendReason_) Q_EMIT canSendChanged();
}

void ComposerPanel::send() {
  refresh();  // what is typed now, also where it was not looked at yet
  if (!canSend()) return;
  const auto plan = delivery_->plan(std::nullopt);
  if (!plan) return;
  SendRequest request{.bytes = outgoing_, .plan = *plan, .framed = frame_->isChecked(), .title = page()->title()};
  remember();
  if (page() != file_) {
    give(request);
    return;
  }
  request.path = file_->path();
  if (!request.framed) {
    give(request);
  } else {
    sendFramedFile(request);
  }
}

void ComposerPanel::sendFramedFile(const SendRequest &request) {
  fileRequest_ = request;
  fileRequest_.path.clear();
  framedFile_->read(request.path, framer_);
  refreshButtons();
}

void ComposerPanel::giveFramedFile(const Result<QByteArray> &bytes) {
  if (bytes) {
    fileRequest_.bytes = *bytes;
    give(fileRequest_);
  } else {
    status_->showWords(bytes.error().line(), true);
  }
  refreshButtons();
}

void ComposerPanel::give(const SendRequest &request) {
  last_ = request;
  refreshButtons();
  Q_EMIT canSendChanged();
  Q_EMIT sendRequested(request);
}

bool ComposerPanel::canSendAgain() const {
  return last_ && LinkWords::sendReason(state_).isEmpty();
}

void ComposerPanel::sendAgain() {
  if (canSendAgain()) Q_EMIT sendRequested(*last_);
}

void ComposerPanel::remember() {
  const QString title = tr("%1: %2").arg(tabs_->tabText(tabs_->currentIndex()).remove(u'&'), page()->title());
  history_.add({page()->kind(), page()->content(), title});
}

void ComposerPanel::bringBack(const std::optional<SentEntry> &entry) {
  ComposePage *target = entry ? pageOf(entry->kind) : nullptr;
  if (!target) return;
  const bool hadFocus = isAncestorOf(focusWidget()) || (focusWidget() && page()->isAncestorOf(focusWidget()));
  tabs_->setCurrentIndex(pages_->indexOf(target));
  target->setContent(entry->content);
  if (hadFocus) target->focusEditor();
}

void ComposerPanel::recall(int steps) {
  bringBack(history_.step(steps, {page()->kind(), page()->content()}));
}

bool ComposerPanel::event(QEvent *event) {
  // Within the panel these keys are its own, whatever else they mean in the window.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
      event->accept();
    }
  }
  return QWidget::event(event);
}

void ComposerPanel::keyPressEvent(QKeyEvent *event) {
  const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
  const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (isEnter && modifiers == Qt::ControlModifier) {
    send();
  } else if (isEnter && modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
    sendAgain();
  } else if (event->key() == Qt::Key_Up && modifiers == Qt::AltModifier) {
    recall(1);
  } else if (event->key() == Qt::Key_Down && modifiers == Qt::AltModifier) {
    recall(-1);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void ComposerPanel::dragEnterEvent(QDragEnterEvent *event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  const bool isFile = urls.size() == 1 && urls.first().isLocalFile();
  if (isFile || event->mimeData()->hasFormat(bytesMimeType)) event->acceptProposedAction();
}

void ComposerPanel::dropEvent(QDropEvent *event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (urls.size() == 1 && urls.first().isLocalFile()) {
    tabs_->setCurrentIndex(pages_->indexOf(file_));
    file_->setPath(urls.first().toLocalFile());
  } else if (event->mimeData()->hasFormat(bytesMimeType)) {
    take(*event->mimeData());
  } else {
    return;
  }
  event->acceptProposedAction();
}

void ComposerPanel::take(const QMimeData &dragged) {
  const QByteArray payload = dragged.data(bytesMimeType);
  const bool isOne = dragged.hasFormat(messageMimeType);
  if (!isOne && !dragged.hasFormat(messagesMimeType)) return takeBytes(payload, true);
  // A payload that holds messages itself is none that the innermost framing carries.
  const bool canFrame =
      isOne && framer_ && !framer_->inner() && !framer_->joinedBy() && framedPayload(*framer_, payload).has_value();
  frame_->setChecked(canFrame);
  takeBytes(canFrame ? payload : dragged.data(isOne ? messageMimeType : messagesMimeType), canFrame);
}

void ComposerPanel::takeBytes(const QByteArray &bytes, bool isPayload) {
  const bool isTaken =
      (page() == text_ && text_->setBytes(bytes)) || (page() == fields_ && isPayload && fields_->setBytes(bytes));
  if (!isTaken) {
    hex_->setBytes(bytes);
    tabs_->setCurrentIndex(pages_->indexOf(hex_));
  }
  focusEditor();
}

void ComposerPanel::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && status_) refresh();
}

QSize ComposerPanel::minimumSizeHint() const {
  return {QWidget::minimumSizeHint().width(), 124};  // the buttons below an editor of one line
}

}  // namespace octetscope
