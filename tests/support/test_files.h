// TestFiles: files with given bytes, in a folder of their own that goes with them.
#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace octetscope::test {

class TestFiles {
 public:
  /// The path of a new file with `bytes`; empty where it could not be written.
  QString fileOf(const QByteArray &bytes) {
    const QString path = folder_.filePath(QString::number(++files_));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return {};
    return path;
  }

 protected:
  QTemporaryDir folder_;

 private:
  int files_ = 0;
};

}  // namespace octetscope::test
