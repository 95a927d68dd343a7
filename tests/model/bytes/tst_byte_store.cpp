// ByteStore through its public face: what a snapshot holds never moves or changes, in memory, spilled or mapped.
#include "model/bytes/byte_store.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

#include <unistd.h>

using namespace octetscope;

class TestByteStore : public QObject {
  Q_OBJECT

  static QByteArray pattern(qsizetype size) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + (i >> 8));
    return bytes;
  }

 private Q_SLOTS:
  void startsEmpty() {
    const ByteStore store;
    QCOMPARE(store.size(), 0ULL);
    QCOMPARE(store.snapshot().size(), 0ULL);
    QVERIFY(store.snapshot().view({0, 10}).empty());
  }

  void keepsEverySnapshot_data() {
    QTest::addColumn<quint64>("threshold");
    QTest::newRow("in memory") << (64ULL << 20);
    QTest::newRow("spilled half way") << 40000ULL;
    QTest::newRow("spilled at once") << 0ULL;
  }
  void keepsEverySnapshot() {
    QFETCH(quint64, threshold);
    ByteStore store({.spillThreshold = threshold});
    const QByteArray all = pattern(200000);
    QList<ByteSnapshot> snapshots;
    for (qsizetype at = 0; at < all.size();) {
      const qsizetype step = std::min<qsizetype>(1 + at / 7, all.size() - at);
      QVERIFY(store.append(viewOf(QByteArrayView(all).sliced(at, step))));
      at += step;
      snapshots.append(store.snapshot());
      QCOMPARE(snapshots.last().size(), static_cast<quint64>(at));
    }
    for (const ByteSnapshot &snapshot : std::as_const(snapshots)) {
      QCOMPARE(qtView(snapshot.view()), QByteArrayView(all).first(static_cast<qsizetype>(snapshot.size())));
    }
    QCOMPARE(store.isInMemory(), threshold > 200000);
  }

  void receivesInPlace() {
    ByteStore store({.spillThreshold = 10000});
    QByteArray expected;
    for (int i = 0; i < 60; ++i) {
      const auto room = store.reserve(997);
      QVERIFY(room);
      const quint64 used = 1 + static_cast<quint64>(i * 37 % 500);
      std::fill_n(room->begin(), used, static_cast<std::uint8_t>(i));
      QVERIFY(store.commit(used));
      expected += QByteArray(static_cast<qsizetype>(used), static_cast<char>(i));
    }
    QCOMPARE(copyOf(store.snapshot().view()), expected);
    QVERIFY(!store.isInMemory());
  }

  void saysWhenTheSpillFolderIsBad() {
    ByteStore store({.spillThreshold = 4, .spillFolder = QStringLiteral("/dev/null/nowhere")});
    QVERIFY(store.append(viewOf("1234")));
    const auto result = store.append(viewOf("5"));
    QVERIFY(!result);
    QVERIFY2(result.error().line().contains(QStringLiteral("spill file")), qPrintable(result.error().line()));
    QCOMPARE(copyOf(store.snapshot().view()), QByteArray("1234"));
  }

  void mapsAFile() {
    QTemporaryFile file;
    QVERIFY(file.open());
    const QByteArray all = pattern(100000);
    file.write(all);
    file.flush();
    const auto store = ByteStore::map(file.fileName());
    QVERIFY(store);
    QCOMPARE(qtView((*store)->snapshot().view()), QByteArrayView(all));
    QVERIFY(!ByteStore::map(file.fileName() + QStringLiteral(".none")));
    QVERIFY(!ByteStore::map(QDir::tempPath()));
  }

  void survivesAFileThatIsCut() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(pattern(1 << 20));
    file.flush();
    const auto store = ByteStore::map(file.fileName());
    QVERIFY(store);
    const ByteSnapshot snapshot = (*store)->snapshot();
    QVERIFY(!snapshot.isDamaged());
    QCOMPARE(::truncate(QFile::encodeName(file.fileName()).constData(), 4096), 0);
    QCOMPARE(static_cast<int>(snapshot[(1 << 20) - 1]), 0);
    QVERIFY(snapshot.isDamaged());
  }

  void isReadWhileWritten() {
    ByteStore store({.spillThreshold = 1 << 20});
    const QByteArray block = pattern(4093);
    std::atomic<bool> done = false;
    std::atomic<bool> wrong = false;
    std::thread reader([&] {
      quint64 seen = 0;
      while (!done.load()) {
        const ByteSnapshot snapshot = store.snapshot();
        if (snapshot.size() < seen) wrong = true;
        seen = snapshot.size();
        for (quint64 at : {seen / 3, seen / 2, seen - std::min<quint64>(seen, 1)}) {
          if (at < seen && snapshot[at] != static_cast<std::uint8_t>(block[static_cast<qsizetype>(at % 4093)]))
            wrong = true;
        }
      }
    });
    for (int i = 0; i < 1000; ++i) QVERIFY(store.append(viewOf(block)));
    done = true;
    reader.join();
    QVERIFY(!wrong);
  }
};

QTEST_GUILESS_MAIN(TestByteStore)
#include "tst_byte_store.moc"
