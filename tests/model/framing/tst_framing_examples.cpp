// The examples that Help draws: every framing has one, and its own framer cuts it into exactly the messages that the
// example says it holds.
#include "model/framing/framing_examples.h"
#include "model/framing/framing_spec.h"
#include "model/framing/registry.h"
#include "tests/support/direct_scan.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;

namespace {

constexpr int mostBytes = 200;  // of what is to be seen at a glance

QStringList toldOf(const QList<Message> &messages) {
  static const char *const statuses[] = {"complete", "incomplete", "error"};
  QStringList told;
  for (const Message &message : messages) {
    told.append(QStringLiteral("%1+%2 %3")
                    .arg(message.offset)
                    .arg(message.size)
                    .arg(QLatin1String(statuses[static_cast<int>(message.status)])));
  }
  return told;
}

}  // namespace

class TestFramingExamples : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyFramingHasOne_data() {
    QTest::addColumn<QString>("name");
    for (const FramingKind &kind : framingKinds()) QTest::newRow(qPrintable(kind.name)) << kind.name;
  }
  void everyFramingHasOne() {
    QFETCH(const QString, name);
    const QList<FramingExample> examples = examplesOf(name);
    QVERIFY2(!examples.isEmpty(), "a framing needs an example in framing_examples.cpp: Help draws it");
    int messages = 0;
    for (const FramingExample &example : examples) {
      for (const ExamplePiece &piece : example.pieces) messages += piece.made != ExamplePiece::Made::Filler ? 1 : 0;
    }
    // One message of two chunks says all there is to say of until-close.
    QVERIFY(messages >= 2 || examples[0].chunks.size() >= 2);
  }

  void layersHaveExamplesToo() {
    QCOMPARE(examplesOf(u"layers").size(), layerExamples().size());
    QVERIFY(!framingKind(layersKind().name));
    for (const QString &spec : layersKind().examples) {
      const auto framer = framerFromSpec(spec);
      QVERIFY2(framer, qPrintable(spec));
      QVERIFY((*framer)->inner() || (*framer)->joinedBy());
      QCOMPARE((*framer)->spec(), spec);
    }
  }

  void noneIsOfAnUnknownFraming() {
    qsizetype count = 0;
    for (const FramingKind &kind : framingKinds()) count += examplesOf(kind.name).size();
    QCOMPARE(count, framingExamples().size());
    QVERIFY(examplesOf(u"packets").isEmpty());
  }

  void theFramerCutsWhatIsSaid_data() {
    QTest::addColumn<FramingExample>("example");
    const QList<FramingExample> all = framingExamples() + layerExamples();
    for (qsizetype i = 0; i < all.size(); ++i) {
      QTest::addRow("%s, %d", qPrintable(all[i].spec), static_cast<int>(i)) << all[i];
    }
  }
  void theFramerCutsWhatIsSaid() {
    QFETCH(const FramingExample, example);
    const auto framer = framerFromSpec(example.spec);
    QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
    QCOMPARE((*framer)->spec(), example.spec);
    QVERIFY(example.about.endsWith(u'.'));

    const auto bytes = bytesOf(example);
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().line()));
    QCOMPARE(bytes->size(), example.pieces.size());
    QList<Message> meant;
    quint64 at = 0;
    for (qsizetype i = 0; i < example.pieces.size(); ++i) {
      const ExamplePiece &piece = example.pieces[i];
      const auto size = static_cast<quint64>((*bytes)[i].size());
      if (piece.made != ExamplePiece::Made::Filler) {
        Message message;
        message.offset = at;
        message.size = size;
        message.status = piece.status;
        meant.append(message);
      }
      at += size;
    }
    QVERIFY(at > 0 && at <= mostBytes);
    quint64 received = 0;
    for (const ExampleChunk &chunk : example.chunks) received += chunk.size;
    if (!example.chunks.isEmpty()) QCOMPARE(received, at);

    const auto stream = streamOf(example);
    QVERIFY2(stream, stream ? "" : qPrintable(stream.error().line()));
    const StreamView view = (*stream)->view();
    QCOMPARE(view.size(), at);
    QCOMPARE(view.end, StreamEnd::Fin);
    QCOMPARE(view.chunks.count(), static_cast<quint64>(std::max<qsizetype>(example.chunks.size(), 1)));
    const QList<Message> found = directScan(**framer, view);
    QCOMPARE(toldOf(found), toldOf(meant));

    // What was to be carried comes out again.
    qsizetype number = 0;
    for (const ExamplePiece &piece : example.pieces) {
      if (piece.made == ExamplePiece::Made::Filler) continue;
      if (piece.made == ExamplePiece::Made::Encoded) {
        if (!(*framer)->inner()) QCOMPARE((*framer)->payload(view, found[number]).value_or("?"), piece.bytes);
      }
      ++number;
    }
  }
};

QTEST_GUILESS_MAIN(TestFramingExamples)
#include "tst_framing_examples.moc"
