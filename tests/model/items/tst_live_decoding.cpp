// Live connections as the window's model sees them: NetworkHub records into a Capture, ConnectionDecoder reads along,
// and plain Python programs are the peers, as clients and as servers. What is published at the end is what the peer
// did: its messages, their statuses and payloads, the events between them, and how the streams ended.
#include "model/capture/capture.h"
#include "model/items/connection_decoder.h"
#include "model/transport/network_hub.h"
#include "tests/support/direct_scan.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"
#include "tests/support/readers.h"

#include <QSignalSpy>

#include <memory>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestLiveDecoding : public QObject {
  Q_OBJECT

  enum class Role { Client, Server };  // the peer's

  std::unique_ptr<NetworkHub> hub_;
  std::unique_ptr<Capture> capture_;
  std::unique_ptr<PythonPeer> python_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  LiveConnection *link_ = nullptr;

  static void roles() {
    QTest::addColumn<int>("role");
    QTest::newRow("the peer is the client") << static_cast<int>(Role::Client);
    QTest::newRow("the peer is the server") << static_cast<int>(Role::Server);
  }

  /// Starts a peer that behaves so, and connects the two; false where they do not meet.
  bool meet(const QString &behaviour, const QString &in, const QString &out, bool autoFinish = false) {
    QFETCH(int, role);
    connect(hub_.get(), &NetworkHub::connectionAdded, this, [this, in, out](LiveConnection *connection) {
      link_ = connection;
      decoder_ = std::make_unique<ConnectionDecoder>(connection->connection());
      decoder_->setReaders(readerOf(in), readerOf(out));
      connect(connection, &LiveConnection::activity, decoder_.get(), &ConnectionDecoder::advance);
      connect(connection, &LiveConnection::stateChanged, decoder_.get(), &ConnectionDecoder::advance);
    });
    const QStringList words = behaviour.split(u' ');
    if (static_cast<Role>(role) == Role::Client) {
      LiveListener *listener = hub_->listen(capture_.get(), {.once = true, .autoFinish = autoFinish});
      QSignalSpy spy(listener, &LiveListener::listening);
      if (!spy.wait(60'000)) return false;
      const QString port = QString::number(listener->endpoint().port);
      python_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"connect"_s, port} + words);
    } else {
      python_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"listen"_s} + words);
      const quint16 port = python_->port();
      if (port == 0) return false;
      hub_->connectTo(capture_.get(), {.host = u"127.0.0.1"_s, .port = port, .autoFinish = autoFinish});
    }
    return QTest::qWaitFor([this] { return link_ && link_->state() != LinkState::Connecting; }, 60'000) &&
           link_->isAccepted() == (static_cast<Role>(role) == Role::Client);
  }

  const Connection &connection() const { return *link_->connection(); }
  const Stream &stream(Direction direction) const { return connection().stream(direction); }

  /// What is published is all that was recorded.
  bool isSettled() const {
    quint64 rows = connection().eventCount();
    for (const Direction direction : {Direction::In, Direction::Out}) {
      const StreamView &view = decoder_->view(direction);
      if (view.size() != stream(direction).size() || view.end != stream(direction).end()) return false;
      rows += decoder_->messageCount(direction);
    }
    return !decoder_->isBusy() && decoder_->framedBytes() == decoder_->totalBytes() && decoder_->rowCount() == rows;
  }
  bool isOver() const {
    return QTest::qWaitFor([this] { return link_->state() == LinkState::Over && isSettled(); }, 60'000);
  }
  /// Reads anew what was recorded, without a connection that moves it on.
  bool isReadAnew(const QString &in, const QString &out) const {
    decoder_->setReaders(readerOf(in), readerOf(out));
    return QTest::qWaitFor([this] { return isSettled(); }, 60'000);
  }

  /// The rows in words, without the way there: "in in? out PeerFinished Closed"; `?` is incomplete, `!` an error.
  QString story() const {
    const QStringList kinds = eventKinds(connection()).split(u' ', Qt::SkipEmptyParts);
    const qsizetype hidden = static_cast<qsizetype>(connection().eventCount()) - kinds.size();
    QStringList words;
    for (quint64 i = 0; i < decoder_->rowCount(); ++i) {
      const RowOrder::Row row = decoder_->row(i);
      if (row.kind == RowKind::Event) {
        const qsizetype number = static_cast<qsizetype>(row.number) - hidden;
        if (number >= 0) words.append(kinds[number]);
        continue;
      }
      const Direction direction = row.kind == RowKind::In ? Direction::In : Direction::Out;
      const Status status = decoder_->message(direction, row.number).status;
      words.append((direction == Direction::In ? u"in"_s : u"out"_s) + (status == Status::Complete     ? QString()
                                                                        : status == Status::Incomplete ? u"?"_s
                                                                                                       : u"!"_s));
    }
    return words.join(u' ');
  }

  QList<QByteArray> payloads(Direction direction) const {
    QList<QByteArray> all;
    for (quint64 i = 0; i < decoder_->messageCount(direction); ++i) {
      const auto payload =
          decoder_->reader(direction).framer->payload(decoder_->view(direction), decoder_->message(direction, i));
      all.append(payload ? *payload : "no payload: " + payload.error().line().toUtf8());
    }
    return all;
  }

  /// Where what is published of a direction differs from a direct scan of the whole stream; empty: nowhere.
  QString difference(Direction direction) const {
    const QList<Message> expected = directScan(*decoder_->reader(direction).framer, stream(direction).view());
    const quint64 count = decoder_->messageCount(direction);
    if (count != static_cast<quint64>(expected.size())) {
      return u"%1 messages instead of %2"_s.arg(count).arg(expected.size());
    }
    for (quint64 i = 0; i < count; ++i) {
      if (decoder_->message(direction, i) != expected[static_cast<qsizetype>(i)]) return u"message %1"_s.arg(i);
    }
    return {};
  }

 private Q_SLOTS:
  void init() {
    hub_ = std::make_unique<NetworkHub>();
    capture_ = std::make_unique<Capture>(u"test"_s);
  }
  void cleanup() {
    decoder_.reset();
    link_ = nullptr;
    hub_.reset();
    python_.reset();
    capture_.reset();
  }

  void linesAndClose_data() { roles(); }
  void linesAndClose() {
    QVERIFY(meet(u"lines 200"_s, u"lines"_s, u"lines"_s, true));
    QVERIFY(isOver());
    QCOMPARE(story(), u"in "_s.repeated(200) + u"PeerFinished WeFinished Closed"_s);
    const QList<QByteArray> lines = payloads(Direction::In);
    for (qsizetype i = 0; i < lines.size(); ++i) QCOMPARE(lines[i], "line " + QByteArray::number(i));
    QCOMPARE(endsText(connection()), u"Fin/Fin"_s);
    QCOMPARE(python_->exitCode(), 0);
  }

  // The empty block alone says that the message is whole: the peer keeps its side open for the answer.
  void blocksAndAnAnswer_data() { roles(); }
  void blocksAndAnAnswer() {
    QVERIFY(meet(u"blocks 10 20000 1"_s, u"chunked:u32be"_s, u"length:u16be"_s));
    SOON_VERIFY(isSettled() && decoder_->messageCount(Direction::In) == 1 &&
                decoder_->message(Direction::In, 0).status == Status::Complete);
    QCOMPARE(link_->state(), LinkState::Open);
    QCOMPARE(payloads(Direction::In), QList<QByteArray>{pattern(10) + pattern(20000) + pattern(1)});
    const auto answer = decoder_->reader(Direction::Out).framer->encode("thanks");
    QVERIFY(answer);
    link_->send(*answer);
    link_->finishSending();
    QCOMPARE(python_->line(), gotLine(*answer));
    QVERIFY(isOver());
    QCOMPARE(story(), u"in out WeFinished PeerFinished Closed"_s);
    QCOMPARE(payloads(Direction::Out), QList<QByteArray>{"thanks"});
    QCOMPARE(endsText(connection()), u"Fin/Fin"_s);
    // The same bytes as separate messages, the last one empty.
    QVERIFY(isReadAnew(u"length:u32be"_s, u"until-close"_s));
    QCOMPARE(payloads(Direction::In), (QList<QByteArray>{pattern(10), pattern(20000), pattern(1), {}}));
    QCOMPARE(payloads(Direction::Out), QList<QByteArray>{*answer});
  }

  // Nothing but the clock tells that a message is whole: the decoder comes back by itself, and only where it has to.
  void silenceEndsAMessage_data() { roles(); }
  void silenceEndsAMessage() {
    QVERIFY(meet(u"obey"_s, u"idle:20"_s, u"idle:20"_s, true));
    for (quint64 count = 1; count <= 2; ++count) {
      QCOMPARE(python_->order("send 6162"), QByteArray("ok"));
      SOON_VERIFY(decoder_->messageCount(Direction::In) == count &&
                  decoder_->message(Direction::In, count - 1).status == Status::Complete);
      QCOMPARE(stream(Direction::In).end(), StreamEnd::Open);
      QCOMPARE(difference(Direction::In), QString());
    }
    python_->tell("close");
    QVERIFY(isOver());
    QCOMPARE(payloads(Direction::In), (QList<QByteArray>{"ab", "ab"}));
    QCOMPARE(difference(Direction::In), QString());
  }

  // The peer's FIN completes its question, and takes nothing from our side.
  void questionHalfCloseAnswer_data() { roles(); }
  void questionHalfCloseAnswer() {
    QVERIFY(meet(u"ask what?"_s, u"until-close"_s, u"length:u32be"_s));
    SOON_COMPARE(link_->state(), LinkState::PeerFinished);
    SOON_COMPARE(story(), u"in PeerFinished"_s);
    QVERIFY(link_->canSend());
    QByteArray all;
    QList<QByteArray> answers;
    for (const int size : {0, 3, 300'000, 2'000'000}) {
      answers.append(pattern(size));
      const auto framed = decoder_->reader(Direction::Out).framer->encode(answers.last());
      QVERIFY(framed);
      all += *framed;
      link_->send(*framed);
    }
    link_->finishSending();
    QCOMPARE(python_->line(), QByteArray("finished"));
    QCOMPARE(python_->line(), gotLine(all));
    QVERIFY(isOver());
    QCOMPARE(story(), u"in PeerFinished out out out out WeFinished Closed"_s);
    QCOMPARE(payloads(Direction::In), QList<QByteArray>{"what?"});
    QCOMPARE(payloads(Direction::Out), answers);
    QCOMPARE(endsText(connection()), u"Fin/Fin"_s);
  }

  void reset_data() { roles(); }
  void reset() {
    QVERIFY(meet(u"obey"_s, u"lines"_s, u"lines"_s));
    QCOMPARE(python_->order("send " + QByteArray("whole\nhal").toHex()), QByteArray("ok"));
    SOON_COMPARE(story(), u"in in?"_s);
    QCOMPARE(python_->order("reset"), QByteArray("ok"));
    QVERIFY(isOver());
    QCOMPARE(story(), u"in in? PeerReset"_s);
    QCOMPARE(payloads(Direction::In).first(), QByteArray("whole"));
    QCOMPARE(endsText(connection()), u"Reset/Reset"_s);
    QVERIFY(!link_->canSend());
    // A reset is no end that would complete a message.
    QVERIFY(isReadAnew(u"until-close"_s, u"until-close"_s));
    QCOMPARE(story(), u"in? PeerReset"_s);
  }

  void aByteAtATime_data() { roles(); }
  void aByteAtATime() {
    const QByteArray text = "5:hello,0:,2:ab,";
    QVERIFY(meet(u"dribble "_s + QString::fromLatin1(text), u"netstring"_s, u"netstring"_s, true));
    const QList<quint64> ends{8, 11, 16};
    for (quint64 size = 1; size <= static_cast<quint64>(text.size()); ++size) {
      SOON_VERIFY(decoder_->view(Direction::In).size() == size && isSettled());
      const auto whole = static_cast<quint64>(std::ranges::count_if(ends, [&](quint64 end) { return end <= size; }));
      const bool isPending = !ends.contains(size);
      QCOMPARE(decoder_->messageCount(Direction::In), whole + (isPending ? 1 : 0));
      if (whole > 0) QCOMPARE(decoder_->message(Direction::In, whole - 1).status, Status::Complete);
      if (isPending) {
        const Message last = decoder_->message(Direction::In, whole);
        QCOMPARE(last.status, Status::Incomplete);
        const std::optional<quint64> needs =
            decoder_->reader(Direction::In).framer->verdict(decoder_->view(Direction::In), last).needs;
        const quint64 here = size - (whole > 0 ? ends[static_cast<qsizetype>(whole) - 1] : 0);
        QCOMPARE(needs.has_value(), here >= 2);  // the length and its colon
        if (needs) QCOMPARE(*needs, ends[static_cast<qsizetype>(whole)] - size);
      }
      python_->tell("next");
    }
    QVERIFY(isOver());
    QCOMPARE(story(), u"in in in PeerFinished WeFinished Closed"_s);
    QCOMPARE(payloads(Direction::In), (QList<QByteArray>{"hello", {}, "ab"}));
    QCOMPARE(chunkSizes(stream(Direction::In)), QList<quint64>(text.size(), 1));
    QVERIFY(isReadAnew(u"chunks"_s, u"chunks"_s));
    QCOMPARE(decoder_->messageCount(Direction::In), static_cast<quint64>(text.size()));
    QCOMPARE(endsText(connection()), u"Fin/Fin"_s);
  }

  // Nothing received is lost, whatever is switched: 100 MB arrive and 20 MB leave while the framing changes ten times.
  void muchWhileTheFramingIsSwitched_data() { roles(); }
  void muchWhileTheFramingIsSwitched() {
    constexpr quint64 size = 100'000'000;
    constexpr quint64 parts = 12;
    const quint64 part = (size + parts - 1) / parts;
    const QByteArray ours = pattern(20'000'000);
    const QStringList specs{u"lines"_s,           u"chunks"_s,    u"length:u16be"_s, u"fixed:1000"_s,
                            u"delimiter:\\x00"_s, u"length:u8"_s, u"until-close"_s,  u"netstring"_s,
                            u"length:varint"_s,   u"fixed:7"_s,   u"lines"_s};
    QVERIFY(meet(u"parts %1 %2"_s.arg(size).arg(parts), specs.first(), specs.last()));
    const QByteArray sent = python_->line();
    link_->send(ours);
    link_->finishSending();
    QVERIFY(waitForSize(connection(), Direction::In, 1));
    for (quint64 i = 1; i < parts - 1; ++i) {
      python_->tell("next");
      QVERIFY(waitForSize(connection(), Direction::In, i * part + 1));
      const QString &spec = specs[static_cast<qsizetype>(i)];
      decoder_->setReaders(readerOf(spec), readerOf(specs[specs.size() - 1 - static_cast<qsizetype>(i)]));
      QCOMPARE(decoder_->rowCount(), 0ULL);
      SOON_VERIFY(decoder_->messageCount(Direction::In) > 0);
      // What is there already is what a direct scan finds; the last one may still grow.
      const quint64 there = std::min<quint64>(decoder_->messageCount(Direction::In) - 1, 500);
      const QList<Message> expected =
          directScan(*decoder_->reader(Direction::In).framer, decoder_->view(Direction::In), 501);
      for (quint64 number = 0; number < there; ++number) {
        QCOMPARE(decoder_->message(Direction::In, number), expected[static_cast<qsizetype>(number)]);
      }
      QCOMPARE(stream(Direction::In).end(), StreamEnd::Open);
    }
    python_->tell("next");
    QCOMPARE(python_->line(), gotLine(ours));
    QVERIFY(isOver());
    const QByteArray all = bytesOf(connection(), Direction::In);
    QCOMPARE(static_cast<quint64>(all.size()), size);
    QCOMPARE(sent, "sent " + gotLine(all).sliced(4));
    // Which FIN is seen first depends on who is quicker.
    QStringList events = eventKinds(connection()).split(u' ');
    events.sort();
    QCOMPARE(events, (QStringList{u"Closed"_s, u"PeerFinished"_s, u"WeFinished"_s}));
    QCOMPARE(endsText(connection()), u"Fin/Fin"_s);
    QCOMPARE(difference(Direction::In), QString());
    QCOMPARE(difference(Direction::Out), QString());
    QVERIFY(decoder_->messageCount(Direction::In) > 100'000);
  }
};

QTEST_GUILESS_MAIN(TestLiveDecoding)
#include "tst_live_decoding.moc"
