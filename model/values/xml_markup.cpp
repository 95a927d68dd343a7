#include "model/values/xml_state.h"

namespace octetscope {

namespace {

XmlPlace placeBehindMarkup(const XmlState &state) {
  return state.isInSubset ? XmlPlace::Subset : state.element != 0 ? XmlPlace::Text : XmlPlace::Prolog;
}

}  // namespace

WalkStep scanXmlMarkup(const std::uint8_t *bytes, quint64 from, quint64 end, XmlState &state) {
  using enum XmlPlace;
  using xml::isName;
  using xml::isNameBegin;
  using Fault = XmlState::Fault;
  XmlCursor cursor{bytes, from, end, state};
  quint64 &at = cursor.at;
  while (at < end) {
    const std::uint8_t byte = bytes[at];
    if (state.rest != 0) {
      if (!takeUtf8(state.rest, byte)) return cursor.bad(Fault::Utf8);
      ++at;
      continue;
    }
    switch (state.place) {
      case Bang:
        if (byte == '-') {
          cursor.next(CommentOpen);
        } else if (byte == '[' && state.element != 0) {
          state.left = static_cast<quint8>(xml::cdataWord.size());
          cursor.next(CdataWord);
        } else if (byte == 'D' && state.element == 0 && !state.hasDoctype) {
          state.left = static_cast<quint8>(xml::doctypeWord.size());
          cursor.next(DoctypeWord);
        } else {
          return cursor.bad();
        }
        continue;
      case CommentOpen:
        if (byte != '-') return cursor.bad();
        cursor.next(Comment);
        continue;
      case Comment:
        at = xml::skipText(bytes, at, end, '-', '-', '-');
        if (at == end) continue;
        if (bytes[at] == '-') {
          cursor.next(CommentDash);
        } else if (!cursor.takeText(bytes[at])) {
          return cursor.bad(state.fault);
        }
        continue;
      case CommentDash:
        if (byte == '-') {
          cursor.next(CommentDashes);
        } else {
          state.place = Comment;
        }
        continue;
      case CommentDashes:
        if (byte != '>') return cursor.bad();
        cursor.next(placeBehindMarkup(state));
        continue;
      case InstructionOpen:
        if (!isNameBegin(byte)) return cursor.bad();
        state.token = at;
        state.place = Target;
        continue;
      case Target: {
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        if (bytes[at] != '?' && !isTextSpace(bytes[at])) return cursor.bad();
        state.isInDeclaration = xml::isDeclaration(bytes, {state.token, at}, state.isInSubset || state.element != 0);
        if (!state.isInDeclaration && xml::isReservedTarget({bytes + state.token, bytes + at})) {
          return cursor.bad(Fault::Target);
        }
        cursor.next(bytes[at] == '?' ? InstructionEnd : Instruction);
        continue;
      }
      case Instruction:
        at = xml::skipText(bytes, at, end, '?', '?', '?');
        if (at == end) continue;
        if (bytes[at] == '?') {
          cursor.next(InstructionMark);
        } else if (!cursor.takeText(bytes[at])) {
          return cursor.bad(state.fault);
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
        if (byte != '>') return cursor.bad();
        if (state.isInDeclaration) {
          const auto declared = xml::readDeclaration({bytes + state.token - 2, bytes + at + 1});
          if (!declared) return cursor.bad(Fault::Declaration);
          if (declared->isOtherwise()) return cursor.bad(Fault::Encoding);
          state.isForeign = !declared->isUtf8();
          state.isInDeclaration = false;
        }
        cursor.next(placeBehindMarkup(state));
        continue;

      case DoctypeWord:
        if (byte != static_cast<std::uint8_t>(xml::doctypeWord[xml::doctypeWord.size() - state.left]))
          return cursor.bad();
        cursor.next(--state.left == 0 ? DoctypeSpace : DoctypeWord);
        continue;
      case DoctypeSpace:
        if (!isTextSpace(byte)) return cursor.bad();
        cursor.next(DoctypeBeforeName);
        continue;
      case DoctypeBeforeName:
        if (isTextSpace(byte)) {
          ++at;
        } else if (isNameBegin(byte)) {
          state.place = DoctypeName;
        } else {
          return cursor.bad();
        }
        continue;
      case DoctypeName:
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        if (!isTextSpace(bytes[at]) && bytes[at] != '[' && bytes[at] != '>') return cursor.bad();
        state.place = Doctype;
        continue;
      case Doctype:
        if (byte == '>') {
          state.hasDoctype = true;
          cursor.next(Prolog);
        } else if (byte == '[') {
          state.isInSubset = true;
          cursor.next(Subset);
        } else if (byte == '"' || byte == '\'') {
          state.isApostrophe = byte == '\'';
          cursor.next(DoctypeQuote);
        } else if (isTextSpace(byte) || (byte < 0x80 && isName(byte))) {
          ++at;
        } else {
          return cursor.bad();
        }
        continue;
      case DoctypeQuote:
      case DeclarationQuote: {
        const std::uint8_t quote = state.isApostrophe ? '\'' : '"';
        at = xml::skipText(bytes, at, end, quote, quote, quote);
        if (at == end) continue;
        if (bytes[at] == quote) {
          cursor.next(state.place == DoctypeQuote ? Doctype : Declaration);
        } else if (!cursor.takeText(bytes[at])) {
          return cursor.bad(state.fault);
        }
        continue;
      }
      case Subset:
        if (isTextSpace(byte)) {
          ++at;
        } else if (byte == '<') {
          cursor.next(SubsetOpen);
        } else if (byte == ']') {
          state.isInSubset = false;
          cursor.next(SubsetEnd);
        } else if (byte == '%') {
          state.left = 1;
          cursor.next(SubsetReference);
        } else {
          return cursor.bad();
        }
        continue;
      case SubsetReference:
        if (state.left == 1 && !isNameBegin(byte)) return cursor.bad();
        state.left = 0;
        if (!cursor.takeName()) {
          if (cursor.isBadName()) return cursor.bad(Fault::Utf8);
          continue;
        }
        if (bytes[at] != ';') return cursor.bad();
        cursor.next(Subset);
        continue;
      case SubsetOpen:
        if (byte == '?') {
          cursor.next(InstructionOpen);
        } else if (byte == '!') {
          cursor.next(SubsetBang);
        } else {
          return cursor.bad();
        }
        continue;
      case SubsetBang:
        if (byte == '-') {
          cursor.next(CommentOpen);
        } else if (byte >= 'A' && byte <= 'Z') {
          cursor.next(Declaration);
        } else {
          return cursor.bad();
        }
        continue;
      case Declaration:
        if (byte == '>') {
          cursor.next(Subset);
        } else if (byte == '"' || byte == '\'') {
          state.isApostrophe = byte == '\'';
          cursor.next(DeclarationQuote);
        } else if (byte == '<' || byte == '[' || byte == ']' || !cursor.takeText(byte)) {
          return cursor.bad(byte < 0x80 ? Fault::Byte : state.fault);
        }
        continue;
      case SubsetEnd:
        if (byte == '>') {
          state.hasDoctype = true;
          cursor.next(Prolog);
        } else if (isTextSpace(byte)) {
          ++at;
        } else {
          return cursor.bad();
        }
        continue;
      default:
        return cursor.stop(WalkOutcome::More);
    }
  }
  return cursor.stop(WalkOutcome::More);
}

}  // namespace octetscope
