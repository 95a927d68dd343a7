#include "widgets/hexview/go_to_bar.h"

#include "widgets/controls/error_line_edit.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/theme/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace octetscope {

namespace {

constexpr const char *forms = QT_TRANSLATE_NOOP("octetscope::GoToBar", "write 1234, 0x4d2, +16, -16, #12 or @2.5");

/// Takes the separators out of a number that is grouped as numbers are shown ("1,234,567"); else nothing.
void removeGroups(QString &digits) {
  const QString separator = QLocale().groupSeparator();
  const QStringList groups = separator.isEmpty() ? QStringList() : digits.split(separator);
  if (groups.size() < 2 || groups.front().isEmpty() || groups.front().size() > 3) return;
  if (std::all_of(groups.begin() + 1, groups.end(), [](const QString &group) { return group.size() == 3; })) {
    digits.remove(separator);
  }
}

Result<quint64> parseNumber(QStringView text, qsizetype position) {
  QString digits = text.toString();
  digits.remove(u'_');
  const bool isHex = digits.startsWith(QLatin1String("0x"), Qt::CaseInsensitive);
  if (isHex) {
    digits.remove(0, 2);
  } else {
    removeGroups(digits);
  }
  const int base = isHex ? 16 : 10;
  if (digits.isEmpty()) return fail(GoToBar::tr("a number is missing"), GoToBar::tr("such as 1234 or 0x4d2"), position);
  quint64 value = 0;
  for (const QChar c : digits) {
    const int digit = c.unicode() < 128 ? QString(c).toInt(nullptr, 16) : -1;
    const bool isDigit =
        c.unicode() < 128 && (isHex ? std::isxdigit(c.unicode()) != 0 : std::isdigit(c.unicode()) != 0);
    if (!isDigit) {
      return fail(GoToBar::tr("'%1' is not a number").arg(text.toString().left(40)), GoToBar::tr(forms), position);
    }
    if (value > (~0ULL - static_cast<quint64>(digit)) / static_cast<quint64>(base)) {
      return fail(GoToBar::tr("the number is too large"), {}, position);
    }
    value = value * static_cast<quint64>(base) + static_cast<quint64>(digit);
  }
  return value;
}

/// "2.5", "20ms", "12:34:56.789": nanoseconds since the epoch.
Result<qint64> parseTime(QStringView text, qint64 startNs, qsizetype position) {
  const auto wrong = [&] {
    return fail(GoToBar::tr("'%1' is no time").arg(text.toString().left(40)),
                GoToBar::tr("write @2.5 (seconds), @20ms or @12:34:56.789"), position);
  };
  if (text.contains(u':')) {
    const QStringView clock = text.left(8);
    const QTime time = QTime::fromString(clock.toString(), QStringLiteral("HH:mm:ss"));
    const QStringView fraction = text.mid(8);
    if (!time.isValid() || (!fraction.isEmpty() && (fraction.front() != u'.' || fraction.size() > 10))) return wrong();
    qint64 nanoseconds = 0;
    for (qsizetype i = 1; i < 10; ++i) {
      const QChar digit = i < fraction.size() ? fraction[i] : QChar(u'0');
      if (digit < u'0' || digit > u'9') return wrong();
      nanoseconds = nanoseconds * 10 + (digit.unicode() - u'0');
    }
    const QDate day = QDateTime::fromMSecsSinceEpoch(startNs / 1'000'000).date();
    const qint64 seconds = QDateTime(day, time).toSecsSinceEpoch();
    // What is before the connection's second began was meant of the day after.
    const qint64 ofDay =
        seconds < startNs / 1'000'000'000 ? QDateTime(day.addDays(1), time).toSecsSinceEpoch() : seconds;
    return ofDay * 1'000'000'000 + nanoseconds;
  }
  static constexpr std::pair<QStringView, double> units[] = {
      {u"ms", 1e6}, {u"us", 1e3}, {u"µs", 1e3}, {u"ns", 1}, {u"s", 1e9}};
  double unit = 1e9;
  for (const auto &[name, size] : units) {
    if (!text.endsWith(name)) continue;
    text.chop(name.size());
    unit = size;
    break;
  }
  bool isNumber = false;
  const double amount = QLocale::c().toDouble(text, &isNumber);
  if (!isNumber || amount < 0 || amount * unit > 9e18) return wrong();
  const auto after = static_cast<qint64>(std::llround(amount * unit));
  if (after > std::numeric_limits<qint64>::max() - startNs) return wrong();
  return startNs + after;
}

}  // namespace

