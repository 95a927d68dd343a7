// Files in the window: how one was read is remembered and comes back, and what is saved of a live capture keeps its
// framing, struct, marks and notes.
#include "app/decode_keeper.h"
#include "app/mark_keeper.h"
#include "app/marking.h"
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray someMessages("\0\3abc\0\1d\0\2ef", 12);

/// Types `path` into a file dialog and accepts it.
std::function<void(QFileDialog *)> choose(const QString &path) {
  return [path](QFileDialog *dialog) {
    auto *line = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
    line->setFocus();
    line->setText(path);
    QTest::keyClick(line, Qt::Key_Return);
  };
}

}  // namespace

class TestWindowFiles : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> dir_;
  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  QString settingsPath() const { return dir_->filePath(u"settings.ini"_s); }
  QString write(const QString &name, const QByteArray &bytes) {
    QFile file(dir_->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return {};
    return file.fileName();
  }
  /// The window is left, and another one is there.
  void startAgain() {
    peer_.reset();
    w_.reset();
    w_ = std::make_unique<OpenWindow>(settingsPath());
  }
  const DecodeSettings &settings() const { return w_->window.shownCapture()->decodeSettings(); }
  void open(const QString &path) { w_->window.commands()->openFile(path); }
  QString said() const { return w_->window.statusBar()->currentMessage(); }
  void receive(const QByteArray &bytes) {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"connect"_s, QString::number(port), u"obey"_s});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
    QCOMPARE(peer_->order("send " + bytes.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->connection()->stream(Direction::In).size(), static_cast<quint64>(bytes.size()));
  }
  void mark(ByteRange range, const QString &note) {
    w_->window.shownCapture()->marks().put({{w_->view()->number(), Direction::In, range}, MarkColor::Blue, note});
  }

 private Q_SLOTS:
  void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
  void init() {
    dir_ = std::make_unique<QTemporaryDir>();
    QSettings(settingsPath(), QSettings::IniFormat).setValue(u"marks/folder"_s, dir_->filePath(u"marks"_s));
    w_ = std::make_unique<OpenWindow>(settingsPath());
  }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void aFileIsReadAsTheLastTime() {
    const QString path = write(u"some.bin"_s, someMessages);
    open(path);
    QVERIFY(said().isEmpty());
    w_->decode(u"length:u16be"_s, u"B:first *s:rest"_s);
    DecodeSettings before = settings();
    before.addRestart(Direction::In, 0, 5);
    before.of(Direction::Out) = {.framing = u"fixed:4 |+ lines"_s, .layout = {}, .maxMessage = 99, .showsOuter = true};
    w_->window.shownCapture()->setDecodeSettings(before);
    startAgain();
    open(path);
    QCOMPARE(settings(), before);
    QVERIFY2(said().contains(u"Ctrl+Z"_s), qPrintable(said()));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(settings(), Capture::firstSettingsOfFiles());
    // Taken away is taken away.
    startAgain();
    open(path);
    QCOMPARE(settings(), Capture::firstSettingsOfFiles());
    QVERIFY(said().isEmpty());
  }

  void aLargerFileIsTheSameOneAndASmallerIsNot() {
    const QString path = write(u"some.bin"_s, someMessages);
    open(path);
    w_->decode(u"length:u16be"_s);
    startAgain();
    write(u"some.bin"_s, someMessages.first(5));
    open(path);
    QCOMPARE(settings(), Capture::firstSettingsOfFiles());
    startAgain();
    write(u"some.bin"_s, someMessages + someMessages);
    open(path);
    QCOMPARE(settings().of(Direction::In).framing, u"length:u16be"_s);
    open(write(u"other.bin"_s, someMessages));
    QCOMPARE(settings(), Capture::firstSettingsOfFiles());
  }

  void whatIsSaidIsNotOverruled() {
    const QString path = write(u"some.bin"_s, someMessages);
    open(path);
    w_->decode(u"length:u16be"_s, u"*s:rest"_s);
    startAgain();
    DecodeSettings asSaid = Capture::firstSettingsOfFiles();
    asSaid.of(Direction::In).framing = u"fixed:3"_s;
    w_->window.commands()->openFile(path, &asSaid);
    QCOMPARE(settings(), asSaid);
    QVERIFY(!w_->action(ActionId::Undo)->isEnabled());
    startAgain();
    open(path);
    QCOMPARE(settings(), asSaid);
    // Nor where it is what every file begins with.
    startAgain();
    asSaid = Capture::firstSettingsOfFiles();
    w_->window.commands()->openFile(path, &asSaid);
    startAgain();
    open(path);
    QCOMPARE(settings(), asSaid);
  }

  void soManyFilesAreRemembered() {
    for (int i = 0; i < DecodeKeeper::mostFiles + 3; ++i) {
      open(write(u"%1.bin"_s.arg(i), someMessages));
      DecodeSettings settings = Capture::firstSettingsOfFiles();
      settings.of(Direction::In).framing = u"fixed:%1"_s.arg(i + 1);
      w_->window.shownCapture()->setDecodeSettings(settings);
      w_->window.commands()->closeCapture(w_->window.shownCapture());
    }
    const auto framingOf = [this](int i) {
      open(dir_->filePath(u"%1.bin"_s.arg(i)));
      return settings().of(Direction::In).framing;
    };
    QCOMPARE(framingOf(2), u"until-close"_s);
    QCOMPARE(framingOf(3), u"fixed:4"_s);
    QCOMPARE(framingOf(52), u"fixed:53"_s);
    // Nor so much text.
    const QString path = write(u"long.bin"_s, someMessages);
    open(path);
    DecodeSettings settings = Capture::firstSettingsOfFiles();
    settings.of(Direction::In).layout = u"B "_s.repeated(DecodeKeeper::mostText / 2);
    w_->window.shownCapture()->setDecodeSettings(settings);
    startAgain();
    open(path);
    QCOMPARE(this->settings(), Capture::firstSettingsOfFiles());
    QVERIFY(framingOf(52) == u"fixed:53"_s);
  }

  void whatCannotBeReadIsNothing_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("no text") << QString();
    QTest::newRow("no JSON") << u"{"_s;
    QTest::newRow("no file") << uR"({"in":{"framing":"lines"},"out":{"framing":"lines"}})"_s;
    QTest::newRow("no framing") << uR"({"file":"/a","size":1})"_s;
    QTest::newRow("wrong framing") << uR"({"file":"/a","in":{"framing":"no:such"},"out":{"framing":"lines"}})"_s;
    QTest::newRow("wrong struct")
        << uR"({"file":"/a","in":{"framing":"lines","struct":"?!"},"out":{"framing":"lines"}})"_s;
  }
  void whatCannotBeReadIsNothing() {
    QFETCH(QString, text);
    QVERIFY(!FileReading::of(text));
  }

  void savedBytesKeepTheirMarksAndFraming() {
    receive(someMessages);
    w_->decode(u"length:u16be"_s, u"*s:rest"_s);
    mark({5, 8}, u"the second"_s);
    const QString path = dir_->filePath(u"saved.bin"_s);
    const Answer<QFileDialog> answer(choose(path));
    w_->key(Qt::Key_S, Qt::ControlModifier);
    SOON_VERIFY(QFile::exists(path) && !w_->window.commands()->isSaving());
    // What is marked now is of the file, too, where it has the bytes.
    mark({8, 12}, u"the third"_s);
    QCOMPARE(peer_->order("send 0000"), QByteArray("ok"));
    SOON_COMPARE(w_->connection()->stream(Direction::In).size(), 14U);
    mark({12, 14}, u"not in the file"_s);
    QCOMPARE(w_->window.commands()->marking()->keeper()->keptNowhere(w_->window.shownCapture()), 1U);
    Capture *live = w_->window.shownCapture();

    open(path);
    CaptureMarks &back = w_->window.shownCapture()->marks();
    SOON_COMPARE(back.table().count(), std::size_t(2));
    QCOMPARE(back.table().at(0), (Mark{{0, Direction::In, {5, 8}}, MarkColor::Blue, u"the second"_s}));
    QCOMPARE(back.table().at(1).note, u"the third"_s);
    QVERIFY2(said().contains(u"Framing"_s) && said().contains(u"marks"_s), qPrintable(said()));
    for (const Direction direction : {Direction::In, Direction::Out}) {
      QCOMPARE(settings().of(direction).framing, u"length:u16be"_s);
      QCOMPARE(settings().of(direction).layout, u"*s:rest"_s);
    }
    // Opened, it has marks of its own.
    live->marks().remove({0, Direction::In, {5, 8}});
    live->setDecodeSettings({});
    w_->window.commands()->marking()->keeper()->flush();
    startAgain();
    open(path);
    SOON_COMPARE(w_->window.shownCapture()->marks().table().count(), std::size_t(2));
    QCOMPARE(settings().of(Direction::In).framing, u"length:u16be"_s);
  }

  /// A file has no chunks; the places where framing was started again it has.
  void savedChunksAreReadAsAWhole() {
    receive(someMessages);
    w_->decode(u"chunks"_s, u"*s:rest"_s);
    DecodeSettings restarted = settings();
    restarted.addRestart(Direction::In, 0, 5);
    restarted.addRestart(Direction::In, 0, 500);
    w_->window.shownCapture()->setDecodeSettings(restarted);
    const QString path = dir_->filePath(u"saved.bin"_s);
    const Answer<QFileDialog> answer(choose(path));
    w_->key(Qt::Key_S, Qt::ControlModifier);
    SOON_VERIFY(QFile::exists(path) && !w_->window.commands()->isSaving());
    open(path);
    QCOMPARE(settings().of(Direction::In).framing, u"until-close"_s);
    QCOMPARE(settings().of(Direction::In).layout, u"*s:rest"_s);
    QCOMPARE(settings().restartsOf(Direction::In, 0), QList<quint64>{5});
  }

  void theQuestionCountsTheMarksAndOffersToSave() {
    receive(someMessages);
    mark({0, 5}, {});
    mark({5, 8}, u"a note"_s);
    const QString path = dir_->filePath(u"saved.bin"_s);
    {
      // Who gives no name keeps what is there.
      const Answer<QMessageBox> answer([](QMessageBox *box) {
        QVERIFY2(box->text().contains(u"The 2 marks in them go with them."_s), qPrintable(box->text()));
        QTest::mouseClick(box->button(QMessageBox::Save), Qt::LeftButton);
      });
      const Answer<QFileDialog> noName([](QFileDialog *dialog) { dialog->reject(); });
      QVERIFY(!w_->window.close());
      QVERIFY(answer.wasAsked());
    }
    QVERIFY(w_->window.isVisible());
    {
      const Answer<QMessageBox> answer(
          [](QMessageBox *box) { QTest::mouseClick(box->button(QMessageBox::Save), Qt::LeftButton); });
      const Answer<QFileDialog> name(choose(path));
      QVERIFY(!w_->window.close());
      QVERIFY(name.wasAsked());
    }
    // Saved, it closes without another question.
    SOON_VERIFY(!w_->window.isVisible());
    startAgain();
    open(path);
    SOON_COMPARE(w_->window.shownCapture()->marks().table().count(), std::size_t(2));
  }

  void ofSeveralItIsSaidHowTheyAreSaved() {
    receive(someMessages);
    receive(someMessages);
    const Answer<QMessageBox> answer([](QMessageBox *box) {
      QVERIFY(!box->button(QMessageBox::Save));
      QVERIFY(box->informativeText().contains(u"Save received bytes"_s));
      QTest::mouseClick(box->button(QMessageBox::Discard), Qt::LeftButton);
    });
    QVERIFY(w_->window.close());
    QVERIFY(answer.wasAsked());
  }
};

QTEST_MAIN(TestWindowFiles)
#include "tst_window_files.moc"
