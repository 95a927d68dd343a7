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

#include "model/framing/scan_stack.h"
#include "model/values/utf8_steps.h"
#include "model/values/walk_step.h"
#include "model/values/xml_bytes.h"

namespace octetscope {

/// What comes next.
enum class XmlPlace : quint8 {
  Begin,   ///< the document
  Mark,    ///< XmlState::left bytes of a byte order mark
  Prolog,  ///< markup or white space before the root element
  Open,    ///< behind "<"
  Bang,    ///< behind "<!"
  CommentOpen,
  Comment,
  CommentDash,
  CommentDashes,
  CdataWord,  ///< XmlState::left bytes of "CDATA["
  Cdata,
  CdataBracket,
  CdataBrackets,
  DoctypeWord,  ///< XmlState::left bytes of "OCTYPE"
  DoctypeSpace,
  DoctypeBeforeName,
  DoctypeName,
  Doctype,
  DoctypeQuote,
  Subset,  ///< between the brackets of a document type
  SubsetReference,
  SubsetOpen,
  SubsetBang,
  Declaration,
  DeclarationQuote,
  SubsetEnd,
  InstructionOpen,
  Target,
  Instruction,
  InstructionMark,  ///< behind a "?" in one
  InstructionEnd,   ///< behind a "?" that can only be its end
  TagName,
  Tag,
  AttributeName,
  BeforeEquals,
  BeforeValue,
  AttributeValue,
  BehindValue,
  EmptyEnd,  ///< behind the "/" of an element without content
  EndOpen,   ///< behind "</"
  EndName,
  EndSpace,
  Text,
  TextBracket,
  TextBrackets,
  Reference,
  ReferenceName,
  ReferenceNumber,  ///< behind "&#"
  ReferenceDecimal,
  ReferenceHexFirst,
  ReferenceHex,
};

/// Where a walk stands. Offsets count from the document's first byte.
struct XmlState {
  /// What is wrong where a walk ends with WalkOutcome::Bad, beyond a byte that may not stand at its place.
  enum class Fault : quint8 { Byte, Utf8, Mismatch, Declaration, Encoding, Target };

  XmlPlace place = XmlPlace::Begin;
  quint8 left = 0;            ///< see the places
  Utf8Rest rest = 0;          ///< of a character that is cut
  bool isApostrophe = false;  ///< the quote that is open
  bool isForeign = false;     ///< the encoding is another one: bytes from 80 on are not looked at
  bool hasDoctype = false;
  bool isInSubset = false;
  bool isInValue = false;        ///< a reference stands in the value of an attribute
  bool isInDeclaration = false;  ///< the processing instruction is the XML declaration
  Fault fault = Fault::Byte;
  quint64 token = 0;    ///< where the name of the tag under way begins, or the target of an instruction
  quint64 element = 0;  ///< where the name of the innermost open element begins; 0: none is open
  ScanStack outer;      ///< for each further one, how far its name is before that of the one inside it

