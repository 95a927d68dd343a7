// Both directions of HTTP: a response knows its request, a tunnel is one on both sides; and what is said of a message
// never changes when more comes either way: every moment of every exchange is looked at, from scans that went on and
// from an index that keeps states.
#include "model/framing/message_index.h"
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// What one side sent at once: `<` requests, `>` responses.
struct Sent {
  char direction;
  QByteArray bytes;
};

/// The two streams of an exchange, whose chunks have rising times.
class Exchange {
 public:
  explicit Exchange(const QList<Sent> &all) {
    qint64 time = 1000;
    for (const Sent &sent : all) {
      const Direction direction = sent.direction == '<' ? Direction::In : Direction::Out;
      [[maybe_unused]] const auto done = of(direction).append(viewOf(sent.bytes), ++time);
      Q_ASSERT(done);
    }
  }
  Stream &of(Direction direction) { return streams_[static_cast<std::size_t>(direction)]; }
  /// What there is of one direction when so many bytes of it and of the other one are there.
  StreamView view(Direction direction, quint64 size, quint64 otherSize) {
    StreamView result = of(direction).view().prefix(size);
    result.other = std::make_shared<const StreamView>(of(opposite(direction)).view().prefix(otherSize));
    return result;
  }
  StreamView view(Direction direction) { return view(direction, of(direction).size(), of(opposite(direction)).size()); }

 private:
  Stream streams_[2];
};

QByteArray response(const char *status, const char *rest = "") {
  return QByteArray("HTTP/1.1 ") + status + "\r\n" + rest + "\r\n";
}
QByteArray request(const char *line, const char *rest = "") {
  return QByteArray(line) + " HTTP/1.1\r\n" + rest + "\r\n";
}
QByteArray many(const QByteArray &bytes, int count) {
  return bytes.repeated(count);
}

}  // namespace

