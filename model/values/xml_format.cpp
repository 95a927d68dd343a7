#include "model/values/xml_format.h"

#include "model/values/xml_scanner.h"

#include <QStringDecoder>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

enum Kind : quint32 { Group, Leaf, Attribute, TextRun };

/// Puts what a walk meets into a tree. Whether an element is a group shows behind its start tag, so the innermost one
/// waits until then.
class TreeSink {
 public:
  explicit TreeSink(FieldTreeBuilder &out) : out_(out) {}

  void tag(ByteRange name) {
    openWaiting();
    addText(name.begin - 1);
    waiting_ = name;
  }
  void attributeBegin(quint64 at) {
    openWaiting();
    attribute_.begin = at;
  }
  void attributeEnd(quint64 end) { attribute_.end = end; }
  void valueBegin(quint64 at) { value_ = at; }
  void valueEnd(quint64 end) { take(out_.add({.range = {value_, end}, .name = attribute_, .kind = Attribute})); }
  void tagEnd(bool isEmpty, quint64 end) {
    if (isEmpty) closeElement(end);
    beginText(end);
  }
  void endTag(quint64 begin, quint64 end) {
    if (waiting_.isEmpty()) addText(begin);
    closeElement(end);
    beginText(end);
  }
  void text(ByteView piece) {
    if (!hasText_) hasText_ = !std::ranges::all_of(piece, isTextSpace);
  }
  bool isFull() const { return isFull_; }

  /// The payload ends within the document.
  void cut(quint64 end) {
    const QString error = u"its end is not here"_s;
    if (!waiting_.isEmpty()) {
      out_.addBroken({.range = {waiting_.begin - 1, end}, .name = waiting_, .kind = Leaf}, error);
    } else if (hasText_) {
      out_.addBroken({.range = {text_, end}, .name = {}, .kind = TextRun}, error);
    }
  }
  void broken(ByteRange range, const QString &error) {
    out_.addBroken({.range = range, .name = {}, .kind = TextRun}, error);
  }

 private:
  void take(bool isRoom) { isFull_ = isFull_ || !isRoom; }
  void beginText(quint64 at) {
    text_ = at;
    hasText_ = false;
  }
  void openWaiting() {
    if (waiting_.isEmpty()) return;
    const quint64 begin = waiting_.begin - 1;
    take(out_.open({.range = {begin, begin}, .name = std::exchange(waiting_, {}), .kind = Group}));
  }
  void addText(quint64 end) {
    if (hasText_) take(out_.add({.range = {text_, end}, .name = {}, .kind = TextRun}));
    hasText_ = false;
  }
  void closeElement(quint64 end) {
    if (waiting_.isEmpty()) return out_.close(end);
    take(out_.add({.range = {waiting_.begin - 1, end}, .name = waiting_, .kind = Leaf}));
    waiting_ = {};
  }

  FieldTreeBuilder &out_;
  ByteRange waiting_;  // the name of an element that has been begun, and shown nothing of itself yet
  ByteRange attribute_;
  quint64 value_ = 0;
  quint64 text_ = 0;  // where text may have begun: behind the last tag
  bool hasText_ = false;
  bool isFull_ = false;
};

/// Makes text of what stands between tags or in quotes.
class TextReader {
 public:
  explicit TextReader(ByteView document) {
    const auto declared = xml::declarationOf(document);
    if (!declared || declared->isUtf8()) return;
    isLatin1_ = declared->isLatin1();
    isForeign_ = !isLatin1_;
  }

  /// Bytes where they are in no encoding that is known.
  Value value(ByteView bytes, bool isAttribute) {
    const QByteArrayView all = qtView(bytes);
    QString text;
    for (qsizetype at = 0; at < all.size();) {
      const qsizetype next = isAttribute ? all.indexOf('&', at) : nextMarkup(all, at);
      const qsizetype end = next < 0 ? all.size() : next;
      append(text, all.sliced(at, end - at), isAttribute);
      if (next < 0) break;
      at = takeMarkup(text, all, next);
    }
    if (isUnknown_) return all.toByteArray();
    return text;
  }

  QString name(ByteView bytes) const {
    return isLatin1_ ? QString::fromLatin1(qtView(bytes)) : QString::fromUtf8(qtView(bytes));
  }

 private:
  static qsizetype nextMarkup(QByteArrayView all, qsizetype at) {
    for (; at < all.size(); ++at) {
      if (all[at] == '<' || all[at] == '&') return at;
    }
    return -1;
  }

