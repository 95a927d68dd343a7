// Suggesting framings: streams that framers themselves made, in which the framing must be found again; bytes without
// any framing, of which nothing may be claimed; both directions; the words; and that the work is cut into slices.
#include "tests/support/suggesting.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestSuggestion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void found_data();
  void found();
  void nothingInRandomBytes_data();
  void nothingInRandomBytes();
  void nothingInProse();
  void nothingInNothing();
  void garbageBefore();
  void nothingIsLeftOutOfALongStream();
  void chunksAreEvidence();
  void bothDirections();
  void oneDirectionAlone_data();
  void oneDirectionAlone();
  void eachDirectionItsOwn();
  void words_data();
  void words();
  void sizesOfFields_data();
  void sizesOfFields();
  void slices();
  void preview();
};

void TestSuggestion::found_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<bool>("isText");
  for (const char *spec : {"length:u8", "length:u8,adjust=-1", "length:u16be", "length:u16le", "length:u16be,adjust=-2",
                           "length:u24be", "length:u32be", "length:u32le", "length:u32be,adjust=-4", "length:u64be",
                           "length:u64le", "length:decimal", "netstring"}) {
    QTest::newRow(QByteArray(QByteArray(spec) + " of text").constData()) << QString::fromLatin1(spec) << true;
    // A byte that is followed by so many others may be anything, where these may be anything.
    if (!QLatin1String(spec).startsWith("length:u8"_L1)) {
      QTest::newRow(QByteArray(QByteArray(spec) + " of noise").constData()) << QString::fromLatin1(spec) << false;
    }
  }
  for (const char *spec :
       {"lines", "delimiter:\\r\\n", "delimiter:\\0", "delimiter:\\x03", "delimiter:<EOM>", "delimiter:\\|\\|"}) {
    QTest::newRow(spec) << QString::fromLatin1(spec) << true;
  }
  for (const char *spec : {"chunked:u16be,block=9", "chunked:u32le,block=9"}) {
    QTest::newRow(spec) << QString::fromLatin1(spec) << false;
  }
}

void TestSuggestion::found() {
  QFETCH(QString, spec);
  QFETCH(bool, isText);
  QString wanted = spec;
  wanted.remove(u",block=9"_s);
  for (const int count : {60, 12}) {
    const QByteArray stream = streamOfMessages(spec, count, isText, 7);
    const QList<Suggestion> all = suggestionsFor(stream);
    QCOMPARE(best(all), wanted);
    QCOMPARE(all[0].messages, static_cast<quint64>(count));
    QVERIFY(all[0].fits[0] && !all[0].fits[1]);
    QVERIFY(all[0].score > 0.5 && all[0].score <= 1);
    for (qsizetype i = 1; i < all.size(); ++i) QVERIFY(all[i].score <= all[i - 1].score);
    // Cut, the last message is missing, and the rule is the same. That a run of blocks goes on is not seen then, and of
    // bars between words not that two of them end something.
    if (!spec.startsWith(u"chunked"_s) && !spec.contains(u'|'))
      QCOMPARE(best(suggestionsFor(stream.chopped(2))), wanted);
  }
}

void TestSuggestion::nothingInRandomBytes_data() {
  QTest::addColumn<quint64>("size");
  for (const quint64 size : {1U, 2U, 16U, 64U, 100U, 257U, 1000U, 9000U}) {
    for (quint32 seed = 1; seed <= 3; ++seed) QTest::addRow("%llu, %u", size, seed) << size;
  }
}

void TestSuggestion::nothingInRandomBytes() {
  QFETCH(quint64, size);
  std::minstd_rand random(static_cast<quint32>(qHash(QByteArray(QTest::currentDataTag()))));
  QCOMPARE(best(suggestionsFor(noiseOf(random, size))), u"nothing"_s);
}

void TestSuggestion::nothingInProse() {
  std::minstd_rand random(3);
  QByteArray prose;
  while (prose.size() < 20000) {
    QByteArray sentence = textOf(random) + ' ' + textOf(random);
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    static constexpr QByteArrayView ends[] = {". ", ", and ", "? ", "! ", "; "};
    prose += sentence + ends[random() % 5].toByteArray();
  }
  QCOMPARE(best(suggestionsFor(prose.first(19991))), u"nothing"_s);
}

void TestSuggestion::nothingInNothing() {
  QCOMPARE(suggestionsFor(SuggestionInput{}).size(), 0);
  QCOMPARE(suggestionsFor(QByteArray()).size(), 0);
}

void TestSuggestion::garbageBefore() {
  std::minstd_rand random(11);
  const QByteArray garbage = noiseOf(random, 21);
  const QList<Suggestion> all = suggestionsFor(garbage + streamOfMessages(u"length:u32be"_s, 40, true, 5));
  QCOMPARE(best(all), u"length:u32be"_s);
  QCOMPARE(all[0].starts[0], 21U);
  QCOMPARE(all[0].messages, 40U);
  QVERIFY(all[0].why.contains(u"Framing begins at byte 21."_s));
}

