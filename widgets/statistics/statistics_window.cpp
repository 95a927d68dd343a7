#include "widgets/statistics/statistics_window.h"

#include "model/items/message_filter.h"
#include "model/items/seen_fields.h"
#include "widgets/controls/field_box.h"
#include "widgets/controls/screen_fit.h"
#include "widgets/statistics/statistics_numbers.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr QSize firstSize(720, 700);
constexpr int refreshMs = 250;
constexpr qsizetype mostFields = 200;
constexpr qsizetype mostOfFilter = 60;  // characters that are shown

QString share(quint64 part, quint64 whole) {
  if (whole == 0) return statisticsNumber(part);
  return QStringLiteral("%1 (%2 %)")
      .arg(statisticsNumber(part), statisticsReal(100.0 * static_cast<double>(part) / static_cast<double>(whole)));
}

/// One line of the table: its name, what it means, and what it says of a direction.
struct Line {
  const char *name;
  const char *tip;
  QString (*words)(const DirectionStatistics &);
};

QString none() {
  return QStringLiteral("–");
}

/// What messages have, where there are any.
QString ofAny(const DirectionStatistics &of, quint64 value) {
  return of.messages() == 0 ? none() : statisticsNumber(value);
}

QString perSecond(double amount, const DirectionStatistics &of) {
  if (of.firstNs == noTime || of.lastNs <= of.firstNs) return none();
  return statisticsReal(amount / (static_cast<double>(of.lastNs - of.firstNs) / 1e9));
}

/// With the last, which may still be arriving and has no size yet that counts.
quint64 allOf(const DirectionStatistics &of) {
  return of.complete + of.incomplete + of.errors;
}

#define WORDS(text) QT_TRANSLATE_NOOP("octetscope::StatisticsWindow", text)
const Line lines[] = {
    {WORDS("Messages"), WORDS("All of them; sizes and chunks are those of the final ones, which no byte can change"),
     [](const DirectionStatistics &of) { return statisticsNumber(allOf(of)); }},
    {WORDS("Complete"), WORDS("As the framing ends them"),
     [](const DirectionStatistics &of) { return share(of.complete, allOf(of)); }},
    {WORDS("Incomplete"),
     WORDS("Cut off where framing was started again, or the last one of all, of which not all is here"),
     [](const DirectionStatistics &of) { return statisticsNumber(of.incomplete); }},
    {WORDS("In error"), WORDS("Their bytes break the framing's rule"),
     [](const DirectionStatistics &of) { return share(of.errors, allOf(of)); }},
    {WORDS("Bytes"), WORDS("Of these messages, framing included"),
     [](const DirectionStatistics &of) { return statisticsNumber(of.sizes.sum()); }},
    {WORDS("Bytes of payload"), WORDS("What the framing carries; joined, unstuffed or decompressed where it does that"),
     [](const DirectionStatistics &of) { return share(of.payloadBytes, of.sizes.sum()); }},
    {WORDS("Smallest"), WORDS("Size of a message in bytes"),
     [](const DirectionStatistics &of) { return ofAny(of, of.sizes.smallest()); }},
    {WORDS("Mean"), WORDS("Size of a message in bytes"),
     [](const DirectionStatistics &of) {
       if (of.messages() == 0) return none();
       return statisticsReal(static_cast<double>(of.sizes.sum()) / static_cast<double>(of.messages()));
     }},
    {WORDS("Median"), WORDS("Half of the messages are not larger; within 1 % from 1,024 bytes on"),
     [](const DirectionStatistics &of) { return ofAny(of, of.sizes.quantile(0.5)); }},
    {WORDS("99 of 100 at most"), WORDS("The 99th percentile of the sizes; within 1 % from 1,024 bytes on"),
     [](const DirectionStatistics &of) { return ofAny(of, of.sizes.quantile(0.99)); }},
    {WORDS("Largest"), WORDS("Size of a message in bytes"),
     [](const DirectionStatistics &of) { return ofAny(of, of.sizes.largest()); }},
    {WORDS("Chunks"), WORDS("Calls of recv() or send() that carried bytes of them"),
     [](const DirectionStatistics &of) { return statisticsNumber(of.chunks); }},
    {WORDS("Most chunks of a message"), WORDS("Of the message that came in the most pieces"),
     [](const DirectionStatistics &of) { return ofAny(of, of.mostChunks); }},
    {WORDS("Split over chunks"),
     WORDS("Messages that came in more than one piece: one recv() did not return them whole"),
     [](const DirectionStatistics &of) { return share(of.split, of.messages()); }},
    {WORDS("Sharing a chunk"),
     WORDS("Messages that came in one piece with a part of another: one recv() returned both"),
     [](const DirectionStatistics &of) { return share(of.sharing, of.messages()); }},
    {WORDS("Messages a second"), WORDS("From the first byte of the first to the last byte of the last"),
     [](const DirectionStatistics &of) { return perSecond(static_cast<double>(of.messages()), of); }},
    {WORDS("Bytes a second"), WORDS("From the first byte of the first to the last byte of the last"),
     [](const DirectionStatistics &of) { return perSecond(static_cast<double>(of.sizes.sum()), of); }},
};
#undef WORDS

}  // namespace

