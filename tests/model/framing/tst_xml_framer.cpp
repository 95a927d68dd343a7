// The framing `xml`: where documents end, what is wrong with bytes that are none, the words for it, and the elements as
// fields. (Boundaries and trees are compared with expat's in tst_text_oracle.)
#include "model/framing/framing_words.h"
#include "model/framing/message_index.h"
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

FramerPtr xml(const char *options = "") {
  return framerFromSpec(QString::fromUtf8(QByteArray("xml") + options)).value();
}

QString explained(const Framer &framer, const StreamView &stream) {
  const QList<Message> messages = messagesOf(framer, stream);
  return messages.isEmpty() ? QString() : framer.explain(stream, messages.last(), 3);
}

/// All fields of a document: "a{@id='1' b='text'}".
QString fieldsOf(const QByteArray &document) {
  const auto fields = xml()->fields();
  const ByteView bytes = viewOf(document);
  const auto walk = fields->walk(bytes);
  QString text;
  std::size_t open = 0;
  while (walk->next()) {
    for (; open > walk->depth(); --open) text += u'}';
    const Field &field = walk->field();
    if (!text.isEmpty() && !text.endsWith(u'{')) text += u' ';
    text += field.name;
    if (!field.error.isEmpty()) {
      text += u'?';
    } else if (field.isGroup) {
      text += u'{';
      ++open;
    } else {
      text += u'=' + displayText(field.value);
    }
  }
  for (; open > 0; --open) text += u'}';
  return text;
}

}  // namespace

