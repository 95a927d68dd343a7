// Edit ▸ Copy as, in the window: from the message list, the bytes and a payload's own bytes; by menu and by key; what
// is remembered, what is refused, and why.
#include "tests/app/window/open_window.h"

#include "model/copying/copy_text.h"
#include "widgets/hexview/payload_pane.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QStatusBar>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

QString clipboard() {
  return QApplication::clipboard()->text();
}

QStringList wordsOf(const QMenu *menu) {
  QStringList words;
  for (const QAction *action : menu->actions()) {
    if (!action->isSeparator()) words.append(action->text().remove(QLatin1Char('&')));
  }
  return words;
}

}  // namespace

class TestWindowCopy : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  void open(const QByteArray &bytes, const char *framing, const char *layout = "") {
    w_->openBytes(bytes);
    w_->decode(text(framing), text(layout));
    SOON_VERIFY(!w_->view()->decoder()->isBusy() && !w_->messageRows().isEmpty());
    QApplication::clipboard()->setText(text("before"));
  }
  /// Selects the message rows [first, last] by keys.
  void selectRows(int first, int last) {
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    for (int i = 0; i < first; ++i) QTest::keyClick(w_->messages(), Qt::Key_Down);
    for (int i = first; i < last; ++i) QTest::keyClick(w_->messages(), Qt::Key_Down, Qt::ShiftModifier);
  }
  QString said() const { return w_->window.statusBar()->currentMessage(); }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void everyForm_data() {
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("copied");
    const auto row = [](ActionId id, const char *copied) {
      QTest::addRow("%d", static_cast<int>(id)) << static_cast<int>(id) << text(copied);
    };
    row(ActionId::CopyHex, "43 44\n45 46");
    row(ActionId::CopyHexDump,
        "00000000  43 44                                             |CD|\n00000002\n\n"
        "00000000  45 46                                             |EF|\n00000002\n");
    row(ActionId::CopyC, "{ 0x43, 0x44 },\n{ 0x45, 0x46 }");
    row(ActionId::CopyPython, "b'CD',\nb'EF'");
    row(ActionId::CopyRust, "[0x43u8, 0x44],\n[0x45u8, 0x46]");
    row(ActionId::CopyJavaScript, "[0x43, 0x44],\n[0x45, 0x46]");
    row(ActionId::CopyBase64, "Q0Q=\nRUY=");
    row(ActionId::CopyText, "CD\nEF");
    row(ActionId::CopyJson,
        "[{\"name\":\"a\",\"type\":\"B\",\"offset\":2,\"size\":1,\"value\":67},"
        "{\"name\":\"b\",\"type\":\"B\",\"offset\":3,\"size\":1,\"value\":68}]\n"
        "[{\"name\":\"a\",\"type\":\"B\",\"offset\":4,\"size\":1,\"value\":69},"
        "{\"name\":\"b\",\"type\":\"B\",\"offset\":5,\"size\":1,\"value\":70}]");
    row(ActionId::CopyStructCall,
        "struct.unpack(\"!BB\", bytes.fromhex(\"4344\"))\nstruct.unpack(\"!BB\", bytes.fromhex(\"4546\"))");
  }
  void everyForm() {
    QFETCH(const int, action);
    QFETCH(const QString, copied);
    open("ABCDEFGH", "fixed:2", "!B:a B:b");
    selectRows(1, 2);
    QVERIFY(w_->action(static_cast<ActionId>(action))->isEnabled());
    w_->action(static_cast<ActionId>(action))->trigger();
    QCOMPARE(clipboard(), copied);
    QVERIFY2(said().startsWith(text("Copied 4 bytes in 2 rows as ")), qPrintable(said()));
    // The key repeats it, elsewhere.
    selectRows(0, 0);
    w_->key(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY2(said().startsWith(text("Copied 2 bytes as ")), qPrintable(said()));
    QVERIFY(clipboard() != copied);
  }

  void pythonEvaluatesWhatIsCopied() {
    open(QByteArray("\0\1Hi\xff\2", 6), "fixed:6", "!H:seq 2s:text b:t B:u");
    selectRows(0, 0);
    QStringList copied;
    for (const ActionId id :
         {ActionId::CopyPython, ActionId::CopyStructCall, ActionId::CopyJson, ActionId::CopyBase64}) {
      w_->action(id)->trigger();
      copied.append(clipboard());
    }
    QProcess python;
    python.start(text(OCTETSCOPE_PYTHON),
                 QStringList{text("-c"), text("import base64, json, struct, sys\n"
                                              "b = eval(sys.argv[1])\n"
                                              "print(b == b'\\0\\1Hi\\xff\\2' == base64.b64decode(sys.argv[4]), "
                                              "eval(sys.argv[2]), [f['name'] for f in json.loads(sys.argv[3])])")} +
                     copied);
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("True (1, b'Hi', -1, 2) ['seq', 'text', 't', 'u']"));
  }

  void fieldsAndWhatIsInSelectedRows() {
    open("ABCD", "fixed:2", "B:a B:b");
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    QTest::keyClick(w_->messages(), Qt::Key_Right);  // opens
    QTest::keyClick(w_->messages(), Qt::Key_Down);
    w_->action(ActionId::CopyHex)->trigger();
    QCOMPARE(clipboard(), text("41"));
    QTest::keyClick(w_->messages(), Qt::Key_Down, Qt::ShiftModifier);
    w_->action(ActionId::CopyHex)->trigger();
    QCOMPARE(clipboard(), text("41\n42"));
    w_->action(ActionId::CopyStructCall)->trigger();
    QCOMPARE(clipboard(),
             text("struct.unpack(\"B\", bytes.fromhex(\"41\"))\nstruct.unpack(\"B\", bytes.fromhex(\"42\"))"));
    // A message and the fields in it are the message.
    w_->key(Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(w_->messages(), Qt::Key_A, Qt::ControlModifier);
    w_->action(ActionId::CopyHex)->trigger();
    QCOMPARE(clipboard(), text("41 42\n43 44"));
  }

  void bytesThatAreSelected() {
    open("ABCDEFGH", "fixed:2", "B:a B:b");
    w_->bytes()->setFocus();
    w_->bytes()->select({3, 5});
    w_->action(ActionId::CopyRust)->trigger();
    QCOMPARE(clipboard(), text("[0x44u8, 0x45]"));
    QCOMPARE(said(), text("Copied 2 bytes as Rust array."));
    // Of fields: those of every message that has some of it.
    w_->action(ActionId::CopyStructCall)->trigger();
    QCOMPARE(clipboard(),
             text("struct.unpack(\"BB\", bytes.fromhex(\"4344\"))\nstruct.unpack(\"BB\", bytes.fromhex(\"4546\"))"));
    // What the keyboard leaves stays what is meant.
    w_->spec()->setFocus();
    w_->action(ActionId::CopyHex)->trigger();
    QCOMPARE(clipboard(), text("44 45"));
  }

  void theMenusOfferIt() {
    open("ABCDEFGH", "fixed:2", "B:a B:b");
    QMenu *edit = w_->window.menuBar()->actions().at(1)->menu();
    QVERIFY(wordsOf(edit).contains(text("Copy as")) && wordsOf(edit).contains(text("Copy again as hex")));
    const QStringList forms = wordsOf(w_->window.actions().copyMenu());
    QCOMPARE(forms, (QStringList{text("Hex"), text("Hex dump"), text("C array"), text("Python bytes"),
                                 text("Rust array"), text("JavaScript array"), text("Base64"), text("Text"),
                                 text("JSON of the fields"), text("struct.unpack call")}));
    selectRows(0, 0);
    const std::unique_ptr<QMenu> menu(w_->messages()->createRowMenu(nullptr));
    QVERIFY(wordsOf(menu.get()).contains(text("Copy as")));
    // The bytes' menu, by the keyboard: its fourth form by its letter.
    w_->bytes()->setFocus();
    w_->bytes()->select({0, 1});
    bool wasThere = false;
    QTimer::singleShot(0, this, [&wasThere] {
      auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
      if (!popup) return;
      wasThere = wordsOf(popup).contains(text("Copy as"));
      QTest::keyClick(popup, Qt::Key_S);
      QWidget *inner = QApplication::activePopupWidget();
      QTest::keyClick(inner, Qt::Key_P);
      if (QApplication::activePopupWidget()) QApplication::activePopupWidget()->close();
    });
    QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(w_->bytes()->viewport(), &ask);
    QVERIFY(wasThere);
    QCOMPARE(clipboard(), text("b'A'"));
  }

  void whatCannotBeCopiedSaysWhy() {
    QVERIFY(!w_->action(ActionId::CopyHex)->isEnabled());
    open("ABCD", "fixed:2");
    QVERIFY(w_->action(ActionId::CopyHex)->isEnabled());
    for (const ActionId id : {ActionId::CopyJson, ActionId::CopyStructCall}) {
      QVERIFY(!w_->action(id)->isEnabled());
      QVERIFY2(w_->action(id)->toolTip().contains(text("Ctrl+T")), qPrintable(w_->action(id)->toolTip()));
    }
    type(w_->layout(), text("H"));
    QTRY_VERIFY(w_->action(ActionId::CopyJson)->isEnabled() && w_->action(ActionId::CopyStructCall)->isEnabled());
    QCOMPARE(w_->action(ActionId::CopyStructCall)->toolTip(), w_->action(ActionId::CopyStructCall)->statusTip());
    w_->decode(text("json"));
    QTRY_VERIFY(w_->action(ActionId::CopyJson)->isEnabled());
    QVERIFY(!w_->action(ActionId::CopyStructCall)->isEnabled());
  }

  void tooMuchIsRefused() {
    open(QByteArray(8 << 20, 'x'), "fixed:16777216");
    selectRows(0, 0);
    w_->action(ActionId::CopyRust)->trigger();
    QVERIFY2(said().contains(text("too many for the clipboard: select fewer, or save the stream to a file")),
             qPrintable(said()));
    QCOMPARE(clipboard(), text("before"));
    w_->action(ActionId::CopyBase64)->trigger();
    QCOMPARE(said(), text("Copying…"));
    QTRY_COMPARE(clipboard().size(), ((8 << 20) + 2) / 3 * 4);
    // Many rows, or messages of many bytes, likewise.
    QApplication::clipboard()->setText(text("before"));
    w_->decode(text("fixed:2"), text("B:a B:b"));
    SOON_VERIFY(!w_->view()->decoder()->isBusy());
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_A, Qt::ControlModifier);
    w_->action(ActionId::CopyHex)->trigger();
    QTRY_VERIFY2(said().startsWith(text("More than 100,000 rows are too many")), qPrintable(said()));
    w_->bytes()->setFocus();
    QTest::keyClick(w_->bytes(), Qt::Key_A, Qt::ControlModifier);
    w_->action(ActionId::CopyJson)->trigger();
    QVERIFY2(said().startsWith(text("The fields of 4,194,304 messages are too many")), qPrintable(said()));
    QCOMPARE(clipboard(), text("before"));
  }

  void thePayloadsOwnBytes() {
    open(QByteArray("\xc0\xdb\xdc\1\xc0", 5), "slip", "B:a B:b");
    selectRows(0, 0);
    w_->action(ActionId::ShowPayload)->trigger();
    HexView *bytes = w_->view()->payloadPane()->bytes();
    SOON_VERIFY(bytes->geometryOfBytes().size() == 2);
    bytes->setFocus();
    bytes->select({0, 2});
    w_->action(ActionId::CopyC)->trigger();
    QCOMPARE(clipboard(), text("{ 0xc0, 0x01 }"));
    w_->action(ActionId::CopyStructCall)->trigger();
    QCOMPARE(clipboard(), text("struct.unpack(\"BB\", bytes.fromhex(\"c001\"))"));
  }

  void theFormIsRemembered() {
    open("AB", "fixed:2");
    selectRows(0, 0);
    w_->action(ActionId::CopyBase64)->trigger();
    w_->settings.sync();
    OpenWindow again(w_->settings.fileName());
    QCOMPARE(again.action(ActionId::CopyAgain)->text().remove(QLatin1Char('&')), text("Copy again as Base64"));
  }
};

QTEST_MAIN(TestWindowCopy)
#include "tst_window_copy.moc"
