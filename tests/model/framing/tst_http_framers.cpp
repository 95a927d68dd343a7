// The framings `http`, `headers` and `http-chunked` by example: where messages end, what is payload, what is missing
// and what is wrong, to the byte; each stream cut at every byte. Examples of RFC 9112 and of the protocols that use
// these framings are typed in, with the place where they stand.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"
#include "tests/support/guarded_bytes.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

QString toldFields(const FieldDecoder &fields, ByteView bytes) {
  QStringList all;
  for (const auto walk = fields.walk(bytes); walk->next();) {
    const Field &field = walk->field();
    all += u"%1=%2@%3+%4"_s.arg(field.name, displayText(field.value)).arg(field.range.begin).arg(field.range.size());
  }
  return all.join(u' ');
}

}  // namespace

class TestHttpFramers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void frames_data();
  void frames();
  void payloads_data();
  void payloads();
  void tellsParts_data();
  void tellsParts();
  void tellsFields_data();
  void tellsFields();
  void readsLengths_data();
  void readsLengths();
  void encodes_data();
  void encodes();
  void refusesHeads_data();
  void refusesHeads();
  void looksAtNothingTwice_data();
  void looksAtNothingTwice();
};

void TestHttpFramers::frames_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<StreamEnd>("end");
  QTest::addColumn<QString>("messages");
  const auto row = [](const char *spec, const QByteArray &bytes, const char *messages,
                      StreamEnd end = StreamEnd::Open) {
    QTest::addRow("%s %s %d", spec, bytes.toPercentEncoding().constData(), static_cast<int>(end))
        << QString::fromUtf8(spec) << bytes << end << QString::fromUtf8(messages);
  };
  using enum StreamEnd;

  // RFC 9112 section 2.1 and RFC 9110 section 3.9: an exchange, each side of it.
  row("http",
      "GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\nAccept-Language: en, mi\r\n\r\n",
      "0+100 complete payload 100+0");
  row("http",
      "HTTP/1.1 200 OK\r\nDate: Mon, 27 Jul 2009 12:28:53 GMT\r\nServer: Apache\r\nLast-Modified: Wed, 22 Jul 2009 "
      "19:15:56 GMT\r\nETag: \"34aa387-d-1568eb00\"\r\nAccept-Ranges: bytes\r\nContent-Length: 51\r\nVary: "
      "Accept-Encoding\r\nContent-Type: text/plain\r\n\r\nHello World! My content includes a trailing CRLF.\r\n",
      "0+288 complete payload 237+51");
  // RFC 9112 section 3.2.4.
  row("http", "OPTIONS * HTTP/1.1\r\nHost: www.example.org:8001\r\n\r\n", "0+50 complete payload 50+0");
  // Several on one connection.
  row("http", "GET / HTTP/1.1\r\n\r\nPOST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabcHEAD /x HTTP/1.1\r\n\r\n",
      "0+18 complete payload 18+0\n18+41 complete payload 56+3\n59+20 complete payload 79+0");
  row("http", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      "0+25 complete payload 25+0\n25+38 complete payload 63+0");
  row("http",
      "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
      "0+46 complete payload 46+0\n46+48 complete payload 94+0");
  row("http", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", "0+36 complete payload 35+1");
  // Until close.
  const QByteArray untilClose = "HTTP/1.0 200 OK\r\n\r\nabc";
  row("http", untilClose, "0+22 incomplete payload 19+3");
  row("http", untilClose, "0+22 complete payload 19+3", Fin);
  row("http", untilClose, "0+22 incomplete payload 19+3", Reset);
  row("http", untilClose, "0+22 incomplete payload 19+3", Cut);
  row("http", "HTTP/1.0 200 OK\r\n\r\n", "0+19 complete payload 19+0", Fin);
  row("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nabc",
      "0+66 complete payload 63+3", Fin);
  row("http,max=21", untilClose,
      "0+22 error payload -+0: the message that begins at byte 0 has no end within the limit of 21 bytes", Fin);
  row("http,max=22", untilClose, "0+22 complete payload 19+3", Fin);
  // A body in blocks. The last coding counts, in whatever line it stands.
  row("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      "0+60 complete payload -+3");
  row("http", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked ,\r\n\r\n0\r\nA: b\r\n\r\nGET / HTTP/1.1\r\n\r\n",
      "0+66 complete payload -+0\n66+18 complete payload 84+0");
  row("http", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "0+77 complete payload -+0");
  row("http", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 99x\r\n\r\n0\r\n\r\n",
      "0+73 complete payload -+0");
  row("http", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
      "0+53 error payload -+0: bytes 36–48 (\"chunked, gzip\") are a Transfer-Encoding that does not end with chunked, "
      "so nobody knows where the request ends");
  // What may stand before a request line, and how lines may end (RFC 9112 section 2.2).
  row("http", "\r\n\r\nGET / HTTP/1.1\n\n\r\n", "0+20 complete payload 20+0\n20+2 incomplete payload -+0");
  // Lengths.
  row("http", "POST / HTTP/1.1\r\ncontent-LENGTH: \t 2 \t\r\nContent-Length: 2, 02\r\n\r\nab",
      "0+67 complete payload 65+2");
  row("http", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", "0+40 incomplete payload 38+2 needs 3");
  row("http", "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab",
      "0+59 error payload -+0: byte 52 (\"3\") is another Content-Length than the one before it, which says 2");
  row("http", "POST / HTTP/1.1\r\nContent-Length: 2, 3\r\n\r\n",
      "0+41 error payload -+0: byte 36 (\"3\") is another Content-Length than the one before it, which says 2");
  row("http", "POST / HTTP/1.1\r\nContent-Length: +2\r\n\r\n",
      "0+39 error payload -+0: byte 33 is \"+\" (2B) where a Content-Length has a digit");
  row("http", "POST / HTTP/1.1\r\nContent-Length: \r\n\r\n",
      "0+37 error payload -+0: a Content-Length has no digits at byte 33");
  row("http", "POST / HTTP/1.1\r\nContent-Length: 18446744073709551616\r\n\r\n",
      "0+57 error payload -+0: bytes 33–52 (\"18446744073709551616\") are a Content-Length of more than 64 bits");
  row("http", "POST / HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n",
      "0+57 error payload -+0: bytes 33–52 (\"18446744073709551615\") announce a message of "
      "18,446,744,073,709,551,672 bytes, over the limit of 67,108,864");
  row("http,max=40", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab", "0+40 complete payload 38+2");
  row("http,max=39", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab",
      "0+40 error payload -+0: byte 33 (\"2\") announces a message of 40 bytes, over the limit of 39");
  row("http,max=20", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab",
      "0+40 error payload -+0: the message that begins at byte 0 has no end within the limit of 20 bytes");
  // First lines that are none.
  row("http", QByteArray("\x16\x03\x01\0", 4),
      "0+4 error payload -+0: byte 0 is 16 where a request begins with a method, or a response with HTTP/");
  row("http", "G@T / HTTP/1.1\r\n",
      "0+16 error payload -+0: byte 1 is \"@\" (40) where a request begins with a method, or a response with HTTP/");
  row("http", "GET\r\n",
      "0+5 error payload -+0: the request line \"GET\" (bytes 0–2) has no target and no version behind its method");
  row("http", "GET  HTTP/1.1\r\n",
      "0+15 error payload -+0: the request line \"GET  \" (bytes 0–4) has no target and no version behind its method");
  row("http", "GET /x\r\n",
      "0+8 error payload -+0: the request line \"GET /x\" (bytes 0–5) has no version behind its target");
  row("http", "PRI * HTTP/2.0\r\n\r\n",
      "0+18 error payload -+0: bytes 6–13 (\"HTTP/2.0\") are not a version that is read here: HTTP/1.0 and HTTP/1.1 "
      "are");
  row("http", "GET / HTTP/1.1 \r\n",
      "0+17 error payload -+0: byte 14 is 20 behind the version, where a request line ends");
  row("http", "HTTP/1.1 20 OK\r\n",
      "0+16 error payload -+0: byte 11 is 20 where a status line has its status: a space, three digits from 100 on, "
      "and a space");
  row("http", "HTTP/1.1 099\r\n",
      "0+14 error payload -+0: byte 9 is \"0\" (30) where a status line has its status: a space, three digits from 100 "
      "on, and a space");
  row("http", "HTTP/1.1 2000\r\n",
      "0+15 error payload -+0: byte 12 is \"0\" (30) where a status line has its status: a space, three digits from "
      "100 "
      "on, and a space");
  // Header lines that are none.
  row("http", "GET / HTTP/1.1\r\nA : b\r\n\r\n",
      "0+25 error payload -+0: byte 17 is 20 behind the name of a header, where its colon has to be");
  row("http", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
      "0+28 error payload -+0: byte 22 is 20 at the begin of a line, which continues the one before it: HTTP/1.1 "
      "allows that no more");
  row("http", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
      "0+26 error payload -+0: byte 20 is 0D inside a line: only 0D 0A, together, end one");
  row("http", "GET / HTTP/1.1\r\nabc\r\n\r\n",
      "0+23 error payload -+0: the header line \"abc\" (bytes 16–18) has no colon");
  row("http", "GET / HTTP/1.1\r\n: b\r\n\r\n",
      "0+23 error payload -+0: byte 16 is \":\" (3A) where the name of a header begins");
  // RFC 9110, section 5.5.
  row("http", QByteArray("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 26),
      "0+26 error payload -+0: byte 20 is 00 in the value of a header, which cannot have it");
  row("http", QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\0\r\n\r\n", 39),
      "0+39 error payload -+0: byte 34 is 00 in the value of a header, which cannot have it");
  row("headers", QByteArray("X:\0\r\nContent-Length: 2\r\n\r\nab", 28),
      "0+28 error payload -+0: byte 2 is 00 in the value of a header, which cannot have it");
  row("http-chunked", QByteArray("0\r\nX: \0\r\n\r\n", 11),
      "0+11 error payload -+0: byte 6 is 00 in the value of a header, which cannot have it");
  row("http", "GET / HTTP/1.1\r\nA\x01: b\r\n\r\n", "0+25 error payload -+0: byte 17 is 01 in the name of a header");
  // Behind a change of protocol.
  row("http", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x81\x02hi",
      "0+48 complete payload 48+0\n48+4 incomplete payload 48+4");
  row("http", "HTTP/1.1 101 Switching Protocols\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
      "0+36 complete payload 36+0\n36+19 complete payload 36+19", Fin);
  row("http", "CONNECT a:1 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n",
      "0+24 complete payload 24+0\n24+18 complete payload 42+0");
  row("http", "CONNECT a:1 HTTP/1.1\r\n\r\n\x16\x03\x01", "0+24 complete payload 24+0\n24+3 complete payload 24+3",
      Fin);
  row("http", "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n\x81\x80",
      "0+38 complete payload 38+0\n38+2 incomplete payload 38+2");
  row("http,max=48", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + QByteArray(49, 'x'),
      "0+48 complete payload 48+0\n48+49 error payload -+0: the message that begins at byte 48 has no end within the "
      "limit of 48 bytes");

  // Language Server Protocol 3.17, "Header Part": its example of a message.
  row("headers", "Content-Length: 12\r\n\r\n{\"jsonrpc\":\"Content-Type: x\r\ncontent-length:1\r\n\r\n{",
      "0+34 complete payload 22+12\n34+38 complete payload 71+1");
  row("headers", "Content-Length: 2\r\nContent-Length: 2\n\nab", "0+40 complete payload 38+2");
  row("headers", "Content-Length: 3\r\n\r\nab", "0+23 incomplete payload 21+2 needs 1", Fin);
  row("headers", "Content-Leng", "0+12 incomplete payload -+0");
  row("headers", "A: b\r\n\r\n",
      "0+8 error payload -+0: the head at bytes 0–7 has no Content-Length, so nobody knows where the message ends");
  row("headers", "\r\n",
      "0+2 error payload -+0: the head at bytes 0–1 has no Content-Length, so nobody knows where the message ends");
  row("headers", "Content-Length: 1\r\nContent-Length: 2\r\n",
      "0+38 error payload -+0: byte 35 (\"2\") is another Content-Length than the one before it, which says 1");
  row("headers", "Content-Length: 1x\r\n",
      "0+20 error payload -+0: byte 17 is \"x\" (78) where a Content-Length has a digit");
  row("headers", "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n", "0+49 complete payload 49+0");
  row("headers,max=23", "Content-Length: 2\r\n\r\nab", "0+23 complete payload 21+2");
  row("headers,max=22", "Content-Length: 2\r\n\r\nab",
      "0+23 error payload -+0: byte 16 (\"2\") announces a message of 23 bytes, over the limit of 22");

  // Bodies in blocks.
  row("http-chunked", "4\r\nWiki\r\n5;a\r\npedia\r\n0\r\n\r\n0\r\n\r\n",
      "0+26 complete payload -+9\n26+5 complete payload -+0");
  row("http-chunked", "00A;x=\"a;\\\"b\" ; y = z\r\n0123456789\r\n000 \r\nExpires: Wed\r\nX:\r\n\r\n",
      "0+61 complete payload -+10");
  row("http-chunked", "4\r\nWi", "0+5 incomplete payload -+2");
  row("http-chunked", "4\r\nWiki", "0+7 incomplete payload -+4", Fin);
  row("http-chunked", "0\r\nA: b\r\n", "0+9 incomplete payload -+0");
  row("http-chunked", "x",
      "0+1 error payload -+0: byte 0 is \"x\" (78) in the length of block 1, which has hexadecimal digits");
  row("http-chunked", "\r\n",
      "0+2 error payload -+0: byte 0 is 0D where the length of block 1 has a hexadecimal digit");
  row("http-chunked", "1\r\na\r\n1g\r\n",
      "0+10 error payload -+0: byte 7 is \"g\" (67) in the length of block 2, which has hexadecimal digits");
  row("http-chunked", "1\na\n0\n\n",
      "0+7 error payload -+0: byte 1 is 0A without 0D before it, where 0D 0A ends the line of a block's length");
  row("http-chunked", "1\r\nab\r\n",
      "0+7 error payload -+0: byte 4 is \"b\" (62) where 0D 0A has to follow the data of block 1");
  row("http-chunked", "1\r\na\rb",
      "0+6 error payload -+0: byte 5 is \"b\" (62) where 0D 0A has to follow the data of block 1");
  row("http-chunked", "1;a=\"b\r\n",
      "0+8 error payload -+0: byte 4 is \"\"\" (22) and opens a quote that the line does "
      "not close");
  row("http-chunked", "1;=\r\n",
      "0+5 error payload -+0: byte 2 is \"=\" (3D) in an extension of block 1, where ;name or ;name=value has "
      "something else");
  row("http-chunked", "1;a\rb\r\n", "0+7 error payload -+0: byte 3 is 0D inside a line: only 0D 0A, together, end one");
  row("http-chunked", "10000000000000000\r\n",
      "0+19 error payload -+0: bytes 0–16 (\"10000000000000000\") are a length of block 1 of more than 64 bits");
  row("http-chunked", "FFFFFFFFFFFFFFFF\r\n",
      "0+18 error payload -+0: bytes 0–15 (\"FFFFFFFFFFFFFFFF\") announce block 1, with which the message has "
      "18,446,744,073,709,551,640 bytes at least, over the limit of 67,108,864");
  row("http-chunked,max=11", "1\r\na\r\n0\r\n\r\n", "0+11 complete payload -+1");
  row("http-chunked,max=10", "1\r\na\r\n0\r\n\r\n",
      "0+11 error payload -+0: byte 0 (\"1\") announces block 1, with which the message has 11 bytes at least, over "
      "the limit of 10");
  row("http-chunked,max=12", "0\r\nA: bcdefg\r\n\r\n",
      "0+16 error payload -+0: the message that begins at byte 0 has no end within the limit of 12 bytes");
}

void TestHttpFramers::frames() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, bytes);
  QFETCH(StreamEnd, end);
  const FramerPtr framer = framerFromSpec(spec).value();
  QTEST(told(*framer, streamInChunks(bytes, {}, end)), "messages");
  QList<quint64> cuts;
  for (quint64 cut = 1; cut < static_cast<quint64>(bytes.size()); ++cut) cuts.append(cut);
  const QString broken = FramerContract(*framer, bytes, cuts, end, 1).broken();
  QVERIFY2(broken.isEmpty(), qPrintable(broken));
}

void TestHttpFramers::payloads_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArray>("payload");
  QTest::newRow("blocks") << u"http-chunked"_s << QByteArray("3;x\r\nabc\r\n1\r\nd\r\n0\r\n\r\n") << QByteArray("abcd");
  QTest::newRow("the last one cut") << u"http-chunked"_s << QByteArray("3\r\nabc\r\n4\r\nd\r") << QByteArray("abcd\r");
  QTest::newRow("in a message") << u"http"_s
                                << QByteArray(
                                       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r"
                                       "\n0\r\nA: b\r\n\r\n")
                                << QByteArray("abcde");
  QTest::newRow("of a length") << u"http"_s << QByteArray("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")
                               << QByteArray("abc");
  QTest::newRow("none") << u"http"_s << QByteArray("GET / HTTP/1.1\r\n\r\n") << QByteArray();
  QTest::newRow("headers") << u"headers"_s << QByteArray("Content-Length: 3\r\n\r\n{}\n") << QByteArray("{}\n");
}

void TestHttpFramers::payloads() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, bytes);
  const FramerPtr framer = framerFromSpec(spec).value();
  const StreamView stream = streamInChunks(bytes, {});
  const QList<Message> messages = messagesOf(*framer, stream);
  QCOMPARE(messages.size(), 1);
  QTEST(framer->payload(stream, messages[0]).value(), "payload");
}

