// Changing how bytes are read, in the window, while they come: nothing is lost, wrong texts change nothing, and every
// capture keeps its own settings.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "tests/widgets/list_choice.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFile>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

/// Every message of both directions, as a decoder that begins afresh over the same bytes finds them.
QStringList freshRows(const std::shared_ptr<Connection> &connection, const DecodeSettings &settings) {
  static const char *const statuses[] = {"Complete", "Incomplete", "Error"};
  ConnectionDecoder decoder(connection);
  auto in = DirectionReader::create(settings.of(Direction::In));
  auto out = DirectionReader::create(settings.of(Direction::Out));
  if (!in || !out) return {text("wrong settings")};
  decoder.setReaders(*in, *out);
  decoder.advance();
  const quint64 all = connection->stream(Direction::In).size() + connection->stream(Direction::Out).size();
  if (!QTest::qWaitFor([&] { return decoder.framedBytes() == all && !decoder.isBusy(); }, 60'000)) return {};
  QStringList rows;
  for (quint64 i = 0; i < decoder.rowCount(); ++i) {
    const RowOrder::Row row = decoder.row(i);
    if (row.kind == RowKind::Event) continue;
    const Direction direction = row.kind == RowKind::In ? Direction::In : Direction::Out;
    const Message message = decoder.message(direction, row.number);
    rows.append(QStringLiteral("%1 %2+%3 %4")
                    .arg(direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out"))
                    .arg(message.offset)
                    .arg(message.size)
                    .arg(QLatin1String(statuses[static_cast<int>(message.status)])));
  }
  return rows;
}

}  // namespace

class TestWindowFraming : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  void clientConnects(const QStringList &behaviour) {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(text("tcp_peer.py"),
                                         QStringList{text("connect"), QString::number(port)} + behaviour);
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() != LinkState::Connecting);
  }
  QComboBox *scope() {
    return named<QComboBox>(w_->window.decoderBar(), text("Direction the decoder settings are for"));
  }
  Capture *open(const char *name, const QByteArray &bytes) {
    QFile file(w_->dir.filePath(text(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return nullptr;
    file.close();
    w_->window.commands()->openFile(file.fileName());
    return w_->window.shownCapture();
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void framingChangesTenTimesWhileBytesDribbleIn() {
    const QByteArray bytes("\0\0\0\x05hello\0\0\0\x03you\r\n\0\0\0\x02ok line\n", 30);
    clientConnects({text("obey")});
    static const char *const specs[] = {"length:u32be", "lines",   "fixed:3", "chunks",  "length:u16be,adjust=1",
                                        "until-close",  "fixed:1", "lines",   "fixed:7", "length:u32be"};
    qsizetype sent = 0;
    for (const char *spec : specs) {
      type(w_->spec(), text(spec));
      for (int i = 0; i < 3 && sent < bytes.size(); ++i, ++sent) {
        QCOMPARE(peer_->order("send " + bytes.sliced(sent, 1).toHex()), QByteArray("ok"));
      }
      SOON_COMPARE(w_->view()->decoder()->view(Direction::In).size(), static_cast<quint64>(sent));
      SOON_VERIFY(!w_->view()->decoder()->isBusy());
      // Whatever the framing: what is shown is what a fresh decoder says of these bytes.
      SOON_COMPARE(w_->messageRows(), freshRows(w_->connection(), w_->window.shownCapture()->decodeSettings()));
      QCOMPARE(w_->window.shownCapture()->decodeSettings().of(Direction::In).framing, text(spec));
    }
    QCOMPARE(bytesOf(*w_->connection(), Direction::In), bytes.first(sent));
  }

  void framingChangesTenTimesWhileMegabytesComeIn() {
    clientConnects({text("flood"), text("20000000")});
    static const char *const specs[] = {"fixed:64", "lines",    "fixed:1000", "until-close", "length:u32be",
                                        "chunks",   "fixed:17", "length:u8",  "fixed:4096",  "fixed:100"};
    quint64 seen = 0;
    for (const char *spec : specs) {
      type(w_->spec(), text(spec));
      // On, once more has come since the last change, or all is there.
      SOON_VERIFY(w_->connection()->stream(Direction::In).size() > seen ||
                  w_->connection()->stream(Direction::In).size() == 20'000'000U);
      seen = w_->connection()->stream(Direction::In).size();
    }
    const QByteArray sent = peer_->line();
    SOON_COMPARE(w_->connection()->stream(Direction::In).size(), 20'000'000U);
    QCOMPARE("sent 20000000 " + sha256(bytesOf(*w_->connection(), Direction::In)), sent);
    SOON_COMPARE(w_->view()->decoder()->messageCount(Direction::In), 200'000U);
    SOON_VERIFY(!w_->view()->decoder()->isBusy());
    const Message last = w_->view()->decoder()->message(Direction::In, 199'999);
    QCOMPARE(last.end(), 20'000'000U);
    QCOMPARE(last.status, Status::Complete);
  }

  void wrongTextsLeaveTheRowsAndSayWhy() {
    clientConnects({text("obey")});
    w_->decode(text("length:u16be"), text("!H:n"));
    QCOMPARE(peer_->order("send 0002abcd00020001"), QByteArray("ok"));
    const QStringList rows = {text("in 0+4 Complete"), text("in 4+4 Complete")};
    SOON_COMPARE(w_->messageRows(), rows);
    const DecodeSettings before = w_->window.shownCapture()->decodeSettings();
    const QString summary = w_->messages()
                                ->model()
                                ->index(w_->messages()->model()->rowCount() - 1, MessageTreeModel::SummaryColumn)
                                .data()
                                .toString();
    QVERIFY2(summary.contains(text("1")), qPrintable(summary));

    // Typed at the end of what is right, so that no text on the way is another right one.
    w_->spec()->setFocus();
    QTest::keyClick(w_->spec(), Qt::Key_End);
    QTest::keyClicks(w_->spec(), text(",nonsense=1"));
    QVERIFY(w_->spec()->error().has_value());
    QVERIFY2(OpenWindow::sentenceOf(w_->spec()).contains(text("nonsense")),
             qPrintable(OpenWindow::sentenceOf(w_->spec())));
    w_->layout()->setFocus();
    QTest::keyClick(w_->layout(), Qt::Key_End);
    QTest::keyClicks(w_->layout(), text(" Z"));
    QVERIFY(w_->layout()->error().has_value());
    QVERIFY(OpenWindow::sentenceOf(w_->layout()).size() > 5);
    const DirectionSettings now = w_->window.shownCapture()->decodeSettings().of(Direction::In);
    QCOMPARE(now.framing, before.of(Direction::In).framing);
    QCOMPARE(now.layout.trimmed(), before.of(Direction::In).layout);  // a space behind it is right

    // What comes meanwhile is framed by the last right one, and the wrong text stays to be mended.
    QCOMPARE(peer_->order("send 00021234"), QByteArray("ok"));
    SOON_COMPARE(w_->messageRows(), rows + QStringList{text("in 8+4 Complete")});
    QCOMPARE(w_->spec()->text(), text("length:u16be,nonsense=1"));
    for (int i = 0; i < 11; ++i) QTest::keyClick(w_->spec(), Qt::Key_Backspace);
    QVERIFY(!w_->spec()->error());
  }

  void eachDirectionMayHaveItsOwn() {
    clientConnects({text("obey")});
    w_->decode(text("length:u16be"));
    QCOMPARE(peer_->order("send 0001410001420a"), QByteArray("ok"));
    w_->window.shownLive()->send("one\ntwo\n");
    const QStringList asLengths = {text("in 0+3 Complete"), text("in 3+3 Complete"), text("in 6+1 Incomplete")};
    SOON_COMPARE(w_->messageRows().filter(text("in ")), asLengths);
    SOON_COMPARE(w_->view()->decoder()->view(Direction::Out).size(), 8U);

    chooseInList(scope(), 2);
    QCOMPARE(w_->window.decoderBar()->direction(), Direction::Out);
    QVERIFY(!w_->window.decoderBar()->editsBoth());
    type(w_->spec(), text("lines"));
    const QStringList asLines = {text("out 0+4 Complete"), text("out 4+4 Complete")};
    SOON_COMPARE(w_->messageRows().filter(text("out ")), asLines);
    QCOMPARE(w_->messageRows().filter(text("in ")), asLengths);
    chooseInList(scope(), 1);
    QCOMPARE(w_->spec()->text(), text("length:u16be"));
    type(w_->spec(), text("fixed:7"));
    SOON_COMPARE(w_->messageRows().filter(text("in ")), QStringList{text("in 0+7 Complete")});
    SOON_COMPARE(w_->messageRows().filter(text("out ")), asLines);
  }

  void theKeyboardIsInTheMessages() {
    QTRY_COMPARE(QApplication::focusWidget(), w_->messages());
    open("first.bin", QByteArray("\0\1a\0\1b", 6));
    w_->spec()->setFocus();
    QCOMPARE(QApplication::focusWidget(), w_->spec());
    const DecodeSettings settings = open("second.bin", QByteArray("\0\1a\0\1b", 6))->decodeSettings();
    QCOMPARE(QApplication::focusWidget(), w_->messages());
    SOON_COMPARE(w_->messageRows().size(), 1);
    QVERIFY(!w_->view()->hub()->current());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QCOMPARE(w_->window.shownCapture()->decodeSettings(), settings);
    QVERIFY(w_->view()->hub()->current());
  }

  void noFramingIsChosenWithoutItsList_data() {
    QTest::addColumn<QString>("box");
    QTest::newRow("kind") << text("Framing");
    QTest::newRow("direction") << text("Direction the decoder settings are for");
  }
  void noFramingIsChosenWithoutItsList() {
    QFETCH(QString, box);
    Capture *capture = open("some.bin", QByteArray("\0\1a\0\1b", 6));
    w_->decode(text("length:u16be"));
    const DecodeSettings settings = capture->decodeSettings();
    auto *list = named<QComboBox>(w_->window.decoderBar(), box);
    const int index = list->currentIndex();
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Home, Qt::Key_End}) {
      list->setFocus();
      QTest::keyClick(list, key);
      QTRY_VERIFY(list->view()->isVisible());
      QCOMPARE(list->currentIndex(), index);
      QCOMPARE(capture->decodeSettings(), settings);
      list->hidePopup();
    }
    QWheelEvent wheel(list->rect().center(), list->mapToGlobal(list->rect().center()), {}, {0, -120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(list, &wheel);
    QCOMPARE(list->currentIndex(), index);
    QCOMPARE(capture->decodeSettings(), settings);
    // From the list it can be chosen.
    chooseInList(list, index + 1);
  }

  void everyCaptureKeepsItsSettings() {
    const Capture *first = open("first.bin", "ab\ncd\n");
    QVERIFY(first);
    w_->decode(text("lines"), text("2s:word"));
    const QStringList asLines = {text("in 0+3 Complete"), text("in 3+3 Complete")};
    SOON_COMPARE(w_->messageRows(), asLines);
    const Capture *second = open("second.bin", "abcdef");
    QVERIFY(second && second != first);
    w_->decode(text("fixed:2"));
    const QStringList asPairs = {text("in 0+2 Complete"), text("in 2+2 Complete"), text("in 4+2 Complete")};
    SOON_COMPARE(w_->messageRows(), asPairs);

    ConnectionsPane *pane = w_->window.connections();
    for (int round = 0; round < 3; ++round) {
      pane->setFocus();
      while (w_->window.shownCapture() != first) QTest::keyClick(pane, Qt::Key_Up);
      QCOMPARE(w_->spec()->text(), text("lines"));
      QCOMPARE(w_->layout()->text(), text("2s:word"));
      SOON_COMPARE(w_->messageRows(), asLines);
      while (w_->window.shownCapture() != second) QTest::keyClick(pane, Qt::Key_Down);
      QCOMPARE(w_->spec()->text(), text("fixed:2"));
      QCOMPARE(w_->layout()->text(), QString());
      SOON_COMPARE(w_->messageRows(), asPairs);
    }
  }

  void aWrongTextOfOneCaptureIsNotTheOthers() {
    const Capture *first = open("first.bin", "ab\ncd\n");
    w_->decode(text("lines"));
    open("second.bin", "abcdef");
    w_->decode(text("lines"));  // the same settings as the first has
    type(w_->spec(), text("fixed:0"));
    QVERIFY(w_->spec()->error().has_value());
    ConnectionsPane *pane = w_->window.connections();
    pane->setFocus();
    while (w_->window.shownCapture() != first) QTest::keyClick(pane, Qt::Key_Up);
    QCOMPARE(w_->spec()->text(), text("lines"));
    QVERIFY(!w_->spec()->error());
  }

  void theSelectionStaysWithItsBytes() {
    open("some.bin", "ab\ncd\nef\n");
    w_->decode(text("lines"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    while (w_->currentRange() != ByteRange{3, 6}) QTest::keyClick(w_->messages(), Qt::Key_Down);
    type(w_->spec(), text("fixed:1"));
    SOON_COMPARE(w_->messageRows().size(), 9);
    SOON_VERIFY(w_->currentRange().begin == 3);
    QCOMPARE(w_->bytes()->selection().begin, 3U);
  }

  /// The list of completions is a window of its own, which closes last and gives the focus away.
  void theWindowGoesWithItsCompletionsOpen() {
    for (const char *begun : {"len", "net", "c"}) {
      auto window = std::make_unique<OpenWindow>();
      window->spec()->setFocus();
      window->spec()->selectAll();
      QTest::keyClicks(window->spec(), text(begun));
      QVERIFY(window->spec()->completer());
      QWidget *const list = window->spec()->completer()->popup();
      SOON_VERIFY(list->isVisible());
      // As some platforms do: what closes last gets the focus.
      window->window.hide();
      list->show();
      list->setFocusProxy(nullptr);
      QApplication::setActiveWindow(list);
      list->setFocus();
      QCOMPARE(QApplication::focusWidget(), list);
      window.reset();
    }
  }
};

QTEST_MAIN(TestWindowFraming)
#include "tst_window_framing.moc"
