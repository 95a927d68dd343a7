#include "model/items/connections_model.h"

#include "model/framing/framing_words.h"

#include <algorithm>

namespace octetscope {

struct ConnectionsModel::Row {
  std::shared_ptr<Connection> connection;
  ConnectionState state = ConnectionState::Idle;
  bool isAccepted = true;
  bool isSettled = false;  // over, and nothing of it changes any more
  quint64 bytesIn = 0;
  quint64 bytesOut = 0;
  quint64 eventsSeen = 0;
  QString failure;
};

struct ConnectionsModel::Node {
  Capture *capture;
  std::vector<Row> rows;
  std::size_t settled = 0;  // rows before this one are settled

  quint64 sum(quint64 Row::*bytes) const {
    quint64 result = 0;
    for (const Row &row : rows) result += row.*bytes;
    return result;
  }
};

// An index carries the Node it belongs to: a capture's own rows none, its connections' the capture's.

ConnectionsModel::ConnectionsModel(CaptureList *captures, QObject *parent)
    : QAbstractItemModel(parent), captures_(captures) {
  for (Capture *capture : captures->all()) adopt(capture);
  connect(captures, &CaptureList::aboutToBeAdded, this, [this](int index) { beginInsertRows({}, index, index); });
  connect(captures, &CaptureList::added, this, [this](Capture *capture) {
    adopt(capture);
    endInsertRows();
    insertNew(*nodes_.back());
  });
  connect(captures, &CaptureList::aboutToBeRemoved, this, [this](Capture *capture) {
    const int row = captures_->indexOf(capture);
    capture->disconnect(this);
    beginRemoveRows({}, row, row);
    nodes_.erase(nodes_.begin() + row);
    endRemoveRows();
  });
  for (const auto &node : nodes_) insertNew(*node);
}

ConnectionsModel::~ConnectionsModel() = default;

void ConnectionsModel::adopt(Capture *capture) {
  nodes_.push_back(std::make_unique<Node>(Node{capture, {}, 0}));
  // Emitted by the thread that accepts: it comes queued, perhaps after refresh() has seen the connection.
  connect(capture, &Capture::connectionAdded, this, [this, capture] {
    if (Node *node = nodeOf(capture)) insertNew(*node);
  });
  connect(capture, &Capture::titleChanged, this, [this, capture] {
    const QModelIndex index = indexOf(capture);
    Q_EMIT dataChanged(index, index);
  });
}

ConnectionsModel::Node *ConnectionsModel::nodeOf(const Capture *capture) const {
  const auto found = std::ranges::find_if(nodes_, [capture](const auto &node) { return node->capture == capture; });
  return found == nodes_.end() ? nullptr : found->get();
}

void ConnectionsModel::insertNew(Node &node) {
  const int known = static_cast<int>(node.rows.size());
  const int count = node.capture->connectionCount();
  if (count <= known) return;
  beginInsertRows(indexOf(node.capture), known, count - 1);
  for (int number = known; number < count; ++number) {
    Row row;
    row.connection = node.capture->connection(number);
    update(row);
    node.rows.push_back(std::move(row));
  }
  endInsertRows();
}

/// Brings a row up to date; true where something changed that is shown.
bool ConnectionsModel::update(Row &row) {
  const Connection &connection = *row.connection;
  const bool isOver = connection.isOver();  // asked first: what is read after it is all there is
  const Row before = row;
  row.bytesIn = connection.stream(Direction::In).size();
  row.bytesOut = connection.stream(Direction::Out).size();
  for (const quint64 count = connection.eventCount(); row.eventsSeen < count; ++row.eventsSeen) {
    const Event event = connection.event(row.eventsSeen);
    const auto bothFinished = [&](ConnectionState other, ConnectionState now) {
      row.state = row.state == other ? ConnectionState::Closed : now;
    };
    switch (event.kind) {
      case Event::Kind::Connecting:
        row.state = ConnectionState::Connecting;
        row.isAccepted = false;
        break;
      case Event::Kind::Connected:
        row.state = ConnectionState::Connected;
        row.isAccepted = false;
        break;
      case Event::Kind::Accepted:
        row.state = ConnectionState::Connected;
        break;
      case Event::Kind::PeerFinished:
        bothFinished(ConnectionState::WeFinished, ConnectionState::PeerFinished);
        break;
      case Event::Kind::WeFinished:
        bothFinished(ConnectionState::PeerFinished, ConnectionState::WeFinished);
        break;
      case Event::Kind::PeerReset:
        row.state = ConnectionState::PeerReset;
        break;
      case Event::Kind::WeReset:
        row.state = ConnectionState::WeReset;
        break;
      case Event::Kind::Failed:
        row.state = ConnectionState::Failed;
        row.failure = event.text;
        break;
      case Event::Kind::Closed:
        // How it came to that says more.
        if (row.state != ConnectionState::PeerReset && row.state != ConnectionState::WeReset &&
            row.state != ConnectionState::Failed) {
          row.state = ConnectionState::Closed;
        }
        break;
      case Event::Kind::Note:
        break;
    }
  }
  if (isOver && row.eventsSeen == 0 && connection.from().isNone()) row.state = ConnectionState::File;
  row.isSettled = isOver;
  return row.bytesIn != before.bytesIn || row.bytesOut != before.bytesOut || row.state != before.state ||
         row.isSettled != before.isSettled || row.eventsSeen != before.eventsSeen;
}

void ConnectionsModel::refresh() {
  for (const auto &node : nodes_) {
    insertNew(*node);
    const QModelIndex parent = indexOf(node->capture);
    bool isChanged = false;
    while (node->settled < node->rows.size() && node->rows[node->settled].isSettled) ++node->settled;
    for (std::size_t i = node->settled; i < node->rows.size(); ++i) {
      Row &row = node->rows[i];
      if (row.isSettled || !update(row)) continue;
      isChanged = true;
      const int number = static_cast<int>(i);
      Q_EMIT dataChanged(index(number, 0, parent), index(number, ColumnCount - 1, parent));
    }
    if (isChanged) Q_EMIT dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
  }
}

Capture *ConnectionsModel::captureOf(const QModelIndex &index) const {
  if (!index.isValid()) return nullptr;
  const auto *const node = static_cast<const Node *>(index.internalPointer());
  return node ? node->capture : nodes_[static_cast<std::size_t>(index.row())]->capture;
}

int ConnectionsModel::connectionOf(const QModelIndex &index) const {
  return index.isValid() && index.internalPointer() ? index.row() : -1;
}

QModelIndex ConnectionsModel::indexOf(const Capture *capture) const {
  const auto found = std::ranges::find_if(nodes_, [capture](const auto &node) { return node->capture == capture; });
  return found == nodes_.end() ? QModelIndex() : createIndex(static_cast<int>(found - nodes_.begin()), 0, nullptr);
}

QModelIndex ConnectionsModel::indexOf(const Capture *capture, int connection) const {
  return index(connection, 0, indexOf(capture));
}

QModelIndex ConnectionsModel::index(int row, int column, const QModelIndex &parent) const {
  if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, nullptr);
  return createIndex(row, column, nodes_[static_cast<std::size_t>(parent.row())].get());
}

