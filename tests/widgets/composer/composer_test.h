// ComposerTest: a ComposerPanel in a window, with what is asked to be sent, and ways to reach its parts as a person
// does.
#pragma once

#include "widgets/composer/composer_panel.h"
#include "widgets/composer/fields_page.h"
#include "widgets/composer/file_page.h"
#include "widgets/composer/text_page.h"
#include "widgets/controls/error_line_edit.h"

#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

namespace octetscope::test {

enum Tab { TextTab, HexTab, FieldsTab, FileTab };

class ComposerTest : public QObject {
 protected:
  std::unique_ptr<QWidget> window_;
  ComposerPanel *panel_ = nullptr;
  QList<SendRequest> sent_;

  void make(QSettings *settings = nullptr) {
    window_ = std::make_unique<QWidget>();
    panel_ = new ComposerPanel(settings);
    auto *column = new QVBoxLayout(window_.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(panel_);
    sent_.clear();
    connect(panel_, &ComposerPanel::sendRequested, this, [this](const SendRequest &request) { sent_.append(request); });
    panel_->setState(LinkState::Open);
    window_->resize(900, 180);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }
  void choose(Tab tab) {
    panel_->findChild<QTabBar *>()->setCurrentIndex(tab);
    panel_->focusEditor();
  }
  QPlainTextEdit *edit(Tab tab) {
    return tab == TextTab ? panel_->findChild<TextPage *>()->editor() : panel_->findChild<HexInputPage *>()->editor();
  }
  ErrorLineEdit *field(const char *name) { return panel_->findChild<FieldsPage *>()->input(QString::fromUtf8(name)); }
  QPushButton *button(const char *text) {
    for (QPushButton *one : panel_->findChildren<QPushButton *>()) {
      if (one->text().remove(QLatin1Char('&')) == QLatin1String(text)) return one;
    }
    return nullptr;
  }
  QCheckBox *frame() {
    for (QCheckBox *box : panel_->findChildren<QCheckBox *>()) {
      if (box->text().contains(QLatin1String("ame it"))) return box;
    }
    return nullptr;
  }
  template <typename T>
  T *named(const char *name) {
    for (T *widget : panel_->findChildren<T *>()) {
      if (widget->accessibleName() == QLatin1String(name)) return widget;
    }
    return nullptr;
  }
  bool says(const QString &words) {
    for (const QLabel *label : panel_->findChildren<QLabel *>()) {
      if (label->isVisibleTo(panel_) && label->text().contains(words)) return true;
    }
    return false;
  }
  void setDecode(const QString &framing, const QString &layout = {}) {
    DecodeSettings settings;
    settings.of(Direction::Out) = {.framing = framing, .layout = layout};
    panel_->setDecodeSettings(settings);
  }
  static void type(ErrorLineEdit *line, const QString &text) {
    line->setFocus();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
  }
  static void pressSend(QWidget *widget) { QTest::keyClick(widget, Qt::Key_Return, Qt::ControlModifier); }
};

}  // namespace octetscope::test