  /// An element begins: its name is at `name`.
  void push(quint64 name);
  /// The innermost element ends; false where it was the root.
  bool pop();
};

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

/// Walks over bytes[at, end) of a document that begins with bytes[0], from where `state` stands, up to the end of the
/// root element. After Whole the state is that of a begin again; after Bad it says what was expected.
template <typename Sink>
WalkStep scanXml(const std::uint8_t *bytes, quint64 at, quint64 end, XmlState &state, Sink &sink) {
  using enum XmlPlace;
  using xml::isName;
  using xml::isNameBegin;
  using Fault = XmlState::Fault;
  const auto stop = [&](WalkOutcome outcome) { return WalkStep{outcome, at}; };
  const auto bad = [&](Fault fault = Fault::Byte) {
    state.fault = fault;
    return WalkStep{WalkOutcome::Bad, at};
  };
  const auto next = [&](XmlPlace place) {
    ++at;
    state.place = place;
  };
  // A byte that text may have: 1 passed over, 0 not allowed. A character that is cut is gone on with.
  const auto takeText = [&](std::uint8_t byte) {
    if (byte >= 0x80 && !state.isForeign) {
      Utf8Rest rest = utf8RestAfter(byte);
      if (rest == 0) {
        state.fault = Fault::Utf8;
        return false;
      }
      ++at;
      while (rest != 0 && at < end && takeUtf8(rest, bytes[at])) ++at;
      state.rest = rest;
      return true;
    }
    state.fault = Fault::Byte;
    if (byte < 0x20 && !isTextSpace(byte)) return false;
    ++at;
    return true;
  };
  // Passes over the rest of a name; true where it ended before byte `at`.
  const auto takeName = [&] {
    while (at < end && state.rest == 0 && isName(bytes[at])) {
      if (bytes[at] < 0x80) {
        ++at;
      } else if (!takeText(bytes[at])) {
        return false;
      }
    }
    return at < end && state.rest == 0;
  };
  const auto isBadName = [&] { return at < end && bytes[at] >= 0x80; };
  const auto misc = [&] { return state.isInSubset ? Subset : state.element != 0 ? Text : Prolog; };
  const auto whole = [&] {
    state = XmlState{};
    return WalkStep{WalkOutcome::Whole, at};
  };
  while (at < end) {
    const std::uint8_t byte = bytes[at];
    if (state.rest != 0) {
      if (!takeUtf8(state.rest, byte)) return bad(Fault::Utf8);
      ++at;
      continue;
    }
    switch (state.place) {
      case Begin:
        if (byte == '<') {
          next(Open);
        } else if (byte == 0xef) {
          state.left = 2;
          next(Mark);
        } else {
          return bad();
        }
        continue;
      case Mark:
        if (byte != (state.left == 2 ? 0xbb : 0xbf)) return bad();
        next(--state.left == 0 ? Prolog : Mark);
        continue;
      case Prolog:
        if (byte == '<') {
          next(Open);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return bad();
        }
        continue;
      case Open:
        if (isNameBegin(byte)) {
          state.token = at;
          state.place = TagName;
        } else if (byte == '/' && state.element != 0) {
          next(EndOpen);
        } else if (byte == '!') {
          next(Bang);
        } else if (byte == '?') {
          next(InstructionOpen);
        } else {
          return bad();
        }
        continue;

      case TagName:
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
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
          next(EmptyEnd);
        } else if (byte == '>') {
          sink.tagEnd(false, ++at);
          state.push(state.token);
          state.place = Text;
        } else {
          return bad();
        }
        continue;
      case AttributeName:
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
          continue;
        }
        sink.attributeEnd(at);
        state.place = BeforeEquals;
        continue;
      case BeforeEquals:
        if (byte == '=') {
          next(BeforeValue);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return bad();
        }
        continue;
      case BeforeValue:
        if (byte == '"' || byte == '\'') {
          state.isApostrophe = byte == '\'';
          sink.valueBegin(at);
          next(AttributeValue);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return bad();
        }
        continue;
      case AttributeValue: {
        const std::uint8_t quote = state.isApostrophe ? '\'' : '"';
        at = xml::skipText(bytes, at, end, quote, '<', '&');
        if (at == end) continue;
        if (bytes[at] == quote) {
          next(BehindValue);
          sink.valueEnd(at);
        } else if (bytes[at] == '&') {
          state.isInValue = true;
          next(Reference);
        } else if (bytes[at] == '<' || !takeText(bytes[at])) {
          return bad(bytes[at] == '<' ? Fault::Byte : state.fault);
        }
        continue;
      }
      case BehindValue:
        if (isTextSpace(byte)) {
          next(Tag);
        } else if (byte == '/' || byte == '>') {
          state.place = Tag;
        } else {
          return bad();
        }
        continue;
      case EmptyEnd:
        if (byte != '>') return bad();
        sink.tagEnd(true, ++at);
        if (state.element == 0) return whole();
        state.place = Text;
        if (sink.isFull()) return stop(WalkOutcome::Stopped);
        continue;

      case EndOpen:
        if (!isNameBegin(byte)) return bad();
        state.token = at;
        state.place = EndName;
        continue;
      case EndName:
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
          continue;
        }
        if (!isTextSpace(bytes[at]) && bytes[at] != '>') return bad();
        if (!xml::isSameName(bytes, state.element, {state.token, at})) return bad(Fault::Mismatch);
        state.place = EndSpace;
        continue;
      case EndSpace:
        if (isTextSpace(byte)) {
          ++at;
          continue;
        }
        if (byte != '>') return bad();
        ++at;
        sink.endTag(state.token - 2, at);
        if (!state.pop()) return whole();
        state.place = Text;
        if (sink.isFull()) return stop(WalkOutcome::Stopped);
        continue;

