// The window's thread while charts of millions of messages are gathered, drawn and zoomed, and while two messages of 32
// MiB are compared byte by byte: CPU time of its longest event. Prints one line for each; no Google Benchmark, because
// an event loop has to run.
//
//     bench_window_plots [MEBIBYTES]      (default 64)
#include "app/connection_view.h"
#include "app/main_window.h"
#include "app/message_differences.h"
#include "app/plots.h"
#include "app/window_commands.h"
#include "tests/bench/measured_application.h"
#include "widgets/difference/difference_view.h"
#include "widgets/messages/message_tree_view.h"

#include <QFile>
#include <QKeyEvent>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace octetscope;

namespace {

void write(const QString &path, qint64 bytes) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) std::abort();
  quint32 seed = 1;
  QByteArray block;
  while (block.size() < (1 << 20)) {
    seed = seed * 1103515245 + 12345;
    const int size = 4 + static_cast<int>(seed >> 16) % 16;
    block += '\0';
    block += static_cast<char>(size);
    block += QByteArray(size, static_cast<char>(seed >> 24));
  }
  for (qint64 written = 0; written < bytes; written += block.size()) file.write(block);
}

void openAs(MainWindow &window, const QString &path, const QString &framing, const QString &layout) {
  window.commands()->openFile(path);
  DecodeSettings decode;
  decode.of(Direction::In).framing = framing;
  decode.of(Direction::In).layout = layout;
  window.shownCapture()->setDecodeSettings(decode);
  const ConnectionDecoder *decoder = window.view()->decoder();
  runUntil([&] { return !decoder->isBusy() && decoder->rowCount() > 0; });
}

void press(QWidget *widget, int key) {
  QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
  QApplication::sendEvent(widget, &event);
  widget->repaint();
}

QWidget *named(const QWidget *parent, const QString &name) {
  for (QWidget *widget : parent->findChildren<QWidget *>()) {
    if (widget->accessibleName() == name) return widget;
  }
  std::abort();
}

void plot(MeasuredApplication &application, MainWindow &window, const char *name, const PlotChoice &choice) {
  Plots *plots = window.commands()->plots();
  plots->openWith({PlotKind::Sizes, {}});
  application.begin();
  plots->openWith(choice);
  const auto *sentence = static_cast<QLabel *>(named(plots->window(), QStringLiteral("What the chart shows")));
  runUntil([&] {
    return sentence->text().contains(QStringLiteral("messages.")) &&
           !sentence->text().contains(QStringLiteral("still to come")) && !sentence->text().startsWith(u'G');
  });
  QWidget *chart = named(plots->window(), QStringLiteral("Chart"));
  for (const int key : {Qt::Key_Home, Qt::Key_Right, Qt::Key_Plus, Qt::Key_Plus, Qt::Key_PageDown, Qt::Key_0}) {
    QTimer::singleShot(0, chart, [chart, key] { press(chart, key); });
  }
  bool isDone = false;
  QTimer::singleShot(0, chart, [&isDone] { isDone = true; });
  runUntil([&] { return isDone; });
  // As close as it gets, around one that is pointed at, and to the side: what is there is gathered again.
  for (int i = 0; i < 50; ++i) {
    QTimer::singleShot(i * 20, chart, [chart, i] {
      press(chart, i == 0 ? Qt::Key_End : i < 45 ? Qt::Key_Plus : Qt::Key_PageUp);
    });
  }
  isDone = false;
  QTimer::singleShot(1500, chart, [&isDone] { isDone = true; });
  runUntil([&] { return isDone; });
  std::printf("plot %s: longest event %.1f ms (%s); bar 16. %s\n", name, application.longest(),
              application.longestName().constData(), qPrintable(sentence->text()));
}

}  // namespace

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  MeasuredApplication application(argc, argv);
  const qint64 mebibytes = argc > 1 ? std::atoll(argv[1]) : 64;
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
  Workspace workspace;
  MainWindow window(&workspace, &settings);
  window.resize(1360, 900);
  window.show();
  const QString path = folder.filePath(QStringLiteral("messages.bin"));
  write(path, mebibytes << 20);
  openAs(window, path, QStringLiteral("length:u16be"), QStringLiteral("!I:n *s:text"));
  plot(application, window, "field over messages", {PlotKind::FieldOverMessages, QStringLiteral("n")});
  plot(application, window, "values of a field", {PlotKind::Histogram, QStringLiteral("n")});
  window.commands()->plots()->window()->close();

  // Every other byte differs.
  QFile two(folder.filePath(QStringLiteral("two.bin")));
  if (!two.open(QIODevice::WriteOnly)) std::abort();
  QByteArray message(32 << 20, 'a');
  two.write(message);
  for (qsizetype i = 0; i < message.size(); i += 2) message[i] = 'b';
  two.write(message);
  two.close();
  openAs(window, two.fileName(), QStringLiteral("fixed:%1").arg(32 << 20), QStringLiteral("I:n *s:text"));
  MessageTreeView *messages = window.view()->messages();
  messages->goTo(messages->model()->index(0, 0));
  window.actions()[ActionId::CompareMessages]->trigger();
  messages->goTo(messages->model()->index(1, 0));
  application.begin();
  window.actions()[ActionId::CompareMessages]->trigger();
  const DifferenceWindow *differences = window.commands()->differences()->window();
  runUntil([&] { return differences->isComplete(); });
  QWidget *view = named(differences, QStringLiteral("The two, byte beside byte"));
  for (const int key : {Qt::Key_PageDown, Qt::Key_Down, Qt::Key_End}) {
    QTimer::singleShot(0, view, [view, key] { press(view, key); });
  }
  bool isDone = false;
  QTimer::singleShot(0, view, [&isDone] { isDone = true; });
  runUntil([&] { return isDone; });
  std::printf("compare two of 32 MiB: longest event %.1f ms (%s); bar 16\n", application.longest(),
              application.longestName().constData());
  return 0;
}
