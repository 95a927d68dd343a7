// What a screen reader gets of two messages side by side.
#include "model/capture/connection.h"
#include "tests/support/live_test.h"
#include "widgets/difference/difference_view.h"

#include <QAccessible>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// Hears what the view says: Qt drops it while no assistive technology is running.
class HeardView : public DifferenceView {
 public:
  QStringList told;

 protected:
  void announce(QAccessibleEvent *event) override {
    QAccessibleInterface *self = QAccessible::queryAccessibleInterface(this);
    if (event->type() == QAccessible::TextCaretMoved) {
      const int at = static_cast<QAccessibleTextCursorEvent *>(event)->cursorPosition();
      told += u"at "_s + self->textInterface()->text(at, at + 2);
    } else if (event->type() == QAccessible::DescriptionChanged) {
      told += self->text(QAccessible::Description);
    }
  }
};

CopiedPiece pieceOf(const QByteArray &bytes) {
  const auto clock = std::make_shared<CaptureClock>();
  Connection connection(0, clock, Endpoint{}, Endpoint{});
  if (!connection.stream(Direction::In).append(viewOf(bytes), clock->stamp())) return {};
  return {.view = connection.stream(Direction::In).view(), .range = {0, quint64(bytes.size())}};
}

}  // namespace

class TestDifferenceAccessible : public QObject {
  Q_OBJECT

  std::unique_ptr<MessageDifference> difference_;
  std::unique_ptr<HeardView> view_;

  void show(const QByteArray &left, const QByteArray &right, DifferenceOptions options = {}) {
    view_ = std::make_unique<HeardView>();
    difference_ = std::make_unique<MessageDifference>(pieceOf(left), pieceOf(right), options);
    SOON_VERIFY(difference_->isComplete());
    view_->setDifference(difference_.get());
    view_->resize(700, 200);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  QAccessibleInterface *self() const { return QAccessible::queryAccessibleInterface(view_.get()); }
  QAccessibleTextInterface *text() const { return self()->textInterface(); }
  QString all() const { return text()->text(0, text()->characterCount()); }

 private Q_SLOTS:
  void cleanup() {
    view_.reset();
    difference_.reset();
  }

  void theRowsAreText() {
    show("\x01hello, octets", "\x01hallo, octets!");
    QCOMPARE(self()->role(), QAccessible::EditableText);
    QVERIFY(self()->state().readOnly && self()->state().multiLine && self()->state().focusable);
    QCOMPARE(self()->text(QAccessible::Name), u"The two, byte beside byte"_s);
    QVERIFY(text());
    const QStringList lines = all().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(2));
    QCOMPARE(lines[0].simplified(), u"0000 01 68 65 6C 6C 6F 2C 20 ·hello, ≠ 0000 01 68 61 6C 6C 6F 2C 20 ·hallo,"_s);
    QCOMPARE(lines[1].simplified(), u"0008 6F 63 74 65 74 73 octets ≠ 0008 6F 63 74 65 74 73 21 octets!"_s);
    QCOMPARE(all().size(), qsizetype(text()->characterCount()));
    for (int from = 0; from < text()->characterCount(); from += 7) {
      QCOMPARE(text()->text(from, from + 11), all().mid(from, 11));
    }
  }

  void theCaretIsTold() {
    show("\x01hello", "\x01hallo!");
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(view_->told, (QStringList{u"at 68"_s, u"equal; left: byte 1: 0x68 'h'; right: byte 1: 0x68 'h'"_s}));
    view_->told.clear();
    QVERIFY(view_->step(1));
    QCOMPARE(view_->told, (QStringList{u"at 65"_s, u"differs; left: byte 2: 0x65 'e'; right: byte 2: 0x61 'a'"_s}));
    view_->told.clear();
    QTest::keyClick(view_.get(), Qt::Key_Space);
    QCOMPARE(view_->told, (QStringList{u"at 61"_s, u"differs; right: byte 2: 0x61 'a'; left: byte 2: 0x65 'e'"_s}));
    QTest::keyClick(view_.get(), Qt::Key_End);
    QCOMPARE(view_->told.last(), u"differs; right: byte 6: 0x21 '!'; left: nothing stands here"_s);
    QCOMPARE(self()->text(QAccessible::Description), view_->told.last());
  }

  /// A reader's cursor goes to cells, and finds the byte on the screen.
  void everyPositionIsAPlace() {
    QByteArray bytes(8000, 'x');
    QByteArray others = bytes;
    others[4001] = 'y';
    show(bytes, others);
    view_->goTo(4000);
    const quint64 top = view_->visibleRows().begin;
    QVERIFY(top > 0);
    QCOMPARE(text()->text(text()->cursorPosition(), text()->cursorPosition() + 2), u"78"_s);
    for (const Side side : {Side::Left, Side::Right}) {
      for (quint64 cell = view_->geometry().cellsOf(top).begin; cell < view_->geometry().cellsOf(top + 3).end; ++cell) {
        view_->goTo(DifferenceGeometry::Place{side, cell});
        const int position = text()->cursorPosition();
        const QRect rect = text()->characterRect(position);
        QCOMPARE(text()->offsetAtPoint(rect.center()), position);
        view_->goTo(DifferenceGeometry::Place{Side::Left, 4000});
        text()->setCursorPosition(position);
        QCOMPARE(view_->caret(), std::optional(cell));
        QVERIFY(view_->side() == side);
      }
    }
    const qsizetype sign = all().indexOf(u'≠');
    QVERIFY(sign > 0);
    QCOMPARE(all().count(u'≠'), qsizetype(1));
  }

  void nothingIsSaidSo() {
    HeardView view;
    QAccessibleInterface *self = QAccessible::queryAccessibleInterface(&view);
    QCOMPARE(self->text(QAccessible::Description), u"There is nothing to compare yet."_s);
    QCOMPARE(self->textInterface()->characterCount(), 0);
    QCOMPARE(self->textInterface()->text(0, 10), QString());
    QCOMPARE(self->textInterface()->offsetAtPoint({5, 5}), -1);
    self->textInterface()->setCursorPosition(3);
    QVERIFY(self->textInterface()->characterRect(2).isNull());
  }
};

QTEST_MAIN(TestDifferenceAccessible)
#include "tst_difference_accessible.moc"