QModelIndex ConnectionsModel::parent(const QModelIndex &child) const {
  const auto *const node = child.isValid() ? static_cast<const Node *>(child.internalPointer()) : nullptr;
  return node ? indexOf(node->capture) : QModelIndex();
}

int ConnectionsModel::rowCount(const QModelIndex &parent) const {
  if (!parent.isValid()) return static_cast<int>(nodes_.size());
  if (parent.column() != 0 || parent.internalPointer()) return 0;
  return static_cast<int>(nodes_[static_cast<std::size_t>(parent.row())]->rows.size());
}

int ConnectionsModel::columnCount(const QModelIndex &) const {
  return ColumnCount;
}

QString ConnectionsModel::stateText(const Row &row) const {
  switch (row.state) {
    case ConnectionState::Idle:
      return row.isSettled ? tr("over") : QString();
    case ConnectionState::Connecting:
      return row.isSettled ? tr("given up") : tr("connecting");
    case ConnectionState::Connected:
      return row.isSettled ? tr("cut") : tr("connected");
    case ConnectionState::PeerFinished:
      return row.isSettled ? tr("cut") : tr("peer has finished");
    case ConnectionState::WeFinished:
      return row.isSettled ? tr("cut") : tr("we have finished");
    case ConnectionState::Closed:
      return tr("closed");
    case ConnectionState::PeerReset:
      return tr("reset by peer");
    case ConnectionState::WeReset:
      return tr("reset by us");
    case ConnectionState::Failed:
      return tr("failed");
    case ConnectionState::File:
      return row.connection->isExample() ? tr("example") : tr("file");
  }
  return {};
}

