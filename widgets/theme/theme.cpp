#include "widgets/theme/theme.h"

#include <QApplication>
#include <QStyle>
#include <QWidget>

#include <array>

namespace octetscope {

namespace {

QColor pick(bool dark, QRgb light, QRgb darkColor) {
  return QColor::fromRgb(dark ? darkColor : light);
}

}  // namespace

Theme Theme::of(const QWidget *widget) {
  return of(widget->palette());
}

Theme Theme::of(const QPalette &palette) {
  return Theme(palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness());
}

QPalette Theme::palette(ThemeChoice choice) {
  if (choice == ThemeChoice::System) return QApplication::style()->standardPalette();
  const bool dark = choice == ThemeChoice::Dark;
  QPalette p;
  p.setColor(QPalette::Window, pick(dark, 0xffefefef, 0xff26282b));
  p.setColor(QPalette::WindowText, pick(dark, 0xff1b1c1e, 0xffe6e6e6));
  p.setColor(QPalette::Base, pick(dark, 0xffffffff, 0xff1c1e20));
  p.setColor(QPalette::AlternateBase, pick(dark, 0xfff5f6f7, 0xff222427));
  p.setColor(QPalette::Text, pick(dark, 0xff1b1c1e, 0xffe6e6e6));
  p.setColor(QPalette::Button, pick(dark, 0xffececec, 0xff33363a));
  p.setColor(QPalette::ButtonText, pick(dark, 0xff1b1c1e, 0xffe6e6e6));
  p.setColor(QPalette::BrightText, Qt::white);
  p.setColor(QPalette::Highlight, pick(dark, 0xff1f6fb2, 0xff2f7fc4));
  p.setColor(QPalette::HighlightedText, Qt::white);
  p.setColor(QPalette::ToolTipBase, pick(dark, 0xfffffbe6, 0xff3a3d41));
  p.setColor(QPalette::ToolTipText, pick(dark, 0xff1b1c1e, 0xffe6e6e6));
  p.setColor(QPalette::PlaceholderText, pick(dark, 0xff7a7d82, 0xff8d9196));
  p.setColor(QPalette::Link, pick(dark, 0xff0b5a9e, 0xff6bb3f0));
  p.setColor(QPalette::LinkVisited, pick(dark, 0xff6a3d9a, 0xffb9a0e0));
  p.setColor(QPalette::Light, pick(dark, 0xffffffff, 0xff45484d));
  p.setColor(QPalette::Midlight, pick(dark, 0xfff6f6f6, 0xff3b3e42));
  p.setColor(QPalette::Mid, pick(dark, 0xffb8b8b8, 0xff4a4d52));
  p.setColor(QPalette::Dark, pick(dark, 0xff9f9f9f, 0xff151617));
  p.setColor(QPalette::Shadow, pick(dark, 0xff767676, 0xff0b0c0d));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    p.setColor(QPalette::Disabled, role, pick(dark, 0xff9a9da1, 0xff6f7378));
  }
  p.setColor(QPalette::Disabled, QPalette::Highlight, pick(dark, 0xffb5b8bc, 0xff4a4d52));
  return p;
}

QColor Theme::part(PartRole role) const {
  switch (role) {
    case PartRole::Length:
      return pick(dark_, 0xfff4b942, 0xff8a6210);
    case PartRole::Head:
      return pick(dark_, 0xfffad98f, 0xff6b5320);
    case PartRole::Delimiter:
      return pick(dark_, 0xfff0a24a, 0xff8f5a14);
    case PartRole::Mark:
      return pick(dark_, 0xffffe3a8, 0xff5c4a1e);
    case PartRole::Payload:
    case PartRole::Unread:
      break;
  }
  return {};
}

QColor Theme::field(int index) const {
  static constexpr std::array<std::array<QRgb, 2>, 6> cycle = {{{0xff9cc8ec, 0xff2a5578},
                                                                {0xff9fd8b4, 0xff27593c},
                                                                {0xffd5c1ee, 0xff54407a},
                                                                {0xfff3b3a6, 0xff78402f},
                                                                {0xffe6b8d7, 0xff6d3a5e},
                                                                {0xffb9dede, 0xff2b5c5e}}};
  const auto &pair = cycle[static_cast<std::size_t>(index) % cycle.size()];
  return pick(dark_, pair[0], pair[1]);
}

QColor Theme::direction(Direction direction) const {
  return direction == Direction::In ? pick(dark_, 0xffe7edf7, 0xff232a35) : pick(dark_, 0xfff7ebe9, 0xff35282a);
}

