// FilterBar with keys: what it gives its MessageFilter, what it says and offers, what a wrong text leaves as it was,
// and what it remembers.
#include "model/capture/capture.h"
#include "model/items/decode_run.h"
#include "tests/support/binary_makers.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/messages/filter_bar.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestFilterBar : public QObject {
  Q_OBJECT

  struct Shown {
    Capture capture{u"test"_s};
    std::shared_ptr<Connection> connection = capture.addConnection({u"1.2.3.4"_s, 5}, {u"6.7.8.9"_s, 10});
    ConnectionDecoder decoder{connection};
    MessageFilter filter{decoder};
    FilterBar bar;
    ErrorLineEdit *edit = bar.findChild<ErrorLineEdit *>();

    explicit Shown(QSettings *settings = nullptr, const QString &spec = u"length:u16be"_s,
                   const QString &layout = u"B:kind *s:text"_s)
        : bar(settings) {
      use(spec, layout);
      bar.setFilter(&filter, &decoder);
      bar.show();
      bar.activateWindow();
      edit->setFocus();
      if (!QTest::qWaitForWindowActive(&bar)) qFatal("the bar does not come up");
    }
    ~Shown() { bar.setFilter(nullptr, nullptr); }
    void use(const QString &spec, const QString &layout) {
      const auto reader = DirectionReader::create({.framing = spec, .layout = layout});
      if (!reader) qFatal("%s", qPrintable(reader.error().line()));
      decoder.setReaders(*reader, *reader);
    }
    void receive(char kind, const QByteArray &text) {
      const QByteArray payload = QByteArray(1, kind) + text;
      const QByteArray bytes = bigEndianBytes(static_cast<quint64>(payload.size()), 2) + payload;
      if (!connection->stream(Direction::In).append(viewOf(bytes), connection->clock().stamp())) qFatal("append");
      decoder.advance();
    }
    bool says(const QString &text) const { return bar.sentence() == text; }
    /// What is offered below the line, top down; empty: nothing is.
    static QStringList offered() {
      QStringList texts;
      const auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
      for (int row = 0; popup && row < popup->model()->rowCount(); ++row) {
        texts.append(popup->model()->index(row, 0).data().toString());
      }
      return texts;
    }
    static const QWidget *named(const QWidget &parent, const QString &name) {
      for (const QWidget *one : parent.findChildren<QWidget *>()) {
        if (one->accessibleName() == name) return one;
      }
      qFatal("%s", qPrintable(name));
    }
    /// Keys go where a person's would: to the list of offers, where one is open.
    void key(Qt::Key key) const {
      QWidget *popup = QApplication::activePopupWidget();
      QTest::keyClick(popup ? popup : edit, key);
    }
    /// Opens the menu and triggers what reads so.
    void choose(const QString &text) const {
      QMenu *menu = bar.findChild<QMenu *>();
      Q_EMIT menu->aboutToShow();
      for (QMenu *one : {menu, menu->findChild<QMenu *>()}) {
        if (!one) continue;
        for (QAction *action : one->actions()) {
          if (action->text() == text && action->isEnabled() && !action->menu()) return action->trigger();
        }
      }
      QFAIL(qPrintable(text));
    }
    QStringList menuTexts() const {
      QMenu *menu = bar.findChild<QMenu *>();
      Q_EMIT menu->aboutToShow();
      QStringList texts;
      for (const QAction *action : menu->actions()) {
        if (!action->isSeparator()) texts.append(action->text());
      }
      return texts;
    }
  };

 private Q_SLOTS:
  void countsWhatArrives();
  void appliesByItselfAMomentAfterTheLastKey();
  void aWrongTextChangesNothing();
  void saysWhatIsWrongAndWhere();
  void isReadAnewWithTheSettings();
  void offersWhatMayStandThere();
  void offersFieldsThatWereSeen();
  void returnIsMeantForTheLine();
  void tabTakesWhatIsOffered();
  void offersHaveRoomAndHideNoReason();
  void offersWhatWasUsedBefore();
  void whatWasInForceIsUsed();
  void keepsFiltersByName();
  void escapeLeaves();
};

void TestFilterBar::countsWhatArrives() {
  Shown shown;
  shown.receive(1, "a");
  shown.receive(2, "b");
  shown.bar.setText(u"kind == 2"_s);
  QVERIFY(shown.filter.isActive());
  QTRY_VERIFY(shown.says(u"✓ 1 of 2 messages pass"_s));
  shown.receive(2, "c");
  QTRY_VERIFY(shown.says(u"✓ 2 of 3 messages pass"_s));
  shown.receive(1, "d");
  QTRY_VERIFY(shown.says(u"✓ 2 of 4 messages pass"_s));
}

