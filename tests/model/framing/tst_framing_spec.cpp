// SPECs as text: what they mean, their canonical form, and errors that point at the character.
#include "model/framing/framing_spec.h"
#include "model/framing/registry.h"

#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestFramingSpec : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void takesApart() {
    const auto spec = FramingSpec::parse(u"  delimiter:a\\,b:c , keep=yes,quote=\\\\");
    QVERIFY(spec);
    QCOMPARE(spec->name, u"delimiter"_s);
    QCOMPARE(spec->namePosition, 2);
    QCOMPARE(spec->argument.value_or(QString()), u"a\\,b:c "_s);
    QCOMPARE(spec->argumentPosition, 12);
    QCOMPARE(spec->options.size(), 2);
    QCOMPARE(spec->options[0].name, u"keep"_s);
    QCOMPARE(spec->options[0].namePosition, 21);
    QCOMPARE(spec->options[0].value, u"yes"_s);
    QCOMPARE(spec->options[0].valuePosition, 26);
    QCOMPARE(spec->options[1].value, u"\\\\"_s);
    QCOMPARE(spec->text(), u"delimiter:a\\,b:c ,keep=yes,quote=\\\\"_s);
    // Escapes are a TEXT's own: a name that ends with a backslash is only a wrong name.
    const auto odd = FramingSpec::parse(u"odd\\\n:1");
    QVERIFY(odd);
    QCOMPARE(odd->name, u"odd\\"_s);
    QCOMPARE(FramingSpec::parse(odd->text())->text(), odd->text());
  }

  void unescapes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("letters") << u"END"_s << QByteArray("END") << u"END"_s;
    QTest::newRow("newline") << u"\\n"_s << QByteArray("\n") << u"\\n"_s;
    QTest::newRow("all short ones") << u"\\n\\r\\t\\0\\\\\\,\\|"_s << QByteArray("\n\r\t\0\\,|", 7)
                                    << u"\\n\\r\\t\\0\\\\\\,\\|"_s;
    QTest::newRow("hex") << u"\\x41\\xfF\\x0a"_s << QByteArray("A\xff\n") << u"A\\xFF\\n"_s;
    QTest::newRow("UTF-8") << u"é€\U0001F600"_s << QByteArray("é€\U0001F600") << u"é€\U0001F600"_s;
    QTest::newRow("UTF-8 in hex") << u"\\xC3\\xA9"_s << QByteArray("é") << u"é"_s;
    QTest::newRow("cut UTF-8") << u"\\xE2\\x82"_s << QByteArray("\xe2\x82") << u"\\xE2\\x82"_s;
    QTest::newRow("overlong") << u"\\xC0\\x80"_s << QByteArray("\xc0\x80") << u"\\xC0\\x80"_s;
    QTest::newRow("zero, then a digit") << u"\\01"_s << QByteArray("\0001", 2) << u"\\01"_s;
    QTest::newRow("invisible") << u"\u200b\u00a0"_s << QByteArray("\u200b\u00a0") << u"\\xE2\\x80\\x8B\\xC2\\xA0"_s;
    QTest::newRow("real newline") << u"\n"_s << QByteArray("\n") << u"\\n"_s;
    QTest::newRow("space") << u" "_s << QByteArray(" ") << u" "_s;
    QTest::newRow("colon and equals") << u":="_s << QByteArray(":=") << u":="_s;
  }
  void unescapes() {
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, canonical);
    const auto result = unescapeText({}, text, 0);
    QVERIFY2(result, result ? "" : qPrintable(result.error().line()));
    QCOMPARE(*result, bytes);
    QCOMPARE(escapeText(bytes), canonical);
    QCOMPARE(unescapeText({}, canonical, 0).value_or(QByteArray()), bytes);
  }

  void escapesAnyBytes() {
    QRandomGenerator random(7);
    for (int i = 0; i < 3000; ++i) {
      QByteArray bytes(1 + random.bounded(6), Qt::Uninitialized);
      for (char &byte : bytes) byte = static_cast<char>(random.bounded(i % 2 ? 256 : 128) | (i % 3 ? 0 : 0xc0));
      const QString text = escapeText(bytes);
      QCOMPARE(unescapeText({}, text, 0).value_or(QByteArray()), bytes);
      const auto spec = FramingSpec::parse(QString(u"x:" + text + u",y=" + text));
      QVERIFY(spec);
      QCOMPARE(spec->argument.value_or(QString()), text);
      QCOMPARE(spec->options[0].value, text);
    }
  }

  void refuses_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("character");  // from 1, as people count
    QTest::addColumn<int>("position");   // from 0, in UTF-16 units
    QTest::addColumn<QString>("words");
    const auto row = [](const char *spec, int character, const char *words, int position = -1) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << character << (position < 0 ? character - 1 : position)
                          << QString::fromUtf8(words);
    };
    row("", 1, "name is missing");
    row("   ", 4, "name is missing");
    row(":4", 1, "name is missing");
    row(",max=3", 1, "name is missing");
    row("foo", 1, "unknown framing \"foo\"");
    row("Fixed:4", 1, "unknown framing \"Fixed\"");
    row("  foo:7", 3, "unknown framing \"foo\"");
    row("fixed", 6, "needs an argument");
    row("fixed:", 7, "whole number");
    row("fixed:0", 7, "at least 1");
    row("fixed:x", 7, "whole number");
    row("fixed:-1", 7, "whole number");
    row("fixed: 4", 7, "whole number");
    row("length: u16be", 8, "\" u16be\" is no choice");
    row("delimiter:;,keep= yes", 18, "\" yes\" is no choice");
    row("fixed:+1", 7, "whole number");
    row("fixed: 1", 7, "whole number");
    row("fixed:1.5", 7, "whole number");
    row("fixed:0x10", 7, "whole number");
    row("fixed:\xd9\xa3", 7, "whole number");  // an Arabic digit
    row("fixed:9223372036854775808", 7, "too large");
    row("fixed:99999999999999999999999", 7, "too large");
    row("fixed:4,", 9, "option is missing");
    row("fixed:4,,max=5", 9, "option is missing");
    row("fixed:4,max", 9, "has no value");
    row("fixed:4,max=", 13, "whole number");
    row("fixed:4,max=0", 13, "at least 1");
    row("fixed:4,max=-5", 13, "whole number");
    row("fixed:4,=5", 9, "option's name is missing");
    row("fixed:4,size=5", 9, "unknown option \"size\"");
    row("fixed:4,Max=5", 9, "unknown option \"Max\"");
    row("fixed:4,max=5,max=5", 15, "given twice");
    row("chunks:3", 8, "takes no argument");
    row("chunks:", 8, "takes no argument");
    row("until-close,keep=yes", 13, "unknown option \"keep\"");
    row("length", 7, "needs an argument");
    row("length:", 8, "is no choice");
    row("length:u12", 8, "\"u12\" is no choice");
    row("length:U16BE", 8, "is no choice");
    row("length:u16be,offset=-1", 21, "whole number");
    row("length:u16be,adjust=--1", 21, "whole number");
    row("length:u16be,adjust=-", 21, "whole number");
    row("length:u16be,adjust=-9223372036854775809", 21, "too large");
    row("length:u16be,end=;", 14, "belongs to length:decimal");
    row("length:decimal,end=", 20, "empty TEXT");
    row("length:decimal,end=\\q", 20, "escape that is not known (\\q)");
    row("length:decimal,end=a\\x4", 21, "escape");
    row("length:decimal,end=a\\x4g", 21, "escape");
    row("length:decimal,end=a\\", 21, "escape");
    row("length:decimal,end=5", 20, "begins with a digit");
    row("|", 1, "name is missing");
    row("length:u16be |", 15, "name is missing");
    row("length:u16be |+", 16, "name is missing");
    row("length:u16be | | fixed:1", 15, "name is missing");
    row("length:u16be | fixed:0", 22, "too small");
    row("length:u16be |+ nonsense", 17, "unknown framing \"nonsense\"");
    row("fixed:9|fixed:8|fixed:7|fixed:6|fixed:5|fixed:4|fixed:3|fixed:2|fixed:1", 64, "more than 8 layers");
    row("fixed:9|+ delimiter:a\\|\\|b,max=x", 32, "whole number");
    row("length:decimal,end=é\U0001F600\\q", 22, "escape", 22);
  }
  void refuses() {
    QFETCH(QString, spec);
    QFETCH(int, character);
    QFETCH(int, position);
    QFETCH(QString, words);
    const auto framer = framerFromSpec(spec);
    QVERIFY2(!framer, "it was accepted");
    const Error &error = framer.error();
    QVERIFY2(error.what.contains(words), qPrintable(error.what));
    QVERIFY2(error.what.endsWith(u" at character %1"_s.arg(character)), qPrintable(error.what));
    QCOMPARE(error.position, position);
    QVERIFY(!error.line().contains(u'\n'));
  }

  void isCanonical_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("canonical");
    const auto row = [](const char *spec, const char *canonical) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << QString::fromUtf8(canonical);
    };
    row("chunks", "chunks");
    row(" until-close , max=7", "until-close,max=7");
    row("fixed:0016", "fixed:16");
    row("fixed:16 ", "fixed:16");
    row("length:u16be,adjust=0,offset=0", "length:u16be");
    row("length:u16be,strip=2,adjust=-2,offset=1", "length:u16be,offset=1,adjust=-2,strip=2");
    row("length:decimal,end=\\x20", "length:decimal");
    row("length:decimal,end=\\x3b", "length:decimal,end=;");
    row("length:u8,max=67108864", "length:u8,max=67108864");
  }
  void isCanonical() {
    QFETCH(QString, spec);
    QFETCH(QString, canonical);
    const auto framer = framerFromSpec(spec);
    QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
    QCOMPARE((*framer)->spec(), canonical);
    const auto again = framerFromSpec(canonical);
    QVERIFY(again);
    QCOMPARE((*again)->spec(), canonical);
  }

  void limits_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<quint64>("outside");
    QTest::addColumn<quint64>("limit");
    QTest::newRow("default") << u"fixed:4"_s << 0ULL << (64ULL << 20);
    QTest::newRow("from outside") << u"fixed:4"_s << 100ULL << 100ULL;
    QTest::newRow("SPEC beats it") << u"fixed:4,max=50"_s << 100ULL << 50ULL;
    QTest::newRow("until-close has none") << u"until-close"_s << 0ULL << ~0ULL;
    QTest::newRow("chunks has none") << u"chunks"_s << 0ULL << ~0ULL;
    QTest::newRow("chunks, from outside") << u"chunks"_s << 9ULL << 9ULL;
    QTest::newRow("chunks, SPEC") << u"chunks,max=3"_s << 9ULL << 3ULL;
  }
  void limits() {
    QFETCH(QString, spec);
    QFETCH(quint64, outside);
    QFETCH(quint64, limit);
    const auto framer = framerFromSpec(spec, outside);
    QVERIFY(framer);
    QCOMPARE((*framer)->maxMessage(), limit);
  }

  void describesEveryFraming() {
    QStringList names;
    for (const FramingKind &kind : framingKinds()) {
      QVERIFY(!names.contains(kind.name));
      names += kind.name;
      QCOMPARE(framingKind(kind.name), &kind);
      QVERIFY(!kind.title.isEmpty());
      QVERIFY2(kind.summary.endsWith(u'.'), qPrintable(kind.summary));
      QVERIFY(!kind.examples.isEmpty());
      for (const QString &example : kind.examples) {
        const auto framer = framerFromSpec(example);
        QVERIFY2(framer, qPrintable(example));
        QCOMPARE((*framer)->spec(), example);
      }
      QVERIFY(kind.option(u"max"));
      QList<FramingOption> all = kind.options;
      if (kind.argument) all.append(*kind.argument);
      for (const FramingOption &option : std::as_const(all)) {
        QVERIFY(!option.title.isEmpty());
        QVERIFY2(option.help.endsWith(u'.'), qPrintable(option.help));
        QCOMPARE(option.kind == FramingOption::Kind::Choice || option.kind == FramingOption::Kind::Pair,
                 !option.choices.isEmpty());
        if (option.defaultValue.isEmpty() || option.name.isEmpty()) continue;
        // The default, said aloud, changes nothing.
        const QString base = option.onlyWith.isEmpty() ? kind.examples[0] : QString(kind.name + u':' + option.onlyWith);
        const auto framer = framerFromSpec(QString(base + u',' + option.name + u'=' + option.defaultValue));
        QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
        QCOMPARE((*framer)->spec(), base);
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestFramingSpec)
#include "tst_framing_spec.moc"
