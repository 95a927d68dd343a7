#include "app/copy_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "model/copying/copied_piece.h"
#include "model/framing/framing_words.h"
#include "model/items/copied_rows.h"
#include "model/items/payload_reading.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QApplication>
#include <QSettings>

#include <utility>

namespace octetscope {

namespace {

const QString formatKey = QStringLiteral("copy/format");

struct FormatAction {
  CopyFormat format;
  ActionId action;
};
constexpr FormatAction formatActions[] = {
    {CopyFormat::Hex, ActionId::CopyHex},       {CopyFormat::HexDump, ActionId::CopyHexDump},
    {CopyFormat::C, ActionId::CopyC},           {CopyFormat::Python, ActionId::CopyPython},
    {CopyFormat::Rust, ActionId::CopyRust},     {CopyFormat::JavaScript, ActionId::CopyJavaScript},
    {CopyFormat::Base64, ActionId::CopyBase64}, {CopyFormat::Text, ActionId::CopyText},
    {CopyFormat::Json, ActionId::CopyJson},     {CopyFormat::StructCall, ActionId::CopyStructCall},
};
static_assert(std::size(formatActions) == copyFormats.size());

/// What a walk over rows or messages brings together.
struct Gathered {
  std::vector<CopiedPiece> pieces;
  quint64 bytes = 0;
  bool isTooMuch = false;

  /// False: enough, or too much.
  bool add(CopiedPiece piece) {
    isTooMuch = pieces.size() >= CopyCommands::mostPieces;
    if (isTooMuch) return false;
    bytes += piece.size();
    pieces.push_back(std::move(piece));
    return bytes <= mostCopiedCharacters;  // no form is shorter than its bytes
  }
};

}  // namespace

CopyCommands::CopyCommands(MainWindow *window) : QObject(window), window_(window) {
  for (const FormatAction &one : formatActions) {
    connect(window->actions()[one.action], &QAction::triggered, this, [this, one] { copy(one.format); });
  }
  connect(window->actions()[ActionId::CopyAgain], &QAction::triggered, this, [this] { copy(last_); });
  connect(&copier_, &TextCopier::said, window, &MainWindow::say);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, const QWidget *now) { onFocus(now); });
  last_ = copyFormatOfKey(window->settings()->value(formatKey).toString()).value_or(CopyFormat::Hex);
}

/// A menu takes the keyboard away, a line of text has no bytes: what counts is where it was before.
void CopyCommands::onFocus(const QWidget *now) {
  const ConnectionView *view = window_->view();
  if (now == view->messages()) lastPlace_ = Place::Messages;
  // The ribbon selects bytes, and has no rows.
  if (now == view->bytes() || now == view->ribbon()) lastPlace_ = Place::Bytes;
  if (now == view->payloadPane()->bytes()) lastPlace_ = Place::Payload;
}

CopyCommands::Place CopyCommands::place() const {
  const ConnectionView *view = window_->view();
  if (lastPlace_ == Place::Payload && !view->payloadPane()->isHidden() && view->payloadPane()->reading()) {
    return Place::Payload;
  }
  const bool hasRow = view->messages()->currentIndex().isValid();
  return lastPlace_ == Place::Messages && hasRow ? Place::Messages : Place::Bytes;
}

void CopyCommands::updateEnabled() {
  const ConnectionDecoder *decoder = window_->view()->decoder();
  const auto any = [decoder](auto &&has) {
    return decoder && (has(*decoder, Direction::In) || has(*decoder, Direction::Out));
  };
  const bool isAny = any([](const auto &of, Direction way) { return of.view(way).size() > 0; });
  const bool isFields = isAny && any([](const auto &of, Direction way) { return hasFields(of, way); });
  const bool isStruct = isAny && any([](const auto &of, Direction way) { return layoutOf(of, way) != nullptr; });
  for (const FormatAction &one : formatActions) {
    QAction *const action = window_->actions()[one.action];
    QString why;
    if (!isAny) {
      why = tr("There are no bytes to copy");
    } else if (one.format == CopyFormat::Json && !isFields) {
      why = tr("Messages have no fields here: write a struct (Ctrl+T), or choose a framing whose format has fields");
    } else if (one.format == CopyFormat::StructCall && !isStruct) {
      why = tr("No struct is set: write one (Ctrl+T), and this copies a call of Python's struct.unpack that reads it");
    }
    action->setEnabled(why.isEmpty());
    action->setToolTip(why.isEmpty() ? action->statusTip() : why);
  }
  QAction *const again = window_->actions()[ActionId::CopyAgain];
  again->setEnabled(isAny);
  again->setText(tr("Copy a&gain as %1").arg(copyFormatWords(last_)));
}