void TestHttpFramers::tellsParts_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("parts");
  QTest::newRow("request") << u"http"_s << QByteArray("\r\nPOST / HTTP/1.1\r\nA: b\r\nContent-Length: 3 \r\n\r\nabc")
                           << u"head 0-2, head 2-19, head 19-25, head 25-41, length 41-42=3, head 42-45, delimiter "
                              "45-47, payload 47-50"_s;
  QTest::newRow("response in blocks")
      << u"http"_s << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nA: b\r\n\r\n")
      << u"head 0-17, head 17-36, length 36-43=chunked, head 43-45, delimiter 45-47, length 47-48=3, head 48-52, "
         "payload 52-55, delimiter 55-57, delimiter 57-60=0, head 60-66, delimiter 66-68"_s;
  QTest::newRow("blocks that break off") << u"http-chunked"_s << QByteArray("3\r\nabcx")
                                         << u"length 0-3=3, payload 3-6, unread 6-7"_s;
  QTest::newRow("headers") << u"headers"_s << QByteArray("Content-Length: 3\r\n\r\nab")
                           << u"head 0-16, length 16-17=3, head 17-19, delimiter 19-21, payload 21-23"_s;
  QTest::newRow("headers in error") << u"headers"_s << QByteArray("A: b\r\nB\r\n\r\n") << u"head 0-6, unread 6-11"_s;
}

