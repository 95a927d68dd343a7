// DecoderHexSource over a real ConnectionDecoder: spans, edges and words of streams that are framed and decoded, and
// the inspector's panel beside it.
#include "model/items/connection_decoder.h"
#include "tests/support/word_framer.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/inspector/inspector_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

// Two whole messages of 2 + 5 bytes and 4 of 7 bytes of a third; chunks of 3 and 15 bytes.
const QByteArray stream(
    "\0\x05\1\2\0\3\4"
    "\0\x05\5\6\0\7\x08"
    "\0\x05\x09\x0a",
    18);

QString textOf(const std::vector<HexSpan> &spans) {
  static const char *const kinds[] = {"framing", "field", "padding", "payload", "outside"};
  QStringList parts;
  for (const HexSpan &span : spans) {
    QString part = QLatin1String(kinds[int(span.kind)]);
    if (span.kind == HexSpan::Kind::Field) part += QString::number(span.field);
    part += u' ' + QString::number(span.range.begin) + u'-' + QString::number(span.range.end);
    if (span.status == Status::Incomplete) part += u" incomplete"_s;
    if (span.status == Status::Error) part += u" error"_s;
    parts += part;
  }
  return parts.join(u", "_s);
}

}  // namespace

class TestDecoderHexSource : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void spansCoverTheStream();
  void spansOfAPartOfIt();
  void edges();
  void restartsThatAreThere();
  void wordsAboutAByte();
  void placesInTime();
  void doubleAndTripleClickRanges();
  void delimitersAreFraming();
  void innerMessages();
  void threeLayersAndALayout();
  void joinedPayloadsAreNotCut();
  void fieldsOfTheFormat();
  void growsAndRereads();
  void inspectorFollowsTheSelection();
  void inspectorCopies();
  void decoderMayGoAway();

 private:
  void record(const QByteArray &bytes) {
    QVERIFY(connection_->stream(Direction::In).append(viewOf(bytes), connection_->clock().stamp()).has_value());
  }
  void read(const QString &framing, const QString &layout = {}) {
    auto in = DirectionReader::create({.framing = framing, .layout = layout}, {});
    auto out = DirectionReader::create({}, {});
    QVERIFY2(in.has_value(), in ? "" : qPrintable(in.error().line()));
    QVERIFY2(out.has_value(), out ? "" : qPrintable(out.error().line()));
    decoder_->setReaders(*in, *out);
    decoder_->advance();
    QTRY_VERIFY(!decoder_->isBusy() && decoder_->framedBytes() == decoder_->totalBytes());
    QTRY_COMPARE(source_->size(), connection_->stream(Direction::In).size());
  }
  void read(const FramerPtr &framer) {
    DirectionReader reader;
    reader.framer = framer;
    reader.layers = framingLayers(framer, nullptr);
    decoder_->setReaders(reader, *DirectionReader::create({}));
    QTRY_COMPARE(decoder_->framedBytes(), decoder_->totalBytes());
    QTRY_COMPARE(source_->size(), connection_->stream(Direction::In).size());
  }
  std::vector<HexSpan> spans(ByteRange range) const {
    std::vector<HexSpan> result;
    source_->spans(range, result);
    return result;
  }

  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  std::unique_ptr<DecoderHexSource> source_;
};

void TestDecoderHexSource::init() {
  source_.reset();
  connection_ = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"127.0.0.1"_s, 1},
                                             Endpoint{u"127.0.0.1"_s, 2});
  decoder_ = std::make_unique<ConnectionDecoder>(connection_);
  source_ = std::make_unique<DecoderHexSource>(decoder_.get(), Direction::In);
}

void TestDecoderHexSource::spansCoverTheStream() {
  record(stream.first(3));
  record(stream.sliced(3));
  read(u"length:u16be"_s, u"!HxBB"_s);
  QCOMPARE(textOf(spans({0, 100})),
           u"framing 0-2, field0 2-4, padding 4-5, field1 5-6, field2 6-7, framing 7-9, field0 9-11, padding 11-12, "
           u"field1 12-13, field2 13-14, framing 14-16 incomplete, field0 16-18 incomplete"_s);
  const auto all = spans({0, 18});
  QVERIFY(!all.front().isOdd);
  QCOMPARE(all.at(5).isOdd, true);
  QCOMPARE(all.front().part, PartRole::Length);
}

