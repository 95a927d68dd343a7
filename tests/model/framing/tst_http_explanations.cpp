// What is said of messages of `http`, `headers` and `http-chunked`, word for word.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestHttpExplanations : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *spec, const QByteArray &bytes, StreamEnd end, const char *words,
                        const char *reason) {
      QTest::addRow("%s %s %d", spec, bytes.toPercentEncoding().constData(), static_cast<int>(end))
          << QString::fromUtf8(spec) << bytes << end << QString::fromUtf8(words) << QString::fromUtf8(reason);
    };
    using enum StreamEnd;

    row("headers", "Content-Le", Open,
        "The head of message 3 begins at byte 0, and the empty line that ends it has not come yet: waiting for more.",
        "no empty line ended its head");
    row("headers", "Content-Le", Fin,
        "The head of message 3 begins at byte 0, and the empty line that ends it did not come: the stream ended there, "
        "so no more will come.",
        "no empty line ended its head");
    row("headers", "Content-Length: 2\r\n\r\n{}", Open,
        "Read Content-Length \"2\" (byte 16) → 2 bytes behind a head of 21, so message 3 ends at byte 23. All 23 bytes "
        "are here.",
        "it read Content-Length \"2\" (byte 16) → 2");
    row("headers", "Content-Length: 12\n\n{}", Reset,
        "Read Content-Length \"12\" (bytes 16–17) → 12 bytes behind a head of 20, so message 3 ends at byte 32. 22 of "
        "32 "
        "bytes are here: the connection was reset there, 10 never came. A line of its head ends with 0A alone, which "
        "not every receiver takes.",
        "it read Content-Length \"12\" (bytes 16–17) → 12");
    row("headers", "A: b\r\n\r\n", Open,
        "The head at bytes 0–7 has no Content-Length, so nobody knows where the message ends. Nothing is framed from "
        "byte 0 on: start the framing again where a message begins.",
        "nothing in it says where it ends");

    row("http-chunked", "5", Open,
        "The length of block 1 of message 3 (hexadecimal, a line of its own) begins at byte 0, and 1 byte of it is "
        "here "
        "(\"5\"): waiting for more. A block of length zero will end the message.",
        "it found no block of length zero in these 1 byte");
    row("http-chunked", "5;a\r\nhe", Fin,
        "Read the length of block 1 of message 3 → 5, so its data ends at byte 10. 2 of 5 bytes are here: the stream "
        "ended there, 3 never came. A block of length zero ends a message.",
        "it read 5 as the length of block 1");
    row("http-chunked", "5\r\nhello", Open,
        "Read the length of block 1 of message 3 → 5, so its data ends at byte 8. All 5 bytes are here. 0D 0A has to "
        "follow: waiting for more. A block of length zero will end the message.",
        "it read 5 as the length of block 1");
    row("http-chunked", "5\r\nhello\r\n", Open,
        "The length of block 2 of message 3 (hexadecimal, a line of its own) begins at byte 10, and nothing of it is "
        "here: waiting for more. A block of length zero will end the message.",
        "it found no block of length zero in these 10 bytes");
    row("http-chunked", "5\r\nhello\r\n0\r\nA: b\r\n", Open,
        "Read a block of length zero at byte 10. What is missing of message 3 is trailer lines, if any, and an empty "
        "line: waiting for more.",
        "no empty line followed the block of length zero");
    row("http-chunked", "5\r\nhello\r\n0\r\n\r\n", Open,
        "Read 1 block of 5 bytes in all, then one of length zero at byte 10 and an empty line: message 3 ends at byte "
        "15.",
        "it read a block of length zero at byte 10, and an empty line");
    row("http-chunked", "2\r\nhe\r\n3\r\nllo\r\n0\r\nA: b\r\nB: c\r\n\r\n", Open,
        "Read 2 blocks of 5 bytes in all, then one of length zero at byte 15, 2 lines of trailers and an empty line: "
        "message 3 ends at byte 32.",
        "it read a block of length zero at byte 15, and an empty line");
    row("http-chunked", "0\r\n\r\n", Open,
        "Read a block of length zero at byte 0 and none before it, so message 3 ends at byte 5, without payload.",
        "it read a block of length zero at byte 0, and an empty line");

    row("http", "GET /", Open,
        "The first line of message 3 begins at byte 0, and its end has not come yet: waiting for more.",
        "no empty line ended its head");
    row("http", "GET / HTTP/1.1\r\nHost:", Cut,
        "The head of message 3 begins at byte 0, and the empty line that ends it did not come: it was cut off there, "
        "so "
        "no more will come.",
        "no empty line ended its head");
    row("http", "GET / HTTP/1.1\r\n\r\n", Open,
        "Message 3 is a GET request without Content-Length or Transfer-Encoding, so it has no body and ends with its "
        "head, at byte 18.",
        "it read the head of a message without a body");
    row("http", "CONNECT a:1 HTTP/1.1\r\n\r\n", Open,
        "Message 3 is a CONNECT request without Content-Length or Transfer-Encoding, so it has no body and ends with "
        "its head, at byte 24. Where it is granted, a tunnel follows.",
        "it read the head of a message without a body");
    row("http", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe", Open,
        "Read Content-Length \"5\" (byte 33) → 5 bytes behind a head of 38, so message 3, a POST request, ends at byte "
        "43. 40 of 43 bytes are here: waiting for 3 more.",
        "it read Content-Length \"5\" (byte 33) → 5");
    row("http", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", Open,
        "Message 3 is a response (304), which never has a body, and ends with its head, at byte 48.",
        "it read the head of a message without a body");
    row("http", "HTTP/1.1 100 Continue\r\n\r\n", Open,
        "Message 3 is a response (100) before the final one, so it has no body and ends with its head, at byte 25.",
        "it read the head of a message without a body");
    row("http", "HTTP/1.1 101 Switching Protocols\r\n\r\n", Open,
        "Message 3 is a response (101), which changes the protocol, and ends with its head, at byte 36. What follows "
        "is "
        "no HTTP, and one message until the stream ends.",
        "it read the head of a message without a body");
    row("http", "HTTP/1.1 101 x\r\n\r\nabc", Fin,
        "Message 3 follows a change of protocol: it is no HTTP, and one message until the stream ends. All 3 bytes are "
        "here.",
        "the protocol changed before it");
    row("http", "HTTP/1.0 200 OK\r\n\r\na", Open,
        "Message 3 is a response (200) without Content-Length or chunked, so it goes on until the stream ends. 1 byte "
        "of its body is here: waiting for more.",
        "its head says no length, so the end of the stream ends it");
    row("http", "HTTP/1.0 200 OK\r\n\r\nab", Fin,
        "Message 3 is a response (200) without Content-Length or chunked, so it goes on until the stream ends: it did, "
        "at byte 21. All 21 bytes are here.",
        "its head says no length, so the end of the stream ends it");
    row("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", Open,
        "Read Transfer-Encoding \"chunked\" (bytes 36–42): the body of message 3, a response (200), comes in blocks. "
        "The "
        "length of block 2 of message 3 (hexadecimal, a line of its own) begins at byte 55, and nothing of it is here: "
        "waiting for more. A block of length zero will end the message.",
        "it found no block of length zero in these 55 bytes");
    row("http", "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        Open,
        "Read Transfer-Encoding \"gzip, chunked\" (bytes 55–67): the body of message 3, a POST request, comes in "
        "blocks. "
        "Read 1 block of 3 bytes in all, then one of length zero at byte 80 and an empty line: message 3 ends at byte "
        "85. What the blocks carry is in the coding named before chunked. There is a Content-Length, too, which does "
        "not count: both together are a sign of an attack (request smuggling).",
        "it read a block of length zero at byte 80, and an empty line");
  }
  void says() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(bytes, {}, end);
    const Message message = messagesOf(*framer, stream).last();
    QTEST(framer->explain(stream, message, 3), "words");
    QTEST(framer->because(stream, message), "reason");
  }
};

QTEST_APPLESS_MAIN(TestHttpExplanations)
#include "tst_http_explanations.moc"
