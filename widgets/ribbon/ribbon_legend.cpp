#include "widgets/ribbon/ribbon_legend.h"

#include "model/items/message_contents.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace octetscope {

namespace {

constexpr int mostFields = 12;
constexpr int mostLetters = 16;  // of a name
constexpr int gap = 4;           // pixels between a swatch and its name
constexpr int space = 10;        // and before the next one
constexpr int margin = 6;

}  // namespace

RibbonLegend::RibbonLegend(QWidget *parent) : QWidget(parent) {
  setAccessibleName(tr("Colours of the fields"));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  setFont(small);
}

QList<RibbonLegend::Entry> RibbonLegend::entriesOf(const ConnectionDecoder &decoder, Direction direction,
                                                   const Message &message) {
  QList<Entry> entries;
  const MessageFields fields = decoder.contents().fields(direction, 0, decoder.view(direction), message);
  if (!fields) return entries;
  const QList<FieldDecoder::Span> spans = fields.decoder->spans(fields.bytes, {0, fields.bytes.size()}, mostFields);
  if (spans.isEmpty()) return entries;
  if (fields.bytes.size() < message.size) entries.append({Entry::Kind::Framing, 0, tr("framing")});
  bool isPadded = false;
  quint64 at = 0;
  for (const FieldDecoder::Span &span : spans) {
    isPadded = isPadded || span.range.begin > at;
    at = std::max(at, span.range.end);
    const std::array path = {span.index};
    QString name = fields.decoder->shownField(fields.bytes, path).name;
    if (name.size() > mostLetters) name = name.first(mostLetters - 1) + u'…';
    entries.append({Entry::Kind::Field, static_cast<int>(span.index % 60), name});
  }
  if (isPadded && fields.hasPadding) entries.append({Entry::Kind::Padding, 0, tr("padding")});
  return entries;
}

void RibbonLegend::setEntries(const QList<Entry> &entries) {
  if (entries == entries_) return;
  entries_ = entries;
  QStringList names;
  for (const Entry &entry : entries) names += entry.name;
  setAccessibleDescription(names.join(u", "));
  setToolTip(wrappedTip(tr("Which colour is which in the ribbon and in the bytes, in the order of the bytes")));
  updateGeometry();
  update();
}

int RibbonLegend::swatch() const {
  return fontMetrics().ascent();
}

QSize RibbonLegend::sizeHint() const {
  int width = 2 * margin;
  for (const Entry &entry : entries_) width += swatch() + gap + fontMetrics().horizontalAdvance(entry.name) + space;
  return {width, fontMetrics().height() + 2};
}

void RibbonLegend::paintEvent(QPaintEvent *event) {
  Q_UNUSED(event);
  QPainter painter(this);
  const Theme theme = Theme::of(this);
  const int side = swatch();
  const int top = (height() - side) / 2;
  int x = margin;
  for (const Entry &entry : entries_) {
    const QRect box(x, top, side, side);
    const QColor color = entry.kind == Entry::Kind::Field     ? theme.field(entry.field)
                         : entry.kind == Entry::Kind::Framing ? theme.part(PartRole::Length)
                                                              : theme.padding();
    painter.fillRect(box, color);
    if (entry.kind == Entry::Kind::Padding) {
      painter.fillRect(box, QBrush(theme.hatch(Status::Complete), Qt::FDiagPattern));
    }
    painter.setPen(theme.mutedText());
    painter.drawRect(box.adjusted(0, 0, -1, -1));
    x += side + gap;
    const int width = fontMetrics().horizontalAdvance(entry.name);
    painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, entry.name);
    x += width + space;
  }
}

void RibbonLegend::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateGeometry();
  update();
}

}  // namespace octetscope
