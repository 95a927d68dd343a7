// XmlFormat: the elements of a payload that is an XML document, as fields. The root element is the one top-level field.
// An element with neither attributes nor elements inside has its text as value; any other is a group of its attributes
// (@name), its text (#text, where it is not all white space) and its elements, in their order. Comments, processing
// instructions and the document type are no fields. Read by the same walk that finds where a document ends
// (xml_scanner.h).
//
// Text has its character references and the five entities of XML itself replaced, CDATA sections opened, line ends as
// \n; any other entity stays as it is written. Text in an encoding that is not known is bytes.
#pragma once

#include "model/values/value_format.h"

namespace octetscope {

class XmlFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override;
  Field describe(ByteView payload, const FieldNode &node) const override;
};

}  // namespace octetscope
