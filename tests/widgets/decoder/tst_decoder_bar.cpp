// DecoderBar as a person uses it: typing with the keyboard, choosing, reading what it says.
#include "tests/widgets/list_choice.h"
#include "tests/widgets/named_controls.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/long_spin_box.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/decoder/decoder_bar.h"
#include "widgets/decoder/framing_form.h"
#include "widgets/decoder/layout_table.h"
#include "widgets/decoder/spec_line.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace octetscope;

class TestDecoderBar : public QObject {
  Q_OBJECT

  std::unique_ptr<QWidget> window_;
  DecoderBar *bar_ = nullptr;
  QList<DecodeSettings> edits_;

  template <typename T>
  T *named(const QString &name) {
    for (T *widget : bar_->findChildren<T *>()) {
      if (widget->accessibleName() == name) return widget;
    }
    return nullptr;
  }
  ErrorLineEdit *spec() { return named<ErrorLineEdit>(QStringLiteral("Framing as text (SPEC)")); }
  ErrorLineEdit *layout() { return named<ErrorLineEdit>(QStringLiteral("Struct layout of a payload")); }
  QComboBox *kind() { return named<QComboBox>(QStringLiteral("Framing")); }
  QComboBox *scope() { return named<QComboBox>(QStringLiteral("Direction the decoder settings are for")); }
  FramingForm *form() { return bar_->findChild<FramingForm *>(); }
  static QString sentenceOf(const QWidget *line) {
    return static_cast<SpecLine *>(line->parentWidget())->sentence()->text();
  }
  static void type(QLineEdit *edit, const QString &text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
  }
  void make(QSettings *settings = nullptr) {
    window_ = std::make_unique<QWidget>();
    bar_ = new DecoderBar(settings);
    auto *column = new QVBoxLayout(window_.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(bar_);
    column->addStretch();
    edits_.clear();
    connect(bar_, &DecoderBar::settingsEdited, this, [this](const DecodeSettings &now) { edits_.append(now); });
    window_->resize(1200, 300);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }

 private Q_SLOTS:
  void init() { make(); }
  void cleanup() { window_.reset(); }

  void typingASpecFillsTheForm() {
    type(spec(), QStringLiteral("length:u32be,adjust=-4"));
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("length:u32be,adjust=-4"));
    QCOMPARE(edits_.last().of(Direction::Out).framing, QStringLiteral("length:u32be,adjust=-4"));
    QCOMPARE(kind()->currentData().toString(), QStringLiteral("length"));
    QCOMPARE(qobject_cast<QComboBox *>(form()->editor(QString()))->currentText(), QStringLiteral("u32be"));
    QCOMPARE(qobject_cast<LongSpinBox *>(form()->editor(QStringLiteral("adjust")))->value(), std::optional<qint64>(-4));
    QVERIFY(!spec()->error());
  }

  void theFormWritesTheSpec() {
    type(spec(), QStringLiteral("length:u16be"));
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Options of the framing")), Qt::LeftButton);
    QVERIFY(form()->isVisible());
    edits_.clear();
    auto *adjust = qobject_cast<LongSpinBox *>(form()->editor(QStringLiteral("adjust")));
    adjust->setFocus();
    QTest::keyClick(adjust, Qt::Key_Down);
    QCOMPARE(spec()->text(), QStringLiteral("length:u16be,adjust=-1"));
    QTest::keyClick(adjust, Qt::Key_Up);
    QCOMPARE(edits_.last().of(Direction::In).framing, spec()->text());
    auto *type = qobject_cast<QComboBox *>(form()->editor(QString()));
    type->setFocus();
    QTest::keyClick(type, Qt::Key_Down);
    QVERIFY(spec()->text().startsWith(QStringLiteral("length:u16le")));
    QCOMPARE(edits_.last().of(Direction::In).framing, spec()->text());
    // An option that belongs to one type is offered with that type alone.
    QVERIFY(!form()->editor(QStringLiteral("end"))->isVisibleTo(form()));
    while (type->currentText() != QLatin1String("decimal")) QTest::keyClick(type, Qt::Key_Down);
    QVERIFY(form()->editor(QStringLiteral("end"))->isVisibleTo(form()));
  }

