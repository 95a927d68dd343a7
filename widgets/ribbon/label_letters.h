// LabelLetters: the letters of one font, measured once, for short labels that are drawn by the hundred: each letter has
// its glyph and its width, and a label is drawn without being shaped. That costs a fifth of QPainter::drawText(). What
// has other letters than Latin ones, or those of a font that lacks them, is drawn as any other text.
#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QRawFont>

#include <array>

namespace octetscope {

class LabelLetters {
 public:
  LabelLetters() = default;
  explicit LabelLetters(const QFont &font);

  bool isNull() const { return !raw_.isValid(); }
  const QFont &font() const { return font_; }
  qreal height() const { return ascent_ + descent_; }
  /// From the top of a line to where its letters stand.
  qreal ascent() const { return ascent_; }
  /// Pixels that `text` needs.
  qreal widthOf(const QString &text) const;
  /// `text`, or as much of its begin as fits `width` with an ellipsis behind it; empty where that leaves no letter.
  QString fitted(const QString &text, qreal width) const;
  /// Draws `text` in the painter's pen; `at`: where its first letter stands.
  void draw(QPainter &painter, QPointF at, const QString &text) const;

 private:
  struct Letter {
    quint32 glyph = 0;  // 0: this font has none
    qreal width = 0;
  };

  const Letter *letter(QChar c) const;
  bool isPlain(const QString &text) const;

  QFont font_;
  QRawFont raw_;
  qreal ascent_ = 0;
  qreal descent_ = 0;
  std::array<Letter, 256> letters_ = {};
  Letter ellipsis_;
};

}  // namespace octetscope