class TestHttpConversation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void frames_data() {
    QTest::addColumn<QList<Sent>>("sent");
    QTest::addColumn<QString>("requests");
    QTest::addColumn<QString>("responses");
    const auto row = [](const char *name, const QList<Sent> &sent, const char *requests, const char *responses) {
      QTest::newRow(name) << sent << QString::fromLatin1(requests) << QString::fromLatin1(responses);
    };
    const char *const four = "Content-Length: 4\r\n";
    row("HEAD",
        {{'<', request("HEAD /")},
         {'>', response("200 OK", four)},
         {'<', request("GET /")},
         {'>', response("200 OK", four) + "abcd"}},
        "0+19 19+18", "0+38 38+42");
    row("HEAD, in blocks",
        {{'<', request("HEAD /")},
         {'>', response("200 OK", "Transfer-Encoding: chunked\r\n")},
         {'>', response("404 x", four) + "abcd"}},
        "0+19", "0+47 47+41");
    row("HEAD, until close",
        {{'<', request("HEAD /") + request("GET /")},
         {'>', response("200 OK")},
         {'>', response("200 OK", four) + "abcd"}},
        "0+19 19+18", "0+19 19+42");
    row("pipelined",
        {{'<', request("GET /") + request("HEAD /") + request("GET /")},
         {'>', response("200 OK", four) + "abcd" + response("200 OK", four) + response("200 OK", four)},
         {'>', "abcd"}},
        "0+18 18+19 37+18", "0+42 42+38 80+42");
    row("an interim response answers nothing",
        {{'<', request("HEAD /", "Expect: 100-continue\r\n")},
         {'>', response("100 Continue")},
         {'>', response("103 Early Hints")},
         {'>', response("200 OK", four)},
         {'>', response("204 x")}},
        "0+41", "0+25 25+28 53+38 91+18");
    row("an answer before the request is whole",
        {{'<', request("POST /", four)},
         {'>', response("413 x", four) + "abcd"},
         {'<', "1234" + request("HEAD /")},
         {'>', response("200 OK", four)},
         {'>', response("204 x")}},
        "0+42 42+19", "0+41 41+38 79+18");
    row("an answer before its request",
        {{'>', response("200 OK", four) + "abcd"},
         {'<', request("HEAD /")},
         {'<', request("HEAD /")},
         {'>', response("200 OK", four)}},
        "0+19 19+19", "0+42 42+38");
    row("CONNECT",
        {{'<', request("CONNECT a:1")},
         {'>', response("200 OK", four)},
         {'<', request("GET /")},
         {'>', "\1\2\3"},
         {'<', "x"}},
        "0+24 24+19t", "0+38 38+3t");
    row("CONNECT, refused",
        {{'<', request("CONNECT a:1")},
         {'>', response("407 x", four) + "abcd"},
         {'<', request("CONNECT a:1")},
         {'>', response("200 OK")},
         {'<', "\1"},
         {'>', "\2"}},
        "0+24 24+24 48+1t", "0+41 41+19 60+1t");
    row("CONNECT, a tunnel before it is granted",
        {{'<', request("CONNECT a:1")}, {'<', "\x16\3\1"}, {'>', response("200 OK")}, {'>', "\x16"}}, "0+24 24+3t",
        "0+19 19+1t");
    row("an upgrade",
        {{'<', request("HEAD /") + request("GET /", "Upgrade: websocket\r\n")},
         {'>', response("200 OK", four) + response("101 Switching Protocols", "Upgrade: websocket\r\n")},
         {'<', "GET"},
         {'>', "HTTP"}},
        "0+19 19+38 57+3t", "0+38 38+56 94+4t");
    row("an upgrade, refused twice",
        {{'<', request("GET /", "Upgrade: h2c\r\n")},
         {'>', response("200 OK", four) + "abcd"},
         {'<', request("HEAD /", "Upgrade: h2c\r\n")},
         {'>', response("200 OK", four)},
         {'<', request("GET /")},
         {'>', response("200 OK", four) + "abcd"}},
        "0+32 32+33 65+18", "0+42 42+38 80+42");
  }
  void frames() {
    QFETCH(QList<Sent>, sent);
    QFETCH(QString, requests);
    QFETCH(QString, responses);
    Exchange exchange(sent);
    const FramerPtr framer = framerFromSpec(u"http").value();
    for (const Direction direction : {Direction::In, Direction::Out}) {
      QStringList words;
      for (const Message &message : messagesOf(*framer, exchange.view(direction))) {
        QVERIFY(message.status != Status::Error);
        const bool isTunnel = message.payloadOffset == message.offset;
        QCOMPARE(message.status, isTunnel ? Status::Incomplete : Status::Complete);
        words += u"%1+%2"_s.arg(message.offset).arg(message.size) + (isTunnel ? u"t"_s : QString());
        QVERIFY(framer->explain(exchange.view(direction), message, 3).endsWith(u'.'));
        QVERIFY(!framer->because(exchange.view(direction), message).isEmpty());
        const auto payload = framer->payload(exchange.view(direction), message);
        QCOMPARE(static_cast<quint64>(payload.value().size()), message.payloadSize);
      }
      QCOMPARE(words.join(u' '), direction == Direction::In ? requests : responses);
    }
  }

  void neverChanges_data() { frames_data(); }
  void neverChanges() {
    QFETCH(QList<Sent>, sent);
    Exchange exchange(sent);
    const FramerPtr framer = framerFromSpec(u"http").value();
    std::array<QList<Message>, 2> whole;
    std::array<ScanState, 2> states;
    std::array<QList<Message>, 2> seen;
    std::array<quint64, 2> there = {};
    for (const std::size_t d : {0U, 1U}) whole[d] = messagesOf(*framer, exchange.view(static_cast<Direction>(d)));
    for (const Sent &one : sent) {
      const std::size_t d = one.direction == '<' ? 0 : 1;
      const auto direction = static_cast<Direction>(d);
      for (qsizetype i = 0; i < one.bytes.size(); ++i) {
        ++there[d];
        const StreamView view = exchange.view(direction, there[d], there[1 - d]);
        seen[d] += finalMessages(*framer, view, states[d]);
        QList<Message> now = seen[d];
        if (const Message rest = framer->rest(view, states[d]); rest.size > 0) {
          now.append(rest);
          QCOMPARE(rest.offset, whole[d].value(seen[d].size()).offset);
          const Verdict verdict = framer->verdict(view, rest);
          if (verdict.needs) QCOMPARE(rest.size + *verdict.needs, whole[d][seen[d].size()].size);
        }
        QCOMPARE(seen[d], whole[d].first(seen[d].size()));
        // Read anew, or with all that came later the other way: the same.
        QCOMPARE(messagesOf(*framer, view), now);
        QCOMPARE(messagesOf(*framer, exchange.view(direction, there[d], exchange.of(opposite(direction)).size())), now);
      }
    }
  }

  // More messages than one checkpoint holds: an index finds each of them again, and what there was before.
  void isIndexed() {
    QList<Sent> sent;
    for (int i = 0; i < 300; ++i) {
      sent += {'<', request(i % 3 == 0 ? "HEAD /" : "GET /", i % 7 == 0 ? "Upgrade: h2c\r\n" : "")};
      sent += {'>', response("200 OK", "Content-Length: 4\r\n") + (i % 3 == 0 ? "" : "abcd")};
    }
    sent += {'<', request("CONNECT a:1")};
    sent += {'>', response("200 OK", "Content-Length: 4\r\n")};
    sent += {'<', many("tunnel", 100'000)};
    sent += {'>', many("tunnel", 100'000)};
    Exchange exchange(sent);
    const FramerPtr framer = framerFromSpec(u"http").value();
    for (const Direction direction : {Direction::In, Direction::Out}) {
      const StreamView view = exchange.view(direction);
      const QList<Message> all = messagesOf(*framer, view);
      QCOMPARE(all.size(), 302);
      QCOMPARE(all.last().payloadSize, 600'000);
      MessageIndex index(framer);
      while (index.advance(view, 1000)) {
      }
      QCOMPARE(index.count(), 301);
      QCOMPARE(index.rest(view), all.last());
      for (quint64 number = 0; number < index.count(); ++number) {
        QCOMPARE(index.at(view, number), all[static_cast<qsizetype>(number)]);
      }
      for (const quint64 size : {1ULL, 5000ULL, 9000ULL, view.size() - 300'000}) {
        const StreamView before = view.prefix(size);
        const QList<Message> then = messagesOf(*framer, before);
        const MessageIndex::Prefix prefix = index.within(before);
        QCOMPARE(prefix.count + (prefix.rest.size > 0 ? 1 : 0), static_cast<quint64>(then.size()));
        if (prefix.rest.size > 0) QCOMPARE(prefix.rest, then.last());
      }
    }
  }

  // Behind a place where framing starts again nobody knows which request was answered last: read as without requests.
  void startsAgain() {
    Exchange exchange({{'<', request("HEAD /") + request("GET /")},
                       {'>', response("200 OK", "Content-Length: 4\r\n")},
                       {'>', response("200 OK", "Content-Length: 4\r\n") + "abcd"}});
    const RestartingFramer framer(framerFromSpec(u"http").value(), {38});
    const QList<Message> all = messagesOf(framer, exchange.view(Direction::Out));
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].size, 38);
    QCOMPARE(all[1].size, 42);
    QCOMPARE(all[1].status, Status::Complete);
    QVERIFY(framer.explain(exchange.view(Direction::Out), all[0], 1).contains(u"\"HEAD /\" (bytes 0–18"));
    QCOMPARE(
        framer.explain(exchange.view(Direction::Out), all[1], 2),
        u"Read Content-Length \"4\" (byte 71) → 4 bytes behind a head of 38, so message 2, a response (200), ends at "
        "byte 80. All 42 bytes are here. Which request it answers is not known: framing began at byte 38, and the "
        "answers before it were not read."_s);
  }

  // A head that is a response's is nobody's request.
  void aResponseIsNoRequest() {
    Exchange exchange({{'<', response("200 OK", "Content-Length: 0\r\n")},
                       {'>', response("200 OK", "Content-Length: 4\r\n") + "abcd"}});
    const FramerPtr framer = framerFromSpec(u"http").value();
    const StreamView view = exchange.view(Direction::Out);
    QVERIFY(!framer->explain(view, messagesOf(*framer, view).first(), 1).contains(u"It answers"));
  }

  // Framing again at a place inside the second response, whose first request was a HEAD: no request is taken for its.
  void saysNothingOfRequestsBehindAStart() {
    Exchange exchange(
        {{'<', request("HEAD /") + request("GET /")},
         {'>', response("200 OK", "Content-Length: 4\r\n") + "garbage" + response("200 OK", "Content-Length: 0\r\n")}});
    const RestartingFramer framer(framerFromSpec(u"http").value(), {45});
    const StreamView view = exchange.view(Direction::Out);
    const QList<Message> all = messagesOf(framer, view);
    QCOMPARE(all.size(), 3);
    const QString words = framer.explain(view, all[2], 3);
    QVERIFY2(!words.contains(u"HEAD") && !words.contains(u"It answers"), qPrintable(words));
    QVERIFY2(words.endsWith(u"Which request it answers is not known: framing began at byte 45, and the answers before "
                            "it were not read."),
             qPrintable(words));
    // Requests say nothing of it.
    const RestartingFramer requests(framerFromSpec(u"http").value(), {19});
    const StreamView in = exchange.view(Direction::In);
    QVERIFY(!requests.explain(in, messagesOf(requests, in).last(), 1).contains(u"framing began"));
  }

  // Answers to a request of which ever more comes do not look at it again: the time is linear.
  void requestsThatNeverEnd() {
    QList<Sent> sent = {{'<', request("POST /", "Transfer-Encoding: chunked\r\n")}};
    const int rounds = 3000;
    for (int i = 0; i < rounds; ++i) {
      sent += {'<', many("1\r\na\r\n", 20)};
      sent += {'>', response("200 OK", "Content-Length: 0\r\n")};
    }
    Exchange exchange(sent);
    const FramerPtr framer = framerFromSpec(u"http").value();
    const QList<Message> all = messagesOf(*framer, exchange.view(Direction::Out));
    QCOMPARE(all.size(), rounds);
  }

  void says_data() {
    QTest::addColumn<QList<Sent>>("sent");
    QTest::addColumn<QString>("words");
    const char *const four = "Content-Length: 4\r\n";
    QTest::newRow("HEAD") << QList<Sent>{{'<', request("HEAD /x")}, {'>', response("200 OK", four)}}
                          << u"Message 3 is a response (200) to \"HEAD /x\" (bytes 0–19 of the other direction), so it "
                             "has no body and ends with its head, at byte 38."_s;
    QTest::newRow("GET")
        << QList<Sent>{{'<', request("GET /x")}, {'>', response("200 OK", four) + "ab"}}
        << u"Read Content-Length \"4\" (byte 33) → 4 bytes behind a head of 38, so message 3, a response "
           "(200), ends at byte 42. 40 of 42 bytes are here: waiting for 2 more. It answers \"GET /x\" "
           "(bytes 0–18 of the other direction)."_s;
    QTest::newRow("CONNECT") << QList<Sent>{{'<', request("CONNECT a:1")}, {'>', response("200 OK")}}
                             << u"Message 3 is a response (200) that grants \"CONNECT a:1\" (bytes 0–23 of the other "
                                "direction), so it has no body and ends with its head, at byte 19. What follows is no "
                                "HTTP, and one message until the stream ends."_s;
    QTest::newRow("a tunnel") << QList<Sent>{{'<', request("CONNECT a:1")}, {'>', response("200 OK")}, {'>', "ab"}}
                              << u"Message 3 follows a change of protocol: it is no HTTP, and one message until the "
                                 "stream ends. 2 bytes are here: waiting for more."_s;
  }
  void says() {
    QFETCH(QList<Sent>, sent);
    Exchange exchange(sent);
    const FramerPtr framer = framerFromSpec(u"http").value();
    const StreamView view = exchange.view(Direction::Out);
    QTEST(framer->explain(view, messagesOf(*framer, view).last(), 3), "words");
  }
};

QTEST_APPLESS_MAIN(TestHttpConversation)
#include "tst_http_conversation.moc"