void CopyCommands::copy(CopyFormat format) {
  remember(format);
  ConnectionView *view = window_->view();
  if (!view->decoder()) return;
  switch (place()) {
    case Place::Messages:
      copyRows(format);
      break;
    case Place::Bytes:
      copyBytes(format, view->bytes(), view->decoder(), view->shownDirection());
      break;
    case Place::Payload: {
      PayloadPane *pane = view->payloadPane();
      copyBytes(format, pane->bytes(), pane->reading()->decoder(), Direction::In);
      break;
    }
  }
}

void CopyCommands::copyRows(CopyFormat format) {
  const auto gathered = std::make_shared<Gathered>();
  ConnectionView *view = window_->view();
  const auto visit = [gathered, model = view->messageModel(),
                      code = view->bytes()->textCode()](const QModelIndex &row) {
    auto piece = model->copiedAt(row);
    if (piece) piece->textCode = code;
    return !piece || gathered->add(*std::move(piece));
  };
  walk_.cancel();
  view->messages()->visitSelected(visit, [gathered, format, self = QPointer(this)](bool whole) {
    if (!self) return;
    if (!whole) {
      self->window_->say(tr("Nothing was copied, because the rows changed meanwhile. Copy again."));
    } else if (gathered->isTooMuch) {
      self->window_->say(tr("More than %1 rows are too many for the clipboard: select fewer, or let octetscope-cli "
                            "decode write them to a file.")
                             .arg(self->window_->locale().toString(quint64{mostPieces})));
    } else if (gathered->pieces.empty()) {
      self->window_->say(tr("Nothing was copied: what is selected has no bytes."));
    } else {
      self->start(std::move(gathered->pieces), format);
    }
  });
}

void CopyCommands::copyBytes(CopyFormat format, HexView *bytes, const ConnectionDecoder *decoder, Direction direction) {
  if (bytesFormatOf(format)) {
    if (const auto copied = bytes->copy(format); !copied) window_->say(copied.error().line() + u'.');
    return;
  }
  // Of its fields: those of every message that has bytes in it.
  const ByteRange numbers = messagesIn(*decoder, direction, bytes->copiedRange());
  const auto gathered = std::make_shared<Gathered>();
  if (numbers.size() > mostPieces) {
    window_->say(tr("The fields of %1 messages are too many for the clipboard: select fewer, or let octetscope-cli "
                    "decode write them to a file.")
                     .arg(window_->locale().toString(numbers.size())));
    return;
  }
  // Another generation of messages has other numbers.
  const auto visit = [gathered, numbers, direction, run = decoder->run(), of = QPointer(decoder)](quint64 step) {
    const bool isThere = of && of->run() == run && numbers.begin + step < of->messageCount(direction);
    const bool goOn = isThere && gathered->add(copiedMessage(*of, direction, numbers.begin + step));
    return goOn ? SlicedWalk::Next::GoOn : SlicedWalk::Next::Stop;
  };
  walk_.start(numbers.size(), visit, [this, gathered, format](bool whole) {
    if (!whole) return;
    if (gathered->pieces.empty()) {
      window_->say(tr("Nothing was copied: no message holds what is selected."));
    } else {
      start(std::move(gathered->pieces), format);
    }
  });
}

void CopyCommands::start(std::vector<CopiedPiece> pieces, CopyFormat format) {
  if (const auto can = canCopy(pieces, format); !can) {
    window_->say(can.error().line() + u'.');
    return;
  }
  const auto count = static_cast<quint64>(pieces.size());
  QString what = byteCount(copiedBytes(pieces));
  if (count > 1) what = tr("%1 in %2 rows").arg(what, window_->locale().toString(count));
  const quint64 characters = copiedCharacters(pieces, format);
  const QString form = copyFormatWords(format, pieces.front().textCode);
  copier_.start([pieces = std::move(pieces),
                 format](const std::atomic<bool> &isCancelled) { return copyText(pieces, format, isCancelled); },
                characters, tr("Copied %1 as %2.").arg(what, form));
}

void CopyCommands::remember(CopyFormat format) {
  last_ = format;
  window_->settings()->setValue(formatKey, copyFormatKey(format));
  updateEnabled();
}

}  // namespace octetscope
