// Suggesting beside a window: it is found later, once; cancelled, replaced or deleted, nothing more is heard of it.
#include "model/framing/registry.h"
#include "model/items/background_suggestion.h"
#include "tests/support/support.h"

#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestBackgroundSuggestion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void found();
  void cancelled();
  void replaced();
  void deleted();
};

namespace {

SuggestionInput linesInput() {
  return {.streams = {streamOf(QByteArray("a line of text\nand another\n").repeated(20), StreamEnd::Fin), {}}};
}

/// Long enough that it is not done in a slice.
SuggestionInput longInput() {
  return {.streams = {streamOf(QByteArray("\0\x05hello", 7).repeated(100000), StreamEnd::Fin), {}}};
}

}  // namespace

void TestBackgroundSuggestion::found() {
  BackgroundSuggestion suggestion;
  QSignalSpy found(&suggestion, &BackgroundSuggestion::found);
  QSignalSpy progressed(&suggestion, &BackgroundSuggestion::progressed);
  suggestion.start(linesInput());
  QVERIFY(suggestion.isRunning());
  QVERIFY(found.wait());
  QVERIFY(!suggestion.isRunning());
  QCOMPARE(found.size(), 1);
  const auto all = found[0][0].value<QList<Suggestion>>();
  QCOMPARE(all[0].spec, u"lines"_s);
  QVERIFY(!progressed.isEmpty());
  for (qsizetype i = 1; i < progressed.size(); ++i) {
    QVERIFY(progressed[i][0].toDouble() > progressed[i - 1][0].toDouble());
  }
}

void TestBackgroundSuggestion::cancelled() {
  QThreadPool pool;
  BackgroundSuggestion suggestion(nullptr, &pool);
  QSignalSpy found(&suggestion, &BackgroundSuggestion::found);
  suggestion.start(longInput());
  suggestion.cancel();
  QVERIFY(!suggestion.isRunning());
  QVERIFY(pool.waitForDone());  // it stopped, or ends; either way it says nothing
  QCoreApplication::processEvents();
  QCOMPARE(found.size(), 0);
}

void TestBackgroundSuggestion::replaced() {
  BackgroundSuggestion suggestion;
  QSignalSpy found(&suggestion, &BackgroundSuggestion::found);
  suggestion.start(longInput());
  suggestion.start(linesInput());
  QVERIFY(found.wait());
  QCOMPARE(found.size(), 1);
  QCOMPARE(found[0][0].value<QList<Suggestion>>()[0].spec, u"lines"_s);
}

void TestBackgroundSuggestion::deleted() {
  QThreadPool pool;
  auto suggestion = std::make_unique<BackgroundSuggestion>(nullptr, &pool);
  suggestion->start(longInput());
  suggestion.reset();
  QVERIFY(pool.waitForDone());
}

QTEST_GUILESS_MAIN(TestBackgroundSuggestion)
#include "tst_background_suggestion.moc"