// A chain of lengths from anywhere joins the right one after a while: in a sample it explains nearly as much.
void TestSuggestion::nothingIsLeftOutOfALongStream() {
  for (quint32 seed = 1; seed <= 3; ++seed) {
    std::minstd_rand random(seed);
    QByteArray bytes;
    while (bytes.size() < 2'000'000) {
      const quint64 size = 4 + random() % 896;
      bytes += static_cast<char>(size >> 8);
      bytes += static_cast<char>(size);
      bytes += noiseOf(random, size);
    }
    const QList<Suggestion> all = suggestionsFor(bytes);
    QCOMPARE(best(all), u"length:u16be"_s);
    QCOMPARE(all.first().starts[0], 0ULL);
  }
}

void TestSuggestion::chunksAreEvidence() {
  // Four messages are too few to be sure of a length of one byte; that chunks end with them says it.
  const FramerPtr framer = framerFromSpec(u"length:u8"_s).value();
  std::minstd_rand random(2);
  QByteArray stream;
  QList<quint64> cuts;
  for (int i = 0; i < 6; ++i) {
    stream += framer->encode(noiseOf(random, 20 + random() % 90)).value();
    cuts.append(static_cast<quint64>(stream.size()));
  }
  const QList<Suggestion> without = suggestionsFor(stream);
  const QList<Suggestion> with = suggestionsFor(stream, cuts);
  QCOMPARE(best(with), u"length:u8"_s);
  QVERIFY(without.isEmpty() || without[0].score < with[0].score);
  QVERIFY2(with[0].why.contains(u"5 of 5 chunk ends are ends of messages"_s), qPrintable(with[0].why));
}

void TestSuggestion::bothDirections() {
  // One message is nothing by itself; beside the other direction it is another one that fits.
  const QByteArray in = streamOfMessages(u"length:u16be"_s, 30, true, 5);
  const QByteArray out = streamOfMessages(u"length:u16be"_s, 1, true, 6);
  QCOMPARE(best(suggestionsFor(out)), u"nothing"_s);
  const QList<Suggestion> all =
      suggestionsFor({.streams = {streamInChunks(in, {}, StreamEnd::Fin), streamInChunks(out, {}, StreamEnd::Fin)}});
  QCOMPARE(best(all), u"length:u16be"_s);
  QVERIFY(all[0].fits[0] && all[0].fits[1]);
  QCOMPARE(all[0].messages, 31U);
  QVERIFY2(all[0].why.contains(u"in both directions"_s), qPrintable(all[0].why));
}

void TestSuggestion::words_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("why");
  QByteArray length;
  for (int i = 0; i < 21; ++i) {
    const QByteArray text(7 + i * 5 % 12, static_cast<char>('a' + i));
    length += "\x07\x01" + QByteArray(1, '\0') + static_cast<char>(text.size()) + text;
  }
  QTest::newRow("length")
      << length
      << u"Bytes 2–3, big-endian, and the length counts what follows it: they land exactly on a "
         "boundary 21 times of 21, the last time on the end of the stream; messages are of 11 to 22 "
         "bytes."_s;
  QTest::newRow("cut") << length.chopped(1)
                       << u"Bytes 2–3, big-endian, and the length counts what follows it: they land exactly on a "
                          "boundary 20 times of 20; messages are of 11 to 22 bytes; the stream ends inside one more."_s;
  QTest::newRow("lines") << QByteArray("first line\nsecond\nthird\n").repeated(3)
                         << u"It is text, and each message ends with a line end (0A): 9 messages of 6 to 11 bytes, the "
                            "last one up to the end of the stream."_s;
}

void TestSuggestion::words() {
  QFETCH(QByteArray, bytes);
  QFETCH(QString, why);
  const QList<Suggestion> all = suggestionsFor(bytes);
  QVERIFY(!all.isEmpty());
  QCOMPARE(all[0].why, why);
}

void TestSuggestion::sizesOfFields_data() {
  QTest::addColumn<int>("count");
  QTest::addColumn<bool>("areDoubles");
  for (const int count : {8, 30, 200, 30000}) {
    QTest::addRow("%d of numbers, like halves", count) << count << false;
    QTest::addRow("%d of three doubles", count) << count << true;
  }
}

// A half or a third of a record recurs nearly as well where its fields are alike, but the record explains more.
void TestSuggestion::sizesOfFields() {
  QFETCH(int, count);
  QFETCH(bool, areDoubles);
  std::minstd_rand random(5);
  QByteArray bytes;
  for (int i = 0; i < count; ++i) {
    const auto record = static_cast<quint32>(i);
    const std::array<double, 3> doubles = {20 + random() % 100 / 7.0, 1000 + random() % 100 / 7.0,
                                           1 + random() % 100 / 700.0};
    const std::array<quint32, 6> numbers = {record,
                                            5,
                                            static_cast<quint32>(random() % 1000),
                                            1'700'000'000 + record,
                                            7,
                                            static_cast<quint32>(random() % 1000)};
    bytes += areDoubles ? QByteArray(reinterpret_cast<const char *>(doubles.data()), 24)
                        : QByteArray(reinterpret_cast<const char *>(numbers.data()), 24);
  }
  QCOMPARE(best(suggestionsFor(bytes)), u"fixed:24"_s);
}