void TestDecoderHexSource::spansOfAPartOfIt() {
  record(stream);
  read(u"length:u16be"_s, u"!HxBB"_s);
  const auto whole = spans({0, 18});
  for (quint64 begin = 0; begin < 18; ++begin) {
    for (quint64 end = begin + 1; end <= 18; ++end) {
      quint64 at = begin;
      for (const HexSpan &span : spans({begin, end})) {
        QVERIFY(span.range.begin <= at && span.range.end > at);
        const auto like =
            std::find_if(whole.begin(), whole.end(), [at](const HexSpan &s) { return s.range.contains(at); });
        QVERIFY(like->kind == span.kind && like->field == span.field && like->status == span.status);
        at = span.range.end;
      }
      QVERIFY(at >= end);
    }
  }
}

void TestDecoderHexSource::edges() {
  record(stream.first(3));
  record(stream.sliced(3));
  read(u"length:u16be"_s);
  std::vector<quint64> ends;
  source_->chunkEnds({0, 100}, ends);
  QCOMPARE(ends, (std::vector<quint64>{3, 18}));
  ends.clear();
  source_->chunkEnds({3, 17}, ends);
  QVERIFY(ends.empty());
  source_->messageEnds({0, 100}, ends);
  QCOMPARE(ends, (std::vector<quint64>{7, 14}));  // the third has not ended
  ends.clear();
  source_->messageEnds({7, 13}, ends);
  QVERIFY(ends.empty());
}

void TestDecoderHexSource::restartsThatAreThere() {
  record(stream);
  const auto in = DirectionReader::create({.framing = u"length:u16be"_s}, {4, 7, 100});
  decoder_->setReaders(*in, *in);
  decoder_->advance();
  QTRY_VERIFY(!decoder_->isBusy() && decoder_->framedBytes() == decoder_->totalBytes());
  QTRY_COMPARE(source_->size(), 18U);
  std::vector<quint64> offsets;
  source_->restarts({0, 1000}, offsets);
  QCOMPARE(offsets, (std::vector<quint64>{4, 7}));  // what lies at 100 has not come yet
  offsets.clear();
  source_->restarts({5, 7}, offsets);
  QVERIFY(offsets.empty());
}

void TestDecoderHexSource::wordsAboutAByte() {
  record(stream.first(3));
  record(stream.sliced(3));
  read(u"length:u16be"_s, u"!H:seq x B:kind B"_s);
  HexPlace place = source_->place(9);
  QCOMPARE(place.what, u"field seq"_s);
  QCOMPARE(place.value, u"1286"_s);
  QCOMPARE(place.message, std::optional<quint64>(1));
  QVERIFY(place.messageNote.isEmpty());
  QCOMPARE(place.chunk, std::optional<quint64>(1));
  QCOMPARE(place.chunkRange, (ByteRange{3, 18}));
  QVERIFY(place.timeNs != noTime);
  place = source_->place(8);
  QCOMPARE(place.what, u"length"_s);
  QVERIFY(!place.value.isEmpty());
  QCOMPARE(source_->place(11).what, u"padding"_s);
  QVERIFY2(source_->place(17).messageNote.contains(u"3 more bytes"), qPrintable(source_->place(17).messageNote));
}

void TestDecoderHexSource::placesInTime() {
  record(stream.first(3));
  record(stream.sliced(3));
  read(u"length:u16be"_s);
  // Two chunks: what arrived at the time of a byte's or later begins with its chunk.
  const qint64 first = source_->place(0).timeNs;
  const qint64 second = source_->place(3).timeNs;
  QVERIFY(first < second);
  QVERIFY(source_->startTimeNs() <= first);
  QCOMPARE(source_->offsetAtTime(first - 1), 0ULL);
  QCOMPARE(source_->offsetAtTime(first), 0ULL);
  QCOMPARE(source_->offsetAtTime(first + 1), 3ULL);
  QCOMPARE(source_->offsetAtTime(second), 3ULL);
  QCOMPARE(source_->offsetAtTime(second + 1), source_->size());
}

