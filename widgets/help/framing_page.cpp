#include "widgets/help/framing_page.h"

#include "model/capture/capture.h"
#include "model/framing/registry.h"
#include "model/items/connection_decoder.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/help/example_view.h"
#include "widgets/theme/theme.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 16;
constexpr qsizetype fewChoices = 16;  // stand in the table; more of them below it

QString cell(const QString &text, const char *tag = "td") {
  return u"<%1>%2</%1>"_s.arg(QLatin1String(tag), text);
}

QString code(const QString &text) {
  return u"<code>%1</code>"_s.arg(text.toHtmlEscaped());
}

bool isList(const FramingOption &option) {
  return option.kind == FramingOption::Kind::Choice || option.kind == FramingOption::Kind::Pair;
}

QString valuesOf(const FramingOption &option) {
  using Kind = FramingOption::Kind;
  switch (option.kind) {
    case Kind::Choice:
    case Kind::Pair:
      if (option.choices.size() > fewChoices) {
        return FramingPage::tr("one of %1 names, below").arg(option.choices.size());
      }
      return option.choices.join(u", "_s).toHtmlEscaped();
    case Kind::Flag:
      return FramingPage::tr("yes, no");
    case Kind::Text:
      return FramingPage::tr("text, one byte or more");
    case Kind::Char:
      return FramingPage::tr("one byte");
    case Kind::Hex:
      return FramingPage::tr("bytes in hex, one or more");
    case Kind::Number:
    case Kind::Bytes:
      break;
  }
  const QString what = option.kind == Kind::Bytes ? FramingPage::tr("bytes") : FramingPage::tr("a whole number");
  const bool isBound = option.minimum != std::numeric_limits<qint64>::min();
  return isBound ? FramingPage::tr("%1, %2 or more").arg(what).arg(option.minimum) : what;
}

QString rowOf(const QString &head, const FramingOption &option) {
  const QString byDefault = option.defaultValue.isEmpty()   ? u"–"_s
                            : option.defaultValue == u" "_s ? FramingPage::tr("a space")
                                                            : code(option.defaultValue);
  return u"<tr>"_s + cell(code(head)) +
         cell(u"<b>%1.</b> %2"_s.arg(option.title.toHtmlEscaped(), option.help.toHtmlEscaped())) +
         cell(option.name.isEmpty() ? FramingPage::tr("must be given") : byDefault) + cell(valuesOf(option)) +
         u"</tr>"_s;
}

}  // namespace

FramingPage::FramingPage(QWidget *parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(QFrame::StyledPanel);
  setBackgroundRole(QPalette::Base);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Page"));
}

FramingPage::~FramingPage() {
  clear();
}

void FramingPage::clear() {
  // Drawings first: they look at the decoders.
  delete takeWidget();
  drawings_.clear();
  running_.clear();
}

void FramingPage::show(const FramingKind &kind) {
  clear();
  kind_ = &kind;
  body_ = new QWidget;
  body_->setBackgroundRole(QPalette::Base);
  column_ = new QVBoxLayout(body_);
  column_->setContentsMargins(margin, margin, margin, margin);
  column_->setSpacing(8);
  addLabel(kind.title, Qt::PlainText, 1.5, true);
  addLabel(kind.summary, Qt::PlainText, 1.1);
  for (const FramingExample &example : examplesOf(kind.name)) addExample(example);
  if (kind.argument || !kind.options.isEmpty()) addOptions(kind);
  addSpecs(kind);
  column_->addStretch(1);
  setWidget(body_);
  setAccessibleName(tr("Page: %1").arg(kind.title));
  verticalScrollBar()->setValue(0);
}

QLabel *FramingPage::addLabel(const QString &text, Qt::TextFormat format, qreal size, bool isBold) {
  auto *label = new QLabel(body_);
  label->setTextFormat(format);
  label->setText(text);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * size);
  font.setBold(isBold);
  label->setFont(font);
  column_->addWidget(label);
  return label;
}

void FramingPage::addHeading(const QString &text) {
  column_->addSpacing(6);
  addLabel(text, Qt::PlainText, 1.15, true);
}

void FramingPage::addExample(const FramingExample &example) {
  column_->addSpacing(6);
  auto *row = new QHBoxLayout;
  auto *heading = new QLabel(tr("Example: %1").arg(example.spec), body_);
  heading->setTextFormat(Qt::PlainText);
  heading->setWordWrap(true);
  QFont font = heading->font();
  font.setPointSizeF(font.pointSizeF() * 1.15);
  font.setBold(true);
  heading->setFont(font);
  auto *tryIt = new QPushButton(drawings_.empty() ? tr("&Try it") : tr("Try it"), body_);
  tryIt->setAutoDefault(false);
  tryIt->setAccessibleName(tr("Try it: %1").arg(example.spec));
  tryIt->setToolTip(wrappedTip(tr("Open these bytes as a capture that is read by %1").arg(example.spec)));
  connect(tryIt, &QPushButton::clicked, this, [this, example] { Q_EMIT tryAsked(example); });
  row->addWidget(heading, 1);
  row->addWidget(tryIt, 0, Qt::AlignTop);
  column_->addLayout(row);
  addLabel(example.about, Qt::PlainText);
  const auto framer = framerFromSpec(example.spec);
  if (framer && (*framer)->joinedBy()) {
    addLabel(tr("The stream itself, and its messages:"), Qt::PlainText);
    addDrawing(example, true);
    addLabel(tr("Their payloads joined, and what is found in that. Above stands which message brought which bytes:"),
             Qt::PlainText);
  }
  addDrawing(example, false);
}