void TestFilterBar::appliesByItselfAMomentAfterTheLastKey() {
  Shown shown;
  shown.receive(1, "a");
  QTest::keyClicks(shown.edit, u"size > 1"_s);
  QVERIFY(!shown.filter.isActive());
  QTRY_VERIFY(shown.filter.isActive());
}

void TestFilterBar::aWrongTextChangesNothing() {
  Shown shown;
  shown.receive(1, "a");
  shown.bar.setText(u"kind == 1"_s);
  QTRY_VERIFY(shown.says(u"✓ 1 of 1 messages pass"_s));
  const QSignalSpy resets(&shown.filter, &MessageFilter::wasReset);
  shown.bar.setText(u"kind == "_s);
  QVERIFY(shown.edit->error());
  QVERIFY(shown.edit->error()->position >= 0);
  QCOMPARE(resets.size(), 0);
  QCOMPARE(shown.filter.expression()->text(), u"kind == 1"_s);
  shown.bar.setText(u"kind == 2"_s);
  QVERIFY(!shown.edit->error());
  QCOMPARE(shown.filter.expression()->text(), u"kind == 2"_s);
}

void TestFilterBar::saysWhatIsWrongAndWhere() {
  Shown shown;
  QCOMPARE(shown.bar.sentence(), u"Every message is shown."_s);
  shown.receive(1, "a");
  shown.bar.setText(u"size > 1 && colour == 5"_s);
  QVERIFY(shown.edit->error() && !shown.edit->isInForce());
  QCOMPARE(shown.edit->markedPosition(), 12);
  QVERIFY2(shown.bar.sentence().startsWith(u"✖ At character 13: "_s), qPrintable(shown.bar.sentence()));
  QVERIFY2(shown.bar.sentence().endsWith(u". Until then every message is shown."_s), qPrintable(shown.bar.sentence()));
  shown.bar.setText(u"size > 1"_s);
  QVERIFY(shown.edit->isInForce());
  QTRY_COMPARE(shown.bar.sentence(), u"✓ 1 of 1 messages pass"_s);
  QCOMPARE(shown.edit->accessibleDescription(), shown.bar.sentence());
  QTest::keyClicks(shown.edit, u" &&"_s);
  QTRY_VERIFY(shown.edit->error());
  QVERIFY2(shown.bar.sentence().endsWith(u". Until then size > 1 still filters: 1 of 1 messages pass."_s),
           qPrintable(shown.bar.sentence()));
}

void TestFilterBar::isReadAnewWithTheSettings() {
  Shown shown;
  shown.receive(1, "a");
  shown.receive(2, "b");
  shown.bar.setText(u"kind == 2"_s);
  QTRY_VERIFY(shown.says(u"✓ 1 of 2 messages pass"_s));
  shown.use(u"length:u16be"_s, {});
  QVERIFY(shown.edit->error() && !shown.filter.isActive());
  shown.use(u"length:u16be"_s, u"B:kind"_s);
  QVERIFY(!shown.edit->error());
  QTRY_VERIFY(shown.says(u"✓ 1 of 2 messages pass"_s));
}

void TestFilterBar::offersWhatMayStandThere() {
  Shown shown;
  QTest::keyClicks(shown.edit, u"ki"_s);
  QCOMPARE(Shown::offered(), QStringList{u"kind"_s});
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Return);
  QCOMPARE(shown.edit->text(), u"kind"_s);
  QVERIFY(Shown::offered().isEmpty());
  QTest::keyClicks(shown.edit, u" == 1 && sta"_s);
  QCOMPARE(Shown::offered(), QStringList{u"status"_s});
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Return);
  QTest::keyClicks(shown.edit, u" == inc"_s);
  QCOMPARE(Shown::offered(), QStringList{u"incomplete"_s});
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Return);
  QCOMPARE(shown.edit->text(), u"kind == 1 && status == incomplete"_s);
  QTRY_VERIFY(shown.filter.isActive());
}

void TestFilterBar::offersFieldsThatWereSeen() {
  Shown shown(nullptr, u"json"_s, {});
  const QByteArray json = R"({"user": {"name": "x"}, "urgent": true})";
  if (!shown.connection->stream(Direction::In).append(viewOf(json), shown.connection->clock().stamp())) QFAIL("append");
  shown.decoder.advance();
  QTRY_COMPARE(shown.decoder.messageCount(Direction::In), 1U);
  shown.edit->clearFocus();
  shown.edit->setFocus();
  QTest::keyClicks(shown.edit, u"u"_s);
  QVERIFY2(Shown::offered().contains(u"user.name"_s) && Shown::offered().contains(u"urgent"_s),
           qPrintable(Shown::offered().join(u' ')));
}