void TestHttpFramers::tellsParts() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, bytes);
  const FramerPtr framer = framerFromSpec(spec).value();
  const StreamView stream = streamInChunks(bytes, {});
  QTEST(toldParts(*framer, stream, messagesOf(*framer, stream).value(0)), "parts");
}

void TestHttpFramers::tellsFields_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("message");
  QTest::addColumn<QString>("fields");
  QTest::newRow("request") << u"http"_s << QByteArray("\r\nGET /a HTTP/1.1\r\nHost:  b \r\nX:\r\n\r\n")
                           << u"method=\"GET\"@2+3 target=\"/a\"@6+2 version=\"HTTP/1.1\"@9+8 Host=\"b\"@26+1 "
                              "X=\"\"@32+0"_s;
  QTest::newRow("response") << u"http"_s << QByteArray("HTTP/1.0 404 Not Found\r\nContent-Length: 4\r\n\r\nA: b")
                            << u"version=\"HTTP/1.0\"@0+8 status=404@9+3 reason=\"Not Found\"@13+9 "
                               "Content-Length=\"4\"@40+1"_s;
  QTest::newRow("no reason") << u"http"_s << QByteArray("HTTP/1.1 200\r\n\r\n")
                             << u"version=\"HTTP/1.1\"@0+8 status=200@9+3 reason=\"\"@12+0"_s;
  QTest::newRow("trailers") << u"http"_s
                            << QByteArray(
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nB: "
                                   "c\r\n\r\n")
                            << u"version=\"HTTP/1.1\"@0+8 status=200@9+3 reason=\"OK\"@13+2 "
                               "Transfer-Encoding=\"chunked\"@36+7 B=\"c\"@59+1"_s;
  QTest::newRow("a head that is cut") << u"http"_s << QByteArray("GET /a HTTP/1.1\r\nHost: b")
                                      << u"method=\"GET\"@0+3 target=\"/a\"@4+2 version=\"HTTP/1.1\"@7+8"_s;
  QTest::newRow("what follows a change of protocol") << u"http"_s << QByteArray("\x81\x02hi") << QString();
  QTest::newRow("not UTF-8") << u"headers"_s << QByteArray("A: \xe9\r\nB: \xc3\xa9\r\nContent-Length: 0\r\n\r\n")
                             << u"A=\"é\"@3+1 B=\"é\"@9+2 Content-Length=\"0\"@29+1"_s;
  QTest::newRow("trailers alone") << u"http-chunked"_s << QByteArray("0\r\nA: b\r\n\r\n") << u"A=\"b\"@6+1"_s;
}

