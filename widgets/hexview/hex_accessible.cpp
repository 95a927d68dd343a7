#include "widgets/hexview/hex_accessible.h"

#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/hex_words.h"

namespace octetscope {

namespace {

constexpr int gapWidth = 2;  // spaces between the columns

QAccessibleInterface *makeHexAccessible(const QString &, QObject *object) {
  auto *view = qobject_cast<HexView *>(object);
  return view ? new HexAccessible(view) : nullptr;
}

}  // namespace

void installHexAccessibility() {
  QAccessible::installFactory(makeHexAccessible);  // Qt keeps each factory once
}

void HexView::tellAssistants() {
  if (!QAccessible::isActive()) return;
  if (auto *interface = QAccessible::queryAccessibleInterface(this)) {
    if (auto *text = interface->textInterface()) {
      QAccessibleTextCursorEvent moved(this, text->cursorPosition());
      QAccessible::updateAccessibility(&moved);
    }
  }
  QAccessibleEvent described(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&described);
}

HexAccessible::HexAccessible(HexView *view) : QAccessibleWidget(view, QAccessible::EditableText) {}

HexView *HexAccessible::view() const {
  return static_cast<HexView *>(object());
}

QString HexAccessible::text(QAccessible::Text kind) const {
  if (kind != QAccessible::Description) return QAccessibleWidget::text(kind);
  const auto caret = view()->caret();
  if (!caret || !view()->source()) return view()->emptyWords();
  QString words = hexByteInWords(*view()->source(), *caret);
  if (QString marks = view()->markWordsAt(*caret); !marks.isEmpty()) {
    words += QLatin1String(", ") + marks.replace(u'\n', QLatin1String(", "));
  }
  return words;
}

QAccessible::State HexAccessible::state() const {
  QAccessible::State state = QAccessibleWidget::state();
  state.readOnly = true;
  state.multiLine = true;
  state.selectableText = true;
  return state;
}

void *HexAccessible::interface_cast(QAccessible::InterfaceType type) {
  if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface *>(this);
  return QAccessibleWidget::interface_cast(type);
}

// Lines

int HexAccessible::lineLength() const {
  const HexGeometry &geometry = view()->geometryOfBytes();
  // The offset, the bytes as "41 ", their text, and the line's end.
  return geometry.offsetDigits() + gapWidth + geometry.bytesPerRow() * 3 + gapWidth - 1 + geometry.bytesPerRow() + 1;
}

QString HexAccessible::wholeText() const {
  const HexGeometry &geometry = view()->geometryOfBytes();
  const ByteRange range = view()->visibleRange();
  if (range.isEmpty() || !view()->source()) return {};
  const int perRow = geometry.bytesPerRow();
  QString all;
  std::vector<char32_t> letters;
  const quint64 lastRow = geometry.rowOf(range.end - 1);
  for (quint64 row = view()->topRow(); row <= lastRow; ++row) {
    const ByteRange here = geometry.rows().rangeOf(row);
    const quint64 before = std::min<quint64>(here.begin, 3);
    const ByteView around = view()->source()->bytes({here.begin - before, here.end + 3});
    if (around.size() < before + here.size()) break;
    const ByteView bytes = around.subspan(before, here.size());
    readLetters(around, before, bytes.size(), view()->textCode(), letters);
    all += QStringLiteral("%1").arg(here.begin, geometry.offsetDigits(), 16, QLatin1Char('0')).toUpper();
    all += QString(gapWidth, u' ');
    all += formatBytes(bytes, BytesFormat::Hex).leftJustified(perRow * 3, u' ');
    all += QString(gapWidth - 1, u' ');
    // One for each byte, so that places in the text are places in the row.
    for (const char32_t letter : letters) {
      const bool isOne = letter != noLetter && letter < 0x10000;
      all += letter == sameLetter ? QChar(u' ') : isOne ? QChar(static_cast<char16_t>(letter)) : QChar(u'.');
    }
    if (row < lastRow || bytes.size() == static_cast<std::size_t>(perRow)) {
      all += QString(perRow - static_cast<int>(bytes.size()), u' ') + u'\n';
    }
  }
  return all;
}

int HexAccessible::positionOf(quint64 offset) const {
  const HexGeometry &geometry = view()->geometryOfBytes();
  const quint64 top = view()->topRow();
  const quint64 row = geometry.rowOf(offset);
  if (row < top) return 0;
  if (offset >= view()->visibleRange().end) return characterCount();
  const int column = geometry.columnOf(offset);
  int inLine = geometry.offsetDigits() + gapWidth + column * 3;
  if (view()->activeColumn() == HexColumn::Text) {
    inLine = geometry.offsetDigits() + gapWidth + geometry.bytesPerRow() * 3 + gapWidth - 1 + column;
  }
  return static_cast<int>(row - top) * lineLength() + inLine;
}

quint64 HexAccessible::byteAt(int position) const {
  const HexGeometry &geometry = view()->geometryOfBytes();
  const int line = std::max(0, position) / lineLength();
  const int inLine = std::max(0, position) % lineLength();
  const int hexBegin = geometry.offsetDigits() + gapWidth;
  const int textBegin = hexBegin + geometry.bytesPerRow() * 3 + gapWidth - 1;
  const int column = inLine >= textBegin ? inLine - textBegin : std::max(0, inLine - hexBegin) / 3;
  const quint64 lastRow = std::max<quint64>(geometry.rowCount(), 1) - 1;
  const ByteRange here = geometry.rows().rangeOf(std::min(view()->topRow() + static_cast<quint64>(line), lastRow));
  const quint64 offset = std::min(here.begin + static_cast<quint64>(std::min(column, geometry.bytesPerRow() - 1)),
                                  std::max(here.end, here.begin + 1) - 1);
  return std::min(offset, geometry.size() - 1);
}

// Selection

void HexAccessible::selection(int index, int *start, int *end) const {
  const ByteRange range = view()->selection().intersected(view()->visibleRange());
  if (index != 0 || range.isEmpty()) {
    *start = *end = 0;
    return;
  }
  *start = positionOf(range.begin);
  *end = positionOf(range.end - 1) + (view()->activeColumn() == HexColumn::Hex ? 2 : 1);
}

int HexAccessible::selectionCount() const {
  return view()->selection().intersected(view()->visibleRange()).isEmpty() ? 0 : 1;
}

void HexAccessible::addSelection(int start, int end) {
  setSelection(0, start, end);
}

void HexAccessible::removeSelection(int index) {
  const auto caret = view()->caret();
  if (index == 0 && caret) view()->select({*caret, *caret});
}

void HexAccessible::setSelection(int index, int start, int end) {
  if (index != 0 || view()->geometryOfBytes().size() == 0 || end <= start) return;
  const quint64 first = byteAt(start);
  view()->select({first, std::max(first, byteAt(end - 1)) + 1});
}

int HexAccessible::cursorPosition() const {
  const auto caret = view()->caret();
  return caret ? positionOf(*caret) : 0;
}

void HexAccessible::setCursorPosition(int position) {
  if (view()->geometryOfBytes().size() > 0) view()->goToOffset(byteAt(position));
}

// Text

QString HexAccessible::text(int start, int end) const {
  const QString all = wholeText();
  const auto size = static_cast<int>(all.size());
  start = std::clamp(start, 0, size);
  return all.mid(start, (end < 0 ? size : std::clamp(end, start, size)) - start);
}

int HexAccessible::characterCount() const {
  return static_cast<int>(wholeText().size());
}

QRect HexAccessible::characterRect(int position) const {
  if (view()->geometryOfBytes().size() == 0) return {};
  const HexGeometry &geometry = view()->geometryOfBytes();
  const int inLine = position % lineLength();
  const int textBegin = geometry.offsetDigits() + gapWidth + geometry.bytesPerRow() * 3 + gapWidth - 1;
  const quint64 offset = byteAt(position);
  const HexColumn column = inLine >= textBegin ? HexColumn::Text : HexColumn::Hex;
  QRect rect = view()->cellRect(column, offset).toAlignedRect();
  rect.moveTopLeft(view()->viewport()->mapToGlobal(rect.topLeft()));
  return rect;
}

int HexAccessible::offsetAtPoint(const QPoint &point) const {
  const auto offset = view()->offsetAt(view()->viewport()->mapFromGlobal(point));
  return offset ? positionOf(*offset) : -1;
}

void HexAccessible::scrollToSubstring(int start, int end) {
  if (view()->geometryOfBytes().size() == 0) return;
  const quint64 first = byteAt(start);
  view()->scrollTo({first, std::max(first, byteAt(std::max(start, end - 1))) + 1});
}

QString HexAccessible::attributes(int position, int *start, int *end) const {
  Q_UNUSED(position);
  *start = 0;
  *end = characterCount();
  return {};
}

}  // namespace octetscope
