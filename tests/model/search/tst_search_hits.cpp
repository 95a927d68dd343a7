// SearchHits: all places in bytes that grow, counted and looked up while they are found; the past; what goes away.
#include "model/search/search_hits.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

QByteArray letters(int size) {
  QRandomGenerator random(size);
  QByteArray bytes(size, '.');
  for (char &byte : bytes) byte = static_cast<char>('a' + random.bounded(3));
  return bytes;
}

std::vector<SearchHit> expected(const SearchPattern &pattern, const QByteArray &bytes) {
  std::vector<SearchHit> hits;
  const auto size = static_cast<quint64>(bytes.size());
  for (quint64 at = 0; at < size;) at = pattern.find(viewOf(bytes), {at, size}, true, hits).next;
  return hits;
}

void compare(const SearchHits &hits, const QByteArray &bytes) {
  const std::vector<SearchHit> all = expected(*hits.pattern(), bytes);
  QCOMPARE(hits.count(), all.size());
  for (quint64 i = 0; i < all.size(); ++i) {
    QCOMPARE(hits.at(i), all[i]);
    QCOMPARE(hits.numberAt(all[i].offset), i);
  }
  QRandomGenerator random(1);
  for (int i = 0; i < 200; ++i) {
    const quint64 begin = random.bounded(static_cast<quint32>(bytes.size()));
    const ByteRange range{begin, begin + random.bounded(60U)};
    std::vector<ByteRange> there;
    hits.within(range, there);
    std::vector<ByteRange> byForce;
    bool beginsThere = false;
    for (const SearchHit &hit : all) {
      if (hit.range().overlaps(range)) byForce.push_back(hit.range());
      beginsThere = beginsThere || range.contains(hit.offset);
    }
    QCOMPARE(there, byForce);
    QCOMPARE(hits.hasOneIn(range), beginsThere);
  }
}

}  // namespace

class TestSearchHits : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsAll_data() {
    QTest::addColumn<QString>("expression");
    QTest::newRow("plain") << QString();
    QTest::newRow("expression") << u"a+b|c{3}"_s;
    QTest::newRow("at the end") << u"[abc]$"_s;
    QTest::newRow("over the end") << u"a[abc]{3}"_s;
  }
  void findsAll() {
    QFETCH(QString, expression);
    const QByteArray bytes = letters(20'000);
    const SearchPattern pattern =
        expression.isEmpty() ? SearchPattern::anyOf({"ab", "cabc"}) : SearchPattern::regex(expression).value();
    SearchHits hits;
    hits.setPattern(pattern);
    QCOMPARE(hits.count(), 0U);
    QRandomGenerator random(3);
    for (int size = 0; size < bytes.size(); size += 1 + random.bounded(3000)) {
      hits.advance(ByteSnapshot::of(bytes.first(size)));
      if (random.bounded(3) == 0) QTRY_VERIFY(hits.isComplete());
      if (hits.isComplete() && size > 0) compare(hits, bytes.first(size));
    }
    hits.advance(ByteSnapshot::of(bytes));
    QTRY_VERIFY(hits.isComplete());
    QCOMPARE(hits.searched(), 20'000U);
    compare(hits, bytes);
  }

  void thePastHasFewer() {
    const QByteArray bytes = letters(3000);
    const ByteSnapshot all = ByteSnapshot::of(bytes);
    SearchHits hits;
    hits.setBytes(all);
    hits.setPattern(SearchPattern::anyOf({"abc"}));
    QTRY_VERIFY(hits.isComplete());
    for (int size = 2990; size > 0; size -= 217) {
      hits.advance(all.prefix(static_cast<quint64>(size)));
      compare(hits, bytes.first(size));
    }
    hits.advance(all);
    QTRY_VERIFY(hits.isComplete());
    compare(hits, bytes);
  }

  void anotherPatternAndOtherBytesBeginAnew() {
    SearchHits hits;
    hits.setBytes(ByteSnapshot::of("abcabc"));
    hits.setPattern(SearchPattern::anyOf({"b"}));
    hits.setPattern(SearchPattern::anyOf({"abc"}));
    QTRY_COMPARE(hits.count(), 2U);
    hits.setBytes(ByteSnapshot::of("xxabc"));
    QTRY_COMPARE(hits.count(), 1U);
    QCOMPARE(hits.at(0).offset, 2U);
    hits.setPattern(std::nullopt);
    QCOMPARE(hits.count(), 0U);
    QVERIFY(!hits.isComplete());
  }

  void saysWhereItGaveUp() {
    SearchHits hits;
    hits.setBytes(ByteSnapshot::of("b" + QByteArray(4000, 'a')));
    hits.setPattern(SearchPattern::regex(u"b|(a+)+$(?<=b)"_s).value());
    QTRY_VERIFY(hits.gaveUpAt());
    QCOMPARE(hits.count(), 1U);
    QVERIFY(!hits.isComplete());
  }

  void stopsWhereThereAreTooMany() {
    SearchHits hits;
    hits.setBytes(ByteSnapshot::of(QByteArray(SearchHits::mostHits + 100'000, 'a')));
    hits.setPattern(SearchPattern::anyOf({"a"}));
    QTRY_VERIFY_WITH_TIMEOUT(hits.isFull(), 60'000);
    QVERIFY(!hits.isComplete());
    QVERIFY(hits.count() >= SearchHits::mostHits);
  }

  void goesWhileItLooks() {
    const ByteSnapshot bytes = ByteSnapshot::of(QByteArray(8 << 20, 'x'));
    for (int i = 0; i < 20; ++i) {
      SearchHits hits;
      hits.setBytes(bytes);
      hits.setPattern(SearchPattern::anyOf({"y"}));
    }
  }
};

QTEST_GUILESS_MAIN(TestSearchHits)
#include "tst_search_hits.moc"
