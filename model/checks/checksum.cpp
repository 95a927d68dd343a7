#include "model/checks/checksum.h"

#include "model/checks/crc_folding.h"

#include <QtEndian>

#include <algorithm>

#include <zlib.h>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String sumName = "sum8"_L1;
constexpr QLatin1String xorName = "xor8"_L1;
constexpr QLatin1String adlerName = "adler32"_L1;

WideUInt reversed(WideUInt value, int width) {
  WideUInt result = 0;
  for (int i = 0; i < width; ++i, value >>= 1) result = result << 1 | (value & 1);
  return result;
}

/// A register of type Reg after `bits` zeros went through it, highest term at its upper end.
template <typename Reg>
Reg shiftedUp(Reg crc, Reg poly, int bits) {
  constexpr Reg top = Reg(1) << (8 * sizeof(Reg) - 1);
  for (; bits > 0; --bits) crc = static_cast<Reg>(crc << 1) ^ ((crc & top) ? poly : 0);
  return crc;
}

/// The same, highest term at its lower end.
template <typename Reg>
Reg shiftedDown(Reg crc, Reg poly, int bits) {
  for (; bits > 0; --bits) crc = (crc >> 1) ^ ((crc & 1) ? poly : 0);
  return crc;
}

/// The bytes added up, a word at a time: its even and its odd bytes apart, in lanes of 16 bits, as long as those hold.
quint64 sumOf(ByteView bytes) {
  constexpr quint64 evenBytes = 0x00ff'00ff'00ff'00ff;
  constexpr std::size_t mostWords = 0xffff / (2 * 0xff);
  quint64 sum = 0;
  while (bytes.size() >= 8) {
    const std::size_t words = std::min(bytes.size() / 8, mostWords);
    quint64 lanes = 0;
    for (std::size_t i = 0; i < words; ++i) {
      const auto word = qFromUnaligned<quint64>(bytes.data() + 8 * i);
      lanes += (word & evenBytes) + (word >> 8 & evenBytes);
    }
    for (; lanes != 0; lanes >>= 16) sum += lanes & 0xffff;
    bytes = bytes.subspan(8 * words);
  }
  for (const std::uint8_t byte : bytes) sum += byte;
  return sum;
}

std::uint8_t xorOf(ByteView bytes) {
  quint64 words = 0;
  for (; bytes.size() >= 8; bytes = bytes.subspan(8)) words ^= qFromUnaligned<quint64>(bytes.data());
  std::uint8_t all = 0;
  for (; words != 0; words >>= 8) all ^= static_cast<std::uint8_t>(words);
  for (const std::uint8_t byte : bytes) all ^= byte;
  return all;
}

}  // namespace

// Slicing by 8: table k says what a byte does to the register when k more bytes follow it.
struct Checksum::Tables {
  std::array<std::array<quint64, 256>, 8> sliced;
  CrcFolding folding;
  std::array<WideUInt, 256> wide;  // for more than 64 bits, a byte at a time
};

void Checksum::setModel(const CrcModel &model) {
  model_ = &model;
  name_ = model.name;
  size_ = (model.width + 7) / 8;
  usualOrder_ = model.out == BitOrder::LsbFirst ? ByteOrder::Little : ByteOrder::Big;
  const auto tables = std::make_shared<Tables>();
  const bool isLsbFirst = model.in == BitOrder::LsbFirst;
  const WideUInt poly = isLsbFirst ? reversed(model.poly, model.width) : model.poly;
  const WideUInt init = isLsbFirst ? reversed(model.init, model.width) : model.init;
  if (model.width > 64) {
    // The catalogue's only one takes its lowest bit first.
    Q_ASSERT(isLsbFirst);
    kind_ = Kind::WideCrc;
    for (unsigned i = 0; i < 256; ++i) tables->wide[i] = shiftedDown<WideUInt>(i, poly, 8);
    start_ = {static_cast<quint64>(init), static_cast<quint64>(init >> 64)};
  } else {
    const int unused = 64 - model.width;
    const quint64 narrow = static_cast<quint64>(poly);
    for (unsigned i = 0; i < 256; ++i) {
      quint64 crc = isLsbFirst ? shiftedDown<quint64>(i, narrow, 8)
                               : shiftedUp<quint64>(static_cast<quint64>(i) << 56, narrow << unused, 8);
      tables->sliced[0][i] = crc;
    }
    for (std::size_t k = 1; k < 8; ++k) {
      for (std::size_t i = 0; i < 256; ++i) {
        const quint64 crc = tables->sliced[k - 1][i];
        tables->sliced[k][i] =
            isLsbFirst ? crc >> 8 ^ tables->sliced[0][crc & 0xff] : crc << 8 ^ tables->sliced[0][crc >> 56];
      }
    }
    tables->folding = {model.in, [=](int power) {
                         return isLsbFirst ? shiftedDown<quint64>(1ULL << 63, narrow, power)
                                           : shiftedUp<quint64>(1, narrow << unused, power);
                       }};
    kind_ = isLsbFirst ? Kind::CrcLsbFirst : Kind::CrcMsbFirst;
    start_.low = isLsbFirst ? static_cast<quint64>(init) : static_cast<quint64>(init) << unused;
  }
  tables_ = tables;
}

