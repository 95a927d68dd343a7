// BytesCommands: View ▸ Bytes: how the bytes are shown: how many a row, in which groups, with what text beside them,
// and whether rows begin at messages. Both views of bytes follow; what was chosen is remembered.
#pragma once

#include "app/actions.h"
#include "widgets/hexview/hex_view.h"

#include <QObject>

namespace octetscope {

class MainWindow;

class BytesCommands : public QObject {
  Q_OBJECT
 public:
  explicit BytesCommands(MainWindow *window);

 private:
  void setBytesARow(int bytes);
  void askForBytesARow();
  void showBytesARow();
  void setGroup(int bytes);
  void setTextCode(TextCode code);
  void setByMessage(bool on);
  void keep(const QString &key, const QVariant &value);
  void restore();

  MainWindow *const window_;
  HexView *const bytes_;
  HexView *const payload_;
};

}  // namespace octetscope
