// Looks at what a HexView paints: colours by role, edges, outlines, in light and dark, at one and two pixels a point.
// With OCTETSCOPE_SHOTS=folder it also saves what it saw.
#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/theme/theme.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <memory>

using namespace octetscope;
using namespace Qt::StringLiterals;
using test::FakeHexSource;

namespace {

/// Part of a picture that has exactly this colour.
double share(const QImage &image, QColor color) {
  qint64 same = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) same += image.pixelColor(x, y) == color;
  }
  return image.isNull() ? 0 : static_cast<double>(same) / (static_cast<double>(image.width()) * image.height());
}

}  // namespace

class TestHexPaint : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void coloursByRole_data();
  void coloursByRole();
  void edges();
  void errorsAndIncompleteHavePatterns();
  void selectionAndCaret();
  void nothingIsDrawnBehindTheEnd();
  void bannerWhenDamaged();
  void emptyState();
  void screenshots_data();
  void screenshots();

 private:
  void make(quint64 size, bool dark = false, quint64 messageSize = 42);
  QImage grab() { return view_->grab().toImage(); }
  /// The pixels of `rect` of the viewport.
  QImage part(const QImage &picture, QRectF rect) const {
    const qreal ratio = picture.devicePixelRatio();
    rect.translate(view_->viewport()->pos());
    return picture.copy(QRectF(rect.topLeft() * ratio, rect.size() * ratio).toAlignedRect());
  }
  /// The picture of one cell.
  QImage cell(quint64 offset, HexColumn column = HexColumn::Hex) {
    return part(grab(), view_->cellRect(column, offset));
  }
  QColor mixedIfOdd(const QColor &color, bool odd) const {
    return odd ? Theme::mixed(color, view_->palette().color(QPalette::Base), 0.38) : color;
  }

  std::unique_ptr<FakeHexSource> source_;
  std::unique_ptr<HexView> view_;
};

void TestHexPaint::init() {
  view_.reset();
  source_.reset();
}

void TestHexPaint::make(quint64 size, bool dark, quint64 messageSize) {
  view_.reset();
  source_ = std::make_unique<FakeHexSource>(size, messageSize);
  view_ = std::make_unique<HexView>();
  view_->setPalette(Theme::palette(dark ? ThemeChoice::Dark : ThemeChoice::Light));
  view_->setSource(source_.get());
  view_->resize(760, 480);
  view_->setSelection({200, 200});  // the caret out of the way
}

void TestHexPaint::coloursByRole_data() {
  QTest::addColumn<bool>("dark");
  QTest::newRow("light") << false;
  QTest::newRow("dark") << true;
}

void TestHexPaint::coloursByRole() {
  QFETCH(const bool, dark);
  make(420, dark);
  const Theme theme(dark);
  for (const quint64 message : {0ULL, 1ULL}) {
    const bool odd = message == 1;
    const quint64 at = message * 42;
    for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
      QVERIFY(share(cell(at + 1, column), mixedIfOdd(theme.part(PartRole::Length), odd)) > 0.4);
      QVERIFY(share(cell(at + 4, column), mixedIfOdd(theme.field(0), odd)) > 0.4);
      QVERIFY(share(cell(at + 6, column), mixedIfOdd(theme.field(1), odd)) > 0.4);
      QVERIFY(share(cell(at + 12, column), mixedIfOdd(theme.field(2), odd)) > 0.4);
    }
    // Padding is hatched: its colour, and lines over it.
    const double padding = share(cell(at + 7), mixedIfOdd(theme.padding(), odd));
    QVERIFY(padding > 0.2 && padding < 0.9);
  }
}

void TestHexPaint::edges() {
  make(420);
  const Theme theme(false);
  // A chunk ends behind byte 38, a message behind byte 41, nothing behind byte 30.
  const auto rightEdge = [&](quint64 offset) {
    const QImage picture = cell(offset);
    return picture.copy(picture.width() - 1, 0, 1, picture.height() - 2);
  };
  QVERIFY(share(rightEdge(38), theme.chunkEdge()) > 0.9);
  QVERIFY(share(rightEdge(41), theme.messageEdge()) > 0.9);
  QCOMPARE(share(rightEdge(30), theme.chunkEdge()), 0.0);
  QCOMPARE(share(rightEdge(30), theme.messageEdge()), 0.0);
  const QImage strong = cell(41);
  const int point = qRound(strong.devicePixelRatio());
  QVERIFY(share(strong.copy(strong.width() - 1 - point, 0, 1, strong.height() - 2), theme.messageEdge()) > 0.9);
  const QImage thin = cell(38);
  QCOMPARE(share(thin.copy(thin.width() - 1 - point, 0, 1, thin.height() - 2), theme.chunkEdge()), 0.0);
}

