// The window's thread while a large file is framed, walked through, filtered and sorted: CPU time of its longest event,
// the time from the start of the program to the first painted bytes beside a bare Qt window, and the memory that is the
// program's own. Prints one line for each; no Google Benchmark, because an event loop has to run.
//
//     bench_window_events [MEBIBYTES]      (default 256)
#include "app/connection_view.h"
#include "app/main_window.h"
#include "app/window_commands.h"
#include "model/items/message_order.h"
#include "tests/bench/measured_application.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/message_tree_view.h"

#include <QElapsedTimer>
#include <QFile>
#include <QPlainTextEdit>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QWindow>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace octetscope;

namespace {

const QString bareMode = QStringLiteral("--bare");
const QString firstMode = QStringLiteral("--first");

void writeMessages(const QString &path, qint64 bytes) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) std::abort();
  QByteArray block;
  quint32 seed = 1;
  while (block.size() < (1 << 20) - 64) {
    seed = seed * 1103515245 + 12345;
    const int size = static_cast<int>(seed >> 16) % 16;
    block += '\0';
    block += static_cast<char>(size);
    block += QByteArray(size, static_cast<char>('a' + size));
  }
  for (qint64 written = 0; written < bytes; written += block.size()) file.write(block);
}

qint64 ownMemoryKiB() {
  QFile status(QStringLiteral("/proc/self/status"));
  if (!status.open(QIODevice::ReadOnly)) return -1;
  for (const QByteArray &line : status.readAll().split('\n')) {
    if (line.startsWith("RssAnon:")) return line.mid(8).trimmed().split(' ').first().toLongLong();
  }
  return -1;
}

void paintBareWindow(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) std::abort();
  QPlainTextEdit edit;
  edit.setPlainText(QString::fromLatin1(file.read(4096).toHex(' ')));
  edit.resize(1360, 900);
  edit.show();
  edit.grab();
  std::_Exit(0);
}

void paintFirstBytes(const QString &path) {
  QSettings settings(path + QStringLiteral(".ini"), QSettings::IniFormat);
  Workspace workspace;
  MainWindow window(&workspace, &settings);
  window.commands()->openFile(path);
  window.show();
  window.grab();
  std::_Exit(0);
}

