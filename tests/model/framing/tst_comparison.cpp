// Two framings over one stream: the first divergence, against whole lists compared by force, on random streams; what
// more bytes change and what not; and the words.
#include "model/background_pool.h"
#include "model/framing/comparison.h"

#include "model/framing/divergence_words.h"
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/framer_contract.h"
#include "tests/support/framer_specs.h"

#include <QTest>
#include <QThreadPool>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

FramerPtr framerOf(const QString &spec) {
  return framerFromSpec(spec).value();
}

/// Every message of both, one by one: the first of which they do not say the same.
std::optional<Divergence> byForce(const Framer &a, const Framer &b, const StreamView &stream) {
  const QList<Message> listA = messagesOf(a, stream);
  const QList<Message> listB = messagesOf(b, stream);
  const auto end = [&](const Framer &framer, const Message &message) -> std::optional<quint64> {
    const Verdict verdict = framer.verdict(stream, message);
    return verdict.needs ? std::optional(message.end() + *verdict.needs) : std::nullopt;
  };
  for (qsizetype i = 0; i < std::max(listA.size(), listB.size()); ++i) {
    Divergence found;
    found.number = static_cast<quint64>(i);
    if (i < listA.size()) found.a = listA[i];
    if (i < listB.size()) found.b = listB[i];
    if (found.a) found.endA = end(a, *found.a);
    if (found.b) found.endB = end(b, *found.b);
    // Of what is final nothing is waited for: where it would have ended says nothing.
    const bool areLast = i + 1 == listA.size() && i + 1 == listB.size();
    if (found.a && found.b && a.readsChunks() != b.readsChunks()) {
      found.a->payloadOffset = found.b->payloadOffset;
      found.a->payloadSize = found.b->payloadSize;
    }
    const bool isSame = found.a == found.b;
    if (i < listA.size()) found.a = listA[i];
    if (!isSame || (areLast && found.endA != found.endB)) return found;
  }
  return std::nullopt;
}

QString told(const std::optional<Divergence> &divergence) {
  if (!divergence) return u"none"_s;
  const auto side = [](const std::optional<Message> &message, const std::optional<quint64> &end) -> QString {
    if (!message) return u"-"_s;
    return describe({*message}) + (end ? u" to %1"_s.arg(*end) : QString());
  };
  return u"%1: %2 / %3"_s.arg(QString::number(divergence->number), side(divergence->a, divergence->endA),
                              side(divergence->b, divergence->endB));
}

/// Bytes of which framings make something now and then.
QByteArray randomBytes(std::minstd_rand &random, int most) {
  static constexpr char likely[] = "\0\0\1\2\3ab;\n\r\"\\012: ,qe\x80";
  QByteArray bytes;
  const int size = static_cast<int>(random() % static_cast<unsigned>(most));
  for (int i = 0; i < size; ++i) {
    bytes += random() % 12 == 0 ? static_cast<char>(random()) : likely[random() % (sizeof likely - 1)];
  }
  return bytes;
}

std::optional<Divergence> compared(Comparison &comparison, const StreamView &stream, quint64 budget) {
  while (comparison.advance(stream, budget, backgroundPool())) {
  }
  return comparison.divergence(stream);
}

}  // namespace

