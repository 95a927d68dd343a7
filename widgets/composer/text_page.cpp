#include "widgets/composer/text_page.h"

#include "model/bytes/hex_text.h"
#include "model/structs/value.h"
#include "widgets/theme/theme.h"

#include <QDropEvent>
#include <QFontDatabase>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

namespace octetscope {

namespace {

/// Takes bytes that are dropped for what they are, not for the text that comes with them.
class BytesEdit final : public QPlainTextEdit {
 public:
  explicit BytesEdit(ComposePage *page) : QPlainTextEdit(page), page_(page) {}

 protected:
  void dropEvent(QDropEvent *event) override {
    if (!event->mimeData()->hasFormat(bytesMimeType)) return QPlainTextEdit::dropEvent(event);
    // Ends what the editor shows of a drag: there is nothing for it to insert.
    QMimeData nothing;
    QDropEvent empty(event->position(), event->possibleActions(), &nothing, event->buttons(), event->modifiers());
    QPlainTextEdit::dropEvent(&empty);
    event->acceptProposedAction();
    Q_EMIT page_->bytesDropped(event->mimeData());
  }

 private:
  ComposePage *const page_;
};

QPlainTextEdit *makeEdit(ComposePage *page) {
  auto *edit = new BytesEdit(page);
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPointSizeF(page->font().pointSizeF());
  edit->setFont(fixed);
  edit->setTabChangesFocus(true);  // Tab goes on to the buttons, as in every other field
  edit->document()->setDocumentMargin(3);
  edit->setMinimumHeight(edit->fontMetrics().height() + 2 * 3 + 2 * edit->frameWidth());
  auto *column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(edit);
  page->setFocusProxy(edit);
  QObject::connect(edit, &QPlainTextEdit::textChanged, page, &ComposePage::edited);
  return edit;
}

QString firstLine(const QString &text) {
  return text.section(u'\n', 0, 0).left(60);
}

/// As an edit of the user's: it can be undone.
void replaceText(QPlainTextEdit *edit, const QString &text) {
  QTextCursor cursor(edit->document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(text);
}

}  // namespace

void markError(QPlainTextEdit *edit, const Error *error) {
  QList<QTextEdit::ExtraSelection> marks;
  if (error && error->position >= 0) {
    const int last = std::max(0, edit->document()->characterCount() - 1);
    const int at = std::min(static_cast<int>(error->position), last);
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(edit->document());
    // At the very end there is nothing to underline but what stands before.
    mark.cursor.setPosition(at == last ? std::max(0, at - 1) : at);
    mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
    const QColor colour = Theme::of(edit).status(Status::Error);
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(colour);
    mark.format.setForeground(colour);
    marks.append(mark);
  }
  edit->setExtraSelections(marks);
  edit->setAccessibleDescription(error ? error->line() : QString());
}

TextPage::TextPage(QWidget *parent) : ComposePage(parent), edit_(makeEdit(this)) {
  edit_->setAccessibleName(tr("Text to send"));
  edit_->setPlaceholderText(tr("Text, sent as UTF-8"));
  edit_->setToolTip(tr("Text, sent as UTF-8. Ctrl+Enter sends it; Alt+Up and Alt+Down bring back what was sent."));
}

void TextPage::setLineEnding(LineEnding ending) {
  ending_ = ending;
  Q_EMIT edited();
}

void TextPage::setEscapes(bool on) {
  escapes_ = on;
  Q_EMIT edited();
}

Result<QByteArray> TextPage::payload() {
  auto bytes = textPayload(edit_->toPlainText(), ending_, escapes_);
  markError(edit_, bytes ? nullptr : &bytes.error());
  return bytes;
}

QJsonObject TextPage::content() const {
  return {{QStringLiteral("text"), edit_->toPlainText()}};
}

void TextPage::setContent(const QJsonObject &content) {
  replaceText(edit_, content.value(QStringLiteral("text")).toString());
}

bool TextPage::setBytes(const QByteArray &bytes) {
  QByteArray oneLine = bytes;
  if (!isPlainText(oneLine.replace('\n', ' ').replace('\t', ' '))) return false;
  const QString text = QString::fromUtf8(bytes);
  if (textPayload(text, ending_, escapes_) != bytes) return false;
  replaceText(edit_, text);
  return true;
}

QString TextPage::title() const {
  return firstLine(edit_->toPlainText());
}

void TextPage::focusEditor() {
  edit_->setFocus();
}

HexInputPage::HexInputPage(QWidget *parent) : ComposePage(parent), edit_(makeEdit(this)) {
  edit_->setAccessibleName(tr("Hex digits of the bytes to send"));
  edit_->setPlaceholderText(QStringLiteral("00 00 00 05 68 65 6C 6C 6F"));
  edit_->setToolTip(tr("Two hex digits for each byte. White space, commas, colons and 0x may stand between them."));
}

Result<QByteArray> HexInputPage::payload() {
  auto bytes = parseHexBytes(edit_->toPlainText());
  markError(edit_, bytes ? nullptr : &bytes.error());
  return bytes;
}

QJsonObject HexInputPage::content() const {
  return {{QStringLiteral("hex"), edit_->toPlainText()}};
}

void HexInputPage::setContent(const QJsonObject &content) {
  replaceText(edit_, content.value(QStringLiteral("hex")).toString());
}

void HexInputPage::setBytes(const QByteArray &bytes) {
  replaceText(edit_, formatBytes(viewOf(bytes), BytesFormat::Hex));
}

QString HexInputPage::title() const {
  return firstLine(edit_->toPlainText());
}

void HexInputPage::focusEditor() {
  edit_->setFocus();
}

}  // namespace octetscope