void TestHttpFramers::tellsFields() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, message);
  const FramerPtr framer = framerFromSpec(spec).value();
  QCOMPARE(framer->fieldsIn(), FieldsIn::Message);
  QTEST(toldFields(*framer->fields(), viewOf(message)), "fields");
  // Cut anywhere, fields that are whole stay as they are.
  const QString whole = toldFields(*framer->fields(), viewOf(message));
  for (qsizetype size = 0; size < message.size(); ++size) {
    QVERIFY(whole.startsWith(toldFields(*framer->fields(), viewOf(message.first(size)))));
  }
}

void TestHttpFramers::readsLengths_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("read");
  QTest::newRow("Content-Length") << u"http"_s << QByteArray("POST / HTTP/1.1\r\nContent-Length: 12\r\n\r\nabc")
                                  << u"33-35 12 Content-Length"_s;
  QTest::newRow("blocks") << u"http"_s << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1F;a\r\nabc")
                          << u"47-49 31 hexadecimal"_s;
  QTest::newRow("bare blocks") << u"http-chunked"_s << QByteArray("a\r\nabc") << u"0-1 10 hexadecimal"_s;
  QTest::newRow("none") << u"http"_s << QByteArray("GET / HTTP/1.1\r\n\r\n") << QString();
  QTest::newRow("not yet") << u"headers"_s << QByteArray("Content-Length: 12\r\n") << QString();
  QTest::newRow("headers") << u"headers"_s << QByteArray("Content-Length: 0\r\n\r\n") << u"16-17 0 Content-Length"_s;
}

