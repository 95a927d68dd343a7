#include "model/framing/framing_examples.h"

#include "model/framing/framing_spec.h"
#include "model/framing/registry.h"

#include <utility>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 nsPerMs = 1'000'000;
constexpr qint64 firstNs = 1'700'000'000'000 * nsPerMs;  // a day like any other: only what lies between chunks matters

ExamplePiece encoded(QByteArray payload) {
  return {.made = ExamplePiece::Made::Encoded, .bytes = std::move(payload)};
}
ExamplePiece typed(QByteArray bytes, Status status = Status::Complete) {
  return {.made = ExamplePiece::Made::Typed, .bytes = std::move(bytes), .status = status};
}
ExamplePiece hex(const char *digits, Status status = Status::Complete) {
  return typed(QByteArray::fromHex(digits), status);
}
ExamplePiece filler(QByteArray bytes) {
  return {.made = ExamplePiece::Made::Filler, .bytes = std::move(bytes)};
}

/// Framings that look for a text, or count, or wait.
QList<FramingExample> plainExamples() {
  return {
      {.spec = u"chunks"_s,
       .about = u"Two lines were sent, hello and world. Three recv() brought them, and TCP cut them elsewhere: whoever "
                "takes each for a message has three, and none of them is a line."_s,
       .pieces = {typed("hel"), typed("lo\nworl"), typed("d\n")},
       .chunks = {{3, 0}, {7, 2}, {2, 4}}},
      {.spec = u"idle:100"_s,
       .about = u"PING came in two pieces 20 ms apart, which is less than 100 ms: one message. OK came after 300 ms of "
                "silence: the next."_s,
       .pieces = {typed("PING 1\n"), typed("OK\n")},
       .chunks = {{4, 0}, {3, 20}, {3, 320}}},
      {.spec = u"until-close"_s,
       .about = u"However many recv() it takes, there is one message, and the FIN ends it."_s,
       .pieces = {typed("all there is")},
       .chunks = {{4, 0}, {8, 30}}},
      {.spec = u"fixed:6"_s,
       .about = u"Six bytes, six bytes, and then the stream ended: the last message is cut."_s,
       .pieces = {encoded("SEQ 01"), encoded("SEQ 02"), typed("SEQ", Status::Incomplete)}},
      {.spec = u"lines"_s,
       .about = u"A line feed ends each line; the carriage return before it is no payload either. The last line has no "
                "end."_s,
       .pieces = {typed("hello\r\n"), encoded("world"), typed("not yet", Status::Incomplete)}},
      {.spec = u"delimiter:;,quote=\""_s,
       .about = u"A semicolon ends each message. The one between the quotes does not count; the last one is missing."_s,
       .pieces = {encoded("a=1"), encoded("b=\"1;2\""), typed("c=", Status::Incomplete)}},
      {.spec = u"length:u16be"_s,
       .about = u"Two bytes say how many follow. The last message was to have five, and two of them are here."_s,
       .pieces = {encoded("hello"), encoded("hi"), hex("00 05 77 6F", Status::Incomplete)},
       .chunks = {{5, 0}, {10, 3}}},
      {.spec = u"netstring"_s,
       .about = u"The third one breaks the rule: where its comma should be, there is a semicolon. What comes behind it "
                "is not framed any more, because nothing says where the next message begins."_s,
       .pieces = {encoded("hello"), encoded(""), typed("2:hi;3:abc,", Status::Error)}},
      {.spec = u"chunked:u8,block=3"_s,
       .about = u"Each message comes in blocks of three bytes or less, and a block of none ends it. The last one still "
                "waits for that."_s,
       .pieces = {encoded("hello"), encoded("hi"), hex("03 61 62 63", Status::Incomplete)}},
      {.spec = u"tlv:u8/u8"_s,
       .about = u"A tag, a length, a value: text under the tag 1, a number under 2, and something under 3 that is "
                "cut."_s,
       .pieces = {hex("01 05 68 65 6C 6C 6F"), hex("02 01 2A"), hex("03 04 FF", Status::Incomplete)}},
  };
}

