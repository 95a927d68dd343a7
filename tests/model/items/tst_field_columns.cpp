// Columns of fields in the list of messages: what their cells say, read from messages of every kind; columns that come,
// go and change under QAbstractItemModelTester.
#include "model/items/message_filter.h"
#include "model/items/message_values.h"
#include "tests/model/items/message_model.h"

#include <QMimeData>
#include <QPersistentModelIndex>
#include <QSignalSpy>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

namespace {

MessageColumn column(const QString &field, CellFormat format = CellFormat::AsItIs) {
  return MessageColumn::of(field, format).value();
}

/// A model with a filter, which columns of other names than fields need.
struct Fixture : MessageModel {
  std::unique_ptr<MessageFilter> filter = std::make_unique<MessageFilter>(decoder);

  Fixture(const QString &spec, const QString &layout, bool isTested = true) : MessageModel(spec, layout, isTested) {
    model.setDecoder(&decoder, filter.get());
  }
  ~Fixture() { model.setDecoder(nullptr); }

  /// What the first rows say in a column of this field, a line each.
  QString cells(const QString &field, CellFormat format = CellFormat::AsItIs) {
    const int section = model.addColumn(column(field, format));
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) lines += model.index(row, section).data().toString();
    model.removeColumn(section);
    return lines.join(u'|');
  }
};

QByteArray lengthed(const QByteArray &payload) {
  QByteArray bytes(2, '\0');
  bytes[0] = static_cast<char>(payload.size() >> 8);
  bytes[1] = static_cast<char>(payload.size());
  return bytes + payload;
}

}  // namespace

