// The window's thread while one looks into messages of megabytes: a joined payload with its own bytes beside the
// stream's, one JSON value as a message, a decompressed payload, long messages in error. CPU time of the longest event
// of each walk through them, a line each; the bar is 16 ms.
//
//     bench_window_payloads [NAME]      (default: all)
#include "app/connection_view.h"
#include "app/main_window.h"
#include "app/window_commands.h"
#include "model/framing/registry.h"
#include "tests/bench/measured_application.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QElapsedTimer>
#include <QFile>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QWindow>

#include <cstdio>
#include <cstdlib>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mib = 1 << 20;

QByteArray encoded(const QString &spec, const QByteArray &payload) {
  return framerFromSpec(spec).value()->encode(payload).value();
}

QByteArray jsonOf(qsizetype size) {
  QByteArray text = "[";
  for (int i = 0; text.size() < size; ++i) {
    text += R"({"seq":)" + QByteArray::number(i) + R"(,"name":"sensor )" + QByteArray::number(i * 7919 % 1000) +
            R"(","values":[1,2.5,null,true]},)";
  }
  return text.chopped(1) + "]";
}

QByteArray linesOf(qsizetype size) {
  QByteArray text;
  for (int i = 0; text.size() < size; ++i) text += "line " + QByteArray::number(i) + " of many\n";
  return text.first(size);
}

QByteArray wrong(QByteArray message) {
  message[message.size() / 2] = static_cast<char>(message[message.size() / 2] ^ 1);
  return message;
}

struct Case {
  const char *name;
  QString spec;
  QByteArray bytes;
  bool hasOwnPayload = false;
};

QList<Case> cases() {
  const QString blocks = u"chunked:u16be,block=1000"_s;
  const QString sums = u"sync:AA55,length=u32be,adjust=4,checksum=crc-32/iso-hdlc"_s;
  const auto two = [](const QByteArray &message) { return message + message; };
  return {
      {"joined 1 MiB", blocks, two(encoded(blocks, linesOf(mib))), true},
      {"joined 1 MiB of lines", blocks + u" | lines"_s, two(encoded(blocks, linesOf(mib))), true},
      {"joined 1 MiB of JSON", blocks + u" | json"_s, two(encoded(blocks, jsonOf(mib))), true},
      {"joined 16 MiB of JSON", blocks + u" | json"_s, two(encoded(blocks, jsonOf(16 * mib))), true},
      {"unstuffed 8 MiB", u"hdlc"_s, two(encoded(u"hdlc"_s, linesOf(8 * mib))), true},
      {"JSON of 10 MB", u"json"_s, two(jsonOf(10'000'000))},
      {"JSON of 10 MB inside a length", u"length:u32be | json"_s, two(encoded(u"length:u32be"_s, jsonOf(10'000'000)))},
      {"JSON of 60 MB in error", u"json"_s, jsonOf(60'000'000).chopped(20) + "x" + jsonOf(1000)},
      {"zlib of 60 MB", u"zlib"_s, two(encoded(u"zlib"_s, jsonOf(60'000'000))), true},
      {"zlib of 60 MB of JSON", u"zlib | json"_s, two(encoded(u"zlib"_s, jsonOf(60'000'000))), true},
      {"zlib of 60 MB, bad checksum", u"zlib"_s, encoded(u"zlib"_s, jsonOf(60'000'000)).chopped(1) + "x"},
      {"sync of 60 MB, bad checksum", sums, wrong(encoded(sums, jsonOf(60'000'000)))},
      {"hdlc of 60 MB, bad checksum", u"hdlc"_s, wrong(encoded(u"hdlc"_s, jsonOf(60'000'000)))},
  };
}

class Walk {
 public:
  Walk(MeasuredApplication &application, MainWindow &window) : application_(application), window_(window) {}

