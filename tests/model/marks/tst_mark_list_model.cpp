// The list of marks as a model, under QAbstractItemModelTester: rows as marks come, change and go, with a filter and
// without, and what is said of the message a place lies in.
#include "model/capture/capture.h"
#include "model/items/connection_marks.h"
#include "model/items/mark_list_model.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestMarkListModel : public QObject {
  Q_OBJECT

  static QStringList rowsOf(const MarkListModel &model) {
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
      QStringList cells;
      for (int column = 0; column < MarkListModel::ColumnCount; ++column)
        cells += model.index(row, column).data().toString();
      rows += cells.join(u'|');
    }
    return rows;
  }

 private Q_SLOTS:
  void rowsFollowTheMarks() {
    CaptureMarks marks;
    MarkListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setMarks(&marks);
    marks.put({{0, Direction::Out, {7, 8}}, MarkColor::Red, u"late"_s});
    marks.put({{0, Direction::In, {4, 2004}}, MarkColor::Green, {}});
    const QString size = QLocale().toString(2000);
    QCOMPARE(rowsOf(model), (QStringList{u"green|in|4–2003|%1||"_s.arg(size), u"red|out|7|1||late"_s}));
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    marks.put({{0, Direction::Out, {7, 8}}, MarkColor::Blue, u"other"_s});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    marks.remove({0, Direction::In, {4, 2004}});
    QCOMPARE(rowsOf(model), (QStringList{u"blue|out|7|1||other"_s}));
    QCOMPARE(model.lineOf(0), u"blue, out byte 7: other"_s);
    model.setMarks(nullptr);
    QCOMPARE(model.rowCount(), 0);
  }

  void whateverComesAndGoes() {
    CaptureMarks marks;
    MarkListModel all;
    MarkListModel some;
    const QAbstractItemModelTester tester(&all, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester filtered(&some, QAbstractItemModelTester::FailureReportingMode::QtTest);
    all.setMarks(&marks);
    some.setMarks(&marks);
    some.setFilter(u"B"_s);
    QRandomGenerator random(7);
    for (int i = 0; i < 300; ++i) {
      const quint64 begin = random.bounded(40);
      const MarkPlace place{static_cast<int>(random.bounded(2)), Direction::In, {begin, begin + 1}};
      switch (random.bounded(8)) {
        case 0:
          marks.remove(place);
          break;
        case 1: {
          QList<MarkChange> changes;
          for (quint64 at = 0; at < 120; ++at)
            changes.append({{}, Mark{{0, Direction::Out, {at, at + 1 + begin}}, {}, {}}});
          marks.apply(changes);
          for (MarkChange &change : changes) change = change.reversed();
          marks.apply(changes);
          break;
        }
        default:
          marks.put({place, static_cast<MarkColor>(random.bounded(6)), random.bounded(2) == 0 ? u"abc"_s : u"xyz"_s});
      }
      QCOMPARE(all.rowCount(), static_cast<int>(marks.table().count()));
      QStringList expected;
      for (const QString &row : rowsOf(all)) {
        const QStringList cells = row.split(u'|');
        if (cells.first() == u"blue"_s || cells.last() == u"abc"_s) expected += row;
      }
      QCOMPARE(rowsOf(some), expected);
    }
    for (int row = 0; row < some.rowCount(); ++row) QCOMPARE(some.rowOf(some.markAt(row).place), row);
  }

  void notesAreEditedByWhoHearsIt() {
    CaptureMarks marks;
    marks.put({{0, Direction::In, {1, 2}}, MarkColor::Red, u"old"_s});
    MarkListModel model;
    model.setMarks(&marks);
    const QSignalSpy edited(&model, &MarkListModel::noteEdited);
    QVERIFY(model.setData(model.index(0, MarkListModel::NoteColumn), u"new"_s));
    QVERIFY(!model.setData(model.index(0, MarkListModel::PlaceColumn), u"new"_s));
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited[0][0].value<Mark>(), marks.table().at(0));
    QCOMPARE(edited[0][1].toString(), u"new"_s);
    QCOMPARE(marks.table().at(0).note, u"old"_s);
    QVERIFY(model.setData(model.index(0, MarkListModel::NoteColumn), u"old"_s));
    QCOMPARE(edited.count(), 1);
  }

  /// Whatever the framing is: a mark is of bytes.
  void theMessageAPlaceLiesIn() {
    auto stream = std::make_unique<Stream>();
    QVERIFY(stream->append(viewOf("one\ntwo\nthree\n"), 1));
    const auto capture = Capture::ofExample(u"test"_s, std::move(stream));
    CaptureMarks &marks = capture->marks();
    marks.put({{0, Direction::In, {4, 8}}, MarkColor::Red, {}});
    marks.put({{0, Direction::In, {5, 6}}, MarkColor::Red, {}});
    marks.put({{0, Direction::In, {2, 9}}, MarkColor::Red, {}});
    marks.put({{1, Direction::In, {2, 9}}, MarkColor::Red, {}});
    ConnectionDecoder decoder(capture->connection(0));
    MarkListModel model;
    model.setMarks(&marks);
    model.setDecoder(&decoder, 0);
    const ConnectionMarks shown(&marks, &decoder, 0);
    const auto read = [&](const QString &spec) {
      const DirectionSettings settings{.framing = spec};
      decoder.setReaders(*DirectionReader::create(settings), *DirectionReader::create(settings));
      decoder.advance();
      return QTest::qWaitFor([&] { return !decoder.isBusy() && decoder.framedBytes() == 14; }, 60'000);
    };
    const auto messages = [&] {
      QStringList texts;
      for (int row = 0; row < model.rowCount(); ++row)
        texts += model.index(row, MarkListModel::MessageColumn).data().toString();
      return texts;
    };
    QVERIFY(read(u"lines"_s));
    QCOMPARE(messages(), (QStringList{u"0–2"_s, u"1"_s, u"in 1"_s, QString()}));
    QCOMPARE(model.index(3, MarkListModel::DirectionColumn).data().toString(), u"in of connection 1"_s);
    QCOMPARE(shown.over(Direction::In, {4, 8}).mark, &marks.table().at(1));
    QCOMPARE(shown.over(Direction::In, {4, 8}).count, std::size_t(3));
    QCOMPARE(shown.inside(Direction::In, {4, 6}).mark, &marks.table().at(2));
    QCOMPARE(shown.inside(Direction::In, {4, 6}).count, std::size_t(1));
    QVERIFY(!shown.over(Direction::Out, {0, 14}).mark);
    QVERIFY(read(u"fixed:7"_s));
    QCOMPARE(messages(), (QStringList{u"0–1"_s, u"0–1"_s, u"in 0"_s, QString()}));
    // Where payloads are joined, the one that has what came from there.
    QVERIFY(read(u"fixed:2 |+ lines"_s));
    QCOMPARE(messages(), (QStringList{u"0–2"_s, u"1"_s, u"in 1"_s, QString()}));
    QCOMPARE(shown.over(Direction::In, {4, 8}).mark, &marks.table().at(1));
    QCOMPARE(shown.inside(Direction::In, {4, 6}).mark, &marks.table().at(2));
  }
};

QTEST_GUILESS_MAIN(TestMarkListModel)
#include "tst_mark_list_model.moc"
