// SendHistory: what it keeps, how much of it, and what it makes of settings that hold nonsense.
#include "widgets/composer/send_history.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace octetscope;

namespace {

SentEntry entry(const QString &text, const QString &title = {}) {
  return {.kind = QStringLiteral("text"),
          .content = {{QStringLiteral("text"), text}},
          .title = title.isEmpty() ? text.left(20) : title};
}

/// Text that cannot be made smaller: 3/4 of it is.
QString noise(qsizetype size) {
  QByteArray bytes(size / 2, Qt::Uninitialized);
  QRandomGenerator random(7);
  for (char &c : bytes) c = static_cast<char>(random.generate());
  return QString::fromLatin1(bytes.toHex());
}

const QString key = QStringLiteral("composer/history");

}  // namespace

class TestSendHistory : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<QSettings> settings_;

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    settings_ = std::make_unique<QSettings>(folder_->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  }

  void theNewestIsFirstAndOnce() {
    SendHistory history(settings_.get());
    QVERIFY(history.isEmpty());
    for (const char *text : {"a", "b", "a"}) history.add(entry(QString::fromLatin1(text)));
    QCOMPARE(history.size(), qsizetype(2));
    QCOMPARE(history.title(0), QStringLiteral("a"));
    for (int i = 0; i < 60; ++i) history.add(entry(QString::number(i)));
    QCOMPARE(history.size(), SendHistory::mostEntries);
    const SendHistory next(settings_.get());
    QCOMPARE(next.size(), SendHistory::mostEntries);
    QCOMPARE(*next.at(0), entry(QStringLiteral("59")));
    history.clear();
    QVERIFY(SendHistory(settings_.get()).isEmpty());
  }

  void longTextsAreKept_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("inSettings");
    QTest::newRow("short") << noise(100) << true;
    QTest::newRow("70 KB") << noise(70'000) << true;
    QTest::newRow("1 MB of the same") << QString(1'000'000, QLatin1Char('x')) << true;
    QTest::newRow("10 MB of the same") << QString(10'000'000, QLatin1Char('x')) << false;
    QTest::newRow("1 MB of noise") << noise(1'000'000) << false;
  }
  void longTextsAreKept() {
    QFETCH(const QString, text);
    QFETCH(const bool, inSettings);
    SendHistory history(settings_.get());
    history.add(entry(text));
    QCOMPARE(history.isKept(0), inSettings);
    QCOMPARE(*history.at(0), entry(text));
    const SendHistory next(settings_.get());
    QCOMPARE(next.size(), inSettings ? qsizetype(1) : qsizetype(0));
    if (inSettings) QCOMPARE(*next.at(0), entry(text));
    SendHistory alone(nullptr);
    alone.add(entry(text));
    QVERIFY(alone.isKept(0));
  }

  void allTogetherIsBounded() {
    SendHistory history(settings_.get());
    for (int i = 0; i < 30; ++i) history.add(entry(noise(300'000) + QString::number(i)));
    QCOMPARE(history.size(), qsizetype(30));
    qsizetype characters = 0;
    for (const QString &form : settings_->value(key).toStringList()) characters += form.size();
    QVERIFY(characters > SendHistory::mostKeptOfAll / 2 && characters <= SendHistory::mostKeptOfAll);
    QVERIFY(history.isKept(0));
    QVERIFY(!history.isKept(29));
  }

  void goesThroughAndBackToTheDraft() {
    SendHistory history(nullptr);
    const SentEntry draft = entry(QStringLiteral("draft"));
    QVERIFY(!history.step(1, draft));
    history.add(entry(QStringLiteral("old")));
    history.add(entry(QStringLiteral("new")));
    QVERIFY(!history.step(-1, draft));
    QCOMPARE(history.step(1, draft)->title, QStringLiteral("new"));
    QCOMPARE(history.step(1, entry(QStringLiteral("new")))->title, QStringLiteral("old"));
    QVERIFY(!history.step(1, draft));
    history.step(-1, draft);
    QCOMPARE(history.step(-1, entry(QStringLiteral("new")))->title, QStringLiteral("draft"));
    QCOMPARE(history.choose(1)->title, QStringLiteral("old"));
    QCOMPARE(history.step(-1, draft)->title, QStringLiteral("new"));
    QVERIFY(!history.choose(2));
    QVERIFY(!history.choose(-1));
  }

  void nonsenseInSettingsIsPassedOver_data() {
    QTest::addColumn<QString>("form");
    QByteArray bomb = qCompress(QByteArray(1000, 'x'));
    qToBigEndian<quint32>(0xffff'fff0U, bomb.data());
    QTest::newRow("no JSON") << QStringLiteral("hello");
    QTest::newRow("no object") << QStringLiteral("[1]");
    QTest::newRow("no kind") << QStringLiteral("{}");
    QTest::newRow("not compressed") << QStringLiteral("zAAAA");
    QTest::newRow("cut off") << QStringLiteral("zAA");
    QTest::newRow("says it is 4 GiB") << QLatin1Char('z') + QString::fromLatin1(bomb.toBase64());
    QTest::newRow("too long") << QString(SendHistory::mostKept + 1, QLatin1Char(' '));
  }
  void nonsenseInSettingsIsPassedOver() {
    QFETCH(const QString, form);
    const QString good = QStringLiteral("{\"kind\":\"hex\",\"title\":\"t\"}");
    settings_->setValue(key, QStringList{form, good});
    const SendHistory history(settings_.get());
    QCOMPARE(history.size(), qsizetype(1));
    QCOMPARE(history.title(0), QStringLiteral("t"));
  }
};

QTEST_GUILESS_MAIN(TestSendHistory)
#include "tst_send_history.moc"
