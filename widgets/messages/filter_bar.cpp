#include "widgets/messages/filter_bar.h"

#include "model/filter/filter_completion.h"
#include "model/items/seen_fields.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/controls/undo_passing.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/messages/filter_offers.h"
#include "widgets/theme/text_colors.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QStyle>
#include <QToolButton>

#include <chrono>

namespace octetscope {

namespace {

constexpr std::chrono::milliseconds pauseBeforeApplying{250};
constexpr qsizetype mostInMenu = 70;  // characters

QString menuText(QString text) {
  if (text.size() > mostInMenu) text = text.left(mostInMenu - 1) + QChar(0x2026);
  return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

}  // namespace

FilterBar::FilterBar(QSettings *settings, QWidget *parent)
    : QWidget(parent),
      recent_(settings, QStringLiteral("messages/filters")),
      saved_(settings),
      edit_(new ErrorLineEdit(this)),
      filters_(new QToolButton(this)),
      menu_(new QMenu(filters_)),
      sentence_(new WrappedLabel(this)),
      offers_(new FilterOffers(edit_)) {
  setAccessibleName(tr("Filter messages"));
  auto *close = new QToolButton(this);
  auto *grid = new QGridLayout(this);
  grid->setContentsMargins(6, 3, 6, 3);
  grid->setVerticalSpacing(1);
  grid->addWidget(edit_, 0, 0);
  grid->addWidget(filters_, 0, 1);
  grid->addWidget(close, 0, 2);
  grid->addWidget(sentence_, 1, 0, 1, 3);
  grid->setColumnStretch(0, 1);
  setFocusProxy(edit_);

  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPointSizeF(font().pointSizeF());
  edit_->setFont(fixed);
  edit_->setMaxLength(static_cast<int>(FilterExpression::mostCharacters));
  edit_->setMinimumWidth(120);
  edit_->setPlaceholderText(tr("size > 100 && status != complete"));
  edit_->setAccessibleName(tr("Filter"));
  edit_->setToolTip(wrappedTip(
      tr("Only messages that pass are listed (Ctrl+/). Names, operators and values are offered as you type; Down: what "
         "was used before; Esc: to the list; F1: how filters are written.")));
  edit_->setClearButtonEnabled(true);
  for (QToolButton *clear : edit_->findChildren<QToolButton *>()) {
    clear->setAccessibleName(tr("Clear the filter"));
    clear->setToolTip(tr("Show every message"));
  }
  filters_->setText(tr("Filters"));
  filters_->setToolTip(tr("Filters that were saved or used before"));
  filters_->setAutoRaise(true);
  filters_->setFocusPolicy(Qt::StrongFocus);
  filters_->setPopupMode(QToolButton::InstantPopup);
  menu_->setToolTipsVisible(true);
  filters_->setMenu(menu_);
  close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  close->setAutoRaise(true);
  close->setFocusPolicy(Qt::StrongFocus);
  close->setToolTip(tr("Show every message, and put this bar away"));
  close->setAccessibleName(tr("Close the filter bar"));
  sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  sentence_->setAccessibleName(tr("State of the filter"));
  QFont small = font();
  small.setPointSizeF(font().pointSizeF() * 0.9);
  sentence_->setFont(small);

  pause_.setSingleShot(true);
  pause_.setInterval(pauseBeforeApplying);
  connect(&pause_, &QTimer::timeout, this, &FilterBar::apply);
  connect(edit_, &QLineEdit::textChanged, &pause_, qOverload<>(&QTimer::start));
  connect(edit_, &QLineEdit::textChanged, this, [this](const QString &text) {
    // What is taken away as a whole, or by the first letter of another one, was meant; what goes letter by letter was
    // not.
    const bool isGone = text.size() <= 1 && before_.size() > text.size() + 1;
    if (isGone && filter_ && filter_->expression() && filter_->expression()->text() == before_) remember();
    before_ = text;
  });
  connect(edit_, &QLineEdit::textEdited, this, &FilterBar::offer);
  connect(offers_, &FilterOffers::returnPressed, this, &FilterBar::commit);
  connect(menu_, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
  connect(close, &QToolButton::clicked, this, [this] {
    clear();
    Q_EMIT closeAsked();
  });
  offers_->setLineBelow(sentence_);
  edit_->installEventFilter(this);
  UndoPassing::install(edit_);
  showState();
}

FilterBar::~FilterBar() {
  edit_->disconnect(this);
  pause_.stop();
}

void FilterBar::setFilter(MessageFilter *filter, ConnectionDecoder *decoder) {
  if (filter_) filter_->disconnect(this);
  if (decoder_) decoder_->disconnect(this);
  filter_ = filter;
  decoder_ = decoder;
  seen_.clear();
  if (filter_ && decoder_) {
    for (const auto signal : {&MessageFilter::progressed, &MessageFilter::wasReset}) {
      connect(filter_, signal, this, &FilterBar::showState);
    }
    connect(filter_, &MessageFilter::busyChanged, this, &FilterBar::showState);
    connect(decoder_, &ConnectionDecoder::advanced, this, &FilterBar::showState);
    // Other settings: what was wrong may be right now, and the other way round. The filter has heard of them before.
    connect(decoder_, &ConnectionDecoder::restarted, this, [this] {
      if (!edit_->text().isEmpty()) apply();
    });
  }
  apply();
}

QString FilterBar::text() const {
  return edit_->text();
}

QString FilterBar::sentence() const {
  return sentence_->text();
}

void FilterBar::setText(const QString &text) {
  edit_->setText(text);
  apply();
}

void FilterBar::filterBy(const QString &text) {
  remember();
  edit_->setText(text);
  commit();
}

void FilterBar::clear() {
  offers_->hide();
  setText(QString());
}

void FilterBar::edit() {
  edit_->setFocus(Qt::ShortcutFocusReason);
  edit_->selectAll();
}

void FilterBar::setCompact(bool compact) {
  isCompact_ = compact;
  sentence_->setOneLine(compact);
  paintSentence();
}

void FilterBar::apply() {
  pause_.stop();
  std::optional<FilterExpression> expression;
  if (!edit_->text().trimmed().isEmpty()) {
    auto parsed = FilterExpression::parse(edit_->text());
    if (!parsed) return showError(parsed.error());
    expression = *std::move(parsed);
  }
  if (filter_ && (expression != filter_->expression() || filter_->error())) {
    if (const auto set = filter_->setExpression(expression); !set) return showError(set.error());
  }
  edit_->setError({});
  edit_->setInForce(expression && filter_);
  showState();
  Q_EMIT changed();
}

/// Return: what stands there is meant.
void FilterBar::commit() {
  apply();
  if (!edit_->error()) recent_.add(edit_->text().trimmed());
}

/// What is in force was meant, though nobody pressed Return.
void FilterBar::remember() {
  if (filter_ && filter_->isActive()) recent_.add(filter_->expression()->text().trimmed());
}

void FilterBar::offer() {
  if (!filter_ || edit_->text().isEmpty()) return offers_->hide();
  offers_->offer(filterCompletions(edit_->text(), edit_->cursorPosition(), filter_->scopes(), seen_));
}

void FilterBar::showError(const FilterError &error) {
  edit_->setError(error, error.length);
  showState();
  Q_EMIT changed();
}

QString FilterBar::stateWords() const {
  if (!filter_ || !decoder_ || !filter_->isActive()) return {};
  const quint64 all = decoder_->messageCount(Direction::In) + decoder_->messageCount(Direction::Out);
  const QLocale locale;
  const QString counts =
      tr("%1 of %2 messages pass").arg(locale.toString(filter_->passingCount()), locale.toString(all));
  const quint64 rows = decoder_->liveRowCount();
  if (!filter_->isBusy() || rows == 0) return counts;
  return tr("%1 so far, %2 % are looked at").arg(counts).arg(filter_->judgedRows() * 100 / rows);
}

void FilterBar::showState() {
  const QString counts = stateWords();
  QString words;
  if (const auto &error = edit_->error()) {
    words = Theme::glyph(Status::Error) + u' ';
    if (error->position >= 0) {
      const QString before = edit_->text().left(error->position);
      words += tr("At character %1: ").arg(QLocale().toString(before.toUcs4().size() + 1));
    }
    words += error->line();
    // What was right before stays in force, and should not be a riddle.
    words += counts.isEmpty() ? tr(". Until then every message is shown.")
                              : tr(". Until then %1 still filters: %2.")
                                    .arg(filter_->expression()->text().left(mostInMenu).simplified(), counts);
  } else if (!counts.isEmpty()) {
    words = Theme::glyph(Status::Complete) + u' ' + counts;
  } else {
    words = tr("Every message is shown.");
  }
  if (words != sentence_->text()) sentence_->setWords(words);
  edit_->setNormalDescription(words);
  paintSentence();
}

void FilterBar::paintSentence() {
  const Theme theme = Theme::of(this);
  QPalette colours = palette();
  const bool isWrong = edit_->error().has_value();
  const QColor colour = isWrong              ? theme.status(Status::Error)
                        : edit_->isInForce() ? inForceColor(theme)
                                             : theme.mutedText();
  colours.setColor(QPalette::WindowText, colour);
  if (sentence_->palette() != colours) sentence_->setPalette(colours);
  const bool isNeeded = isWrong || (filter_ && filter_->isActive());
  sentence_->setVisible(!isCompact_ || isNeeded);
}

// The menu

void FilterBar::fillMenu() {
  menu_->clear();
  const auto addFilter = [this](QMenu *menu, const QString &words, const QString &text, auto act) {
    QAction *action = menu->addAction(words, this, act);
    action->setToolTip(wrappedTip(text));
  };
  const QString text = edit_->text().trimmed();
  QAction *save = menu_->addAction(tr("Save this filter…"), this, &FilterBar::saveAs);
  save->setEnabled(!text.isEmpty() && FilterExpression::parse(text).has_value());
  save->setToolTip(tr("Keep what stands in the line under a name"));
  QMenu *removal = menu_->addMenu(tr("Delete a saved filter"));
  removal->setEnabled(!saved_.all().isEmpty());
  removal->setToolTipsVisible(true);
  if (!saved_.all().isEmpty()) menu_->addSection(tr("Saved"));
  for (const SavedFilters::Saved &one : saved_.all()) {
    addFilter(menu_, menuText(one.name), one.text, [this, one] { filterBy(one.text); });
    addFilter(removal, menuText(one.name), one.text, [this, one] { saved_.remove(one.name); });
  }
  if (!recent_.all().isEmpty()) menu_->addSection(tr("Used before"));
  for (const QString &one : recent_.all()) addFilter(menu_, menuText(one), one, [this, one] { filterBy(one); });
  menu_->addSeparator();
  QAction *forget = menu_->addAction(tr("Forget what was used before"), this, [this] { recent_.clear(); });
  forget->setEnabled(!recent_.all().isEmpty());
  forget->setToolTip(tr("Removes it from the settings; what was saved stays"));
  menu_->addAction(tr("How filters are written (F1)"), this, &FilterBar::helpAsked);
}

void FilterBar::saveAs() {
  const QString text = edit_->text().trimmed();
  bool isGiven = false;
  const QString name = QInputDialog::getText(this, tr("Save filter"), tr("Name of “%1”:").arg(text.left(mostInMenu)),
                                             QLineEdit::Normal, saved_.nameOf(text), &isGiven);
  if (!isGiven) return;
  if (const QString before = saved_.textOf(name); !before.isEmpty() && before != text) {
    QMessageBox question(QMessageBox::Question, tr("Save filter"),
                         tr("“%1” is the name of another filter:\n\n%2\n\nSave this one in its place?")
                             .arg(name.simplified(), before.left(mostInMenu)),
                         QMessageBox::Save | QMessageBox::Cancel, this);
    question.setTextFormat(Qt::PlainText);
    question.setDefaultButton(QMessageBox::Cancel);
    if (question.exec() != QMessageBox::Save) return;
  }
  saved_.save(name, text);
}

// Events

bool FilterBar::eventFilter(QObject *watched, QEvent *event) {
  if (watched == edit_ && event->type() == QEvent::FocusIn && decoder_) seen_ = seenFieldPaths(*decoder_);
  if (watched == edit_ && event->type() == QEvent::FocusOut) {
    // A list or a menu takes the keyboard for a moment, another window leaves the line as it is.
    const Qt::FocusReason why = static_cast<QFocusEvent *>(event)->reason();
    if (why != Qt::PopupFocusReason && why != Qt::MenuBarFocusReason && why != Qt::ActiveWindowFocusReason) {
      if (pause_.isActive()) apply();
      remember();
    }
  }
  if (watched == edit_ && event->type() == QEvent::ShortcutOverride &&
      static_cast<QKeyEvent *>(event)->key() == Qt::Key_F1) {
    event->accept();  // else it would tell of the window's keys
    return true;
  }
  if (watched != edit_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      commit();
      return true;
    case Qt::Key_F1:
      Q_EMIT helpAsked();
      return true;
    case Qt::Key_Escape:
      Q_EMIT left();
      return true;
    case Qt::Key_Down:
      if (offers_->isShown()) break;
      // What it takes the place of comes back the same way.
      if (!pause_.isActive()) remember();
      if (QStringList others = recent_.all(); !others.isEmpty()) {
        others.removeAll(edit_->text().trimmed());
        offers_->offerTexts(others);
        return true;
      }
      break;
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void FilterBar::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) paintSentence();
}

}  // namespace octetscope
