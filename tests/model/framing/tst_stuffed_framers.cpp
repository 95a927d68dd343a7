// The framings slip, cobs and hdlc: what they find and say, what their definitions give as examples, and that nothing
// is changed on the way from a sender to a receiver.
#include "tests/support/framing_rows.h"

#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestStuffedFramers : public QObject {
  Q_OBJECT

  static QByteArray hex(const char *text) { return QByteArray::fromHex(text); }

  /// The bytes from `first` to `last`, as the COBS examples need them.
  static QByteArray run(int first, int last) {
    QByteArray bytes;
    for (int byte = first; byte <= last; ++byte) bytes += static_cast<char>(byte);
    return bytes;
  }

 private Q_SLOTS:
  void says_data() {
    framingColumns();
    const auto row = framingRow;
    using enum StreamEnd;
    row("slip", "", Open, "", "", "");
    row("slip", "c0c0", Fin, "", "", "");
    row("slip", "616263c0", Open, "0+4 complete payload -+3",
        "Found the END (C0) at byte 3, so message 1 ends at byte 4. Its payload is the 3 bytes before it: nothing was "
        "escaped.",
        "payload 0-3, delimiter 3-4");
    row("slip", "c0616263c0", Open, "0+5 complete payload -+3",
        "Found the END (C0) at byte 4, so message 1 ends at byte 5. Its payload is the 3 bytes before it: nothing was "
        "escaped.",
        "delimiter 0-1, payload 1-4, delimiter 4-5");
    row("slip", "c0c061c062c0c0c063c0c0", Open,
        "1+3 complete payload -+1\n"
        "4+2 complete payload -+1\n"
        "7+3 complete payload -+1",
        "Found the END (C0) at byte 3, so message 1 ends at byte 4. Its payload is the 1 byte before it: nothing was "
        "escaped.\n"
        "Found the END (C0) at byte 5, so message 2 ends at byte 6. Its payload is the 1 byte before it: nothing was "
        "escaped.\n"
        "Found the END (C0) at byte 9, so message 3 ends at byte 10. Its payload is the 1 byte before it: nothing was "
        "escaped.",
        "delimiter 7-8, payload 8-9, delimiter 9-10");
    row("slip", "c061dbdcdbdd62c0", Open, "0+8 complete payload -+4",
        "Found the END (C0) at byte 7, so message 1 ends at byte 8. Its payload has 4 bytes: 2 escapes were undone.",
        "delimiter 0-1, payload 1-2, mark 2-4=C0, mark 4-6=DB, payload 6-7, delimiter 7-8");
    row("slip", "61dbdcc0", Open, "0+4 complete payload -+2",
        "Found the END (C0) at byte 3, so message 1 ends at byte 4. Its payload has 2 bytes: 1 escape was undone.",
        "payload 0-1, mark 1-3=C0, delimiter 3-4");
    row("slip", "c061", Open, "0+2 incomplete payload -+1",
        "No END (C0) in the 1 byte of message 1 so far: waiting for more.", "delimiter 0-1, payload 1-2");
    row("slip", "c06162", Fin, "0+3 incomplete payload -+2",
        "No END (C0) in the 2 bytes of message 1: the stream ended there, so no more will come.",
        "delimiter 0-1, payload 1-3");
    row("slip", "61db", Open, "0+2 incomplete payload -+1",
        "No END (C0) in the 2 bytes of message 1 so far, and byte 1 is ESC (DB), of whose escape the second byte is "
        "missing: waiting for more.",
        "payload 0-1, mark 1-2");
    row("slip", "61db", Reset, "0+2 incomplete payload -+1",
        "No END (C0) in the 2 bytes of message 1, and byte 1 is ESC (DB), of whose escape the second byte is missing: "
        "the connection was reset there, so no more will come.",
        "payload 0-1, mark 1-2");
    row("slip", "c061db61c062c0", Open,
        "0+5 error payload -+0: byte 2 is ESC (DB), and byte 3 behind it is \"a\" (61), neither DC nor DD\n"
        "5+2 complete payload -+1",
        "Byte 2 is ESC (DB), and byte 3 behind it is \"a\" (61), neither DC nor DD. Framing goes on behind the END "
        "(C0) at byte 4.\n"
        "Found the END (C0) at byte 6, so message 2 ends at byte 7. Its payload is the 1 byte before it: nothing was "
        "escaped.",
        "payload 5-6, delimiter 6-7");
    row("slip", "61dbc0", Open,
        "0+3 error payload -+0: byte 1 is ESC (DB), and byte 2 behind it is C0, neither DC nor DD",
        "Byte 1 is ESC (DB), and byte 2 behind it is C0, neither DC nor DD. Framing goes on behind the END (C0) at "
        "byte 2.",
        "payload 0-1, mark 1-2, delimiter 2-3");
    row("slip", "61db61", Open,
        "0+3 error payload -+0: byte 1 is ESC (DB), and byte 2 behind it is \"a\" (61), neither DC nor DD",
        "Byte 1 is ESC (DB), and byte 2 behind it is \"a\" (61), neither DC nor DD. Framing will go on behind the next "
        "END (C0).",
        "payload 0-1, unread 1-3");
    row("slip", "61db61", Fin,
        "0+3 error payload -+0: byte 1 is ESC (DB), and byte 2 behind it is \"a\" (61), neither DC nor DD",
        "Byte 1 is ESC (DB), and byte 2 behind it is \"a\" (61), neither DC nor DD. No END (C0) ends it: the stream "
        "ended there, so no more will come.",
        "payload 0-1, unread 1-3");
    row("slip,max=3", "61626364c0", Open,
        "0+5 error payload -+0: no END (C0) ends the message that begins at byte 0 within the limit of 3 bytes",
        "No END (C0) ends the message that begins at byte 0 within the limit of 3 bytes. Framing goes on behind the "
        "END (C0) at byte 4.",
        "unread 0-4, delimiter 4-5");
    row("slip,max=3", "61626364", Open,
        "0+4 error payload -+0: no END (C0) ends the message that begins at byte 0 within the limit of 3 bytes",
        "No END (C0) ends the message that begins at byte 0 within the limit of 3 bytes. Framing will go on behind the "
        "next END (C0).",
        "unread 0-4");
    row("slip,max=3", "616263", Open, "0+3 incomplete payload -+3",
        "No END (C0) in the 3 bytes of message 1 so far: waiting for more.", "payload 0-3");
    row("slip,max=4", "c06162c0", Open, "0+4 complete payload -+2",
        "Found the END (C0) at byte 3, so message 1 ends at byte 4. Its payload is the 2 bytes before it: nothing was "
        "escaped.",
        "delimiter 0-1, payload 1-3, delimiter 3-4");

    row("cobs", "0100", Open, "0+2 complete payload -+0",
        "Found the zero (00) at byte 1, so message 1 ends at byte 2. Its payload is empty.",
        "mark 0-1=1, delimiter 1-2");
    row("cobs", "00000311220233000000", Open, "1+7 complete payload -+4",
        "Found the zero (00) at byte 7, so message 1 ends at byte 8. Unstuffed, its payload has 4 bytes.",
        "delimiter 1-2, mark 2-3=3, payload 3-5, mark 5-6=2, payload 6-7, delimiter 7-8");
    row("cobs", "03112202", Open, "0+4 incomplete payload -+3",
        "No zero (00) in the 4 bytes of message 1 so far, and of the group at its end 1 byte is missing: waiting for "
        "more.",
        "mark 0-1=3, payload 1-3, mark 3-4=2");
    row("cobs", "03112202", Cut, "0+4 incomplete payload -+3",
        "No zero (00) in the 4 bytes of message 1, and of the group at its end 1 byte is missing: it was cut off "
        "there, so no more will come.",
        "mark 0-1=3, payload 1-3, mark 3-4=2");
    row("cobs", "05112200", Open,
        "0+4 error payload -+0: the code 05 at byte 0 announces 4 bytes, but the zero at byte 3 comes after 2 of them",
        "The code 05 at byte 0 announces 4 bytes, but the zero at byte 3 comes after 2 of them. Framing goes on behind "
        "the zero (00) at byte 3.",
        "mark 0-1=5, payload 1-3, delimiter 3-4");
    row("cobs", "021100", Open, "0+3 complete payload -+1",
        "Found the zero (00) at byte 2, so message 1 ends at byte 3. Unstuffed, its payload has 1 byte.",
        "mark 0-1=2, payload 1-2, delimiter 2-3");
    row("cobs", "0511", Open, "0+2 incomplete payload -+1",
        "No zero (00) in the 2 bytes of message 1 so far, and of the group at its end 3 bytes are missing: waiting for "
        "more.",
        "mark 0-1=5, payload 1-2");
    row("cobs,max=4", "0511223344", Fin,
        "0+5 error payload -+0: no zero (00) ends the message that begins at byte 0 within the limit of 4 bytes",
        "No zero (00) ends the message that begins at byte 0 within the limit of 4 bytes. No zero (00) ends it: the "
        "stream ended there, so no more will come.",
        "unread 0-5");

    row("hdlc", "7e3132333435363738396e907e", Open, "0+13 complete payload -+9",
        "Found the flag (7E) at byte 12, so message 1 ends at byte 13. Its FCS-16 is right. Its payload has 9 bytes: "
        "nothing was escaped.",
        "delimiter 0-1, payload 1-10, head 10-12=0x906E, delimiter 12-13");
    row("hdlc", "7e3132333435363738396e917e", Open,
        "0+13 error payload -+0: the FCS-16 at bytes 10–11 says 0x916E, but that of the 9 bytes before it is 0x906E",
        "The FCS-16 at bytes 10–11 says 0x916E, but that of the 9 bytes before it is 0x906E. Framing goes on behind "
        "the flag (7E) at byte 12.",
        "delimiter 0-1, payload 1-10, head 10-12=0x916E, delimiter 12-13");
    row("hdlc,fcs=32", "3132333435363738392639f4cb7e", Open, "0+14 complete payload -+9",
        "Found the flag (7E) at byte 13, so message 1 ends at byte 14. Its FCS-32 is right. Its payload has 9 bytes: "
        "nothing was escaped.",
        "payload 0-9, head 9-13=0xCBF43926, delimiter 13-14");
    row("hdlc,fcs=none", "7e617d5e7d5d627e7e7e7e637e", Open,
        "0+8 complete payload -+4\n"
        "10+3 complete payload -+1",
        "Found the flag (7E) at byte 7, so message 1 ends at byte 8. Its payload has 4 bytes: 2 escapes were undone.\n"
        "Found the flag (7E) at byte 12, so message 2 ends at byte 13. Its payload has 1 byte: nothing was escaped.",
        "delimiter 10-11, payload 11-12, delimiter 12-13");
    row("hdlc", "7e617d7e", Open,
        "0+4 error payload -+0: byte 2 is an escape (7D), and the flag (7E) right behind it aborts the message",
        "Byte 2 is an escape (7D), and the flag (7E) right behind it aborts the message. Framing goes on behind the "
        "flag (7E) at byte 3.",
        "delimiter 0-1, payload 1-2, mark 2-3, delimiter 3-4");
    row("hdlc", "7e617e", Open,
        "0+3 error payload -+0: what lies before the flag (7E) at byte 2 has 1 byte, less than the 2 of its FCS-16",
        "What lies before the flag (7E) at byte 2 has 1 byte, less than the 2 of its FCS-16. Framing goes on behind "
        "the flag (7E) at byte 2.",
        "delimiter 0-1, payload 1-2, delimiter 2-3");
    row("hdlc", "6162637d", Open, "0+4 incomplete payload -+1",
        "No flag (7E) in the 4 bytes of message 1 so far, and byte 3 is an escape (7D), of which the second byte is "
        "missing: waiting for more.",
        "payload 0-3, mark 3-4");
    row("hdlc", "616263", Fin, "0+3 incomplete payload -+1",
        "No flag (7E) in the 3 bytes of message 1: the stream ended there, so no more will come.", "payload 0-3");
    row("hdlc", "00007e", Open, "0+3 complete payload -+0",
        "Found the flag (7E) at byte 2, so message 1 ends at byte 3. Its FCS-16 is right. Its payload is empty: "
        "nothing was escaped.",
        "head 0-2=0x0000, delimiter 2-3");
    row("hdlc", "7d20007e", Open, "0+4 complete payload -+0",
        "Found the flag (7E) at byte 3, so message 1 ends at byte 4. Its FCS-16 is right. Its payload is empty: 1 "
        "escape was undone.",
        "head 0-3=0x0000, delimiter 3-4");
  }
  void says() { checkFramingRow(); }

  void publishedExamples_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const char *spec, const QByteArray &payload, const QByteArray &message) {
      QTest::newRow(name) << QString::fromUtf8(spec) << payload << message;
    };
    // RFC 1055: the two characters that are escaped, and END at both ends.
    row("RFC 1055, END", "slip", hex("c0"), hex("c0dbdcc0"));
    row("RFC 1055, ESC", "slip", hex("db"), hex("c0dbddc0"));
    // Cheshire and Baker, "Consistent Overhead Byte Stuffing", figure 3.
    row("the paper's IP header", "cobs", hex("4500002c4c79000040064f37"), hex("024501042c4c79010540064f3700"));
    // Wikipedia, "Consistent Overhead Byte Stuffing", encoding examples 1 to 11.
    row("Wikipedia 1", "cobs", hex("00"), hex("010100"));
    row("Wikipedia 2", "cobs", hex("0000"), hex("01010100"));
    row("Wikipedia 3", "cobs", hex("001100"), hex("0102110100"));
    row("Wikipedia 4", "cobs", hex("11220033"), hex("031122023300"));
    row("Wikipedia 5", "cobs", hex("11223344"), hex("051122334400"));
    row("Wikipedia 6", "cobs", hex("11000000"), hex("021101010100"));
    row("Wikipedia 7", "cobs", run(1, 254), hex("ff") + run(1, 254) + hex("00"));
    row("Wikipedia 8", "cobs", run(0, 254), hex("01ff") + run(1, 254) + hex("00"));
    row("Wikipedia 9", "cobs", run(1, 255), hex("ff") + run(1, 254) + hex("02ff00"));
    row("Wikipedia 10", "cobs", run(2, 255) + hex("00"), hex("ff") + run(2, 255) + hex("010100"));
    row("Wikipedia 11", "cobs", run(3, 255) + hex("0001"), hex("fe") + run(3, 255) + hex("020100"));
    // The check values of CRC-16/IBM-SDLC and CRC-32/ISO-HDLC in the CRC catalogue, lowest byte first (RFC 1662, 3.1).
    row("FCS-16", "hdlc", "123456789", hex("7e3132333435363738396e907e"));
    row("FCS-32", "hdlc,fcs=32", "123456789", hex("7e3132333435363738392639f4cb7e"));
    // RFC 1662, 4.2: 0x7e is sent as 0x7d 0x5e, 0x7d as 0x7d 0x5d.
    row("RFC 1662, escapes", "hdlc,fcs=none", hex("7e7d"), hex("7e7d5e7d5d7e"));
  }
  void publishedExamples() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, message);
    const FramerPtr framer = framerFromSpec(spec).value();
    QCOMPARE(framer->encode(payload).value().toHex(), message.toHex());
    const StreamView stream = streamInChunks(message, {});
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages[0].status, Status::Complete);
    QCOMPARE(messages[0].range(), (ByteRange{0, static_cast<quint64>(message.size())}));
    QCOMPARE(framer->payload(stream, messages[0]).value().toHex(), payload.toHex());
  }

  // RFC 1662, 3.1 and appendix C: any octet may come escaped, and the receiver undoes it all the same.
  void escapesThatNobodyNeeds() {
    const FramerPtr framer = framerFromSpec(u"hdlc").value();
    const StreamView stream = streamInChunks(hex("7e7d117d127d137d147d157d167d177d187d197d4e907e"), {});
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(framer->payload(stream, messages[0]).value(), "123456789");
    // The FCS is two bytes, of which one came escaped.
    QCOMPARE(toldParts(*framer, stream, messages[0]).section(u", "_s, -2), u"head 19-22=0x906E, delimiter 22-23"_s);
  }

  // COBS: a group of 254 bytes at the end needs no further one, but one may come.
  void groupsThatNobodyNeeds() {
    const FramerPtr framer = framerFromSpec(u"cobs").value();
    const QByteArray message = hex("ff") + run(1, 254) + hex("0100");
    const StreamView stream = streamInChunks(message, {});
    QCOMPARE(framer->payload(stream, messagesOf(*framer, stream).at(0)).value(), run(1, 254));
  }

  void whatIsSentComesBack_data() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : {"slip", "cobs", "hdlc", "hdlc,fcs=32", "hdlc,fcs=none"}) {
      QTest::newRow(spec) << QString::fromUtf8(spec);
    }
  }
  void whatIsSentComesBack() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    std::minstd_rand random(9);
    for (int round = 0; round < 300; ++round) {
      // Few different bytes, so that there are flags and escapes next to one another, or runs longer than a group.
      const QByteArray alphabet = round % 3 == 0   ? QByteArray("\x00\xc0\xdb\xdc\xdd\x7e\x7d\x5e\x5d\xff", 10)
                                  : round % 3 == 1 ? QByteArray("abc")
                                                   : run(0, 255);
      QByteArray stream;
      QList<QByteArray> payloads;
      for (int i = 0; i < 6; ++i) {
        QByteArray payload(static_cast<qsizetype>(random() % (round % 3 == 1 ? 700 : 40)) + 1, Qt::Uninitialized);
        for (char &c : payload) c = alphabet[static_cast<qsizetype>(random() % static_cast<quint64>(alphabet.size()))];
        const auto message = framer->encode(payload);
        QVERIFY(message);
        QVERIFY(message->endsWith(stream.isEmpty() ? message->right(1) : stream.right(1)));
        stream += *message;
        payloads += payload;
      }
      const StreamView view = streamInChunks(stream, {});
      const QList<Message> messages = messagesOf(*framer, view);
      QCOMPARE(messages.size(), payloads.size());
      for (qsizetype i = 0; i < messages.size(); ++i) {
        QCOMPARE(messages[i].status, Status::Complete);
        QCOMPARE(framer->payload(view, messages[i]).value(), payloads[i]);
        QCOMPARE(framer->payload(view, messages[i], 3).value(),
                 payloads[i].first(std::min<qsizetype>(3, payloads[i].size())));
      }
    }
  }

  void whatCannotBeSent() {
    const auto refused = [](const QString &spec, const QByteArray &payload) {
      const auto message = framerFromSpec(spec).value()->encode(payload);
      return message ? u"sent"_s : message.error().line();
    };
    const QString empty =
        u" cannot carry an empty message: nothing between two flags is filler: send at least one byte"_s;
    QCOMPARE(refused(u"slip"_s, {}), u"slip"_s + empty);
    QCOMPARE(refused(u"hdlc,fcs=none"_s, {}), u"hdlc,fcs=none"_s + empty);
    QCOMPARE(refused(u"hdlc"_s, {}), u"sent"_s);
    QCOMPARE(refused(u"cobs"_s, {}), u"sent"_s);
    QCOMPARE(refused(u"slip,max=4"_s, "ab"), u"sent"_s);
    QCOMPARE(refused(u"slip,max=4"_s, "abc"),
             u"a message of 5 bytes is over the limit of 4: send less at once, or raise max="_s);
  }

  // A flag that is not yet followed by anything is filler, so a message is there with its first byte behind the flag.
  void isSeenBehindItsFlag() {
    const FramerPtr framer = framerFromSpec(u"slip").value();
    const StreamView stream = streamInChunks(hex("c061c062c0"), {});
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 2);
    QCOMPARE(framer->seenFrom(stream, messages[0], nullptr), 1ULL);
    QCOMPARE(framer->seenFrom(stream, messages[1], &messages[0]), 3ULL);
    QCOMPARE(messagesOf(*framer, stream.prefix(1)).size(), 0);
  }
};

QTEST_APPLESS_MAIN(TestStuffedFramers)
#include "tst_stuffed_framers.moc"
