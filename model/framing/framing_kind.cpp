#include "model/framing/framing_kind.h"

namespace octetscope {

using namespace Qt::StringLiterals;

QString valueWord(const FramingOption &option) {
  if (!option.word.isEmpty()) return option.word;
  switch (option.kind) {
    case FramingOption::Kind::Number:
      return u"N"_s;
    case FramingOption::Kind::Text:
      return u"TEXT"_s;
    case FramingOption::Kind::Choice:
      return option.choices.join(u'|');
    case FramingOption::Kind::Flag:
      return u"yes|no"_s;
    case FramingOption::Kind::Char:
      return u"CHAR"_s;
    case FramingOption::Kind::Hex:
      return u"HEX"_s;
    case FramingOption::Kind::Pair:
      return u"TYPE/TYPE"_s;
    case FramingOption::Kind::Bytes:
      break;
  }
  return u"BYTES"_s;
}

QString argumentWord(const FramingOption &argument) {
  return argument.kind == FramingOption::Kind::Choice ? u"TYPE"_s : valueWord(argument);
}

QString synopsisOf(const FramingKind &kind) {
  QString text = kind.name;
  if (kind.argument) text += u':' + argumentWord(*kind.argument);
  for (const FramingOption &option : kind.options) text += u"[,%1=%2]"_s.arg(option.name, valueWord(option));
  return text;
}

}  // namespace octetscope