/// `showsOuter`: of payloads that are joined, the stream that carries them.
void FramingPage::addDrawing(const FramingExample &example, bool showsOuter) {
  auto *drawing = new ExampleView(body_);
  drawing->setAccessibleName(showsOuter ? tr("Drawn example: %1, the stream itself").arg(example.spec)
                                        : tr("Drawn example: %1").arg(example.spec));
  column_->addWidget(drawing);
  QLabel *const sentences = addLabel({}, Qt::RichText);
  sentences->setAccessibleName(tr("What the receiver knows of each message"));
  connect(drawing, &ExampleView::contentChanged, sentences, [drawing, sentences] {
    QString text;
    const Theme theme = Theme::of(drawing);
    qsizetype number = 0;
    for (const ExampleContent::MessageItem &item : drawing->content().messages) {
      const Status status = item.message.status;
      const QColor color = status == Status::Complete ? theme.mutedText() : theme.status(status);
      text += u"<tr><td style='color:%1; white-space:nowrap'>%2&nbsp;%3&nbsp;</td><td>%4</td></tr>"_s.arg(
          color.name(), Theme::glyph(status), QString::number(number++), item.sentence.toHtmlEscaped());
    }
    sentences->setText(u"<table cellspacing='0' cellpadding='2'>%1</table>"_s.arg(text));
  });
  drawings_.push_back(drawing);

  auto stream = streamOf(example);
  const DirectionSettings settings{.framing = example.spec, .showsOuter = showsOuter};
  auto in = DirectionReader::create(settings);
  auto out = DirectionReader::create(settings);
  if (!stream || !in || !out) return;
  Running running;
  running.capture = Capture::ofExample(example.spec, *std::move(stream));
  running.decoder = std::make_unique<ConnectionDecoder>(running.capture->connection(0));
  drawing->setDecoder(running.decoder.get());
  running.decoder->setReaders(*std::move(in), *std::move(out));
  running.decoder->advance();
  running_.push_back(std::move(running));
}

void FramingPage::addOptions(const FramingKind &kind) {
  addHeading(tr("Argument and options"));
  QString rows = u"<tr>"_s + cell(tr("as written"), "th") + u"<th width='50%'>%1</th>"_s.arg(tr("meaning")) +
                 cell(tr("default"), "th") + cell(tr("values"), "th") + u"</tr>"_s;
  QString lists;
  const auto add = [&](const QString &head, const FramingOption &option) {
    rows += rowOf(head, option);
    if (!isList(option) || option.choices.size() <= fewChoices) return;
    lists += u"<p><b>%1</b> %2</p>"_s.arg(tr("Names for %1:").arg(head.section(u'=', 0, 0)).toHtmlEscaped(),
                                          option.choices.join(u", "_s).toHtmlEscaped());
  };
  if (kind.argument) add(kind.name + u':' + argumentWord(*kind.argument), *kind.argument);
  for (const FramingOption &option : kind.options) {
    const QString word = isList(option) && option.word.isEmpty() ? u"NAME"_s : valueWord(option);
    add(option.name + u'=' + word, option);
  }
  addLabel(u"<table border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>%1</table>%2"_s.arg(
               rows, lists),
           Qt::RichText)
      ->setAccessibleName(tr("Argument and options"));
}

void FramingPage::addSpecs(const FramingKind &kind) {
  addHeading(tr("SPECs to begin with"));
  for (const QString &spec : kind.examples) {
    auto *row = new QHBoxLayout;
    auto *line = new QLineEdit(spec, body_);
    line->setReadOnly(true);
    line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    line->setCursorPosition(0);
    line->setAccessibleName(tr("SPEC"));
    line->setToolTip(wrappedTip(spec));
    auto *use = new QPushButton(tr("Use"), body_);
    use->setAutoDefault(false);
    use->setAccessibleName(tr("Use %1").arg(spec));
    use->setToolTip(wrappedTip(tr("Read the capture that is shown by %1; Ctrl+Z takes it back").arg(spec)));
    connect(use, &QPushButton::clicked, this, [this, spec] { Q_EMIT useAsked(spec); });
    row->addWidget(line, 1);
    row->addWidget(use);
    column_->addLayout(row);
  }
}

}  // namespace octetscope
