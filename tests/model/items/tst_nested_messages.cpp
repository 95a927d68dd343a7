// MessageTreeModel over framings with layers, and formats that bring fields of their own: messages in messages, as deep
// as the SPEC has layers, in the stream and in payloads that are no range of it; under QAbstractItemModelTester.
#include "tests/model/items/message_model.h"
#include "tests/support/word_framer.h"

#include "model/framing/layered_framer.h"

#include <QSignalSpy>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

class TestNestedMessages : public QObject {
  Q_OBJECT

  static inline const QList<int> shown = {M::NumberColumn, M::OffsetColumn, M::SizeColumn, M::StatusColumn,
                                          M::SummaryColumn};

  static FramerPtr framerOf(const QString &spec) { return *framerFromSpec(spec); }
  /// "3.0.name" of the innermost row at a byte.
  static QString rowAt(const MessageModel &f, quint64 offset, quint64 number = 0) {
    return f.model.indexAt(Direction::In, number, offset).data().toString();
  }
  /// The row under `parent` that begins with that text.
  static QModelIndex rowNamed(const QAbstractItemModel &model, const QModelIndex &parent, const QString &name) {
    for (int row = 0; row < model.rowCount(parent); ++row) {
      if (model.index(row, 0, parent).data().toString() == name) return model.index(row, 0, parent);
    }
    return {};
  }
  static ByteRange rangeOf(const QModelIndex &index, int begin = M::RangeBeginRole) {
    return {index.data(begin).toULongLong(), index.data(begin + 1).toULongLong()};
  }