/// From the start of a program to its first painted bytes, of the file: this one against one that only has a window.
void measureStart(const QString &path) {
  const auto timeOf = [&path](const QString &mode) {
    QElapsedTimer timer;
    timer.start();
    if (QProcess::execute(QCoreApplication::applicationFilePath(), {mode, path}) != 0) std::abort();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
  };
  std::vector<double> ours;
  std::vector<double> bare;
  for (int i = 0; i < 9; ++i) {
    bare.push_back(timeOf(bareMode));
    ours.push_back(timeOf(firstMode));
  }
  std::printf("first painted bytes, from the start of the program: %.0f ms, a bare window %.0f ms: %.2fx; bar 2.5\n",
              median(ours), median(bare), median(ours) / median(bare));
}

}  // namespace

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  MeasuredApplication application(argc, argv);
  if (argc > 2 && QString::fromLocal8Bit(argv[1]) == bareMode) paintBareWindow(QString::fromLocal8Bit(argv[2]));
  if (argc > 2 && QString::fromLocal8Bit(argv[1]) == firstMode) paintFirstBytes(QString::fromLocal8Bit(argv[2]));
  const qint64 mebibytes = argc > 1 ? std::atoll(argv[1]) : 256;
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("messages.bin"));
  writeMessages(path, mebibytes << 20);
  measureStart(path);

  QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
  QElapsedTimer timer;
  timer.start();
  Workspace workspace;
  MainWindow window(&workspace, &settings);
  window.commands()->openFile(path);
  window.show();
  window.grab();

  // Start-up is over once the window was exposed and has painted itself.
  QElapsedTimer shown;
  shown.start();
  runUntil([&] { return window.windowHandle()->isExposed() && shown.elapsed() > 300; });

  DecodeSettings decode;
  decode.of(Direction::In).framing = QStringLiteral("length:u16be");
  decode.of(Direction::In).layout = QStringLiteral("*s:text");
  application.begin();
  window.shownCapture()->setDecodeSettings(decode);
  timer.start();
  const ConnectionDecoder *decoder = window.view()->decoder();
  runUntil([&] { return !decoder->isBusy() && decoder->rowCount() > 0; });
  const auto framed = static_cast<double>(timer.elapsed());
  std::printf("%lld MiB, %llu messages framed in %.0f ms behind the window\n", static_cast<long long>(mebibytes),
              static_cast<unsigned long long>(decoder->rowCount()), framed);
  std::printf("longest event while framing: %.1f ms of the window's thread (%s); bar 16\n", application.longest(),
              application.longestName().constData());

  application.begin();
  for (int i = 0; i < 200; ++i) {
    const quint64 line = decoder->rowCount() / 200 * static_cast<quint64>(i);
    QTimer::singleShot(0, &window, [&window, line] { window.view()->messages()->showLine(line); });
    QTimer::singleShot(0, &window, [&window] { window.view()->messages()->goToNextMessage(); });
  }
  QTimer::singleShot(0, &window, [&window] { window.view()->setFollowing(true); });
  bool walked = false;
  QTimer::singleShot(0, &window, [&walked] { walked = true; });
  runUntil([&] { return walked; });
  std::printf("longest event while walking through: %.1f ms (%s); bar 16\n", application.longest(),
              application.longestName().constData());
  // Through the list, to the beginning of time and back.
  const auto walk = [&] {
    application.begin();
    bool isDone = false;
    for (int i = 0; i < 100; ++i) {
      const quint64 line = window.view()->messages()->lineCount() / 100 * static_cast<quint64>(i);
      QTimer::singleShot(0, &window, [&window, line] { window.view()->messages()->showLine(line); });
      QTimer::singleShot(0, &window, [&window] { window.view()->messages()->goToNextMessage(); });
    }
    for (int i = 0; i < 10; ++i) {
      QTimer::singleShot(0, &window, [&window] { window.view()->stepMessage(-1); });
    }
    QTimer::singleShot(0, &window, [&window] { window.view()->playhead()->first(); });
    QTimer::singleShot(0, &window, [&window] { window.view()->playhead()->returnToLive(); });
    QTimer::singleShot(0, &window, [&isDone] { isDone = true; });
    runUntil([&] { return isDone; });
  };
  for (const char *text : {"size > 8", "text contains \"ccccc\"", "size > 100", ""}) {
    application.begin();
    timer.start();
    QTimer::singleShot(0, &window, [&] { window.view()->messagePane()->filterBy(QString::fromLatin1(text)); });
    const MessageFilter *filter = window.view()->filter();
    runUntil([&] {
      const bool isSet = (filter->expression() ? filter->expression()->text() : QString()) == QLatin1String(text);
      return isSet && !filter->isBusy() && (!filter->isActive() || filter->judgedRows() == decoder->liveRowCount());
    });
    const auto filtered = static_cast<double>(timer.elapsed());
    const double judging = application.longest();
    const QByteArray name = application.longestName();
    walk();
    std::printf(
        "filtered by '%s' in %.0f ms, %llu rows: longest event %.1f ms (%s), then walking %.1f ms (%s); bar 16\n", text,
        filtered, static_cast<unsigned long long>(window.view()->messages()->lineCount()), judging, name.constData(),
        application.longest(), application.longestName().constData());
  }
  std::printf("memory of its own: %.1f MiB; bar 120\n", static_cast<double>(ownMemoryKiB()) / 1024);
  for (const char *name : {"text", "size"}) {
    application.begin();
    timer.start();
    MessageOrder *order = window.view()->messageModel()->order();
    QTimer::singleShot(0, &window, [&] { (void)order->sortBy(MessageSort{.name = QString::fromLatin1(name)}); });
    runUntil([&] { return order->sort() && order->sort()->name == QLatin1String(name) && !order->isBusy(); });
    const auto sorted = static_cast<double>(timer.elapsed());
    const double sorting = application.longest();
    const QByteArray event = application.longestName();
    walk();
    std::printf("sorted by %s in %.0f ms: longest event %.1f ms (%s), then walking %.1f ms (%s); bar 16\n", name,
                sorted, sorting, event.constData(), application.longest(), application.longestName().constData());
    // What was a long way back in time is sorted again.
    runUntil([&] { return order->isBusy(); });
    runUntil([&] { return !order->isBusy(); });
  }
  std::printf("memory of its own, sorted: %.1f MiB\n", static_cast<double>(ownMemoryKiB()) / 1024);
  return 0;
}
