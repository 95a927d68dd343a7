// What rows and ranges give when they are copied: bytes in every form, fields as JSON Lines have them, and calls of
// struct.unpack, which CPython runs here.
#include "model/copying/copy_text.h"
#include "model/copying/struct_call.h"
#include "model/files/json_fields.h"
#include "model/items/copied_rows.h"
#include "model/items/message_tree_model.h"
#include "tests/support/cli_process.h"
#include "tests/support/live_test.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCopyText : public QObject {
  Q_OBJECT

  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  std::unique_ptr<MessageTreeModel> model_;

  void open(const QString &framing, const QByteArray &bytes, const QString &layout = {}) {
    model_.reset();
    const auto clock = std::make_shared<CaptureClock>();
    connection_ = std::make_shared<Connection>(0, clock, Endpoint{}, Endpoint{});
    decoder_ = std::make_unique<ConnectionDecoder>(connection_);
    const auto reader = DirectionReader::create({.framing = framing, .layout = layout});
    QVERIFY(reader);
    decoder_->setReaders(*reader, *reader);
    QVERIFY(connection_->stream(Direction::In).append(viewOf(bytes), clock->stamp()));
    connection_->stream(Direction::In).finish(StreamEnd::Fin, clock->stamp());
    decoder_->advance();
    SOON_VERIFY(!decoder_->isBusy() && decoder_->view(Direction::In).end == StreamEnd::Fin);
    model_ = std::make_unique<MessageTreeModel>();
    model_->setDecoder(decoder_.get());
  }
  /// The row whose first column is `path.last()`, the last of those, in that whose first column is the one before.
  QModelIndex row(const QStringList &path) const {
    QModelIndex at;
    for (const QString &name : path) {
      QModelIndex found;
      for (int i = 0; i < model_->rowCount(at); ++i) {
        if (model_->index(i, 0, at).data().toString() == name) found = model_->index(i, 0, at);
      }
      if (!found.isValid()) return {};
      at = found;
    }
    return at;
  }
  static QString textOf(const std::vector<CopiedPiece> &pieces, CopyFormat format) {
    const std::atomic<bool> isCancelled = false;
    const auto text = copyText(pieces, format, isCancelled);
    return text ? *text : u"error: "_s + text.error().line();
  }
  QString textOf(const QStringList &path, CopyFormat format) const {
    const auto piece = model_->copiedAt(row(path));
    return piece ? textOf({*piece}, format) : u"nothing"_s;
  }
  std::vector<CopiedPiece> messages(quint64 begin, quint64 end) const {
    const ByteRange numbers = messagesIn(*decoder_, Direction::In, {begin, end});
    std::vector<CopiedPiece> pieces;
    for (quint64 n = numbers.begin; n < numbers.end; ++n) pieces.push_back(copiedMessage(*decoder_, Direction::In, n));
    return pieces;
  }
  static void runPython(const QString &script, const QByteArray &input) {
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON), {u"-c"_s, script});
    python.write(input);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0,
             python.readAllStandardError().constData());
  }
  static QByteArray randomBytes(int size) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes) byte = static_cast<char>(QRandomGenerator::global()->generate());
    return bytes;
  }

 private Q_SLOTS:
  void cleanup() {
    model_.reset();
    decoder_.reset();
  }

  void formatsHaveKeysAndWords() {
    for (const CopyFormat format : copyFormats) {
      QCOMPARE(copyFormatOfKey(copyFormatKey(format)), std::optional(format));
      QVERIFY(!copyFormatWords(format).isEmpty());
    }
    QCOMPARE(copyFormatOfKey(u"nonsense"), std::nullopt);
  }

  void rowsOfAMessage() {
    open(u"length:u8"_s, QByteArray("\4\0\1Hi", 5), u"!H:seq *s:text"_s);
    QCOMPARE(textOf({u"0"_s}, CopyFormat::Hex), u"04 00 01 48 69"_s);
    QCOMPARE(textOf({u"0"_s}, CopyFormat::Python), u"b'\\x04\\x00\\x01Hi'"_s);
    QCOMPARE(textOf({u"0"_s, u"length"_s}, CopyFormat::C), u"{ 0x04 }"_s);
    QCOMPARE(textOf({u"0"_s, u"seq"_s}, CopyFormat::Hex), u"00 01"_s);
    QCOMPARE(textOf({u"0"_s, u"text"_s}, CopyFormat::Text), u"Hi"_s);
    QCOMPARE(textOf({u"0"_s, u"seq"_s}, CopyFormat::Json),
             uR"({"name":"seq","type":"H","offset":1,"size":2,"value":1})"_s);
    QCOMPARE(textOf({u"0"_s}, CopyFormat::Json),
             uR"([{"name":"seq","type":"H","offset":1,"size":2,"value":1},)"
             uR"({"name":"text","type":"*s","offset":3,"size":2,"value":{"hex":"4869","text":"Hi"}}])"_s);
    QCOMPARE(textOf({u"0"_s}, CopyFormat::StructCall), uR"(struct.unpack("!H2s", bytes.fromhex("00014869")))"_s);
    QCOMPARE(textOf({u"0"_s, u"seq"_s}, CopyFormat::StructCall), uR"(struct.unpack("!H", bytes.fromhex("0001")))"_s);
    QCOMPARE(textOf({u"0"_s, u"text"_s}, CopyFormat::StructCall), uR"(struct.unpack("!2s", bytes.fromhex("4869")))"_s);
    QCOMPARE(textOf({u"0"_s, u"length"_s}, CopyFormat::Json), u"error: What is selected has no fields"_s);
  }

  void severalPieces() {
    open(u"fixed:2"_s, "ABCDE", u"B:a B:b"_s);
    const auto all = messages(0, 5);
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(messages(1, 3).size(), std::size_t(2));
    QCOMPARE(messages(2, 2).size(), std::size_t(0));
    QCOMPARE(textOf(all, CopyFormat::Hex), u"41 42\n43 44\n45"_s);
    QCOMPARE(textOf(all, CopyFormat::JavaScript), u"[0x41, 0x42],\n[0x43, 0x44],\n[0x45]"_s);
    QCOMPARE(textOf(all, CopyFormat::Base64), u"QUI=\nQ0Q=\nRQ=="_s);
    const QString calls = textOf(all, CopyFormat::StructCall);
    QCOMPARE(calls.section(u'\n', 0, 1),
             uR"(struct.unpack("BB", bytes.fromhex("4142")))"
             "\n"
             uR"(struct.unpack("BB", bytes.fromhex("4344")))"_s);
    QCOMPARE(calls.section(u'\n', 2), u"# message 2: the struct needs 2 bytes, and 1 are here"_s);
    // Nothing but what cannot be had is no text.
    QCOMPARE(textOf({all[2]}, CopyFormat::StructCall), u"error: message 2: the struct needs 2 bytes, and 1 are here"_s);
    QCOMPARE(textOf(std::vector<CopiedPiece>{}, CopyFormat::Hex), u"error: There are no bytes to copy"_s);
    QCOMPARE(textOf({copiedRange(*decoder_, Direction::In, {1, 4})}, CopyFormat::Hex), u"42 43 44"_s);
  }

  void messagesInsideMessages() {
    open(u"length:u8 | fixed:2"_s, QByteArray("\4ABCD\2EF", 8), u"B:a B:b"_s);
    QCOMPARE(textOf({u"0"_s, u"0.1"_s}, CopyFormat::Hex), u"43 44"_s);
    QCOMPARE(textOf({u"0"_s, u"0.1"_s, u"b"_s}, CopyFormat::Hex), u"44"_s);
    // Of one that holds others: a line for each of those that has fields.
    QCOMPARE(textOf({u"0"_s}, CopyFormat::StructCall),
             uR"(struct.unpack("BB", bytes.fromhex("4142")))"
             "\n"
             uR"(struct.unpack("BB", bytes.fromhex("4344")))"_s);
    QCOMPARE(textOf({u"0"_s}, CopyFormat::Json).count(u'\n'), 1);
    QCOMPARE(textOf({u"0"_s, u"0.1"_s}, CopyFormat::StructCall), uR"(struct.unpack("BB", bytes.fromhex("4344")))"_s);
  }

  void payloadsThatAreMade() {
    open(u"slip"_s, QByteArray("\xc0\xdb\xdc\1\xc0", 5), u"B:a B:b"_s);
    QCOMPARE(textOf({u"0"_s}, CopyFormat::StructCall), uR"(struct.unpack("BB", bytes.fromhex("c001")))"_s);
    QCOMPARE(textOf({u"0"_s, u"a"_s}, CopyFormat::Hex), u"C0"_s);
    QCOMPARE(textOf({u"0"_s, u"a"_s}, CopyFormat::Json),
             uR"({"name":"a","type":"B","offset":0,"size":1,"of":"payload","value":192})"_s);
    open(u"slip"_s, QByteArray("\xc0\xdb\xdc\1\xc0", 5));
    QCOMPARE(textOf({u"0"_s, u"payload"_s}, CopyFormat::Hex), u"C0 01"_s);
  }

  void fieldsOfTheFormatItself() {
    open(u"json"_s, R"({"a":[1,{"b":null}],"c":"x"})");
    QVERIFY(hasFields(*decoder_, Direction::In) && !layoutOf(*decoder_, Direction::In));
    const QString whole = textOf({u"0"_s}, CopyFormat::Json);
    for (const QString &path : {u"a"_s, u"c"_s}) {
      const QString field = textOf({u"0"_s, path}, CopyFormat::Json);
      QVERIFY2(field.startsWith(u"{\"name\":\"") && whole.contains(field), qPrintable(field + u"\n" + whole));
    }
    QCOMPARE(textOf({u"0"_s}, CopyFormat::StructCall), u"error: What is selected has no fields of a struct"_s);
  }

  void jsonIsThatOfTheCommandLine_data() {
    QTest::addColumn<QString>("framing");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("struct") << u"length:u8"_s << u"!H:seq 2h:pair d f ? c 3s:text *H:rest"_s
                            << QByteArray(1, '\x1f') + randomBytes(31) + QByteArray(1, '\x18') + randomBytes(24);
    QTest::newRow("too short") << u"length:u8"_s << u"!I:a I:b"_s << QByteArray("\5abcde\2x", 8);
    QTest::newRow("cbor") << u"cbor"_s << QString() << QByteArray("\xa2\x61\x61\x82\x01\x02\x61\x62\xf6\x07", 10);
    QTest::newRow("unstuffed") << u"slip"_s << u"B:a *s:b"_s << QByteArray("\xc0\xdb\xdc\1\xc0", 5);
    QTest::newRow("in error") << u"netstring"_s << u"B:a"_s << QByteArray("1:a,x");
  }
  void jsonIsThatOfTheCommandLine() {
    QFETCH(const QString, framing);
    QFETCH(const QString, layout);
    QFETCH(const QByteArray, bytes);
    open(framing, bytes, layout);
    QStringList arguments{u"decode"_s, u"-"_s, u"--framing"_s, framing, u"--format"_s, u"jsonl"_s};
    if (!layout.isEmpty()) arguments += {u"--struct"_s, layout};
    const QList<QByteArray> lines = runCli(arguments, bytes).output.trimmed().split('\n');
    const QStringList ours = textOf(messages(0, static_cast<quint64>(bytes.size())), CopyFormat::Json).split(u'\n');
    QCOMPARE(ours.size(), lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
      const QByteArray object = "\"fields\":" + ours[i].toUtf8() + '}';
      QVERIFY2(lines[i].endsWith(object), QByteArray(lines[i] + '\n' + object).constData());
    }
  }

  void pythonRunsTheCalls() {
    const QStringList layouts = {
        u"!H:seq 2h:pair I q"_s,
        u"<b B ? h H i I q Q e f d"_s,
        u"b I b q"_s,
        u"@c 3s:a 0s 4p x *s:rest"_s,
        u">2I:pair *H:more"_s,
        u"*I"_s,
        u"H *p"_s,
        u"B 0I *q:x"_s,
        u"!B *x"_s,
        u"=l L 0H \t 10s:name "_s,
        u"B"_s,
        u"n N P"_s,
    };
    QByteArray input;
    int calls = 0;
    for (const QString &text : layouts) {
      const auto layout = Layout::parse(text);
      QVERIFY2(layout, qPrintable(text));
      for (int more = 0; more < 20; ++more) {
        const QByteArray payload = randomBytes(static_cast<int>((*layout)->size()) + more);
        const auto call = structCall(**layout, viewOf(payload));
        QVERIFY(call);
        TextBuffer json;
        JsonFields fields(*layout);
        QVERIFY(fields.write(json, viewOf(payload), 0, PayloadPlace::Stream));
        input += call->toUtf8() + '\n' + QByteArray(json.text().data(), qsizetype(json.size())) + '\n';
        ++calls;
        for (quint64 i = 0; i < (*layout)->childCount(viewOf(payload), {}); ++i) {
          TextBuffer one;
          QVERIFY(fields.writeField(one, viewOf(payload), 0, PayloadPlace::Stream, {i}));
          const auto callOfOne = structCallOfField(**layout, viewOf(payload), {i});
          QVERIFY(callOfOne);
          input += callOfOne->toUtf8() + "\n[" + QByteArray(one.text().data(), qsizetype(one.size())) + "]\n";
          ++calls;
        }
      }
      if ((*layout)->size() > 0) {
        const auto call = structCall(**layout, viewOf(randomBytes(static_cast<int>((*layout)->size()) - 1)));
        QVERIFY(!call);
      }
    }
    QVERIFY(calls > 500);
    runPython(
        uR"(
import json, struct, sys
def leaves(fields):
    for field in fields:
        if "fields" in field:
            yield from leaves(field["fields"])
        else:
            value = field["value"]
            yield bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
lines = sys.stdin.read().splitlines()
for call, fields in zip(lines[::2], lines[1::2]):
    got = list(eval(call))
    want = list(leaves(json.loads(fields)))
    want = [float(w) if isinstance(g, float) else w for g, w in zip(got, want)] if len(got) == len(want) else want
    if repr(got) != repr(want):
        sys.exit(f"{call}\n{got}\n{want}\n{fields}")
)"_s,
        input);
  }

  void tooMuchIsRefusedAtOnce() {
    CopiedPiece piece;
    piece.view.bytes = ByteSnapshot(nullptr, 64ULL << 30);
    piece.range = {0, 64ULL << 30};
    for (const CopyFormat format : copyFormats) {
      if (!bytesFormatOf(format)) piece.kind = CopiedPiece::Kind::Message;
      const QString words = textOf({piece, piece}, format);
      QVERIFY2(words.contains(u"bytes are too many for the clipboard: select fewer, or save the stream to a file"),
               qPrintable(words));
    }
  }

  void whatIsCancelledEnds() {
    open(u"fixed:1"_s, "ABC");
    const std::atomic<bool> isCancelled = true;
    QVERIFY(!copyText(messages(0, 3), CopyFormat::Hex, isCancelled));
  }
};

QTEST_MAIN(TestCopyText)
#include "tst_copy_text.moc"
