// Marks where payloads are joined: what came from marked bytes is marked, and what is marked there is a mark of the
// bytes it came from.
#include "tests/app/window/marking_hands.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QAbstractItemModel>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowJoinedMarks : public QObject, private MarkingHands {
  Q_OBJECT

  /// "ab\ncde\nfg\n" in three messages of the stream: at 0 (bytes 1–4), at 5 (6–9), at 10 (11–12).
  void openJoined() {
    w_->openBytes(
        QByteArray("\x04"
                   "ab\nc"
                   "\x04"
                   "de\nf"
                   "\x02"
                   "g\n",
                   13));
    w_->decode(u"length:u8 |+ lines"_s);
    SOON_COMPARE(w_->messageRows(), (QStringList{u"in 0+3 Complete"_s, u"in 3+4 Complete"_s, u"in 7+3 Complete"_s}));
    QVERIFY(isJoined());
  }
  bool isJoined() const { return w_->view()->decoder()->reader(Direction::In).outer != nullptr; }
  QList<bool> markedRows() const {
    QList<bool> rows;
    const QAbstractItemModel *model = w_->messages()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
      const QModelIndex index = model->index(row, 0);
      if (index.data(MessageTreeModel::KindRole).toInt() != int(MessageTreeModel::Kind::Message)) continue;
      rows += !w_->messages()->markWordsOf(index).isEmpty();
    }
    return rows;
  }
  QList<int> markedBytes() const {
    QList<int> bytes;
    for (int i = 0; i < int(w_->view()->decoder()->view(Direction::In).size()); ++i) {
      if (!w_->bytes()->markWordsAt(quint64(i)).isEmpty()) bytes += i;
    }
    return bytes;
  }

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

  void whatCameFromMarkedBytesIsMarked() {
    openJoined();
    // "d" and "e", with the length before them; in the joined bytes those are 4 and 5.
    marks().put({{0, Direction::In, {5, 8}}, MarkColor::Red, u"early"_s});
    QCOMPARE(markedBytes(), (QList<int>{4, 5}));
    QCOMPARE(markedRows(), (QList<bool>{false, true, false}));
    QCOMPARE(w_->bytes()->markWordsAt(4),
             Theme::glyph(MarkColor::Red) + u" Marked red, bytes 5–7 of the stream: early"_s);
    QVERIFY(w_->messages()->markWordsOf(w_->messages()->model()->index(1, 0)).contains(u"5–7 of the stream"_s));
    QCOMPARE(pane()->model()->index(0, MarkListModel::MessageColumn).data().toString(), u"in 1"_s);
    // The ribbon's flag stands over the first of them.
    RibbonView *ribbon = w_->view()->ribbon();
    const int x = ribbon->labelsWidth() + static_cast<int>(ribbon->geometryOfBytes().xOf(4)) + 3;
    QVERIFY(ribbon->wordsAt(QPointF(x, 4)).contains(u"5–7 of the stream"_s));
    QTest::mouseClick(ribbon->viewport(), Qt::LeftButton, {}, QPoint(x, 4));
    QCOMPARE(selectedRange(), (ByteRange{4, 6}));
    // Over two payloads: what lies between them is none of the joined bytes.
    marks().put({{0, Direction::In, {8, 12}}, MarkColor::Blue, {}});
    QCOMPARE(markedBytes(), (QList<int>{4, 5, 6, 7, 8}));
    QCOMPARE(markedRows(), (QList<bool>{false, true, true}));
    // What carries the payloads alone is nowhere in them.
    marks().remove({0, Direction::In, {5, 8}});
    marks().remove({0, Direction::In, {8, 12}});
    marks().put({{0, Direction::In, {5, 6}}, MarkColor::Grey, {}});
    QCOMPARE(markedBytes(), QList<int>());
    QCOMPARE(markedRows(), (QList<bool>{false, false, false}));
  }

  void marksAreOfTheBytesItCameFrom() {
    openJoined();
    clickMessage(1);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    // "cde\n": the last byte of the first payload to the third of the second.
    QCOMPARE(marked(), QStringList{u"4–8 green"_s});
    QCOMPARE(markedBytes(), (QList<int>{3, 4, 5, 6}));
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"Take the &mark away"_s);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList());
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    dragBytes(8, 9);
    w_->action(ActionId::MarkBlue)->trigger();
    QCOMPARE(marked(), (QStringList{u"4–8 green"_s, u"11–12 blue"_s}));
    selectMessages(0, 2);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), (QStringList{u"1–3 blue"_s, u"4–8 green"_s, u"9–12 blue"_s, u"11–12 blue"_s}));
    // In the stream they are where they were set.
    w_->key(Qt::Key_J, Qt::ControlModifier);
    SOON_VERIFY(!isJoined());
    SOON_COMPARE(w_->messageRows().size(), qsizetype(3));
    QCOMPARE(markedBytes(), (QList<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    QVERIFY(w_->bytes()->markWordsAt(1).endsWith(u"Marked blue, bytes 1–3"_s));
  }

  /// From mark to mark in what is shown, and to the stream for those that are of nothing else.
  void keysGoToMarksWhereTheyAreShown() {
    openJoined();
    marks().put({{0, Direction::In, {6, 8}}, MarkColor::Red, {}});
    marks().put({{0, Direction::In, {11, 13}}, MarkColor::Red, {}});
    w_->key(Qt::Key_F2);
    QCOMPARE(selectedRange(), (ByteRange{4, 6}));
    QCOMPARE(selected()->message, std::optional<quint64>(1));
    w_->key(Qt::Key_F2);
    QCOMPARE(selectedRange(), (ByteRange{8, 10}));
    w_->key(Qt::Key_F2);
    QCOMPARE(selectedRange(), (ByteRange{4, 6}));
    QVERIFY(isJoined());
    marks().put({{0, Direction::In, {10, 11}}, MarkColor::Grey, {}});
    w_->key(Qt::Key_F2);
    SOON_VERIFY(!isJoined());
    QCOMPARE(selectedRange(), (ByteRange{10, 11}));
  }

  /// What was decompressed came from all of the compressed bytes.
  void whatIsDerivedIsMarkedAsAWhole() {
    constexpr qsizetype sizeInFront = 4;
    const QByteArray first = qCompress("one\ntwo\n").mid(sizeInFront);
    const QByteArray second = qCompress("three\n").mid(sizeInFront);
    w_->openBytes(first + second);
    w_->decode(u"zlib |+ lines"_s);
    SOON_COMPARE(w_->messageRows().size(), qsizetype(3));
    QVERIFY(isJoined());
    marks().put({{0, Direction::In, {1, 2}}, MarkColor::Red, {}});
    QCOMPARE(markedBytes(), (QList<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    QCOMPARE(markedRows(), (QList<bool>{true, true, false}));
    marks().remove({0, Direction::In, {1, 2}});
    dragBytes(9, 10);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marks().table().count(), std::size_t(1));
    QCOMPARE(marks().table().at(0).place.range,
             ByteRange::ofSize(static_cast<quint64>(first.size()), static_cast<quint64>(second.size())));
    QCOMPARE(markedBytes(), (QList<int>{8, 9, 10, 11, 12, 13}));
  }
};

QTEST_MAIN(TestWindowJoinedMarks)
#include "tst_window_joined_marks.moc"
