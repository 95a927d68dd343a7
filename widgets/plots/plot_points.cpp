#include "widgets/plots/plot_points.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

QString tr(const char *text) {
  return QCoreApplication::translate("octetscope::PlotView", text);
}

constexpr std::pair<PlotKind, const char *> kindNames[] = {
    {PlotKind::Sizes, "sizes"},        {PlotKind::InterArrival, "gaps"},
    {PlotKind::BytesASecond, "rate"},  {PlotKind::FieldOverMessages, "messages"},
    {PlotKind::FieldOverTime, "time"}, {PlotKind::Histogram, "values"}};

constexpr int meanDigits = 7;

/// In quotes where the commas would be mistaken.
QString cell(QString text) {
  if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n'))) {
    return text;
  }
  return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

}  // namespace

QString PlotChoice::text() const {
  for (const auto &[one, name] : kindNames) {
    if (one != kind) continue;
    const QString of = needsField(kind) ? field : sliceNs > 0 ? QString::number(sliceNs / 1e9) : QString();
    return QLatin1String(name) + (needsField(kind) || sliceNs > 0 ? QLatin1Char(':') + of : QString());
  }
  return {};
}

std::optional<PlotChoice> PlotChoice::parse(const QString &text) {
  const qsizetype colon = text.indexOf(QLatin1Char(':'));
  const QString word = colon < 0 ? text : text.first(colon);
  for (const auto &[kind, name] : kindNames) {
    if (word != QLatin1String(name)) continue;
    const QString of = colon < 0 ? QString() : text.sliced(colon + 1);
    if (kind == PlotKind::BytesASecond && colon >= 0) {
      const double seconds = of.toDouble();
      if (!(seconds >= 1e-3 && seconds <= 1e6)) return std::nullopt;
      return PlotChoice{.kind = kind, .field = {}, .sliceNs = seconds * 1e9};
    }
    if (needsField(kind) == (colon >= 0)) return PlotChoice{.kind = kind, .field = of};
  }
  return std::nullopt;
}

QString PlotChoice::words() {
  QStringList words;
  for (const auto &[kind, name] : kindNames) {
    words.append(QLatin1String(name) + QLatin1String(needsField(kind)                 ? ":FIELD"
                                                     : kind == PlotKind::BytesASecond ? "[:SECONDS]"
                                                                                      : ""));
  }
  return words.join(QLatin1String(", "));
}

QString PlotChoice::acrossTitle() const {
  if (isOverTime(kind)) return tr("seconds since the capture began");
  return kind == PlotKind::Histogram ? tr("value of %1").arg(field) : tr("number of the message in its direction");
}

QString PlotChoice::upTitle() const {
  switch (kind) {
    case PlotKind::BytesASecond:
      return tr("bytes a second");
    case PlotKind::Histogram:
      return tr("messages");
    case PlotKind::Sizes:
      return tr("size in bytes");
    case PlotKind::InterArrival:
      return tr("seconds since the message before");
    default:
      return tr("value of %1").arg(field);
  }
}

