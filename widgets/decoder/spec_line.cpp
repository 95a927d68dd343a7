#include "widgets/decoder/spec_line.h"

#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/undo_passing.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QEvent>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QStringListModel>
#include <QVBoxLayout>

namespace octetscope {

SpecLine::SpecLine(QSettings *settings, const QString &key, QStringList examples, QWidget *parent)
    : QWidget(parent),
      recent_(settings, key),
      examples_(std::move(examples)),
      edit_(new ErrorLineEdit(this)),
      sentence_(new WrappedLabel(parent)),
      completer_(new QCompleter(this)),
      offers_(new QStringListModel(this)) {
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(edit_);
  setFocusProxy(edit_);
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPointSizeF(font().pointSizeF());
  edit_->setFont(fixed);
  edit_->setMaxLength(65536);
  edit_->setMinimumWidth(120);
  edit_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);  // as high as what it stands beside
  sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  QFont small = font();
  small.setPointSizeF(font().pointSizeF() * 0.9);
  sentence_->setFont(small);
  completer_->setModel(offers_);
  completer_->setCaseSensitivity(Qt::CaseSensitive);
  edit_->setCompleter(completer_);
  edit_->installEventFilter(this);
  UndoPassing::install(edit_);
  refresh();
  connect(edit_, &QLineEdit::textChanged, this, [this](const QString &text) {
    if (!setting_) Q_EMIT edited(text);
  });
  connect(edit_, &QLineEdit::editingFinished, this, &SpecLine::finished);
}

SpecLine::~SpecLine() {
  // While it has the focus it would tell of losing it, later, to what is no SpecLine any more.
  delete edit_;
}

QLabel *SpecLine::sentence() const {
  return sentence_;
}

QString SpecLine::text() const {
  return edit_->text();
}

void SpecLine::setText(const QString &text) {
  if (text == edit_->text()) return;
  const QScopedValueRollback guard(setting_, true);
  edit_->setText(text);
  edit_->setCursorPosition(0);
}

void SpecLine::showMeaning(const QString &text) {
  edit_->setError({});
  edit_->setNormalDescription(text);
  sentence_->setWords(text);
  sentence_->setToolTip(text);
  paintSentence();
}

void SpecLine::showError(const Error &error) {
  edit_->setError(error);
  sentence_->setWords(Theme::glyph(Status::Error) + u' ' + error.line());
  sentence_->setToolTip(tr("What was right before stays in force until this is right."));
  paintSentence();
}

void SpecLine::paintSentence() {
  const Theme theme = Theme::of(this);
  QPalette colours = palette();
  colours.setColor(QPalette::WindowText, edit_->error() ? theme.status(Status::Error) : theme.mutedText());
  sentence_->setPalette(colours);
  sentence_->setVisible(!compact_ || edit_->error());
}

void SpecLine::setCompact(bool compact) {
  compact_ = compact;
  paintSentence();
}

void SpecLine::remember(const QString &text) {
  recent_.add(text);
  refresh();
}

QStringList SpecLine::offered() const {
  return offers_->stringList();
}

void SpecLine::refresh() {
  QStringList all = recent_.all();
  for (const QString &example : examples_) {
    if (!all.contains(example)) all.append(example);
  }
  offers_->setStringList(all);
}

bool SpecLine::eventFilter(QObject *watched, QEvent *event) {
  if (watched == edit_ && event->type() == QEvent::KeyPress) {
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Down && !completer_->popup()->isVisible()) {
      completer_->setCompletionPrefix(QString());  // everything, not only what begins like the text
      completer_->complete();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void SpecLine::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) paintSentence();
}

}  // namespace octetscope
