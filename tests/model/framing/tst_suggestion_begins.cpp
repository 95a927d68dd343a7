// Suggesting framings of streams that do not begin and end with a message, or that say more of their messages than how
// long they are: sync words with and without checksums, tags, formats that hold lengths of their own.
#include "tests/support/suggesting.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;

class TestSuggestionBegins : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void syncWord_data();
  void syncWord();
  void wordsBesideLengths();
  void wordsOfEqualMessages();
  void tags_data();
  void tags();
  void tagsOfVaryingSize();
  void formatsBeforeTheirLengths();
  void cutAtBothEnds_data();
  void cutAtBothEnds();
  void numbersBehindLineEnds();
  void grammarsBehindGarbage_data();
  void grammarsBehindGarbage();
  void stuffedMessagesAreSeenHoweverMany();
  void nothingInNoise();
};

namespace {

constexpr std::array checkedSpecs = {"sync:AA55,length=u8,adjust=2,checksum=crc-16/xmodem,from=2",
                                     "sync:4F435430,length=u16be,adjust=4,checksum=crc-32/iso-hdlc",
                                     "sync:FE,length=u8,adjust=2,checksum=crc-16/mcrf4xx,from=1",
                                     "sync:55AA,length=u8,adjust=1,checksum=sum8,from=2"};

int placeOf(const QList<Suggestion> &all, const QString &spec) {
  for (qsizetype i = 0; i < all.size(); ++i) {
    if (all[i].spec == spec) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

void TestSuggestionBegins::syncWord_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<bool>("isCut");
  QTest::addColumn<bool>("isNoisy");
  for (const QByteArray spec : checkedSpecs) {
    QTest::newRow(spec.constData()) << QString::fromLatin1(spec) << false << false;
    QTest::newRow(QByteArray(spec + ", cut").constData()) << QString::fromLatin1(spec) << true << false;
    // Among noise a byte stands anywhere, so that one is no word to look for.
    if (!spec.startsWith("sync:FE")) {
      QTest::newRow(QByteArray(spec + ", noise between").constData()) << QString::fromLatin1(spec) << false << true;
    }
  }
  QTest::newRow("no checksum, noise between") << u"sync:B562,length=u16le"_s << false << true;
  QTest::newRow("no checksum, cut, noise between") << u"sync:1ACFFC1D,length=u16be"_s << true << true;
}

// A checksum that is right again and again is nearly certain, and noise between messages is what sync words are for.
void TestSuggestionBegins::syncWord() {
  QFETCH(QString, spec);
  QFETCH(bool, isCut);
  QFETCH(bool, isNoisy);
  const FramerPtr framer = framerFromSpec(spec).value();
  std::minstd_rand random(3);
  QByteArray stream;
  for (int i = 0; i < 40; ++i) {
    if (isNoisy && i % 5 == 4) stream += noiseOf(random, 1 + random() % 9);
    stream += framer->encode(noiseOf(random, 5 + random() % 60)).value();
  }
  const QList<Suggestion> all = suggestionsFor(isCut ? stream.sliced(3).chopped(4) : stream);
  QCOMPARE(best(all), spec);
  QCOMPARE(all[0].messages, isCut ? 38U : 40U);
  QVERIFY2(all[0].why.contains(u"each message begins with the sync word"_s, Qt::CaseInsensitive),
           qPrintable(all[0].why));
  QVERIFY(spec.contains(u"checksum"_s) == all[0].why.contains(u"is right"_s));
}

// Bytes that never change say nothing of where messages end: the length stands first, the word behind it.
void TestSuggestionBegins::wordsBesideLengths() {
  const QString spec = u"sync:1ACFFC1D,length=u16be"_s;
  const QByteArray stream = streamOfMessages(spec, 40, false, 5);
  QList<Suggestion> all = suggestionsFor(stream);
  QCOMPARE(best(all), u"length:u16be,offset=4"_s);
  QCOMPARE(placeOf(all, spec), 1);
  // What stands in front of the first message is passed over by looking for the word.
  std::minstd_rand random(7);
  all = suggestionsFor(noiseOf(random, 23) + stream);
  QCOMPARE(best(all), spec);
  QCOMPARE(all[0].messages, 40U);
}

// A number that never varies is no length, so that nothing is made of it.
void TestSuggestionBegins::wordsOfEqualMessages() {
  const QString spec = u"sync:EB90,size=12,checksum=crc-16/modbus,from=2"_s;
  const FramerPtr framer = framerFromSpec(spec).value();
  std::minstd_rand random(3);
  for (const int count : {12, 200}) {
    QByteArray stream;
    for (int i = 0; i < count; ++i) {
      QByteArray payload(3, '\0');
      payload += static_cast<char>(i);
      stream += framer->encode(payload += noiseOf(random, 4)).value();
    }
    const QList<Suggestion> all = suggestionsFor(stream);
    QCOMPARE(best(all), spec);
    QVERIFY(std::none_of(all.begin(), all.end(), [](const Suggestion &one) {
      return one.spec.startsWith(u"sync"_s) && one.spec.contains(u"length"_s);
    }));
  }
}

void TestSuggestionBegins::tags_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QString>("length");
  QTest::newRow("u8, u16be") << u"tlv:u8/u16be"_s << u"length:u16be,offset=1"_s;
  QTest::newRow("u16le, u16le") << u"tlv:u16le/u16le"_s << u"length:u16le,offset=2"_s;
  QTest::newRow("u32be, u32be") << u"tlv:u32be/u32be"_s << u"length:u32be,offset=4"_s;
}

// A tag says nothing of where a message ends: the length stands first, the tag behind it.
void TestSuggestionBegins::tags() {
  QFETCH(QString, spec);
  QFETCH(QString, length);
  std::minstd_rand random(3);
  QByteArray stream;
  for (int i = 0; i < 40; ++i) {
    const QString sent = spec + u",tag=%1"_s.arg(16 + random() % 3);
    stream += framerFromSpec(sent).value()->encode(noiseOf(random, 5 + random() % 60)).value();
  }
  QList<Suggestion> all = suggestionsFor(stream);
  QCOMPARE(best(all), length);
  QCOMPARE(placeOf(all, spec), 1);
  QCOMPARE(all[1].messages, all[0].messages);
  // Any other number there is none.
  std::minstd_rand other(4);
  stream.clear();
  for (int i = 0; i < 40; ++i) {
    const QString sent = spec + u",tag=%1"_s.arg(other() % 256);
    stream += framerFromSpec(sent).value()->encode(noiseOf(other, 5 + other() % 60)).value();
  }
  QCOMPARE(placeOf(suggestionsFor(stream), spec), -1);
}

// No length behind a fixed number of bytes finds them.
void TestSuggestionBegins::tagsOfVaryingSize() {
  std::minstd_rand random(3);
  QByteArray stream;
  for (int i = 0; i < 40; ++i) {
    static constexpr std::array tags = {10, 18, 26, 402};
    const FramerPtr framer = framerFromSpec(u"tlv:varint/varint,tag=%1"_s.arg(tags[random() % 4])).value();
    stream += framer->encode(noiseOf(random, 5 + random() % 200)).value();
  }
  const QList<Suggestion> all = suggestionsFor(stream);
  QCOMPARE(best(all), u"tlv:varint/varint"_s);
  QCOMPARE(all[0].messages, 40U);
}

// A pickle of protocol 4 has its own length at byte 3, and lines are inside the documents, not around them.
void TestSuggestionBegins::formatsBeforeTheirLengths() {
  std::minstd_rand random(3);
  QByteArray pickles;
  for (int i = 0; i < 40; ++i) {
    const QByteArray text = textOf(random);
    const QByteArray body = QByteArray("\x8c") + QByteArray(1, static_cast<char>(text.size())) + text + "\x94.";
    pickles += "\x80\x04\x95" + QByteArray(1, static_cast<char>(body.size())) + QByteArray(7, '\0') + body;
  }
  QList<Suggestion> all = suggestionsFor(pickles);
  QCOMPARE(best(all), u"pickle"_s);
  QCOMPARE(all[0].messages, 40U);
  QVERIFY(placeOf(all, u"length:u64le,offset=3"_s) > 0);
  QCOMPARE(best(suggestionsFor(pickles.sliced(9).chopped(4))), u"pickle"_s);
  // In messages that a length frames they are what it frames.
  const QByteArray one = pickles.first(11 + static_cast<uchar>(pickles[3]));
  QByteArray framed;
  for (int i = 0; i < 40; ++i) {
    const QByteArray payload = one + noiseOf(random, random() % 30);
    framed += framerFromSpec(u"length:u32be"_s).value()->encode(payload).value();
  }
  QCOMPARE(best(suggestionsFor(framed)), u"length:u32be"_s);
}

void TestSuggestionBegins::cutAtBothEnds_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<bool>("isText");
  for (const char *spec : {"length:u16be", "length:u16le", "length:u32be", "length:u32le", "length:u24be", "netstring",
                           "length:decimal", "chunked:u16be,block=17", "chunked:u32le,block=17"}) {
    const bool isText = QByteArrayView(spec) == "netstring" || QByteArrayView(spec) == "length:decimal";
    QTest::newRow(spec) << QString::fromLatin1(spec) << isText;
  }
}

