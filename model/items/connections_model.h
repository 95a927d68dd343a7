// ConnectionsModel: captures and, under each, its connections: with whom, how many bytes, and how each stands or ended.
#pragma once

#include "model/items/capture_list.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace octetscope {

/// How a connection stands, from its events.
enum class ConnectionState : quint8 {
  Idle,          ///< nothing happened yet
  Connecting,    ///< under way
  Connected,     ///< both directions are usable
  PeerFinished,  ///< the peer's FIN came; we may go on
  WeFinished,    ///< our FIN went out; the peer may go on
  Closed,        ///< over, in good order
  PeerReset,     ///< over, by the peer's RST
  WeReset,       ///< over, by our RST
  Failed,        ///< over, or never there: an error
  File,          ///< bytes that were there before: a file
};

/// Lives in the window's thread. Connections that come are rows at once; what changes in them (bytes, states) is told
/// by refresh(), which whoever paints calls once a frame.
class ConnectionsModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { NameColumn, StateColumn, ReceivedColumn, SentColumn, ColumnCount };
  enum Role {
    CaptureRole = Qt::UserRole + 1,  ///< quintptr of the Capture, of both kinds of rows
    ConnectionNumberRole,            ///< int; absent for captures
    StateRole,                       ///< int(ConnectionState); absent for captures
    BytesInRole,                     ///< quint64; of a capture: the sum
    BytesOutRole,                    ///< quint64
    IsAcceptedRole,                  ///< bool: the peer opened it
  };

  /// Not owned; must outlive the model.
  explicit ConnectionsModel(CaptureList *captures, QObject *parent = nullptr);
  ~ConnectionsModel() override;

  /// nullptr: not a row of this model.
  Capture *captureOf(const QModelIndex &index) const;
  /// -1: not a connection.
  int connectionOf(const QModelIndex &index) const;
  QModelIndex indexOf(const Capture *capture) const;
  QModelIndex indexOf(const Capture *capture, int connection) const;

  QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
  QModelIndex parent(const QModelIndex &child) const override;
  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 public Q_SLOTS:
  /// Tells what changed since the last call. Costs what is not over yet.
  void refresh();

 private:
  struct Row;
  struct Node;
  void adopt(Capture *capture);
  void insertNew(Node &node);
  static bool update(Row &row);
  QVariant captureData(const Node &node, int column, int role) const;
  QVariant connectionData(const Row &row, int column, int role) const;
  QString stateText(const Row &row) const;
  QString stateTip(const Row &row) const;
  Node *nodeOf(const Capture *capture) const;

  CaptureList *const captures_;
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace octetscope