StatisticsWindow::StatisticsWindow(QWidget *parent)
    : QDialog(parent),
      title_(new QLabel(this)),
      isFiltered_(new QCheckBox(this)),
      table_(new QTableWidget(int(std::size(lines)), 2, this)),
      field_(new FieldBox(tr("Field whose values are counted"), this)),
      values_(new QTableView(this)),
      note_(new QLabel(this)) {
  setWindowTitle(tr("Statistics"));
  setWindowFlag(Qt::WindowContextHelpButtonHint, false);
  setSizeGripEnabled(true);
  resize(firstSize);
  title_->setTextFormat(Qt::PlainText);
  title_->setAccessibleName(tr("Of what"));
  isFiltered_->setAccessibleName(tr("Only what passes the filter"));
  isFiltered_->setToolTip(
      tr("Counts the messages that the list shows, not those that its filter hides; while there is no filter, all"));
  table_->setAccessibleName(tr("Statistics of the messages"));
  table_->setHorizontalHeaderLabels({tr("← in"), tr("→ out")});
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  for (int i = 0; i < table_->rowCount(); ++i) {
    auto *name = new QTableWidgetItem(tr(lines[i].name));
    name->setToolTip(tr(lines[i].tip));
    table_->setVerticalHeaderItem(i, name);
    for (int column = 0; column < 2; ++column) {
      auto *cell = new QTableWidgetItem;
      cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      cell->setToolTip(tr(lines[i].tip));
      table_->setItem(i, column, cell);
    }
  }
  const int rowHeight = fontMetrics().height() + 6;
  table_->verticalHeader()->setDefaultSectionSize(rowHeight);
  table_->setMinimumHeight(rowHeight * 3);
  auto *fieldLabel = new QLabel(tr("Values of the &field:"), this);
  fieldLabel->setBuddy(field_);
  field_->setToolTip(
      tr("A field of the messages, such as kind, header.type or tags[0], or anything else that filters know, such as "
         "payload[0:2]: how often each of its values is"));
  buildValues();
  values_->verticalHeader()->setDefaultSectionSize(rowHeight);
  values_->setMinimumHeight(rowHeight * 3);
  note_->setAccessibleName(tr("How far it is counted"));
  note_->setTextFormat(Qt::PlainText);
  note_->setWordWrap(true);

  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  QPushButton *copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
  copy->setToolTip(tr("All of it as text, columns apart by tabs"));
  copy->setAutoDefault(false);
  buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
  auto *fieldRow = new QHBoxLayout;
  fieldRow->addWidget(fieldLabel);
  fieldRow->addWidget(field_, 1);
  auto *column = new QVBoxLayout(this);
  column->addWidget(title_);
  column->addWidget(isFiltered_);
  column->addWidget(table_, 5);
  column->addLayout(fieldRow);
  column->addWidget(values_, 2);
  column->addWidget(note_);
  column->addWidget(buttons);

  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
  connect(field_, &FieldBox::chosen, this, [this] {
    if (statistics_) statistics_->setField(field_->field());
    Q_EMIT fieldChosen();
  });
  connect(isFiltered_, &QCheckBox::clicked, this, [this] {
    setFiltered(isFiltered_->isChecked());
    Q_EMIT filteredChosen();
  });
  timer_.setSingleShot(true);
  timer_.setInterval(refreshMs);
  connect(&timer_, &QTimer::timeout, this, &StatisticsWindow::refresh);
  refresh();
}