void TestHexPaint::errorsAndIncompleteHavePatterns() {
  make(420);
  const QImage plain = cell(60);
  source_->setStatus(1, Status::Error);
  const QImage broken = cell(60);
  QVERIFY(plain != broken);
  const Theme theme(false);
  QVERIFY(share(plain, mixedIfOdd(theme.field(2), true)) > 0.4);
  QCOMPARE(share(broken, mixedIfOdd(theme.field(2), true)), 0.0);
  // The last message lacks bytes: an outline in the colour of waiting around it, not inside.
  make(460, false, 100);
  view_->resize(760, 700);
  const QColor waiting = theme.status(Status::Incomplete);
  QVERIFY(share(cell(400), waiting) > 0);
  QVERIFY(share(cell(459), waiting) > 0);
  QCOMPARE(share(cell(390), waiting), 0.0);
  QCOMPARE(share(cell(425), waiting), 0.0);
}

void TestHexPaint::selectionAndCaret() {
  make(420);
  view_->setSelection({20, 30});
  const QColor highlight = view_->palette().color(QPalette::Inactive, QPalette::Highlight);
  for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
    QVERIFY(share(cell(25, column), highlight) > 0.4);
    QCOMPARE(share(cell(19, column), highlight), 0.0);
    QCOMPARE(share(cell(30, column), highlight), 0.0);
  }
  const QImage with = cell(20);
  view_->setSelection({100, 100});
  QVERIFY(share(cell(100), view_->palette().color(QPalette::Text)) >
          share(cell(101), view_->palette().color(QPalette::Text)) + 0.03);
}

void TestHexPaint::nothingIsDrawnBehindTheEnd() {
  make(21);
  const QColor base = view_->palette().color(QPalette::Base);
  QImage picture = grab();
  for (quint64 offset : {22ULL, 31ULL, 40ULL, 200ULL}) {
    for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
      QCOMPARE(share(part(picture, view_->cellRect(column, offset).adjusted(2, 0, 0, 0)), base), 1.0);
    }
  }
}

void TestHexPaint::bannerWhenDamaged() {
  make(420);
  const Theme theme(false);
  QCOMPARE(share(grab(), theme.banner()), 0.0);
  const QRectF before = view_->cellRect(HexColumn::Hex, 0);
  source_->setDamaged(true);
  QVERIFY(share(grab(), theme.banner()) > 0.02);
  QVERIFY(view_->cellRect(HexColumn::Hex, 0).top() > before.top());
}

void TestHexPaint::emptyState() {
  make(0);
  const QImage empty = grab();
  const QRectF middle(0, 100, view_->viewport()->width(), view_->viewport()->height() - 110);
  QVERIFY(share(part(empty, middle), view_->palette().color(QPalette::Base)) < 0.999);
  source_->setSize(10);
  QCOMPARE(share(part(grab(), middle), view_->palette().color(QPalette::Base)), 1.0);
}

void TestHexPaint::screenshots_data() {
  QTest::addColumn<bool>("dark");
  QTest::addColumn<QSize>("size");
  QTest::addColumn<int>("zoom");
  QTest::newRow("light") << false << QSize(720, 360) << 0;
  QTest::newRow("dark") << true << QSize(720, 360) << 0;
  QTest::newRow("narrow") << false << QSize(260, 200) << 0;
  QTest::newRow("large") << false << QSize(1300, 700) << 6;
}

void TestHexPaint::screenshots() {
  QFETCH(const bool, dark);
  QFETCH(const QSize, size);
  QFETCH(const int, zoom);
  make(410, dark);
  QByteArray bytes;
  const QByteArray text = "Explicit is better than implicit.!";
  for (int i = 0; i < 10; ++i) {
    bytes += QByteArray("\0\0\0\x26\0", 5) + char(i + 1) + '\2' + '\0' + text;
  }
  source_->setBytes(bytes.first(410));
  source_->setStatus(6, Status::Error);
  view_->setZoom(zoom);
  view_->resize(size);
  view_->setSelection({134, 168});
  view_->show();
  QVERIFY(QTest::qWaitForWindowActive(view_.get()));
  view_->setFocus();
  const QImage picture = grab();
  QVERIFY(!picture.isNull());
  const QString folder = qEnvironmentVariable("OCTETSCOPE_SHOTS");
  if (folder.isEmpty()) return;
  QVERIFY(picture.save(QDir(folder).filePath(
      u"hex-%1-%2.png"_s.arg(QLatin1String(QTest::currentDataTag())).arg(picture.devicePixelRatio()))));
}

QTEST_MAIN(TestHexPaint)
#include "tst_hex_paint.moc"