class TestFieldColumns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aNameAloneIsAColumn() {
    for (const char *name : {"seq", " seq ", "user.tags[0]", "tags[*]", ".size", ".\"odd name\"", "payload[0:4]",
                             "flags & 0x02", "epoch"}) {
      const auto made = MessageColumn::of(QString::fromLatin1(name));
      QVERIFY2(made.has_value(), name);
      QCOMPARE(made->field, QString::fromLatin1(name).trimmed());
      QVERIFY(made->isField());
    }
    for (const char *name : {"", "seq == 5", "!seq", "seq && kind", "5", "seq..", "\"text\""}) {
      QVERIFY2(!MessageColumn::of(QString::fromLatin1(name)).has_value(), name);
    }
  }

  void fieldsOfALayout() {
    Fixture f(u"length:u16be"_s, u"!H:seq B:kind 2B:v b:low *s:text"_s);
    f.receive(lengthed(QByteArray("\0\7\2\1\xff\xfeHi", 8)) + lengthed(QByteArray("\1\0\3\0\0\5", 6)) +
              lengthed(QByteArray("\0\x8", 2)));
    QTRY_COMPARE(f.model.rowCount(), 3);
    QCOMPARE(f.cells(u"seq"_s), u"7|256|8"_s);
    QCOMPARE(f.cells(u"seq"_s, CellFormat::Hexadecimal), u"0x7|0x100|0x8"_s);
    QCOMPARE(f.cells(u"low"_s), u"-2|5|needs 1 byte, 0 are here"_s);
    QCOMPARE(f.cells(u"low"_s, CellFormat::Binary), u"-0b10|0b101|needs 1 byte, 0 are here"_s);
    QCOMPARE(f.cells(u"text"_s), u"\"Hi\"|\"\"|\"\""_s);
    QCOMPARE(f.cells(u"text[0:1]"_s), u"\"H\"|has no such bytes|has no such bytes"_s);
    QCOMPARE(f.cells(u"v"_s), u"2 values|2 values|needs 2 bytes, 0 are here"_s);
    QCOMPARE(f.cells(u"v[1]"_s), u"255|0|needs 1 byte, 0 are here"_s);
    QCOMPARE(f.cells(u"v[*]"_s, CellFormat::Hexadecimal).section(u'|', 0, 1), u"0x1, 0xff|0x0, 0x0"_s);
    QCOMPARE(f.cells(u"seq & 0x3"_s), u"3|0|0"_s);
    QCOMPARE(f.cells(u"nothing"_s), u"||"_s);
    QCOMPARE(f.cells(u".0"_s), u"||"_s);  // it has a name
  }

  void aByteOfATextIsAsked() {
    Fixture f(u"length:u16be"_s, u"4s:magic p"_s);
    f.receive(lengthed("GIF8"_ba));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(f.cells(u"magic[1]"_s, CellFormat::Hexadecimal), u"49"_s);
    QCOMPARE(f.cells(u"payload[0:2]"_s), u"\"GI\""_s);
    QCOMPARE(f.cells(u"payload[-1]"_s, CellFormat::Hexadecimal), u"38"_s);
  }

  void fieldsOfAFormatThatDescribesItself() {
    Fixture f(u"json"_s, {});
    f.receive(R"({"user":{"name":"Bo","tags":["a","b"]},"n":1e3,"big":123456789012345678901234567890,"no":null})"
              R"({"user":{"tags":[]},"n":true}{"n":[1,{"n":2}]}{"user":)");
    QTRY_COMPARE(f.model.rowCount(), 4);
    QCOMPARE(f.cells(u"user.name"_s), u"\"Bo\"|||"_s);
    QCOMPARE(f.cells(u"user.tags[0]"_s), u"\"a\"|||"_s);
    QCOMPARE(f.cells(u"user.tags[*]"_s), u"\"a\", \"b\"|||"_s);
    QCOMPARE(f.cells(u"user.tags"_s), u"2 values|no values||"_s);
    QCOMPARE(f.cells(u"n"_s), u"1000.0|true|2 values|"_s);
    QCOMPARE(f.cells(u"n[1].n"_s), u"||2|"_s);
    QCOMPARE(f.cells(u".no"_s), u"null|||"_s);
    QCOMPARE(f.cells(u"big"_s, CellFormat::Hexadecimal), u"0x18ee90ff6c373e0ee4e3f0ad2|||"_s);
  }

  void fieldsOfMessagesInsideMessages() {
    Fixture f(u"length:u16be | lines"_s, u"2s:head *s:rest"_s);
    f.receive(lengthed("a1x\nb2\n"_ba) + lengthed("c3yy\n"_ba));
    QTRY_COMPARE(f.model.rowCount(), 2);
    QCOMPARE(f.cells(u"head"_s), u"\"a1\", \"b2\"|\"c3\""_s);
    QCOMPARE(f.cells(u"rest"_s), u"\"x\", \"\"|\"yy\""_s);
    // The row of one inside another has its own.
    const int section = f.model.addColumn(column(u"head"_s));
    const QModelIndex outer = f.model.index(0, 0);
    QStringList inner;
    for (int row = 0; row < f.model.rowCount(outer); ++row) {
      inner += f.model.index(row, section, outer).data().toString();
    }
    QCOMPARE(inner.join(u'|'), u"|\"a1\"|\"b2\""_s);  // the length is a part of the framing
  }

  void fieldsOfPayloadsThatAreNoRange() {
    Fixture f(u"slip"_s, u"!H:seq *s:text"_s);
    f.receive(QByteArray("\0\xdb\xdc\xdb\xdd\xc0", 6));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(f.cells(u"seq"_s), u"192"_s);
    QCOMPARE(f.cells(u"text"_s, CellFormat::Hexadecimal), u"db"_s);
    QCOMPARE(f.cells(u"payload[1]"_s, CellFormat::Hexadecimal), u"c0"_s);
  }

  void namesOfMessagesAreColumnsToo() {
    Fixture f(u"length:u16be"_s, u"!H:size"_s);
    f.receive(lengthed(QByteArray("\0\7", 2)) + QByteArray("\0", 1));
    QTRY_COMPARE(f.model.rowCount(), 2);
    QCOMPARE(f.cells(u".size"_s), u"7|"_s);
    QCOMPARE(f.cells(u"payload_size"_s), u"2|0"_s);
    QCOMPARE(f.cells(u"size"_s, CellFormat::Hexadecimal), u"0x4|0x1"_s);
    QCOMPARE(f.cells(u"status"_s), u"complete|incomplete"_s);
    QCOMPARE(f.cells(u"message[0:2]"_s, CellFormat::Hexadecimal).section(u'|', 0, 0), u"00 02"_s);
    QVERIFY(f.cells(u"epoch"_s).contains(u"Z|20"_s));
    QCOMPARE(f.cells(u"delta"_s), u"|0.000000 s"_s);
  }

  void errorsAreToldAsInTheList() {
    Fixture f(u"length:u16be"_s, u"!I:n"_s);
    f.receive(lengthed("abcd"_ba) + lengthed("ab"_ba));
    QTRY_COMPARE(f.model.rowCount(), 2);
    const int section = f.model.addColumn(column(u"n"_s));
    QVERIFY(!f.model.index(0, section).data(M::HasErrorRole).toBool());
    QVERIFY(f.model.index(1, section).data(M::HasErrorRole).toBool());
    QCOMPARE(f.model.index(1, section).data().toString(), u"needs 4 bytes, 2 are here"_s);
    // The row itself is none.
    QVERIFY(!f.model.index(1, 0).data(M::HasErrorRole).toBool());
  }

  void numbersStandAtTheRight() {
    Fixture f(u"length:u16be"_s, u"!H:seq *s:text"_s);
    const int seq = f.model.addColumn(column(u"seq"_s));
    const int text = f.model.addColumn(column(u"text"_s));
    f.receive(lengthed("abcd"_ba));
    QTRY_COMPARE(f.model.rowCount(), 1);
    const auto isRight = [](const QVariant &alignment) { return (alignment.toInt() & Qt::AlignRight) != 0; };
    QVERIFY(isRight(f.model.index(0, seq).data(Qt::TextAlignmentRole)));
    QVERIFY(!isRight(f.model.index(0, text).data(Qt::TextAlignmentRole)));
    QVERIFY(isRight(f.model.headerData(seq, Qt::Horizontal, Qt::TextAlignmentRole)));
    QVERIFY(!isRight(f.model.headerData(text, Qt::Horizontal, Qt::TextAlignmentRole)));
  }

  void aLongValueCostsWhatIsShown() {
    Fixture f(u"length:u32be,max=100000000"_s, u"!H:seq *s:text"_s, false);
    const QByteArray payload = QByteArray("\0\7", 2) + QByteArray(64 << 20, 'x');
    QByteArray head(4, '\0');
    for (int i = 0; i < 4; ++i) head[i] = static_cast<char>(payload.size() >> (24 - 8 * i));
    f.receive(head + payload);
    QTRY_COMPARE(f.model.rowCount(), 1);
    const int section = f.model.addColumn(column(u"text"_s));
    QElapsedTimer timer;
    timer.start();
    const QString text = f.model.index(0, section).data().toString();
    QVERIFY2(timer.elapsed() < 20, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(text.size(), 200);
    QVERIFY(text.endsWith(u"x…\""_s));
    QVERIFY(f.model.index(0, section).data(Qt::ToolTipRole).toString().size() > 2000);
  }

  void whatLiesFarBehindIsNotLookedFor() {
    Fixture f(u"json"_s, {}, false);
    const QByteArray filler(MessageValues::mostBytes, 'x');
    f.receive("{\"a\":1,\"fill\":\"" + filler + "\",\"b\":2}{\"b\":3}");
    QTRY_COMPARE(f.model.rowCount(), 2);
    QCOMPARE(f.cells(u"a"_s), u"1, …|"_s);
    QCOMPARE(f.cells(u"b"_s), u"…|3"_s);
  }

  void manyValuesEndWithASign() {
    Fixture f(u"length:u16be"_s, u"*B:v"_s);
    f.receive(lengthed(QByteArray(300, '\1')) + lengthed(QByteArray(40, '\1')));
    QTRY_COMPARE(f.model.rowCount(), 2);
    const QString text = f.cells(u"v[*]"_s);
    QVERIFY(text.startsWith(u"1, 1, 1, "_s));
    QVERIFY(text.section(u'|', 0, 0).endsWith(u", …"_s));
    QVERIFY(text.endsWith(u"1, 1"_s));
  }

  void columnsComeAndGo() {
    Fixture f(u"length:u16be"_s, u"!H:seq B:kind"_s);
    f.receive(lengthed(QByteArray("\0\7\2", 3)));
    QTRY_COMPARE(f.model.rowCount(), 1);
    textOf(f.model, {0});  // opens everything
    const int kind = f.model.addColumn(column(u"kind"_s));
    const int seq = f.model.addColumn(column(u"seq"_s));
    QCOMPARE(kind, int(M::ColumnCount));
    QCOMPARE(f.model.columns()[seq], column(u"seq"_s));
    QCOMPARE(f.model.columns()[M::SizeColumn].builtIn, int(M::SizeColumn));
    QCOMPARE(f.model.headerData(seq, Qt::Horizontal).toString(), u"seq"_s);
    const QModelIndex message = f.model.index(0, 0);
    const QPersistentModelIndex top = f.model.index(0, seq);
    const QPersistentModelIndex below = f.model.index(1, seq, message);
    const QPersistentModelIndex gone = f.model.index(1, kind, message);
    const QPersistentModelIndex stays = f.model.index(1, M::SizeColumn, message);
    f.model.removeColumn(kind);
    QCOMPARE(f.model.columnCount(), int(M::ColumnCount) + 1);
    QCOMPARE(top.column(), kind);
    QCOMPARE(top.data().toString(), u"7"_s);
    QCOMPARE(below.column(), kind);
    QVERIFY(!gone.isValid());
    QCOMPARE(stays.column(), int(M::SizeColumn));
    f.model.removeColumn(M::SizeColumn);  // those that are always there stay
    QCOMPARE(f.model.columnCount(), int(M::ColumnCount) + 1);

    QSignalSpy changed(&f.model, &M::dataChanged);
    QSignalSpy header(&f.model, &M::headerDataChanged);
    f.model.setColumnFormat(kind, CellFormat::Hexadecimal);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(header.size(), 1);
    QCOMPARE(top.data().toString(), u"0x7"_s);
    QVERIFY(f.model.headerData(kind, Qt::Horizontal, Qt::ToolTipRole).toString().contains(u"Hexadecimal"_s));
    f.model.setColumnFormat(kind, CellFormat::Hexadecimal);
    QCOMPARE(changed.size(), 1);

    f.model.setFieldColumns({column(u"kind"_s), column(u"kind"_s, CellFormat::Octal), column(u"seq"_s)});
    QCOMPARE(f.model.columnCount(), int(M::ColumnCount) + 3);
    QVERIFY(f.model.lineOf(f.model.index(0, 0)).endsWith(u"\t2\t0o2\t7"_s));
    QCOMPARE(textOf(f.model, {0, M::ColumnCount + 1}), u"0 | 0o2\n  length | \n  seq | \n  kind | \n"_s);
  }

  void cellsFollowAMessageThatGrows() {
    Fixture f(u"length:u16be"_s, u"!H:seq *s:text"_s);
    const int section = f.model.addColumn(column(u"text"_s));
    f.receive(QByteArray("\0\6\0\1a", 5));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QCOMPARE(f.model.index(0, section).data().toString(), u"\"a\""_s);
    f.receive("bcd"_ba);
    QTRY_COMPARE(f.model.index(0, section).data().toString(), u"\"abcd\""_s);
    // Another way to read the same bytes.
    f.use(u"length:u16be"_s, u"!H:other H:text"_s);
    f.decoder.advance();
    QTRY_COMPARE(f.model.index(0, section).data().toString(), u"24930"_s);
  }

  void aCellMakesAFilter() {
    Fixture f(u"length:u16be"_s, u"!H:seq 2B:v *s:text"_s);
    f.receive(lengthed(QByteArray("\0\7\1\2Hi", 6)));
    QTRY_COMPARE(f.model.rowCount(), 1);
    const auto filterOf = [&](const QString &field) -> QString {
      const int section = f.model.addColumn(column(field));
      const QString text = f.model.filterFor(f.model.index(0, section));
      f.model.removeColumn(section);
      const auto parsed = FilterExpression::parse(text);
      if (!text.isEmpty() && (!parsed || !f.filter->check(*parsed))) return u"wrong: "_s + text;
      return text;
    };
    QCOMPARE(filterOf(u"seq"_s), u"seq == 7"_s);
    QCOMPARE(filterOf(u"v[*]"_s), u"v[0] == 1"_s);
    QCOMPARE(filterOf(u"text[0:1]"_s), u"text[0:1] == \"H\""_s);
    QCOMPARE(filterOf(u"seq & 3"_s), u"seq & 3 == 3"_s);
    QCOMPARE(filterOf(u"payload[0:2]"_s), u"payload[0:2] == 00:07"_s);
    QCOMPARE(filterOf(u"payload_size"_s), u"payload_size == 6"_s);
    QCOMPARE(filterOf(u"nothing"_s), QString());
  }

  void aFieldsRowHasAName() {
    Fixture f(u"length:u16be"_s, u"!H:size 2B:v"_s);
    f.receive(lengthed(QByteArray("\0\7\1\2", 4)));
    QTRY_COMPARE(f.model.rowCount(), 1);
    const QModelIndex message = f.model.index(0, 0);
    const QModelIndex v = f.model.index(2, 0, message);
    QCOMPARE(f.model.fieldNameAt(message), QString());
    QCOMPARE(f.model.fieldNameAt(f.model.index(0, 0, message)), QString());  // a part
    QCOMPARE(f.model.fieldNameAt(f.model.index(1, 0, message)), u".size"_s);
    QCOMPARE(f.model.fieldNameAt(v), u"v[*]"_s);
    QCOMPARE(f.model.fieldNameAt(f.model.index(1, 0, v)), u"v[1]"_s);
    const std::unique_ptr<QMimeData> dragged(f.model.mimeData({f.model.index(1, 0, v)}));
    QCOMPARE(dragged->data(QLatin1String(M::fieldNameType)), "v[1]"_ba);
    QCOMPARE(dragged->data(u"application/octet-stream"_s), "\2"_ba);
    const std::unique_ptr<QMimeData> whole(f.model.mimeData({message}));
    QVERIFY(!whole->hasFormat(QLatin1String(M::fieldNameType)));
  }

  void timesBetweenMessages() {
    Fixture f(u"length:u16be"_s, {});
    const auto addBytes = [&](Direction direction, const QByteArray &bytes, qint64 ns) {
      QVERIFY(f.connection->stream(direction).append(viewOf(bytes), 1'000'000'000 + ns));
    };
    const auto add = [&](Direction direction, qint64 ns) { addBytes(direction, lengthed("x"_ba), ns); };
    add(Direction::In, 0);
    add(Direction::In, 1'000'000);
    add(Direction::Out, 3'000'000);
    add(Direction::In, 10'000'000);
    add(Direction::Out, 10'500'000);
    add(Direction::Out, 20'000'000);
    // It comes in two pieces: the answer follows the second.
    addBytes(Direction::In, lengthed("12"_ba).first(3), 21'000'000);
    addBytes(Direction::In, "2"_ba, 25'000'000);
    add(Direction::Out, 26'000'000);
    f.decoder.advance();
    QTRY_COMPARE(f.model.rowCount(), 8);
    f.model.addColumn(column(u"delta"_s));
    f.model.addColumn(column(u"delta_other"_s));
    const auto cells = [&](int column) {
      QStringList texts;
      for (int row = 0; row < f.model.rowCount(); ++row) texts += f.model.index(row, column).data().toString();
      return texts.join(u'|');
    };
    QCOMPARE(cells(M::DeltaColumn), u"|0.001000 s||0.009000 s|0.007500 s|0.009500 s|0.011000 s|0.006000 s"_s);
    QCOMPARE(cells(M::OtherDeltaColumn), u"||0.002000 s|0.007000 s|0.000500 s|0.010000 s|0.001000 s|0.001000 s"_s);
    // They are what filters call so.
    QCOMPARE(cells(M::ColumnCount), cells(M::DeltaColumn));
    QCOMPARE(cells(M::ColumnCount + 1), cells(M::OtherDeltaColumn));
    const QModelIndex answer = f.model.index(4, M::OtherDeltaColumn);
    QCOMPARE(f.model.filterFor(answer), u"delta_other == 0.0005"_s);
    QCOMPARE(f.model.filterFor(answer.siblingAtColumn(M::DeltaColumn)), u"delta == 0.0075"_s);
  }
};

QTEST_GUILESS_MAIN(TestFieldColumns)
#include "tst_field_columns.moc"