class TestComparison : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsWhatForceFinds() {
    std::minstd_rand random(7);
    constexpr std::size_t count = std::size(framerSpecs);
    int diverged = 0;
    int finals = 0;
    for (int round = 0; round < 8'000; ++round) {
      const QString specs[] = {QString::fromUtf8(framerSpecs[random() % count]),
                               QString::fromUtf8(framerSpecs[random() % count])};
      FramerPtr a = framerOf(specs[0]);
      FramerPtr b = framerOf(specs[1]);
      const QByteArray bytes = randomBytes(random, 60);
      QList<quint64> cuts;
      for (quint64 at = 1; at < static_cast<quint64>(bytes.size()); ++at) {
        if (random() % 4 == 0) cuts.append(at);
      }
      if (random() % 4 == 0) a = withRestarts(a, {random() % 40});
      if (random() % 4 == 0) b = withRestarts(b, {random() % 40});
      const StreamEnd end = static_cast<StreamEnd>(random() % 4);
      const StreamView stream = streamInChunks(bytes, cuts, end);
      const QString where = u"%1 against %2 over %3"_s.arg(specs[0], specs[1], QString::fromLatin1(bytes.toHex()));

      Comparison growing(a, b);
      std::optional<Divergence> final;
      cuts.append(stream.size());
      for (const quint64 size : std::as_const(cuts)) {
        const StreamView view = stream.prefix(size);
        const auto found = compared(growing, view, 1 + random() % 100);
        const auto expected = byForce(*a, *b, view);
        QVERIFY2(told(found) == told(expected),
                 qPrintable(where + u" at %1: "_s.arg(size) + told(found) + u", not "_s + told(expected)));
        if (final) {
          QVERIFY2(found, qPrintable(where + u": a final divergence went away"_s));
          QCOMPARE(found->number, final->number);
          QCOMPARE(found->offset(), final->offset());
        }
        if (found && found->isFinal && !final) {
          final = found;
          ++finals;
        }
        if (found) {
          const QString words = divergenceWords(*a, *b, view, *found);
          QVERIFY2(words.endsWith(u'.') && !words.contains(u'\n') && !words.contains(u" ."_s), qPrintable(words));
        }
      }
      if (byForce(*a, *b, stream)) ++diverged;
    }
    // Else nothing was tested.
    QVERIFY(diverged > 2000 && diverged < 7800);
    QVERIFY(finals > 1000);
  }

  void goesOnInSlices_data() {
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("diverges");
    QTest::newRow("the same") << u"lines"_s << u"lines,keep=no"_s << false;
    QTest::newRow("lengths") << u"length:u16be"_s << u"length:u16be,max=70000"_s << false;
    QTest::newRow("an endless line") << u"lines"_s << u"delimiter:\\xff\\xff\\xff\\xff"_s << true;
    QTest::newRow("blocks") << u"chunked:u16be"_s << u"chunked:u16be,max=10000000"_s << false;
    QTest::newRow("until-close") << u"until-close"_s << u"delimiter:\\xff\\xff\\xff\\xff,max=100000000"_s << false;
  }
  void goesOnInSlices() {
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(bool, diverges);
    // 3 MB of messages of 1000 bytes, by every framing but one.
    QByteArray one("\3\xe6");
    one += QByteArray(997, 'x') + '\n';
    QByteArray bytes;
    for (int i = 0; i < 3000; ++i) bytes += one;
    const StreamView stream = streamInChunks(bytes, {});
    const FramerPtr framers[] = {framerOf(a), framerOf(b)};
    Comparison comparison(framers[0], framers[1]);
    int slices = 1;
    quint64 reached = 0;
    while (comparison.advance(stream, 64 * 1024)) {
      ++slices;
      QVERIFY(comparison.reached() >= reached);
      reached = comparison.reached();
      QVERIFY(reached <= stream.size());
    }
    if (a != u"until-close"_s) QVERIFY2(slices > 3, qPrintable(QString::number(slices)));
    QCOMPARE(told(comparison.divergence(stream)), told(byForce(*framers[0], *framers[1], stream)));
    QCOMPARE(comparison.divergence(stream).has_value(), diverges);
  }

  /// Tens of thousands of messages, so that both sides frame far ahead; in one thread and in two, and while it grows.
  void findsTheSameInTwoThreads_data() {
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::newRow("lengths") << u"length:u8"_s << u"length:u8,max=100"_s;
    QTest::newRow("lines") << u"lines"_s << u"delimiter:\\n,max=90"_s;
    QTest::newRow("one is far ahead") << u"length:u8"_s << u"fixed:5000"_s;
    QTest::newRow("one has messages of many") << u"fixed:1"_s << u"until-close"_s;
  }
  void findsTheSameInTwoThreads() {
    QFETCH(QString, a);
    QFETCH(QString, b);
    std::minstd_rand random(11);
    const FramerPtr framers[] = {framerOf(a), framerOf(b)};
    for (int round = 0; round < 8; ++round) {
      // All are the same but for one that is over the limit of the second.
      const auto odd = random() % 60'000;
      QByteArray bytes;
      for (unsigned i = 0; i < 50'000; ++i) {
        const int payload = i == odd ? 120 : static_cast<int>(12 + random() % 30);
        bytes += static_cast<char>(payload);
        bytes += QByteArray(payload - 1, 'x') + '\n';
      }
      const StreamView stream = streamInChunks(bytes, {});
      const auto expected = byForce(*framers[0], *framers[1], stream);
      Comparison alone(framers[0], framers[1]);
      while (alone.advance(stream, 1 << 20)) {
      }
      QCOMPARE(told(alone.divergence(stream)), told(expected));
      Comparison inTwo(framers[0], framers[1]);
      QCOMPARE(told(compared(inTwo, stream, 100'000 + random() % 3'000'000)), told(expected));
      QCOMPARE(inTwo.sameMessages(), alone.sameMessages());
      QCOMPARE(inTwo.reached(), alone.reached());
      Comparison growing(framers[0], framers[1]);
      for (quint64 size = 0; size < stream.size(); size += random() % 400'000) {
        compared(growing, stream.prefix(size), 1 << 20);
      }
      QCOMPARE(told(compared(growing, stream, 1 << 20)), told(expected));
    }
  }

  void startsWhereItIsTold() {
    Comparison comparison(framerOf(u"length:u8"_s), framerOf(u"length:u8,max=9"_s), 3);
    const StreamView stream = streamInChunks("zzz\1a\2bc", {});
    const auto found = compared(comparison, stream, 1000);
    QCOMPARE(comparison.sameMessages(), 2U);
    QCOMPARE(told(found), u"none"_s);
    QCOMPARE(comparison.reached(), stream.size());
  }

  void says_data() {
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<quint64>>("cuts");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("mistake");
    const auto row = [](const char *name, const char *a, const char *b, const QByteArray &bytes,
                        const QList<quint64> &cuts, StreamEnd end, const char *words, FramingMistake mistake) {
      QTest::newRow(name) << QString::fromUtf8(a) << QString::fromUtf8(b) << bytes << cuts << end
                          << QString::fromUtf8(words) << static_cast<int>(mistake);
    };
    using enum StreamEnd;
    using enum FramingMistake;
    const QByteArray two("\0\0\0\2ab", 6);
    row("byte order", "length:u32be", "length:u32le,max=1000000000", two + QByteArray("\0\0\0\1c", 5), {}, Open,
        "A ends message 0 at byte 6, because it read 00 00 00 02 (bytes 0–3) as u32be → 2; B still waits for "
        "33,554,425 more bytes of message 0, because it read 00 00 00 02 (bytes 0–3) as u32le → 33,554,432. Byte "
        "order: the same bytes (00 00 00 02) are 2 read big-endian and 33,554,432 read little-endian.",
        ByteOrder);
    row("byte order, over the limit", "length:u32le", "length:u32be", QByteArray("\0\0\0\5hello", 9), {}, Open,
        "A finds an error in message 0: bytes 0–3 (00 00 00 05 as u32le) announce a message of 83,886,084 bytes, over "
        "the limit of 67,108,864; B ends message 0 at byte 9, because it read 00 00 00 05 (bytes 0–3) as u32be → 5. "
        "Byte order: the same bytes (00 00 00 05) are 5 read big-endian and 83,886,080 read little-endian.",
        ByteOrder);
    row("a length that reads the same both ways", "length:u16be", "length:u16le", QByteArray("\0\0\0\0\0\1a", 7), {},
        Open,
        "A ends message 2 at byte 7, because it read 00 01 (bytes 4–5) as u16be → 1; B still waits for 255 more bytes "
        "of message 2, because it read 00 01 (bytes 4–5) as u16le → 256. Byte order: the same bytes (00 01) are 1 read "
        "big-endian and 256 read little-endian.",
        ByteOrder);
    row("off by the header", "length:u32be,adjust=-4", "length:u32be", QByteArray("\0\0\0\6ab\0\0\0\5c", 11), {}, Open,
        "A ends message 0 at byte 6, because it read 00 00 00 06 (bytes 0–3) as u32be → 6, adjusted by −4; B ends "
        "message 0 at byte 10, because it read 00 00 00 06 (bytes 0–3) as u32be → 6. Off by the header: both read 6; "
        "in A that counts the 4 bytes of the header too, in B only what follows it.",
        CountsHeader);
    row("off by the header, the other way round, and waiting", "length:u8", "length:u8,adjust=-1", "\4abc", {}, Open,
        "A still waits for 1 more byte of message 0, because it read 04 (byte 0) as u8 → 4; B ends message 0 at byte "
        "4, because it read 04 (byte 0) as u8 → 4, adjusted by −1. Off by the header: both read 4; in B that counts "
        "the 1 byte of the header too, in A only what follows it.",
        CountsHeader);
    row("off by something else", "length:u8,adjust=1", "length:u8,adjust=3", "\1abcdef", {}, Open,
        "A ends message 0 at byte 3, because it read 01 (byte 0) as u8 → 1, adjusted by +1; B ends message 0 at byte "
        "5, because it read 01 (byte 0) as u8 → 1, adjusted by +3.",
        None);
    row("one recv() with several messages", "chunks", "lines", "one\ntwo\nthr", {}, Open,
        "A ends message 0 at byte 11, because one chunk ended there, what one recv() or send() carried; B ends message "
        "0 at byte 4, because it found the delimiter (\\n) at byte 3. One recv() is not one message: this one returned "
        "2 messages of B and a part of the next.",
        OneReceive);
    row("one message in several recv()", "length:u8", "chunks", "\5hello\1x", {2, 4}, Open,
        "A ends message 0 at byte 6, because it read 05 (byte 0) as u8 → 5; B ends message 0 at byte 2, because one "
        "chunk ended there, what one recv() or send() carried. One recv() is not one message: A's message came in 3 "
        "chunks.",
        OneReceive);
    row("one message in several recv(), not yet whole", "length:u8", "chunks", "\5he", {2}, Open,
        "A still waits for 3 more bytes of message 0, because it read 05 (byte 0) as u8 → 5; B ends message 0 at byte "
        "2, because one chunk ended there, what one recv() or send() carried. One recv() is not one message: A's "
        "message came in 2 chunks so far.",
        OneReceive);
    row("an end that never came", "lines", "fixed:4", "abcdef", {}, Fin,
        "A is left with message 0 incomplete at byte 6, because it found no delimiter (\\n) in these 6 bytes; B ends "
        "message 0 at byte 4, because each message has 4 bytes.",
        None);
    row("ended, and some short", "length:u8", "until-close", "\5ab", {}, Fin,
        "A is left with message 0 incomplete at byte 3, 3 bytes short, because it read 05 (byte 0) as u8 → 5; B ends "
        "message 0 at byte 3, because the peer ended its stream there.",
        None);
    row("waiting for whatever comes", "until-close", "netstring", "2:ab,1:", {}, Open,
        "A still waits for the end of message 0, because it takes everything until the peer ends its stream; B ends "
        "message 0 at byte 5, because it read \"2:\" (bytes 0–1) as the length of its payload.",
        None);
    row("another payload", "lines", "lines,keep=yes", "\nab\n", {}, Open,
        "A and B both end message 0 at byte 1, but A finds no payload in it, B finds its payload at byte 0.", None);
    row("another payload, not whole", "length:u8", "length:u8,strip=0", "\5ab", {}, Open,
        "A and B both have message 0 incomplete, but A finds its payload at bytes 1–2, B finds its payload at bytes "
        "0–2.",
        None);
    row("blocks", "chunked:u8", "length:u8", QByteArray("\1a\1b\0", 5), {}, Open,
        "A ends message 0 at byte 5, because it read an empty block (00 at byte 4); B ends message 0 at byte 2, "
        "because "
        "it read 01 (byte 0) as u8 → 1.",
        None);
    row("a length that is not all here", "length:u32be", "length:u16be", QByteArray("\0\0\0", 3), {}, Open,
        "A still waits for the end of message 0, because its length (u32be, from byte 0 on) is not all here; B ends "
        "message 0 at byte 2, because it read 00 00 (bytes 0–1) as u16be → 0.",
        None);
    row("an open quote", "lines,quote='", "lines", "a'b\nc", {}, Open,
        "A still waits for the end of message 0, because it found no delimiter (\\n) in these 5 bytes, and a quote is "
        "open; B ends message 0 at byte 4, because it found the delimiter (\\n) at byte 3.",
        None);
  }
  void says() {
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(QByteArray, bytes);
    QFETCH(QList<quint64>, cuts);
    QFETCH(StreamEnd, end);
    QFETCH(QString, words);
    QFETCH(int, mistake);
    const FramerPtr framers[] = {framerOf(a), framerOf(b)};
    const StreamView stream = streamInChunks(bytes, cuts, end);
    Comparison comparison(framers[0], framers[1]);
    const auto found = compared(comparison, stream, 1000);
    QVERIFY(found);
    QCOMPARE(divergenceWords(*framers[0], *framers[1], stream, *found), words);
    QCOMPARE(static_cast<int>(mistakeAt(*framers[0], *framers[1], stream, *found)), mistake);
  }

  void saysWhereTheyAgree() {
    QCOMPARE(agreementWords(0, 0), u"A and B say the same: nothing has come yet."_s);
    QCOMPARE(agreementWords(1, 12), u"A and B say the same of 1 message, up to byte 12."_s);
    QCOMPARE(agreementWords(1200, 12000), u"A and B say the same of 1,200 messages, up to byte 12,000."_s);
  }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