void TestDecoderHexSource::doubleAndTripleClickRanges() {
  record(stream);
  read(u"length:u16be"_s, u"!HxBB"_s);
  QCOMPARE(source_->fieldRange(10), (ByteRange{9, 11}));
  QCOMPARE(source_->fieldRange(8), (ByteRange{7, 9}));
  QCOMPARE(source_->fieldRange(11), (ByteRange{11, 12}));
  QCOMPARE(source_->messageRange(10), (ByteRange{7, 14}));
  QCOMPARE(source_->messageRange(17), (ByteRange{14, 18}));
  QCOMPARE(source_->messageNumberAt(10), std::optional<quint64>(1));
  QCOMPARE(source_->messageCount(), 3ULL);
  QCOMPARE(source_->rangeOfMessage(2), (ByteRange{14, 18}));
}

void TestDecoderHexSource::delimitersAreFraming() {
  record("one\ntwo\n");
  read(u"lines"_s);
  QCOMPARE(textOf(spans({0, 8})), u"payload 0-3, framing 3-4, payload 4-7, framing 7-8"_s);
  QCOMPARE(source_->place(3).message, std::optional<quint64>(0));
}

void TestDecoderHexSource::innerMessages() {
  record(QByteArray("\5abcde\3xy", 9));
  read(u"length:u8 | fixed:2"_s);
  QCOMPARE(textOf(spans({0, 9})),
           u"framing 0-1, payload 1-3, payload 3-5, payload 5-6 incomplete, framing 6-7 incomplete, "
           "payload 7-9 incomplete"_s);
  const auto all = spans({0, 9});
  QCOMPARE(all.at(1).isOdd, false);
  QCOMPARE(all.at(2).isOdd, true);
  HexPlace place = source_->place(4);
  QCOMPARE(place.messageName(), u"0.1"_s);
  QVERIFY(place.messageNote.isEmpty());
  QCOMPARE(source_->place(5).messageNote, u"needs 1 more byte"_s);
  QCOMPARE(source_->place(0).messageName(), u"0"_s);
  QCOMPARE(source_->fieldRange(4), (ByteRange{3, 5}));
  QCOMPARE(source_->messageRange(4), (ByteRange{0, 6}));
  // Parts of it are as the whole.
  for (quint64 at = 0; at < 9; ++at) {
    const auto one = spans({at, at + 1});
    QVERIFY(one.front().range.contains(at));
    const auto like = std::find_if(all.begin(), all.end(), [at](const HexSpan &s) { return s.range.contains(at); });
    QVERIFY(like->kind == one.front().kind && like->isOdd == one.front().isOdd);
  }
}

void TestDecoderHexSource::threeLayersAndALayout() {
  record(QByteArray("\0\x9\5a1\nb\n\2c\n", 11));
  read(u"length:u16be | length:u8 | lines"_s, u"!B:kind *s:text"_s);
  QCOMPARE(textOf(spans({0, 11})),
           u"framing 0-2, framing 2-3, field0 3-4, field1 4-5, framing 5-6, field0 6-7, framing 7-8, framing 8-9, "
           "field0 9-10, framing 10-11"_s);
  QCOMPARE(source_->place(6).messageName(), u"0.0.1"_s);
  QCOMPARE(source_->place(6).what, u"field kind"_s);
  QCOMPARE(source_->place(6).value, u"98"_s);
}

void TestDecoderHexSource::joinedPayloadsAreNotCut() {
  record(QByteArray("\2\3a\2bc\0", 7));
  read(u"chunked:u8 | length:u8"_s, u"!B:kind *s:text"_s);
  QCOMPARE(textOf(spans({0, 7})), u"framing 0-1, payload 1-3, framing 3-4, payload 4-6, framing 6-7"_s);
  QCOMPARE(source_->place(2).messageName(), u"0"_s);
}

