// A HexView with a FindBar and a GoToBar below it, in a window that is shown: what the tests of the bars share.
#pragma once

#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/go_to_bar.h"
#include "widgets/hexview/hex_view.h"

#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

namespace octetscope::test {

class HexBarsWindow : public QObject {
 protected:
  void open() {
    window_.reset();
    source_ = std::make_unique<FakeHexSource>(0, 20);
    QByteArray bytes(500, '.');
    for (const int place : {10, 200, 400}) bytes.replace(place, 5, "apple");
    bytes.replace(300, 2, QByteArray("\x0d\x0a", 2));
    source_->setBytes(bytes);
    window_ = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(window_.get());
    view_ = new HexView;
    view_->setSource(source_.get());
    find_ = new FindBar(view_);
    goTo_ = new GoToBar(view_);
    layout->addWidget(view_);
    layout->addWidget(find_);
    layout->addWidget(goTo_);
    window_->resize(800, 300);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }
  void type(QWidget *bar, const QString &text) {
    auto *line = bar->findChild<QLineEdit *>();
    line->setFocus();
    line->clear();
    QTest::keyClicks(line, text);
  }
  void press(QWidget *bar, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(bar->findChild<QLineEdit *>(), key, modifiers);
  }

  std::unique_ptr<FakeHexSource> source_;
  std::unique_ptr<QWidget> window_;
  HexView *view_ = nullptr;
  FindBar *find_ = nullptr;
  GoToBar *goTo_ = nullptr;
};

}  // namespace octetscope::test
