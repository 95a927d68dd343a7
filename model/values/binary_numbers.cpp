#include "model/values/binary_numbers.h"

#include <QDateTime>

#include <cmath>
#include <vector>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// `magnitude`, big-endian, in decimal digits; nine at a time.
QByteArray digitsOf(ByteView magnitude, bool plusOne) {
  std::vector<quint32> limbs{0};
  const auto multiplyAndAdd = [&](quint64 factor, quint64 carry) {
    for (quint32 &limb : limbs) {
      carry += limb * factor;
      limb = static_cast<quint32>(carry % 1'000'000'000);
      carry /= 1'000'000'000;
    }
    if (carry > 0) limbs.push_back(static_cast<quint32>(carry));
  };
  std::size_t at = 0;
  for (; magnitude.size() - at >= 3; at += 3) {
    multiplyAndAdd(1 << 24, quint64{magnitude[at]} << 16 | quint64{magnitude[at + 1]} << 8 | magnitude[at + 2]);
  }
  for (; at < magnitude.size(); ++at) multiplyAndAdd(256, magnitude[at]);
  if (plusOne) multiplyAndAdd(1, 1);
  QByteArray digits = QByteArray::number(limbs.back());
  for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb) {
    digits += QByteArray::number(*limb).rightJustified(9, '0');
  }
  return digits;
}

}  // namespace

std::optional<Value> bigEndianInteger(ByteView bytes, bool isNegative) {
  while (!bytes.empty() && bytes[0] == 0) bytes = bytes.subspan(1);
  if (bytes.size() > mostIntegerBytes) return std::nullopt;
  if (bytes.size() <= 8) {
    quint64 number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    if (!isNegative) return integerValue(number);
    if (number <= static_cast<quint64>(std::numeric_limits<qint64>::max()))
      return Value(-1 - static_cast<qint64>(number));
  }
  const QByteArray digits = digitsOf(bytes, isNegative);
  return BigInteger{isNegative ? QByteArray('-' + digits) : digits};
}

std::optional<Value> littleEndianInteger(ByteView bytes) {
  const bool isNegative = !bytes.empty() && (bytes.back() & 0x80) != 0;
  // Of a negative one, all bits the other way round are −1 minus it.
  const auto flip = static_cast<std::uint8_t>(isNegative ? 0xff : 0);
  while (!bytes.empty() && bytes.back() == flip) bytes = bytes.first(bytes.size() - 1);
  if (bytes.size() > mostIntegerBytes) return std::nullopt;
  std::vector<std::uint8_t> magnitude(bytes.rbegin(), bytes.rend());
  for (std::uint8_t &byte : magnitude) byte ^= flip;
  return bigEndianInteger(magnitude, isNegative);
}

double halfFloat(quint16 bits) {
  const int exponent = bits >> 10 & 31;
  const double fraction = bits & 0x3ff;
  const double size = exponent == 0   ? std::ldexp(fraction, -24)
                      : exponent < 31 ? std::ldexp(fraction + 1024, exponent - 25)
                      : fraction == 0 ? std::numeric_limits<double>::infinity()
                                      : std::numeric_limits<double>::quiet_NaN();
  return (bits & 0x8000) != 0 ? -size : size;
}

QString timeWords(qint64 seconds, quint32 nanoseconds) {
  constexpr qint64 yearOne = -62'135'596'800;
  constexpr qint64 yearTenThousand = 253'402'300'800;
  QString fraction;
  if (nanoseconds > 0) fraction = u'.' + QString::number(nanoseconds).rightJustified(9, u'0');
  if (seconds < yearOne || seconds >= yearTenThousand) {
    return seconds < 0 && fraction.isEmpty() ? u"%1 s before 1970"_s.arg(0 - static_cast<quint64>(seconds))
                                             : u"%1%2 s after 1970"_s.arg(QString::number(seconds), fraction);
  }
  return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss") + fraction + u'Z';
}

}  // namespace octetscope