QString plotNumber(double value) {
  return std::abs(value) < 1e15 && value == std::floor(value)
             ? QLocale().toString(value, 'f', 0)
             : QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

QString plotDirection(Direction direction) {
  return direction == Direction::In ? tr("← in") : tr("→ out");
}

QString plotWords(const PlotChoice &choice, const PlotPoint &point, bool isLeast) {
  const PlotBucket &bucket = point.bucket;
  const QString arrow = plotDirection(point.direction);
  const auto messageOf = [](quint64 number) { return tr("message %1").arg(QLocale().toString(number)); };
  const QString message = messageOf(point.messageOf(isLeast));
  const QString count = bucket.count == 1 ? tr("1 message") : tr("%1 messages").arg(QLocale().toString(bucket.count));
  const bool isSeconds = choice.kind == PlotKind::InterArrival;
  const QString unit = isSeconds ? tr(" seconds") : choice.kind == PlotKind::Sizes ? tr(" bytes") : QString();
  if (choice.kind == PlotKind::Histogram) {
    const QString values =
        point.isOne()
            ? tr("value %1").arg(plotNumber(bucket.least.value))
            : tr("values from %1 to %2").arg(plotNumber(bucket.least.value), plotNumber(bucket.greatest.value));
    return tr("%1, %2: %3. Return goes to %4.").arg(arrow, values, count, message);
  }
  if (choice.kind == PlotKind::BytesASecond) {
    const QString pieces =
        bucket.count == 1 ? tr("1 piece") : tr("%1 pieces of messages").arg(QLocale().toString(bucket.count));
    return tr("%1, from %2 to %3 seconds: %4 bytes a second, %5 bytes in %6. Return goes to the largest's, %7.")
        .arg(arrow, plotNumber(point.from), plotNumber(point.to), plotNumber(std::round(point.height)),
             plotNumber(bucket.sum), pieces, message);
  }
  if (bucket.count == 1) {
    const QString at = isOverTime(choice.kind)
                           ? tr(" at %1 seconds").arg(plotNumber(bucket.greatest.x / plotUnit(choice.kind)))
                           : QString();
    return tr("%1, %2%3: %4%5.").arg(arrow, message, at, plotNumber(point.height), unit);
  }
  if (point.isOne()) {
    return tr("%1, %2: %3%4 each. Return goes to the first, %5.")
        .arg(arrow, count, plotNumber(bucket.least.value), unit, message);
  }
  return tr("%1, %2: from %3 in %4 to %5%6 in %7, mean %8. Return goes to %9, Shift+Return to %10.")
      .arg(arrow, count, plotNumber(bucket.least.value), messageOf(bucket.least.message),
           plotNumber(bucket.greatest.value), unit)
      .arg(messageOf(bucket.greatest.message), QLocale().toString(bucket.mean(), 'g', meanDigits), message,
           messageOf(point.messageOf(!isLeast)));
}

QString plotCsv(const PlotChoice &choice, std::span<const PlotPoint> points) {
  const auto line = [](const QStringList &cells) -> QString {
    return cells.join(QLatin1Char(',')) + QLatin1Char('\n');
  };
  const QString across = choice.acrossTitle();
  const bool isOfBars = choice.hasBars();
  const QString of = isOfBars && choice.kind == PlotKind::BytesASecond ? tr("bytes of a piece")
                     : isOfBars                                        ? across
                                                                       : choice.upTitle();
  QString text = line({tr("direction"), cell(tr("from: %1").arg(across)), cell(tr("to: %1").arg(across)),
                       choice.kind == PlotKind::BytesASecond ? tr("pieces of messages") : tr("messages"),
                       cell(tr("least %1").arg(of)), cell(tr("greatest %1").arg(of)), cell(tr("sum of %1").arg(of)),
                       tr("message that has the greatest"), cell(tr("greatest at: %1").arg(across)),
                       tr("message that has the least"), cell(tr("least at: %1").arg(across)),
                       isOfBars ? choice.upTitle() : cell(tr("mean %1").arg(of))});
  const auto exact = [](double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); };
  for (const PlotPoint &point : points) {
    const PlotBucket &bucket = point.bucket;
    const double unit = plotUnit(choice.kind);
    text += line({point.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out"), exact(point.from),
                  exact(point.to), QString::number(bucket.count), exact(bucket.least.value),
                  exact(bucket.greatest.value), exact(bucket.sum), QString::number(bucket.greatest.message),
                  exact(bucket.greatest.x / unit), QString::number(bucket.least.message), exact(bucket.least.x / unit),
                  exact(isOfBars ? point.height : bucket.mean())});
  }
  return text;
}

double plotStep(double range, int wanted, double least) {
  const double rough = range / std::max(wanted, 1);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double step = rough <= power       ? power
                      : rough <= 2 * power ? 2 * power
                      : rough <= 5 * power ? 5 * power
                                           : 10 * power;
  return std::max(step, least);
}

QString plotFormat(double step, double most) {
  // As many digits as tell neighbours apart.
  const int digits = std::clamp(static_cast<int>(std::ceil(std::log10(std::max(most, step) / step) + 1)), 2, 15);
  const int decimals = static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  if (most >= 1e7 || decimals > 6) return QStringLiteral("%.%1g").arg(digits);
  return QStringLiteral("%.%1f").arg(std::max(decimals, 0));
}

}  // namespace octetscope
