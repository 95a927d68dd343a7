// The ribbon in the window: linked with the messages and the bytes, put away and remembered, growing live.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "widgets/ribbon/ribbon_pane.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QFile>

#include <algorithm>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowRibbon : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  RibbonView *ribbon() const { return w_->view()->ribbon(); }
  void open(const QByteArray &bytes) {
    QFile file(w_->dir.filePath(u"bytes.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    w_->window.commands()->openFile(file.fileName());
    SOON_VERIFY(ribbon()->axis().size() == static_cast<quint64>(bytes.size()));
  }
  /// Where message `number` of `direction` stands in the ribbon's viewport.
  QPoint pointOn(quint64 number, Direction direction = Direction::In) {
    const RibbonScene &scene = ribbon()->scene();
    for (std::size_t i = 0; i < scene.lanes.size(); ++i) {
      const RibbonLane &lane = scene.lanes[i];
      if (lane.kind != RibbonLane::Kind::Messages || lane.direction != direction) continue;
      for (const RibbonItem &item : lane.items) {
        if (item.number != number || item.isSummary()) continue;
        const QRectF shown(ribbon()->viewport()->rect());
        return ribbon()->rectOf(i, item).intersected(shown).center().toPoint();
      }
    }
    return {};
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void selectingAnywhereSelectsHere() {
    open("first\nsecond\nthird\nfourth\n");
    w_->decode(u"lines"_s);
    SOON_COMPARE(w_->messageRows().size(), 4);
    QTest::mouseClick(ribbon()->viewport(), Qt::LeftButton, {}, pointOn(1));
    QCOMPARE(w_->currentRange(), (ByteRange{6, 13}));
    QCOMPARE(w_->bytes()->selection(), (ByteRange{6, 13}));
    QVERIFY2(w_->words().contains(u"message 1"), qPrintable(w_->words()));
    w_->clickByte(15);
    QCOMPARE(w_->view()->hub()->current()->message, std::optional<quint64>(2));
    QVERIFY(ribbon()->geometryOfBytes().visible().contains(15));
    QVERIFY2(ribbon()->currentWords().contains(u"essage 2"), qPrintable(ribbon()->currentWords()));
    // From the keys of the window: the next message, in every view.
    w_->key(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(w_->view()->hub()->current()->message, std::optional<quint64>(3));
    ribbon()->setFocus();
    QTest::keyClick(ribbon(), Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(w_->currentRange(), (ByteRange{13, 19}));
  }

  void changedFramingIsDrawnAnew() {
    open(QByteArray("0123456789").repeated(3));
    w_->decode(u"fixed:10"_s);
    SOON_COMPARE(w_->messageRows().size(), 3);
    QVERIFY(!pointOn(2).isNull());
    w_->decode(u"fixed:5"_s);
    SOON_COMPARE(w_->messageRows().size(), 6);
    QVERIFY(!pointOn(5).isNull());
  }

  void isPutAwayAndRemembered() {
    open("first\nsecond\n");
    QVERIFY(ribbon()->isVisible());
    QVERIFY(w_->action(ActionId::Ribbon)->isChecked());
    w_->key(Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!ribbon()->isVisible());
    QVERIFY(!w_->action(ActionId::Ribbon)->isChecked());
    QVERIFY(!w_->words().isEmpty());
    w_->window.close();
    {
      const OpenWindow again(w_->settings.fileName());
      QVERIFY(!again.view()->ribbon()->isVisible());
    }
    w_->window.show();
    w_->key(Qt::Key_B, Qt::ControlModifier);
    QVERIFY(ribbon()->isVisible());
    w_->window.close();
    const OpenWindow again(w_->settings.fileName());
    QVERIFY(again.view()->ribbon()->isVisible());
  }

  void everythingAtOnce() {
    open(QByteArray("0123456789").repeated(10'000));
    w_->decode(u"fixed:10"_s);
    SOON_VERIFY(w_->messageRows().size() == 10'000);
    QVERIFY(ribbon()->geometryOfBytes().scale() > ribbon()->geometryOfBytes().fitScale());
    w_->key(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(ribbon()->geometryOfBytes().scale(), ribbon()->geometryOfBytes().fitScale());
  }

  void growsWhileBytesCome() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"connect"_s, QString::number(port), u"obey"_s});
    QCOMPARE(peer_->order("pattern 5000"), QByteArray("ok"));
    SOON_VERIFY(ribbon()->axis().size() == 5000);
    QVERIFY(ribbon()->isFollowing());
    QVERIFY(ribbon()->geometryOfBytes().isAtEnd());
    QCOMPARE(ribbon()->rows().groups().size(), 1ULL);
    QCOMPARE(peer_->order("pattern 3000"), QByteArray("ok"));
    SOON_VERIFY(ribbon()->axis().size() == 8000);
    QVERIFY(ribbon()->geometryOfBytes().isAtEnd());
    QCOMPARE(peer_->order("fin"), QByteArray("ok"));
    SOON_VERIFY(std::ranges::any_of(ribbon()->scene().marks, [](const RibbonMark &mark) {
      return mark.kind == RibbonMark::Kind::End && mark.end == StreamEnd::Fin;
    }));
  }
};

QTEST_MAIN(TestWindowRibbon)
#include "tst_window_ribbon.moc"
