// Framing MessagePack, CBOR and pickles, each beside a reference on the same bytes, in turns; medians of 9 of processor
// times.
//   msgpack: a loop written by hand, which knows this stream's formats
//   cbor: Qt's QCborStreamReader, which skips each data item
//   pickle: CPython's pickletools.genops() and pickle.loads(), in a process of their own (on a part: they are slow)
#include "model/framing/registry.h"
#include "tests/bench/timing.h"
#include "tests/support/binary_makers.h"

#include <benchmark/benchmark.h>

#include <QCborStreamReader>
#include <QProcess>
#include <QtEndian>

#include <algorithm>
#include <cstdio>
#include <vector>

#include <time.h>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 9;
constexpr qsizetype streamSize = 64 << 20;

/// {"id": N, "name": "sensor-…", "values": [three floats], "ok": true}, about 70 bytes.
QByteArray msgpackRecord(quint32 number) {
  QByteArray record("\x84\xa2id\xce", 5);
  record += bigEndianBytes(number, 4) + "\xa4name\xa9sensor-" + QByteArray::number(10 + number % 90) + "\xa6values\x93";
  for (int i = 0; i < 3; ++i) record += '\xcb' + bigEndianBytes(0x3ff0000000000000 + number * 12345ULL, 8);
  return record + "\xa2ok\xc3";
}

QByteArray cborRecord(quint32 number) {
  QByteArray record("\xa4\x62id\x1a", 5);
  record += bigEndianBytes(number, 4) + "\x64name\x69sensor-" + QByteArray::number(10 + number % 90) + "\x66values\x83";
  for (int i = 0; i < 3; ++i) record += '\xfb' + bigEndianBytes(0x3ff0000000000000 + number * 12345ULL, 8);
  return record + "\x62ok\xf5";
}

/// What pickle.dumps() makes of such a record, protocol 4.
QByteArray pickleRecord(quint32 number) {
  QByteArray body("}\x94(\x8c\2id\x94J", 9);
  body += littleEndianBytes(number, 4) + "\x8c\4name\x94\x8c\x9sensor-" + QByteArray::number(10 + number % 90) +
          "\x94\x8c\6values\x94]\x94(";
  for (int i = 0; i < 3; ++i) body += 'G' + bigEndianBytes(0x3ff0000000000000 + number * 12345ULL, 8);
  body += "e\x8c\2ok\x94\x88u.";
  return "\x80\4\x95" + littleEndianBytes(static_cast<quint64>(body.size()), 8) + body;
}

template <typename Record>
QByteArray streamOf(Record record, qsizetype size = streamSize) {
  QByteArray all;
  all.reserve(size + 256);
  for (quint32 number = 0; all.size() < size; ++number) all += record(number);
  return all;
}

[[gnu::noipa]] quint64 framed(const Framer &framer, const QByteArray &bytes) {
  const StreamView stream{ByteSnapshot::of(bytes), {}, StreamEnd::Open, noTime};
  ScanState state;
  MessageBatch batch;
  quint64 count = 0;
  do {
    batch.start(state.at);
    framer.scan(stream, state, batch);
    count += batch.messages().size();
  } while (batch.isFull());
  return count;
}

/// Only the formats that the records have.
[[gnu::noipa]] quint64 framedByHand(const QByteArray &bytes) {
  const auto *const data = reinterpret_cast<const std::uint8_t *>(bytes.constData());
  const auto end = static_cast<quint64>(bytes.size());
  quint64 count = 0;
  for (quint64 at = 0; at < end; ++count) {
    for (quint64 left = 1; left > 0; --left) {
      if (at >= end) return count;
      const std::uint8_t byte = data[at++];
      if (byte < 0x80 || byte >= 0xe0 || byte == 0xc2 || byte == 0xc3) continue;
      if (byte < 0x90) {
        left += 2 * (byte & 15U);
      } else if (byte < 0xa0) {
        left += byte & 15U;
      } else if (byte < 0xc0) {
        at += byte & 31U;
      } else if (byte == 0xce) {
        at += 4;
      } else if (byte == 0xcb) {
        at += 8;
      } else if (byte == 0xdd && end - at >= 4) {
        left += qFromBigEndian<quint32>(data + at);
        at += 4;
      } else {
        return count;
      }
    }
  }
  return count;
}

