// RawWriter: the file appears whole or not at all.
#include "model/files/raw_writer.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace octetscope;

class TestRawWriter : public QObject {
  Q_OBJECT

  static QByteArray read(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
  }

 private Q_SLOTS:
  void writesAll_data() {
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("nothing") << qsizetype(0);
    QTest::newRow("a byte") << qsizetype(1);
    QTest::newRow("several blocks") << qsizetype((9 << 20) + 5);
  }
  void writesAll() {
    QFETCH(qsizetype, size);
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 251);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("out.bin"));
    RawWriter writer;
    QSignalSpy finished(&writer, &RawWriter::finished);
    QSignalSpy progress(&writer, &RawWriter::progress);
    writer.start(path, ByteSnapshot::of(bytes));
    QVERIFY(finished.wait());
    QVERIFY(read(path) == bytes);
    if (size > 0) QCOMPARE(progress.last().at(0).toULongLong(), static_cast<quint64>(size));
  }

  void saysWhereItCannot() {
    RawWriter writer;
    QSignalSpy failed(&writer, &RawWriter::failed);
    writer.start(QStringLiteral("/dev/null/no/such.bin"), ByteSnapshot::of("abc"));
    QVERIFY(failed.wait());
    const QString line = failed.first().first().value<Error>().line();
    QVERIFY2(line.contains(QStringLiteral("/dev/null/no/such.bin")), qPrintable(line));
  }

  void cancelLeavesTheFileAsItWas() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("out.bin"));
    {
      QFile before(path);
      QVERIFY(before.open(QIODevice::WriteOnly));
      before.write("before");
    }
    RawWriter writer;
    QSignalSpy failed(&writer, &RawWriter::failed);
    writer.start(path, ByteSnapshot::of(QByteArray(64 << 20, 'x')));
    writer.cancel();
    QVERIFY(failed.wait());
    QCOMPARE(read(path), QByteArray("before"));
  }
};

QTEST_GUILESS_MAIN(TestRawWriter)
#include "tst_raw_writer.moc"
