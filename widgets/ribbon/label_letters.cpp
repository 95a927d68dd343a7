#include "widgets/ribbon/label_letters.h"

#include <QGlyphRun>
#include <QVarLengthArray>

#include <algorithm>

namespace octetscope {

namespace {

constexpr QChar ellipsis = u'…';

}  // namespace

LabelLetters::LabelLetters(const QFont &font) : font_(font), raw_(QRawFont::fromFont(font)) {
  const QFontMetricsF metrics(font);
  ascent_ = metrics.ascent();
  descent_ = metrics.descent();
  const auto read = [this, &metrics](QChar c, Letter &letter) {
    const QList<quint32> glyphs = raw_.glyphIndexesForString(c);
    letter = {glyphs.size() == 1 ? glyphs.first() : 0, metrics.horizontalAdvance(c)};
  };
  // Control characters, and the soft hyphen, have no place on a line.
  for (char16_t c = 0x20; c < letters_.size(); ++c) {
    if (QChar(c).isPrint()) read(c, letters_[c]);
  }
  read(ellipsis, ellipsis_);
}

const LabelLetters::Letter *LabelLetters::letter(QChar c) const {
  const Letter *letter = c.unicode() < letters_.size() ? &letters_[c.unicode()] : c == ellipsis ? &ellipsis_ : nullptr;
  return letter && letter->glyph != 0 ? letter : nullptr;
}

bool LabelLetters::isPlain(const QString &text) const {
  return std::ranges::all_of(text, [this](QChar c) { return letter(c) != nullptr; });
}

qreal LabelLetters::widthOf(const QString &text) const {
  qreal width = 0;
  for (const QChar c : text) {
    const Letter *known = letter(c);
    if (!known) return QFontMetricsF(font_).horizontalAdvance(text);
    width += known->width;
  }
  return width;
}

QString LabelLetters::fitted(const QString &text, qreal width) const {
  if (widthOf(text) <= width) return text;
  if (!isPlain(text) || ellipsis_.glyph == 0) {
    const QString cut = QFontMetricsF(font_).elidedText(text, Qt::ElideRight, width);
    return cut.size() < 2 ? QString() : cut;
  }
  qreal used = ellipsis_.width;
  qsizetype size = 0;
  while (size < text.size() && used + letter(text[size])->width <= width) used += letter(text[size++])->width;
  return size == 0 ? QString() : text.first(size) + ellipsis;
}

void LabelLetters::draw(QPainter &painter, QPointF at, const QString &text) const {
  QVarLengthArray<quint32, 32> glyphs;
  QVarLengthArray<QPointF, 32> positions;
  qreal x = 0;
  for (const QChar c : text) {
    const Letter *known = letter(c);
    if (!known) {
      painter.setFont(font_);
      painter.drawText(at, text);
      return;
    }
    glyphs.append(known->glyph);
    positions.append({x, 0});
    x += known->width;
  }
  QGlyphRun run;
  run.setRawFont(raw_);
  run.setRawData(glyphs.constData(), positions.constData(), static_cast<int>(glyphs.size()));
  painter.drawGlyphRun(at, run);
}

}  // namespace octetscope