  void of(const Case &one, const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(one.bytes) != one.bytes.size()) std::abort();
    file.close();
    window_.commands()->openFile(path);
    settle();
    DecodeSettings decode;
    decode.of(Direction::In).framing = one.spec;
    step("read", [&] { window_.shownCapture()->setDecodeSettings(decode); });
    ConnectionView *view = window_.view();
    MessageTreeView *list = view->messages();
    step("select a message", [&] { list->showLine(0), list->setFocus(); });
    press(list, Qt::Key_Home);
    step("explain", [&] {
      tip(window_.view()->ribbon(), {window_.view()->ribbon()->width() / 4, window_.view()->ribbon()->height() / 2});
    });
    if (one.hasOwnPayload) {
      step("show its payload", [&] { window_.actions()[ActionId::ShowPayload]->trigger(); });
      runUntil([&] { return view->payloadPane()->reading() && view->payloadPane()->reading()->isComplete(); });
      settle();
      HexView *bytes = view->payloadPane()->bytes();
      step("focus the payload", [&] { bytes->setFocus(); });
      press(bytes, Qt::Key_End, Qt::ControlModifier);
      for (int i = 0; i < 5; ++i) press(bytes, Qt::Key_PageUp, Qt::ShiftModifier);
      press(bytes, Qt::Key_Home, Qt::ControlModifier);
      for (int i = 0; i < 5; ++i) press(bytes, Qt::Key_PageDown, Qt::ShiftModifier);
      step("select in the midst of it", [&] {
        const quint64 half = bytes->source()->size() / 2;
        Q_EMIT view->payloadPane()->selected({half, half + 100});
      });
      step("go where it came from", [&] { window_.actions()[ActionId::ShowOrigin]->trigger(); });
    }
    list->setFocus();
    settle();
    press(list, Qt::Key_Right);
    for (int i = 0; i < 8; ++i) press(list, i % 3 == 2 ? Qt::Key_Right : Qt::Key_Down);
    for (int i = 0; i < 4; ++i) press(list, Qt::Key_PageDown);
    press(list, Qt::Key_End);
    press(list, Qt::Key_Home);
    HexView *stream = view->bytes();
    stream->setFocus();
    settle();
    press(stream, Qt::Key_End, Qt::ControlModifier);
    for (int i = 0; i < 5; ++i) press(stream, Qt::Key_PageUp, Qt::ShiftModifier);
    step("select in the midst of the stream", [&] {
      const quint64 half = stream->source()->size() / 3;
      view->hub()->select(Selection{.direction = Direction::In, .range = {half, half + 100}}, nullptr);
    });
    step("explain a byte", [&] { tip(stream->viewport(), {200, 100}); });
    std::printf("%-34s %6.1f ms in %-28s (%s) %s\n", one.name, longest_, longestStep_.constData(),
                longestName_.constData(), longest_ <= 16 ? "ok" : "OVER");
    if (one.hasOwnPayload) window_.actions()[ActionId::ShowPayload]->trigger();
    window_.actions()[ActionId::CloseCapture]->trigger();
    settle();
  }

 private:
  void settle() {
    QElapsedTimer quiet;
    quiet.start();
    runUntil([&] {
      const ConnectionDecoder *decoder = window_.view()->decoder();
      return quiet.elapsed() > 40 && (!decoder || !decoder->isBusy());
    });
  }
  /// Does it in an event of its own, and notes the longest until all is quiet.
  template <typename Do>
  void step(const char *name, Do act) {
    application_.begin();
    QTimer::singleShot(0, &window_, act);
    settle();
    if (std::getenv("OCTETSCOPE_STEPS")) {
      std::printf("    %-36s %6.1f ms (%s)\n", name, application_.longest(), application_.longestName().constData());
    }
    if (application_.longest() <= longest_) return;
    longest_ = application_.longest();
    longestName_ = application_.longestName();
    longestStep_ = name;
  }
  void press(QWidget *widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    application_.begin();
    QCoreApplication::postEvent(widget, new QKeyEvent(QEvent::KeyPress, key, modifiers));
    step(qPrintable(QKeySequence(key).toString() + u" in "_s + QLatin1String(widget->metaObject()->className())),
         [] {});
  }
  void tip(QWidget *widget, QPoint at) {
    QHelpEvent event(QEvent::ToolTip, at, widget->mapToGlobal(at));
    QCoreApplication::sendEvent(widget, &event);
  }

  MeasuredApplication &application_;
  MainWindow &window_;
  double longest_ = 0;
  QByteArray longestName_;
  QByteArray longestStep_;
};

}  // namespace

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  MeasuredApplication application(argc, argv);
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
  Workspace workspace;
  MainWindow window(&workspace, &settings);
  window.show();
  runUntil([&] { return window.windowHandle()->isExposed(); });
  for (const Case &one : cases()) {
    if (argc > 1 && !QByteArray(one.name).contains(argv[1])) continue;
    Walk(application, window).of(one, folder.filePath(QLatin1String(one.name) + u".bin"_s));
  }
  return 0;
}
