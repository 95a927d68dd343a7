#include "app/file_commands.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "app/mark_keeper.h"
#include "app/marking.h"
#include "app/window_commands.h"
#include "app/workspace.h"
#include "model/files/raw_writer.h"
#include "widgets/messages/message_tree_view.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

namespace octetscope {

namespace {

constexpr int recentCount = 10;
const QString recentKey = QStringLiteral("files/recent");

}  // namespace

FileCommands::FileCommands(MainWindow *window)
    : QObject(window),
      window_(window),
      keeper_(window->workspace()->captures(), window->settings()),
      recent_(new QMenu(tr("Open &recent"), window)) {
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

void FileCommands::open(const QString &path, const DecodeSettings *as) {
  auto capture = window_->workspace()->openFile(path);
  if (!capture) {
    window_->showError(capture.error());
    return;
  }
  remember(QFileInfo(path).absoluteFilePath());
  window_->showConnection(*capture, 0);
  if (as) {
    (*capture)->setDecodeSettings(*as);
    keeper_.keep(*capture);
  } else {
    readAsBefore(*capture);
  }
  window_->view()->messages()->setFocus(Qt::OtherFocusReason);
}

void FileCommands::readAsBefore(Capture *capture) {
  const auto settings = keeper_.lastReading(*capture);
  if (!settings || *settings == capture->decodeSettings()) return;
  window_->commands()->history()->change(*settings, {.connection = 0}, nullptr, tr("Framing and struct of the file"));
  window_->say(tr("Framing and struct are as this file had them. Ctrl+Z takes them back."));
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

bool FileCommands::mayLose(const QList<Capture *> &captures, const std::function<void()> &again) {
  if (captures.isEmpty()) return true;
  QStringList titles;
  qulonglong marks = 0;
  const MarkKeeper *keeper = window_->commands()->marking()->keeper();
  for (const Capture *capture : captures) {
    titles.append(capture->title());
    marks += keeper->keptNowhere(capture);
  }
  QString words = tr("These captures hold bytes that were not saved:\n\n%1").arg(titles.join(QLatin1Char('\n')));
  if (marks == 1) words += tr("\n\nThe mark in them goes with them.");
  if (marks > 1) words += tr("\n\nThe %1 marks in them go with them.").arg(window_->locale().toString(marks));
  words += tr("\n\nLet go of them?");
  QMessageBox question(QMessageBox::Question, tr("Unsaved bytes"), words, QMessageBox::Discard | QMessageBox::Cancel,
                       window_);
  question.setTextFormat(Qt::PlainText);
  if (captures.size() == 1) {
    question.addButton(QMessageBox::Save)->setText(tr("&Save…"));
  } else {
    question.setInformativeText(
        tr("File > Save received bytes and Save sent bytes save those of the connection that is shown, its marks with "
           "them."));
  }
  question.setDefaultButton(QMessageBox::Cancel);
  const int answer = question.exec();
  if (answer == QMessageBox::Save) saveAll(captures.first(), again);
  return answer == QMessageBox::Discard;
}

void FileCommands::saveAll(Capture *capture, const std::function<void()> &then) {
  QList<Part> parts;
  for (int i = 0; i < capture->connectionCount(); ++i) {
    for (const Direction direction : {Direction::In, Direction::Out}) {
      if (capture->isUnsaved(i, direction)) parts.append({i, direction});
    }
  }
  saveParts(capture, parts, then);
}

void FileCommands::saveParts(const QPointer<Capture> &capture, QList<Part> parts, const std::function<void()> &then) {
  if (!capture) return;
  if (parts.isEmpty()) return then();
  const Part part = parts.takeFirst();
  window_->showConnection(capture, part.connection);
  save(part.direction, [this, capture, parts, then] { saveParts(capture, parts, then); });
}

void FileCommands::save(Direction direction, const std::function<void()> &then) {
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
          [this, done, then, path, direction, bytes, number = connection->number(),
           capture = QPointer<Capture>(window_->shownCapture())] {
            window_->say(tr("Saved %1").arg(path));
            if (capture) {
              capture->markSaved(number, direction, bytes.size());
              keeper_.keepFor(capture, number, direction, path, bytes.size());
              window_->commands()->marking()->keeper()->keepFor(capture, number, direction, path, bytes);
            }
            done();
            if (then) then();
          });
  connect(writer_, &RawWriter::failed, this, [this, done](const Error &error) {
    window_->showError(error);
    done();
  });
  writer_->start(path, bytes);
  Q_EMIT savingChanged();
}

}  // namespace octetscope