QString ConnectionsModel::stateTip(const Row &row) const {
  switch (row.state) {
    case ConnectionState::Connected:
      return row.isSettled ? tr("The capture was stopped while it was open") : tr("Both directions are open");
    case ConnectionState::PeerFinished:
      return tr("The peer sent FIN: it will send no more. It may still receive");
    case ConnectionState::WeFinished:
      return tr("We sent FIN: we will send no more. The peer may go on");
    case ConnectionState::Closed:
      return tr("Both directions ended with FIN, or we let go");
    case ConnectionState::PeerReset:
      return tr("The peer sent RST: it broke the connection off, and what was under way may be lost");
    case ConnectionState::WeReset:
      return tr("We sent RST: the connection was broken off at once");
    case ConnectionState::Failed:
      return row.failure;
    case ConnectionState::File:
      return tr("Bytes that were there before: nothing more will come");
    case ConnectionState::Idle:
    case ConnectionState::Connecting:
      break;
  }
  return stateText(row);
}

QVariant ConnectionsModel::captureData(const Node &node, int column, int role) const {
  if (role == BytesInRole) return node.sum(&Row::bytesIn);
  if (role == BytesOutRole) return node.sum(&Row::bytesOut);
  if (column == NameColumn && (role == Qt::DisplayRole || role == Qt::ToolTipRole)) return node.capture->title();
  return {};
}

QVariant ConnectionsModel::connectionData(const Row &row, int column, int role) const {
  const Connection &connection = *row.connection;
  const Endpoint peer = row.isAccepted ? connection.from() : connection.to();
  const bool isFile = row.state == ConnectionState::File;
  const QString title = tr("connection %1").arg(connection.number());
  switch (role) {
    case ConnectionNumberRole:
      return connection.number();
    case StateRole:
      return static_cast<int>(row.state);
    case BytesInRole:
      return row.bytesIn;
    case BytesOutRole:
      return row.bytesOut;
    case IsAcceptedRole:
      return row.isAccepted;
    case Qt::ToolTipRole:
      if (column == StateColumn) return stateTip(row);
      if (connection.isExample()) return tr("the bytes of the example");
      if (peer.isNone()) return isFile ? tr("the bytes of the file") : title;
      return tr("%1: from %2 to %3, %4").arg(title, connection.from().text(), connection.to().text(), stateText(row));
    case Qt::AccessibleTextRole:
      if (column != NameColumn || peer.isNone()) return {};
      return row.isAccepted ? tr("from %1").arg(peer.text()) : tr("to %1").arg(peer.text());
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  switch (column) {
    case NameColumn:
      if (connection.isObserved()) return QString(connection.from().text() + tr(" → ") + connection.to().text());
      if (peer.isNone()) return isFile ? tr("bytes") : title;
      return QString((row.isAccepted ? tr("← ") : tr("→ ")) + peer.text());
    case StateColumn:
      return stateText(row);
    case ReceivedColumn:
      return grouped(row.bytesIn);
    case SentColumn:
      return isFile ? QString() : grouped(row.bytesOut);
    default:
      return {};
  }
}

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const {
  if (!index.isValid()) return {};
  if (role == CaptureRole) return QVariant::fromValue(reinterpret_cast<quintptr>(captureOf(index)));
  if (role == Qt::TextAlignmentRole) {
    const bool isNumber = index.column() == ReceivedColumn || index.column() == SentColumn;
    return QVariant(isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
  }
  const auto *const node = static_cast<const Node *>(index.internalPointer());
  if (!node) return captureData(*nodes_[static_cast<std::size_t>(index.row())], index.column(), role);
  return connectionData(node->rows[static_cast<std::size_t>(index.row())], index.column(), role);
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case NameColumn:
      return tr("Connection");
    case StateColumn:
      return tr("State");
    case ReceivedColumn:
      return tr("Bytes in");
    case SentColumn:
      return tr("Bytes out");
    default:
      return {};
  }
}

}  // namespace octetscope
