// Framing JSON and XML beside a reference on the same bytes, in turns; medians of 9 of processor times. The references
// read one document, so the records are the elements of one.
//   json: QJsonDocument::fromJson(), and CPython's json.loads() in a process of its own
//   xml: QXmlStreamReader, and CPython's expat
// And the fields of all of it, found and asked for once each.
#include "model/framing/registry.h"
#include "tests/bench/timing.h"

#include <QJsonDocument>
#include <QProcess>
#include <QXmlStreamReader>

#include <algorithm>
#include <cstdio>
#include <vector>

#include <time.h>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 9;
constexpr qsizetype documentSize = 16 << 20;

template <typename Run>
double secondsOf(Run run) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const double start = cpuSeconds();
    run();
    times.push_back(cpuSeconds() - start);
  }
  return median(times);
}

QByteArray jsonDocument() {
  QByteArray all = "[";
  for (int i = 0; all.size() < documentSize; ++i) {
    const QByteArray number = QByteArray::number(i);
    all += (i > 0 ? "," : "") + QByteArray("{\"id\":") + number + ",\"name\":\"user " + number +
           "\",\"active\":" + (i % 3 == 0 ? "true" : "false") + ",\"score\":" + QByteArray::number(i * 0.37) +
           ",\"tags\":[\"alpha\",\"gamma\"],\"address\":{\"street\":\"Main " + number +
           "\",\"city\":\"Springfield\"},\"text\":\"" +
           QByteArray("Lorem ipsum dolor sit amet, consectetur adipiscing elit ").repeated(i % 3) + "\"}";
  }
  return all + ']';
}

QByteArray jsonNumbers() {
  QByteArray all = "[0";
  for (int i = 0; all.size() < documentSize; ++i) all += ", " + QByteArray::number(i * 1234.56789, 'g', 16);
  return all + ']';
}

QByteArray jsonText() {
  QByteArray all = "[\"\"";
  while (all.size() < documentSize) all += ",\"Привет, мир: это текст \\\"в кавычках\\\" и ещё немного\"";
  return all + ']';
}

QByteArray xmlDocument() {
  QByteArray all = "<?xml version=\"1.0\"?>\n<users>\n";
  for (int i = 0; all.size() < documentSize; ++i) {
    const QByteArray number = QByteArray::number(i);
    all += "  <user id=\"" + number + "\" active=\"yes\">\n    <name>User " + number +
           "</name>\n    <text>Lorem ipsum &amp; dolor sit amet, consectetur adipiscing elit</text>\n    <empty/>\n  "
           "</user>\n";
  }
  return all + "</users>";
}

[[gnu::noipa]] quint64 framed(const Framer &framer, const QByteArray &bytes) {
  const StreamView stream{ByteSnapshot::of(bytes), {}, StreamEnd::Open, noTime};
  ScanState state;
  MessageBatch batch;
  batch.start(0);
  framer.scan(stream, state, batch);
  return batch.messages().size();
}

/// Processor seconds of CPython for the document.
double pythonSeconds(const char *work, const QByteArray &bytes) {
  static constexpr const char *script =
      "import json, sys, time, xml.parsers.expat\n"
      "data = sys.stdin.buffer.read()\n"
      "start = time.process_time()\n"
      "%s\n"
      "print(time.process_time() - start)\n";
  QProcess python;
  python.start(u"python3"_s, {u"-c"_s, QString::asprintf(script, work)});
  python.write(bytes);
  python.closeWriteChannel();
  python.waitForFinished(-1);
  return python.readAllStandardOutput().trimmed().toDouble();
}

template <typename Reference>
void report(const char *name, const char *spec, const QByteArray &bytes, Reference reference, const char *python) {
  const FramerPtr framer = framerFromSpec(QString::fromUtf8(spec)).value();
  if (framed(*framer, bytes) != 1) std::puts("NOT FRAMED");
  const double megabytes = static_cast<double>(bytes.size()) / 1e6;
  const double other = secondsOf([&] { reference(bytes); });
  const double own = secondsOf([&] { framed(*framer, bytes); });
  const double inPython = pythonSeconds(python, bytes);
  const double start = cpuSeconds();
  const auto fields = framer->fields()->indexed(viewOf(bytes));
  const double indexed = cpuSeconds() - start;
  std::printf(
      "%-22s %6.0f MB/s; Qt %5.0f MB/s: %5.1f times its speed; CPython %5.0f MB/s: %5.1f times; fields %4.0f MB/s\n",
      name, megabytes / own, megabytes / other, other / own, megabytes / inPython, inPython / own, megabytes / indexed);
}

void readByQt(const QByteArray &bytes) {
  if (QJsonDocument::fromJson(bytes).isNull()) std::puts("NOT READ");
}

void readXmlByQt(const QByteArray &bytes) {
  QXmlStreamReader reader(bytes);
  while (!reader.atEnd()) reader.readNext();
  if (reader.hasError()) std::puts("NOT READ");
}

}  // namespace

int main() {
  report("json, records", "json", jsonDocument(), readByQt, "json.loads(data)");
  report("json, numbers", "json", jsonNumbers(), readByQt, "json.loads(data)");
  report("json, Cyrillic", "json", jsonText(), readByQt, "json.loads(data)");
  report("xml, records", "xml", xmlDocument(), readXmlByQt, "xml.parsers.expat.ParserCreate().Parse(data, True)");
  return 0;
}
