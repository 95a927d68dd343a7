#include "model/values/xml_scanner.h"

#include "model/framing/framing_words.h"
#include "model/structs/value.h"

namespace octetscope {

using namespace Qt::StringLiterals;

// The distance of two names as LEB128, its first byte last: it comes off the stack first.
void XmlState::push(quint64 name) {
  if (element != 0) {
    std::array<std::uint8_t, 10> bytes;
    std::size_t count = 0;
    for (quint64 distance = name - element; distance > 0 || count == 0; distance >>= 7) {
      bytes[count++] = static_cast<std::uint8_t>((distance & 0x7f) | (distance > 0x7f ? 0x80 : 0));
    }
    while (count > 0) outer.push(bytes[--count]);
  }
  element = name;
}

bool XmlState::pop() {
  if (outer.isEmpty()) {
    element = 0;
    return false;
  }
  quint64 distance = 0;
  int shift = 0;
  std::uint8_t byte = 0;
  do {
    byte = outer.pop();
    distance |= quint64{byte & 0x7fU} << shift;
    shift += 7;
  } while ((byte & 0x80) != 0);
  element -= distance;
  return true;
}

namespace {

QString quoted(ByteView name) {
  constexpr qsizetype most = 60;
  return displayBytes(name, most);
}

QString wordExpected(std::string_view word, quint8 left) {
  return u"where \"%1\" has \"%2\""_s.arg(QLatin1StringView(word.data(), static_cast<qsizetype>(word.size())))
      .arg(QLatin1Char(word[word.size() - left]));
}

QString expectedInMarkup(const XmlState &state) {
  switch (state.place) {
    case XmlPlace::Begin:
      return u"where a document begins with \"<\""_s;
    case XmlPlace::Mark:
      return u"where a byte order mark (EF BB BF) goes on"_s;
    case XmlPlace::Prolog:
      return u"before the root element, where only markup may stand"_s;
    case XmlPlace::Open:
      return state.element != 0 ? u"behind \"<\", where a name, \"/\", \"!\" or \"?\" is expected"_s
                                : u"behind \"<\", where a name, \"!\" or \"?\" is expected"_s;
    case XmlPlace::Bang:
      return state.element != 0 ? u"behind \"<!\", where a comment or a CDATA section is expected"_s
             : state.hasDoctype ? u"behind \"<!\", where a comment is expected"_s
                                : u"behind \"<!\", where a comment or DOCTYPE is expected"_s;
    case XmlPlace::CommentOpen:
      return u"where a second \"-\" begins a comment"_s;
    case XmlPlace::CommentDashes:
      return u"behind \"--\", which only ends a comment, with \">\""_s;
    case XmlPlace::CdataWord:
      return wordExpected(xml::cdataWord, state.left);
    case XmlPlace::DoctypeWord:
      return wordExpected(xml::doctypeWord, state.left);
    case XmlPlace::DoctypeSpace:
      return u"where white space is expected behind DOCTYPE"_s;
    case XmlPlace::DoctypeBeforeName:
      return u"where DOCTYPE has a name"_s;
    case XmlPlace::DoctypeName:
      return u"in the name behind DOCTYPE"_s;
    case XmlPlace::Doctype:
    case XmlPlace::SubsetEnd:
      return u"where a document type is expected to end"_s;
    case XmlPlace::Subset:
      return u"in a document type, where a declaration or \"]\" is expected"_s;
    case XmlPlace::SubsetReference:
      return u"in a reference, which is a name and \";\""_s;
    case XmlPlace::SubsetOpen:
    case XmlPlace::SubsetBang:
      return u"where a declaration of a document type is expected"_s;
    case XmlPlace::Declaration:
      return u"in a declaration of a document type"_s;
    case XmlPlace::InstructionOpen:
      return u"where a processing instruction has its name"_s;
    case XmlPlace::Target:
      return u"in the name of a processing instruction"_s;
    case XmlPlace::InstructionEnd:
      return u"where \">\" ends a processing instruction"_s;
    default:
      return {};
  }
}

QString expectedInElement(const XmlState &state) {
  switch (state.place) {
    case XmlPlace::BehindValue:
      return u"where white space, \">\" or \"/>\" is expected"_s;
    case XmlPlace::Tag:
      return u"where an attribute, \">\" or \"/>\" is expected"_s;
    case XmlPlace::BeforeEquals:
      return u"where \"=\" is expected behind an attribute's name"_s;
    case XmlPlace::BeforeValue:
      return u"where a quote is expected before an attribute's value"_s;
    case XmlPlace::AttributeValue:
      return u"in the value of an attribute"_s;
    case XmlPlace::EmptyEnd:
      return u"where \">\" is expected behind \"/\""_s;
    case XmlPlace::EndOpen:
      return u"where an end tag has its name"_s;
    case XmlPlace::EndName:
    case XmlPlace::EndSpace:
      return u"where \">\" ends an end tag"_s;
    case XmlPlace::Text:
      return u"in text"_s;
    case XmlPlace::TextBrackets:
      return u"behind \"]]\", which is written as \"]]&gt;\" in text"_s;
    case XmlPlace::Reference:
      return u"behind \"&\", where a name or \"#\" is expected (a plain \"&\" is written as \"&amp;\")"_s;
    case XmlPlace::ReferenceName:
      return u"in a reference, which is a name and \";\""_s;
    case XmlPlace::ReferenceNumber:
    case XmlPlace::ReferenceDecimal:
    case XmlPlace::ReferenceHexFirst:
    case XmlPlace::ReferenceHex:
      return u"where the number of a character is expected"_s;
    default:
      return {};
  }
}

}  // namespace

QString xmlErrorWords(ByteView document, quint64 at, const XmlState &state, quint64 base) {
  using Fault = XmlState::Fault;
  const QString place = u"byte %1 is %2 "_s.arg(grouped(base + at), byteName(document[at]));
  switch (state.fault) {
    case Fault::Byte:
      break;
    case Fault::Utf8:
      return place + (state.rest != 0 ? u"where a character of UTF-8 goes on"_s
                                      : u"where no character of UTF-8 begins with it"_s);
    case Fault::Mismatch:
      return u"the end tag at byte %1 is of %2, but the element that is open is %3 (byte %4)"_s.arg(
          grouped(base + state.token - 2), quoted(document.subspan(state.token, at - state.token)),
          quoted(xml::nameAt(document, state.element)), grouped(base + state.element - 1));
    case Fault::Declaration:
      return u"%1 are no XML declaration, which has a version, an encoding and standalone, in this order"_s.arg(
          bytesAt({base + state.token - 2, base + at + 1}));
    case Fault::Encoding: {
      const ByteRange range{state.token - 2, at + 1};
      const auto declared = xml::readDeclaration(document.subspan(range.begin, range.size()));
      return u"%1 declare the encoding %2, in which they are not written"_s.arg(
          bytesAt({base + range.begin, base + range.end}),
          displayText(Value(declared ? QString::fromLatin1(declared->encoding) : QString())));
    }
    case Fault::Target:
      return u"%1 (\"%2\") name an XML declaration, which only stands at the very begin of a document"_s.arg(
          bytesAt(ByteRange::ofSize(base + state.token, 3)),
          QString::fromLatin1(qtView(document.subspan(state.token, 3))));
  }
  const QString markup = expectedInMarkup(state);
  if (!markup.isEmpty()) return place + markup;
  const QString element = expectedInElement(state);
  return place + (element.isEmpty() ? u"where XML has no control character"_s : element);
}

}  // namespace octetscope