/// HTTP and what is like it.
QList<FramingExample> headedExamples() {
  return {
      {.spec = u"headers"_s,
       .about = u"Content-Length says how many bytes follow the empty line. The third message has no such header, and "
                "so nobody knows where it ends."_s,
       .pieces = {encoded("{}"), typed("Content-Length: 2\r\nX-Seq: 7\r\n\r\nhi"),
                  typed("X-Seq: 8\r\n\r\nhi", Status::Error)}},
      {.spec = u"http"_s,
       .about = u"Two requests on one connection. The first has no body, because nothing announces one; the second has "
                "the two bytes that its Content-Length says."_s,
       .pieces = {typed("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                  typed("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")}},
      {.spec = u"http"_s,
       .about =
           u"Three responses: with a length, in blocks, and with neither: that one goes on until the stream ends."_s,
       .pieces = {encoded("hi"),
                  typed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
                  typed("HTTP/1.1 200 OK\r\n\r\nbye")}},
      {.spec = u"http-chunked,block=3"_s,
       .about = u"Each block's length stands before it in hexadecimal, on a line of its own. The second message has a "
                "trailer. The third breaks the rule: g is no hexadecimal digit."_s,
       .pieces = {encoded("hello"), typed("2\r\nhi\r\n0\r\nSum: 9\r\n\r\n"), typed("g\r\n", Status::Error)}},
  };
}

/// Values that end by themselves.
QList<FramingExample> valueExamples() {
  return {
      {.spec = u"json"_s,
       .about = u"Three values with white space between, which belongs to none of them. The last is not at its end."_s,
       .pieces = {typed(R"({"a":[1,2],"b":"x"})"), filler("\n"), typed("\"hi\""), filler(" "),
                  typed("[true,", Status::Incomplete)}},
      {.spec = u"xml"_s,
       .about = u"A document ends where its root element does. In the third one </a> closes an element that is not the "
                "one open."_s,
       .pieces = {typed("<a n=\"1\">hi</a>"), filler("\n"), typed("<b/>"), filler("\n"),
                  typed("<a><c></a>", Status::Error)}},
      // {"a": 1, "b": true}, [1, 2, 3], and "hello", as the specification of MessagePack writes them.
      {.spec = u"msgpack"_s,
       .about = u"A map, an array, and a string of five bytes that is cut. The first byte of each says what it is, and "
                "how much is in it."_s,
       .pieces = {hex("82 A1 61 01 A1 62 C3"), hex("93 01 02 03"), hex("A5 68 65", Status::Incomplete)}},
      // {"a": 1, "b": [2, 3]} and [_ 1, [2, 3]], as in RFC 8949 appendix A; 1C is not well-formed, as in its appendix
      // F.
      {.spec = u"cbor"_s,
       .about = u"A map, an array without a length that ends with a break (FF), and a byte that no item begins with."_s,
       .pieces = {hex("A2 61 61 01 61 62 82 02 03"), hex("9F 01 82 02 03 FF"), hex("1C", Status::Error)}},
      // pickle.dumps(300, 2), pickle.dumps(["hi"], 2) without its memo, and the begin of another.
      {.spec = u"pickle"_s,
       .about = u"Programs for a small machine, each up to its STOP: one makes a number, one a list. They are walked "
                "over, never run. The third has no STOP yet."_s,
       .pieces = {hex("80 02 4D 2C 01 2E"), hex("80 02 5D 58 02 00 00 00 68 69 61 2E"),
                  hex("80 02 4B", Status::Incomplete)}},
      // zlib.compress(b"hello"), as it is and with the last byte of its checksum another.
      {.spec = u"zlib"_s,
       .about = u"Each stream knows its own end, and an Adler-32 of what was compressed follows. The second one's is "
                "wrong."_s,
       .pieces = {encoded("hello"), hex("78 9C CB 48 CD C9 C9 07 00 06 2C 02 16", Status::Error)}},
      {.spec = u"gzip"_s,
       .about = u"The same with a head before it, and a CRC-32 and the size behind it. Of the second one the last five "
                "bytes are missing."_s,
       .pieces = {encoded("hello"), hex("1F 8B 08 00 00 00 00 00 00 03 CB C8 04 00 AC 2A 93", Status::Incomplete)}},
  };
}

/// Markers, checksums, and what is not TCP's.
QList<FramingExample> markedExamples() {
  return {
      {.spec = u"slip"_s,
       .about = u"END (C0) stands on both sides. In the second message the payload has a C0 of its own: it is sent as "
                "DB DC. In the third DB is followed by something else, which is an error up to the next END, and the "
                "fourth is whole again."_s,
       .pieces = {encoded("hi"), encoded("a\xC0z"), hex("C0 61 DB 62 C0", Status::Error), encoded("ok")}},
      {.spec = u"cobs"_s,
       .about = u"No zero but the last byte. The codes say how far it is to the next zero of the payload: 11 22 00 33 "
                "is sent as 03 11 22 02 33. The third message ends before its code says, and the fourth is whole "
                "again."_s,
       .pieces = {encoded(QByteArray("\x11\x22\x00\x33", 4)), encoded("hi"), hex("05 61 62 00", Status::Error),
                  encoded("ok")}},
      {.spec = u"hdlc"_s,
       .about = u"Flags (7E) on both sides, and a checksum before the second one. One bit of the second message was "
                "changed on the way, so its checksum does not fit any more; the third is whole."_s,
       .pieces = {encoded("hi"), hex("7E 68 6B 15 5A 7E", Status::Error), encoded("ok")}},
      {.spec = u"sync:AA55,length=u8,adjust=1,checksum=sum8,from=2"_s,
       .about = u"AA 55 begins each message, then comes a length, and last a checksum over length and payload. The "
                "second message was changed on the way: its checksum does not fit. The two bytes behind it are no "
                "message, and the receiver looks for the next AA 55."_s,
       .pieces = {encoded("hello"), hex("AA 55 02 68 6B D3", Status::Error), hex("30 31", Status::Error),
                  encoded("ok")}},
      {.spec = u"datagram"_s,
       .about = u"UDP keeps messages apart: what was sent at once arrives at once, or not at all."_s,
       .pieces = {typed("hello"), typed("hi"), typed("bye")},
       .chunks = {{5, 0}, {2, 5}, {3, 9}}},
  };
}

/// Framings inside framings.
QList<FramingExample> layeredExamples() {
  return {
      {.spec = u"length:u16be | json"_s,
       .about = u"Each payload is read by itself: a length says how long the message is, and in its payload lie the "
                "values that json finds. The second message has two of them; the one in the third is not whole, and "
                "what comes behind does not make it so."_s,
       .pieces = {encoded(R"({"n":1})"),
                  typed(QByteArray("\0\5"
                                   "12 34",
                                   7)),
                  typed(QByteArray("\0\3[4,", 5)), encoded("[5]")}},
      {.spec = u"length:u16be |+ lines"_s,
       .about =
           u"Here the payloads are joined first, as TLS does it: hel and lo, with a line feed, make a line, though "
           "two messages carried them, and the second carries the begin of the next line, too."_s,
       .pieces = {typed(QByteArray("\0\3hel", 5)), typed(QByteArray("\0\6lo\nwor", 8)),
                  typed(QByteArray("\0\3ld\n", 5))}},
  };
}

QString nameOf(const FramingExample &example) {
  const auto layers = parseLayers(example.spec);
  return layers ? layers->front().spec.name : QString();
}

}  // namespace

const QList<FramingExample> &framingExamples() {
  static const QList<FramingExample> all = plainExamples() + headedExamples() + valueExamples() + markedExamples();
  return all;
}

const QList<FramingExample> &layerExamples() {
  static const QList<FramingExample> all = layeredExamples();
  return all;
}

const FramingKind &layersKind() {
  static const FramingKind kind = {
      .name = u"layers"_s,
      .title = u"Layers: framings in framings"_s,
      .summary =
          u"A | B: B cuts each payload of A by itself, and its messages are listed under A's. A |+ B: the "
          "payloads of A are joined to one stream that B cuts. There can be more layers than two; those with | "
          "stand before those with |+."_s,
      .examples = {u"length:u16be | json"_s, u"length:u16be |+ lines"_s, u"netstring | json"_s, u"slip | length:u8"_s,
                   u"length:u32be | zlib"_s}};
  return kind;
}

QList<FramingExample> examplesOf(QStringView framing) {
  if (framing == layersKind().name) return layerExamples();
  QList<FramingExample> found;
  for (const FramingExample &example : framingExamples()) {
    if (nameOf(example) == framing) found.append(example);
  }
  return found;
}

Result<QList<QByteArray>> bytesOf(const FramingExample &example) {
  const auto framer = framerFromSpec(example.spec);
  if (!framer) return std::unexpected(framer.error());
  QList<QByteArray> all;
  for (const ExamplePiece &piece : example.pieces) {
    if (piece.made != ExamplePiece::Made::Encoded) {
      all.append(piece.bytes);
      continue;
    }
    auto bytes = (*framer)->encode(piece.bytes);
    if (!bytes) return std::unexpected(bytes.error());
    all.append(*std::move(bytes));
  }
  return all;
}

Result<std::unique_ptr<Stream>> streamOf(const FramingExample &example) {
  const auto pieces = bytesOf(example);
  if (!pieces) return std::unexpected(pieces.error());
  const QByteArray bytes = pieces->join();
  auto stream = std::make_unique<Stream>();
  const auto append = [&](quint64 from, quint64 size, qint64 timeNs) {
    return stream->append(viewOf(bytes).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(size)),
                          timeNs);
  };
  QList<ExampleChunk> chunks = example.chunks;
  if (chunks.isEmpty()) chunks.append({static_cast<quint64>(bytes.size()), 0});
  quint64 at = 0;
  for (const ExampleChunk &chunk : chunks) {
    if (const auto done = append(at, chunk.size, firstNs + chunk.ms * nsPerMs); !done) {
      return std::unexpected(done.error());
    }
    at += chunk.size;
  }
  stream->finish(StreamEnd::Fin, firstNs + (chunks.last().ms + 1) * nsPerMs);
  return stream;
}

}  // namespace octetscope