[[gnu::noipa]] quint64 framedByQt(const QByteArray &bytes) {
  QCborStreamReader reader(bytes);
  return reader.next() && reader.currentOffset() == bytes.size() ? 1 : 0;
}

template <typename Run>
double secondsOf(Run run, quint64 &count) {
  const double start = cpuSeconds();
  count = run();
  return cpuSeconds() - start;
}

template <typename Own, typename Other>
void report(const char *name, const QByteArray &bytes, Own own, Other other) {
  std::vector<double> ownTimes;
  std::vector<double> otherTimes;
  quint64 ownCount = 0;
  quint64 otherCount = 0;
  for (int i = 0; i < rounds; ++i) {
    otherTimes.push_back(secondsOf(other, otherCount));
    ownTimes.push_back(secondsOf(own, ownCount));
  }
  const double megabytes = static_cast<double>(bytes.size()) / 1e6;
  std::printf("%-36s %7.0f MB/s, the reference %7.0f MB/s: %6.2f times its speed%s\n", name,
              megabytes / median(ownTimes), megabytes / median(otherTimes), median(otherTimes) / median(ownTimes),
              ownCount == otherCount ? "" : "  OTHER COUNT");
}

/// Processor seconds of CPython over the same pickles, and how many it found.
double pythonSeconds(const char *work, const QByteArray &bytes, quint64 &count) {
  static constexpr const char *script =
      "import io, pickle, pickletools, sys, time\n"
      "data = sys.stdin.buffer.read()\n"
      "file, count = io.BytesIO(data), 0\n"
      "start = time.process_time()\n"
      "while file.tell() < len(data):\n"
      "    %s\n"
      "    count += 1\n"
      "print(time.process_time() - start, count)\n";
  QProcess python;
  python.start(u"python3"_s, {u"-c"_s, QString::asprintf(script, work)});
  python.write(bytes);
  python.closeWriteChannel();
  python.waitForFinished(-1);
  const QByteArrayList words = python.readAllStandardOutput().trimmed().split(' ');
  count = words.value(1).toULongLong();
  return words.value(0).toDouble();
}

void reportPython(const char *name, const char *work, const QByteArray &bytes) {
  const FramerPtr framer = framerFromSpec(u"pickle").value();
  std::vector<double> ownTimes;
  std::vector<double> otherTimes;
  quint64 ownCount = 0;
  quint64 otherCount = 0;
  for (int i = 0; i < 5; ++i) {
    otherTimes.push_back(pythonSeconds(work, bytes, otherCount));
    ownTimes.push_back(secondsOf([&] { return framed(*framer, bytes); }, ownCount));
  }
  const double megabytes = static_cast<double>(bytes.size()) / 1e6;
  std::printf("%-36s %7.0f MB/s, the reference %7.1f MB/s: %6.1f times its speed%s\n", name,
              megabytes / median(ownTimes), megabytes / median(otherTimes), median(otherTimes) / median(ownTimes),
              ownCount == otherCount ? "" : "  OTHER COUNT");
}

}  // namespace

int main() {
  const FramerPtr msgpack = framerFromSpec(u"msgpack").value();
  const FramerPtr cbor = framerFromSpec(u"cbor,max=1000000000").value();
  const QByteArray packed = streamOf(msgpackRecord);
  report(
      "msgpack, records / by hand", packed, [&] { return framed(*msgpack, packed); },
      [&] { return framedByHand(packed); });
  const QByteArray one = QByteArray("\xdd") + bigEndianBytes(8 << 20, 4) + QByteArray(8 << 20, '\7');
  report(
      "msgpack, 8 million fixints / by hand", one, [&] { return framed(*msgpack, one); },
      [&] { return framedByHand(one); });
  // Qt reads one data item and no more: the records are the elements of one array.
  QByteArray array = "\x9f" + streamOf(cborRecord) + '\xff';
  report(
      "cbor, one array of records / Qt", array, [&] { return framed(*cbor, array); },
      [&] { return framedByQt(array); });
  const QByteArray pickles = streamOf(pickleRecord, 4 << 20);
  reportPython("pickle / pickletools.genops()", "for _ in pickletools.genops(file): pass", pickles);
  reportPython("pickle / pickle.load()", "pickle.load(file)", pickles);
  return 0;
}
