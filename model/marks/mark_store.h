// MarkStore: what remembers the marks of files: a folder with one JSON file for each file that has marks. A file is the
// same one when its path, its size and its first bytes are the same: else offsets would say nothing.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/marks/mark.h"
#include "model/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace octetscope {

/// What a file is known by.
struct MarkedFile {
  QString path;  ///< absolute
  quint64 size = 0;
  QByteArray hash;  ///< of its first bytes

  /// `bytes`: all of them; no more than the first 64 KiB are looked at.
  static MarkedFile of(const QString &path, ByteView bytes);
  bool operator==(const MarkedFile &) const = default;
};

/// Any thread; one at a time for a folder.
class MarkStore {
 public:
  /// So many files are remembered, the longest unchanged go first.
  static constexpr int mostFiles = 200;

  /// The folder is made when it is first written to.
  explicit MarkStore(QString folder) : folder_(std::move(folder)) {}

  /// Of this very file; empty where nothing is known of it, or what is there cannot be read.
  std::vector<Mark> load(const MarkedFile &file) const;
  /// No marks: forgets the file. Errors: the folder or the file cannot be written.
  Result<void> save(const MarkedFile &file, const std::vector<Mark> &marks) const;

  /// The text that is kept, and back. What is no mark of such a file is left out; none: it is of another file.
  static QByteArray textOf(const MarkedFile &file, const std::vector<Mark> &marks);
  static std::optional<std::vector<Mark>> marksIn(const QByteArray &text, const MarkedFile &file);

 private:
  QString pathOf(const MarkedFile &file) const;

  QString folder_;
};

}  // namespace octetscope