void TestHttpFramers::readsLengths() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, bytes);
  const FramerPtr framer = framerFromSpec(spec).value();
  const StreamView stream = streamInChunks(bytes, {});
  const auto read = framer->lengthRead(stream, messagesOf(*framer, stream).value(0));
  QTEST(
      read ? u"%1-%2 %3 %4"_s.arg(read->field.begin).arg(read->field.end).arg(read->value).arg(read->type) : QString(),
      "read");
}

void TestHttpFramers::encodes_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("payload");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("error");
  const auto row = [](const char *spec, const char *payload, const char *bytes, const char *error = "") {
    QTest::addRow("%s %s", spec, payload)
        << QString::fromUtf8(spec) << QByteArray(payload) << QByteArray(bytes) << QString::fromUtf8(error);
  };
  row("http-chunked", "hello", "5\r\nhello\r\n0\r\n\r\n");
  row("http-chunked,block=12", "0123456789abcdef", "C\r\n0123456789ab\r\n4\r\ncdef\r\n0\r\n\r\n");
  row("http-chunked", "", "0\r\n\r\n");
  row("http-chunked,max=14", "hello", "",
      "the blocks and their lengths are over the limit of 14 bytes: send less at once, or raise max=");
  row("headers", "{}", "Content-Length: 2\r\n\r\n{}");
  row("headers,max=22", "{}", "", "a message of 23 bytes is over the limit of 22: send less at once, or raise max=");
  row("http", "hi", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  row("http,head=POST / HTTP/1.1\\r\\nHost: a", "hi", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
  row("http,head=HTTP/1.1 204 No Content", "", "HTTP/1.1 204 No Content\r\n\r\n");
  row("http,head=HTTP/1.1 204 No Content", "x", "",
      "a response with status 204 carries no payload: give another head=");
  row("http,max=39", "hi", "", "a message of 40 bytes is over the limit of 39: send less at once, or raise max=");
}

void TestHttpFramers::encodes() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, payload);
  const auto bytes = framerFromSpec(spec).value()->encode(payload);
  QTEST(bytes ? *bytes : QByteArray(), "bytes");
  QTEST(bytes ? QString() : bytes.error().line(), "error");
}