Result<ByteRange> parsePlace(QStringView text, const HexSource &source, quint64 caret) {
  const qsizetype begin = text.size() - QStringView(text).trimmed().size() > 0 ? text.indexOf(text.trimmed()) : 0;
  const QStringView trimmed = text.trimmed();
  if (trimmed.isEmpty()) {
    return fail(GoToBar::tr("nowhere to go"), GoToBar::tr(forms), 0);
  }
  const QChar sign = trimmed.front();
  if (sign == u'@') {
    const qint64 start = source.startTimeNs();
    if (start == noTime) return fail(GoToBar::tr("these bytes have no times"), {}, begin);
    const auto time = parseTime(trimmed.mid(1).trimmed(), start, begin + 1);
    if (!time) return std::unexpected(time.error());
    const quint64 offset = source.offsetAtTime(*time);
    if (offset >= source.size()) return fail(GoToBar::tr("nothing arrived then or later"), {}, begin);
    return ByteRange{offset, offset};
  }
  const bool hasSign = sign == u'+' || sign == u'-' || sign == u'#';
  const auto number = parseNumber(hasSign ? trimmed.mid(1).trimmed() : trimmed, begin + (hasSign ? 1 : 0));
  if (!number) return std::unexpected(number.error());
  if (sign == u'#') {
    const quint64 count = source.messageCount();
    if (*number < count) return source.rangeOfMessage(*number);
    if (count == 0) return fail(GoToBar::tr("there are no messages yet"), {}, begin);
    return fail(GoToBar::tr("there is no message %1").arg(*number), GoToBar::tr("the last is #%1").arg(count - 1),
                begin);
  }
  const quint64 size = source.size();
  quint64 offset = *number;
  if (sign == u'+') offset = *number > ~0ULL - caret ? ~0ULL : caret + *number;
  if (sign == u'-') {
    if (*number > caret) return fail(GoToBar::tr("that is before the first byte"), {}, begin);
    offset = caret - *number;
  }
  if (size == 0) return fail(GoToBar::tr("there are no bytes yet"), {}, begin);
  if (offset >= size) {
    return fail(GoToBar::tr("there is no byte at %1").arg(offset), GoToBar::tr("the last is at %1").arg(size - 1),
                begin);
  }
  return ByteRange{offset, offset};
}

GoToBar::GoToBar(HexView *view, QWidget *parent)
    : QWidget(parent), view_(view), line_(new ErrorLineEdit(this)), message_(new QLabel(this)) {
  setAccessibleName(tr("Go to"));
  auto *label = new QLabel(tr("&Go to:"), this);
  label->setBuddy(line_);
  line_->setAccessibleName(tr("Go to"));
  line_->setPlaceholderText(tr("1234  0x4d2  +16  #12  @2.5"));
  line_->setNormalDescription(tr(
      "An offset in decimal or hex, + or - so many bytes from the caret, # and a message's number, or @ and a time"));
  line_->setToolTip(
      tr("An offset (1234, 0x4d2), so many bytes from the caret (+16, -0x10), a message (#12), or what "
         "arrived at a time or later: @2.5 (seconds since the begin), @20ms, @12:34:56.789"));
  message_->setAccessibleName(tr("Where that is"));
  message_->setTextFormat(Qt::PlainText);
  message_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *goButton = new QToolButton(this);
  goButton->setText(tr("Go"));
  goButton->setToolTip(tr("Go there (Enter)"));
  goButton->setFocusPolicy(Qt::StrongFocus);
  auto *closeButton = new QToolButton(this);
  closeButton->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  closeButton->setAccessibleName(tr("Close the go to bar"));
  closeButton->setToolTip(tr("Close (Esc)"));
  closeButton->setAutoRaise(true);
  closeButton->setFocusPolicy(Qt::StrongFocus);
  setFocusProxy(line_);

  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 3, 6, 3);
  layout->addWidget(label);
  layout->addWidget(line_, 1);
  layout->addWidget(goButton);
  layout->addWidget(message_, 2);
  layout->addWidget(closeButton);

  connect(line_, &QLineEdit::textEdited, this, &GoToBar::textEdited);
  connect(goButton, &QToolButton::clicked, this, &GoToBar::go);
  connect(closeButton, &QToolButton::clicked, this, &GoToBar::close);
  hide();
}

QString GoToBar::text() const {
  return line_->text();
}

void GoToBar::setText(const QString &text) {
  line_->setText(text);
  textEdited();
}

QString GoToBar::message() const {
  return message_->text();
}

void GoToBar::open() {
  show();
  line_->setFocus(Qt::ShortcutFocusReason);
  line_->selectAll();
}

void GoToBar::close() {
  hide();
  if (view_) view_->setFocus(Qt::OtherFocusReason);
}

Result<ByteRange> GoToBar::place() const {
  if (!view_ || !view_->source()) return fail(tr("there are no bytes yet"));
  return parsePlace(line_->text(), *view_->source(), view_->caret().value_or(0));
}

void GoToBar::textEdited() {
  if (line_->text().trimmed().isEmpty()) {
    line_->setError(std::nullopt);
    showMessage({}, false);
    return;
  }
  const auto where = place();
  line_->setError(where ? std::nullopt : std::optional(where.error()));
  if (!where) {
    showMessage(where.error().line(), true);
  } else {
    showMessage(tr("offset %1 (0x%2)").arg(QString::number(where->begin), QString::number(where->begin, 16)), false);
  }
}

void GoToBar::showMessage(const QString &words, bool isProblem) {
  message_->setText(words);
  message_->setToolTip(words);
  QPalette palette = this->palette();
  if (isProblem) palette.setColor(QPalette::WindowText, Theme::of(this).status(Status::Error));
  message_->setPalette(palette);
}

void GoToBar::go() {
  const auto where = place();
  if (!where) {
    line_->setError(where.error());
    showMessage(where.error().line(), true);
    line_->setFocus(Qt::OtherFocusReason);
    return;
  }
  view_->select(*where);
  close();
}

void GoToBar::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Escape) {
    close();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    go();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace octetscope
