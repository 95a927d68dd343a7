// Marks of files, remembered and brought back: the same file alone gets them, what is broken gives none, and the oldest
// go first.
#include "model/marks/capture_marks.h"
#include "model/marks/mark_store.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestMarkStore : public QObject {
  Q_OBJECT

  QTemporaryDir dir_;
  const std::vector<Mark> marks_ = {{{0, Direction::In, {0, 1}}, MarkColor::Green, {}},
                                    {{0, Direction::In, {3, 9'000'000'000'000}}, MarkColor::Grey, u"naïve “note”\t→"_s},
                                    {{0, Direction::Out, {4, 5}}, MarkColor::Purple, u"<b>&amp;"_s}};
  const MarkedFile file_{u"/some/where.bin"_s, 9'000'000'000'000, QByteArray("hash")};

  MarkStore store() const { return MarkStore(dir_.filePath(u"below/marks"_s)); }

 private Q_SLOTS:
  void comesBackAsItWas() {
    QVERIFY(store().load(file_).empty());
    QVERIFY(store().save(file_, marks_));
    QCOMPARE(store().load(file_), marks_);
    QVERIFY(store().save(file_, {}));
    QVERIFY(store().load(file_).empty());
    QVERIFY(QDir(dir_.filePath(u"below/marks"_s)).entryList(QDir::Files).isEmpty());
  }

  void anotherFileHasNone_data() {
    QTest::addColumn<MarkedFile>("file");
    QTest::newRow("path") << MarkedFile{u"/some/where"_s, file_.size, file_.hash};
    QTest::newRow("size") << MarkedFile{file_.path, file_.size + 1, file_.hash};
    QTest::newRow("first bytes") << MarkedFile{file_.path, file_.size, QByteArray("hush")};
  }
  void anotherFileHasNone() {
    QFETCH(MarkedFile, file);
    QVERIFY(store().save(file_, marks_));
    QVERIFY(store().load(file).empty());
    QVERIFY(!MarkStore::marksIn(MarkStore::textOf(file_, marks_), file));
  }

  void knownByItsFirstBytes() {
    QByteArray bytes(200'000, 'a');
    const MarkedFile one = MarkedFile::of(u"/x"_s, viewOf(bytes));
    QCOMPARE(one.size, 200'000U);
    bytes[100'000] = 'b';  // behind what is looked at
    QCOMPARE(MarkedFile::of(u"/x"_s, viewOf(bytes)), one);
    bytes[60'000] = 'b';
    QVERIFY(MarkedFile::of(u"/x"_s, viewOf(bytes)) != one);
  }

  void whatIsBrokenIsLeftOut_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("begin behind end") << QByteArray("\"begin\":4") << QByteArray("\"begin\":5");
    QTest::newRow("negative") << QByteArray("\"begin\":4") << QByteArray("\"begin\":-4");
    QTest::newRow("behind the file") << QByteArray("\"end\":5") << QByteArray("\"end\":9000000000001");
    QTest::newRow("no number") << QByteArray("\"begin\":4") << QByteArray("\"begin\":{}");
  }
  void whatIsBrokenIsLeftOut() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray text = MarkStore::textOf(file_, marks_);
    QVERIFY(text.contains(from));
    const auto marks = MarkStore::marksIn(text.replace(from, to), file_);
    QVERIFY(marks);
    QCOMPARE(marks->size(), std::size_t(2));
    for (qsizetype size = 0; size < text.size(); size += 7) QVERIFY(!MarkStore::marksIn(text.first(size), file_));
  }

  void theOldestGoFirst() {
    const QString folder = dir_.filePath(u"full"_s);
    const MarkStore store(folder);
    const MarkedFile first{u"/first"_s, 100, {}};
    QVERIFY(store.save(first, {marks_.front()}));
    const auto makeOlder = [](const QString &path, int minutes) {
      QFile file(path);
      return file.open(QIODevice::ReadWrite) &&
             file.setFileTime(QDateTime::currentDateTime().addSecs(-60 * minutes), QFileDevice::FileModificationTime);
    };
    QVERIFY(makeOlder(QDir(folder).entryInfoList(QDir::Files).first().filePath(), 500));
    for (int i = 1; i < MarkStore::mostFiles; ++i) {
      QVERIFY(makeOlder(u"%1/%2.json"_s.arg(folder).arg(i), i));  // makes it, too
    }
    QVERIFY(!store.load(first).empty());
    const MarkedFile last{u"/last"_s, 100, {}};
    QVERIFY(store.save(last, {marks_.front()}));
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), qsizetype(MarkStore::mostFiles));
    QVERIFY(store.load(first).empty());
    QVERIFY(!store.load(last).empty());
  }

  void saysWhyItCannotKeep() {
    QFile file(dir_.filePath(u"afile"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto kept = MarkStore(file.fileName() + u"/marks"_s).save(file_, marks_);
    QVERIFY(!kept);
    QVERIFY2(kept.error().what.startsWith(u"the marks of /some/where.bin cannot be kept in "_s),
             qPrintable(kept.error().what));
  }
};

QTEST_GUILESS_MAIN(TestMarkStore)
#include "tst_mark_store.moc"
