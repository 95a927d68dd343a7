// Time travel: a moment of the past, in every view, is what decoding the first chunks alone would have shown: for every
// step of generated connections, for every framing, in any order, while more comes.
#include "model/framing/registry.h"
#include "model/items/inspector_model.h"
#include "model/items/message_tree_model.h"
#include "tests/support/framer_specs.h"
#include "tests/support/stream_maker.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/inspector/inspector_panel.h"

#include <QAbstractItemModelTester>
#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <functional>
#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array both = {Direction::In, Direction::Out};

struct Settings {
  QString framing;
  QString layout = {};
  QList<quint64> restarts = {};
};

DirectionReader readerOf(const Settings &settings) {
  auto reader = DirectionReader::create({.framing = settings.framing, .layout = settings.layout}, settings.restarts);
  if (!reader) qFatal("%s", qPrintable(reader.error().line()));
  return *reader;
}

/// True once the decoder knows all that was recorded.
bool waitFor(const ConnectionDecoder &decoder) {
  const auto isComplete = [&decoder] {
    const Connection &connection = *decoder.connection();
    for (const Direction direction : both) {
      if (decoder.liveView(direction).size() != connection.stream(direction).size()) return false;
      if (decoder.liveView(direction).end != connection.stream(direction).end()) return false;
    }
    const Timeline timeline = decoder.timeline();
    return !decoder.isBusy() && decoder.framedBytes() == decoder.totalBytes() &&
           timeline.count(RowKind::Event) == connection.eventCount() &&
           decoder.liveRowCount() == decoder.liveMessageCount(Direction::In) +
                                         decoder.liveMessageCount(Direction::Out) + connection.eventCount();
  };
  QTimer deadline;
  deadline.setSingleShot(true);
  deadline.start(20'000);
  QEventLoop loop;
  QObject::connect(&decoder, &ConnectionDecoder::liveAdvanced, &loop, &QEventLoop::quit);
  QObject::connect(&decoder, &ConnectionDecoder::busyChanged, &loop, &QEventLoop::quit);
  QObject::connect(&deadline, &QTimer::timeout, &loop, &QEventLoop::quit);
  while (!isComplete() && deadline.isActive()) loop.exec();
  return isComplete();
}

void tellTree(const QAbstractItemModel &model, const QModelIndex &parent, const QString &indent, QStringList &lines) {
  for (int row = 0; row < model.rowCount(parent); ++row) {
    QStringList cells;
    for (int column = 0; column < MessageTreeModel::ColumnCount; ++column) {
      cells += model.index(row, column, parent).data().toString();
    }
    const QModelIndex index = model.index(row, 0, parent);
    for (int role = MessageTreeModel::KindRole; role <= MessageTreeModel::SortTextRole; ++role) {
      cells += index.data(role).toString();
    }
    cells += model.hasChildren(index) ? u"opens"_s : QString();
    lines += indent + cells.join(u'|');
    tellTree(model, index, indent + u"  "_s, lines);
  }
}

QString told(const HexSpan &span) {
  return u"%1-%2:%3/%4/%5/%6/%7"_s.arg(span.range.begin)
      .arg(span.range.end)
      .arg(int(span.kind))
      .arg(int(span.part))
      .arg(span.field)
      .arg(int(span.status))
      .arg(span.isOdd);
}

QString told(const std::vector<quint64> &numbers) {
  QStringList words;
  for (const quint64 number : numbers) words += QString::number(number);
  return words.join(u',');
}

/// What every view shows of a decoder, as text.
class Views {
 public:
  explicit Views(ConnectionDecoder *decoder, bool isTested = false) : decoder_(decoder) {
    if (isTested) {
      tester_ =
          std::make_unique<QAbstractItemModelTester>(&model_, QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    model_.setDecoder(decoder);
    for (const Direction direction : both) {
      const auto d = static_cast<std::size_t>(direction);
      sources_[d] = std::make_unique<DecoderHexSource>(decoder, direction);
      inspectors_[d].setSelectionHub(&hub_);
      inspectors_[d].setSource(sources_[d].get());
    }
  }
  ~Views() { model_.setDecoder(nullptr); }

  QStringList told() {
    QStringList lines;
    lines += u"rows %1, start %2"_s.arg(decoder_->rowCount()).arg(decoder_->startTimeNs());
    for (quint64 row = 0; row < decoder_->rowCount(); ++row) {
      const RowOrder::Row what = decoder_->row(row);
      lines += u"row %1: %2 %3, %4"_s.arg(row)
                   .arg(int(what.kind))
                   .arg(what.number)
                   .arg(decoder_->rowOf(what.kind, what.number));
    }
    tellTree(model_, {}, {}, lines);
    for (const Direction direction : both) tellDirection(direction, lines);
    return lines;
  }

 private:
  void tellDirection(Direction direction, QStringList &lines) {
    const StreamView &view = decoder_->view(direction);
    const FramerPtr &framer = decoder_->reader(direction).framer;
    const quint64 count = decoder_->messageCount(direction);
    lines += u"-- %1: %2 messages, %3 bytes in %4 chunks, end %5, flaw %6"_s.arg(int(direction))
                 .arg(count)
                 .arg(view.size())
                 .arg(view.chunks.count())
                 .arg(int(view.end))
                 .arg(decoder_->firstFlaw(direction, 0, count).value_or(count));
    for (quint64 number = 0; number < count; ++number) {
      const Message message = decoder_->message(direction, number);
      const Verdict verdict = framer->verdict(view, message);
      lines += u"%1+%2 %3 needs %4 %5: %6"_s.arg(message.offset)
                   .arg(message.size)
                   .arg(int(message.status))
                   .arg(verdict.needs.value_or(~0ULL))
                   .arg(verdict.error, framer->explain(view, message, number));
    }
    const DecoderHexSource &source = *sources_[static_cast<std::size_t>(direction)];
    const ByteRange all{0, source.size()};
    lines += QString::fromLatin1(qtView(source.bytes({0, ~0ULL})).toByteArray().toHex());
    std::vector<HexSpan> spans;
    source.spans(all, spans);
    QStringList words;
    for (const HexSpan &span : spans) words += ::told(span);
    lines += words.join(u' ');
    std::vector<quint64> ends;
    source.chunkEnds(all, ends);
    lines += u"chunks end at "_s + ::told(ends);
    ends.clear();
    source.messageEnds(all, ends);
    lines += u"messages end at "_s + ::told(ends);
    for (quint64 offset = 0; offset <= source.size(); ++offset) tellByte(source, offset, lines);
    tellInspector(direction, lines);
  }

  void tellByte(const DecoderHexSource &source, quint64 offset, QStringList &lines) {
    const HexPlace place = source.place(offset);
    const ByteRange field = source.fieldRange(offset);
    const ByteRange message = source.messageRange(offset);
    lines += u"%1: %2=%3 in %4 %5, chunk %6 %7-%8 at %9"_s.arg(offset)
                 .arg(place.what, place.value)
                 .arg(place.message.value_or(~0ULL))
                 .arg(place.messageNote)
                 .arg(place.chunk.value_or(~0ULL))
                 .arg(place.chunkRange.begin)
                 .arg(place.chunkRange.end)
                 .arg(place.timeNs);
    lines += u"  field %1-%2 message %3-%4 number %5"_s.arg(field.begin)
                 .arg(field.end)
                 .arg(message.begin)
                 .arg(message.end)
                 .arg(source.messageNumberAt(offset).value_or(~0ULL));
  }

  void tellInspector(Direction direction, QStringList &lines) {
    const quint64 size = decoder_->view(direction).size();
    for (const ByteRange range : {ByteRange{0, 0}, ByteRange{1, 5}, ByteRange{size / 2, size / 2 + 8}}) {
      hub_.select(Selection{direction, range}, nullptr);
      InspectorPanel &panel = inspectors_[static_cast<std::size_t>(direction)];
      const InspectorModel &values = panel.model();
      lines += panel.placeText();
      for (int row = 0; row < values.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < values.columnCount(); ++column) {
          cells += values.index(row, column).data().toString();
        }
        lines += cells.join(u'|');
      }
    }
  }

  ConnectionDecoder *decoder_;
  MessageTreeModel model_;
  std::unique_ptr<QAbstractItemModelTester> tester_;
  SelectionHub hub_;
  std::array<std::unique_ptr<DecoderHexSource>, 2> sources_;
  std::array<InspectorPanel, 2> inspectors_;
};

QString difference(const QStringList &got, const QStringList &expected) {
  for (qsizetype i = 0; i < std::max(got.size(), expected.size()); ++i) {
    if (got.value(i) != expected.value(i)) {
      return u"line %1:\n got  %2\n want %3"_s.arg(i).arg(got.value(i), expected.value(i));
    }
  }
  return {};
}

/// What happens to a connection, a step each.
using Act = std::function<void(Connection &)>;

// A clock that stands but for a step before some of the acts: a fresh decoding then sees the silence that there was.
std::atomic<qint64> standing = 1'700'000'000'000'000'000;

qint64 standingTime() {
  return standing;
}

void passTime() {
  static constexpr qint64 steps[] = {0, 3'100'000, 11'300'000, 50'700'000};
  static std::minstd_rand random(6);
  standing += steps[random() % std::size(steps)];
}

Act chunkOf(Direction direction, const QByteArray &bytes, std::shared_ptr<qint64> tie = nullptr) {
  return [=](Connection &connection) {
    // Two chunks that share `tie` have the same stamp.
    if (!tie || *tie == 0) passTime();
    qint64 time = tie && *tie != 0 ? *tie : connection.clock().stamp();
    if (tie) *tie = time;
    if (!connection.stream(direction).append(viewOf(bytes), time)) qFatal("append");
  };
}

Act eventOf(Event::Kind kind, std::array<StreamEnd, 2> ends = {StreamEnd::Open, StreamEnd::Open}) {
  return [=](Connection &connection) {
    passTime();
    const qint64 time = connection.clock().stamp();
    for (const Direction direction : both) {
      const StreamEnd end = ends[static_cast<std::size_t>(direction)];
      if (end != StreamEnd::Open) connection.stream(direction).finish(end, time);
    }
    connection.addEvent(kind, u"it happened"_s);
    if (kind == Event::Kind::Closed || kind == Event::Kind::PeerReset) connection.setOver();
  };
}

QList<QByteArray> pieces(const QByteArray &bytes, StreamMaker &maker) {
  QList<QByteArray> result;
  quint64 from = 0;
  QList<quint64> cuts = maker.cuts(static_cast<quint64>(bytes.size()));
  // A few steps are enough, and every one of them is decoded from the beginning.
  while (cuts.size() > 8) cuts.removeAt(static_cast<qsizetype>(maker.number() % static_cast<quint64>(cuts.size())));
  cuts.append(static_cast<quint64>(bytes.size()));
  for (const quint64 cut : cuts) {
    if (cut > from) result += bytes.mid(static_cast<qsizetype>(from), static_cast<qsizetype>(cut - from));
    from = cut;
  }
  return result;
}

QList<Act> connectionOf(StreamMaker &maker) {
  std::array<QList<QByteArray>, 2> left = {pieces(maker.stream(), maker), pieces(maker.stream(), maker)};
  QList<Act> acts{eventOf(Event::Kind::Connected)};
  while (!left[0].isEmpty() || !left[1].isEmpty()) {
    const bool isTie = maker.number() % 5 == 0 && !left[0].isEmpty() && !left[1].isEmpty();
    if (isTie) {
      const auto tie = std::make_shared<qint64>(0);
      acts += chunkOf(Direction::In, left[0].takeFirst(), tie);
      acts += chunkOf(Direction::Out, left[1].takeFirst(), tie);
      continue;
    }
    const std::size_t d = left[0].isEmpty() ? 1 : left[1].isEmpty() ? 0 : maker.number() % 2;
    acts += chunkOf(static_cast<Direction>(d), left[d].takeFirst());
    if (maker.number() % 6 == 0) acts += eventOf(Event::Kind::Note);
    // One side may end long before the other.
    if (left[d].isEmpty() && maker.number() % 2 == 0) {
      std::array<StreamEnd, 2> ends = {StreamEnd::Open, StreamEnd::Open};
      ends[d] = StreamEnd::Fin;
      acts += eventOf(d == 0 ? Event::Kind::PeerFinished : Event::Kind::WeFinished, ends);
    }
  }
  switch (maker.number() % 4) {
    case 0:
      acts += eventOf(Event::Kind::PeerReset, {StreamEnd::Reset, StreamEnd::Reset});
      break;
    case 1:
      acts += eventOf(Event::Kind::Closed, {StreamEnd::Cut, StreamEnd::Cut});
      break;
    case 2:
      acts += eventOf(Event::Kind::PeerFinished, {StreamEnd::Fin, StreamEnd::Open});
      acts += eventOf(Event::Kind::Closed, {StreamEnd::Fin, StreamEnd::Fin});
      break;
    default:
      break;
  }
  return acts;
}

}  // namespace

class TestTimeTravel : public QObject {
  Q_OBJECT

  static QStringList freshly(const std::shared_ptr<Connection> &connection, const Settings &settings) {
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(settings), readerOf(settings));
    if (!waitFor(decoder)) return {u"never done"_s};
    return Views(&decoder).told();
  }

  static void everySpec() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : framerSpecs) QTest::newRow(spec) << QString::fromUtf8(spec);
  }

  static Settings settingsOf(const QString &spec, StreamMaker &maker) {
    Settings settings{.framing = spec};
    if (maker.number() % 2 == 0) settings.layout = u"B:a *s:rest"_s;
    if (maker.number() % 3 == 0) settings.restarts = {maker.number() % 40, maker.number() % 60};
    return settings;
  }

 private Q_SLOTS:
  void everyMomentIsWhatWasThereThen_data() { everySpec(); }
  void everyMomentIsWhatWasThereThen() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    for (quint32 seed = 1; seed <= 2; ++seed) {
      StreamMaker maker(*framer, seed * 77);
      const Settings settings = settingsOf(spec, maker);
      const QList<Act> acts = connectionOf(maker);
      const auto connection =
          std::make_shared<Connection>(0, std::make_shared<CaptureClock>(standingTime), Endpoint{}, Endpoint{});
      QList<QStringList> expected{freshly(connection, settings)};
      for (const Act &act : acts) {
        act(*connection);
        expected += freshly(connection, settings);
      }

      ConnectionDecoder decoder(connection);
      decoder.setReaders(readerOf(settings), readerOf(settings));
      Views views(&decoder, true);
      QVERIFY(waitFor(decoder));
      const Timeline timeline = decoder.timeline();
      QCOMPARE(timeline.stepCount(), quint64(acts.size()));
      // Every step, backwards, and some in no order; the views live through all of it.
      QList<qsizetype> order;
      for (qsizetype k = expected.size() - 1; k >= 0; --k) order += k;
      for (int i = 0; i < 12; ++i) order += static_cast<qsizetype>(maker.number() % quint64(expected.size()));
      for (const qsizetype k : std::as_const(order)) {
        const Moment moment = timeline.after(static_cast<quint64>(k));
        decoder.setMoment(moment);
        const QString wrong = difference(views.told(), expected.at(k));
        QVERIFY2(wrong.isEmpty(), qPrintable(u"seed %1, after step %2 of %3 (%4+%5 bytes, %6 events): %7"_s.arg(seed)
                                                 .arg(k)
                                                 .arg(acts.size())
                                                 .arg(moment.bytes[0])
                                                 .arg(moment.bytes[1])
                                                 .arg(moment.events)
                                                 .arg(wrong)));
      }
      decoder.setMoment(std::nullopt);
      QCOMPARE(difference(views.told(), expected.last()), QString());
    }
  }

  /// A moment inside a chunk is what there was for a receiver that took its bytes one by one.
  void everyByteIsAMoment_data() { everySpec(); }
  void everyByteIsAMoment() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    if (framer->readsChunks()) return;  // it is shown whole chunks: the other tests have them
    StreamMaker maker(*framer, 4321);
    const Settings settings = settingsOf(spec, maker);
    // Without times the chunks of one direction come after those of the other.
    const std::array<QList<QByteArray>, 2> chunks = {pieces(maker.stream(), maker), pieces(maker.stream(), maker)};
    const auto connectionUpTo = [&chunks](std::array<quint64, 2> left) {
      auto connection = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{}, Endpoint{});
      for (std::size_t d = 0; d < 2; ++d) {
        for (const QByteArray &chunk : chunks[d]) {
          const QByteArray part = chunk.first(static_cast<qsizetype>(std::min(left[d], quint64(chunk.size()))));
          if (!connection->stream(static_cast<Direction>(d)).append(viewOf(part), noTime)) qFatal("append");
          left[d] -= static_cast<quint64>(part.size());
        }
      }
      return connection;
    };
    const auto connection = connectionUpTo({~0ULL, ~0ULL});
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(settings), readerOf(settings));
    Views views(&decoder, true);
    QVERIFY(waitFor(decoder));
    const Timeline timeline = decoder.timeline();
    for (const Direction direction : both) {
      const quint64 size = connection->stream(direction).size();
      for (quint64 bytes = 1; bytes <= size; bytes += 2 + maker.number() % 7) {
        const Moment moment = timeline.momentOf(direction, bytes);
        decoder.setMoment(moment);
        const QString wrong = difference(views.told(), freshly(connectionUpTo(moment.bytes), settings));
        QVERIFY2(wrong.isEmpty(),
                 qPrintable(u"at %1+%2 bytes: %3"_s.arg(moment.bytes[0]).arg(moment.bytes[1]).arg(wrong)));
      }
    }
  }

  void holdsWhileMoreComes_data() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : {"length:u8", "lines", "chunks", "until-close", "netstring", "zlib"}) {
      QTest::newRow(spec) << QString::fromUtf8(spec);
    }
  }
  void holdsWhileMoreComes() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    for (quint32 seed = 1; seed <= 2; ++seed) {
      StreamMaker maker(*framer, seed * 31);
      const Settings settings = settingsOf(spec, maker);
      const QList<Act> acts = connectionOf(maker);
      const auto connection = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{}, Endpoint{});
      ConnectionDecoder decoder(connection);
      decoder.setReaders(readerOf(settings), readerOf(settings));
      Views views(&decoder, true);
      QVERIFY(waitFor(decoder));
      QList<QStringList> expected{freshly(connection, settings)};
      quint64 held = 0;
      for (const Act &act : acts) {
        decoder.setMoment(decoder.timeline().after(held));
        act(*connection);
        expected += freshly(connection, settings);
        decoder.advance();
        if (maker.number() % 5 == 0) decoder.setReaders(readerOf(settings), readerOf(settings));
        QVERIFY(waitFor(decoder));
        QCOMPARE(difference(views.told(), expected.at(static_cast<qsizetype>(held))), QString());
        // Live in between, sometimes.
        if (maker.number() % 3 == 0) {
          decoder.setMoment(std::nullopt);
          QCOMPARE(difference(views.told(), expected.last()), QString());
        }
        held = maker.number() % (decoder.timeline().stepCount() + 1);
      }
    }
  }
};

QTEST_MAIN(TestTimeTravel)
#include "tst_time_travel.moc"
