#include "model/difference/difference_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace octetscope {

namespace {

constexpr quint64 bytesInRow = 16;

QString tr(const char *text) {
  return QCoreApplication::translate("octetscope::DifferenceText", text);
}

/// One side of one row.
struct Half {
  std::optional<quint64> offset;  // of the first byte
  QString hex;
  QString text;

  void add(std::optional<quint64> at, ByteView bytes, bool differs) {
    hex += differs ? QLatin1Char('*') : QLatin1Char(' ');
    if (!at) {
      hex += QLatin1String("--");
      text += QLatin1Char(' ');
      return;
    }
    if (!offset) offset = at;
    const std::uint8_t byte = bytes[*at];
    hex += QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0'));
    text += byte >= 0x20 && byte < 0x7f ? QLatin1Char(static_cast<char>(byte)) : QLatin1Char('.');
  }
  QString line() const {
    const QString at =
        offset ? QStringLiteral("%1").arg(*offset, 8, 16, QLatin1Char('0')) : QString(8, QLatin1Char(' '));
    return at + QLatin1Char(' ') + hex.leftJustified(3 * bytesInRow) + QLatin1String("  ") +
           text.leftJustified(bytesInRow);
  }
};

}  // namespace

ComparedBytes ComparedBytes::of(const MessageDifference &difference) {
  return {{difference.bytes(Side::Left), difference.bytes(Side::Right)}, difference.alignment()};
}

Result<QString> differenceText(const ComparedBytes &compared, const std::array<QString, 2> &titles,
                               const std::atomic<bool> &isCancelled) {
  const quint64 cells = compared.alignment.cellCount();
  if (cells > mostCellsInText) {
    return fail(tr("%1 bytes beside each other are too many for the clipboard").arg(QLocale().toString(cells)),
                tr("compare fields or payloads of them"));
  }
  const std::array<ByteView, 2> views = {compared.bytes[0].bytes(), compared.bytes[1].bytes()};
  QString text = tr("left:  %1\nright: %2\n").arg(titles[0], titles[1]);
  for (quint64 cell = 0; cell < cells;) {
    if (isCancelled) return fail(tr("cancelled"));
    std::array<Half, 2> halves;
    bool isDifferent = false;
    for (quint64 i = 0; i < bytesInRow && cell < cells; ++i, ++cell) {
      const ByteAlignment::Cell at = compared.alignment.at(cell);
      const bool differs = !at.offsets[0] || !at.offsets[1] || views[0][*at.offsets[0]] != views[1][*at.offsets[1]];
      isDifferent |= differs;
      for (std::size_t side = 0; side < 2; ++side) halves[side].add(at.offsets[side], views[side], differs);
    }
    QString line = halves[0].line() + (isDifferent ? QStringLiteral(" ≠ ") : QStringLiteral("   ")) + halves[1].line();
    while (line.endsWith(QLatin1Char(' '))) line.chop(1);
    text += line + QLatin1Char('\n');
  }
  return text;
}

}  // namespace octetscope