void TestSuggestionBegins::cutAtBothEnds() {
  QFETCH(QString, spec);
  QFETCH(bool, isText);
  QString wanted = spec;
  wanted.remove(u",block=17"_s);
  const FramerPtr framer = framerFromSpec(spec).value();
  for (const quint32 seed : {3U, 4U}) {
    std::minstd_rand random(seed);
    QByteArray stream;
    for (int i = 0; i < 40; ++i) {
      stream +=
          framer->encode(isText ? textOf(random) + ' ' + textOf(random) : noiseOf(random, 25 + random() % 60)).value();
    }
    const QList<Suggestion> all = suggestionsFor(stream.sliced(7).chopped(5));
    QCOMPARE(best(all), wanted);
    const bool isRun = wanted.startsWith(u"chunked"_s);
    QVERIFY(all[0].messages == 38 || (isRun && all[0].messages == 39));
  }
}

// Where messages begin between a line end and a number is open; behind the line end.
void TestSuggestionBegins::numbersBehindLineEnds() {
  std::minstd_rand random(3);
  QByteArray stream;
  for (int i = 0; i < 40; ++i) {
    const QByteArray text = textOf(random) + ' ' + textOf(random);
    stream += '$' + QByteArray::number(text.size()) + "\r\n" + text + "\r\n";
  }
  const QString spec = u"length:decimal,offset=1,adjust=2,end=\\r\\n"_s;
  const qsizetype first = stream.indexOf("$", 1);
  const auto check = [&](qsizetype begin, qsizetype missing, quint64 count) {
    const QList<Suggestion> all = suggestionsFor(stream.sliced(begin).chopped(missing));
    QCOMPARE(best(all), spec);
    QCOMPARE(all[0].messages, count);
  };
  for (const qsizetype missing : {1, 2, 5}) check(0, missing, 39);
  check(first - 9, 5, 38);
}