void TestHttpFramers::refusesHeads_data() {
  QTest::addColumn<QString>("head");
  QTest::newRow("no head at all") << u"\\r\\n"_s;
  QTest::newRow("no version") << u"GET /"_s;
  QTest::newRow("no header") << u"GET / HTTP/1.1\\r\\nabc"_s;
  QTest::newRow("an empty line") << u"GET / HTTP/1.1\\r\\n\\r\\nA: b"_s;
  QTest::newRow("a length") << u"GET / HTTP/1.1\\r\\ncontent-length: 5"_s;
  QTest::newRow("a coding") << u"GET / HTTP/1.1\\r\\nTransfer-Encoding: chunked"_s;
}

void TestHttpFramers::refusesHeads() {
  QFETCH(QString, head);
  const auto framer = framerFromSpec(QString(u"http,head="_s + head));
  QVERIFY(!framer);
  QVERIFY2(framer.error().line().contains(u"at character 11"_s), qPrintable(framer.error().line()));
}

void TestHttpFramers::looksAtNothingTwice_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("begin");
  QTest::newRow("a header line that never ends") << u"http"_s << QByteArray("GET / HTTP/1.1\r\nA: ");
  QTest::newRow("a first line that never ends") << u"http"_s << QByteArray("GET /");
  QTest::newRow("a header's line of LSP") << u"headers"_s << QByteArray("Content-Length: 3\r\nA: ");
  QTest::newRow("an extension that never ends") << u"http-chunked"_s << QByteArray("5;a=");
  QTest::newRow("a trailer that never ends") << u"http-chunked"_s << QByteArray("0\r\nA:");
  QTest::newRow("a body") << u"http"_s << QByteArray("POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n");
  QTest::newRow("a block") << u"http-chunked"_s << QByteArray("FFFFF\r\n");
  QTest::newRow("until close") << u"http"_s << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
  QTest::newRow("a tunnel") << u"http"_s << QByteArray("HTTP/1.1 101 x\r\n\r\n");
}

