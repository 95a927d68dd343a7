// Plain search, against the obvious loop.
#include "model/search/byte_search.h"

#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;

class TestByteSearch : public QObject {
  Q_OBJECT

  static std::optional<quint64> naive(ByteView bytes, ByteView needle, ByteRange range, bool last) {
    std::optional<quint64> found;
    if (needle.empty()) return found;
    for (quint64 at = range.begin; at < range.end && at + needle.size() <= bytes.size(); ++at) {
      if (!std::equal(needle.begin(), needle.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at))) continue;
      if (!last) return at;
      found = at;
    }
    return found;
  }

 private Q_SLOTS:
  void agreesWithTheObviousLoop() {
    QRandomGenerator random(7);
    for (int round = 0; round < 3000; ++round) {
      QByteArray bytes(random.bounded(200), 'a');
      for (char &byte : bytes) byte = static_cast<char>('a' + random.bounded(2));
      QByteArray needle(random.bounded(5), 'a');
      for (char &byte : needle) byte = static_cast<char>('a' + random.bounded(2));
      const quint64 begin = random.bounded(220);
      const ByteRange range{begin, begin + random.bounded(220)};
      QCOMPARE(findForward(viewOf(bytes), viewOf(needle), range), naive(viewOf(bytes), viewOf(needle), range, false));
      QCOMPARE(findBackward(viewOf(bytes), viewOf(needle), range), naive(viewOf(bytes), viewOf(needle), range, true));
    }
  }

  void findsTheLastAcrossBlocks() {
    QByteArray bytes(300000, 'x');
    bytes.replace(64 * 1024 * 3 + 4000, 2, "ab");
    bytes.replace(300000 - 64 * 1024 - 1, 2, "ab");  // across the edge of the block searched first
    QCOMPARE(findBackward(viewOf(bytes), viewOf("ab"), {0, 300000}), std::optional<quint64>(300000 - 64 * 1024 - 1));
    QCOMPARE(findBackward(viewOf(bytes), viewOf("ab"), {0, 200000}), std::optional<quint64>());
    QCOMPARE(findBackward(viewOf(bytes), viewOf("ab"), {0, 210000}), std::optional<quint64>(64 * 1024 * 3 + 4000));
  }
};

QTEST_GUILESS_MAIN(TestByteSearch)
#include "tst_byte_search.moc"