void StatisticsWindow::buildValues() {
  values_->setModel(&counts_);
  values_->setAccessibleName(tr("Values and how often they are"));
  values_->setSelectionBehavior(QAbstractItemView::SelectRows);
  values_->setTabKeyNavigation(false);
  values_->verticalHeader()->hide();
  values_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  values_->setSelectionMode(QAbstractItemView::SingleSelection);
  values_->setToolTip(tr("A double click, or Return, filters for the messages with this value"));
  values_->setContextMenuPolicy(Qt::ActionsContextMenu);
  filterForValue_ = new QAction(tr("&Filter for this value"), this);
  filterForValue_->setStatusTip(tr("Shows the messages with this value alone in the main window"));
  values_->addAction(filterForValue_);
  connect(filterForValue_, &QAction::triggered, this, &StatisticsWindow::askForFilter);
  connect(values_, &QTableView::activated, this, &StatisticsWindow::askForFilter);
  const auto enable = [this] {
    const QModelIndex current = values_->currentIndex();
    filterForValue_->setEnabled(current.isValid() && !counts_.filterAt(current.row()).isEmpty());
  };
  connect(values_->selectionModel(), &QItemSelectionModel::currentChanged, this, enable);
  connect(&counts_, &QAbstractItemModel::modelReset, this, enable);
  enable();
}

void StatisticsWindow::askForFilter() {
  const QModelIndex current = values_->currentIndex();
  const QString filter = current.isValid() ? counts_.filterAt(current.row()) : QString();
  if (!filter.isEmpty()) Q_EMIT filterAsked(filter);
}

QString StatisticsWindow::field() const {
  return field_->field();
}

void StatisticsWindow::setField(const QString &field) {
  field_->setCurrentText(field);
  if (statistics_) statistics_->setField(field_->field());
}

bool StatisticsWindow::isFiltered() const {
  return isFiltered_->isChecked();
}

void StatisticsWindow::setFiltered(bool filtered) {
  isFiltered_->setChecked(filtered);
  if (statistics_) statistics_->setFilter(filtered ? filter_.data() : nullptr);
}

/// Says what the filter is where there is room, else that there is one.
void StatisticsWindow::showFilter() {
  const bool isActive = filter_ && filter_->isActive();
  QString words = tr("Only what &passes the filter");
  if (isActive) {
    QString text = filter_->expression()->text().simplified();
    if (text.size() > mostOfFilter) text = text.left(mostOfFilter - 1) + QChar(0x2026);
    words += QStringLiteral(":  ") + text.replace(QLatin1Char('&'), QLatin1String("&&"));
  }
  isFiltered_->setText(words);
  isFiltered_->setEnabled(isActive);
}

void StatisticsWindow::setDecoder(ConnectionDecoder *decoder, MessageFilter *filter, const QString &title) {
  title_->setText(title);
  if (decoder == decoder_) return;
  statistics_.reset();
  if (decoder_) decoder_->disconnect(this);
  if (filter_) filter_->disconnect(this);
  decoder_ = decoder;
  filter_ = filter;
  if (filter) connect(filter, &MessageFilter::wasReset, this, &StatisticsWindow::showFilter);
  showFilter();
  if (decoder) {
    connect(decoder, &QObject::destroyed, this, [this] {
      statistics_.reset();
      decoder_ = nullptr;
      refresh();
    });
    connect(decoder, &ConnectionDecoder::restarted, this, &StatisticsWindow::offerFields);
  }
  if (isVisible()) begin();
  refresh();
}

void StatisticsWindow::begin() {
  if (!decoder_ || statistics_) return;
  statistics_ = std::make_unique<MessageStatistics>(*decoder_);
  setFiltered(isFiltered());
  statistics_->setField(field_->field());
  connect(statistics_.get(), &MessageStatistics::changed, &timer_, [this] {
    if (!timer_.isActive()) timer_.start();
  });
  offerFields();
}

/// Fields there are, for who does not know their names.
void StatisticsWindow::offerFields() {
  field_->offer(decoder_ ? seenFieldPaths(*decoder_, mostFields) : QStringList());
}

void StatisticsWindow::showEvent(QShowEvent *event) {
  QDialog::showEvent(event);
  fitIntoScreen(this);
  begin();
  refresh();
}

