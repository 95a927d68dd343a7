#include "model/filter/filter_help.h"

#include "model/filter/filter_names.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype nameWidth = 24;

QString line(const QString &head, QStringView help) {
  return u"  %1 %2\n"_s.arg(head.leftJustified(nameWidth), help);
}

QString both(QStringView text, QStringView other) {
  return other.isEmpty() ? text.toString() : QString(text + u"  "_s + other);
}

}  // namespace

QString filterHelp() {
  QString text =
      u"A filter says which messages pass:\n\n"
      "  size > 100 && seq == 5 && text contains \"x\" && status != complete\n"
      "  payload[0:4] == de:ad:be:ef || kind in {1, 2, 5..9}\n"
      "  user.tags[*] == \"new\" and not (chunks == 1)\n\n"
      "What every message has:\n"_s;
  for (const FilterNameRow &row : filterNames()) text += line(both(row.text, row.other), row.help);
  text +=
      u"\nFields are called as decode --format jsonl names them: those of a LAYOUT by their names, .0 .1 … where they\n"
      "have none; values inside others with points and places.\n"_s;
  text += line(u"header.kind"_s, u"kind, inside header");
  text += line(u"v[2]  v[*]"_s, u"one element of v, from 0; any of them");
  text += line(u".size"_s, u"a field that is called like something every message has");
  text += line(u"headers.\"odd name\""_s, u"a name that is not letters, digits, _ and -");
  text +=
      u"Fields of messages inside messages count as those of the message around them. A name that stands for several\n"
      "fields means any of them.\n\nBehind a name:\n"_s;
  for (const FilterOperatorRow &row : filterOperators()) text += line(both(row.text, row.other), row.help);
  text +=
      u"\nA name alone: it is there. Conditions are joined, and binds tighter than or, with ( ) around what belongs "
      "together:\n"_s;
  for (const FilterOperatorRow &row : filterConnectives()) text += line(both(row.text, row.other), row.help);
  text += u"\nBytes of text, bytes and fields:\n"_s;
  text += line(u"x[4:2]"_s, u"2 bytes from byte 4 on");
  text += line(u"x[4-5]"_s, u"bytes 4 to 5");
  text += line(u"x[:4]  x[4:]"_s, u"the first 4; all from byte 4 on, at least one");
  text += line(u"x[4]  x[-1]"_s, u"one byte; the last one");
  text +=
      u"A slice that is not wholly there is not there. Of a number it is what the message has of it.\n\nValues:\n"_s;
  text += line(u"5 -5 0xff 0b101 0o17"_s, u"whole numbers of any width; fields are compared exactly");
  text += line(u"2.5 1e3"_s, u"decimals");
  text += line(u"2.5s 20ms 5us 1ns"_s, u"times");
  text += line(u"2023-10-30T09:23:54.1Z"_s, u"a moment, in UTC");
  text += line(u"true false null"_s, u"true is 1, false is 0; null is a value of JSON and its like");
  text += line(u"\"text\""_s, u"UTF-8, with the escapes \\n \\r \\t \\0 \\xNN \\\\ \\\" \\'; r\"…\": without any");
  text += line(u"de:ad:be:ef"_s, u"bytes; one alone is \"\\xde\"");
  text += line(u"10.0.0.1 fe80::1"_s, u"addresses: 4 or 16 bytes, or a number of 4 bytes in network order");
  text +=
      u"Bytes that are compared with a number are read as one in network order, text never. Text and bytes are "
      u"compared\n"
      "byte by byte. A value on the right may be a field, too: seq == last, .seq == .last.\n\n"
      "matches takes a regular expression as PCRE knows it, in quotes, its backslashes as they are; it tells upper "
      "from\n"
      "lower case, (?i) in front does not. Bytes are text where they are UTF-8, else a character each; the first MiB "
      "of\n"
      "a value is looked at, and a search that takes too many steps finds nothing.\n\n"
      "What is not there is equal to nothing, and different from nothing: x == 5 and x != 5 are both false where "
      "there\n"
      "is no x; !(x == 5) is true. A field that is cut off is not there. x != 5 wants all of several x to differ.\n\n"
      "A name that no message could have is an error where a LAYOUT says which fields there are. Formats that "
      "describe\n"
      "themselves may have any.\n"_s;
  return text;
}

}  // namespace octetscope
