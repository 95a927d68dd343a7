#include "model/checks/crc_catalogue.h"

#include <array>

namespace octetscope {

using namespace Qt::StringLiterals;
using enum BitOrder;

namespace {

constexpr WideUInt wide(quint64 high, quint64 low) {
  return static_cast<WideUInt>(high) << 64 | low;
}

// A row a line: name, width, poly, init, in, out, xorOut, check, aliases.
// clang-format off
constexpr auto catalogue = std::to_array<CrcModel>({
    {"crc-3/gsm"_L1, 3, 0x3, 0x0, MsbFirst, MsbFirst, 0x7, 0x4, ""_L1},
    {"crc-3/rohc"_L1, 3, 0x3, 0x7, LsbFirst, LsbFirst, 0x0, 0x6, ""_L1},
    {"crc-4/g-704"_L1, 4, 0x3, 0x0, LsbFirst, LsbFirst, 0x0, 0x7, "crc-4/itu"_L1},
    {"crc-4/interlaken"_L1, 4, 0x3, 0xf, MsbFirst, MsbFirst, 0xf, 0xb, ""_L1},
    {"crc-5/epc-c1g2"_L1, 5, 0x09, 0x09, MsbFirst, MsbFirst, 0x00, 0x00, "crc-5/epc"_L1},
    {"crc-5/g-704"_L1, 5, 0x15, 0x00, LsbFirst, LsbFirst, 0x00, 0x07, "crc-5/itu"_L1},
    {"crc-5/usb"_L1, 5, 0x05, 0x1f, LsbFirst, LsbFirst, 0x1f, 0x19, ""_L1},
    {"crc-6/cdma2000-a"_L1, 6, 0x27, 0x3f, MsbFirst, MsbFirst, 0x00, 0x0d, ""_L1},
    {"crc-6/cdma2000-b"_L1, 6, 0x07, 0x3f, MsbFirst, MsbFirst, 0x00, 0x3b, ""_L1},
    {"crc-6/darc"_L1, 6, 0x19, 0x00, LsbFirst, LsbFirst, 0x00, 0x26, ""_L1},
    {"crc-6/g-704"_L1, 6, 0x03, 0x00, LsbFirst, LsbFirst, 0x00, 0x06, "crc-6/itu"_L1},
    {"crc-6/gsm"_L1, 6, 0x2f, 0x00, MsbFirst, MsbFirst, 0x3f, 0x13, ""_L1},
    {"crc-7/mmc"_L1, 7, 0x09, 0x00, MsbFirst, MsbFirst, 0x00, 0x75, "crc-7"_L1},
    {"crc-7/rohc"_L1, 7, 0x4f, 0x7f, LsbFirst, LsbFirst, 0x00, 0x53, ""_L1},
    {"crc-7/umts"_L1, 7, 0x45, 0x00, MsbFirst, MsbFirst, 0x00, 0x61, ""_L1},
    {"crc-8/autosar"_L1, 8, 0x2f, 0xff, MsbFirst, MsbFirst, 0xff, 0xdf, ""_L1},
    {"crc-8/bluetooth"_L1, 8, 0xa7, 0x00, LsbFirst, LsbFirst, 0x00, 0x26, ""_L1},
    {"crc-8/cdma2000"_L1, 8, 0x9b, 0xff, MsbFirst, MsbFirst, 0x00, 0xda, ""_L1},
    {"crc-8/darc"_L1, 8, 0x39, 0x00, LsbFirst, LsbFirst, 0x00, 0x15, ""_L1},
    {"crc-8/dvb-s2"_L1, 8, 0xd5, 0x00, MsbFirst, MsbFirst, 0x00, 0xbc, ""_L1},
    {"crc-8/gsm-a"_L1, 8, 0x1d, 0x00, MsbFirst, MsbFirst, 0x00, 0x37, ""_L1},
    {"crc-8/gsm-b"_L1, 8, 0x49, 0x00, MsbFirst, MsbFirst, 0xff, 0x94, ""_L1},
    {"crc-8/hitag"_L1, 8, 0x1d, 0xff, MsbFirst, MsbFirst, 0x00, 0xb4, ""_L1},
    {"crc-8/i-432-1"_L1, 8, 0x07, 0x00, MsbFirst, MsbFirst, 0x55, 0xa1, "crc-8/itu"_L1},
    {"crc-8/i-code"_L1, 8, 0x1d, 0xfd, MsbFirst, MsbFirst, 0x00, 0x7e, ""_L1},
    {"crc-8/lte"_L1, 8, 0x9b, 0x00, MsbFirst, MsbFirst, 0x00, 0xea, ""_L1},
    {"crc-8/maxim-dow"_L1, 8, 0x31, 0x00, LsbFirst, LsbFirst, 0x00, 0xa1, "crc-8/maxim,dow-crc"_L1},
    {"crc-8/mifare-mad"_L1, 8, 0x1d, 0xc7, MsbFirst, MsbFirst, 0x00, 0x99, ""_L1},
    {"crc-8/nrsc-5"_L1, 8, 0x31, 0xff, MsbFirst, MsbFirst, 0x00, 0xf7, ""_L1},
    {"crc-8/opensafety"_L1, 8, 0x2f, 0x00, MsbFirst, MsbFirst, 0x00, 0x3e, ""_L1},
    {"crc-8/rohc"_L1, 8, 0x07, 0xff, LsbFirst, LsbFirst, 0x00, 0xd0, ""_L1},
    {"crc-8/sae-j1850"_L1, 8, 0x1d, 0xff, MsbFirst, MsbFirst, 0xff, 0x4b, ""_L1},
    {"crc-8/smbus"_L1, 8, 0x07, 0x00, MsbFirst, MsbFirst, 0x00, 0xf4, "crc-8"_L1},
    {"crc-8/tech-3250"_L1, 8, 0x1d, 0xff, LsbFirst, LsbFirst, 0x00, 0x97, "crc-8/aes,crc-8/ebu"_L1},
    {"crc-8/wcdma"_L1, 8, 0x9b, 0x00, LsbFirst, LsbFirst, 0x00, 0x25, ""_L1},
    {"crc-10/atm"_L1, 10, 0x233, 0x000, MsbFirst, MsbFirst, 0x000, 0x199, "crc-10,crc-10/i-610"_L1},
    {"crc-10/cdma2000"_L1, 10, 0x3d9, 0x3ff, MsbFirst, MsbFirst, 0x000, 0x233, ""_L1},
    {"crc-10/gsm"_L1, 10, 0x175, 0x000, MsbFirst, MsbFirst, 0x3ff, 0x12a, ""_L1},
    {"crc-11/flexray"_L1, 11, 0x385, 0x01a, MsbFirst, MsbFirst, 0x000, 0x5a3, ""_L1},
    {"crc-11/umts"_L1, 11, 0x307, 0x000, MsbFirst, MsbFirst, 0x000, 0x061, ""_L1},
    {"crc-12/cdma2000"_L1, 12, 0xf13, 0xfff, MsbFirst, MsbFirst, 0x000, 0xd4d, ""_L1},
    {"crc-12/dect"_L1, 12, 0x80f, 0x000, MsbFirst, MsbFirst, 0x000, 0xf5b, "x-crc-12"_L1},
    {"crc-12/gsm"_L1, 12, 0xd31, 0x000, MsbFirst, MsbFirst, 0xfff, 0xb34, ""_L1},
    {"crc-12/umts"_L1, 12, 0x80f, 0x000, MsbFirst, LsbFirst, 0x000, 0xdaf, "crc-12/3gpp"_L1},
    {"crc-13/bbc"_L1, 13, 0x1cf5, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x04fa, ""_L1},
    {"crc-14/darc"_L1, 14, 0x0805, 0x0000, LsbFirst, LsbFirst, 0x0000, 0x082d, ""_L1},
    {"crc-14/gsm"_L1, 14, 0x202d, 0x0000, MsbFirst, MsbFirst, 0x3fff, 0x30ae, ""_L1},
    {"crc-15/can"_L1, 15, 0x4599, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x059e, "crc-15"_L1},
    {"crc-15/mpt1327"_L1, 15, 0x6815, 0x0000, MsbFirst, MsbFirst, 0x0001, 0x2566, ""_L1},
    {"crc-16/arc"_L1, 16, 0x8005, 0x0000, LsbFirst, LsbFirst, 0x0000, 0xbb3d, "arc,crc-16,crc-16/lha,crc-ibm"_L1},
    {"crc-16/cdma2000"_L1, 16, 0xc867, 0xffff, MsbFirst, MsbFirst, 0x0000, 0x4c06, ""_L1},
    {"crc-16/cms"_L1, 16, 0x8005, 0xffff, MsbFirst, MsbFirst, 0x0000, 0xaee7, ""_L1},
    {"crc-16/dds-110"_L1, 16, 0x8005, 0x800d, MsbFirst, MsbFirst, 0x0000, 0x9ecf, ""_L1},
    {"crc-16/dect-r"_L1, 16, 0x0589, 0x0000, MsbFirst, MsbFirst, 0x0001, 0x007e, "r-crc-16"_L1},
    {"crc-16/dect-x"_L1, 16, 0x0589, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x007f, "x-crc-16"_L1},
    {"crc-16/dnp"_L1, 16, 0x3d65, 0x0000, LsbFirst, LsbFirst, 0xffff, 0xea82, ""_L1},
    {"crc-16/en-13757"_L1, 16, 0x3d65, 0x0000, MsbFirst, MsbFirst, 0xffff, 0xc2b7, ""_L1},
    {"crc-16/genibus"_L1, 16, 0x1021, 0xffff, MsbFirst, MsbFirst, 0xffff, 0xd64e, "crc-16/darc,crc-16/epc,crc-16/epc-c1g2,crc-16/i-code"_L1},
    {"crc-16/gsm"_L1, 16, 0x1021, 0x0000, MsbFirst, MsbFirst, 0xffff, 0xce3c, ""_L1},
    {"crc-16/ibm-3740"_L1, 16, 0x1021, 0xffff, MsbFirst, MsbFirst, 0x0000, 0x29b1, "crc-16/autosar,crc-16/ccitt-false"_L1},
    {"crc-16/ibm-sdlc"_L1, 16, 0x1021, 0xffff, LsbFirst, LsbFirst, 0xffff, 0x906e, "crc-16/iso-hdlc,crc-16/iso-iec-14443-3-b,crc-16/x-25,crc-b,x-25"_L1},
    {"crc-16/iso-iec-14443-3-a"_L1, 16, 0x1021, 0xc6c6, LsbFirst, LsbFirst, 0x0000, 0xbf05, "crc-a"_L1},
    {"crc-16/kermit"_L1, 16, 0x1021, 0x0000, LsbFirst, LsbFirst, 0x0000, 0x2189, "crc-16/bluetooth,crc-16/ccitt,crc-16/ccitt-true,crc-16/v-41-lsb,crc-ccitt,kermit"_L1},
    {"crc-16/lj1200"_L1, 16, 0x6f63, 0x0000, MsbFirst, MsbFirst, 0x0000, 0xbdf4, ""_L1},
    {"crc-16/m17"_L1, 16, 0x5935, 0xffff, MsbFirst, MsbFirst, 0x0000, 0x772b, ""_L1},
    {"crc-16/maxim-dow"_L1, 16, 0x8005, 0x0000, LsbFirst, LsbFirst, 0xffff, 0x44c2, "crc-16/maxim"_L1},
    {"crc-16/mcrf4xx"_L1, 16, 0x1021, 0xffff, LsbFirst, LsbFirst, 0x0000, 0x6f91, ""_L1},
    {"crc-16/modbus"_L1, 16, 0x8005, 0xffff, LsbFirst, LsbFirst, 0x0000, 0x4b37, "modbus"_L1},
    {"crc-16/nrsc-5"_L1, 16, 0x080b, 0xffff, LsbFirst, LsbFirst, 0x0000, 0xa066, ""_L1},
    {"crc-16/opensafety-a"_L1, 16, 0x5935, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x5d38, ""_L1},
    {"crc-16/opensafety-b"_L1, 16, 0x755b, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x20fe, ""_L1},
    {"crc-16/profibus"_L1, 16, 0x1dcf, 0xffff, MsbFirst, MsbFirst, 0xffff, 0xa819, "crc-16/iec-61158-2"_L1},
    {"crc-16/riello"_L1, 16, 0x1021, 0xb2aa, LsbFirst, LsbFirst, 0x0000, 0x63d0, ""_L1},
    {"crc-16/spi-fujitsu"_L1, 16, 0x1021, 0x1d0f, MsbFirst, MsbFirst, 0x0000, 0xe5cc, "crc-16/aug-ccitt"_L1},
    {"crc-16/t10-dif"_L1, 16, 0x8bb7, 0x0000, MsbFirst, MsbFirst, 0x0000, 0xd0db, ""_L1},
    {"crc-16/teledisk"_L1, 16, 0xa097, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x0fb3, ""_L1},
    {"crc-16/tms37157"_L1, 16, 0x1021, 0x89ec, LsbFirst, LsbFirst, 0x0000, 0x26b1, ""_L1},
    {"crc-16/umts"_L1, 16, 0x8005, 0x0000, MsbFirst, MsbFirst, 0x0000, 0xfee8, "crc-16/buypass,crc-16/verifone"_L1},
    {"crc-16/usb"_L1, 16, 0x8005, 0xffff, LsbFirst, LsbFirst, 0xffff, 0xb4c8, ""_L1},
    {"crc-16/xmodem"_L1, 16, 0x1021, 0x0000, MsbFirst, MsbFirst, 0x0000, 0x31c3, "crc-16/acorn,crc-16/lte,crc-16/v-41-msb,xmodem,zmodem"_L1},
    {"crc-17/can-fd"_L1, 17, 0x1685b, 0x00000, MsbFirst, MsbFirst, 0x00000, 0x04f03, ""_L1},
    {"crc-21/can-fd"_L1, 21, 0x102899, 0x000000, MsbFirst, MsbFirst, 0x000000, 0x0ed841, ""_L1},
    {"crc-24/ble"_L1, 24, 0x00065b, 0x555555, LsbFirst, LsbFirst, 0x000000, 0xc25a56, ""_L1},
    {"crc-24/flexray-a"_L1, 24, 0x5d6dcb, 0xfedcba, MsbFirst, MsbFirst, 0x000000, 0x7979bd, ""_L1},
    {"crc-24/flexray-b"_L1, 24, 0x5d6dcb, 0xabcdef, MsbFirst, MsbFirst, 0x000000, 0x1f23b8, ""_L1},
    {"crc-24/interlaken"_L1, 24, 0x328b63, 0xffffff, MsbFirst, MsbFirst, 0xffffff, 0xb4f3e6, ""_L1},
    {"crc-24/lte-a"_L1, 24, 0x864cfb, 0x000000, MsbFirst, MsbFirst, 0x000000, 0xcde703, ""_L1},
    {"crc-24/lte-b"_L1, 24, 0x800063, 0x000000, MsbFirst, MsbFirst, 0x000000, 0x23ef52, ""_L1},
    {"crc-24/openpgp"_L1, 24, 0x864cfb, 0xb704ce, MsbFirst, MsbFirst, 0x000000, 0x21cf02, "crc-24"_L1},
    {"crc-24/os-9"_L1, 24, 0x800063, 0xffffff, MsbFirst, MsbFirst, 0xffffff, 0x200fa5, ""_L1},
    {"crc-30/cdma"_L1, 30, 0x2030b9c7, 0x3fffffff, MsbFirst, MsbFirst, 0x3fffffff, 0x04c34abf, ""_L1},
    {"crc-31/philips"_L1, 31, 0x04c11db7, 0x7fffffff, MsbFirst, MsbFirst, 0x7fffffff, 0x0ce9e46c, ""_L1},
    {"crc-32/aixm"_L1, 32, 0x814141ab, 0x00000000, MsbFirst, MsbFirst, 0x00000000, 0x3010bf7f, "crc-32q"_L1},
    {"crc-32/autosar"_L1, 32, 0xf4acfb13, 0xffffffff, LsbFirst, LsbFirst, 0xffffffff, 0x1697d06a, ""_L1},
    {"crc-32/base91-d"_L1, 32, 0xa833982b, 0xffffffff, LsbFirst, LsbFirst, 0xffffffff, 0x87315576, "crc-32d"_L1},
    {"crc-32/bzip2"_L1, 32, 0x04c11db7, 0xffffffff, MsbFirst, MsbFirst, 0xffffffff, 0xfc891918, "crc-32/aal5,crc-32/dect-b,b-crc-32"_L1},
    {"crc-32/cd-rom-edc"_L1, 32, 0x8001801b, 0x00000000, LsbFirst, LsbFirst, 0x00000000, 0x6ec2edc4, ""_L1},
    {"crc-32/cksum"_L1, 32, 0x04c11db7, 0x00000000, MsbFirst, MsbFirst, 0xffffffff, 0x765e7680, "cksum,crc-32/posix"_L1},
    {"crc-32/iscsi"_L1, 32, 0x1edc6f41, 0xffffffff, LsbFirst, LsbFirst, 0xffffffff, 0xe3069283, "crc-32/base91-c,crc-32/castagnoli,crc-32/interlaken,crc-32c,crc-32/nvme"_L1},
    {"crc-32/iso-hdlc"_L1, 32, 0x04c11db7, 0xffffffff, LsbFirst, LsbFirst, 0xffffffff, 0xcbf43926, "crc-32,crc-32/adccp,crc-32/v-42,crc-32/xz,pkzip"_L1},
    {"crc-32/jamcrc"_L1, 32, 0x04c11db7, 0xffffffff, LsbFirst, LsbFirst, 0x00000000, 0x340bc6d9, "jamcrc"_L1},
    {"crc-32/mef"_L1, 32, 0x741b8cd7, 0xffffffff, LsbFirst, LsbFirst, 0x00000000, 0xd2c22f51, ""_L1},
    {"crc-32/mpeg-2"_L1, 32, 0x04c11db7, 0xffffffff, MsbFirst, MsbFirst, 0x00000000, 0x0376e6e7, ""_L1},
    {"crc-32/xfer"_L1, 32, 0x000000af, 0x00000000, MsbFirst, MsbFirst, 0x00000000, 0xbd0be338, ""_L1},
    {"crc-40/gsm"_L1, 40, 0x0004820009, 0x0000000000, MsbFirst, MsbFirst, 0xffffffffff, 0xd4164fc646, ""_L1},
    {"crc-64/ecma-182"_L1, 64, 0x42f0e1eba9ea3693, 0x0000000000000000, MsbFirst, MsbFirst, 0x0000000000000000, 0x6c40df5f0b497347, "crc-64"_L1},
    {"crc-64/go-iso"_L1, 64, 0x000000000000001b, 0xffffffffffffffff, LsbFirst, LsbFirst, 0xffffffffffffffff, 0xb90956c775a41001, ""_L1},
    {"crc-64/ms"_L1, 64, 0x259c84cba6426349, 0xffffffffffffffff, LsbFirst, LsbFirst, 0x0000000000000000, 0x75d4b74f024eceea, ""_L1},
    {"crc-64/nvme"_L1, 64, 0xad93d23594c93659, 0xffffffffffffffff, LsbFirst, LsbFirst, 0xffffffffffffffff, 0xae8b14860a799888, ""_L1},
    {"crc-64/redis"_L1, 64, 0xad93d23594c935a9, 0x0000000000000000, LsbFirst, LsbFirst, 0x0000000000000000, 0xe9c6d914c4b8d9ca, ""_L1},
    {"crc-64/we"_L1, 64, 0x42f0e1eba9ea3693, 0xffffffffffffffff, MsbFirst, MsbFirst, 0xffffffffffffffff, 0x62ec59e3f1a4f00a, ""_L1},
    {"crc-64/xz"_L1, 64, 0x42f0e1eba9ea3693, 0xffffffffffffffff, LsbFirst, LsbFirst, 0xffffffffffffffff, 0x995dc9bbdf1939fa, "crc-64/go-ecma"_L1},
    {"crc-82/darc"_L1, 82, wide(0x308c, 0x0111011401440411), 0x0, LsbFirst, LsbFirst, 0x0, wide(0x9ea8, 0x3f625023801fd612), ""_L1},
});
// clang-format on

}  // namespace

std::span<const CrcModel> crcCatalogue() {
  return catalogue;
}

}  // namespace octetscope
