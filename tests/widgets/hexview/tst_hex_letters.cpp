// What the text column shows of bytes, against CPython's codecs.
#include "widgets/hexview/hex_letters.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestHexLetters : public QObject {
  Q_OBJECT

  /// `.` for what is no letter, `~` for what belongs to the one before.
  static QString textOf(const QByteArray &bytes, TextCode code, qsizetype first = 0, qsizetype count = -1) {
    std::vector<char32_t> letters;
    const qsizetype size = count < 0 ? bytes.size() - first : count;
    readLetters(viewOf(bytes), static_cast<std::size_t>(first), static_cast<std::size_t>(size), code, letters);
    QString text;
    for (const char32_t letter : letters) {
      text += letter == noLetter ? u"."_s : letter == sameLetter ? u"~"_s : QString::fromUcs4(&letter, 1);
    }
    return text;
  }
  static QByteArray pythons(const QString &script, const QByteArray &input) {
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON), {u"-c"_s, script});
    python.write(input);
    python.closeWriteChannel();
    if (!python.waitForFinished() || python.exitCode() != 0) qWarning() << python.readAllStandardError();
    return python.readAllStandardOutput();
  }

 private Q_SLOTS:
  void oneByteCodes_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("codec");
    QTest::newRow("ASCII") << int(TextCode::Ascii) << u"ascii"_s;
    QTest::newRow("Latin-1") << int(TextCode::Latin1) << u"latin-1"_s;
    QTest::newRow("EBCDIC") << int(TextCode::Ebcdic) << u"cp037"_s;
  }
  void oneByteCodes() {
    QFETCH(const int, code);
    QFETCH(const QString, codec);
    QByteArray all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    // Soft hyphens are seen at the ends of lines alone.
    const QByteArray want = pythons(
        u"import sys, unicodedata\n"
        "for b in range(256):\n"
        "    c = bytes([b]).decode(sys.argv[1] if len(sys.argv) > 1 else '%1', 'replace')\n"
        "    good = c != '\\ufffd' and unicodedata.category(c)[0] != 'C'\n"
        "    sys.stdout.buffer.write((c if good else '.').encode())\n"_s.arg(codec),
        {});
    QCOMPARE(textOf(all, TextCode(code)), QString::fromUtf8(want));
  }

  void utf8_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("ASCII") << "Hi!\n"_ba << u"Hi!."_s;
    QTest::newRow("two, three, four bytes") << "a\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9ez"_ba << u"aé~€~~𝄞~~~z"_s;
    QTest::newRow("cut at the end") << "a\xe2\x82"_ba << u"a.."_s;
    QTest::newRow("cut by another") << "\xe2\x82\xc3\xa9"_ba << u"..é~"_s;
    QTest::newRow("only a middle") << "\x82\xac"
                                      "a"_ba
                                   << u"..a"_s;
    QTest::newRow("too long a form") << "\xc0\x80\xe0\x80\x80"_ba << u"....."_s;
    QTest::newRow("a surrogate") << "\xed\xa0\x80"_ba << u"..."_s;
    QTest::newRow("beyond Unicode") << "\xf4\x90\x80\x80\xff"_ba << u"....."_s;
    QTest::newRow("a control character of two bytes") << "\xc2\x85"_ba << u".."_s;
  }
  void utf8() {
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QCOMPARE(textOf(bytes, TextCode::Utf8), text);
  }

  void whatReachesOverTheEnds() {
    const QByteArray bytes = "xx\xe2\x82\xac\xf0\x9d\x84\x9eyy";
    const QString all = textOf(bytes, TextCode::Utf8);
    for (qsizetype first = 0; first < bytes.size(); ++first) {
      for (qsizetype count = 1; first + count <= bytes.size(); ++count) {
        std::vector<char32_t> letters;
        // No more than 3 bytes on either side are needed.
        const qsizetype from = std::max<qsizetype>(0, first - 3);
        const QByteArray around = bytes.mid(from, first - from + count + 3);
        const QString part = textOf(around, TextCode::Utf8, first - from, count);
        std::vector<char32_t> whole;
        readLetters(viewOf(bytes), 0, static_cast<std::size_t>(bytes.size()), TextCode::Utf8, whole);
        readLetters(viewOf(around), static_cast<std::size_t>(first - from), static_cast<std::size_t>(count),
                    TextCode::Utf8, letters);
        QVERIFY2(std::equal(letters.begin(), letters.end(), whole.begin() + first), qPrintable(part + u" of " + all));
      }
    }
  }

  void utf8AsPythonReadsIt() {
    // Random bytes of those that sequences are made of: what Python decodes strictly stands where it stands there.
    QByteArray bytes;
    const QByteArray likely("a\x80\xbf\xc2\xc3\xdf\xe0\xe2\xed\xef\xf0\xf3\xf4\x9f\xa0\x90");
    for (int i = 0; i < 4000; ++i) bytes += likely[QRandomGenerator::global()->bounded(int(likely.size()))];
    std::vector<char32_t> letters;
    readLetters(viewOf(bytes), 0, static_cast<std::size_t>(bytes.size()), TextCode::Utf8, letters);
    QStringList ours;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] != noLetter && letters[i] != sameLetter) ours += u"%1:%2"_s.arg(i).arg(quint32(letters[i]));
    }
    const QByteArray want = pythons(
        uR"(
import sys
data = sys.stdin.buffer.read()
at, out = 0, []
while at < len(data):
    for size in (1, 2, 3, 4):
        try:
            out.append((at, ord(data[at:at + size].decode())))
            at += size
            break
        except (UnicodeDecodeError, TypeError):
            pass
    else:
        at += 1
print(' '.join(f'{a}:{c}' for a, c in out))
)"_s,
        bytes);
    QStringList pythonsOwn = QString::fromLatin1(want).trimmed().split(u' ');
    // Those that are not shown have no letter here.
    pythonsOwn.removeIf([](const QString &one) { return !isPlain(one.section(u':', 1).toUInt()); });
    QCOMPARE(ours, pythonsOwn);
  }

 private:
  static bool isPlain(char32_t character) {
    std::vector<char32_t> letters;
    readLetters(viewOf(QString::fromUcs4(&character, 1).toUtf8()), 0, 1, TextCode::Utf8, letters);
    return letters[0] != noLetter;
  }
};

QTEST_MAIN(TestHexLetters)
#include "tst_hex_letters.moc"
