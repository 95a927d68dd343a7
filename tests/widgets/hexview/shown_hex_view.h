// A hex view in a window of its own, over bytes that are made up: for tests with real mouse and key events.
#pragma once

#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/hex_view.h"

#include <QTest>

#include <memory>

namespace octetscope::test {

class ShownHexView {
 public:
  HexView &view() { return *view_; }
  FakeHexSource *source() { return source_.get(); }
  void reset() {
    view_.reset();
    source_.reset();
  }
  /// Shows a source of `size` bytes in a view of 760 by 480 pixels that has the focus.
  void show(quint64 size) {
    view_.reset();
    source_ = std::make_unique<FakeHexSource>(size);
    view_ = std::make_unique<HexView>();
    view_->setSource(source_.get());
    view_->resize(760, 480);
    view_->show();
    QVERIFY(QTest::qWaitForWindowActive(view_.get()));
    view_->setFocus();
  }
  QPoint at(quint64 offset, HexColumn column = HexColumn::Hex) {
    return view_->cellRect(column, offset).center().toPoint();
  }

 protected:
  std::unique_ptr<FakeHexSource> source_;
  std::unique_ptr<HexView> view_;
};

}  // namespace octetscope::test