void TestDecoderHexSource::fieldsOfTheFormat() {
  record("12 (a b)\n- c\n");
  read(std::make_shared<WordFramer>());
  // What no field has is the format's own, not padding.
  QCOMPARE(textOf(spans({0, 13})),
           u"field0 0-2, payload 2-3, field1 3-8, framing 8-9, field0 9-10, payload 10-11, field1 11-12, "
           "framing 12-13"_s);
  QCOMPARE(source_->place(6).what, u"field 1[1]"_s);
  QCOMPARE(source_->place(6).value, u"\"b\""_s);
  QCOMPARE(source_->place(9).value, u"null"_s);
  QCOMPARE(source_->fieldRange(6), (ByteRange{6, 7}));
  QCOMPARE(source_->place(2).what, u"payload"_s);
  // Those of the whole message lie over its head, too.
  read(std::make_shared<WordFramer>(FieldsIn::Message));
  QCOMPARE(textOf(spans({0, 9})), u"payload 0-8, framing 8-9"_s);
  // A message that grew is read again.
  read(std::make_shared<WordFramer>());
  record("3");
  decoder_->advance();
  QTRY_COMPARE(textOf(spans({13, 20})), u"field0 13-14 incomplete"_s);
  record(" 4\n");
  decoder_->advance();
  QTRY_COMPARE(textOf(spans({13, 20})), u"field0 13-14, payload 14-15, field1 15-16, framing 16-17"_s);
}

void TestDecoderHexSource::growsAndRereads() {
  HexView view;
  view.setSource(source_.get());
  record(stream.first(5));
  read(u"length:u16be"_s);
  QCOMPARE(view.geometryOfBytes().size(), 5ULL);
  QSignalSpy advanced(source_.get(), &HexSource::advanced);
  record(stream.sliced(5));
  decoder_->advance();
  QTRY_COMPARE(view.geometryOfBytes().size(), 18ULL);
  QVERIFY(advanced.size() >= 1);
  view.setSelection({3, 6});
  QSignalSpy reread(source_.get(), &HexSource::reread);
  read(u"fixed:6"_s);
  QVERIFY(reread.size() >= 1);
  QCOMPARE(view.selection(), (ByteRange{3, 6}));
  QCOMPARE(source_->messageRange(7), (ByteRange{6, 12}));
}

void TestDecoderHexSource::inspectorFollowsTheSelection() {
  record(stream);
  read(u"length:u16be"_s);
  SelectionHub hub;
  InspectorPanel panel;
  panel.setSource(source_.get());
  panel.setSelectionHub(&hub);
  QVERIFY(panel.placeText().contains(u"Select bytes"));
  hub.select(Selection{Direction::In, {8, 10}}, this);
  QCOMPARE(panel.placeText(), u"2 bytes from offset 8"_s);
  QCOMPARE(panel.model().bytes(), QByteArrayView("\x05\x05", 2));
  hub.select(Selection{Direction::In, {16, 16}}, this);
  QCOMPARE(panel.placeText(), u"From offset 16 on"_s);
  QCOMPARE(panel.model().bytes(), QByteArrayView("\x09\x0a", 2));
  record(QByteArray("\x0b\x0c", 2));
  decoder_->advance();
  QTRY_COMPARE(panel.model().bytes(), QByteArrayView("\x09\x0a\x0b\x0c", 4));
  hub.select(Selection{Direction::Out, {0, 2}}, this);
  QVERIFY(panel.model().bytes().isEmpty());
  hub.select(std::nullopt, this);
  QVERIFY(panel.placeText().contains(u"Select bytes"));
}

void TestDecoderHexSource::inspectorCopies() {
  record(QByteArray("\1\2", 2));
  read(u"chunks"_s);
  SelectionHub hub;
  InspectorPanel panel;
  panel.setSource(source_.get());
  panel.setSelectionHub(&hub);
  hub.select(Selection{Direction::In, {0, 2}}, this);
  for (int row = 0; row < panel.model().rowCount(); ++row) {
    if (!panel.model().index(row, 0).data().toString().contains(u"u16")) continue;
    panel.table()->selectRow(row);
    panel.copyAction()->trigger();
    QVERIFY2(QGuiApplication::clipboard()->text().endsWith(u"\t258\t513"),
             qPrintable(QGuiApplication::clipboard()->text()));
    return;
  }
  QFAIL("there is no u16");
}

void TestDecoderHexSource::decoderMayGoAway() {
  record(stream);
  read(u"length:u16be"_s);
  HexView view;
  view.setSource(source_.get());
  decoder_.reset();
  QCOMPARE(source_->size(), 0ULL);
  QVERIFY(view.grab().width() > 0);
  QCOMPARE(source_->place(3).message, std::nullopt);
}

QTEST_MAIN(TestDecoderHexSource)
#include "tst_decoder_hex_source.moc"