/// Nobody looks: nothing is counted.
void StatisticsWindow::hideEvent(QHideEvent *event) {
  QDialog::hideEvent(event);
  statistics_.reset();
}

/// What was counted, and the last message of all, which is not final.
DirectionStatistics StatisticsWindow::withTheLast(Direction direction) const {
  DirectionStatistics all = statistics_->of(direction);
  const quint64 there = decoder_->messageCount(direction);
  const bool passes = statistics_->filterText().isEmpty() || filter_->passes(direction, there - 1);
  if (statistics_->uncounted() == 0 && there > all.looked && passes) ++all.incomplete;
  return all;
}

void StatisticsWindow::refresh() {
  const DirectionStatistics in = statistics_ ? withTheLast(Direction::In) : DirectionStatistics();
  const DirectionStatistics out = statistics_ ? withTheLast(Direction::Out) : DirectionStatistics();
  for (int i = 0; i < table_->rowCount(); ++i) {
    table_->item(i, 0)->setText(lines[i].words(in));
    table_->item(i, 1)->setText(lines[i].words(out));
  }
  if (field_->isEmpty()) offerFields();
  counts_.show(in, out);
  QString words;
  const quint64 missing = statistics_ ? statistics_->uncounted() : 0;
  if (!decoder_) {
    words = tr("Nothing is shown.");
  } else if (missing > 0) {
    words = tr("Counting: %1 messages are still to come.").arg(statisticsNumber(missing));
  } else if (statistics_ && statistics_->fieldError()) {
    words = statistics_->fieldError()->line();
  } else if (statistics_ && in.looked + out.looked > 0 && in.messages() + out.messages() == 0) {
    words = tr("No final message passes the filter.");
  } else if (statistics_ && !statistics_->field().isEmpty()) {
    words = numbersWords();
    const quint64 without = in.withoutField + out.withoutField;
    if (without > 0 && !words.isEmpty()) words += QLatin1Char(' ');
    if (without > 0) words += tr("%1 messages have no such field.").arg(statisticsNumber(without));
    if (const quint64 others = in.otherValues + out.otherValues; others > 0) {
      words += QLatin1Char(' ') + tr("%1 have a value beyond the first %2.")
                                      .arg(statisticsNumber(others), statisticsNumber(MessageStatistics::mostValues));
    }
  }
  note_->setText(words);
}

/// Of the field, where it is a number: between which its values lie.
QString StatisticsWindow::numbersWords() const {
  QStringList words;
  for (const auto &[direction, arrow] :
       {std::pair(Direction::In, tr("← in")), std::pair(Direction::Out, tr("→ out"))}) {
    if (!statistics_ || statistics_->of(direction).numbers.count == 0) continue;
    const NumberSummary &of = statistics_->of(direction).numbers;
    const auto exact = [](double value) { return QLocale().toString(value, 'g', QLocale::FloatingPointShortest); };
    words +=
        tr("%1: from %2 to %3, mean %4.").arg(arrow, exact(of.least), exact(of.greatest), statisticsReal(of.mean()));
  }
  return words.join(QLatin1Char(' '));
}

QString StatisticsWindow::asText() const {
  QString text = title_->text() + QLatin1Char('\n');
  if (const QString filter = statistics_ ? statistics_->filterText() : QString(); !filter.isEmpty()) {
    text += tr("Only what passes the filter: %1").arg(filter) + QLatin1Char('\n');
  }
  text += QStringLiteral("\t%1\t%2\n").arg(tr("in"), tr("out"));
  for (int i = 0; i < table_->rowCount(); ++i) {
    text +=
        QStringLiteral("%1\t%2\t%3\n").arg(tr(lines[i].name), table_->item(i, 0)->text(), table_->item(i, 1)->text());
  }
  if (counts_.rowCount() == 0) return text;
  text += QStringLiteral("\n%1\t%2\t%3\t%4\n").arg(field_->currentText(), tr("in"), tr("out"), tr("of the messages"));
  for (int i = 0; i < counts_.rowCount(); ++i) {
    const auto cell = [this, i](int column) { return counts_.index(i, column).data().toString(); };
    text += QStringLiteral("%1\t%2\t%3\t%4\n").arg(cell(0), cell(1), cell(2), cell(3));
  }
  if (const QString words = numbersWords(); !words.isEmpty()) text += words + QLatin1Char('\n');
  return text;
}

}  // namespace octetscope
