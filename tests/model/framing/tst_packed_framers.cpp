// The framings zlib and gzip: what they say of whole, cut and broken streams, to the letter. "hello" and the member
// with every part that RFC 1952 lets a header have were compressed by CPython's zlib; what is broken was broken by
// hand.
#include "model/framing/message_index.h"
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray hello = QByteArray::fromHex("789ccb48cdc9c90700062c0215");
const QByteArray helloMember = QByteArray::fromHex("1f8b0800000000000203cb48cdc9c9070086a6103605000000");
/// With all flags: text, a header CRC, an extra field, a name and a comment.
const QByteArray fullMember =
    QByteArray::fromHex("1f8b081f0a783f650203030061626361e91b2e747874006e6f7465009cc4cb48cdc9c9070086a6103605000000");

QByteArray changed(QByteArray bytes, qsizetype at, const char *hex) {
  return bytes.replace(at, QByteArray::fromHex(hex).size(), QByteArray::fromHex(hex));
}

/// What is said of the last message, which is number 1 where it is the only one.
QString explained(const Framer &framer, const StreamView &stream) {
  const QList<Message> messages = messagesOf(framer, stream);
  return messages.isEmpty() ? QString()
                            : framer.explain(stream, messages.last(), static_cast<quint64>(messages.size()));
}

}  // namespace

