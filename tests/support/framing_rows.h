// Rows of a test that says, word for word, what a framing makes of a stream: its messages, what is explained of each,
// and the parts of the last one.
#pragma once

#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

namespace octetscope::test {

inline void framingColumns() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<StreamEnd>("end");
  QTest::addColumn<QString>("messages");
  QTest::addColumn<QString>("words");
  QTest::addColumn<QString>("parts");
}

/// `messages` as told() tells them, `words` a line a message.
inline void framingRow(const char *spec, const char *hex, StreamEnd end, const char *messages, const char *words,
                       const char *parts) {
  QTest::addRow("%s %s %d", spec, hex, static_cast<int>(end))
      << QString::fromUtf8(spec) << QByteArray::fromHex(hex) << end << QString::fromUtf8(messages)
      << QString::fromUtf8(words) << QString::fromUtf8(parts);
}

/// The body of the test.
inline void checkFramingRow() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, bytes);
  QFETCH(StreamEnd, end);
  QFETCH(QString, messages);
  QFETCH(QString, words);
  QFETCH(QString, parts);
  const auto framer = framerFromSpec(spec);
  QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
  const StreamView stream = streamInChunks(bytes, {}, end);
  QCOMPARE(told(**framer, stream), messages);
  QStringList lines;
  const QList<Message> all = messagesOf(**framer, stream);
  for (const Message &message : all)
    lines += (*framer)->explain(stream, message, static_cast<quint64>(lines.size() + 1));
  QCOMPARE(lines.join(u'\n'), words);
  QCOMPARE(all.isEmpty() ? QString() : toldParts(**framer, stream, all.last()), parts);
}

}  // namespace octetscope::test
