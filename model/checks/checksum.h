// Checksum: one way to sum up bytes so that a receiver sees whether they came as they were sent: every algorithm of the
// CRC catalogue, and the plain sums that small protocols use. Immutable; its tables are made once, with it.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/checks/crc_catalogue.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>

namespace octetscope {

enum class ByteOrder : quint8 { Big, Little };

class Checksum {
 public:
  /// What has been summed up so far: two numbers, so that a scan's state can hold them.
  struct Running {
    quint64 low = 0;
    quint64 high = 0;  // only where the register has more than 64 bits
    bool operator==(const Running &) const = default;
  };

  /// By a name of names() or of aliases(), whatever the case of its letters; none where there is no such name.
  static std::optional<Checksum> named(QStringView name);
  /// Of every algorithm one: the catalogue's names in small letters, then `sum8`, `xor8`, `adler32`.
  static QStringList names();
  /// Other names: which, and the one of names() that each stands for.
  static QList<std::pair<QString, QString>> aliases();

  /// The one of names().
  QString name() const { return name_; }
  /// Bytes that its value takes in a message: as few as hold its bits.
  int size() const { return size_; }
  /// How it is usually written: a CRC that gives its lowest bit first comes with its lowest byte first.
  ByteOrder usualOrder() const { return usualOrder_; }

  Running start() const { return start_; }
  /// Sums up further bytes; however they are cut, the result is the same.
  void add(Running &running, ByteView bytes) const;
  /// The value of what was summed up.
  WideUInt value(const Running &running) const;
  WideUInt of(ByteView bytes) const;

  /// The value as size() bytes.
  QByteArray write(WideUInt value, ByteOrder order) const;
  /// The value that size() bytes say.
  WideUInt read(ByteView bytes, ByteOrder order) const;
  /// "0x29B1", with as many digits as size() bytes have.
  QString words(WideUInt value) const;

 private:
  enum class Kind : quint8 { CrcLsbFirst, CrcMsbFirst, WideCrc, Sum, Xor, Adler };
  struct Tables;

  Checksum() = default;
  void setModel(const CrcModel &model);
  void addCrc(quint64 &crc, ByteView bytes) const;
  void foldLong(quint64 &crc, ByteView &bytes) const;
  void addCrcLsbFirst(quint64 &crc, ByteView bytes) const;
  void addCrcMsbFirst(quint64 &crc, ByteView bytes) const;

  QString name_;
  Kind kind_ = Kind::Sum;
  int size_ = 1;
  ByteOrder usualOrder_ = ByteOrder::Big;
  Running start_;
  const CrcModel *model_ = nullptr;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace octetscope
