#include "app/bytes_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/hexview/payload_pane.h"

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
constexpr Choice<HexView::RowMode> rowChoices[] = {{ActionId::Rows8, HexView::RowMode::Eight, 8},
                                                   {ActionId::Rows16, HexView::RowMode::Sixteen, 16},
                                                   {ActionId::Rows24, HexView::RowMode::TwentyFour, 24},
                                                   {ActionId::Rows32, HexView::RowMode::ThirtyTwo, 32},
                                                   {ActionId::RowsFit, HexView::RowMode::Fit, 0}};
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
  choose(rowChoices, rowKey, [this](HexView::RowMode mode) { setRowMode(mode); });
  choose(groupChoices, groupKey, [this](int bytes) { setGroup(bytes); });
  choose(textChoices, textKey, [this](TextCode code) { setTextCode(code); });
  connect(window->actions()[ActionId::RowsByMessage], &QAction::triggered, this, [this](bool on) {
    setByMessage(on);
    keep(byMessageKey, on);
  });
  restore();
}

void BytesCommands::setRowMode(HexView::RowMode mode) {
  bytes_->setRowMode(mode);  // the payload's own view has what room there is
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
  apply(rowChoices, rowKey, 16, [this](HexView::RowMode mode) { setRowMode(mode); });
  apply(groupChoices, groupKey, 8, [this](int bytes) { setGroup(bytes); });
  apply(textChoices, textKey, 0, [this](TextCode code) { setTextCode(code); });
  const bool byMessage = window_->settings()->value(byMessageKey, false).toBool();
  setByMessage(byMessage);
  window_->actions()[ActionId::RowsByMessage]->setChecked(byMessage);
}

}  // namespace octetscope