class TestPackedFramers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const char *spec, const QByteArray &bytes, StreamEnd end,
                        const QString &expected, const QString &words, const char *parts) {
      QTest::newRow(name) << QString::fromUtf8(spec) << bytes << end << expected << words << QString::fromUtf8(parts);
    };
    const auto wrong = [&](const char *name, const char *spec, const QByteArray &bytes, const QString &error,
                           const char *parts) {
      QString words = error;
      words[0] = words[0].toUpper();
      row(name, spec, bytes, StreamEnd::Fin, u"0+%1 error payload -+0: "_s.arg(bytes.size()) + error,
          words + u". Nothing is framed from byte 0 on: start the framing again where a message begins."_s, parts);
    };
    row("whole", "zlib", hello, StreamEnd::Open, u"0+13 complete payload -+5"_s,
        u"The compressed data says by itself that it ends, at byte 9. The Adler-32 behind it (06 2C 02 15 at bytes 9–12) is that of the 5 bytes it decompresses to, so message 1 ends at byte 13."_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-9, head 9-13=062C0215");
    row("two, a rest in the header", "zlib", hello + hello + hello.first(1), StreamEnd::Open,
        u"0+13 complete payload -+5\n13+13 complete payload -+5\n26+1 incomplete payload -+0"_s,
        u"1 byte of message 3 is here, not all of its header: waiting for more."_s, "head 26-27");
    row("data cut", "zlib", hello.first(6), StreamEnd::Open, u"0+6 incomplete payload -+3"_s,
        u"6 bytes of message 1 are here and decompress to 3 bytes. The compressed data says by itself where it ends: waiting for more."_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-6");
    row("data cut by RST", "zlib", hello.first(8), StreamEnd::Reset, u"0+8 incomplete payload -+5"_s,
        u"8 bytes of message 1 are here and decompress to 5 bytes. The compressed data says by itself where it ends: the connection was reset there, so no more will come."_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-8");
    row("tail cut", "zlib", hello.first(11), StreamEnd::Fin, u"0+11 incomplete payload -+5 needs 2"_s,
        u"The compressed data of message 1 says by itself that it ends, at byte 9. Of the Adler-32 behind it 2 of 4 bytes are here: the stream ended there, 2 never came."_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-9, head 9-11");
    row("tail to come", "zlib", hello.first(9), StreamEnd::Open, u"0+9 incomplete payload -+5 needs 4"_s,
        u"The compressed data of message 1 says by itself that it ends, at byte 9. Of the Adler-32 behind it 0 of 4 bytes are here: waiting for 4 more."_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-9");
    row("member", "gzip", helloMember, StreamEnd::Open, u"0+25 complete payload -+5"_s,
        u"The compressed data says by itself that it ends, at byte 17. The CRC-32 and size behind it (86 A6 10 36 05 00 00 00 at bytes 17–24) are those of the 5 bytes it decompresses to, so message 1 ends at byte 25."_s,
        "head 0-2, head 2-3=deflate, head 3-4=none, head 4-8=not given, head 8-9=best, head 9-10=Unix, payload 10-17, "
        "head 17-21=3610A686, length 21-25=5");
    row("full member", "gzip", fullMember, StreamEnd::Open, u"0+45 complete payload -+5"_s,
        u"The compressed data says by itself that it ends, at byte 37. The CRC-32 and size behind it (86 A6 10 36 05 00 00 00 at bytes 37–44) are those of the 5 bytes it decompresses to, so message 1 ends at byte 45."_s,
        "head 0-2, head 2-3=deflate, head 3-4=text, header CRC, extra field, name, comment, head 4-8=2023-10-30 "
        "09:31:54 UTC, head 8-9=best, head 9-10=Unix, length 10-12=3, head 12-15, head 15-23=aé\\x1B.txt, head "
        "23-28=note, head 28-30=C49C, payload 30-37, head 37-41=3610A686, length 41-45=5");
    row("name cut", "gzip", fullMember.first(18), StreamEnd::Open, u"0+18 incomplete payload -+0"_s,
        u"18 bytes of message 1 are here, not all of its header: waiting for more."_s,
        "head 0-2, head 2-3=deflate, head 3-4=text, header CRC, extra field, name, comment, head 4-8=2023-10-30 "
        "09:31:54 UTC, head 8-9=best, head 9-10=Unix, length 10-12=3, head 12-15, head 15-18");
    row("size cut", "gzip", fullMember.first(43), StreamEnd::Open, u"0+43 incomplete payload -+5 needs 2"_s,
        u"The compressed data of message 1 says by itself that it ends, at byte 37. Of the CRC-32 and size behind it 6 of 8 bytes are here: waiting for 2 more."_s,
        "head 0-2, head 2-3=deflate, head 3-4=text, header CRC, extra field, name, comment, head 4-8=2023-10-30 "
        "09:31:54 UTC, head 8-9=best, head 9-10=Unix, length 10-12=3, head 12-15, head 15-23=aé\\x1B.txt, head "
        "23-28=note, head 28-30=C49C, payload 30-37, head 37-41=3610A686, length 41-43");
    row("exactly the limit", "zlib,max=13", hello, StreamEnd::Open, u"0+13 complete payload -+5"_s,
        u"The compressed data says by itself that it ends, at byte 9. The Adler-32 behind it (06 2C 02 15 at bytes 9–12) is that of the 5 bytes it decompresses to, so message 1 ends at byte 13."_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-9, head 9-13=062C0215");
    wrong("no zlib", "zlib", "PK\3\4",
          u"bytes 0–1 (50 4B) begin no zlib stream: as one number, 20,555, they are no multiple of 31"_s,
          "head 0-2, unread 2-4");
    wrong("method", "zlib", QByteArray::fromHex("7918"),
          u"bytes 0–1 (79 18) name compression method 9: there is 8, deflate, alone"_s, "head 0-2");
    wrong("window", "zlib", QByteArray::fromHex("881c"),
          u"bytes 0–1 (88 1C) name a window of 65,536 bytes: 32,768 are the most"_s, "head 0-2");
    wrong(
        "dictionary", "zlib", QByteArray::fromHex("78f916c004374b544881b3011cae04b8"),
        u"bytes 2–5 (16 C0 04 37) ask for the preset dictionary with that Adler-32, which the stream does not have"_s,
        "head 0-2=deflate, window of 32,768 bytes, level: best, preset dictionary, head 2-6=16 C0 04 37, unread 6-16");
    wrong("block type", "zlib", QByteArray::fromHex("789c07abcd"),
          u"the compressed data cannot be read at byte 2 (07), behind 0 bytes that came out: invalid block type"_s,
          "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-3, unread 3-5");
    wrong(
        "too far back", "zlib", QByteArray::fromHex("789c4b044200"),
        u"the compressed data cannot be read at byte 4 (42), behind 1 byte that came out: invalid distance too far back"_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-5, unread 5-6");
    wrong(
        "Adler-32", "zlib", changed(hello, 9, "11223344") + "x",
        u"bytes 9–12 (11 22 33 44) say that the Adler-32 is 11223344, and the 5 bytes that came out make it 062C0215"_s,
        "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-9, head 9-13=11223344, unread 13-14");
    wrong("too long", "zlib,max=12", hello,
          u"the compressed stream goes on behind byte 11, over the limit of 12 bytes"_s,
          "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-9, head 9-12, unread 12-13");
    wrong("too much", "zlib,max=20", QByteArray::fromHex("789c6360a03d000000640001"),
          u"bytes 0–6 decompress to more than the limit of 20 bytes"_s,
          "head 0-2=deflate, window of 32,768 bytes, level: default, payload 2-7, unread 7-12");
    wrong("no gzip", "gzip", "PK\3\4", u"bytes 0–1 (50 4B) begin no gzip member: that would be 1F 8B"_s,
          "head 0-2, unread 2-4");
    wrong("gzip method", "gzip", changed(helloMember, 2, "07"),
          u"byte 2 (07) names compression method 7: there is 8, deflate, alone"_s, "head 0-2, head 2-3, unread 3-25");
    wrong("gzip flags", "gzip", changed(helloMember, 3, "e0"), u"byte 3 (E0) has flags that gzip does not know"_s,
          "head 0-2, head 2-3=deflate, head 3-4, unread 4-25");
    wrong("header CRC", "gzip", changed(fullMember, 28, "1234"),
          u"bytes 28–29 (12 34) say that the header's CRC is 3412, and its bytes make it C49C"_s,
          "head 0-2, head 2-3=deflate, head 3-4=text, header CRC, extra field, name, comment, head 4-8=2023-10-30 "
          "09:31:54 UTC, head 8-9=best, head 9-10=Unix, length 10-12=3, head 12-15, head 15-23=aé\\x1B.txt, head "
          "23-28=note, head 28-30, unread 30-45");
    wrong(
        "CRC-32", "gzip", changed(helloMember, 17, "00000000"),
        u"bytes 17–20 (00 00 00 00) say that the CRC-32 is 00000000, and the 5 bytes that came out make it 3610A686"_s,
        "head 0-2, head 2-3=deflate, head 3-4=none, head 4-8=not given, head 8-9=best, head 9-10=Unix, payload "
        "10-17, head 17-21=00000000, unread 21-25");
    wrong("size", "gzip", changed(helloMember, 21, "06000000"),
          u"bytes 21–24 (06 00 00 00) say that the size is 6 bytes, and 5 bytes came out"_s,
          "head 0-2, head 2-3=deflate, head 3-4=none, head 4-8=not given, head 8-9=best, head 9-10=Unix, payload "
          "10-17, head 17-21=3610A686, length 21-25=6");
  }
  void says() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, expected);
    QFETCH(QString, words);
    QFETCH(QString, parts);
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(bytes, {}, end);
    QCOMPARE(told(*framer, stream), expected);
    QCOMPARE(explained(*framer, stream), words);
    QCOMPARE(toldParts(*framer, stream, messagesOf(*framer, stream).last()), parts);
    // Asked without a scan before, and of bytes that lie elsewhere, it finds the same.
    const StreamView again = streamInChunks(bytes, {}, end);
    const Message last = messagesOf(*framer, stream).last();
    QCOMPARE(framer->verdict(again, last).error, framer->verdict(stream, last).error);
    QCOMPARE(toldParts(*framer, again, last), parts);
  }

  void saysWhy() {
    const FramerPtr zlib = framerFromSpec(u"zlib").value();
    const FramerPtr gzip = framerFromSpec(u"gzip").value();
    const auto because = [](const Framer &framer, const QByteArray &bytes) {
      const StreamView stream = streamInChunks(bytes, {});
      return framer.because(stream, messagesOf(framer, stream).last());
    };
    QCOMPARE(because(*zlib, hello),
             u"the compressed data said that it ends, at byte 9, and its Adler-32 followed (06 2C "
             "02 15 at bytes 9–12)"_s);
    QCOMPARE(because(*gzip, helloMember),
             u"the compressed data said that it ends, at byte 17, and its CRC-32 and size "
             "followed (86 A6 10 36 05 00 00 00 at bytes 17–24)"_s);
    QCOMPARE(because(*zlib, hello.first(4)), u"it found no end of the compressed data in 4 bytes"_s);
    QCOMPARE(because(*gzip, helloMember.first(20)),
             u"the compressed data said that it ends, at byte 17, and not all of its CRC-32 and size is here"_s);
  }

  void encodes() {
    QCOMPARE(framerFromSpec(u"zlib").value()->encode("hello").value(), hello);
    QCOMPARE(framerFromSpec(u"gzip").value()->encode("hello").value().first(10),
             QByteArray::fromHex("1f8b0800000000000003"));
    QCOMPARE(framerFromSpec(u"zlib,max=12").value()->encode("hello").error().line(),
             u"a message of 13 bytes is over the limit of 12: send less at once, or raise max="_s);
    QCOMPARE(framerFromSpec(u"zlib,max=20").value()->encode(QByteArray(21, 'a')).error().line(),
             u"a payload of 21 bytes is over the limit of 20: send less at once, or raise max="_s);
  }

  // Inside a long message an index keeps what inflate knows, so that nobody begins at the message's begin again.
  void anIndexKeepsInflate() {
    std::minstd_rand random(1);
    QByteArray noise(3'000'000, Qt::Uninitialized);
    for (char &byte : noise) byte = static_cast<char>(random() >> 8);
    const FramerPtr framer = framerFromSpec(u"zlib").value();
    QByteArray bytes = framer->encode(noise).value();
    for (int i = 0; i < 2000; ++i) bytes += framer->encode(noise.mid(i * 100, 50)).value();
    const StreamView stream = streamInChunks(bytes, {});
    MessageIndex index(framer);
    for (quint64 size = 100'000; index.advance(stream.prefix(size), 70'000) || size < stream.size();) size += 70'000;
    const QList<Message> expected = messagesOf(*framer, stream);
    QCOMPARE(index.count(), static_cast<quint64>(expected.size()));
    for (quint64 i = 0; i < index.count(); i += 13) QCOMPARE(index.at(stream, i), expected[static_cast<qsizetype>(i)]);
    for (quint64 offset = 0; offset < expected[0].size; offset += 99'999) {
      const ScanState state = index.stateFor(0, offset);
      QVERIFY(state.scanned <= offset && offset - state.scanned <= 256 * 1024);
      const MessageIndex::Prefix then = index.within(stream.prefix(offset));
      const QList<Message> fresh = messagesOf(*framer, stream.prefix(offset));
      QCOMPARE(then.rest, fresh.isEmpty() ? then.rest : fresh.last());
    }
    // Not for each of the small ones.
    QVERIFY2(index.memoryUsed() < 16 * 48 * 1024, QByteArray::number(index.memoryUsed()));
  }
};

QTEST_APPLESS_MAIN(TestPackedFramers)
#include "tst_packed_framers.moc"
