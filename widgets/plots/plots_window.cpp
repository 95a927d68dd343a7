#include "widgets/plots/plots_window.h"

#include "model/items/message_filter.h"
#include "widgets/controls/field_box.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/screen_fit.h"
#include "widgets/plots/plot_detail.h"
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

#include <cmath>

namespace octetscope {

namespace {

constexpr QSize firstSize(860, 560);
constexpr int refreshMs = 250;
constexpr int leastLetters = 6;  // of a choice are seen in a narrow window
constexpr int choiceWidth = 210;
constexpr qsizetype mostFields = 200;
constexpr quint64 mostBytes = 16384;  // of a message, to find names in

constexpr std::pair<PlotKind, const char *> kinds[] = {
    {PlotKind::Sizes, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Sizes of messages")},
    {PlotKind::InterArrival, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Inter-arrival times")},
    {PlotKind::BytesASecond, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Bytes a second")},
    {PlotKind::FieldOverMessages, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Field over messages")},
    {PlotKind::FieldOverTime, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Field over time")},
    {PlotKind::Histogram, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Values of a field (histogram)")}};
/// Of bytes a second, in milliseconds.
constexpr std::pair<int, const char *> sliceWidths[] = {
    {0, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "Automatic")},
    {1, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "1 ms")},
    {10, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "10 ms")},
    {100, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "100 ms")},
    {1000, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "1 second")},
    {10'000, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "10 seconds")},
    {60'000, QT_TRANSLATE_NOOP("octetscope::PlotsWindow", "1 minute")}};
constexpr const char *directionNames[] = {"both", "in", "out"};

}  // namespace

PlotsWindow::PlotsWindow(QWidget *parent)
    : QDialog(parent),
      detail_(new PlotDetail(this)),
      title_(new QLabel(this)),
      chart_(new QComboBox(this)),
      field_(new FieldBox(tr("Field that is plotted"), this)),
      slices_(new QComboBox(this)),
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
  for (const auto &[width, name] : sliceWidths) slices_->addItem(tr(name), width);
  slices_->setAccessibleName(tr("Length of a slice"));
  slices_->setToolTip(tr("Of which lengths of time bytes are counted together"));
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
  for (QComboBox *box : {chart_, static_cast<QComboBox *>(field_), slices_, directions_}) {
    box->setMinimumContentsLength(leastLetters);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  }
  auto *choices = new FlowLayout(FlowLayout::Mode::Columns, choiceWidth);
  const auto addChoice = [&](const QString &text, QWidget *box) {
    auto *part = new QWidget(this);
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    auto *label = new QLabel(text, part);
    label->setBuddy(box);
    row->addWidget(label);
    row->addWidget(box, 1);
    choices->addWidget(part);
    return part;
  };
  addChoice(tr("P&lot:"), chart_);
  fieldPart_ = addChoice(tr("&Field:"), field_);
  slicesPart_ = addChoice(tr("Slic&es:"), slices_);
  addChoice(tr("&Directions:"), directions_);
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
    pointed_->setText(words.isEmpty() && view_->hasPoints() ? hint() : words);
    view_->setAccessibleDescription(pointed_->text());
  });
  connect(view_, &PlotView::zoomChanged, this, [this] {
    for (QPushButton *button : needZoom_) button->setEnabled(view_->hasPoints() && view_->isZoomed());
    lookCloser();
    if (plot_ && view_->hasPoints()) sentence_->setText(sentence());
  });
  connect(detail_, &PlotDetail::arrived, this, &PlotsWindow::refresh);
  connect(detail_, &PlotDetail::grew, &timer_, [this] {
    if (!timer_.isActive()) timer_.start();
  });
  connect(chart_, &QComboBox::currentIndexChanged, this, &PlotsWindow::plotChosen);
  connect(field_, &FieldBox::chosen, this, &PlotsWindow::plotChosen);
  connect(slices_, &QComboBox::currentIndexChanged, this, &PlotsWindow::plotChosen);
  connect(directions_, &QComboBox::currentIndexChanged, this, &PlotsWindow::refresh);
  timer_.setSingleShot(true);
  timer_.setInterval(refreshMs);
  connect(&timer_, &QTimer::timeout, this, &PlotsWindow::refresh);
  plotChosen();
}

std::optional<QPoint> PlotsWindow::placeOf(Direction direction, quint64 number) const {
  return view_->placeOf(direction, number);
}

PlotChoice PlotsWindow::choice() const {
  PlotChoice choice{.kind = static_cast<PlotKind>(chart_->currentData().toInt()), .field = field_->field()};
  if (choice.kind == PlotKind::BytesASecond) choice.sliceNs = slices_->currentData().toInt() * nsPerMs;
  return choice;
}

void PlotsWindow::choose(const PlotChoice &choice) {
  field_->setCurrentText(choice.field);
  chart_->setCurrentIndex(chart_->findData(static_cast<int>(choice.kind)));
  if (choice.kind == PlotKind::BytesASecond) {
    const int width = static_cast<int>(std::round(choice.sliceNs / nsPerMs));
    if (slices_->findData(width) < 0) {
      slices_->addItem(tr("%1 ms").arg(QLocale().toString(width)), width);
    }
    slices_->setCurrentIndex(slices_->findData(width));
  }
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
  const bool isRate = kind() == PlotKind::BytesASecond;
  field_->setEnabled(needsField(kind()));
  fieldPart_->setVisible(!isRate);
  slicesPart_->setVisible(isRate);
  if (plot_ && plot_->request() == asked()) return;
  letGo();
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

/// What choice() needs to be gathered.
PlotRequest PlotsWindow::asked() const {
  PlotRequest request = choice().request();
  if (!needsField(request.kind)) request.field.clear();
  return request;
}

void PlotsWindow::letGo() {
  detail_->clear();
  plot_.reset();
}

bool PlotsWindow::isShown(Direction direction) const {
  return directions_->currentIndex() != (direction == Direction::In ? 2 : 1);
}

void PlotsWindow::setDecoder(ConnectionDecoder *decoder, MessageFilter *filter, const QString &title) {
  title_->setText(title);
  if (decoder == decoder_ && filter == filter_) return;
  letGo();
  if (decoder_) decoder_->disconnect(this);
  decoder_ = decoder;
  filter_ = filter;
  if (decoder) {
    connect(decoder, &QObject::destroyed, this, [this] {
      letGo();
      decoder_ = nullptr;
      refresh();
    });
    connect(decoder, &ConnectionDecoder::restarted, this, &PlotsWindow::offerFields);
    // What has come may be a part of a message, which no plot has and the words have.
    connect(decoder, &ConnectionDecoder::advanced, &timer_, [this] {
      if (isVisible() && !timer_.isActive()) timer_.start();
    });
  }
  if (isVisible()) begin();
  refresh();
}

void PlotsWindow::begin() {
  if (!decoder_ || plot_) return;
  plot_ = std::make_unique<MessagePlot>(*decoder_, asked(), filter_);
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
  letGo();
}

void PlotsWindow::refresh() {
  if (field_->isEmpty()) offerFields();
  view_->show(plot_.get(), detail_->plot(), choice(), isShown(Direction::In), isShown(Direction::Out));
  const QString words = view_->hasPoints() ? sentence() : advice();
  sentence_->setText(words);
  view_->setAdvice(words);
  for (QPushButton *button : needPoints_) button->setEnabled(view_->hasPoints());
  for (QPushButton *button : needZoom_) button->setEnabled(view_->hasPoints() && view_->isZoomed());
}

/// What is zoomed is gathered by itself.
void PlotsWindow::lookCloser() {
  detail_->follow(decoder_, filter_, plot_.get(), choice(), view_->shownPart());
}

}  // namespace octetscope
