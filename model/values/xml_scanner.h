// scanXml: one walk over an XML 1.0 document, byte by byte, which may stop and go on anywhere. It finds where the root
// element ends (for the framing `xml`) and says what lies on the way (for its fields): there is no second reader. No
// recursion: each open element costs a byte or two. Nothing outside is ever read, and no entity is ever expanded.
//
// Checked: tags, their nesting and names; quotes and white space of attributes; comments, CDATA sections, processing
// instructions; the XML declaration; one document type declaration at most, its quotes and brackets; how references are
// written; control characters; UTF-8, unless the XML declaration names another encoding, whose bytes below 80 are then
// taken as ASCII. Left to others: attributes that are there twice, what entities mean, which characters beyond ASCII a
// name may have, namespaces, what declarations inside a document type say.
#pragma once

#include "model/values/xml_state.h"

namespace octetscope {

/// What a scan that only looks for the end makes of what lies on the way: nothing.
struct NoXmlSink {
  static void tag(ByteRange /*name*/) {}  ///< of a start tag or an element without content
  static void attributeBegin(quint64 /*at*/) {}
  static void attributeEnd(quint64 /*end*/) {}  ///< of its name
  static void valueBegin(quint64 /*at*/) {}     ///< its quote
  static void valueEnd(quint64 /*end*/) {}
  static void tagEnd(bool /*isEmpty*/, quint64 /*end*/) {}  ///< the tag's ">", or "/>"
  static void endTag(quint64 /*begin*/, quint64 /*end*/) {}
  static void text(ByteView /*piece*/) {}  ///< of an element
  static constexpr bool isFull() { return false; }
};

/// Walks over bytes[start, end) of a document that begins with bytes[0], from where `state` stands, up to the end of
/// the root element. After Whole the state is that of a begin again; after Bad it says what was expected.
template <typename Sink>
WalkStep scanXml(const std::uint8_t *bytes, quint64 start, quint64 end, XmlState &state, Sink &sink) {
  using enum XmlPlace;
  using xml::isNameBegin;
  using Fault = XmlState::Fault;
  XmlCursor cursor{bytes, start, end, state};
  quint64 &at = cursor.at;
  const auto whole = [&] {
    state = XmlState{};
    return cursor.stop(WalkOutcome::Whole);
  };
  while (at < end) {
    const std::uint8_t byte = bytes[at];
    if (state.rest != 0) {
      if (!takeUtf8(state.rest, byte)) return cursor.bad(Fault::Utf8);
      ++at;
      continue;
    }
    switch (state.place) {
      case Begin:
        if (byte == '<') {
          cursor.next(Open);
        } else if (byte == 0xef) {
          state.left = 2;
          cursor.next(Mark);
        } else {
          return cursor.bad();
        }
        continue;
      case Mark:
        if (byte != (state.left == 2 ? 0xbb : 0xbf)) return cursor.bad();
        cursor.next(--state.left == 0 ? Prolog : Mark);
        continue;
      case Prolog:
        if (byte == '<') {
          cursor.next(Open);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return cursor.bad();
        }
        continue;
      case Open:
        if (isNameBegin(byte)) {
          state.token = at;
          state.place = TagName;
        } else if (byte == '/' && state.element != 0) {
          cursor.next(EndOpen);
        } else if (byte == '!') {
          cursor.next(Bang);
        } else if (byte == '?') {
          cursor.next(InstructionOpen);
        } else {
          return cursor.bad();
        }
        continue;

      case TagName:
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        sink.tag({state.token, at});
        state.place = BehindValue;
        continue;
      case Tag:
        if (isTextSpace(byte)) {
          ++at;
        } else if (isNameBegin(byte)) {
          sink.attributeBegin(at);
          state.place = AttributeName;
        } else if (byte == '/') {
          cursor.next(EmptyEnd);
        } else if (byte == '>') {
          sink.tagEnd(false, ++at);
          state.push(state.token);
          state.place = Text;
        } else {
          return cursor.bad();
        }
        continue;
      case AttributeName:
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        sink.attributeEnd(at);
        state.place = BeforeEquals;
        continue;
      case BeforeEquals:
        if (byte == '=') {
          cursor.next(BeforeValue);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return cursor.bad();
        }
        continue;
      case BeforeValue:
        if (byte == '"' || byte == '\'') {
          state.isApostrophe = byte == '\'';
          sink.valueBegin(at);
          cursor.next(AttributeValue);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return cursor.bad();
        }
        continue;
      case AttributeValue: {
        const std::uint8_t quote = state.isApostrophe ? '\'' : '"';
        at = xml::skipText(bytes, at, end, quote, '<', '&');
        if (at == end) continue;
        if (bytes[at] == quote) {
          cursor.next(BehindValue);
          sink.valueEnd(at);
        } else if (bytes[at] == '&') {
          state.isInValue = true;
          cursor.next(Reference);
        } else if (bytes[at] == '<' || !cursor.takeText(bytes[at])) {
          return cursor.bad(bytes[at] == '<' ? Fault::Byte : state.fault);
        }
        continue;
      }
      case BehindValue:
        if (isTextSpace(byte)) {
          cursor.next(Tag);
        } else if (byte == '/' || byte == '>') {
          state.place = Tag;
        } else {
          return cursor.bad();
        }
        continue;
      case EmptyEnd:
        if (byte != '>') return cursor.bad();
        sink.tagEnd(true, ++at);
        if (state.element == 0) return whole();
        state.place = Text;
        if (sink.isFull()) return cursor.stop(WalkOutcome::Stopped);
        continue;

      case EndOpen:
        if (!isNameBegin(byte)) return cursor.bad();
        state.token = at;
        state.place = EndName;
        continue;
      case EndName:
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        if (!isTextSpace(bytes[at]) && bytes[at] != '>') return cursor.bad();
        if (!xml::isSameName(bytes, state.element, {state.token, at})) return cursor.bad(Fault::Mismatch);
        state.place = EndSpace;
        continue;
      case EndSpace:
        if (isTextSpace(byte)) {
          ++at;
          continue;
        }
        if (byte != '>') return cursor.bad();
        ++at;
        sink.endTag(state.token - 2, at);
        if (!state.pop()) return whole();
        state.place = Text;
        if (sink.isFull()) return cursor.stop(WalkOutcome::Stopped);
        continue;

      case Text: {
        const quint64 from = at;
        at = xml::skipText(bytes, at, end, '<', '&', ']');
        sink.text({bytes + from, bytes + at});
        if (at == end) continue;
        const std::uint8_t special = bytes[at];
        if (special == '<') {
          cursor.next(Open);
          continue;
        }
        sink.text({bytes + at, 1});
        if (special == '&') {
          state.isInValue = false;
          cursor.next(Reference);
        } else if (special == ']') {
          cursor.next(TextBracket);
        } else if (!cursor.takeText(special)) {
          return cursor.bad(state.fault);
        }
        continue;
      }
      case TextBracket:
        if (byte == ']') {
          cursor.next(TextBrackets);
        } else {
          state.place = Text;
        }
        continue;
      case TextBrackets:
        if (byte == '>') return cursor.bad();
        if (byte == ']') {
          ++at;
        } else {
          state.place = Text;
        }
        continue;

      case Reference:
        if (byte == '#') {
          cursor.next(ReferenceNumber);
        } else if (isNameBegin(byte)) {
          state.place = ReferenceName;
        } else {
          return cursor.bad();
        }
        continue;
      case ReferenceName:
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        if (bytes[at] != ';') return cursor.bad();
        cursor.next(state.isInValue ? AttributeValue : Text);
        continue;
      case ReferenceNumber:
        if (byte == 'x') {
          cursor.next(ReferenceHexFirst);
        } else if (isTextDigit(byte)) {
          cursor.next(ReferenceDecimal);
        } else {
          return cursor.bad();
        }
        continue;
      case ReferenceHexFirst:
        if (!isTextHexDigit(byte)) return cursor.bad();
        cursor.next(ReferenceHex);
        continue;
      case ReferenceDecimal:
      case ReferenceHex:
        if (byte == ';') {
          cursor.next(state.isInValue ? AttributeValue : Text);
        } else if (state.place == ReferenceDecimal ? isTextDigit(byte) : isTextHexDigit(byte)) {
          ++at;
        } else {
          return cursor.bad();
        }
        continue;

      case CdataWord:
        if (byte != static_cast<std::uint8_t>(xml::cdataWord[xml::cdataWord.size() - state.left])) return cursor.bad();
        cursor.next(--state.left == 0 ? Cdata : CdataWord);
        continue;
      case Cdata: {
        const quint64 from = at;
        at = xml::skipText(bytes, at, end, ']', ']', ']');
        sink.text({bytes + from, bytes + at});
        if (at == end) continue;
        if (bytes[at] == ']') {
          cursor.next(CdataBracket);
          continue;
        }
        sink.text({bytes + at, 1});
        if (!cursor.takeText(bytes[at])) return cursor.bad(state.fault);
        continue;
      }
      case CdataBracket:
        if (byte == ']') {
          cursor.next(CdataBrackets);
        } else {
          sink.text({bytes + at - 1, 1});
          state.place = Cdata;
        }
        continue;
      case CdataBrackets:
        if (byte == '>') {
          cursor.next(Text);
        } else {
          sink.text({bytes + at - 1, 1});
          if (byte == ']') {
            ++at;
          } else {
            state.place = Cdata;
          }
        }
        continue;

      case Bang:
      case CommentOpen:
      case Comment:
      case CommentDash:
      case CommentDashes:
      case InstructionOpen:
      case Target:
      case Instruction:
      case InstructionMark:
      case InstructionEnd:
      case DoctypeWord:
      case DoctypeSpace:
      case DoctypeBeforeName:
      case DoctypeName:
      case Doctype:
      case DoctypeQuote:
      case DeclarationQuote:
      case Subset:
      case SubsetReference:
      case SubsetOpen:
      case SubsetBang:
      case Declaration:
      case SubsetEnd: {
        const WalkStep step = scanXmlMarkup(bytes, at, end, state);
        if (step.outcome == WalkOutcome::Bad) return step;
        at = step.at;
        continue;
      }
    }
  }
  return cursor.stop(WalkOutcome::More);
}

/// What is wrong with byte `at` of a document, at which a walk stands: the byte, and what was expected in its place.
/// `base`: what offset the document's first byte has for people.
QString xmlErrorWords(ByteView document, quint64 at, const XmlState &state, quint64 base);

}  // namespace octetscope
