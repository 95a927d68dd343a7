// ConnectionsPane: what listens, what is connected, what was opened: captures, and under each its connections with how
// they stand. It shows and asks; acting is its owner's business.
#pragma once

#include "model/items/connections_model.h"

#include <QTreeView>

class QMenu;

namespace octetscope {

class ConnectionsPane : public QTreeView {
  Q_OBJECT
 public:
  explicit ConnectionsPane(QWidget *parent = nullptr);

  /// A ConnectionsModel, or any with its roles; null: none. Not owned. Captures are opened as they come.
  void setModel(QAbstractItemModel *model) override;

  /// Shows which connection the window looks at, without telling it back. `number` -1: the capture itself. Nothing
  /// happens where there is no such row.
  void showConnection(const Capture *capture, int number);

  /// The menu for the current row: what makes no sense for it is not offered. The caller owns it.
  QMenu *createRowMenu(QWidget *parent);

  QSize sizeHint() const override;

 Q_SIGNALS:
  /// The user chose a connection, or a capture as a whole.
  void connectionChosen(octetscope::Capture *capture, int number);
  void captureChosen(octetscope::Capture *capture);
  /// The user asks for these. Closing sends FIN and waits for the peer's; resetting sends RST.
  void closeRequested(octetscope::Capture *capture, int number);
  void resetRequested(octetscope::Capture *capture, int number);
  /// A new connection to the same place, in the same capture.
  void reconnectRequested(octetscope::Capture *capture, int number);
  void saveRequested(octetscope::Capture *capture, int number);
  void removeCaptureRequested(octetscope::Capture *capture);

 protected:
  void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
  void rowsInserted(const QModelIndex &parent, int first, int last) override;
  void contextMenuEvent(QContextMenuEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void paintEvent(QPaintEvent *event) override;

 private:
  bool telling_ = true;
};

}  // namespace octetscope
