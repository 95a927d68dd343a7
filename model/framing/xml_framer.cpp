#include "model/framing/xml_framer.h"

#include "model/framing/walked_framer.h"
#include "model/values/xml_format.h"
#include "model/values/xml_scanner.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// A walk and where its message begins, which fit a ScanState.
struct XmlWalk {
  using NoSink = NoXmlSink;

  XmlState xml = {};
  quint64 begin = 0;

  static constexpr int tokenShift = 24;  // leaves 40 bits: a document has at most a tebibyte before its last tag

  static XmlWalk takeFrom(ScanState &state) {
    XmlWalk walk;
    XmlState &xml = walk.xml;
    const quint64 bits = state.own[0];
    xml.place = static_cast<XmlPlace>(bits & 0x3f);
    xml.isApostrophe = (bits >> 6 & 1) != 0;
    xml.isForeign = (bits >> 7 & 1) != 0;
    xml.hasDoctype = (bits >> 8 & 1) != 0;
    xml.isInSubset = (bits >> 9 & 1) != 0;
    xml.isInValue = (bits >> 10 & 1) != 0;
    xml.isInDeclaration = (bits >> 11 & 1) != 0;
    xml.left = static_cast<quint8>(bits >> 12 & 0xf);
    xml.rest = static_cast<Utf8Rest>(bits >> 16 & 0xf);
    xml.token = bits >> tokenShift;
    xml.element = state.own[1];
    xml.outer = {std::exchange(state.memory, {}), state.own[2]};
    walk.begin = state.own[3];
    return walk;
  }
  void giveTo(ScanState &state) {
    const auto bit = [](bool is, int place) { return quint64{is ? 1U : 0U} << place; };
    state.own = {};
    state.own[3] = begin;
    if (!isInside()) return;
    state.own[0] = static_cast<quint64>(xml.place) | bit(xml.isApostrophe, 6) | bit(xml.isForeign, 7) |
                   bit(xml.hasDoctype, 8) | bit(xml.isInSubset, 9) | bit(xml.isInValue, 10) |
                   bit(xml.isInDeclaration, 11) | quint64{xml.left} << 12 | quint64{xml.rest} << 16 |
                   xml.token << tokenShift;
    state.own[1] = xml.element;
    state.own[2] = xml.outer.size();
    state.memory = xml.outer.memory();
    xml.outer = {};
  }
  bool isInside() const { return xml.place != XmlPlace::Begin; }
  static constexpr bool endsWithStream() { return false; }
  template <typename Sink>
  WalkStep walkOn(ByteView bytes, quint64 at, quint64 end, Sink &sink) {
    const WalkStep step = scanXml(bytes.data() + begin, at - begin, end - begin, xml, sink);
    return {step.outcome, step.at + begin};
  }
};

/// The elements that are open: where their names lie.
struct OpenSink : NoXmlSink {
  void tag(ByteRange name) { last = name; }
  void tagEnd(bool isEmpty, quint64) {
    if (!isEmpty) elements.push_back(last);
  }
  void endTag(quint64, quint64) { elements.pop_back(); }

  std::vector<ByteRange> elements;
  ByteRange last;
};

class XmlFramer final : public WalkedFramer<XmlWalk> {
 public:
  using WalkedFramer::WalkedFramer;

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override;
  QString because(const StreamView &stream, const Message &message) const override;
  FieldDecoderPtr fields() const override { return fields_; }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (const auto good = checkPayload(viewOf(payload)); !good) return std::unexpected(good.error());
    return payload.toByteArray();
  }

 protected:
  QString badWords(ByteView bytes, quint64 at, const XmlWalk &walk, quint64 offset) const override {
    return xmlErrorWords(bytes, at, walk.xml, offset);
  }
  QString unitName() const override { return u"XML document"_s; }

 private:
  std::shared_ptr<const XmlFormat> fields_ = std::make_shared<XmlFormat>();
};

QString tagText(ByteView bytes) {
  constexpr std::size_t most = 60;
  const QString text = displayBytes(bytes.first(std::min(bytes.size(), most)), qsizetype{most} * 4);
  return bytes.size() > most ? QString(text.chopped(1) + u"…\""_s) : text;
}

/// Where the last tag of a whole document begins.
quint64 lastTag(ByteView bytes) {
  return static_cast<quint64>(qtView(bytes).lastIndexOf('<'));
}

