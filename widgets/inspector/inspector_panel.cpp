#include "widgets/inspector/inspector_panel.h"

#include "widgets/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace octetscope {

namespace {

/// Values in the fixed font, so that digits stand under digits; what is missing in muted letters.
class ValueDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() != InspectorModel::TypeColumn) {
      const qreal size = option->font.pointSizeF();
      option->font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
      if (size > 0) option->font.setPointSizeF(size);
    }
    if (index.data(InspectorModel::IsMissingRole).toBool()) {
      option->palette.setColor(QPalette::Text, Theme::of(option->palette).mutedText());
    }
  }
};

}  // namespace

InspectorPanel::InspectorPanel(QWidget *parent)
    : QWidget(parent),
      place_(new QLabel(this)),
      table_(new QTableView(this)),
      copy_(new QAction(tr("&Copy value"), this)) {
  setAccessibleName(tr("Byte inspector"));
  place_->setTextFormat(Qt::PlainText);
  place_->setWordWrap(true);
  place_->setContentsMargins(6, 3, 6, 3);
  place_->setAccessibleName(tr("Inspected bytes"));
  place_->setToolTip(
      tr("The highest byte first is network order: the Internet's protocols agreed on it (RFC 791, appendix "
         "B), so Python writes it as ! for the network. Most processors keep the lowest first: <."));
  table_->setAccessibleName(tr("Values of the selected bytes"));
  table_->setModel(&model_);
  table_->setItemDelegate(new ValueDelegate(table_));
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setWordWrap(false);
  table_->setTextElideMode(Qt::ElideMiddle);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setTabKeyNavigation(false);  // Tab leaves the table; arrows move in it
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(InspectorModel::TypeColumn, QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  copy_->setShortcut(QKeySequence::Copy);
  copy_->setShortcutContext(Qt::WidgetShortcut);
  table_->addAction(copy_);
  setFocusProxy(table_);

  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(place_);
  layout->addWidget(table_);

  connect(copy_, &QAction::triggered, this, &InspectorPanel::copySelected);
  connect(table_, &QTableView::customContextMenuRequested, this, &InspectorPanel::showMenu);
  updateFont();
  refresh();
}

InspectorPanel::~InspectorPanel() {
  table_->setModel(nullptr);  // the model is a member: gone before the children are
}

void InspectorPanel::setSource(HexSource *source) {
  if (source_) source_->disconnect(this);
  source_ = source;
  if (source) connect(source, &HexSource::advanced, this, &InspectorPanel::refresh);
  refresh();
}

void InspectorPanel::setSelectionHub(SelectionHub *hub) {
  if (hub_) hub_->disconnect(this);
  hub_ = hub;
  if (hub) connect(hub, &SelectionHub::changed, this, &InspectorPanel::refresh);
  refresh();
}

QString InspectorPanel::placeText() const {
  return place_->text();
}

void InspectorPanel::refresh() {
  ByteView bytes;
  QString words = tr("Select bytes to see what they are as numbers, times and text.");
  const Selection *selection = hub_ && hub_->current() ? &*hub_->current() : nullptr;
  if (source_ && selection && selection->direction == source_->direction()) {
    const ByteRange range = selection->range;
    const quint64 begin = range.begin;
    constexpr auto most = static_cast<quint64>(InspectorModel::maxBytes);
    const quint64 wanted = range.isEmpty() ? most : std::min(range.size(), most);
    bytes = source_->bytes({begin, wanted > ~0ULL - begin ? ~0ULL : begin + wanted});
    const QString offset = QString::number(begin);
    if (bytes.empty()) {
      words = tr("No byte has arrived at offset %1 yet.").arg(offset);
    } else if (range.isEmpty()) {
      words = tr("From offset %1 on").arg(offset);
    } else if (range.size() == 1) {
      words = tr("1 byte at offset %1").arg(offset);
    } else {
      words = tr("%1 bytes from offset %2").arg(QLocale().toString(range.size()), offset);
    }
  }
  if (qtView(bytes) != model_.bytes()) model_.setBytes(bytes);
  if (place_->text() != words) place_->setText(words);
}

void InspectorPanel::copySelected() {
  QModelIndexList cells = table_->selectionModel()->selectedIndexes();
  if (cells.isEmpty() && table_->currentIndex().isValid()) cells = {table_->currentIndex()};
  if (cells.isEmpty()) return;
  std::sort(cells.begin(), cells.end());
  QString text;
  for (qsizetype i = 0; i < cells.size(); ++i) {
    if (i > 0) text += cells.at(i).row() == cells.at(i - 1).row() ? u'\t' : u'\n';
    text += cells.at(i).data().toString();
  }
  QGuiApplication::clipboard()->setText(text);
}

void InspectorPanel::showMenu(const QPoint &point) {
  QMenu menu(this);
  menu.addAction(copy_);
  menu.exec(table_->viewport()->mapToGlobal(point));
}

void InspectorPanel::updateFont() {
  const int height = fontMetrics().height() + 6;
  table_->verticalHeader()->setMinimumSectionSize(height);
  table_->verticalHeader()->setDefaultSectionSize(height);
}

void InspectorPanel::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateFont();
}

}  // namespace octetscope

// Here and not with the others: whoever does not use the panel must not need the model behind it.
#include "moc_inspector_panel.cpp"
