// ByteAlignment: carried out as edits it makes one string of the other, with as few as a table of all ways finds; and
// whatever the strings are, cells and bytes lead to each other.
#include "model/difference/byte_alignment.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace octetscope;

namespace {

const std::atomic<bool> goOn = false;

/// Bytes inserted and removed at least: by the table of all prefixes.
int fewestByTable(const QByteArray &left, const QByteArray &right) {
  std::vector<std::vector<int>> table(static_cast<std::size_t>(left.size()) + 1,
                                      std::vector<int>(static_cast<std::size_t>(right.size()) + 1));
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t k = 0; k < table[i].size(); ++k) {
      if (i == 0 || k == 0) {
        table[i][k] = static_cast<int>(i + k);
      } else if (left[static_cast<qsizetype>(i) - 1] == right[static_cast<qsizetype>(k) - 1]) {
        table[i][k] = table[i - 1][k - 1];
      } else {
        table[i][k] = 1 + std::min(table[i - 1][k], table[i][k - 1]);
      }
    }
  }
  return table.back().back();
}

struct Checked {
  int edits = 0;
  QByteArray right;  // made of the left one
};

/// Goes over the pieces as one who edits the left string.
Checked carryOut(const ByteAlignment &alignment, const QByteArray &left, const QByteArray &right) {
  Checked checked;
  std::array<quint64, 2> ends = {0, 0};
  quint64 cell = 0;
  for (const ByteAlignment::Piece &piece : alignment.pieces()) {
    if (piece.cell != cell || piece.cells() == 0 || piece.ranges[0].begin != ends[0] ||
        piece.ranges[1].begin != ends[1]) {
      return {-1, "pieces do not follow one another"};
    }
    ends = {piece.ranges[0].end, piece.ranges[1].end};
    cell = piece.end();
    const QByteArray was = left.mid(qsizetype(piece.ranges[0].begin), qsizetype(piece.ranges[0].size()));
    const QByteArray is = right.mid(qsizetype(piece.ranges[1].begin), qsizetype(piece.ranges[1].size()));
    if (was == is) {
      checked.right += was;
      continue;
    }
    for (qsizetype i = 0; i < std::min(was.size(), is.size()); ++i) {
      if (was[i] == is[i]) return {-1, "equal bytes beside each other count as edits"};
    }
    checked.edits += int(was.size() + is.size());
    checked.right += is;
  }
  if (ends[0] != quint64(left.size()) || ends[1] != quint64(right.size())) return {-1, "not all of both"};
  return checked;
}

QByteArray randomBytes(QRandomGenerator &random, int most, int letters) {
  QByteArray bytes(random.bounded(most + 1), '\0');
  for (char &byte : bytes) byte = static_cast<char>('a' + random.bounded(letters));
  return bytes;
}

}  // namespace

class TestByteAlignment : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void examples_data() {
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<int>("edits");
    QTest::newRow("both empty") << QByteArray() << QByteArray() << 0;
    QTest::newRow("equal") << QByteArray("abc") << QByteArray("abc") << 0;
    QTest::newRow("left empty") << QByteArray() << QByteArray("abc") << 3;
    QTest::newRow("right empty") << QByteArray("abc") << QByteArray() << 3;
    QTest::newRow("one changed") << QByteArray("abc") << QByteArray("aXc") << 2;
    QTest::newRow("one inserted") << QByteArray("abcd") << QByteArray("abXcd") << 1;
    QTest::newRow("one removed") << QByteArray("aab") << QByteArray("ab") << 1;
    QTest::newRow("Myers' own") << QByteArray("abcabba") << QByteArray("cbabac") << 5;
    QTest::newRow("nothing in common") << QByteArray("aaaa") << QByteArray("bb") << 6;
  }
  void examples() {
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(int, edits);
    const auto alignment = ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn);
    QVERIFY(alignment);
    const Checked checked = carryOut(*alignment, left, right);
    QCOMPARE(checked.right, right);
    QCOMPARE(checked.edits, edits);
  }

  void fewestOfAll() {
    QRandomGenerator random(7);
    for (int i = 0; i < 4000; ++i) {
      const int letters = 1 + random.bounded(5);
      const QByteArray left = randomBytes(random, 40, letters);
      QByteArray right = randomBytes(random, 40, letters);
      if (i % 2) {
        // The same with a few edits.
        right = left;
        for (int k = random.bounded(6); k > 0; --k) {
          const int at = random.bounded(int(right.size()) + 1);
          random.bounded(2) ? right.insert(at, 'z') : right.remove(at, random.bounded(4));
        }
      }
      const int fewest = fewestByTable(left, right);
      const auto alignment = ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn);
      QVERIFY(alignment);
      const Checked checked = carryOut(*alignment, left, right);
      QCOMPARE(checked.right, right);
      QCOMPARE(checked.edits, fewest);
      QVERIFY(ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn, fewest).has_value());
      QVERIFY(fewest == 0 || !ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn, fewest - 1));
    }
  }

  void cellsAndBytes() {
    QRandomGenerator random(8);
    for (int i = 0; i < 300; ++i) {
      const QByteArray left = randomBytes(random, 30, 3);
      const QByteArray right = randomBytes(random, 30, 3);
      const ByteAlignment beside(quint64(left.size()), quint64(right.size()));
      QCOMPARE(beside.cellCount(), quint64(std::max(left.size(), right.size())));
      for (const ByteAlignment &alignment : {beside, *ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn)}) {
        std::array<quint64, 2> next = {0, 0};
        for (quint64 cell = 0; cell < alignment.cellCount(); ++cell) {
          const ByteAlignment::Cell at = alignment.at(cell);
          QVERIFY(at.of(Side::Left) || at.of(Side::Right));
          for (const Side side : {Side::Left, Side::Right}) {
            if (!at.of(side)) continue;
            QCOMPARE(*at.of(side), next[std::size_t(side)]++);
            QCOMPARE(alignment.cellOf(side, *at.of(side)), cell);
          }
        }
        QCOMPARE(next[0], quint64(left.size()));
        QCOMPARE(next[1], quint64(right.size()));
        QCOMPARE(alignment.cellOf(Side::Left, next[0]), alignment.cellCount());
      }
    }
  }

  /// 64 KiB on either side: what is much alike is aligned, what is not is given up.
  void isBounded() {
    QRandomGenerator random(9);
    QByteArray left(64 * 1024, '\0');
    for (char &byte : left) byte = static_cast<char>(random.bounded(256));
    QByteArray right = left;
    for (int k = 0; k < 300; ++k) right.insert(random.bounded(int(right.size())), 'x').remove(random.bounded(60000), 2);
    const auto alignment = ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn);
    QVERIFY(alignment);
    const Checked checked = carryOut(*alignment, left, right);
    QCOMPARE(checked.right, right);
    QVERIFY(checked.edits <= 900);
    std::ranges::reverse(right);
    QVERIFY(!ByteAlignment::fewestEdits(viewOf(left), viewOf(right), goOn));
    const std::atomic<bool> isCancelled = true;
    QVERIFY(!ByteAlignment::fewestEdits(viewOf(left), viewOf(right), isCancelled));
  }
};

QTEST_APPLESS_MAIN(TestByteAlignment)
#include "tst_byte_alignment.moc"
