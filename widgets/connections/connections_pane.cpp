#include "widgets/connections/connections_pane.h"

#include "widgets/controls/plain_tip_delegate.h"
#include "widgets/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>

namespace octetscope {

namespace {

using M = ConnectionsModel;

Capture *captureAt(const QModelIndex &index) {
  // The role carries the address as a number: the model must not make Capture a metatype of its own.
  return reinterpret_cast<Capture *>(index.data(M::CaptureRole).value<quintptr>());
}

int connectionAt(const QModelIndex &index) {
  const QVariant number = index.data(M::ConnectionNumberRole);
  return number.isValid() ? number.toInt() : -1;
}

/// The event whose glyph and colour a state has.
Event::Kind eventOf(ConnectionState state) {
  switch (state) {
    case ConnectionState::Connecting:
      return Event::Kind::Connecting;
    case ConnectionState::Connected:
      return Event::Kind::Connected;
    case ConnectionState::PeerFinished:
      return Event::Kind::PeerFinished;
    case ConnectionState::WeFinished:
      return Event::Kind::WeFinished;
    case ConnectionState::Idle:
    case ConnectionState::Closed:
      return Event::Kind::Closed;
    case ConnectionState::PeerReset:
      return Event::Kind::PeerReset;
    case ConnectionState::WeReset:
      return Event::Kind::WeReset;
    case ConnectionState::Failed:
      return Event::Kind::Failed;
    case ConnectionState::File:
      break;
  }
  return Event::Kind::Note;
}

bool isOpen(ConnectionState state) {
  return state == ConnectionState::Connecting || state == ConnectionState::Connected ||
         state == ConnectionState::PeerFinished || state == ConnectionState::WeFinished;
}

/// Adds what the model leaves to widgets: glyphs, colours, columns of numbers, tips that are never markup.
class ConnectionDelegate : public PlainTipDelegate {
 public:
  using PlainTipDelegate::PlainTipDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override {
    PlainTipDelegate::initStyleOption(option, index);
    if (index.column() == M::ReceivedColumn || index.column() == M::SentColumn) {
      option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    }
    const QVariant state = index.data(M::StateRole);
    if (!state.isValid()) {
      if (index.column() == M::NameColumn) option->font.setBold(true);
      return;
    }
    const auto how = static_cast<ConnectionState>(state.toInt());
    const Theme theme = Theme::of(option->palette);
    if (index.column() == M::StateColumn) {
      if (how != ConnectionState::File) option->text = Theme::glyph(eventOf(how)) + QLatin1Char(' ') + option->text;
      if (how != ConnectionState::Connected) option->palette.setColor(QPalette::Text, theme.event(eventOf(how)));
    } else if (!isOpen(how) && how != ConnectionState::File) {
      option->palette.setColor(QPalette::Text, theme.mutedText());
    }
  }
};

}  // namespace

ConnectionsPane::ConnectionsPane(QWidget *parent) : QTreeView(parent) {
  setItemDelegate(new ConnectionDelegate(this));
  setUniformRowHeights(true);
  setAllColumnsShowFocus(true);
  setEditTriggers(NoEditTriggers);
  setSelectionMode(SingleSelection);
  setAlternatingRowColors(true);
  setAccessibleName(tr("Connections"));
  header()->setStretchLastSection(false);
}

void ConnectionsPane::setModel(QAbstractItemModel *model) {
  const bool columnsAreNew = header()->count() == 0;
  {
    const QScopedValueRollback<bool> quiet(telling_, false);
    QTreeView::setModel(model);
  }
  if (!model) return;
  expandAll();
  if (columnsAreNew && header()->count() > M::SentColumn) {
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    header()->resizeSection(M::NameColumn, 22 * digit);
    header()->resizeSection(M::StateColumn, 16 * digit);
    header()->resizeSection(M::ReceivedColumn, 11 * digit);
    header()->resizeSection(M::SentColumn, 11 * digit);
  }
}

QSize ConnectionsPane::sizeHint() const {
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  return {46 * digit, 12 * (fontMetrics().height() + 4)};
}

void ConnectionsPane::showConnection(const Capture *capture, int number) {
  if (!model()) return;
  for (int row = 0; row < model()->rowCount(); ++row) {
    const QModelIndex top = model()->index(row, 0);
    if (captureAt(top) != capture) continue;
    QModelIndex found = top;
    for (int child = 0; number >= 0 && child < model()->rowCount(top); ++child) {
      if (connectionAt(model()->index(child, 0, top)) == number) found = model()->index(child, 0, top);
    }
    if (number >= 0 && found == top) return;
    const QScopedValueRollback<bool> quiet(telling_, false);
    setCurrentIndex(found);
    return;
  }
}

void ConnectionsPane::currentChanged(const QModelIndex &current, const QModelIndex &previous) {
  QTreeView::currentChanged(current, previous);
  const QModelIndex row = current.siblingAtColumn(0);
  if (!telling_ || !row.isValid() || row == previous.siblingAtColumn(0)) return;
  if (const int number = connectionAt(row); number >= 0) {
    Q_EMIT connectionChosen(captureAt(row), number);
  } else {
    Q_EMIT captureChosen(captureAt(row));
  }
}

void ConnectionsPane::rowsInserted(const QModelIndex &parent, int first, int last) {
  QTreeView::rowsInserted(parent, first, last);
  if (!parent.isValid()) {
    for (int row = first; row <= last; ++row) expand(model()->index(row, 0));
  } else if (model()->rowCount(parent) == last - first + 1) {
    expand(parent);  // its first connections: an empty branch could not be opened before
  }
}

QMenu *ConnectionsPane::createRowMenu(QWidget *parent) {
  auto *menu = new QMenu(parent);
  menu->setToolTipsVisible(true);
  const QModelIndex row = currentIndex().siblingAtColumn(0);
  if (!row.isValid()) return menu;
  Capture *capture = captureAt(row);
  const int number = connectionAt(row);
  const auto add = [&](const QString &text, const QString &tip, auto act) {
    QAction *action = menu->addAction(text);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, act);
  };
  if (number >= 0) {
    const auto state = static_cast<ConnectionState>(row.data(M::StateRole).toInt());
    if (isOpen(state)) {
      add(tr("&Close"), tr("Sends FIN after what is still queued, reads on until the peer's FIN (5 seconds at most)."),
          [this, capture, number] { Q_EMIT closeRequested(capture, number); });
      add(tr("&Reset (RST)"), tr("Ends the connection at once. The peer gets an error; what is queued is lost."),
          [this, capture, number] { Q_EMIT resetRequested(capture, number); });
    } else if (state != ConnectionState::File && state != ConnectionState::Idle &&
               !row.data(M::IsAcceptedRole).toBool()) {
      add(tr("Reconn&ect"), tr("Opens a new connection to the same place, in the same capture."),
          [this, capture, number] { Q_EMIT reconnectRequested(capture, number); });
    }
    add(tr("&Save Bytes…"), tr("Writes what was received or sent to a file, byte for byte."),
        [this, capture, number] { Q_EMIT saveRequested(capture, number); });
    menu->addSeparator();
  }
  add(tr("Re&move Capture…"), tr("Closes the capture with all its connections and takes it out of the list."),
      [this, capture] { Q_EMIT removeCaptureRequested(capture); });
  return menu;
}

void ConnectionsPane::contextMenuEvent(QContextMenuEvent *event) {
  if (!currentIndex().isValid()) return;
  QPoint at = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard) {
    at = viewport()->mapToGlobal(visualRect(currentIndex().siblingAtColumn(0)).bottomLeft());
  }
  QMenu *menu = createRowMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(at);
  event->accept();
}

void ConnectionsPane::keyPressEvent(QKeyEvent *event) {
  const QModelIndex row = currentIndex().siblingAtColumn(0);
  if (event->matches(QKeySequence::Delete) && row.isValid() && connectionAt(row) < 0) {
    Q_EMIT removeCaptureRequested(captureAt(row));
    event->accept();
    return;
  }
  QTreeView::keyPressEvent(event);
}

void ConnectionsPane::paintEvent(QPaintEvent *event) {
  QTreeView::paintEvent(event);
  if (model() && model()->rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                   tr("Nothing yet. Listen, connect, or open a file."));
}

}  // namespace octetscope
