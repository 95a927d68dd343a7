// CopyCommands: Edit ▸ Copy as. What is copied is what is selected where the keyboard is: rows of the message list,
// bytes of the stream, or those of a payload; in any form that programs and people paste. The last form is remembered,
// and repeated by a key.
#pragma once

#include "model/copying/copy_text.h"
#include "widgets/controls/text_copier.h"
#include "widgets/messages/sliced_walk.h"

#include <QObject>

namespace octetscope {

class ConnectionDecoder;
class HexView;
class MainWindow;

class CopyCommands : public QObject {
  Q_OBJECT
 public:
  /// Rows and messages that are copied at once; more would be a file.
  static constexpr std::size_t mostPieces = 100'000;

  explicit CopyCommands(MainWindow *window);

  void updateEnabled();
  void copy(CopyFormat format);
  /// The rows that are selected in the message list, wherever the keyboard is.
  void copyRows(CopyFormat format);
  /// Whether what is selected means rows of the message list: there the keyboard was last.
  bool areRowsMeant() const { return place() == Place::Messages; }
  bool isRunning() const { return copier_.isRunning() || walk_.isRunning(); }

 private:
  enum class Place { Messages, Bytes, Payload };

  void onFocus(const QWidget *now);
  Place place() const;
  void copyBytes(CopyFormat format, HexView *bytes, const ConnectionDecoder *decoder, Direction direction);
  void start(std::vector<CopiedPiece> pieces, CopyFormat format);
  void remember(CopyFormat format);

  MainWindow *const window_;
  Place lastPlace_ = Place::Messages;
  CopyFormat last_ = CopyFormat::Hex;
  TextCopier copier_;
  SlicedWalk walk_;
};

}  // namespace octetscope