void TestSuggestion::slices() {
  // What is done at once is bounded, so that whoever drives it may stop at any time: many slices, and progress rises.
  Suggester suggester({.streams = {streamInChunks(streamOfMessages(u"length:u32le"_s, 3000, true, 5), {}), {}}});
  int count = 0;
  double before = 0;
  bool more = true;
  while (more) {
    QVERIFY(suggester.suggestions().isEmpty());
    more = suggester.advance();
    ++count;
    QVERIFY(suggester.progress() >= before);
    before = suggester.progress();
  }
  QCOMPARE(before, 1.0);
  QVERIFY2(count > 50, qPrintable(QString::number(count)));
  QVERIFY(!suggester.advance());
  QCOMPARE(best(suggester.suggestions()), u"length:u32le"_s);
}

void TestSuggestion::preview() {
  const QByteArray stream = streamOfMessages(u"length:u16be"_s, 100, true, 5);
  const QList<Suggestion> all = suggestionsFor(stream);
  const QList<Message> messages =
      messagesOf(*framerFromSpec(u"length:u16be"_s).value(), streamInChunks(stream, {}, StreamEnd::Fin));
  QCOMPARE(all[0].shown[0].size(), Suggester::previewMessages);
  for (qsizetype i = 0; i < all[0].shown[0].size(); ++i) QCOMPARE(all[0].shown[0][i], messages[i].range());
  QVERIFY(all[0].shown[1].isEmpty());
}

void TestSuggestion::oneDirectionAlone_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<bool>("isText");
  QTest::addColumn<bool>("isIn");
  for (const bool isIn : {true, false}) {
    for (const char *spec : {"lines", "delimiter:\\r\\n", "delimiter:\\0", "netstring", "length:u16be", "length:u8"}) {
      QTest::addRow("%s, %s", spec, isIn ? "in" : "out") << QString::fromLatin1(spec) << true << isIn;
    }
    for (const char *spec : {"length:u32le", "slip", "cobs", "hdlc"}) {
      QTest::addRow("%s, %s", spec, isIn ? "in" : "out") << QString::fromLatin1(spec) << false << isIn;
    }
  }
}

// Noise holds line ends, zeros and small numbers, too: that the other direction is framed by them is no evidence that
// it is.
void TestSuggestion::oneDirectionAlone() {
  QFETCH(QString, spec);
  QFETCH(bool, isText);
  QFETCH(bool, isIn);
  std::minstd_rand random(9);
  const StreamView framed = streamInChunks(streamOfMessages(spec, 40, isText, 5), {}, StreamEnd::Fin);
  for (const quint64 size : {300U, 3000U}) {
    const StreamView noise = streamInChunks(noiseOf(random, size), {}, StreamEnd::Fin);
    const QList<Suggestion> all =
        isIn ? suggestionsFor({.streams = {framed, noise}}) : suggestionsFor({.streams = {noise, framed}});
    QCOMPARE(best(all), spec);
    QCOMPARE(all[0].fits[0], isIn);
    QCOMPARE(all[0].fits[1], !isIn);
    QCOMPARE(all[0].messages, 40U);
    const QString only = isIn ? u"only what comes in; 40 messages"_s : u"only what goes out; 40 messages"_s;
    const QString none = isIn ? u" Nothing fits what goes out."_s : u" Nothing fits what comes in."_s;
    const bool isSaid = all[0].why.contains(only.first(20)) && all[0].why.endsWith(none);
    QVERIFY2(isSaid, qPrintable(all[0].why));
  }
}

// Where the directions are framed differently, each is said of its own.
void TestSuggestion::eachDirectionItsOwn() {
  const StreamView in = streamInChunks(streamOfMessages(u"lines"_s, 30, true, 5), {}, StreamEnd::Fin);
  const StreamView out = streamInChunks(streamOfMessages(u"length:u32be"_s, 30, false, 5), {}, StreamEnd::Fin);
  const QList<Suggestion> all = suggestionsFor({.streams = {in, out}});
  for (const bool isIn : {true, false}) {
    const auto one = std::find_if(all.begin(), all.end(), [&](const Suggestion &s) { return s.fits[isIn ? 0 : 1]; });
    QVERIFY(one != all.end());
    QCOMPARE(one->spec, isIn ? u"lines"_s : u"length:u32be"_s);
    QVERIFY(one->fits[0] == isIn && one->fits[1] != isIn);
    const QString other = isIn ? u"what goes out"_s : u"what comes in"_s;
    QVERIFY2(one->why.endsWith(u" Another framing fits %1."_s.arg(other)), qPrintable(one->why));
  }
}

QTEST_GUILESS_MAIN(TestSuggestion)
#include "tst_suggestion.moc"
