// The CRC catalogue: the parameters of every algorithm that the catalogue of parametrised CRC algorithms
// (reveng.sourceforge.io/crc-catalogue) lists, as plain values, with the check value that it gives for each.
#pragma once

#include <QLatin1String>

#include <span>

namespace octetscope {

__extension__ typedef unsigned __int128 WideUInt;  // the widest CRC has 82 bits

/// In which order a CRC takes the bits of a byte, or gives those of its result.
enum class BitOrder : quint8 { MsbFirst, LsbFirst };

/// One algorithm in the catalogue's own terms. Names are in small letters here.
struct CrcModel {
  QLatin1String name;  ///< "crc-16/modbus"
  int width;           ///< in bits, 3 … 82
  WideUInt poly;       ///< without its highest term, the highest of the others first
  WideUInt init;
  BitOrder in;   ///< LsbFirst: the catalogue's refin=true
  BitOrder out;  ///< LsbFirst: refout=true
  WideUInt xorOut;
  WideUInt check;         ///< of the nine bytes "123456789"
  QLatin1String aliases;  ///< other names of the same, with commas between them
};

/// All of them, the narrowest first.
std::span<const CrcModel> crcCatalogue();

}  // namespace octetscope
