// InspectorModel: the same bytes in both orders, and what is missing.
#include "model/items/inspector_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;
using M = InspectorModel;

class TestInspectorModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reads_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("big");
    QTest::addColumn<QString>("little");
    const auto row = [](const char *hex, const QString &type, const QString &big, const QString &little) {
      QTest::addRow("%s of %s", qPrintable(type), hex) << QByteArray::fromHex(hex) << type << big << little;
    };
    row("fe", u"i8"_s, u"-2"_s, u"-2"_s);
    row("fe", u"u8"_s, u"254"_s, u"254"_s);
    row("0100", u"u16"_s, u"256"_s, u"1"_s);
    row("fffe", u"i16"_s, u"-2"_s, u"-257"_s);
    row("800001", u"i24"_s, u"-8388607"_s, u"65664"_s);
    row("800001", u"u24"_s, u"8388609"_s, u"65664"_s);
    row("653f1a4a", u"u32"_s, u"1698634314"_s, u"1243234149"_s);
    row("653f1a4a", u"time"_s, u"2023-10-30T02:51:54Z"_s, u"2009-05-25T06:49:09Z"_s);
    row("ffffffffffffffff", u"u64"_s, u"18446744073709551615"_s, u"18446744073709551615"_s);
    row("8000000000000000", u"i64"_s, u"-9223372036854775808"_s, u"128"_s);
    row("3c00", u"f16"_s, u"1.0"_s, u"3.5762786865234375e-06"_s);
    row("3f800000", u"f32"_s, u"1.0"_s, u"4.600602988224807e-41"_s);
    row("3ff0000000000000", u"f64"_s, u"1.0"_s, u"3.03865e-319"_s);
    row("ac02ff", u"varint"_s, u"300"_s, u"300"_s);
    row("ac", u"varint"_s, u"needs more bytes"_s, u"needs more bytes"_s);
    row("a1", u"bits"_s, u"1010 0001"_s, u"1010 0001"_s);
    row("6869", u"text"_s, u"\"hi\""_s, u"\"hi\""_s);
    row("010203", u"u32"_s, u"needs 4 bytes"_s, u"needs 4 bytes"_s);
    row("", u"u8"_s, u"–"_s, u"–"_s);
  }
  void reads() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    QFETCH(QString, big);
    QFETCH(QString, little);
    InspectorModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setBytes(viewOf(bytes));
    for (int row = 0; row < model.rowCount(); ++row) {
      if (!model.index(row, M::TypeColumn).data().toString().endsWith(type)) continue;
      QCOMPARE(model.index(row, M::BigEndianColumn).data().toString(), big);
      QCOMPARE(model.index(row, M::LittleEndianColumn).data().toString(), little);
      QCOMPARE(model.index(row, M::BigEndianColumn).data(M::IsMissingRole).toBool(),
               big.startsWith(u"needs"_s) || bytes.isEmpty());
      return;
    }
    QFAIL("no such row");
  }

  void keepsWhatItMayShow() {
    InspectorModel model;
    model.setBytes(viewOf(QByteArray(1000, 'x')));
    QCOMPARE(model.bytes().size(), M::maxBytes);
  }
};

QTEST_GUILESS_MAIN(TestInspectorModel)
#include "tst_inspector_model.moc"