void TestFilterBar::returnIsMeantForTheLine() {
  Shown shown;
  QTest::keyClicks(shown.edit, u"size"_s);
  QTest::keyClicks(shown.edit, u" "_s);
  QVERIFY(Shown::offered().contains(u"=="_s));
  QVERIFY(!shown.filter.isActive());
  shown.key(Qt::Key_Return);
  QVERIFY(Shown::offered().isEmpty());
  QVERIFY(shown.filter.isActive());
  QCOMPARE(shown.edit->text(), u"size "_s);
  QVERIFY(shown.menuTexts().contains(u"size"_s));
}

void TestFilterBar::tabTakesWhatIsOffered() {
  Shown shown;
  QTest::keyClicks(shown.edit, u"si"_s);
  QCOMPARE(Shown::offered(), QStringList{u"size"_s});
  shown.key(Qt::Key_Tab);
  QCOMPARE(shown.edit->text(), u"size"_s);
  QVERIFY(Shown::offered().isEmpty() && shown.edit->hasFocus());
  QTest::keyClicks(shown.edit, u" "_s);
  QVERIFY(Shown::offered().size() > 2);
  const QString second = Shown::offered()[1];
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Tab);
  QCOMPARE(shown.edit->text(), QString(u"size "_s + second));
  // With nothing offered, it leaves the line.
  QVERIFY(Shown::offered().isEmpty());
  shown.key(Qt::Key_Tab);
  QVERIFY(!shown.edit->hasFocus());
}

void TestFilterBar::offersHaveRoomAndHideNoReason() {
  Shown shown(nullptr, u"length:u16be"_s, u"B:temp H:a_name_that_is_rather_long_for_a_field_of_a_small_message"_s);
  shown.bar.resize(900, shown.bar.sizeHint().height());
  QTest::keyClicks(shown.edit, u"t"_s);
  QVERIFY(Shown::offered().contains(u"temp"_s));
  auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
  const auto rowsWidth = [popup] {
    QStyleOptionViewItem option;
    option.initFrom(popup);
    int width = 0;
    for (int row = 0; row < popup->model()->rowCount(); ++row) {
      width = std::max(width, popup->itemDelegate()->sizeHint(option, popup->model()->index(row, 0)).width());
    }
    return width;
  };
  QVERIFY(popup->viewport()->width() >= std::min(rowsWidth(), 800));
  // Below the sentence, also when that comes while the list is open, and needs more lines.
  const auto isBelow = [&] {
    const auto *sentence = Shown::named(shown.bar, u"State of the filter"_s);
    return popup->isVisible() &&
           popup->mapToGlobal(QPoint(0, 0)).y() >= sentence->mapToGlobal(QPoint(0, sentence->height())).y();
  };
  QVERIFY(isBelow());
  shown.bar.resize(300, shown.bar.sizeHint().height());
  QTRY_VERIFY(shown.edit->error());
  QTRY_VERIFY(isBelow());
  // No wider than the window is now.
  QTRY_VERIFY(popup->width() <= shown.bar.window()->width());
}

void TestFilterBar::whatWasInForceIsUsed() {
  Shown shown;
  // The offscreen platform leaves no window active behind a list.
  const auto dismiss = [&] {
    while (!Shown::offered().isEmpty()) shown.key(Qt::Key_Escape);
    shown.bar.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shown.bar));
    shown.edit->setFocus();
  };
  const auto typed = [&](const QString &text) {
    QTest::keyClicks(shown.edit, text);
    dismiss();
    QTRY_VERIFY(shown.filter.expression() && shown.filter.expression()->text() == text);
  };
  const auto used = [&] {
    QStringList texts = shown.menuTexts();
    texts.removeAll(u"Save this filter…"_s);
    return texts.filter(u">"_s) + texts.filter(u"=="_s);
  };
  // Emptied by its button.
  typed(u"size > 1"_s);
  QTest::mouseClick(shown.edit->findChild<QToolButton *>(), Qt::LeftButton);
  QCOMPARE(shown.edit->text(), QString());
  QCOMPARE(used(), QStringList{u"size > 1"_s});
  // Another one begun over it.
  typed(u"size > 2"_s);
  shown.edit->selectAll();
  typed(u"size > 3"_s);
  QVERIFY(used().contains(u"size > 2"_s) && !used().contains(u"size > 3"_s));
  // Replaced as a whole.
  shown.bar.filterBy(u"size > 4"_s);
  QVERIFY(used().contains(u"size > 3"_s) && used().contains(u"size > 4"_s));
  // Left before it was applied by itself; not what is wrong.
  shown.edit->selectAll();
  QTest::keyClicks(shown.edit, u"size > 5"_s);
  dismiss();
  shown.bar.findChild<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)->setFocus(Qt::TabFocusReason);
  QVERIFY(used().contains(u"size > 5"_s));
  shown.edit->setFocus();
  QTest::keyClicks(shown.edit, u" &&"_s);
  dismiss();
  shown.bar.findChild<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)->setFocus(Qt::TabFocusReason);
  QCOMPARE(used().filter(u"&&"_s), QStringList());
  // What goes letter by letter was not meant.
  shown.edit->setFocus();
  shown.edit->selectAll();
  typed(u"size == 66"_s);
  QTest::keyClick(shown.edit, Qt::Key_Backspace);
  QVERIFY(!used().contains(u"size == 66"_s));
}

