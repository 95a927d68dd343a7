#include "widgets/composer/fields_page.h"

#include "model/structs/value_text.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/theme/theme.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QStackedLayout>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostInputs = 200;  // more is no form any more
constexpr quint64 mostExpanded = 8;    // unnamed elements that get an input each

QString defaultOf(const LayoutRow &row) {
  if (row.isBytes()) return row.code == 'c' ? u"\\0"_s : QString();
  if (row.isRest) return {};
  return row.code == '?' ? u"false"_s : u"0"_s;
}

/// As one types it for parseValue(). `isInList`: blanks and commas part it from others.
QString typedText(const Value &value, bool isInList) {
  struct Text {
    bool isInList;
    QString operator()(std::monostate) const { return {}; }
    QString operator()(bool v) const { return v ? u"true"_s : u"false"_s; }
    QString operator()(qint64 v) const { return QString::number(v); }
    QString operator()(quint64 v) const { return QString::number(v); }
    QString operator()(const BigInteger &v) const { return QString::fromLatin1(v.digits); }
    QString operator()(double v) const { return reprOfDouble(v); }
    QString operator()(const QString &v) const { return v; }
    QString operator()(const QByteArray &v) const {
      const bool hasGap = v.isEmpty() || v.contains(' ') || v.contains(',');
      if (!isPlainText(v) || v.startsWith("hex:") || (isInList && hasGap)) {
        return u"hex:"_s + QString::fromLatin1(v.toHex());
      }
      return QString::fromUtf8(v).replace(u'\\', u"\\\\"_s);
    }
  };
  return std::visit(Text{isInList}, value);
}

}  // namespace

FieldsPage::FieldsPage(QWidget *parent)
    : ComposePage(parent),
      scroll_(new QScrollArea(this)),
      fields_(new QWidget),
      flow_(new FlowLayout(FlowLayout::Mode::Columns, 140)),
      hint_(new QLabel(this)) {
  flow_->setSpacing(8);
  fields_->setLayout(flow_);
  scroll_->setWidget(fields_);
  scroll_->setWidgetResizable(true);
  scroll_->setMinimumHeight(fontMetrics().height() + 10);  // one row of inputs
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setFocusPolicy(Qt::NoFocus);  // its inputs take the keyboard, and bring themselves into view
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->viewport()->setAutoFillBackground(false);
  fields_->setAutoFillBackground(false);
  hint_->setWordWrap(true);
  hint_->setTextFormat(Qt::PlainText);
  hint_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto *stack = new QStackedLayout(this);
  stack->addWidget(hint_);
  stack->addWidget(scroll_);
  rebuild();
}

void FieldsPage::setLayoutText(const QString &text) {
  if (text == text_) return;
  text_ = text;
  const auto layout = Layout::parse(text);
  layout_ = layout && !text.trimmed().isEmpty() ? *layout : nullptr;
  rebuild();
  Q_EMIT edited();
}

void FieldsPage::rebuild() {
  for (const Cell &cell : cells_) {
    flow_->removeWidget(cell.box);
    delete cell.box;
  }
  cells_.clear();
  tooMany_ = false;
  if (layout_) {
    const QString prefix(QLatin1Char(layoutPrefix(layout_->text())));
    quint64 place = 0;
    for (const LayoutRow &row : layoutRows(*layout_, mostInputs * 2)) {
      if (row.isPadding()) continue;
      const QString code(QLatin1Char(row.code));
      const quint64 fields = row.isNamed || row.isRest ? 1 : row.values;
      if (fields > 1 && fields <= mostExpanded) {
        for (quint64 i = 0; i < fields; ++i) addCell(row, QString::number(place + i), 1, code);
      } else {
        addCell(row, row.name, row.values, row.type);
      }
      place += fields;
      if (cells_.size() > mostInputs) break;
    }
    tooMany_ = cells_.size() > mostInputs;
  }
  // New inputs would come last in the window, behind the buttons.
  QWidget *before = hint_;
  for (const Cell &cell : cells_) {
    setTabOrder(before, cell.edit);
    before = cell.edit;
  }
  const bool usable = layout_ && !tooMany_;
  if (!layout_) {
    hint_->setText(
        tr("There is no struct layout: type one as Struct in the decoder bar, such as !H:seq B:kind *s:text, "
           "and its fields stand here."));
  } else if (tooMany_) {
    hint_->setText(
        tr("This layout has more than %1 fields, too many for a form: send its bytes as hex.").arg(mostInputs));
  }
  static_cast<QStackedLayout *>(layout())->setCurrentIndex(usable ? 1 : 0);
}

void FieldsPage::addCell(const LayoutRow &row, const QString &name, quint64 values, const QString &type) {
  Cell cell{.row = row, .name = name, .values = values};
  cell.single = QLatin1Char(layoutPrefix(layout_->text())) + type;
  cell.box = new QWidget(fields_);
  auto *line = new QHBoxLayout(cell.box);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(5);
  auto *label = new QLabel(name, cell.box);
  auto *typeLabel = new QLabel(type, cell.box);
  QPalette muted = typeLabel->palette();
  muted.setColor(QPalette::WindowText, Theme::of(this).mutedText());
  typeLabel->setPalette(muted);
  label->setTextFormat(Qt::PlainText);
  typeLabel->setTextFormat(Qt::PlainText);
  cell.edit = new ErrorLineEdit(cell.box);
  cell.edit->setMinimumWidth(60);
  cell.edit->installEventFilter(this);
  label->setBuddy(cell.edit);
  cell.edit->setAccessibleName(name);
  QString help = row.words;
  if (row.isBytes()) {
    help += u". "_s + tr("Text with \\n \\r \\t \\0 \\xNN, or hex:6162");
  } else if (values != 1) {
    help += u". "_s + tr("Separate the values by blanks or commas");
  }
  cell.edit->setNormalDescription(help);
  cell.edit->setToolTip(help);
  label->setToolTip(help);
  typeLabel->setToolTip(help);
  const QString key = name;
  cell.edit->setText(
      typed_.value(key, values > 1 && !row.isBytes()
                            ? QStringList(static_cast<qsizetype>(std::min<quint64>(values, 1000)), u"0"_s).join(u' ')
                            : defaultOf(row)));
  line->addWidget(label);
  line->addWidget(typeLabel);
  line->addWidget(cell.edit, 1);
  flow_->addWidget(cell.box);
  cell.box->show();
  connect(cell.edit, &QLineEdit::textChanged, this, [this, key](const QString &text) {
    typed_.insert(key, text);
    Q_EMIT edited();
  });
  cells_.append(cell);
}

