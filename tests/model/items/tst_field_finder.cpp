// Finding by values of fields: what is typed as an expression, and what is found, counted and gone through, against
// brute force over random messages, while they come, and at an earlier moment.
#include "model/items/field_finder.h"

#include "model/capture/capture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestFieldFinder : public QObject {
  Q_OBJECT

  const QStringList words_ = {u"cold"_s, u"Warm"_s, u"hot"_s, u"7 warm"_s, u"-1"_s};

  struct Sent {
    Direction direction;
    quint16 seq;
    qint8 kind;
    QString text;
  };

  static QByteArray bytesOf(const Sent &sent) {
    QByteArray payload;
    payload += static_cast<char>(sent.seq >> 8);
    payload += static_cast<char>(sent.seq & 255);
    payload += static_cast<char>(sent.kind);
    payload += sent.text.toUtf8();
    return QByteArray(1, static_cast<char>(payload.size())) + payload;
  }
  static bool isFound(const Sent &sent, const QString &typed, bool ignoresCase) {
    bool isNumber = false;
    const int number = typed.toInt(&isNumber, 0);
    if (isNumber && (sent.seq == number || sent.kind == number)) return true;
    return sent.text.contains(typed, ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive);
  }
  /// Until `sent` messages are shown, and looked into.
  static bool settle(ConnectionDecoder &decoder, const FieldFinder &finder, std::size_t sent) {
    decoder.advance();
    return QTest::qWaitFor([&] { return decoder.rowCount() == sent && (!finder.isLooking() || finder.isComplete()); },
                           60'000);
  }

 private Q_SLOTS:
  void whatIsTypedIsAnExpression_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("ignoresCase");
    QTest::addColumn<QString>("expression");
    const auto row = [](const QString &typed, bool ignores, const QString &expression) {
      QTest::addRow("%s%s", qPrintable(typed), ignores ? " in any case" : "") << typed << ignores << expression;
    };
    row(u"abc"_s, false, u"fields contains \"abc\""_s);
    row(u" abc "_s, true, u"fields matches \"(?i)abc\""_s);
    row(u"a.b"_s, true, u"fields matches \"(?i)a\\.b\""_s);
    row(u"say \"x\\y\""_s, false, u"fields contains \"say \\\"x\\\\y\\\"\""_s);
    row(u"5"_s, false, u"fields == 5 || fields contains \"5\""_s);
    row(u"0x1F"_s, false, u"fields == 0x1F || fields contains \"0x1F\""_s);
    row(u"-2.5"_s, false, u"fields == -2.5 || fields contains \"-2.5\""_s);
    row(u"true"_s, false, u"fields == true || fields contains \"true\""_s);
    row(u"\"5\""_s, false, u"fields contains \"5\""_s);
    row(u"'seq == 5'"_s, false, u"fields contains \"seq == 5\""_s);
    row(u"10:30"_s, false, u"fields contains \"10:30\""_s);
    // As columns show them.
    row(u"192.168.0.1"_s, false, u"fields == c0:a8:00:01 || fields contains \"192.168.0.1\""_s);
    row(u"fe80::1"_s, false,
        u"fields == fe:80:00:00:00:00:00:00:00:00:00:00:00:00:00:01 || fields contains \"fe80::1\""_s);
    row(u"\"10.0.0.1\""_s, false, u"fields contains \"10.0.0.1\""_s);
    row(u"1.2.3.400"_s, false, u"fields contains \"1.2.3.400\""_s);
    row(u"a=b"_s, false, u"fields contains \"a=b\""_s);
    row(u"GET /index"_s, false, u"fields contains \"GET /index\""_s);
    row(u"<html>"_s, false, u"fields contains \"<html>\""_s);
    row(u"seq == 5"_s, true, u"seq == 5"_s);
    row(u"flags & 2"_s, false, u"flags & 2"_s);
    row(u"!(kind in {1, 2})"_s, false, u"!(kind in {1, 2})"_s);
  }
  void whatIsTypedIsAnExpression() {
    QFETCH(QString, typed);
    QFETCH(bool, ignoresCase);
    const auto read = FieldFinder::read(typed, ignoresCase);
    QVERIFY2(read, read ? "" : qPrintable(read.error().line()));
    QTEST(read->text(), "expression");
  }

  void whatIsWrongIsTold_data() {
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing") << u"  "_s;
    QTest::newRow("no value") << u"seq == "_s;
    QTest::newRow("one sign") << u"seq = 5"_s;
    QTest::newRow("half") << u"seq > 5 && "_s;
    QTest::newRow("empty quotes") << u"\"\""_s;
  }
  void whatIsWrongIsTold() {
    QFETCH(QString, typed);
    QVERIFY(!FieldFinder::read(typed, false));
  }

  void findsWhatBruteForceFinds() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({u"a"_s, 1}, {u"b"_s, 2});
    ConnectionDecoder decoder(connection);
    const DirectionSettings settings{.framing = u"length:u8"_s, .layout = u"!H:seq b:kind *s:text"_s};
    decoder.setReaders(*DirectionReader::create(settings), *DirectionReader::create(settings));
    FieldFinder finder;
    finder.setDecoder(&decoder);
    QRandomGenerator random(3);
    std::vector<Sent> sent;
    for (int round = 0; round < 30; ++round) {
      for (quint32 more = random.bounded(60U); more > 0; --more) {
        const Sent one{random.bounded(2) == 0 ? Direction::In : Direction::Out,
                       static_cast<quint16>(random.bounded(9U)), static_cast<qint8>(random.bounded(-3, 3)),
                       words_[random.bounded(words_.size())]};
        const QByteArray bytes = bytesOf(one);
        QVERIFY(connection->stream(one.direction).append(viewOf(bytes), capture.clock().stamp()));
        sent.push_back(one);
      }
      QVERIFY(settle(decoder, finder, sent.size()));
      const QString typed =
          QStringList{u"7"_s, u"0x7"_s, u"-1"_s, u"warm"_s, u"WARM"_s, u"o"_s, u"5"_s, u"nothing"_s}[random.bounded(8)];
      const bool ignoresCase = random.bounded(2) == 0;
      QVERIFY(finder.look(typed, ignoresCase));
      QVERIFY(settle(decoder, finder, sent.size()));
      std::vector<std::size_t> found;
      std::array<quint64, 2> numbers = {};
      std::vector<std::pair<Direction, quint64>> places;
      for (std::size_t i = 0; i < sent.size(); ++i) {
        const quint64 number = numbers[static_cast<std::size_t>(sent[i].direction)]++;
        places.emplace_back(sent[i].direction, number);
        const bool is = isFound(sent[i], typed, ignoresCase);
        if (is) found.push_back(i);
        QCOMPARE(finder.has(sent[i].direction, number), is);
      }
      QCOMPARE(finder.count(), found.size());
      if (found.empty()) {
        QVERIFY(!finder.find(std::nullopt, 1));
        continue;
      }
      // From any message to the next and back, past the ends.
      for (int step = 0; step < 40; ++step) {
        const std::size_t from = random.bounded(static_cast<quint32>(sent.size()));
        const auto [direction, number] = places[from];
        const Selection at{direction, decoder.message(direction, number).range(), number};
        const auto behind = std::ranges::upper_bound(found, from);
        const auto here = std::ranges::lower_bound(found, from);
        const auto on = finder.find(at, 1);
        const auto back = finder.find(at, -1);
        QCOMPARE(on->place, behind == found.end() ? 0 : quint64(behind - found.begin()));
        QCOMPARE(on->wrapped, behind == found.end());
        QCOMPARE(back->place, here == found.begin() ? found.size() - 1 : quint64(here - found.begin()) - 1);
        QCOMPARE(std::pair(on->selection.direction, *on->selection.message), places[found[on->place]]);
        QCOMPARE(*finder.placeOf(on->selection.direction, *on->selection.message), on->place);
        // Where one field has it, it is that one.
        const Sent &one = sent[found[on->place]];
        const Message message = decoder.message(on->selection.direction, *on->selection.message);
        const bool inText = one.text.contains(typed, ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive);
        bool isNumber = false;
        const int value = typed.toInt(&isNumber, 0);
        const int matching = (isNumber && one.seq == value ? 1 : 0) + (isNumber && one.kind == value ? 1 : 0) + inText;
        if (matching == 1) {
          QCOMPARE(on->selection.range,
                   inText ? (ByteRange{message.offset + 4, message.end()})
                          : ByteRange::ofSize(message.offset + (one.seq == value ? 1 : 3), one.seq == value ? 2 : 1));
        } else {
          QCOMPARE(on->selection.range, message.range());
        }
      }
      for (const Direction direction : {Direction::In, Direction::Out}) {
        const quint64 first = random.bounded(static_cast<quint32>(decoder.messageCount(direction) + 1));
        std::optional<quint64> expected;
        for (const std::size_t i : found) {
          if (places[i].first == direction && places[i].second >= first) {
            expected = places[i].second;
            break;
          }
        }
        QCOMPARE(finder.next(direction, first), expected);
      }
    }
    // An earlier moment has those that were there.
    QVERIFY(finder.look(u"seq < 4"_s, false));
    QVERIFY(settle(decoder, finder, sent.size()));
    decoder.setMoment(decoder.timeline().after(20));
    QVERIFY(QTest::qWaitFor([&] { return finder.isComplete(); }, 60'000));
    quint64 there = 0;
    for (std::size_t i = 0; i < 20; ++i) there += sent[i].seq < 4;
    QCOMPARE(finder.count(), there);
    finder.stop();
    QCOMPARE(finder.count(), 0U);
    QVERIFY(!finder.look(u"sec == 4"_s, false));
    QVERIFY(!finder.isLooking());
    finder.setDecoder(nullptr);
  }
};

QTEST_GUILESS_MAIN(TestFieldFinder)
#include "tst_field_finder.moc"
