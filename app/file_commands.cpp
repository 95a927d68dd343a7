#include "app/file_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "app/workspace.h"
#include "model/files/raw_writer.h"
#include "widgets/messages/message_tree_view.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

namespace octetscope {

namespace {

constexpr int recentCount = 10;
const QString recentKey = QStringLiteral("files/recent");

}  // namespace

FileCommands::FileCommands(MainWindow *window)
    : QObject(window), window_(window), recent_(new QMenu(tr("Open &recent"), window)) {
  const auto on = [&](ActionId id, auto &&run) { connect(window_->actions()[id], &QAction::triggered, this, run); };
  on(ActionId::OpenFile, [this] { choose(); });
  on(ActionId::SaveReceived, [this] { save(Direction::In); });
  on(ActionId::SaveSent, [this] { save(Direction::Out); });
  fillRecent();
}

void FileCommands::updateEnabled() {
  const std::shared_ptr<Connection> connection = window_->view()->connection();
  const auto enable = [&](ActionId id, Direction direction) {
    window_->actions()[id]->setEnabled(connection && connection->stream(direction).size() > 0 && !writer_);
  };
  enable(ActionId::SaveReceived, Direction::In);
  enable(ActionId::SaveSent, Direction::Out);
}

void FileCommands::choose() {
  const QStringList paths = QFileDialog::getOpenFileNames(window_, tr("Open raw bytes"));
  for (const QString &path : paths) open(path);
}

void FileCommands::open(const QString &path) {
  auto capture = window_->workspace()->openFile(path);
  if (!capture) {
    window_->showError(capture.error());
    return;
  }
  remember(QFileInfo(path).absoluteFilePath());
  window_->showConnection(*capture, 0);
  window_->view()->messages()->setFocus(Qt::OtherFocusReason);
}

void FileCommands::remember(const QString &path) {
  QStringList paths = window_->settings()->value(recentKey).toStringList();
  paths.removeAll(path);
  paths.prepend(path);
  window_->settings()->setValue(recentKey, QStringList(paths.mid(0, recentCount)));
  fillRecent();
}

void FileCommands::fillRecent() {
  recent_->clear();
  const QStringList paths = window_->settings()->value(recentKey).toStringList();
  for (const QString &path : paths) {
    QAction *action = recent_->addAction(QFileInfo(path).fileName().replace(QLatin1Char('&'), QLatin1String("&&")),
                                         this, [this, path] { open(path); });
    action->setToolTip(path);
    action->setStatusTip(path);
  }
  recent_->setToolTipsVisible(true);
  recent_->menuAction()->setStatusTip(tr("Open a file that was open before"));
  recent_->setEnabled(!paths.isEmpty());
}

void FileCommands::save(Direction direction) {
  const std::shared_ptr<Connection> connection = window_->view()->connection();
  if (!connection || writer_) return;
  const QString path = QFileDialog::getSaveFileName(
      window_, direction == Direction::In ? tr("Save received bytes") : tr("Save sent bytes"),
      QStringLiteral("stream.bin"));
  if (path.isEmpty()) return;
  const ByteSnapshot bytes = connection->stream(direction).view().bytes;
  writer_ = new RawWriter(this);
  const auto done = [this] {
    writer_->deleteLater();
    writer_ = nullptr;
    Q_EMIT savingChanged();
  };
  connect(writer_, &RawWriter::progress, this, [this, path](quint64 written, quint64 total) {
    window_->say(tr("Saving %1: %2 of %3 bytes")
                     .arg(path, window_->locale().toString(written), window_->locale().toString(total)));
  });
  connect(writer_, &RawWriter::finished, this,
          [this, done, path, direction, size = bytes.size(), number = connection->number(),
           capture = QPointer<Capture>(window_->shownCapture())] {
            window_->say(tr("Saved %1").arg(path));
            if (capture) capture->markSaved(number, direction, size);
            done();
          });
  connect(writer_, &RawWriter::failed, this, [this, done](const Error &error) {
    window_->showError(error);
    done();
  });
  writer_->start(path, bytes);
  Q_EMIT savingChanged();
}

}  // namespace octetscope