  /// A run without markup: line ends become \n, and any white space in an attribute a space.
  void append(QString &text, QByteArrayView run, bool isAttribute) {
    if (run.isEmpty()) return;
    QString decoded;
    if (isLatin1_) {
      decoded = QString::fromLatin1(run);
    } else {
      QStringDecoder decoder(QStringDecoder::Utf8);
      decoded = decoder(run);
      // In any encoding, ASCII is ASCII.
      const auto isAscii = [](char c) { return static_cast<std::uint8_t>(c) < 0x80; };
      isUnknown_ = isUnknown_ || decoder.hasError() || (isForeign_ && !std::ranges::all_of(run, isAscii));
    }
    decoded.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    if (isAttribute) decoded.replace(u'\n', u' ').replace(u'\t', u' ');
    text += decoded;
  }

  /// Behind the comment, the instruction, the CDATA section or the reference that begins at `at`.
  qsizetype takeMarkup(QString &text, QByteArrayView all, qsizetype at) {
    const QByteArrayView rest = all.sliced(at);
    const auto behind = [&](QByteArrayView end, qsizetype from) {
      const qsizetype found = rest.indexOf(end, from);
      return found < 0 ? all.size() : at + found + end.size();
    };
    if (rest.startsWith("<!--")) return behind("-->", 4);
    if (rest.startsWith("<?")) return behind("?>", 2);
    if (rest.startsWith("<![CDATA[")) {
      const qsizetype end = behind("]]>", 9);
      append(text, all.sliced(at + 9, std::max<qsizetype>(end - at - 12, 0)), false);
      return end;
    }
    const qsizetype end = behind(";", 1);
    appendReference(text, all.sliced(at, end - at));
    return end;
  }

  /// "&amp;" or "&#x20AC;".
  static void appendReference(QString &text, QByteArrayView reference) {
    static constexpr std::pair<QByteArrayView, char> entities[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&apos;", '\''}, {"&quot;", '"'}};
    for (const auto &[name, character] : entities) {
      if (reference == name) {
        text += QLatin1Char(character);
        return;
      }
    }
    if (reference.startsWith("&#") && reference.size() > 3) {
      const bool isHex = reference[2] == 'x';
      const qsizetype from = isHex ? 3 : 2;
      bool isNumber = false;
      const uint code =
          reference.sliced(from, reference.size() - from - 1).toByteArray().toUInt(&isNumber, isHex ? 16 : 10);
      if (isNumber && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
        text += QStringView(QChar::fromUcs4(code));
        return;
      }
    }
    text += QString::fromUtf8(reference);
  }

  bool isLatin1_ = false;
  bool isForeign_ = false;  // in an encoding that is not known here
  bool isUnknown_ = false;  // what the text says is not known
};

/// What stands between the tags of an element that has no attributes.
ByteView contentOf(ByteView element) {
  const QByteArrayView all = qtView(element);
  const qsizetype begin = all.indexOf('>') + 1;
  const qsizetype end = all.lastIndexOf("</");
  return end < begin ? ByteView()
                     : element.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

}  // namespace

void XmlFormat::read(ByteView payload, FieldTreeBuilder &out) const {
  TreeSink sink(out);
  XmlState state;
  const quint64 end = out.readable();
  const WalkStep step = scanXml(payload.data(), 0, end, state, sink);
  if (step.outcome == WalkOutcome::Bad) {
    sink.broken({step.at, payload.size()}, xmlErrorWords(payload, step.at, state, 0));
  } else if (step.outcome == WalkOutcome::More && end == payload.size()) {
    sink.cut(end);
  }
}

Field XmlFormat::describe(ByteView payload, const FieldNode &node) const {
  TextReader reader(payload);
  const ByteView bytes = payload.subspan(node.range.begin, node.range.size());
  Field field;
  const QString name = reader.name(payload.subspan(node.name.begin, node.name.size()));
  switch (node.kind) {
    case Group:
      field.name = name;
      field.type = u"element"_s;
      break;
    case Leaf:
      field.name = name;
      field.type = u"element"_s;
      field.value = reader.value(contentOf(bytes), false);
      break;
    case Attribute:
      field.name = u'@' + name;
      field.type = u"attribute"_s;
      field.value = reader.value(bytes.size() < 2 ? ByteView() : bytes.subspan(1, bytes.size() - 2), true);
      break;
    default:
      field.name = u"#text"_s;
      field.type = u"text"_s;
      field.value = reader.value(bytes, false);
      break;
  }
  return field;
}

}  // namespace octetscope
