// Theme: the colours of meaning, light and dark. Views ask for a role and never name a colour; each role has a pattern
// or glyph beside its colour, so that nothing is said by colour alone. The palette is colour-blind safe (Okabe and
// Ito).
#pragma once

#include "model/capture/connection.h"
#include "model/framing/message.h"
#include "model/marks/mark.h"

#include <QColor>
#include <QPalette>

class QWidget;

namespace octetscope {

enum class ThemeChoice { System, Light, Dark };

class Theme {
 public:
  explicit Theme(bool dark) : dark_(dark) {}
  /// What `widget`'s palette looks like: dark where its window is darker than its text.
  static Theme of(const QWidget *widget);
  static Theme of(const QPalette &palette);
  /// A whole palette for the application; System gives the style's own.
  static QPalette palette(ThemeChoice choice);

  bool isDark() const { return dark_; }
  /// Backgrounds for bytes and bars.
  QColor part(PartRole role) const;             ///< framing overhead amber; payload: none (invalid)
  QColor field(int index) const;                ///< a muted cycle of 6
  QColor direction(Direction direction) const;  ///< tints of rows: in, out
  QColor padding() const;                       ///< bytes that a layout skips; hatch() goes over it
  QColor payload() const;                       ///< payload without fields
  QColor errorFill() const;                     ///< bytes that break the framing's rule; hatch(Error) goes over it
  QColor banner() const;                        ///< a line that warns
  /// A background for neighbours: `color` moved `part` of 1 toward `base`.
  static QColor mixed(const QColor &color, const QColor &base, qreal part);
  /// Text and lines.
  QColor status(Status status) const;  ///< complete: invalid (the palette's text); incomplete: blue; error: red
  QColor event(Event::Kind kind) const;
  QColor chunkEdge() const;
  QColor messageEdge() const;
  QColor restart() const;              ///< where the user started framing again
  QColor found() const;                ///< what a search found
  QColor foundEdge() const;            ///< the line under it, and its marks elsewhere
  QColor mark(MarkColor color) const;  ///< what the user marked: frames, flags, glyphs
  QColor mutedText() const;
  QColor hatch(Status status) const;  ///< lines of patterns: errors red, anything else muted

  /// Glyphs that say the same without colour.
  static QString glyph(Status status);  ///< "✓", "…", "✖"
  static QString glyph(Event::Kind kind);
  static QString glyph(MarkColor color);
  static QString arrow(Direction direction);  ///< "←" in, "→" out

 private:
  bool dark_;
};

}  // namespace octetscope