/// Where a document is that is not whole, beyond its elements; empty where there is nothing to say.
QString insideWords(XmlPlace place) {
  switch (place) {
    case XmlPlace::Comment:
    case XmlPlace::CommentDash:
    case XmlPlace::CommentDashes:
      return u"in a comment"_s;
    case XmlPlace::Cdata:
    case XmlPlace::CdataBracket:
    case XmlPlace::CdataBrackets:
      return u"in a CDATA section"_s;
    case XmlPlace::Doctype:
    case XmlPlace::DoctypeQuote:
    case XmlPlace::Subset:
    case XmlPlace::Declaration:
    case XmlPlace::DeclarationQuote:
      return u"in the document type"_s;
    case XmlPlace::Instruction:
    case XmlPlace::InstructionMark:
    case XmlPlace::InstructionEnd:
      return u"in a processing instruction"_s;
    case XmlPlace::TagName:
    case XmlPlace::Tag:
    case XmlPlace::AttributeName:
    case XmlPlace::BeforeEquals:
    case XmlPlace::BeforeValue:
    case XmlPlace::BehindValue:
    case XmlPlace::EmptyEnd:
      return u"in a start tag"_s;
    case XmlPlace::AttributeValue:
      return u"in the value of an attribute"_s;
    case XmlPlace::EndName:
    case XmlPlace::EndSpace:
      return u"in an end tag"_s;
    default:
      return {};
  }
}

QString XmlFramer::explain(const StreamView &stream, const Message &message, quint64 number) const {
  const ByteView bytes = bytesOf(stream, message);
  const QString name = u"message "_s + grouped(number);
  if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
  if (message.status == Status::Complete) {
    const quint64 tag = lastTag(bytes);
    const QString words = u"%1 at %2 %3 the root element, so %4 ends at byte %5."_s;
    return words.arg(tagText(bytes.subspan(tag)), bytesAt({message.offset + tag, message.end()}),
                     bytes[tag + 1] == '/' ? u"ends"_s : u"is all of"_s, name, grouped(message.end()));
  }
  const QString waits = u": "_s + waitingWords(endFor(stream, message));
  if (bytes.size() > explainedBytes) {
    return u"The document of %1 begins at byte %2 and does not end in the %3 that are here"_s.arg(
               name, grouped(message.offset), byteCount(bytes.size())) +
           waits;
  }
  XmlWalk walk;
  OpenSink open;
  find(bytes, 0, walk, StreamEnd::Open, open);
  QString words = u"The document of %1 begins at byte %2, and "_s.arg(name, grouped(message.offset));
  const auto elementAt = [&](ByteRange element) {
    return u"%1 at byte %2"_s.arg(tagText(bytes.subspan(element.begin, element.size())),
                                  grouped(message.offset + element.begin - 1));
  };
  if (open.elements.empty()) {
    words += u"its root element is not here"_s;
  } else if (open.elements.size() == 1) {
    words += u"nothing ends its root element (%1)"_s.arg(elementAt(open.elements.front()));
  } else {
    words += u"%1 elements are open, the innermost is %2"_s.arg(grouped(static_cast<qint64>(open.elements.size())),
                                                                elementAt(open.elements.back()));
  }
  if (const QString inside = insideWords(walk.xml.place); !inside.isEmpty()) words += u", "_s + inside;
  return words + waits;
}

QString XmlFramer::because(const StreamView &stream, const Message &message) const {
  const ByteView bytes = bytesOf(stream, message);
  if (message.status != Status::Complete) return u"its root element does not end in these "_s + byteCount(message.size);
  const quint64 tag = lastTag(bytes);
  return u"%1 at %2 %3 its root element"_s.arg(tagText(bytes.subspan(tag)),
                                               bytesAt({message.offset + tag, message.end()}),
                                               bytes[tag + 1] == '/' ? u"ends"_s : u"is all of"_s);
}

}  // namespace

FramingEntry xmlEntry() {
  return {.kind = {.name = u"xml"_s,
                   .title = u"XML documents"_s,
                   .summary = u"One XML document, up to the end of its root element; white space between documents "
                              "belongs to none of them. Its elements are shown as fields."_s,
                   .options = {maxOption()},
                   .examples = {u"xml"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<XmlFramer>(values); }};
}

}  // namespace octetscope
