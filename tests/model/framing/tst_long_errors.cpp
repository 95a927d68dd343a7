// Messages of megabytes in error: what an index keeps leads to their ends, and from there the same is said of them as
// from their begin, so that nobody has to go over them twice.
#include "model/framing/message_index.h"
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestLongErrors : public QObject {
  Q_OBJECT

  static constexpr qsizetype size = 3 << 20;

  static QByteArray broken(QByteArray message, qsizetype fromEnd) {
    char &byte = message[message.size() - fromEnd];
    byte = static_cast<char>(byte ^ 1);
    return message;
  }

 private Q_SLOTS:
  void areSaidFromNearTheirEnd_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *spec, const QByteArray &bytes, const char *error) {
      QTest::addRow("%s", spec) << QString::fromUtf8(spec) << bytes << QString::fromUtf8(error);
    };
    const auto encoded = [](const char *spec, const QByteArray &payload) {
      return framerFromSpec(QString::fromUtf8(spec)).value()->encode(payload).value();
    };
    const QByteArray payload(size, 'x');
    for (const char *spec : {"sync:AA55,length=u32be,adjust=2,checksum=crc-16/xmodem",
                             "sync:AA55,length=u32be,adjust=4,checksum=adler32,from=2",
                             "sync:AA55,length=u32be,adjust=11,checksum=crc-82/darc"}) {
      row(spec, broken(encoded(spec, payload), 100), "the checksum at bytes ");
    }
    row("hdlc", broken(encoded("hdlc", payload), 50), "the FCS-16 at bytes ");
    row("hdlc,fcs=32", broken(encoded("hdlc,fcs=32", payload), 50), "the FCS-32 at bytes ");
    // The last codes are next to the end, and the FCS is hidden among them.
    row("hdlc,fcs=none", '\x7e' + payload + "\x7d\x7e", "byte 3145729 is an escape (7D), and the flag");
    row("slip", payload + "\xdb\x61" + payload + '\xc0', "byte 3145728 is ESC (DB), and byte 3145729 behind it");
    row("cobs", encoded("cobs", payload).chopped(2) + '\0', "the code C1 at byte 3157920 announces 192 bytes");
    row("json", "[" + QByteArray("1,").repeated(size / 2) + "x", "byte 3145729 is \"x\" (78)");
    row("xml", "<a>" + QByteArray("<b/>").repeated(size / 4) + "</c>", "the end tag at byte 3145731 is of \"c\"");
    row("msgpack", QByteArray("\xdd\x00\x40\x00\x00", 5) + QByteArray(size, '\1') + '\xc1', "byte 3145733 is C1");
    row("cbor", '\x9f' + QByteArray(size, '\1') + '\x1c', "byte 3145729 is 1C");
    row("chunked:u16be", QByteArray("\0\2ab", 4).repeated(size / 4) + QByteArray("\xff\xff", 2) + payload, "");
    row("http-chunked", QByteArray("1\r\na\r\n").repeated(size / 6) + "x", "byte 3145728 is \"x\" (78)");
  }
  void areSaidFromNearTheirEnd() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, error);
    if (spec == u"chunked:u16be") spec += u",max=3200000"_s;
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(bytes, {});
    MessageIndex index(framer);
    while (index.advance(stream, 1 << 20)) {
    }
    const Message message = index.count() > 0 ? index.at(stream, 0) : index.rest(stream);
    QCOMPARE(message.status, Status::Error);
    const Verdict whole = framer->verdict(stream, message);
    QVERIFY2(QString(whole.error).remove(u',').startsWith(QString(error).remove(u',')), qPrintable(whole.error));

    const quint64 last = message.end() - Framer::tailBytes;
    const ScanState state = index.stateFor(message.offset, last);
    QVERIFY2(state.scanned > size - (512 << 10), qPrintable(QString::number(state.scanned)));
    QVERIFY(state.scanned <= last);
    QCOMPARE(framer->verdictFrom(stream, message, state).error, whole.error);
    QCOMPARE(framer->explainFrom(stream, message, 7, state), framer->explain(stream, message, 7));
  }
};

QTEST_APPLESS_MAIN(TestLongErrors)
#include "tst_long_errors.moc"