void TestFilterBar::offersWhatWasUsedBefore() {
  const QTemporaryDir dir;
  QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
  {
    Shown shown(&settings);
    for (const char *text : {"size > 1", "kind == 2", "kind =="}) {
      shown.edit->setText(QString::fromLatin1(text));
      shown.key(Qt::Key_Return);
    }
  }
  Shown shown(&settings);
  shown.key(Qt::Key_Down);
  // What is wrong was never used.
  QCOMPARE(Shown::offered(), (QStringList{u"kind == 2"_s, u"size > 1"_s}));
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Down);
  shown.key(Qt::Key_Return);
  QCOMPARE(shown.edit->text(), u"size > 1"_s);
  QTRY_VERIFY(shown.filter.isActive());
  shown.choose(u"kind == 2"_s);
  QCOMPARE(shown.filter.expression()->text(), u"kind == 2"_s);
  shown.choose(u"Forget what was used before"_s);
  QVERIFY(!shown.menuTexts().contains(u"kind == 2"_s));
}

void TestFilterBar::keepsFiltersByName() {
  const QTemporaryDir dir;
  QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
  {
    Shown shown(&settings);
    shown.edit->setText(u"size > 1"_s);
    QTimer::singleShot(0, &shown.bar, [] {
      auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
      QVERIFY(dialog);
      dialog->setTextValue(u"Large & odd"_s);
      dialog->accept();
    });
    shown.choose(u"Save this filter…"_s);
    shown.bar.clear();
    shown.choose(u"Large && odd"_s);
    QCOMPARE(shown.filter.expression()->text(), u"size > 1"_s);
  }
  SavedFilters saved(&settings);
  QCOMPARE(saved.all(), (QList<SavedFilters::Saved>{{u"Large & odd"_s, u"size > 1"_s}}));
  QCOMPARE(saved.nameOf(u"size > 1"_s), u"Large & odd"_s);
  QVERIFY(!saved.save(u" "_s, u"size"_s) && !saved.save(u"name"_s, {}));
  QVERIFY(saved.save(u"A"_s, u"size"_s) && saved.save(u"A"_s, u"chunks > 1"_s));
  QCOMPARE(saved.all().first(), (SavedFilters::Saved{u"A"_s, u"chunks > 1"_s}));
  Shown shown(&settings);
  // A name in use is not taken over without a word.
  for (const auto answer : {QMessageBox::Cancel, QMessageBox::Save}) {
    shown.edit->setText(u"chunks > 2"_s);
    bool wasAsked = false;
    QTimer::singleShot(0, &shown.bar, [&] {
      auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
      QVERIFY(dialog);
      QTimer::singleShot(0, &shown.bar, [&] {
        auto *question = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        QVERIFY(question);
        wasAsked = question->text().contains(u"chunks > 1"_s);
        question->button(answer)->click();
      });
      dialog->setTextValue(u" A "_s);
      dialog->accept();
    });
    shown.choose(u"Save this filter…"_s);
    QVERIFY(wasAsked);
    QCOMPARE(SavedFilters(&settings).textOf(u"A"_s), answer == QMessageBox::Save ? u"chunks > 2"_s : u"chunks > 1"_s);
  }
  shown.bar.findChild<QMenu *>()->aboutToShow();
  QMenu *removal = shown.bar.findChild<QMenu *>()->findChild<QMenu *>();
  QCOMPARE(removal->actions().size(), 2);
  removal->actions().last()->trigger();
  QCOMPARE(SavedFilters(&settings).all(), (QList<SavedFilters::Saved>{{u"A"_s, u"chunks > 2"_s}}));
}

void TestFilterBar::escapeLeaves() {
  Shown shown;
  const QSignalSpy left(&shown.bar, &FilterBar::left);
  QTest::keyClicks(shown.edit, u"si"_s);
  QVERIFY(!Shown::offered().isEmpty());
  shown.key(Qt::Key_Escape);
  QVERIFY(Shown::offered().isEmpty());
  QCOMPARE(left.size(), 0);
  shown.key(Qt::Key_Escape);
  QCOMPARE(left.size(), 1);
  QCOMPARE(shown.edit->text(), u"si"_s);
}

QTEST_MAIN(TestFilterBar)
#include "tst_filter_bar.moc"