class TestXmlFramer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cuts_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("messages");
    const auto row = [](const char *bytes, const char *messages) {
      QTest::addRow("%s", bytes) << QByteArray(bytes) << QString::fromUtf8(messages);
    };
    row("", "");
    row(" \n", "");
    row("<a/>", "0+4 complete payload 0+4");
    row(" <a></a>\n<b/>", "1+7 complete payload 1+7\n9+4 complete payload 9+4");
    row("<a/><b/>", "0+4 complete payload 0+4\n4+4 complete payload 4+4");
    row("<a><a></a></a >", "0+15 complete payload 0+15");
    row("<a b='>' c=\"/>'\">&lt;</a>", "0+25 complete payload 0+25");
    row("<a><!-- </a> --><![CDATA[</a>]]]]><?p </a>?></a>", "0+48 complete payload 0+48");
    row("<?xml version=\"1.0\"?>\n<!-- x --><a/>", "0+36 complete payload 0+36");
    row("\xef\xbb\xbf<a/>", "0+7 complete payload 0+7");
    row("<!DOCTYPE a [<!ENTITY b \"]>\"> <!-- ' --> <?p \"?> %c; ]><a/>", "0+59 complete payload 0+59");
    row("<!DOCTYPE a PUBLIC \"x\" '>'><a/>", "0+31 complete payload 0+31");
    // What stands behind a root element is the next document's.
    row("<a/><!-- b -->", "0+4 complete payload 0+4\n4+10 incomplete payload 4+10");
    row("<a/><!-- b --><c/>", "0+4 complete payload 0+4\n4+14 complete payload 4+14");
    row("<a", "0+2 incomplete payload 0+2");
    row("<a><b></b>", "0+10 incomplete payload 0+10");
    row("<a>\xe2\x82</a>", "0+9 error payload -+0: byte 5 is \"<\" (3C) where a character of UTF-8 goes on");
    row("<a>\xff</a>", "0+8 error payload -+0: byte 3 is FF where no character of UTF-8 begins with it");
    row("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xff</a>", "0+51 complete payload 0+51");
    // What is wrong, and what belongs there.
    row("x", "0+1 error payload -+0: byte 0 is \"x\" (78) where a document begins with \"<\"");
    row("<a/> x",
        "0+4 complete payload 0+4\n5+1 error payload -+0: byte 5 is \"x\" (78) where a document begins with "
        "\"<\"");
    row("<a><b></a>",
        "0+10 error payload -+0: the end tag at byte 6 is of \"a\", but the element that is open is \"b\" (byte 3)");
    row("<a></ab>",
        "0+8 error payload -+0: the end tag at byte 3 is of \"ab\", but the element that is open is \"a\" (byte 0)");
    row("<ab></a>",
        "0+8 error payload -+0: the end tag at byte 4 is of \"a\", but the element that is open is \"ab\" (byte 0)");
    row("</a>", "0+4 error payload -+0: byte 1 is \"/\" (2F) behind \"<\", where a name, \"!\" or \"?\" is expected");
    row("<a b=c>", "0+7 error payload -+0: byte 5 is \"c\" (63) where a quote is expected before an attribute's value");
    row("<a b>", "0+5 error payload -+0: byte 4 is \">\" (3E) where \"=\" is expected behind an attribute's name");
    row("<a b='1'c='2'>",
        "0+14 error payload -+0: byte 8 is \"c\" (63) where white space, \">\" or \"/>\" is expected");
    row("<a b='<'>", "0+9 error payload -+0: byte 6 is \"<\" (3C) in the value of an attribute");
    row("<a>b & c</a>",
        "0+12 error payload -+0: byte 6 is 20 behind \"&\", where a name or \"#\" is expected (a plain \"&\" is "
        "written "
        "as \"&amp;\")");
    row("<a>]]></a>",
        "0+10 error payload -+0: byte 5 is \">\" (3E) behind \"]]\", which is written as \"]]&gt;\" in "
        "text");
    row("<!-- a -- b --><a/>",
        "0+19 error payload -+0: byte 9 is 20 behind \"--\", which only ends a comment, with \">\"");
    row("<!-- a --><?xml version='1.0'?><a/>",
        "0+35 error payload -+0: bytes 12–14 (\"xml\") name an XML declaration, which only stands at the very begin of "
        "a document");
    row("<?xml encoding='UTF-8'?><a/>",
        "0+28 error payload -+0: bytes 0–23 are no XML declaration, which has a version, an encoding and standalone, "
        "in "
        "this order");
    row("<?xml version='1.0' encoding='UTF-16'?><a/>",
        "0+43 error payload -+0: bytes 0–38 declare the encoding \"UTF-16\", in which they are not written");
    row("<!DOCTYPE a><!DOCTYPE a><a/>",
        "0+28 error payload -+0: byte 14 is \"D\" (44) behind \"<!\", where a comment is expected");
    row("<a><![CDAT[", "0+11 error payload -+0: byte 10 is \"[\" (5B) where \"CDATA[\" has \"A\"");
    row("<a>\x01</a>", "0+8 error payload -+0: byte 3 is 01 in text");
    row("<!-- \x01 --><a/>", "0+14 error payload -+0: byte 5 is 01 where XML has no control character");
  }
  void cuts() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, messages);
    QCOMPARE(told(*xml(), streamInChunks(bytes, {}, StreamEnd::Fin)), messages);
    QList<quint64> cuts;
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) cuts.append(static_cast<quint64>(cut));
    const QString broken = FramerContract(*xml(), bytes, cuts, StreamEnd::Fin, 1).broken();
    QVERIFY2(broken.isEmpty(), qPrintable(broken));
  }

  void limits() {
    QCOMPARE(told(*xml(",max=7"), streamInChunks("  <a></a>", {})), u"2+7 complete payload 2+7"_s);
    QCOMPARE(
        told(*xml(",max=7"), streamInChunks("<a> </a>", {})),
        u"0+8 error payload -+0: the XML document that begins at byte 0 does not end within the limit of 7 bytes"_s);
  }

  void says_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("because");
    const auto row = [](const char *bytes, const char *words, const char *because) {
      QTest::addRow("%s", bytes) << QByteArray(bytes) << QString::fromUtf8(words) << QString::fromUtf8(because);
    };
    row("<a>b</a>", "\"</a>\" at bytes 4–7 ends the root element, so message 3 ends at byte 8.",
        "\"</a>\" at bytes 4–7 ends its root element");
    row("<!-- --><a/>", "\"<a/>\" at bytes 8–11 is all of the root element, so message 3 ends at byte 12.",
        "\"<a/>\" at bytes 8–11 is all of its root element");
    row("<!-- b",
        "The document of message 3 begins at byte 0, and its root element is not here, in a comment: waiting "
        "for more.",
        "its root element does not end in these 6 bytes");
    row("<a>b",
        "The document of message 3 begins at byte 0, and nothing ends its root element (\"a\" at byte 0): "
        "waiting for more.",
        "its root element does not end in these 4 bytes");
    row("<a><b><c d='",
        "The document of message 3 begins at byte 0, and 2 elements are open, the innermost is \"b\" at byte 3, in the "
        "value of an attribute: waiting for more.",
        "its root element does not end in these 12 bytes");
    row("<a></b>",
        "The end tag at byte 3 is of \"b\", but the element that is open is \"a\" (byte 0). Nothing is framed from "
        "byte "
        "0 on: start the framing again where a message begins.",
        "its root element does not end in these 7 bytes");
  }
  void says() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    QFETCH(QString, because);
    const StreamView stream = streamInChunks(bytes, {});
    QCOMPARE(explained(*xml(), stream), words);
    QCOMPARE(xml()->because(stream, messagesOf(*xml(), stream).last()), because);
  }

  void encodes_data() {
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("error");
    QTest::newRow("a document") << QByteArray("<a>b</a>") << QString();
    QTest::newRow("empty") << QByteArray() << u"an empty payload is no XML document"_s;
    QTest::newRow("space") << QByteArray("<a/>\n")
                           << u"the payload has white space around its XML document, which is not part of a message"_s;
    QTest::newRow("two") << QByteArray("<a/><b/>")
                         << u"the payload is more than one XML document: the first ends at byte 4"_s;
    QTest::newRow("cut") << QByteArray("<a>") << u"the payload is not a whole XML document"_s;
    QTest::newRow("wrong")
        << QByteArray("hello")
        << u"the payload is no XML document: byte 0 is \"h\" (68) where a document begins with \"<\""_s;
  }
  void encodes() {
    QFETCH(QByteArray, payload);
    QFETCH(QString, error);
    const auto encoded = xml()->encode(payload);
    QCOMPARE(encoded ? QString() : encoded.error().what, error);
    QCOMPARE(brokenEncoding(*xml(), payload), QString());
  }

  void fields_data() {
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("fields");
    const auto row = [](const char *document, const char *fields) {
      QTest::addRow("%s", document) << QByteArray(document) << QString::fromUtf8(fields);
    };
    row("<a/>", "a=\"\"");
    row("<a>b</a>", "a=\"b\"");
    row("<a k='1'/>", "a{@k=\"1\"}");
    row("<a k='1'>b</a>", "a{@k=\"1\" #text=\"b\"}");
    row("<a> <b/> <c>d</c> </a>", "a{b=\"\" c=\"d\"}");
    row("<a>x<b/>y</a>", "a{#text=\"x\" b=\"\" #text=\"y\"}");
    row("<a>&lt;&#65;&#x20AC;&amp;&apos;&quot;&gt;</a>", "a=\"<A€&'\\\">\"");
    row("<a>&b;</a>", "a=\"&b;\"");
    row("<a>b<!-- c -->d<?e f?><![CDATA[<g>]]></a>", "a=\"bd<g>\"");
    row("<a k='b\r\nc\td'>e\r\nf\rg</a>", "a{@k=\"b c d\" #text=\"e\\nf\\ng\"}");
    row("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>", "a=\"ä\"");
    row("<?xml version='1.0' encoding='KOI8-R'?><a><b>c</b>\xe4</a>", "a{b=\"c\" #text=\"\\xe4\"}");
    // What is cut has what is here.
    row("<a k='1'><b>c</b><d>e", "a{@k=\"1\" b=\"c\" d?}");
    row("<a><b>c</b>de", "a{b=\"c\" #text?}");
    row("<a><b></a>", "a{#text?}");
  }
  void fields() {
    QFETCH(QByteArray, document);
    QFETCH(QString, fields);
    QCOMPARE(fieldsOf(document), fields);
  }

  void summary() {
    const QByteArray document = "<note id='7'><to>Bob</to><body lang='en'>Hi</body></note>";
    QCOMPARE(xml()->fields()->summary(viewOf(document), 80), u"note: @id \"7\" · to \"Bob\" · body (2)"_s);
  }

  // 100,000 elements in each other, in pieces of every kind.
  void nests() {
    constexpr int depth = 100'000;
    QByteArray bytes;
    for (int i = 0; i < depth; ++i) bytes += "<e" + QByteArray::number(i) + '>';
    for (int i = depth - 1; i >= 0; --i) bytes += "</e" + QByteArray::number(i) + '>';
    const quint64 size = static_cast<quint64>(bytes.size());
    const StreamView whole = streamInChunks(bytes, {});
    for (const quint64 step : {size, quint64{7}, quint64{777}}) {
      ScanState state;
      ScanState kept;
      QList<Message> messages;
      for (quint64 end = step;; end += step) {
        messages += finalMessages(*xml(), whole.prefix(end), state);
        if (end % 100 == 77) kept = state;
        if (end >= size) break;
      }
      QCOMPARE(describe(messages), u"[0+%1 complete payload 0+%1]"_s.arg(size));
      QVERIFY(!state.memory);
      if (kept.scanned > 0) QCOMPARE(finalMessages(*xml(), whole, kept), messages);
    }
    QVERIFY(xml()->fields()->walk(viewOf(bytes))->next());
  }

  void remembersLittle() {
    QByteArray bytes;
    while (bytes.size() < 8 << 20) bytes += "<a>";
    const StreamView stream = streamInChunks(bytes, {});
    MessageIndex index(xml(), 0);
    while (index.advance(stream, 1 << 20)) {
    }
    QCOMPARE(index.rest(stream).size, static_cast<quint64>(bytes.size()));
    QVERIFY2(index.memoryUsed() < static_cast<quint64>(bytes.size()), qPrintable(QString::number(index.memoryUsed())));
  }
};

QTEST_APPLESS_MAIN(TestXmlFramer)
#include "tst_xml_framer.moc"
