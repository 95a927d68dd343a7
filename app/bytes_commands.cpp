#include "app/bytes_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/hexview/payload_pane.h"

#include <QInputDialog>
#include <QSettings>

namespace octetscope {

namespace {

const QString rowKey = QStringLiteral("bytes/perRow");  // 0: as many as fit
const QString groupKey = QStringLiteral("bytes/group");
const QString textKey = QStringLiteral("bytes/text");
const QString byMessageKey = QStringLiteral("bytes/byMessage");

template <typename Value>
struct Choice {
  ActionId action;
  Value value;
  int kept;  // what settings call it
};
constexpr Choice<int> rowChoices[] = {{ActionId::Rows8, 8, 8},
                                      {ActionId::Rows16, 16, 16},
                                      {ActionId::Rows24, 24, 24},
                                      {ActionId::Rows32, 32, 32},
                                      {ActionId::RowsFit, 0, 0}};
constexpr Choice<int> groupChoices[] = {
    {ActionId::Group1, 1, 1}, {ActionId::Group2, 2, 2}, {ActionId::Group4, 4, 4}, {ActionId::Group8, 8, 8}};
constexpr Choice<TextCode> textChoices[] = {{ActionId::TextAscii, TextCode::Ascii, 0},
                                            {ActionId::TextLatin1, TextCode::Latin1, 1},
                                            {ActionId::TextUtf8, TextCode::Utf8, 2},
                                            {ActionId::TextEbcdic, TextCode::Ebcdic, 3}};

}  // namespace

BytesCommands::BytesCommands(MainWindow *window)
    : QObject(window),
      window_(window),
      bytes_(window->view()->bytes()),
      payload_(window->view()->payloadPane()->bytes()) {
  const auto choose = [this](const auto &choices, const QString &key, auto &&set) {
    for (const auto &one : choices) {
      connect(window_->actions()[one.action], &QAction::triggered, this, [this, one, key, set] {
        set(one.value);
        keep(key, one.kept);
      });
    }
  };
  choose(rowChoices, rowKey, [this](int bytes) { setBytesARow(bytes); });
  connect(window_->actions()[ActionId::RowsOther], &QAction::triggered, this, &BytesCommands::askForBytesARow);
  choose(groupChoices, groupKey, [this](int bytes) { setGroup(bytes); });
  choose(textChoices, textKey, [this](TextCode code) { setTextCode(code); });
  connect(window->actions()[ActionId::RowsByMessage], &QAction::triggered, this, [this](bool on) {
    setByMessage(on);
    keep(byMessageKey, on);
  });
  restore();
}

void BytesCommands::setBytesARow(int bytes) {
  bytes_->setBytesARow(bytes);  // the payload's own view has what room there is
  showBytesARow();
}

/// Which of the actions says it; another number than theirs is said by the last one.
void BytesCommands::showBytesARow() {
  const int bytes = bytes_->bytesARow();
  QAction *other = window_->actions()[ActionId::RowsOther];
  const auto *const listed = std::ranges::find(rowChoices, bytes, &Choice<int>::value);
  const bool isOther = listed == std::end(rowChoices);
  (isOther ? other : window_->actions()[listed->action])->setChecked(true);
  other->setText(isOther ? tr("A&nother number a row (%1)…").arg(bytes) : tr("A&nother number a row…"));
}

void BytesCommands::askForBytesARow() {
  // What the click checked is not chosen yet.
  showBytesARow();
  auto *dialog = new QInputDialog(window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Bytes a row"));
  dialog->setLabelText(tr("Bytes in each &row, 1 to %1:").arg(HexView::mostBytesARow));
  dialog->setInputMode(QInputDialog::IntInput);
  dialog->setIntRange(1, HexView::mostBytesARow);
  dialog->setIntValue(bytes_->bytesARow() > 0 ? bytes_->bytesARow() : bytes_->geometryOfBytes().bytesPerRow());
  connect(dialog, &QInputDialog::intValueSelected, this, [this](int bytes) {
    setBytesARow(bytes);
    keep(rowKey, bytes);
  });
  dialog->open();
}

void BytesCommands::setGroup(int bytes) {
  bytes_->setGroup(bytes);
  payload_->setGroup(bytes);
}

void BytesCommands::setTextCode(TextCode code) {
  bytes_->setTextCode(code);
  payload_->setTextCode(code);
}

void BytesCommands::setByMessage(bool on) {
  bytes_->setByMessage(on);
  payload_->setByMessage(on);
}

void BytesCommands::keep(const QString &key, const QVariant &value) {
  window_->settings()->setValue(key, value);
}

void BytesCommands::restore() {
  const auto apply = [this](const auto &choices, const QString &key, int first, auto &&set) {
    const int kept = window_->settings()->value(key, first).toInt();
    for (const auto &one : choices) {
      if (one.kept != kept) continue;
      set(one.value);
      window_->actions()[one.action]->setChecked(true);
      return;
    }
    // What settings say is nothing that can be chosen.
    for (const auto &one : choices) {
      if (one.kept == first) window_->actions()[one.action]->setChecked(true);
    }
  };
  const int bytesARow = window_->settings()->value(rowKey, 16).toInt();
  setBytesARow(bytesARow >= 0 && bytesARow <= HexView::mostBytesARow ? bytesARow : 16);
  apply(groupChoices, groupKey, 8, [this](int bytes) { setGroup(bytes); });
  apply(textChoices, textKey, 0, [this](TextCode code) { setTextCode(code); });
  const bool byMessage = window_->settings()->value(byMessageKey, false).toBool();
  setByMessage(byMessage);
  window_->actions()[ActionId::RowsByMessage]->setChecked(byMessage);
}

}  // namespace octetscope