void TestSuggestionBegins::grammarsBehindGarbage_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArray>("message");
  QTest::newRow("cbor") << u"cbor"_s << QByteArray("\x84\x00\x01\x64read\x82\x19\x01\x02\x65valve", 18);
  QTest::newRow("msgpack") << u"msgpack"_s << QByteArray("\x94\x00\x01\xa4read\x92\xcd\x01\x02\xa5valve", 18);
  QTest::newRow("headers") << u"headers"_s
                           << QByteArray("Content-Type: text/plain\r\nContent-Length: 6\r\n\r\n\1\2\3\4\n\5");
}

// The bytes in front hold what may begin a message, too.
void TestSuggestionBegins::grammarsBehindGarbage() {
  QFETCH(QString, spec);
  QFETCH(QByteArray, message);
  const QByteArray garbage("A\x81\xa1\x9f\x92\x82\x9a\x85\x83z\xffQ\x9b\x01\x84\x0b");
  const QList<Suggestion> all = suggestionsFor(garbage + message.repeated(20));
  QCOMPARE(best(all), spec);
  QVERIFY(all[0].messages >= 19);
}

// What its codes cost does not grow beyond what the messages gain.
void TestSuggestionBegins::stuffedMessagesAreSeenHoweverMany() {
  const FramerPtr framer = framerFromSpec(u"cobs"_s).value();
  for (const int count : {30, 200, 600}) {
    std::minstd_rand random(3);
    QByteArray stream;
    for (int i = 0; i < count; ++i) {
      QByteArray payload(2, '\0');
      payload += static_cast<char>(i >> 8);
      payload += static_cast<char>(i);
      payload += static_cast<char>(1 + random() % 4);
      payload += QByteArray(1, '\0');
      payload += static_cast<char>(random() % 4);
      payload += noiseOf(random, 1) + static_cast<char>(0x41 + random() % 2) + noiseOf(random, 3);
      if (i % 2 != 0) payload += textOf(random);
      stream += framer->encode(payload).value();
    }
    QCOMPARE(best(suggestionsFor(stream)), u"cobs"_s);
  }
}

void TestSuggestionBegins::nothingInNoise() {
  for (quint32 seed = 1; seed <= 12; ++seed) {
    std::minstd_rand random(seed);
    for (const quint64 size : {60U, 500U, 5000U, 40000U}) {
      QCOMPARE(best(suggestionsFor(noiseOf(random, size))), u"nothing"_s);
    }
  }
}

QTEST_GUILESS_MAIN(TestSuggestionBegins)
#include "tst_suggestion_begins.moc"