  void aPairOfTypesIsTwoChoices() {
    type(spec(), QStringLiteral("tlv:u16be/varint"));
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Options of the framing")), Qt::LeftButton);
    auto *tag = qobject_cast<QComboBox *>(form()->editor(QString()));
    auto *length = form()->findChild<QComboBox *>(QStringLiteral("argumentSecond"));
    QVERIFY(tag && length);
    QCOMPARE(tag->currentText(), QStringLiteral("u16be"));
    QCOMPARE(length->currentText(), QStringLiteral("varint"));
    length->setFocus();
    QTest::keyClick(length, Qt::Key_Down);
    QCOMPARE(spec()->text(), QStringLiteral("tlv:u16be/decimal"));
    tag->setFocus();
    QTest::keyClick(tag, Qt::Key_Up);
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("tlv:u8/decimal"));
  }

  void otherNamesOfAChoiceChooseIt() {
    type(spec(), QStringLiteral("sync:AA55,length=u8,checksum=XMODEM"));
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Options of the framing")), Qt::LeftButton);
    auto *checksum = qobject_cast<QComboBox *>(form()->editor(QStringLiteral("checksum")));
    QCOMPARE(checksum->currentText(), QStringLiteral("crc-16/xmodem"));
    QCOMPARE(qobject_cast<QLineEdit *>(form()->editor(QString()))->text(), QStringLiteral("AA55"));
    checksum->setFocus();
    QTest::keyClick(checksum, Qt::Key_Home);
    QCOMPARE(spec()->text(), QStringLiteral("sync:AA55,length=u8"));
  }

  void commasInTheFormAreEscapedInTheSpec_data() {
    QTest::addColumn<QString>("editor");
    QTest::addColumn<QString>("spec");
    QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("a\\,b");
    QTest::newRow("bar") << QStringLiteral("|") << QStringLiteral("\\|");
    QTest::newRow("escape") << QStringLiteral("\\r\\n") << QStringLiteral("\\r\\n");
    QTest::newRow("backslash, comma") << QStringLiteral("\\\\,") << QStringLiteral("\\\\\\,");
    QTest::newRow("open escape") << QStringLiteral("a\\") << QStringLiteral("a\\");
  }
  void commasInTheFormAreEscapedInTheSpec() {
    QFETCH(QString, editor);
    QFETCH(QString, spec);
    QCOMPARE(FramingForm::toSpec(editor), spec);
    QCOMPARE(FramingForm::toEditor(spec), editor);
  }

  void aWrongSpecChangesNothing_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::newRow("unknown name") << QStringLiteral("lenght:u32be") << 0;
    QTest::newRow("wrong choice") << QStringLiteral("length:u33be") << 7;
    QTest::newRow("unknown option") << QStringLiteral("fixed:10,siz=3") << 9;
    QTest::newRow("zero") << QStringLiteral("fixed:0") << 6;
    QTest::newRow("nothing after the colon") << QStringLiteral("fixed:") << 6;
  }
  void aWrongSpecChangesNothing() {
    QFETCH(QString, text);
    QFETCH(int, position);
    // Pasted: no text on the way to it is right by itself.
    spec()->selectAll();
    QTest::keyClick(spec(), Qt::Key_Delete);
    spec()->insert(text);
    QVERIFY(edits_.isEmpty());
    QCOMPARE(bar_->settings().of(Direction::In).framing, QStringLiteral("chunks"));
    QVERIFY(spec()->error());
    QCOMPARE(static_cast<int>(spec()->markedPosition()), position);
    QVERIFY(sentenceOf(spec()).contains(spec()->error()->what));
    QCOMPARE(spec()->accessibleDescription(), spec()->error()->line());
    QVERIFY(
        QAccessible::queryAccessibleInterface(spec())->text(QAccessible::Description).contains(spec()->error()->what));
    // The capture is told of nothing, and the line keeps what was typed when the settings come back as they are.
    bar_->setSettings(bar_->settings());
    QCOMPARE(spec()->text(), text);
    type(spec(), QStringLiteral("fixed:12"));
    QVERIFY(!spec()->error());
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("fixed:12"));
  }

  void choosingAFramingIsAlwaysRight() {
    for (int i = 0; i < kind()->count(); ++i) {
      kind()->setCurrentIndex(i);
      Q_EMIT kind()->activated(i);
      QVERIFY2(!spec()->error(), qPrintable(spec()->text()));
      QVERIFY(spec()->text().startsWith(kind()->itemData(i).toString()));
      QVERIFY(!kind()->itemData(i, Qt::ToolTipRole).toString().isEmpty());
    }
  }

  void choosingAgainBringsTheOptionsBack() {
    type(spec(), QStringLiteral("fixed:77"));
    test::chooseInList(kind(), 0);
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("chunks"));
    test::chooseInList(kind(), kind()->findData(QStringLiteral("fixed")));
    QCOMPARE(spec()->text(), QStringLiteral("fixed:77"));
  }

  void aWrongLayoutChangesNothing() {
    type(layout(), QStringLiteral("!H:seq B:kind"));
    QCOMPARE(edits_.last().of(Direction::Out).layout, QStringLiteral("!H:seq B:kind"));
    edits_.clear();
    QTest::keyClicks(layout(), QStringLiteral(" z"));
    // "…kind " is another text for the same fields; the letter z is none.
    QCOMPARE(bar_->settings().of(Direction::In).layout.trimmed(), QStringLiteral("!H:seq B:kind"));
    QVERIFY(layout()->error());
    QCOMPARE(layout()->markedPosition(), 14);
    QVERIFY(sentenceOf(layout()).contains(QStringLiteral("bad char in struct format")));
    for (int i = 0; i < 2; ++i) QTest::keyClick(layout(), Qt::Key_Backspace);
    QVERIFY(!layout()->error());
    QVERIFY(sentenceOf(layout()).contains(QStringLiteral("3 bytes")));
    QVERIFY(sentenceOf(layout()).contains(QStringLiteral("network order")));
    type(layout(), QString());
    QCOMPARE(bar_->settings().of(Direction::In).layout, QString());
  }

  void theTableListsFieldsAndPadding() {
    type(layout(), QStringLiteral("@B:kind I:stamp *s:text"));
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Table of the struct's fields")), Qt::LeftButton);
    auto *table = bar_->findChild<LayoutTable *>();
    QTRY_VERIFY(table->isVisible());
    const QTableWidget *rows = table->table();
    const auto cell = [rows](int row, int column) { return rows->item(row, column)->text(); };
    QCOMPARE(rows->rowCount(), 4);
    QCOMPARE(cell(0, 0), QStringLiteral("kind"));
    QCOMPARE(cell(1, 0), QStringLiteral("(pad)"));
    QCOMPARE(cell(1, 3), QStringLiteral("3"));
    QCOMPARE(cell(2, 2), QStringLiteral("4"));
    QVERIFY(cell(2, 4).contains(QStringLiteral("unsigned 32-bit")));
    QCOMPARE(cell(3, 3), QStringLiteral("the rest"));
    QVERIFY(test::unnamedControls(table).isEmpty());
    QTest::keyClick(table, Qt::Key_Escape);
    QTRY_VERIFY(!table->isVisible());
  }

  void directionsCanDiffer() {
    type(spec(), QStringLiteral("fixed:4"));
    test::chooseInList(scope(), 2);
    QCOMPARE(bar_->direction(), Direction::Out);
    edits_.clear();
    type(spec(), QStringLiteral("until-close"));
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("fixed:4"));
    QCOMPARE(edits_.last().of(Direction::Out).framing, QStringLiteral("until-close"));
    test::chooseInList(scope(), 1);
    QCOMPARE(spec()->text(), QStringLiteral("fixed:4"));
    test::chooseInList(scope(), 2);
    test::chooseInList(scope(), 0);
    QVERIFY(bar_->editsBoth());
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("until-close"));
    QCOMPARE(edits_.last().of(Direction::Out).framing, QStringLiteral("until-close"));
  }

  void settingSettingsEmitsNothing() {
    DecodeSettings settings;
    settings.of(Direction::In) = {.framing = QStringLiteral("fixed:8"), .layout = QStringLiteral("<Q:time")};
    settings.of(Direction::Out) = {.framing = QStringLiteral("until-close"), .maxMessage = 5000};
    bar_->setSettings(settings);
    QVERIFY(edits_.isEmpty());
    QVERIFY(!bar_->editsBoth());
    QCOMPARE(spec()->text(), QStringLiteral("fixed:8"));
    QCOMPARE(layout()->text(), QStringLiteral("<Q:time"));
    bar_->setDirection(Direction::Out);
    QVERIFY(edits_.isEmpty());
    QCOMPARE(spec()->text(), QStringLiteral("until-close"));
    QCOMPARE(named<LongSpinBox>(QStringLiteral("Default message limit in bytes"))->value(),
             std::optional<qint64>(5000));
  }

  void theLimitIsASetting() {
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Options of the framing")), Qt::LeftButton);
    auto *limit = named<LongSpinBox>(QStringLiteral("Default message limit in bytes"));
    limit->setFocus();
    QTest::keyClicks(limit, QStringLiteral("1000"));
    QCOMPARE(edits_.last().of(Direction::In).maxMessage, 1000ULL);
    const auto before = edits_.size();
    QTest::keyClicks(limit, QStringLiteral("x"));
    QCOMPARE(edits_.size(), before);
    QVERIFY(!limit->accessibleDescription().isEmpty());
    QTest::keyClick(limit, Qt::Key_Backspace);
    QVERIFY(limit->accessibleDescription().isEmpty());
  }

  void remembersWhatWasUsed() {
    const QTemporaryDir folder;
    QSettings file(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    make(&file);
    type(spec(), QStringLiteral("fixed:1234"));
    QTest::keyClick(spec(), Qt::Key_Return);
    type(spec(), QStringLiteral("fixed:0"));  // fixed: 0 is wrong, and not remembered
    QTest::keyClick(spec(), Qt::Key_Return);
    make(&file);
    const QStringList offered = static_cast<SpecLine *>(spec()->parentWidget())->offered();
    QCOMPARE(offered.first(), QStringLiteral("fixed:1234"));
    QVERIFY(!offered.contains(QStringLiteral("fixed:0")));
    // Down offers all of it, whatever stands in the line; Enter takes the first.
    spec()->setFocus();
    QTest::keyClick(spec(), Qt::Key_Down);
    auto *popup = spec()->completer()->popup();
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QTRY_COMPARE(spec()->text(), QStringLiteral("fixed:1234"));
    QCOMPARE(edits_.last().of(Direction::In).framing, QStringLiteral("fixed:1234"));
  }

  void undoIsThere() {
    type(layout(), QStringLiteral("!I"));
    QTest::keyClicks(layout(), QStringLiteral("Q"));
    QTest::keySequence(layout(), QKeySequence::Undo);
    QVERIFY(layout()->text() != QLatin1String("!IQ"));
    QVERIFY(!layout()->error() || layout()->text().isEmpty());
  }

  void fitsNarrowWindows() {
    for (const int width : {700, 1400, 700}) {
      window_->resize(width, 300);
      QTRY_COMPARE(bar_->width(), width);
      QVERIFY2(bar_->minimumSizeHint().width() <= 700, qPrintable(QString::number(bar_->minimumSizeHint().width())));
      for (const QWidget *child : {static_cast<QWidget *>(spec()), static_cast<QWidget *>(layout())}) {
        QVERIFY(child->width() >= 120);
        QVERIFY(bar_->rect().contains(QRect(child->mapTo(bar_, QPoint(0, 0)), child->size())));
      }
    }
  }

  void rowsAreAlignedAndTakeNoMoreThanTheyNeed() {
    type(spec(), QStringLiteral("length:u32be"));
    type(layout(), QStringLiteral("!H:seq"));
    const auto at = [this](const QWidget *one) { return QRect(one->mapTo(bar_, QPoint(0, 0)), one->size()); };
    const int line = bar_->fontMetrics().lineSpacing();
    // Side by side where there is room; the sentences below take a line each.
    window_->resize(1085, 300);
    QTRY_COMPARE(bar_->width(), 1085);
    QTRY_COMPARE(at(spec()).top(), at(layout()).top());
    QCOMPARE(at(spec()).height(), at(kind()).height());
    QTRY_VERIFY2(bar_->height() <= at(kind()).height() + line + 14, qPrintable(QString::number(bar_->height())));
    // One above the other where there is not: what follows the labels begins at one place.
    window_->resize(800, 300);
    QTRY_VERIFY(at(layout()).top() > at(spec()).bottom());
    QCOMPARE(at(layout()).left(), at(kind()).left());
    // An error is whole, however many lines it takes.
    type(spec(), QStringLiteral("length:u33be"));
    const QLabel *sentence = static_cast<SpecLine *>(spec()->parentWidget())->sentence();
    QTRY_VERIFY(sentence->height() >= sentence->heightForWidth(sentence->width()));
    QVERIFY(sentence->isVisible());
  }

  void everyControlIsNamed() {
    type(spec(), QStringLiteral("length:decimal"));
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Options of the framing")), Qt::LeftButton);
    QStringList names;
    const QStringList unnamed = test::unnamedControls(bar_, &names);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
    QVERIFY(names.contains(QStringLiteral("Framing as text (SPEC)")));
    QVERIFY(names.contains(QStringLiteral("Default message limit in bytes")));
    // The keyboard reaches every editor from the first by Tab alone.
    QSet<QWidget *> reached;
    kind()->setFocus();
    for (int i = 0; i < 40; ++i) {
      reached.insert(QApplication::focusWidget());
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (QWidget *widget : {static_cast<QWidget *>(spec()), static_cast<QWidget *>(layout()), form()->editor(QString()),
                            form()->editor(QStringLiteral("offset")), static_cast<QWidget *>(scope())}) {
      QVERIFY2(reached.contains(widget), qPrintable(widget->accessibleName()));
    }
  }
};

QTEST_MAIN(TestDecoderBar)
#include "tst_decoder_bar.moc"