Result<QList<Value>> FieldsPage::valuesOf(const Cell &cell) const {
  const QString text = cell.edit->text();
  QList<Value> values;
  const bool isOneText = cell.row.code == 's' || cell.row.code == 'p' || (cell.row.code == 'c' && cell.values == 1);
  if (isOneText || (cell.values == 1 && !cell.row.isRest)) {
    const auto value = parseValue(isOneText ? QStringView(text) : QStringView(text).trimmed(), cell.row.code);
    if (!value) return std::unexpected(value.error());
    values.append(*value);
    return values;
  }
  for (qsizetype at = 0; at < text.size();) {
    if (text[at].isSpace() || text[at] == u',') {
      ++at;
      continue;
    }
    qsizetype end = at;
    while (end < text.size() && !text[end].isSpace() && text[end] != u',') ++end;
    auto value = parseValue(QStringView(text).sliced(at, end - at), cell.row.code);
    if (!value) {
      if (value.error().position >= 0) value.error().position += at;
      return std::unexpected(value.error());
    }
    values.append(*value);
    at = end;
  }
  return values;
}

Result<QByteArray> FieldsPage::payload() {
  if (!layout_) return fail(tr("there is no struct layout"), tr("type one as Struct in the decoder bar"));
  if (tooMany_) return fail(tr("the layout has too many fields for a form"), tr("send its bytes as hex"));
  QList<Value> all;
  std::optional<Error> first;
  for (const Cell &cell : cells_) {
    std::optional<Error> error;
    if (const auto values = valuesOf(cell)) {
      all.append(*values);
      // Packed alone too: what is wrong is then said at its field.
      const auto single = Layout::parse(cell.single);
      const auto packed = single ? (*single)->pack(*values) : Result<QByteArray>();
      if (!packed) error = packed.error();
    } else {
      error = values.error();
    }
    if (error && error->position < 0) error->position = 0;
    cell.edit->setError(error);
    if (error && !first) {
      first = error;
      first->what = tr("%1: %2").arg(cell.name, error->what);
    }
  }
  if (first) return std::unexpected(*first);
  return layout_->pack(all);
}

QJsonObject FieldsPage::content() const {
  QJsonObject values;
  for (const Cell &cell : cells_) values.insert(cell.name, cell.edit->text());
  return {{u"values"_s, values}};
}

void FieldsPage::setContent(const QJsonObject &content) {
  const QJsonObject values = content.value(u"values"_s).toObject();
  for (auto value = values.begin(); value != values.end(); ++value) {
    typed_.insert(value.key(), value->toString());
    if (ErrorLineEdit *edit = input(value.key())) edit->setText(value->toString());
  }
  Q_EMIT edited();
}

bool FieldsPage::setBytes(const QByteArray &bytes) {
  if (!layout_ || tooMany_) return false;
  auto all = layout_->unpack(viewOf(bytes));
  if (!all || layout_->pack(*all) != bytes) return false;
  const QJsonObject before = content();
  QJsonObject values;
  qsizetype at = 0;
  for (const Cell &cell : cells_) {
    const bool isOne = cell.row.code == 's' || cell.row.code == 'p' || (cell.values == 1 && !cell.row.isRest);
    const qsizetype count = isOne ? 1 : cell.row.isRest ? all->size() - at : static_cast<qsizetype>(cell.values);
    QStringList texts;
    for (; texts.size() < count && at < all->size(); ++at) {
      Value value = all->at(at);
      // Zeros that fill a text of a fixed size are packed again.
      if (auto *text = std::get_if<QByteArray>(&value); text && cell.row.code == 's' && !cell.row.isRest) {
        while (text->endsWith('\0')) text->chop(1);
      }
      texts.append(typedText(value, !isOne));
    }
    values.insert(cell.name, texts.join(u' '));
  }
  setContent({{u"values"_s, values}});
  if (payload() == bytes) return true;
  setContent(before);
  return false;
}

bool FieldsPage::eventFilter(QObject *watched, QEvent *event) {
  if (event->type() == QEvent::DragEnter &&
      static_cast<QDragEnterEvent *>(event)->mimeData()->hasFormat(bytesMimeType)) {
    event->ignore();
    return true;
  }
  return ComposePage::eventFilter(watched, event);
}

QString FieldsPage::title() const {
  QStringList words;
  for (const Cell &cell : cells_) words += cell.name + u' ' + cell.edit->text();
  return words.join(u" · "_s).left(60);
}

void FieldsPage::focusEditor() {
  if (!cells_.isEmpty()) cells_.first().edit->setFocus();
}

ErrorLineEdit *FieldsPage::input(const QString &name) const {
  for (const Cell &cell : cells_) {
    if (cell.name == name) return cell.edit;
  }
  return nullptr;
}

}  // namespace octetscope
