// Choosing an entry of a box with the keyboard as a person does: its list is opened first.
#pragma once

#include <QAbstractItemView>
#include <QComboBox>
#include <QTest>

namespace octetscope::test {

inline void chooseInList(QComboBox *box, int index) {
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Down);
  QTRY_VERIFY(box->view()->isVisible());
  QTest::keyClick(box->view(), Qt::Key_Home);
  for (int i = 0; i < index; ++i) QTest::keyClick(box->view(), Qt::Key_Down);
  QTest::keyClick(box->view(), Qt::Key_Return);
  QTRY_VERIFY(!box->view()->isVisible());
  QCOMPARE(box->currentIndex(), index);
  // The offscreen platform leaves no window active behind a list.
  box->activateWindow();
  if (!QTest::qWaitForWindowActive(box->window())) qWarning("the window did not become active");
}

}  // namespace octetscope::test
