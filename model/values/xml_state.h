// XmlState: where a walk over an XML document stands, and XmlCursor: the steps that all of its places are made of.
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

/// A walk over bytes[at, end) under way.
struct XmlCursor {
  const std::uint8_t *bytes;
  quint64 at;
  quint64 end;
  XmlState &state;

  WalkStep stop(WalkOutcome outcome) const { return {outcome, at}; }
  WalkStep bad(XmlState::Fault fault = XmlState::Fault::Byte) const {
    state.fault = fault;
    return {WalkOutcome::Bad, at};
  }
  void next(XmlPlace place) {
    ++at;
    state.place = place;
  }
  /// Passes over a byte that text may have, with the rest of its character as far as it is here; false: it may not.
  bool takeText(std::uint8_t byte) {
    if (byte >= 0x80 && !state.isForeign) {
      Utf8Rest rest = utf8RestAfter(byte);
      if (rest == 0) {
        state.fault = XmlState::Fault::Utf8;
        return false;
      }
      ++at;
      while (rest != 0 && at < end && takeUtf8(rest, bytes[at])) ++at;
      state.rest = rest;
      return true;
    }
    state.fault = XmlState::Fault::Byte;
    if (byte < 0x20 && !isTextSpace(byte)) return false;
    ++at;
    return true;
  }
  /// Passes over the rest of a name; true where it ended before byte `at`.
  bool takeName() {
    while (at < end && state.rest == 0 && xml::isName(bytes[at])) {
      if (bytes[at] < 0x80) {
        ++at;
      } else if (!takeText(bytes[at])) {
        return false;
      }
    }
    return at < end && state.rest == 0;
  }
  bool isBadName() const { return at < end && bytes[at] >= 0x80; }
};

/// Goes on through comments, instructions and document types, as far as they are here, to the first place that is none
/// of theirs: More; or Bad.
WalkStep scanXmlMarkup(const std::uint8_t *bytes, quint64 at, quint64 end, XmlState &state);

}  // namespace octetscope
