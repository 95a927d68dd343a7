// filtered: which messages of a stream pass a filter, as text, judged in batches and one by one.
#pragma once

#include "model/filter/filter_program.h"
#include "model/framing/registry.h"
#include "model/structs/layout.h"
#include "tests/support/direct_scan.h"

#include <QStringList>

namespace octetscope::test {

struct Filtered {
  QString framing = QStringLiteral("length:u16be");
  QString layout = {};
  StreamView stream = {};
  Direction direction = Direction::In;
  qint64 startNs = noTime;
  QByteArray from = {};
  QByteArray to = {};
  ChunkView otherWay = {};

  Result<FilterScope> scope() const {
    const auto framer = framerFromSpec(framing);
    if (!framer) return std::unexpected(framer.error());
    FieldDecoderPtr fields;
    if (!layout.isEmpty()) {
      auto parsed = Layout::parse(layout);
      if (!parsed) return std::unexpected(parsed.error());
      fields = *std::move(parsed);
    }
    return FilterScope::of(*framer, fields);
  }

  /// The numbers of those that pass, "0 3 4"; or "10+2: what is wrong: how to mend it", the place and its length.
  QString by(const QString &expression) const {
    const auto read = scope();
    if (!read) return read.error().line();
    const auto parsed = FilterExpression::parse(expression);
    if (!parsed) return words(parsed.error());
    const auto program = FilterProgram::create(*parsed, {*read, *read});
    if (!program) return words(program.error());
    const QList<Message> messages = directScan(*read->layers.front().framer, stream);
    const FilterStream of{
        .view = stream, .direction = direction, .startNs = startNs, .from = from, .to = to, .otherWay = otherWay};
    QStringList numbers;
    QStringList apart;
    for (qsizetype i = 0; i < messages.size(); ++i) {
      const Message *before = i > 0 ? &messages[i - 1] : nullptr;
      if ((*program)->passes(of, messages[i], static_cast<quint64>(i), before)) apart.append(QString::number(i));
    }
    for (qsizetype first = 0; first < messages.size(); first += 64) {
      const auto count = static_cast<std::size_t>(std::min<qsizetype>(64, messages.size() - first));
      const Message *before = first > 0 ? &messages[first - 1] : nullptr;
      const quint64 passing =
          (*program)->judge({of, std::span(messages.constData() + first, count), static_cast<quint64>(first), before});
      for (std::size_t i = 0; i < count; ++i) {
        if ((passing >> i & 1) != 0) numbers.append(QString::number(first + static_cast<qsizetype>(i)));
      }
    }
    return numbers == apart ? numbers.join(u' ') : QStringLiteral("judged apart they are others: ") + apart.join(u' ');
  }

  static QString words(const FilterError &error) {
    return QStringLiteral("%1+%2: %3").arg(error.position).arg(error.length).arg(error.line());
  }
};

}  // namespace octetscope::test
