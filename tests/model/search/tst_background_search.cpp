#include "model/search/background_search.h"

#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using Toward = BackgroundSearch::Toward;

Q_DECLARE_METATYPE(octetscope::ByteRange)

namespace {

constexpr quint64 slice = BackgroundSearch::sliceSize;

SearchPattern needle() {
  return SearchPattern::anyOf({"needle"});
}

/// Three slices of dots with "needle" at each of `places`.
ByteSnapshot hay(std::initializer_list<quint64> places) {
  QByteArray bytes(static_cast<qsizetype>(slice * 3), '.');
  for (const quint64 place : places) bytes.replace(static_cast<qsizetype>(place), 6, "needle");
  return ByteSnapshot::of(bytes);
}

}  // namespace

class TestBackgroundSearch : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void finds_data();
  void finds();
  void saysWhenThereIsNone();
  void cancelledIsSilent();
  void replacedIsSilent();
  void findsExpressions();
  void givesUpEitherWay();
  void mayBeDeletedWhileSearching();
};

void TestBackgroundSearch::finds_data() {
  QTest::addColumn<quint64>("first");
  QTest::addColumn<quint64>("second");
  QTest::addColumn<quint64>("from");
  QTest::addColumn<bool>("forward");
  QTest::addColumn<quint64>("expected");
  QTest::addColumn<bool>("wrapped");
  const quint64 last = slice * 3 - 6;
  QTest::newRow("at the begin") << 0ULL << last << 0ULL << true << 0ULL << false;
  QTest::newRow("behind the first") << 0ULL << last << 1ULL << true << last << false;
  QTest::newRow("across a slice's edge") << slice - 3 << last << 5ULL << true << slice - 3 << false;
  QTest::newRow("forward, wraps") << 100ULL << 200ULL << 201ULL << true << 100ULL << true;
  QTest::newRow("forward, wraps into the one it stands in") << 100ULL << 100ULL << 101ULL << true << 100ULL << true;
  QTest::newRow("backward") << 100ULL << 200ULL << 200ULL << false << 100ULL << false;
  QTest::newRow("backward across a slice's edge")
      << 7ULL << slice * 2 - 2 << slice * 3 << false << slice * 2 - 2 << false;
  QTest::newRow("backward, wraps") << 100ULL << last << 50ULL << false << last << true;
  QTest::newRow("from past the end") << 100ULL << last << ~0ULL << true << 100ULL << true;
}

void TestBackgroundSearch::finds() {
  QFETCH(const quint64, first);
  QFETCH(const quint64, second);
  QFETCH(const quint64, from);
  QFETCH(const bool, forward);
  QFETCH(const quint64, expected);
  QFETCH(const bool, wrapped);
  BackgroundSearch search;
  QSignalSpy found(&search, &BackgroundSearch::found);
  search.start(hay({first, second}), needle(), from, forward ? Toward::End : Toward::Begin);
  QVERIFY(search.isRunning());
  QVERIFY(found.wait());
  QVERIFY(!search.isRunning());
  const auto range = found.at(0).at(0).value<ByteRange>();
  QCOMPARE(range.begin, expected);
  QCOMPARE(range.size(), 6ULL);
  QCOMPARE(found.at(0).at(1).toBool(), wrapped);
}

void TestBackgroundSearch::saysWhenThereIsNone() {
  BackgroundSearch search;
  QSignalSpy none(&search, &BackgroundSearch::notFound);
  QSignalSpy progress(&search, &BackgroundSearch::progressed);
  search.start(hay({}), needle(), slice, Toward::End);
  QVERIFY(none.wait());
  QVERIFY(progress.size() >= 3);
  QCOMPARE(progress.last().at(0).toULongLong(), slice * 3);
  QCOMPARE(progress.last().at(1).toULongLong(), slice * 3);
  search.start({}, needle(), 0, Toward::Begin);
  QVERIFY(none.wait());
}

void TestBackgroundSearch::cancelledIsSilent() {
  BackgroundSearch search;
  QSignalSpy found(&search, &BackgroundSearch::found);
  QSignalSpy none(&search, &BackgroundSearch::notFound);
  search.start(hay({5}), needle(), 0, Toward::End);
  search.cancel();
  QVERIFY(!search.isRunning());
  // A later search proves that what the cancelled one had queued went by.
  search.start({}, needle(), 0, Toward::End);
  QVERIFY(none.wait());
  QCOMPARE(found.size(), 0);
}

void TestBackgroundSearch::replacedIsSilent() {
  BackgroundSearch search;
  QSignalSpy found(&search, &BackgroundSearch::found);
  const ByteSnapshot bytes = hay({5, 5000});
  search.start(bytes, needle(), 0, Toward::End);
  search.start(bytes, needle(), 6, Toward::End);
  QVERIFY(found.wait());
  QCOMPARE(found.size(), 1);
  QCOMPARE(found.at(0).at(0).value<ByteRange>().begin, 5000ULL);
}

void TestBackgroundSearch::findsExpressions() {
  BackgroundSearch search;
  QSignalSpy found(&search, &BackgroundSearch::found);
  const ByteSnapshot bytes = hay({5, slice - 3, slice * 2 + 9});
  search.start(bytes, SearchPattern::regex(QStringLiteral("n.*?l|e(?=\\.)")).value(), slice * 2, Toward::Begin);
  QVERIFY(found.wait());
  // The last one begins behind "need".
  QCOMPARE(found.at(0).at(0).value<ByteRange>(), (ByteRange{slice + 2, slice + 3}));
  search.start(bytes, SearchPattern::regex(QStringLiteral("(n+e+)+$(?<=x)|need")).value(), 6, Toward::End);
  QVERIFY(found.wait());
  QCOMPARE(found.at(1).at(0).value<ByteRange>(), (ByteRange{slice - 3, slice + 1}));
}

void TestBackgroundSearch::givesUpEitherWay() {
  const ByteSnapshot bytes = ByteSnapshot::of(QByteArray(5000, 'a'));
  for (const Toward toward : {Toward::End, Toward::Begin}) {
    BackgroundSearch search;
    QSignalSpy gaveUp(&search, &BackgroundSearch::gaveUp);
    search.start(bytes, SearchPattern::regex(QStringLiteral("(a+)+$(?<=b)")).value(), 2500, toward);
    QVERIFY(gaveUp.wait());
  }
}

void TestBackgroundSearch::mayBeDeletedWhileSearching() {
  const ByteSnapshot bytes = hay({});
  for (int i = 0; i < 20; ++i) {
    BackgroundSearch search;
    search.start(bytes, needle(), 0, Toward::Begin);
  }
}

QTEST_GUILESS_MAIN(TestBackgroundSearch)
#include "tst_background_search.moc"
