#include "widgets/plots/plots_window.h"

#include "model/items/message_filter.h"
#include "widgets/controls/field_box.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/screen_fit.h"
#include "widgets/plots/plot_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImageWriter>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr QSize firstSize(860, 560);
constexpr int refreshMs = 250;
constexpr int leastLetters = 6;  // of a choice are seen in a narrow window
constexpr qsizetype mostFields = 200;
constexpr quint64 mostBytes = 16384;  // of a message, to find names in

QString shortened(const QString &text) {
  constexpr qsizetype most = 80;
  return text.size() <= most ? text : text.first(most - 1) + QChar(0x2026);
}

QString number(quint64 value) {
  return QLocale().toString(value);
}

constexpr std::pair<PlotKind, const char *> kinds[] = {
    {PlotKind::Sizes, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Sizes of messages")},
    {PlotKind::InterArrival, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Inter-arrival times")},
    {PlotKind::BytesASecond, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Bytes a second")},
    {PlotKind::FieldOverMessages, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Field over messages")},
    {PlotKind::FieldOverTime, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Field over time")},
    {PlotKind::Histogram, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Values of a field (histogram)")}};
constexpr const char *directionNames[] = {"both", "in", "out"};

}  // namespace

PlotsWindow::PlotsWindow(QWidget *parent)
    : QDialog(parent),
      title_(new QLabel(this)),
      chart_(new QComboBox(this)),
      field_(new FieldBox(tr("Field that is plotted"), this)),
      directions_(new QComboBox(this)),
      view_(new PlotView(this)),
      sentence_(new QLabel(this)),
      pointed_(new QLabel(this)) {
  setWindowTitle(tr("Plots"));
  setWindowFlag(Qt::WindowContextHelpButtonHint, false);
  setSizeGripEnabled(true);
  resize(firstSize);
  title_->setTextFormat(Qt::PlainText);
  title_->setAccessibleName(tr("Of what"));
  for (const auto &[kind, name] : kinds) chart_->addItem(tr(name), static_cast<int>(kind));
  chart_->setAccessibleName(tr("What is plotted"));
  chart_->setToolTip(tr("What is plotted"));
  field_->setToolTip(
      tr("A field of the messages that is a number, such as seq, header.length or tags[0], or anything "
         "else that filters know, such as payload[0:2] or chunks"));
  directions_->addItems({tr("← in and → out"), tr("← in"), tr("→ out")});
  directions_->setAccessibleName(tr("Directions that are plotted"));
  directions_->setToolTip(tr("Which direction's messages"));
  for (QLabel *label : {sentence_, pointed_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
  }
  sentence_->setAccessibleName(tr("What the chart shows"));
  pointed_->setAccessibleName(tr("What is pointed at"));

  auto *buttons = new FlowLayout(FlowLayout::Mode::Natural);  // in rows, where the window is narrow
  const auto addButton = [&](const QString &text, const QString &tip, auto action) {
    auto *button = new QPushButton(text, this);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, action);
    needPoints_.append(button);
    buttons->addWidget(button);
    return button;
  };
  addButton(tr("Zoom &in"), tr("Closer (+ or the wheel in the chart)"), [this] { view_->zoom(0.5); });
  needZoom_ = {addButton(tr("Zoom &out"), tr("Farther (- or the wheel in the chart)"), [this] { view_->zoom(2); }),
               addButton(tr("Show &all"), tr("The whole chart (0 in the chart)"), [this] { view_->showAll(); })};
  addButton(tr("Copy &picture"), tr("The chart as it is shown"),
            [this] { QGuiApplication::clipboard()->setPixmap(view_->grab()); });
  addButton(tr("&Save picture…"), tr("The chart as it is shown, in a PNG file"), [this] { savePicture(); });
  addButton(tr("&Copy as CSV"), tr("What is drawn as a table for a spreadsheet or Python: a line a point"),
            [this] { QGuiApplication::clipboard()->setText(view_->asCsv()); });
  auto *close = new QPushButton(tr("Close"), this);
  close->setAutoDefault(false);
  buttons->addWidget(close);
  buttons->setAlignment(close, Qt::AlignRight);
  const auto labelOf = [this](const QString &text, QWidget *buddy) {
    auto *label = new QLabel(text, this);
    label->setBuddy(buddy);
    return label;
  };
  for (QComboBox *box : {chart_, static_cast<QComboBox *>(field_), directions_}) {
    box->setMinimumContentsLength(leastLetters);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  }
  auto *choices = new QHBoxLayout;
  choices->addWidget(labelOf(tr("P&lot:"), chart_));
  choices->addWidget(chart_, 2);
  choices->addWidget(labelOf(tr("&Field:"), field_));
  choices->addWidget(field_, 2);
  choices->addWidget(labelOf(tr("&Directions:"), directions_));
  choices->addWidget(directions_, 1);
  auto *column = new QVBoxLayout(this);
  column->addWidget(title_);
  column->addLayout(choices);
  column->addWidget(view_, 1);
  column->addWidget(sentence_);
  column->addWidget(pointed_);
  column->addLayout(buttons);

  connect(close, &QPushButton::clicked, this, &QDialog::reject);
  connect(view_, &PlotView::messageChosen, this, &PlotsWindow::messageChosen);
  connect(view_, &PlotView::pointedAtChanged, this, [this] {
    const QString words = view_->words();
    pointed_->setText(words.isEmpty() && view_->hasPoints()
                          ? tr("Point at the chart, or go through it with the arrow keys; a click or Return goes to "
                               "the message, + and - zoom, 0 shows all, a drag moves what is zoomed.")
                          : words);
    view_->setAccessibleDescription(pointed_->text());
  });
  connect(view_, &PlotView::zoomChanged, this, [this] {
    for (QPushButton *button : needZoom_) button->setEnabled(view_->hasPoints() && view_->isZoomed());
  });
  connect(chart_, &QComboBox::currentIndexChanged, this, &PlotsWindow::plotChosen);
  connect(field_, &FieldBox::chosen, this, &PlotsWindow::plotChosen);
  connect(directions_, &QComboBox::currentIndexChanged, this, &PlotsWindow::refresh);
  timer_.setSingleShot(true);
  timer_.setInterval(refreshMs);
  connect(&timer_, &QTimer::timeout, this, &PlotsWindow::refresh);
  field_->setEnabled(needsField(kind()));
  refresh();
}

std::optional<QPoint> PlotsWindow::placeOf(Direction direction, quint64 number) const {
  return view_->placeOf(direction, number);
}

PlotChoice PlotsWindow::choice() const {
  return {kind(), field_->field()};
}

void PlotsWindow::choose(const PlotChoice &choice) {
  field_->setCurrentText(choice.field);
  chart_->setCurrentIndex(chart_->findData(static_cast<int>(choice.kind)));
  plotChosen();
}

QString PlotsWindow::directions() const {
  return QLatin1String(directionNames[directions_->currentIndex()]);
}

void PlotsWindow::chooseDirections(const QString &directions) {
  for (int i = 0; i < directions_->count(); ++i) {
    if (directions == QLatin1String(directionNames[i])) directions_->setCurrentIndex(i);
  }
}

void PlotsWindow::plotChosen() {
  field_->setEnabled(needsField(kind()));
  if (plot_ && plot_->kind() == kind() && (plot_->field() == choice().field || !needsField(kind()))) return;
  plot_.reset();
  if (isVisible()) begin();
  refresh();
}

void PlotsWindow::savePicture() {
  // As it is now, not as it has become when a name was given.
  const QImage picture = view_->grab().toImage();
  QString path =
      QFileDialog::getSaveFileName(this, tr("Save picture"), QStringLiteral("plot.png"), tr("Pictures (*.png)"));
  if (path.isEmpty()) return;
  if (!path.contains(QLatin1Char('.'))) path += QLatin1String(".png");
  QImageWriter writer(path);
  pointed_->setText(writer.write(picture) ? tr("Saved %1").arg(path)
                                          : tr("Cannot write %1: %2").arg(path, writer.errorString()));
}

PlotKind PlotsWindow::kind() const {
  return static_cast<PlotKind>(chart_->currentData().toInt());
}

bool PlotsWindow::isShown(Direction direction) const {
  return directions_->currentIndex() != (direction == Direction::In ? 2 : 1);
}

void PlotsWindow::setDecoder(ConnectionDecoder *decoder, MessageFilter *filter, const QString &title) {
  title_->setText(title);
  if (decoder == decoder_ && filter == filter_) return;
  plot_.reset();
  if (decoder_) decoder_->disconnect(this);
  decoder_ = decoder;
  filter_ = filter;
  if (decoder) {
    connect(decoder, &QObject::destroyed, this, [this] {
      plot_.reset();
      decoder_ = nullptr;
      refresh();
    });
    connect(decoder, &ConnectionDecoder::restarted, this, &PlotsWindow::offerFields);
  }
  if (isVisible()) begin();
  refresh();
}

void PlotsWindow::begin() {
  if (!decoder_ || plot_) return;
  plot_ = std::make_unique<MessagePlot>(*decoder_, kind(), needsField(kind()) ? choice().field : QString(), filter_);
  connect(plot_.get(), &MessagePlot::changed, &timer_, [this] {
    if (!timer_.isActive()) timer_.start();
  });
  offerFields();
}

/// The numbers in the first messages, for who does not know their names.
void PlotsWindow::offerFields() {
  QStringList names;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!decoder_ || decoder_->messageCount(direction) == 0) continue;
    const FramingLayer &layer = decoder_->reader(direction).layers.front();
    const Message message = decoder_->message(direction, 0);
    if (!layer.fields || layer.fields.isDerived(message)) continue;
    const ByteRange range = layer.fields.rangeIn(message);
    const ByteView bytes =
        decoder_->view(direction).bytes.view({range.begin, std::min(range.end, range.begin + mostBytes)});
    for (const QString &path : numberFieldsOf(*layer.fields.decoder, bytes, mostFields)) {
      if (!names.contains(path)) names.append(path);
    }
  }
  field_->offer(names);
}

void PlotsWindow::showEvent(QShowEvent *event) {
  QDialog::showEvent(event);
  fitIntoScreen(this);
  begin();
  refresh();
  // Where there is something to see the keys belong to it.
  (needsField(kind()) && field_->field().isEmpty() ? static_cast<QWidget *>(field_) : view_)->setFocus();
}

/// Nobody looks: nothing is gathered.
void PlotsWindow::hideEvent(QHideEvent *event) {
  QDialog::hideEvent(event);
  plot_.reset();
}

void PlotsWindow::refresh() {
  if (field_->isEmpty()) offerFields();
  view_->show(plot_.get(), isShown(Direction::In), isShown(Direction::Out));
  const QString words = view_->hasPoints() ? sentence() : advice();
  sentence_->setText(words);
  view_->setAdvice(words);
  for (QPushButton *button : needPoints_) button->setEnabled(view_->hasPoints());
  for (QPushButton *button : needZoom_) button->setEnabled(view_->hasPoints() && view_->isZoomed());
}

/// What is plotted, of how many messages.
QString PlotsWindow::sentence() const {
  quint64 points = 0;
  quint64 messages = 0;
  quint64 filteredOut = 0;
  double width = 0;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!isShown(direction)) continue;
    const PlotSeries &series = plot_->of(direction);
    points += series.buckets.count();
    messages += series.messages;
    filteredOut += series.filteredOut;
    width = std::max(width, series.buckets.width());
  }
  QString words = tr("%1 of %2: %3 of %4 messages.")
                      .arg(chart_->currentText(), needsField(kind()) ? plot_->field() : directions_->currentText(),
                           number(points), number(messages));
  if (const QString filter = plot_->filterText(); !filter.isEmpty()) {
    words += QLatin1Char(' ') + tr("The filter %1 leaves out %2.").arg(shortened(filter), number(filteredOut));
  }
  if (kind() == PlotKind::BytesASecond) {
    words += QLatin1Char(' ') + tr("In slices of %1 ms or more.").arg(QLocale().toString(width / 1e6, 'f', 0));
  }
  if (const quint64 missing = plot_->missing(); missing > 0) {
    words += QLatin1Char(' ') + tr("%1 are still to come.").arg(number(missing));
  }
  return words;
}

/// Why there is nothing to see, and what to do.
QString PlotsWindow::advice() const {
  if (!decoder_ || !plot_) return tr("Nothing to plot: no connection is shown. Open a file, listen or connect.");
  if (needsField(kind()) && plot_->field().isEmpty()) {
    if (!field_->isEmpty()) return tr("Nothing to plot yet: choose a field.");
    return tr(
        "Nothing to plot: the messages have no field that is a number. Describe their payload in the struct's "
        "row of the main window (Ctrl+T), B:kind H:length for one.");
  }
  quint64 messages = 0;
  quint64 filteredOut = 0;
  quint64 withoutField = 0;
  quint64 withoutTime = 0;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!isShown(direction)) continue;
    messages += plot_->of(direction).messages;
    filteredOut += plot_->of(direction).filteredOut;
    withoutField += plot_->of(direction).withoutField;
    withoutTime += plot_->of(direction).withoutTime;
  }
  if (plot_->missing() > 0) return tr("Gathering: %1 messages are still to come.").arg(number(plot_->missing()));
  if (messages == 0) {
    return tr(
        "Nothing to plot: there is no message that is final. Wait for bytes, or choose another framing or "
        "direction.");
  }
  if (filteredOut == messages) {
    return tr("Nothing to plot: none of %1 messages passes the filter %2. Change it or clear it in the main window.")
        .arg(number(messages), shortened(plot_->filterText()));
  }
  messages -= filteredOut;
  if (kind() == PlotKind::InterArrival && withoutTime == messages && messages == 1)
    return tr("Nothing to plot: one message has no other before it.");
  if (withoutTime == messages) {
    return tr("Nothing to plot: these bytes have no times of arrival. Plot over messages, or capture a connection.");
  }
  if (withoutField == messages) {
    return tr("Nothing to plot: none of %1 messages has a field %2. Choose another.")
        .arg(number(messages), plot_->field());
  }
  return tr("Nothing to plot: %1 is no number in any of %2 messages. Choose another field.")
      .arg(plot_->field(), number(messages));
}

}  // namespace octetscope
