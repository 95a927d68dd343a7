// JSON and XML through the command line, against CPython: tests/interop/json_oracle.py and xml_oracle.py make streams,
// cut and broken ones too, and compare boundaries and every value.
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTextOracle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithPython_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("count");
    QTest::newRow("json") << u"/json_oracle.py"_s << u"60"_s;
    QTest::newRow("xml") << u"/xml_oracle.py"_s << u"30"_s;
  }
  void agreesWithPython() {
    QFETCH(QString, script);
    QFETCH(QString, count);
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON),
                 {QStringLiteral(OCTETSCOPE_INTEROP) + script, QStringLiteral(OCTETSCOPE_CLI), u"20"_s, count});
    QVERIFY(python.waitForFinished(240'000));
    QVERIFY2(python.exitCode() == 0,
             qPrintable(QString::fromUtf8(python.readAllStandardOutput() + python.readAllStandardError())));
  }
};

QTEST_GUILESS_MAIN(TestTextOracle)
#include "tst_text_oracle.moc"
