// Checksums: every row of the CRC catalogue against the check value that it gives, the same however the bytes are cut,
// and CPython's zlib.crc32, zlib.adler32, binascii.crc_hqx and plain sums over random bytes.
#include "model/checks/checksum.h"

#include <QProcess>
#include <QTest>

#include <random>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestChecksum : public QObject {
  Q_OBJECT

  static QByteArray randomBytes(std::minstd_rand &random, qsizetype size) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &c : bytes) c = static_cast<char>(random());
    return bytes;
  }

  static void everyName() {
    QTest::addColumn<QString>("name");
    for (const QString &name : Checksum::names()) QTest::newRow(qPrintable(name)) << name;
  }

  /// The definition, a bit at a time, on a register of the CRC's own width.
  static WideUInt bitByBit(const CrcModel &model, ByteView bytes) {
    const WideUInt top = static_cast<WideUInt>(1) << (model.width - 1);
    const WideUInt mask = top | (top - 1);
    WideUInt crc = model.init;
    for (const std::uint8_t byte : bytes) {
      for (int i = 0; i < 8; ++i) {
        const int bit = byte >> (model.in == BitOrder::LsbFirst ? i : 7 - i) & 1;
        const bool isOut = ((crc & top) != 0) != (bit != 0);
        crc = (crc << 1 & mask) ^ (isOut ? model.poly : 0);
      }
    }
    WideUInt result = crc;
    if (model.out == BitOrder::LsbFirst) {
      result = 0;
      for (int i = 0; i < model.width; ++i) result = result << 1 | (crc >> i & 1);
    }
    return result ^ model.xorOut;
  }

 private Q_SLOTS:
  void givesTheCataloguesCheckValue() {
    QCOMPARE(crcCatalogue().size(), 113U);
    for (const CrcModel &model : crcCatalogue()) {
      const auto checksum = Checksum::named(QString(model.name));
      QVERIFY2(checksum, model.name.data());
      QCOMPARE(checksum->name(), model.name);
      QCOMPARE(checksum->size(), (model.width + 7) / 8);
      const QString got = checksum->words(checksum->of(viewOf("123456789")));
      QCOMPARE(u"%1 %2"_s.arg(model.name, got), u"%1 %2"_s.arg(model.name, checksum->words(model.check)));
      QCOMPARE(checksum->usualOrder() == ByteOrder::Little, model.out == BitOrder::LsbFirst);
      QVERIFY(model.poly >> model.width == 0 && model.init >> model.width == 0 && model.xorOut >> model.width == 0);
    }
  }

  void isWhatTheDefinitionSays() {
    std::minstd_rand random(5);
    for (const CrcModel &model : crcCatalogue()) {
      const auto checksum = Checksum::named(QString(model.name));
      // From 64 bytes on a processor that can multiplies, 64 bytes at a time and then 16.
      for (const qsizetype size : {0, 1, 7, 8, 15, 63, 64, 65, 79, 80, 100, 127, 128, 143, 192, 700}) {
        const QByteArray bytes = randomBytes(random, size);
        QVERIFY2(checksum->of(viewOf(bytes)) == bitByBit(model, viewOf(bytes)), model.name.data());
      }
    }
  }

  void isTheSameHoweverCut_data() { everyName(); }
  void isTheSameHoweverCut() {
    QFETCH(QString, name);
    const auto checksum = Checksum::named(name);
    QVERIFY(checksum);
    std::minstd_rand random(3);
    const QByteArray bytes = randomBytes(random, 12'000);
    const WideUInt whole = checksum->of(viewOf(bytes));
    for (const unsigned most : {1U, 9U, 9'000U}) {
      Checksum::Running running = checksum->start();
      for (std::size_t at = 0; at < 12'000;) {
        const std::size_t size = std::min<std::size_t>(random() % (most + 1), 12'000 - at);
        checksum->add(running, viewOf(bytes).subspan(at, size));
        at += size;
      }
      QVERIFY(checksum->value(running) == whole);
    }
    for (const ByteOrder order : {ByteOrder::Big, ByteOrder::Little}) {
      const QByteArray written = checksum->write(whole, order);
      QCOMPARE(written.size(), checksum->size());
      QVERIFY(checksum->read(viewOf(written), order) == whole);
    }
  }

  void plainSums() {
    QVERIFY(Checksum::named(u"sum8")->of(viewOf("\xff\x02\x03")) == 4);
    QVERIFY(Checksum::named(u"xor8")->of(viewOf("\xf0\x0f\x11")) == 0xee);
    // More than the lanes of a word can hold.
    const QByteArray most(70'003, '\xff');
    QVERIFY(Checksum::named(u"sum8")->of(viewOf(most)) == (70'003 * 0xff & 0xff));
    QVERIFY(Checksum::named(u"xor8")->of(viewOf(most)) == 0xff);
    // RFC 1950: nothing sums up to 1.
    QVERIFY(Checksum::named(u"adler32")->of({}) == 1);
    QVERIFY(Checksum::named(u"adler32")->of(viewOf("Wikipedia")) == 0x11e60398);
    QCOMPARE(Checksum::named(u"adler32")->words(1), u"0x00000001"_s);
    QCOMPARE(Checksum::named(u"adler32")->usualOrder(), ByteOrder::Big);
  }

  void namesAreFound() {
    QCOMPARE(Checksum::named(u"CRC-16/MODBUS")->name(), u"crc-16/modbus"_s);
    QCOMPARE(Checksum::named(u"XMODEM")->name(), u"crc-16/xmodem"_s);
    QCOMPARE(Checksum::named(u"crc-32")->name(), u"crc-32/iso-hdlc"_s);
    for (const auto wrong : {u"", u"crc-16/", u"crc", u"sum"}) QVERIFY(!Checksum::named(wrong));
    const QStringList names = Checksum::names();
    QCOMPARE(names.size(), 116);
    QSet<QString> all(names.begin(), names.end());
    for (const auto &[alias, name] : Checksum::aliases()) {
      QVERIFY2(!all.contains(alias), qPrintable(alias));
      all.insert(alias);
      QCOMPARE(Checksum::named(alias)->name(), name);
    }
  }

  void agreesWithCPython() {
    std::minstd_rand random(11);
    QByteArray input;
    QList<QByteArray> cases;
    for (const qsizetype size : {0, 1, 5, 8, 64, 1000, 2055, 5551, 5552, 5553, 70'000}) {
      cases.append(size == 70'000 ? QByteArray(size, '\xff') : randomBytes(random, size));
      input += cases.last().toHex() + '\n';
    }
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON),
                 {u"-c"_s,
                  u"import sys, zlib, binascii\n"
                  "for line in sys.stdin:\n"
                  "    b = bytes.fromhex(line.strip())\n"
                  "    x = 0\n"
                  "    for c in b: x ^= c\n"
                  "    print('%08x %08x %04x %02x %02x' %\n"
                  "          (zlib.crc32(b), zlib.adler32(b), binascii.crc_hqx(b, 0), sum(b) & 255, x))"_s});
    python.write(input);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.exitCode(), 0);
    for (const QByteArray &bytes : std::as_const(cases)) {
      const QList<QByteArray> said = python.readLine().trimmed().split(' ');
      QCOMPARE(said.size(), 5);
      int i = 0;
      for (const auto name : {u"crc-32/iso-hdlc", u"adler32", u"crc-16/xmodem", u"sum8", u"xor8"}) {
        const auto checksum = Checksum::named(name);
        QCOMPARE(checksum->write(checksum->of(viewOf(bytes)), ByteOrder::Big).toHex(), said[i++]);
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestChecksum)
#include "tst_checksum.moc"