/// Behind what a scan has looked at nothing of it may be looked at again: the pages are taken away.
void TestHttpFramers::looksAtNothingTwice() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, begin);
  const FramerPtr framer = framerFromSpec(spec).value();
  constexpr std::size_t size = 64 * GuardedBytes::page;
  const auto bytes = std::make_shared<GuardedBytes>(size, 'x', size);
  std::memcpy(const_cast<std::uint8_t *>(bytes->data()), begin.constData(), static_cast<std::size_t>(begin.size()));
  const auto view = [&](std::size_t there) {
    return StreamView{ByteSnapshot(bytes, there), ChunkView(), StreamEnd::Open, noTime};
  };
  ScanState state;
  MessageBatch batch;
  for (std::size_t there = GuardedBytes::page; there <= size; there += GuardedBytes::page) {
    batch.start(state.at);
    framer->scan(view(there), state, batch);
    QVERIFY(!state.stopped);
    QCOMPARE(state.scanned, there);
    // The last page may hold the begin of something.
    if (there > GuardedBytes::page) bytes->forbid(there - GuardedBytes::page);
  }
  QCOMPARE(framer->rest(view(size), state).status, Status::Incomplete);
}

QTEST_APPLESS_MAIN(TestHttpFramers)
#include "tst_http_framers.moc"