 private Q_SLOTS:
  void inThePayload() {
    MessageModel f(u"length:u8 | fixed:2"_s, {});
    f.receive(QByteArray("\5abcde\2x", 8));
    QTRY_COMPARE(f.model.rowCount(), 2);
    QCOMPARE(textOf(f.model, shown),
             u"0 | 0 | 6 | complete | ⚠ \"ab\" | \"cd\" | \"e\"\n"
             "  length | 0 | 1 | framing | 5\n"
             "  0.0 | 1 | 2 | complete | \"ab\"\n"
             "    payload | 1 | 2 | payload | \"ab\"\n"
             "  0.1 | 3 | 2 | complete | \"cd\"\n"
             "    payload | 3 | 2 | payload | \"cd\"\n"
             "  0.2 | 5 | 1 | incomplete | \"e\"\n"
             "    payload | 5 | 1 | payload | \"e\"\n"
             "1 | 6 | 2 | needs 1 more byte | \"x\"\n"
             "  length | 6 | 1 | framing | 2\n"
             "  1.0 | 7 | 1 | needs 1 more byte | \"x\"\n"
             "    payload | 7 | 1 | payload | \"x\"\n"_s);
    const QModelIndex inner = f.model.index(2, 0, f.model.index(0, 0));
    QCOMPARE(inner.data(M::KindRole).toInt(), int(M::Kind::Message));
    QCOMPARE(inner.data(M::StatusRole).toInt(), int(Status::Complete));
    QCOMPARE(inner.data(M::MessageNumberRole).toULongLong(), 0ULL);
    QCOMPARE(rangeOf(inner), (ByteRange{3, 5}));
    QVERIFY(!inner.data(M::SourceBeginRole).isValid());
    QCOMPARE(inner.siblingAtColumn(M::ChunksColumn).data().toString(), u"1"_s);
    QCOMPARE(inner.data(M::SortTextRole).toString(), u"0.1"_s);
    QVERIFY2(inner.data(Qt::ToolTipRole).toString().contains(u"message 1"_s),
             qPrintable(inner.data(Qt::ToolTipRole).toString()));
    QCOMPARE(f.model.lineOf(inner), u"0.1\t\t\t\t\t3\t2\t1\tcomplete\t\"cd\""_s);
    // The innermost row at each byte.
    QCOMPARE(rowAt(f, 0), u"length"_s);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 4).parent(), inner);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 5).parent().data().toString(), u"0.2"_s);
  }

  void aLayoutReadsTheInnermostPayloads() {
    MessageModel f(u"length:u16be | lines"_s, u"!B:kind *s:text"_s);
    f.receive(QByteArray("\0\7Aone\nBx\0\0", 11));
    QTRY_COMPARE(f.model.rowCount(), 2);
    QCOMPARE(textOf(f.model, shown),
             u"0 | 0 | 9 | complete | ⚠ kind 65 · text \"one\" | kind 66 · text \"x\"\n"
             "  length | 0 | 2 | framing | 7\n"
             "  0.0 | 2 | 5 | complete | kind 65 · text \"one\"\n"
             "    delimiter | 6 | 1 | framing | \\n\n"
             "    kind | 2 | 1 | B | 65\n"
             "    text | 3 | 3 | *s | \"one\"\n"
             "  0.1 | 7 | 2 | incomplete | kind 66 · text \"x\"\n"
             "    kind | 7 | 1 | B | 66\n"
             "    text | 8 | 1 | *s | \"x\"\n"
             "1 | 9 | 2 | complete | \"\"\n"
             "  length | 9 | 2 | framing | 0\n"_s);
    QCOMPARE(rowAt(f, 4), u"text"_s);
    QCOMPARE(rowAt(f, 7), u"kind"_s);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 7).data(M::FieldIndexRole).toInt(), 0);
  }

  void whatHasNoFieldYetSaysItsBytes() {
    MessageModel f(u"length:u8 | json"_s, {});
    f.receive(QByteArray("\5{\"a:1\2[]\4{\"b\"", 14));
    QTRY_COMPARE(f.model.rowCount(), 3);
    QCOMPARE(f.model.index(0, M::SummaryColumn).data().toString(), u"⚠ \"{\\\"a:1\""_s);
    QCOMPARE(f.model.index(1, M::SummaryColumn).data().toString(), QString());
    QCOMPARE(f.model.index(2, M::SummaryColumn).data().toString(), u"⚠ b ?"_s);
  }

  void inAJoinedPayload() {
    MessageModel f(u"chunked:u8 | length:u8"_s, u"!B:kind *s:text"_s);
    // Blocks of 2 and 4 bytes: a message of 3 bytes, and one of 1.
    f.receive(QByteArray("\2\3a\4bc\1d\0", 9));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QTRY_COMPARE(f.model.index(0, M::StatusColumn).data().toString(), u"complete"_s);
    const QModelIndex message = f.model.index(0, 0);
    const QString text = textOf(f.model, shown);
    QVERIFY2(text.startsWith(u"0 | 0 | 9 | complete | kind 97 · text \"bc\" | kind 100 · text \"\"\n"_s),
             qPrintable(text));
    QVERIFY2(text.endsWith(u"  0.0 | +0 | 4 | complete | kind 97 · text \"bc\"\n"
                           "    length | +0 | 1 | framing | 3\n"
                           "    kind | +1 | 1 | B | 97\n"
                           "    text | +2 | 2 | *s | \"bc\"\n"
                           "  0.1 | +4 | 2 | complete | kind 100 · text \"\"\n"
                           "    length | +4 | 1 | framing | 1\n"
                           "    kind | +5 | 1 | B | 100\n"
                           "    text | +6 | 0 | *s | \"\"\n"_s),
             qPrintable(text));
    const QModelIndex inner = rowNamed(f.model, message, u"0.0"_s);
    QVERIFY(!inner.data(M::RangeBeginRole).isValid());
    // What it was made of: from its first byte to its last, blocks and all.
    QCOMPARE(rangeOf(inner, M::SourceBeginRole), (ByteRange{1, 6}));
    QCOMPARE(rangeOf(rowNamed(f.model, inner, u"kind"_s), M::SourceBeginRole), (ByteRange{2, 3}));
    QCOMPARE(rangeOf(rowNamed(f.model, inner, u"text"_s), M::SourceBeginRole), (ByteRange{4, 6}));
    QCOMPARE(inner.siblingAtColumn(M::OffsetColumn).data(Qt::AccessibleTextRole).toString(),
             u"byte 0 of a payload that is no range of the stream"_s);
    QCOMPARE(rowAt(f, 2), u"kind"_s);
    QCOMPARE(rowAt(f, 5), u"text"_s);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 6).parent().data().toString(), u"0.1"_s);
    QVERIFY(!f.model.indexAt(Direction::In, 0, 0).parent().parent().isValid());
  }

  void threeLayers() {
    MessageModel f(u"length:u16be | length:u8 | lines"_s, {});
    f.receive(QByteArray("\0\x9\5a\nbc\n\2d\n", 11));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(textOf(f.model, {M::NumberColumn, M::OffsetColumn, M::SizeColumn, M::SummaryColumn}),
             u"0 | 0 | 11 | \"a\" | \"bc\" | \"d\"\n"
             "  length | 0 | 2 | 9\n"
             "  0.0 | 2 | 6 | \"a\" | \"bc\"\n"
             "    length | 2 | 1 | 5\n"
             "    0.0.0 | 3 | 2 | \"a\"\n"
             "      payload | 3 | 1 | \"a\"\n"
             "      delimiter | 4 | 1 | \\n\n"
             "    0.0.1 | 5 | 3 | \"bc\"\n"
             "      payload | 5 | 2 | \"bc\"\n"
             "      delimiter | 7 | 1 | \\n\n"
             "  0.1 | 8 | 3 | \"d\"\n"
             "    length | 8 | 1 | 2\n"
             "    0.1.0 | 9 | 2 | \"d\"\n"
             "      payload | 9 | 1 | \"d\"\n"
             "      delimiter | 10 | 1 | \\n\n"_s);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 6).parent().data().toString(), u"0.0.1"_s);
  }

  void growUnderOpenBranches() {
    MessageModel f(u"length:u8 | length:u8 | lines"_s, u"!B:kind *s:text"_s);
    QString last;
    for (const char byte : QByteArray("\x9\4a1\nb\2\nx\n\3\1\n\n", 14)) {
      QSignalSpy advanced(&f.decoder, &ConnectionDecoder::advanced);
      f.receive(QByteArray(1, byte));
      QVERIFY(advanced.wait());
      last = textOf(f.model, shown);
    }
    QCOMPARE(f.model.rowCount(), 2);
    // What was opened bit by bit is what is found at once.
    MessageModel whole(u"length:u8 | length:u8 | lines"_s, u"!B:kind *s:text"_s);
    whole.receive(QByteArray("\x9\4a1\nb\2\nx\n\3\1\n\n", 14));
    QTRY_COMPARE(whole.model.rowCount(), 2);
    QCOMPARE(last, textOf(whole.model, shown));
  }

  void growInAJoinedPayload() {
    const QByteArray bytes("\2\3a\4bc\1d\0\1\1\1x", 13);
    MessageModel f(u"chunked:u8 | length:u8"_s, {});
    QString last;
    for (const char byte : bytes) {
      QSignalSpy advanced(&f.decoder, &ConnectionDecoder::advanced);
      f.receive(QByteArray(1, byte));
      QVERIFY(advanced.wait());
      last = textOf(f.model, shown);
    }
    MessageModel whole(u"chunked:u8 | length:u8"_s, {});
    whole.receive(bytes);
    QTRY_COMPARE(whole.model.rowCount(), 2);
    QCOMPARE(last, textOf(whole.model, shown));
    QVERIFY2(last.contains(u"  1.0 | +0 | 2 | "_s), qPrintable(last));
  }

  void goWhenThePastIsShown() {
    MessageModel f(u"length:u8 | lines"_s, {});
    for (const char *piece : {"\6a\n", "bc\n", "d"}) f.receive(piece);
    QTRY_COMPARE(f.decoder.view(Direction::In).size(), 7ULL);
    QTRY_COMPARE(f.model.rowCount(), 1);
    textOf(f.model, shown);
    QCOMPARE(f.model.rowCount(f.model.index(0, 0)), 4);
    f.decoder.setMoment(f.decoder.timeline().after(1));
    QCOMPARE(textOf(f.model, {M::NumberColumn, M::SummaryColumn}).count(u'\n'), 5);
    f.decoder.setMoment(std::nullopt);
    QCOMPARE(f.model.rowCount(f.model.index(0, 0)), 4);
    QCOMPARE(f.model.index(3, M::SummaryColumn, f.model.index(0, 0)).data().toString(), u"\"d\""_s);
  }

  void noMoreAreListedThanCanBeRead() {
    MessageModel f(u"length:u16be | length:u8"_s, {}, false);
    f.receive(QByteArray("\x13\x88", 2) + QByteArray("\1x", 2).repeated(2500));
    QTRY_COMPARE(f.model.rowCount(), 1);
    const QModelIndex message = f.model.index(0, 0);
    QCOMPARE(f.model.rowCount(message), 1002);
    const QModelIndex more = f.model.index(1001, 0, message);
    QCOMPARE(more.data().toString(), u"(more)"_s);
    QCOMPARE(more.siblingAtColumn(M::SummaryColumn).data().toString(),
             u"messages in 3,000 bytes that are not listed"_s);
    QCOMPARE(rangeOf(more), (ByteRange{2002, 5002}));
    QCOMPARE(f.model.rowCount(more), 0);
    QCOMPARE(f.model.index(1000, 0, message).data().toString(), u"0.999"_s);
    QVERIFY(message.siblingAtColumn(M::SummaryColumn).data().toString().endsWith(u'…'));
  }

  void fieldsOfTheFormat() {
    MessageModel f;
    f.use(std::make_shared<WordFramer>());
    f.receive("12 - (a (b) ()) cd\n");
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(textOf(f.model, shown),
             u"0 | 0 | 19 | complete | 12 · null · (3) · \"cd\"\n"
             "  delimiter | 18 | 1 | framing | \\n\n"
             "  0 | 0 | 2 | number | 12\n"
             "  1 | 3 | 1 | null | null\n"
             "  2 | 5 | 10 | group | 3 values\n"
             "    [0] | 6 | 1 | word | \"a\"\n"
             "    [1] | 8 | 3 | group | 1 value\n"
             "      [0] | 9 | 1 | word | \"b\"\n"
             "    [2] | 12 | 2 | group | no values\n"
             "  3 | 16 | 2 | word | \"cd\"\n"_s);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 9).parent().data().toString(), u"[1]"_s);
  }

  void fieldsOfTheWholeMessageStandForItsParts() {
    MessageModel f;
    f.use(std::make_shared<WordFramer>(FieldsIn::Message, u"netstring"_s));
    f.receive("5:ab cd,");
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(textOf(f.model, {M::NumberColumn, M::OffsetColumn, M::SizeColumn, M::SummaryColumn}),
             u"0 | 0 | 8 | \"5:ab\" · \"cd,\"\n"
             "  payload | 2 | 5 | \"ab cd\"\n"
             "  0 | 0 | 4 | \"5:ab\"\n"
             "  1 | 5 | 3 | \"cd,\"\n"_s);
    QCOMPARE(rowAt(f, 7), u"1"_s);
    QCOMPARE(rowAt(f, 4), u"payload"_s);
  }

  void fieldsOfAFormatInside() {
    MessageModel f;
    f.use(layered({framerOf(u"length:u8"_s), std::make_shared<WordFramer>()}, nullptr));
    f.receive(
        QByteArray("\x9"
                   "12 (a)\nb\n",
                   10));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(textOf(f.model, shown),
             u"0 | 0 | 10 | complete | 12 · (1) | \"b\"\n"
             "  length | 0 | 1 | framing | 9\n"
             "  0.0 | 1 | 7 | complete | 12 · (1)\n"
             "    delimiter | 7 | 1 | framing | \\n\n"
             "    0 | 1 | 2 | number | 12\n"
             "    1 | 4 | 3 | group | 1 value\n"
             "      [0] | 5 | 1 | word | \"a\"\n"
             "  0.1 | 8 | 2 | complete | \"b\"\n"
             "    delimiter | 9 | 1 | framing | \\n\n"
             "    0 | 8 | 1 | word | \"b\"\n"_s);
  }

  void manyValuesAreListedAsFarAsTheyAreRead() {
    MessageModel f(false);
    f.use(std::make_shared<WordFramer>());
    f.receive(QByteArray("1 ").repeated(50'000) + "\n");
    QTRY_COMPARE(f.model.rowCount(), 1);
    const QModelIndex message = f.model.index(0, 0);
    QCOMPARE(f.model.rowCount(message), 20'002);
    const QModelIndex more = f.model.index(20'001, 0, message);
    QCOMPARE(more.data().toString(), u"(more)"_s);
    QCOMPARE(rangeOf(more).end, 100'000ULL);
  }

  void survivesSwitchingWhileItGrows() {
    MessageModel f(u"length:u8 | lines"_s, {});
    const QStringList specs = {u"chunked:u8 | length:u8"_s, u"lines | fixed:2"_s, u"length:u8 | chunked:u8 | fixed:1"_s,
                               u"netstring | lines"_s, u"length:u8 | length:u8 | length:u8"_s};
    for (int i = 0; i < 30; ++i) {
      if (i % 3 == 2) f.use(specs[i / 3 % specs.size()], i % 6 == 5 ? u"!B:kind *H:v"_s : QString());
      f.receive(QByteArray("\2ab\n5:\1\2l\1\1o,\n\0", 15).left(1 + i % 16), static_cast<Direction>(i % 2));
      QSignalSpy(&f.decoder, &ConnectionDecoder::advanced).wait(30);
      textOf(f.model, shown);
      const quint64 size = f.decoder.view(Direction::In).size();
      for (quint64 at = size - std::min<quint64>(size, 20); at < size; ++at) {
        const auto number = f.decoder.messageAt(Direction::In, at);
        if (number) f.model.indexAt(Direction::In, *number, at).data(M::SourceBeginRole);
      }
    }
    f.use(u"length:u8 | lines"_s, {});
    QTRY_VERIFY(f.model.rowCount() > 0);
  }
};

QTEST_GUILESS_MAIN(TestNestedMessages)
#include "tst_nested_messages.moc"
