#include "widgets/decoder/suggest_dialog.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace octetscope {

namespace {

enum Column { SpecColumn, ScoreColumn, MessagesColumn, DirectionColumn, ColumnCount };
constexpr int progressSteps = 1000;

QString directionsOf(const Suggestion &suggestion) {
  if (suggestion.fits[0] && suggestion.fits[1]) return SuggestDialog::tr("both");
  return suggestion.fits[1] ? SuggestDialog::tr("→ out") : SuggestDialog::tr("← in");
}

}  // namespace

SuggestDialog::SuggestDialog(QWidget *parent)
    : QDialog(parent),
      about_(new QLabel(this)),
      progress_(new QProgressBar(this)),
      list_(new QTreeWidget(this)),
      why_(new QLabel(this)) {
  setWindowTitle(tr("Suggest a framing"));
  resize(640, 420);
  auto *column = new QVBoxLayout(this);
  about_->setWordWrap(true);
  about_->setTextFormat(Qt::PlainText);
  column->addWidget(about_);
  progress_->setRange(0, progressSteps);
  progress_->setAccessibleName(tr("How far the search is"));
  column->addWidget(progress_);

  list_->setColumnCount(ColumnCount);
  list_->setHeaderLabels({tr("Framing"), tr("How sure"), tr("Messages"), tr("Direction")});
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setAccessibleName(tr("Framings that fit, best first"));
  list_->setToolTip(tr("Point at a framing to see its messages in the ribbon; a double click or Enter takes it"));
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(SpecColumn, QHeaderView::Stretch);
  list_->setMouseTracking(true);
  list_->viewport()->installEventFilter(this);
  column->addWidget(list_, 1);

  why_->setWordWrap(true);
  why_->setTextFormat(Qt::PlainText);
  why_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  why_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  why_->setMinimumHeight(4 * fontMetrics().lineSpacing());
  why_->setAccessibleName(tr("The evidence"));
  column->addWidget(why_);

  auto *buttons = new QDialogButtonBox(this);
  use_ = buttons->addButton(tr("&Use this framing"), QDialogButtonBox::AcceptRole);
  again_ = buttons->addButton(tr("Search &again"), QDialogButtonBox::ActionRole);
  again_->setToolTip(tr("Look at what has arrived since"));
  buttons->addButton(QDialogButtonBox::Close);
  use_->setDefault(true);
  column->addWidget(buttons);
  connect(use_, &QPushButton::clicked, this, &SuggestDialog::take);
  connect(again_, &QPushButton::clicked, this, &SuggestDialog::searchAgainAsked);
  connect(buttons, &QDialogButtonBox::rejected, this, &SuggestDialog::reject);
  connect(list_, &QTreeWidget::currentItemChanged, this, &SuggestDialog::showChosen);
  connect(list_, &QTreeWidget::itemEntered, this,
          [this](QTreeWidgetItem *item) { preview(list_->indexOfTopLevelItem(item)); });
  connect(list_, &QTreeWidget::itemActivated, this, &SuggestDialog::take);
}

void SuggestDialog::startSearch(const QString &about) {
  isSearching_ = true;
  suggestions_.clear();
  list_->clear();
  about_->setText(about);
  why_->clear();
  progress_->setValue(0);
  progress_->show();
  use_->setEnabled(false);
  again_->setEnabled(false);
  preview(-1);
}

void SuggestDialog::setProgress(double done) {
  progress_->setValue(static_cast<int>(done * progressSteps));
}

void SuggestDialog::setSuggestions(const QList<Suggestion> &suggestions) {
  isSearching_ = false;
  suggestions_ = suggestions;
  progress_->hide();
  again_->setEnabled(true);
  list_->clear();
  const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  for (const Suggestion &one : suggestions) {
    auto *item = new QTreeWidgetItem(list_, {one.spec, tr("%1 %").arg(qRound(one.score * 100)),
                                             QLocale().toString(one.messages), directionsOf(one)});
    item->setFont(SpecColumn, fixed);
    item->setToolTip(SpecColumn, one.why);
    item->setTextAlignment(ScoreColumn, Qt::AlignRight | Qt::AlignVCenter);
    item->setTextAlignment(MessagesColumn, Qt::AlignRight | Qt::AlignVCenter);
    item->setData(SpecColumn, Qt::AccessibleDescriptionRole, one.why);
  }
  if (suggestions.isEmpty()) {
    why_->setText(
        tr("No framing that is known here fits these bytes better than chance. More messages help, and so does the "
           "other direction; bytes before the first message can be left out by starting the framing behind them "
           "(Decode ▸ Start framing again here). Encrypted bytes have no framing that could be seen."));
    return;
  }
  list_->setCurrentItem(list_->topLevelItem(0));
  list_->setFocus();
}

void SuggestDialog::showChosen() {
  const int index = list_->indexOfTopLevelItem(list_->currentItem());
  use_->setEnabled(index >= 0);
  if (index < 0 || index >= suggestions_.size()) return;
  why_->setText(suggestions_[index].why);
  preview(index);
}

void SuggestDialog::preview(int index) {
  if (index == previewed_) return;
  previewed_ = index;
  Q_EMIT previewed(index);
}

void SuggestDialog::take() {
  const int index = list_->indexOfTopLevelItem(list_->currentItem());
  if (index < 0) return;
  preview(-1);
  hide();
  Q_EMIT taken(index);
}

void SuggestDialog::reject() {
  preview(-1);
  if (std::exchange(isSearching_, false)) Q_EMIT cancelled();
  QDialog::reject();
}

bool SuggestDialog::eventFilter(QObject *watched, QEvent *event) {
  // What is pointed at is shown as long as it is; then what is chosen is again.
  if (watched == list_->viewport() && event->type() == QEvent::Leave) {
    preview(list_->indexOfTopLevelItem(list_->currentItem()));
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace octetscope