QColor Theme::padding() const {
  return pick(dark_, 0xffe3e5e8, 0xff3a3d42);
}
QColor Theme::payload() const {
  return pick(dark_, 0xffeceff3, 0xff2b2f34);
}
QColor Theme::errorFill() const {
  return pick(dark_, 0xfffbe0dc, 0xff4a2522);
}
QColor Theme::banner() const {
  return pick(dark_, 0xfffff0c2, 0xff5a4710);
}
QColor Theme::hatch(Status status) const {
  QColor color = status == Status::Error ? this->status(status) : pick(dark_, 0xff8d9299, 0xff7d838b);
  color.setAlpha(150);
  return color;
}

QColor Theme::mixed(const QColor &color, const QColor &base, qreal part) {
  const auto mix = [part](int a, int b) { return qRound(a + (b - a) * part); };
  return {mix(color.red(), base.red()), mix(color.green(), base.green()), mix(color.blue(), base.blue())};
}

QColor Theme::status(Status status) const {
  switch (status) {
    case Status::Complete:
      return {};
    case Status::Incomplete:
      return pick(dark_, 0xff1a5fa8, 0xff7ab8f0);
    case Status::Error:
      return pick(dark_, 0xffb3261e, 0xffff8a7d);
  }
  return {};
}

QColor Theme::event(Event::Kind kind) const {
  switch (kind) {
    case Event::Kind::PeerReset:
    case Event::Kind::WeReset:
    case Event::Kind::Failed:
      return status(Status::Error);
    case Event::Kind::PeerFinished:
    case Event::Kind::WeFinished:
      return pick(dark_, 0xff6a3d9a, 0xffc9b0ee);
    default:
      return mutedText();
  }
}

QColor Theme::chunkEdge() const {
  return pick(dark_, 0xff4a6a8a, 0xff8fb4d8);
}
QColor Theme::messageEdge() const {
  return pick(dark_, 0xff10253a, 0xffe8f2ff);
}
QColor Theme::restart() const {
  return pick(dark_, 0xff8a2be2, 0xffd59bff);
}
QColor Theme::found() const {
  return pick(dark_, 0xffffe27a, 0xff6b5600);
}
QColor Theme::foundEdge() const {
  return pick(dark_, 0xffb26a00, 0xffffc933);
}
QColor Theme::mark(MarkColor color) const {
  switch (color) {
    case MarkColor::Green:
      return pick(dark_, 0xff00785a, 0xff35c79a);
    case MarkColor::Blue:
      return pick(dark_, 0xff0072b2, 0xff56b4e9);
    case MarkColor::Purple:
      return pick(dark_, 0xffa8427f, 0xffe39ac3);
    case MarkColor::Red:
      return pick(dark_, 0xffc04a00, 0xffff8a4c);
    case MarkColor::Yellow:
      return pick(dark_, 0xff8f7e00, 0xfff0e442);
    case MarkColor::Grey:
      return pick(dark_, 0xff4a4d52, 0xffc4c8cd);
  }
  return {};
}
QColor Theme::mutedText() const {
  return pick(dark_, 0xff5f6368, 0xffa3a8ae);
}

QString Theme::glyph(Status status) {
  switch (status) {
    case Status::Complete:
      return QStringLiteral("✓");
    case Status::Incomplete:
      return QStringLiteral("…");
    case Status::Error:
      return QStringLiteral("✖");
  }
  return {};
}

QString Theme::glyph(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::Connecting:
      return QStringLiteral("◌");
    case Event::Kind::Connected:
    case Event::Kind::Accepted:
      return QStringLiteral("●");
    case Event::Kind::PeerFinished:
      return QStringLiteral("⇤");
    case Event::Kind::WeFinished:
      return QStringLiteral("⇥");
    case Event::Kind::PeerReset:
    case Event::Kind::WeReset:
      return QStringLiteral("⚡");
    case Event::Kind::Closed:
      return QStringLiteral("○");
    case Event::Kind::Failed:
      return QStringLiteral("✖");
    case Event::Kind::Note:
      return QStringLiteral("✎");
  }
  return {};
}

QString Theme::glyph(MarkColor color) {
  switch (color) {
    case MarkColor::Green:
      return QStringLiteral("●");
    case MarkColor::Blue:
      return QStringLiteral("◆");
    case MarkColor::Purple:
      return QStringLiteral("★");
    case MarkColor::Red:
      return QStringLiteral("▲");
    case MarkColor::Yellow:
      return QStringLiteral("■");
    case MarkColor::Grey:
      return QStringLiteral("✚");
  }
  return {};
}

QString Theme::arrow(Direction direction) {
  return direction == Direction::In ? QStringLiteral("←") : QStringLiteral("→");
}

}  // namespace octetscope