      case Text: {
        const quint64 from = at;
        at = xml::skipText(bytes, at, end, '<', '&', ']');
        sink.text({bytes + from, bytes + at});
        if (at == end) continue;
        const std::uint8_t special = bytes[at];
        if (special == '<') {
          next(Open);
          continue;
        }
        sink.text({bytes + at, 1});
        if (special == '&') {
          state.isInValue = false;
          next(Reference);
        } else if (special == ']') {
          next(TextBracket);
        } else if (!takeText(special)) {
          return bad(state.fault);
        }
        continue;
      }
      case TextBracket:
        if (byte == ']') {
          next(TextBrackets);
        } else {
          state.place = Text;
        }
        continue;
      case TextBrackets:
        if (byte == '>') return bad();
        if (byte == ']') {
          ++at;
        } else {
          state.place = Text;
        }
        continue;

      case Reference:
        if (byte == '#') {
          next(ReferenceNumber);
        } else if (isNameBegin(byte)) {
          state.place = ReferenceName;
        } else {
          return bad();
        }
        continue;
      case ReferenceName:
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
          continue;
        }
        if (bytes[at] != ';') return bad();
        next(state.isInValue ? AttributeValue : Text);
        continue;
      case ReferenceNumber:
        if (byte == 'x') {
          next(ReferenceHexFirst);
        } else if (isTextDigit(byte)) {
          next(ReferenceDecimal);
        } else {
          return bad();
        }
        continue;
      case ReferenceHexFirst:
        if (!isTextHexDigit(byte)) return bad();
        next(ReferenceHex);
        continue;
      case ReferenceDecimal:
      case ReferenceHex:
        if (byte == ';') {
          next(state.isInValue ? AttributeValue : Text);
        } else if (state.place == ReferenceDecimal ? isTextDigit(byte) : isTextHexDigit(byte)) {
          ++at;
        } else {
          return bad();
        }
        continue;

      case Bang:
        if (byte == '-') {
          next(CommentOpen);
        } else if (byte == '[' && state.element != 0) {
          state.left = static_cast<quint8>(xml::cdataWord.size());
          next(CdataWord);
        } else if (byte == 'D' && state.element == 0 && !state.hasDoctype) {
          state.left = static_cast<quint8>(xml::doctypeWord.size());
          next(DoctypeWord);
        } else {
          return bad();
        }
        continue;
      case CommentOpen:
        if (byte != '-') return bad();
        next(Comment);
        continue;
      case Comment:
        at = xml::skipText(bytes, at, end, '-', '-', '-');
        if (at == end) continue;
        if (bytes[at] == '-') {
          next(CommentDash);
        } else if (!takeText(bytes[at])) {
          return bad(state.fault);
        }
        continue;
      case CommentDash:
        if (byte == '-') {
          next(CommentDashes);
        } else {
          state.place = Comment;
        }
        continue;
      case CommentDashes:
        if (byte != '>') return bad();
        next(misc());
        continue;
      case CdataWord:
        if (byte != static_cast<std::uint8_t>(xml::cdataWord[xml::cdataWord.size() - state.left])) return bad();
        next(--state.left == 0 ? Cdata : CdataWord);
        continue;
      case Cdata: {
        const quint64 from = at;
        at = xml::skipText(bytes, at, end, ']', ']', ']');
        sink.text({bytes + from, bytes + at});
        if (at == end) continue;
        if (bytes[at] == ']') {
          next(CdataBracket);
          continue;
        }
        sink.text({bytes + at, 1});
        if (!takeText(bytes[at])) return bad(state.fault);
        continue;
      }
      case CdataBracket:
        if (byte == ']') {
          next(CdataBrackets);
        } else {
          sink.text({bytes + at - 1, 1});
          state.place = Cdata;
        }
        continue;
      case CdataBrackets:
        if (byte == '>') {
          next(Text);
        } else {
          sink.text({bytes + at - 1, 1});
          if (byte == ']') {
            ++at;
          } else {
            state.place = Cdata;
          }
        }
        continue;

      case InstructionOpen:
        if (!isNameBegin(byte)) return bad();
        state.token = at;
        state.place = Target;
        continue;
      case Target: {
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
          continue;
        }
        if (bytes[at] != '?' && !isTextSpace(bytes[at])) return bad();
        state.isInDeclaration = xml::isDeclaration(bytes, {state.token, at}, state.isInSubset || state.element != 0);
        if (!state.isInDeclaration && xml::isReservedTarget({bytes + state.token, bytes + at})) {
          return bad(Fault::Target);
        }
        next(bytes[at] == '?' ? InstructionEnd : Instruction);
        continue;
      }
      case Instruction:
        at = xml::skipText(bytes, at, end, '?', '?', '?');
        if (at == end) continue;
        if (bytes[at] == '?') {
          next(InstructionMark);
        } else if (!takeText(bytes[at])) {
          return bad(state.fault);
        }
        continue;
      case InstructionMark:
        if (byte == '?') {
          ++at;
        } else if (byte == '>') {
          state.place = InstructionEnd;
        } else {
          state.place = Instruction;
        }
        continue;
      case InstructionEnd:
        if (byte != '>') return bad();
        if (state.isInDeclaration) {
          const auto declared = xml::readDeclaration({bytes + state.token - 2, bytes + at + 1});
          if (!declared) return bad(Fault::Declaration);
          if (declared->isOtherwise()) return bad(Fault::Encoding);
          state.isForeign = !declared->isUtf8();
          state.isInDeclaration = false;
        }
        next(misc());
        continue;

      case DoctypeWord:
        if (byte != static_cast<std::uint8_t>(xml::doctypeWord[xml::doctypeWord.size() - state.left])) return bad();
        next(--state.left == 0 ? DoctypeSpace : DoctypeWord);
        continue;
      case DoctypeSpace:
        if (!isTextSpace(byte)) return bad();
        next(DoctypeBeforeName);
        continue;
      case DoctypeBeforeName:
        if (isTextSpace(byte)) {
          ++at;
        } else if (isNameBegin(byte)) {
          state.place = DoctypeName;
        } else {
          return bad();
        }
        continue;
      case DoctypeName:
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
          continue;
        }
        if (!isTextSpace(bytes[at]) && bytes[at] != '[' && bytes[at] != '>') return bad();
        state.place = Doctype;
        continue;
      case Doctype:
        if (byte == '>') {
          state.hasDoctype = true;
          next(Prolog);
        } else if (byte == '[') {
          state.isInSubset = true;
          next(Subset);
        } else if (byte == '"' || byte == '\'') {
          state.isApostrophe = byte == '\'';
          next(DoctypeQuote);
        } else if (isTextSpace(byte) || (byte < 0x80 && isName(byte))) {
          ++at;
        } else {
          return bad();
        }
        continue;
      case DoctypeQuote:
      case DeclarationQuote: {
        const std::uint8_t quote = state.isApostrophe ? '\'' : '"';
        at = xml::skipText(bytes, at, end, quote, quote, quote);
        if (at == end) continue;
        if (bytes[at] == quote) {
          next(state.place == DoctypeQuote ? Doctype : Declaration);
        } else if (!takeText(bytes[at])) {
          return bad(state.fault);
        }
        continue;
      }
      case Subset:
        if (isTextSpace(byte)) {
          ++at;
        } else if (byte == '<') {
          next(SubsetOpen);
        } else if (byte == ']') {
          state.isInSubset = false;
          next(SubsetEnd);
        } else if (byte == '%') {
          state.left = 1;
          next(SubsetReference);
        } else {
          return bad();
        }
        continue;
      case SubsetReference:
        if (state.left == 1 && !isNameBegin(byte)) return bad();
        state.left = 0;
        if (!takeName()) {
          if (isBadName()) return bad(Fault::Utf8);
          continue;
        }
        if (bytes[at] != ';') return bad();
        next(Subset);
        continue;
      case SubsetOpen:
        if (byte == '?') {
          next(InstructionOpen);
        } else if (byte == '!') {
          next(SubsetBang);
        } else {
          return bad();
        }
        continue;
      case SubsetBang:
        if (byte == '-') {
          next(CommentOpen);
        } else if (byte >= 'A' && byte <= 'Z') {
          next(Declaration);
        } else {
          return bad();
        }
        continue;
      case Declaration:
        if (byte == '>') {
          next(Subset);
        } else if (byte == '"' || byte == '\'') {
          state.isApostrophe = byte == '\'';
          next(DeclarationQuote);
        } else if (byte == '<' || byte == '[' || byte == ']' || !takeText(byte)) {
          return bad(byte < 0x80 ? Fault::Byte : state.fault);
        }
        continue;
      case SubsetEnd:
        if (byte == '>') {
          state.hasDoctype = true;
          next(Prolog);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return bad();
        }
        continue;
    }
  }
  return stop(WalkOutcome::More);
}

/// What is wrong with byte `at` of a document, at which a walk stands: the byte, and what was expected in its place.
/// `base`: what offset the document's first byte has for people.
QString xmlErrorWords(ByteView document, quint64 at, const XmlState &state, quint64 base);

}  // namespace octetscope
