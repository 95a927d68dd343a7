// Random values of binary formats of which random bytes seldom make any: MessagePack, CBOR, pickles. The same numbers
// make the same bytes. They say what the specifications say, and use nothing of what reads them.
#pragma once

#include <QByteArray>

#include <algorithm>
#include <random>

namespace octetscope::test {

/// The lowest `width` bytes of a number, the highest first.
inline QByteArray bigEndianBytes(quint64 number, int width) {
  QByteArray bytes;
  for (int i = width - 1; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

inline QByteArray littleEndianBytes(quint64 number, int width) {
  QByteArray bytes = bigEndianBytes(number, width);
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

class BinaryMaker {
 public:
  explicit BinaryMaker(std::minstd_rand &random) : random_(random) {}

 protected:
  quint64 below(quint64 limit) { return random_() % limit; }
  QByteArray bytes(quint64 size) {
    QByteArray made;
    for (quint64 i = 0; i < size; ++i) made += static_cast<char>(random_());
    return made;
  }
  static QByteArray byte(quint64 value) { return QByteArray(1, static_cast<char>(value)); }

 private:
  std::minstd_rand &random_;
};

class MsgpackMaker : public BinaryMaker {
 public:
  using BinaryMaker::BinaryMaker;

  QByteArray value(int depth = 3) {
    switch (below(depth > 0 ? 9 : 6)) {
      case 0:
        return byte(below(2) == 0 ? below(0x80) : 0xe0 + below(32));
      case 1:
        return byte(0xc0 + (below(2) == 0 ? 0 : 2 + below(2)));
      case 2: {
        const quint64 which = below(8);
        return byte(0xcc + which) + bytes(1ULL << (which % 4));
      }
      case 3: {
        const quint64 which = below(2);
        return byte(0xca + which) + bytes(4ULL << which);
      }
      case 4:
        return string();
      case 5:
        return ext();
      case 6:
        return container(depth, false);
      case 7:
        return container(depth, true);
      default:
        return depth == 3 && below(20) == 0 ? QByteArray(200, '\x91') + byte(7) : string();
    }
  }

 private:
  QByteArray string() {
    const quint64 size = below(6);
    const quint64 form = below(7);
    const QByteArray text = below(3) == 0 ? bytes(size) : QByteArray("abcdef").first(static_cast<qsizetype>(size));
    if (form == 0) return byte(0xa0 + size) + text;
    const quint64 width = 1ULL << (form - 1) % 3;
    return byte((form < 4 ? 0xd9 : 0xc4) + (form - 1) % 3) + bigEndianBytes(size, static_cast<int>(width)) + text;
  }
  QByteArray ext() {
    const quint64 form = below(8);
    if (form < 5) return byte(0xd4 + form) + bytes(1 + (1ULL << form));
    const quint64 size = below(5);
    return byte(0xc7 + form - 5) + bigEndianBytes(size, 1 << (form - 5)) + bytes(1 + size);
  }
  QByteArray container(int depth, bool isMap) {
    const quint64 count = below(4);
    const quint64 form = below(3);
    QByteArray made = form == 0   ? byte((isMap ? 0x80 : 0x90) + count)
                      : form == 1 ? byte(isMap ? 0xde : 0xdc) + bigEndianBytes(count, 2)
                                  : byte(isMap ? 0xdf : 0xdd) + bigEndianBytes(count, 4);
    for (quint64 i = 0; i < (isMap ? 2 * count : count); ++i) made += value(depth - 1);
    return made;
  }
};

class CborMaker : public BinaryMaker {
 public:
  using BinaryMaker::BinaryMaker;

  QByteArray value(int depth = 3) {
    switch (below(depth > 0 ? 10 : 6)) {
      case 0:
        return head(below(2), below(4) == 0 ? ~0ULL - below(3) : below(300));
      case 1:
        return byte(0xf4 + below(4));
      case 2: {
        const quint64 which = below(3);
        return byte(0xf9 + which) + bytes(2ULL << which);
      }
      case 3:
        return below(2) == 0 ? byte(0xe0 + below(20)) : byte(0xf8) + byte(32 + below(224));
      case 4:
      case 5:
        return string(below(2));
      case 6:
        return container(depth, 4);
      case 7:
        return container(depth, 5);
      case 8:
        return head(6, below(3) == 0 ? below(70000) : below(5)) + value(depth - 1);
      default:
        return depth == 3 && below(10) == 0 ? deep() : value(depth - 1);
    }
  }

 private:
  /// With an argument in any width that holds it.
  QByteArray head(quint64 major, quint64 argument) {
    const int least = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument >> 32 == 0 ? 3 : 4;
    const int form = least + static_cast<int>(below(static_cast<quint64>(5 - least)));
    if (form == 0) return byte(major << 5 | argument);
    return byte(major << 5 | (23 + static_cast<quint64>(form))) + bigEndianBytes(argument, 1 << (form - 1));
  }
  QByteArray definite(quint64 isText) {
    const quint64 size = below(6);
    return head(2 + isText, size) +
           (isText != 0 ? QByteArray("abcdef").first(static_cast<qsizetype>(size)) : bytes(size));
  }
  QByteArray string(quint64 isText) {
    if (below(3) > 0) return definite(isText);
    QByteArray made = byte((2 + isText) << 5 | 31);
    for (quint64 i = below(4); i > 0; --i) made += definite(isText);
    return made + '\xff';
  }
  QByteArray container(int depth, quint64 major) {
    const quint64 count = below(4);
    const bool isEndless = below(2) == 0;
    QByteArray made = isEndless ? byte(major << 5 | 31) : head(major, count);
    for (quint64 i = 0; i < (major == 5 ? 2 * count : count); ++i) made += value(depth - 1);
    return isEndless ? made + '\xff' : made;
  }
  /// Arrays in arrays, of both kinds, with more behind some of them than fits a few bits.
  QByteArray deep() {
    QByteArray begin;
    QByteArray end;
    for (quint64 i = 50 + below(100); i > 0; --i) {
      const quint64 kind = below(4);
      if (kind == 0) {
        const quint64 count = 1 + below(300);
        begin += byte(0x99) + bigEndianBytes(count, 2);
        end.prepend(QByteArray(static_cast<qsizetype>(count - 1), '\0'));
      } else if (kind == 1) {
        begin += QByteArray("\xbf\x01", 2);
        end.prepend('\xff');
      } else {
        begin += '\x9f';
        end.prepend('\xff');
      }
    }
    return begin + byte(7) + end;
  }
};

/// Runs of opcodes of every kind up to a STOP: pickletools would list them, though the machine seldom could run them.
class PickleMaker : public BinaryMaker {
 public:
  using BinaryMaker::BinaryMaker;

  QByteArray value() {
    QByteArray made = below(2) == 0 ? "\x80" + byte(below(6)) : QByteArray();
    for (quint64 i = below(8); i > 0; --i) made += opcode();
    return made + '.';
  }

 private:
  QByteArray counted(char opcode, int width) {
    const quint64 size = below(5);
    return opcode + littleEndianBytes(size, width) + bytes(size);
  }
  QByteArray opcode() {
    static constexpr char plain[] = "N]ael)t}dsu02(1Rbo\x88\x89\x85\x86\x87\x8f\x90\x91\x94\x93\x81\x92\x97\x98Q";
    static constexpr const char *lines[] = {
        "I12\n",         "I01\n",          "I-7\n",          "L123456789012345678901L\n",
        "F1.5e3\n",      "Finf\n",         "S'a\\x41\\n'\n", "V\\u20acx\n",
        "cos\nsystem\n", "i__main__\nA\n", "Pid 7\n",        "g0\n",
        "p12\n"};
    switch (below(14)) {
      case 0:
        return lines[below(std::size(lines))];
      case 1:
        return "J" + bytes(4);
      case 2:
        return "K" + bytes(1);
      case 3:
        return "M" + bytes(2);
      case 4:
        return "G" + bytes(8);
      case 5:
        return counted('\x8a', 1);
      case 6:
        return counted("\x8bTXB"[below(4)], 4);
      case 7:
        return counted("UC\x8c"[below(3)], 1);
      case 8:
        return counted("\x8e\x96\x8d"[below(3)], 8);
      case 9:
        return byte(static_cast<quint8>("hq\x82"[below(3)])) + bytes(1);
      case 10:
        return byte(static_cast<quint8>("jr\x84"[below(3)])) + bytes(4);
      case 11:
        return "\x95" + littleEndianBytes(below(40), 8);
      default:
        return byte(static_cast<quint8>(plain[below(sizeof plain - 1)]));
    }
  }
};

}  // namespace octetscope::test
