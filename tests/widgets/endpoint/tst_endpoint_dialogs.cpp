// The dialogs that ask where to listen and whom to connect to, typed into as a person does.
#include "tests/widgets/named_controls.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/endpoint/connect_dialog.h"
#include "widgets/endpoint/listen_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace octetscope;

class TestEndpointDialogs : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  static QPushButton *defaultButton(const QDialog &dialog) {
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
      if (button->isDefault()) return button;
    }
    return nullptr;
  }
  template <typename T>
  static T *named(const QDialog &dialog, const QString &name) {
    for (T *widget : dialog.findChildren<T *>()) {
      if (widget->accessibleName() == name) return widget;
    }
    return nullptr;
  }
  static void type(QLineEdit *edit, const QString &text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
  }
  static QString words(const QDialog &dialog) {
    QString all;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) all += label->text() + QLatin1Char('\n');
    return all;
  }

 private Q_SLOTS:
  void listensOnLoopbackUnlessTold() {
    ListenDialog dialog(nullptr);
    QCOMPARE(dialog.options().host, QStringLiteral("127.0.0.1"));
    QCOMPARE(dialog.options().port, quint16(0));
    QCOMPARE(dialog.options().receiveSize, 8192);
    QVERIFY(!dialog.options().autoFinish);  // whoever watches wants to answer after the peer's FIN
    QVERIFY(!words(dialog).contains(QStringLiteral("⚠")));
  }

  void saysWhenOthersCanConnect() {
    ListenDialog dialog(nullptr);
    dialog.show();
    auto *address = named<QComboBox>(dialog, QStringLiteral("Address to listen on"));
    address->setFocus();
    QTest::keyClick(address, Qt::Key_Down);
    QTest::keyClick(address, Qt::Key_Down);
    QCOMPARE(dialog.options().host, QStringLiteral("0.0.0.0"));
    QVERIFY(words(dialog).contains(QStringLiteral("⚠ Listens on all interfaces")));
    type(address->lineEdit(), QStringLiteral("10.1.2.3"));
    QVERIFY(words(dialog).contains(QStringLiteral("⚠ Listens on")));
    type(address->lineEdit(), QStringLiteral("::1"));
    QCOMPARE(dialog.options().host, QStringLiteral("::1"));
    QVERIFY(!words(dialog).contains(QStringLiteral("⚠")));
    type(address->lineEdit(), QStringLiteral("[::1]"));
    QCOMPARE(dialog.options().host, QStringLiteral("::1"));
  }

  void refusesWhatIsWrong_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("position");
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("blank inside") << QStringLiteral("my host") << 2;
    QTest::newRow("IPv4") << QStringLiteral("1.2.3.456") << 0;
    QTest::newRow("IPv6") << QStringLiteral("::x") << 0;
    QTest::newRow("open bracket") << QStringLiteral("[::1") << 4;
  }
  void refusesWhatIsWrong() {
    QFETCH(QString, host);
    ListenDialog listening(nullptr);
    listening.show();
    auto *line =
        static_cast<ErrorLineEdit *>(named<QComboBox>(listening, QStringLiteral("Address to listen on"))->lineEdit());
    type(line, host);
    QVERIFY(!defaultButton(listening)->isEnabled());
    QVERIFY(defaultButton(listening)->toolTip().contains(QStringLiteral("Not now")));
    QVERIFY(words(listening).contains(listening.error()));
    QTEST(static_cast<int>(line->markedPosition()), "position");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(listening.result(), 0);

    ConnectDialog connecting(nullptr);
    connecting.show();
    auto *other = named<ErrorLineEdit>(connecting, QStringLiteral("Host to connect to"));
    type(other, host);
    QVERIFY(!defaultButton(connecting)->isEnabled());
    QTest::keyClick(other, Qt::Key_Return);
    QCOMPARE(connecting.result(), 0);
  }

  void takesHostAndPortInOne() {
    ConnectDialog dialog(nullptr);
    dialog.show();
    auto *host = named<ErrorLineEdit>(dialog, QStringLiteral("Host to connect to"));
    type(host, QStringLiteral("[::1]:7000"));
    QCOMPARE(dialog.options().host, QStringLiteral("::1"));
    QCOMPARE(dialog.options().port, quint16(7000));
    type(host, QStringLiteral("example.org:80"));
    QCOMPARE(dialog.options().host, QStringLiteral("example.org"));
    QCOMPARE(dialog.options().port, quint16(80));
    // The port does not say something else than the host does.
    dialog.findChild<QSpinBox *>()->setValue(81);
    QVERIFY(!dialog.error().isEmpty());
    QVERIFY(!defaultButton(dialog)->isEnabled());
  }

  void tabGoesThroughTheRowsInOrder() {
    ConnectDialog connecting(nullptr);
    ListenDialog listening(nullptr);
    const auto order = [](QDialog &dialog, QWidget *first) {
      dialog.show();
      QStringList names;
      QWidget *widget = first;
      do {
        const bool isStop =
            widget->focusPolicy() & Qt::TabFocus && widget->isVisible() && widget->isEnabled() && !widget->focusProxy();
        const QString name = widget->accessibleName();
        if (isStop && !name.isEmpty()) names.append(name);
        widget = widget->nextInFocusChain();
      } while (widget != first);
      return names;
    };
    QCOMPARE(order(connecting, named<ErrorLineEdit>(connecting, QStringLiteral("Host to connect to"))),
             (QStringList{QStringLiteral("Host to connect to"), QStringLiteral("Port"),
                          QStringLiteral("Address of this computer to connect from"),
                          QStringLiteral("Time-out in seconds"), QStringLiteral("Bytes offered to each recv()")}));
    QCOMPARE(order(listening, named<QComboBox>(listening, QStringLiteral("Address to listen on"))),
             (QStringList{QStringLiteral("Address to listen on"), QStringLiteral("Port"),
                          QStringLiteral("Bytes offered to each recv()")}));
  }

  void remembersWhatWasUsed() {
    QSettings file(folder_.filePath(QStringLiteral("recent.ini")), QSettings::IniFormat);
    {
      ConnectDialog dialog(&file);
      ConnectOptions options;
      options.host = QStringLiteral("::1");
      options.port = 1060;
      options.timeoutMs = 2500;
      options.receiveSize = 16;
      dialog.setOptions(options);
      dialog.accept();
      QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
    ConnectDialog again(&file);
    QCOMPARE(again.options().host, QStringLiteral("::1"));
    QCOMPARE(again.options().port, quint16(1060));
    QCOMPARE(again.options().timeoutMs, 2500);
    QCOMPARE(again.options().receiveSize, 16);
    {
      ListenDialog dialog(&file);
      ListenOptions options;
      options.host = QStringLiteral("::");
      options.port = 4000;
      options.once = true;
      dialog.setOptions(options);
      QVERIFY(dialog.options().once);
      dialog.accept();
    }
    ListenDialog listening(&file);
    QCOMPARE(listening.options().host, QStringLiteral("::"));
    QCOMPARE(listening.options().port, quint16(4000));
  }

  void everyControlIsNamed() {
    ListenDialog listening(nullptr);
    ConnectDialog connecting(nullptr);
    for (QDialog *dialog : {static_cast<QDialog *>(&listening), static_cast<QDialog *>(&connecting)}) {
      dialog->show();
      QStringList names;
      const QStringList unnamed = test::unnamedControls(dialog, &names);
      QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
      QVERIFY(names.contains(QStringLiteral("Port")));
      for (const QWidget *widget : dialog->findChildren<QWidget *>()) {
        if (qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QComboBox *>(widget)) {
          QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->accessibleName()));
        }
      }
    }
  }
};

QTEST_MAIN(TestEndpointDialogs)
#include "tst_endpoint_dialogs.moc"