std::optional<Checksum> Checksum::named(QStringView name) {
  if (name.isEmpty()) return std::nullopt;
  const auto isName = [name](QLatin1String other) { return name.compare(other, Qt::CaseInsensitive) == 0; };
  Checksum checksum;
  for (const auto &[plain, kind, size, start] :
       {std::tuple(sumName, Kind::Sum, 1, 0U), std::tuple(xorName, Kind::Xor, 1, 0U),
        std::tuple(adlerName, Kind::Adler, 4, 1U)}) {
    if (!isName(plain)) continue;
    checksum.name_ = plain;
    checksum.kind_ = kind;
    checksum.size_ = size;
    checksum.start_.low = start;
    return checksum;
  }
  for (const CrcModel &model : crcCatalogue()) {
    bool isIt = isName(model.name);
    for (const QLatin1String alias : model.aliases.tokenize(u',')) isIt = isIt || isName(alias);
    if (!isIt) continue;
    checksum.setModel(model);
    return checksum;
  }
  return std::nullopt;
}

QStringList Checksum::names() {
  QStringList names;
  for (const CrcModel &model : crcCatalogue()) names += model.name;
  return names << sumName << xorName << adlerName;
}

QList<std::pair<QString, QString>> Checksum::aliases() {
  QList<std::pair<QString, QString>> all;
  for (const CrcModel &model : crcCatalogue()) {
    if (model.aliases.isEmpty()) continue;
    for (const QLatin1String alias : model.aliases.tokenize(u',')) all.emplaceBack(alias, model.name);
  }
  return all;
}

/// Folds a long run: `crc` is then the register behind it, but for less than 16 bytes that are left of it.
void Checksum::foldLong(quint64 &crc, ByteView &bytes) const {
  if (bytes.size() < CrcFolding::least || !CrcFolding::isAvailable()) return;
  const auto left = tables_->folding.fold(crc, bytes);
  crc = 0;
  addCrc(crc, left);
}

void Checksum::addCrc(quint64 &crc, ByteView bytes) const {
  foldLong(crc, bytes);
  return kind_ == Kind::CrcLsbFirst ? addCrcLsbFirst(crc, bytes) : addCrcMsbFirst(crc, bytes);
}

void Checksum::addCrcLsbFirst(quint64 &running, ByteView bytes) const {
  const auto &t = tables_->sliced;
  const std::uint8_t *at = bytes.data();
  const std::uint8_t *const end = at + bytes.size();
  quint64 crc = running;
  for (; end - at >= 8; at += 8) {
    crc ^= qFromLittleEndian<quint64>(at);
    crc = t[7][crc & 0xff] ^ t[6][crc >> 8 & 0xff] ^ t[5][crc >> 16 & 0xff] ^ t[4][crc >> 24 & 0xff] ^
          t[3][crc >> 32 & 0xff] ^ t[2][crc >> 40 & 0xff] ^ t[1][crc >> 48 & 0xff] ^ t[0][crc >> 56];
  }
  for (; at != end; ++at) crc = crc >> 8 ^ t[0][(crc ^ *at) & 0xff];
  running = crc;
}

void Checksum::addCrcMsbFirst(quint64 &running, ByteView bytes) const {
  const auto &t = tables_->sliced;
  const std::uint8_t *at = bytes.data();
  const std::uint8_t *const end = at + bytes.size();
  quint64 crc = running;
  for (; end - at >= 8; at += 8) {
    crc ^= qFromBigEndian<quint64>(at);
    crc = t[7][crc >> 56] ^ t[6][crc >> 48 & 0xff] ^ t[5][crc >> 40 & 0xff] ^ t[4][crc >> 32 & 0xff] ^
          t[3][crc >> 24 & 0xff] ^ t[2][crc >> 16 & 0xff] ^ t[1][crc >> 8 & 0xff] ^ t[0][crc & 0xff];
  }
  for (; at != end; ++at) crc = crc << 8 ^ t[0][crc >> 56 ^ *at];
  running = crc;
}

void Checksum::add(Running &running, ByteView bytes) const {
  switch (kind_) {
    case Kind::CrcLsbFirst:
    case Kind::CrcMsbFirst:
      return addCrc(running.low, bytes);
    case Kind::WideCrc: {
      WideUInt crc = static_cast<WideUInt>(running.high) << 64 | running.low;
      for (const std::uint8_t byte : bytes) crc = crc >> 8 ^ tables_->wide[static_cast<std::uint8_t>(crc) ^ byte];
      running = {static_cast<quint64>(crc), static_cast<quint64>(crc >> 64)};
      return;
    }
    case Kind::Sum:
      running.low += sumOf(bytes);
      return;
    case Kind::Xor:
      running.low ^= xorOf(bytes);
      return;
    case Kind::Adler:
      running.low = adler32_z(running.low, bytes.data(), bytes.size());
      return;
  }
}

WideUInt Checksum::value(const Running &running) const {
  WideUInt value = static_cast<WideUInt>(running.high) << 64 | running.low;
  if (!model_) return kind_ == Kind::Sum ? value & 0xff : value;
  if (kind_ == Kind::CrcMsbFirst) value >>= 64 - model_->width;
  if (model_->in != model_->out) value = reversed(value, model_->width);
  return value ^ model_->xorOut;
}

WideUInt Checksum::of(ByteView bytes) const {
  Running running = start();
  add(running, bytes);
  return value(running);
}

QByteArray Checksum::write(WideUInt value, ByteOrder order) const {
  QByteArray bytes(size_, Qt::Uninitialized);
  for (int i = 0; i < size_; ++i, value >>= 8) {
    bytes[order == ByteOrder::Little ? i : size_ - 1 - i] = static_cast<char>(value);
  }
  return bytes;
}

WideUInt Checksum::read(ByteView bytes, ByteOrder order) const {
  WideUInt value = 0;
  const auto size = static_cast<std::size_t>(size_);
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes[order == ByteOrder::Big ? i : size - 1 - i];
  return value;
}

QString Checksum::words(WideUInt value) const {
  return u"0x"_s + QString::fromLatin1(write(value, ByteOrder::Big).toHex().toUpper());
}

}  // namespace octetscope
