// octetscope-cli against TCP programs that are not ours: socat and ncat, as clients and as servers, over IPv4 and,
// where the machine has it, IPv6. Lists are put together with +, and must be lists then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/live_test.h"

#include <QJsonDocument>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>

#include <memory>
#include <tuple>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;

/// A program of the system, its two outputs apart. Killed at the end where it still runs.
class Program {
 public:
  explicit Program(const QStringList &command) {
    process_.setProgram(command.first());
    process_.setArguments(command.sliced(1));
    process_.start();
  }
  ~Program() {
    if (!isRunning()) return;
    process_.kill();
    process_.waitForFinished();
  }
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  bool isRunning() const { return process_.state() != QProcess::NotRunning; }
  void write(const QByteArray &bytes) { process_.write(bytes); }
  void closeInput() { process_.closeWriteChannel(); }
  /// What it says on standard error behind `words`, to the line's end; empty where it ended without.
  QByteArray errorsBehind(const QByteArray &words) {
    QByteArray found;
    const auto isSaid = [&] {
      errors_ += process_.readAllStandardError();
      const qsizetype at = errors_.indexOf(words);
      const qsizetype end = at < 0 ? -1 : errors_.indexOf('\n', at);
      if (end >= 0) found = errors_.sliced(at + words.size(), end - at - words.size());
      return end >= 0 || !isRunning();
    };
    std::ignore = QTest::qWaitFor(isSaid, patienceMs);
    return found;
  }
  /// Waits until `bytes` are all it wrote to standard output.
  bool hasWritten(const QByteArray &bytes) {
    return QTest::qWaitFor([&] { return (output_ += process_.readAllStandardOutput()) == bytes; }, patienceMs);
  }
  /// Everything it wrote to standard output until it ended.
  QByteArray output() {
    if (!QTest::qWaitFor([this] { return !isRunning(); }, patienceMs)) return "still running";
    return output_ += process_.readAllStandardOutput();
  }

 private:
  QProcess process_;
  QByteArray output_;
  QByteArray errors_;
};

/// A program that listens: where.
struct Server {
  std::unique_ptr<Program> program;
  quint16 port = 0;
};

bool isIpv6(const QString &host) {
  return host.contains(u':');
}

QString addressOf(const QString &host, quint16 port) {
  return (isIpv6(host) ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

/// socat between a listening socket and `other`, with its own options before; it waits for the second direction's end.
Server socatListening(const QString &host, const QString &other, const QStringList &options = {}) {
  const QString socket = isIpv6(host) ? u"TCP6-LISTEN:0,bind=[%1]"_s.arg(host) : u"TCP-LISTEN:0,bind=%1"_s.arg(host);
  Server server{std::make_unique<Program>(QStringList{u"socat"_s, u"-d"_s, u"-d"_s, u"-t"_s, u"60"_s} + options +
                                          QStringList{socket, other})};
  const QByteArray where = server.program->errorsBehind("listening on ");
  server.port = where.sliced(where.lastIndexOf(':') + 1).toUShort();
  return server;
}

/// ncat cannot say which port it was given, so it is told a free one; should another program be quicker, the next.
Server ncatListening(const QString &host, const QStringList &options = {}) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    QTcpServer finder;
    if (!finder.listen(QHostAddress(host))) return {};
    const quint16 port = finder.serverPort();
    finder.close();
    Server server{std::make_unique<Program>(QStringList{u"ncat"_s, u"-v"_s} + options +
                                            QStringList{u"-l"_s, host, QString::number(port)}),
                  port};
    if (!server.program->errorsBehind("Listening on ").isEmpty()) return server;
  }
  return {};
}

QStringList clientCommand(const QString &program, const QString &host, quint16 port) {
  if (program == u"ncat"_s) return {program, host, QString::number(port)};
  return {program, u"-t"_s, u"60"_s, u"-"_s, (isIpv6(host) ? u"TCP6:"_s : u"TCP:"_s) + addressOf(host, port)};
}

/// One line of output for each message: "out 0 complete abc".
QStringList storyOf(const QByteArray &lines) {
  QStringList words;
  for (const QByteArray &line : lines.trimmed().split('\n')) {
    const QJsonObject one = QJsonDocument::fromJson(line).object();
    words.append(u"%1 %2 %3 %4"_s.arg(one[u"direction"_s].toString())
                     .arg(one[u"index"_s].toInt(-1))
                     .arg(one[u"status"_s].toString(),
                          QString::fromUtf8(QByteArray::fromHex(one[u"payload"_s].toString().toLatin1()))));
  }
  words.sort();
  return words;
}

}  // namespace

class TestCliForeign : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  bool hasIpv6_ = false;

  static void programsAndHosts() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("host");
    for (const char *program : {"socat", "ncat"}) {
      for (const char *host : {"127.0.0.1", "::1"}) {
        QTest::addRow("%s, %s", program, host) << QString::fromLatin1(program) << QString::fromLatin1(host);
      }
    }
  }

  static QStringList decoding(const QString &framing) {
    return {u"--framing"_s, framing, u"--format"_s, u"jsonl"_s, u"--payload"_s, u"hex"_s};
  }

  /// The port in `listening on HOST:PORT`.
  static quint16 portOf(CliProcess &cli, const QString &host) {
    const QByteArray line = cli.errorLine();
    const QByteArray start = "listening on " + addressOf(host, 0).chopped(1).toLatin1();
    return line.startsWith(start) ? line.sliced(start.size()).toUShort() : quint16(0);
  }

  QString fileOf(const QByteArray &bytes) const {
    QFile file(folder_.filePath(u"bytes"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return {};
    return file.fileName();
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char *program : {"socat", "ncat"}) {
      QVERIFY2(!QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty(),
               qPrintable(u"%1 is not installed: packages.txt lists it under [test]"_s.arg(QLatin1String(program))));
    }
    QTcpServer probe;
    hasIpv6_ = probe.listen(QHostAddress::LocalHostIPv6);
  }

  void clientSendsLinesAndReadsTheEcho_data() { programsAndHosts(); }
  void clientSendsLinesAndReadsTheEcho() {
    QFETCH(QString, program);
    QFETCH(QString, host);
    if (isIpv6(host) && !hasIpv6_) QSKIP("this machine has no ::1");
    CliProcess cli(QStringList{u"listen"_s, addressOf(host, 0), u"--once"_s, u"--respond"_s, u"echo"_s} +
                   decoding(u"lines"_s));
    const quint16 port = portOf(cli, host);
    QVERIFY(port != 0);
    Program client(clientCommand(program, host, port));
    client.write("one\ntwo\r\n\n");
    client.closeInput();
    QCOMPARE(client.output(), QByteArray("one\ntwo\r\n\n"));
    QCOMPARE(cli.exitCode(), 0);
    const QByteArray lines = cli.restOfOutput();
    QCOMPARE(storyOf(lines), (QStringList{u"in 0 complete one"_s, u"in 1 complete two"_s, u"in 2 complete "_s,
                                          u"out 0 complete one"_s, u"out 1 complete two"_s, u"out 2 complete "_s}));
    QVERIFY2(lines.contains(QByteArray("\"to\":\"" + addressOf(host, port).toLatin1() + '"')), lines.constData());
  }

  // Its message is whole with its FIN alone: only a server that lives on after that can answer.
  void clientHalfClosesAndReadsTheAnswer_data() { programsAndHosts(); }
  void clientHalfClosesAndReadsTheAnswer() {
    QFETCH(QString, program);
    QFETCH(QString, host);
    if (isIpv6(host) && !hasIpv6_) QSKIP("this machine has no ::1");
    CliProcess cli(QStringList{u"listen"_s, addressOf(host, 0), u"--once"_s, u"--respond"_s, u"framed-echo"_s} +
                   decoding(u"until-close"_s));
    Program client(clientCommand(program, host, portOf(cli, host)));
    client.write("what?");
    client.closeInput();
    QCOMPARE(client.output(), QByteArray("what?"));
    QCOMPARE(cli.exitCode(), 0);
    QCOMPARE(storyOf(cli.restOfOutput()), (QStringList{u"in 0 complete what?"_s, u"out 0 complete what?"_s}));
  }

  void sendsToAnEcho_data() {
    QTest::addColumn<QString>("host");
    QTest::newRow("IPv4") << u"127.0.0.1"_s;
    QTest::newRow("IPv6") << u"::1"_s;
  }
  void sendsToAnEcho() {
    QFETCH(QString, host);
    if (isIpv6(host) && !hasIpv6_) QSKIP("this machine has no ::1");
    const Server server = socatListening(host, u"EXEC:cat"_s);
    QVERIFY(server.port != 0);
    // Our FIN goes through socat and cat, and the echo comes back behind it.
    CliProcess cli(QStringList{u"send"_s, addressOf(host, server.port), u"--frame"_s, u"netstring"_s, u"--text"_s,
                               u"ab"_s, u"--text"_s, u""_s, u"--hex"_s, u"63 64"_s, u"--pieces"_s, u"3"_s} +
                   decoding(u"netstring"_s));
    QCOMPARE(cli.exitCode(), 0);
    QCOMPARE(storyOf(cli.restOfOutput()),
             (QStringList{u"in 0 complete ab"_s, u"in 1 complete "_s, u"in 2 complete cd"_s, u"out 0 complete ab"_s,
                          u"out 1 complete "_s, u"out 2 complete cd"_s}));
  }

  void connectsToAServer_data() { programsAndHosts(); }
  void connectsToAServer() {
    QFETCH(QString, program);
    QFETCH(QString, host);
    if (isIpv6(host) && !hasIpv6_) QSKIP("this machine has no ::1");
    const Server server =
        program == u"socat"_s ? socatListening(host, u"EXEC:cat"_s) : ncatListening(host, {u"--exec"_s, u"/bin/cat"_s});
    QVERIFY(server.port != 0);
    CliProcess cli(QStringList{u"connect"_s, addressOf(host, server.port)} + decoding(u"lines"_s));
    // ncat ends its program with our FIN, so ours waits for each echo.
    QByteArray lines;
    for (const QByteArray &text : {"one\n"_ba, "two\n"_ba}) {
      cli.write(text);
      lines += cli.line() + '\n';
      lines += cli.line() + '\n';
    }
    cli.closeInput();
    QCOMPARE(cli.exitCode(), 0);
    QCOMPARE(cli.restOfOutput(), QByteArray());
    QCOMPARE(storyOf(lines), (QStringList{u"in 0 complete one"_s, u"in 1 complete two"_s, u"out 0 complete one"_s,
                                          u"out 1 complete two"_s}));
    QVERIFY2(lines.contains(QByteArray("\"to\":\"" + addressOf(host, server.port).toLatin1() + '"')),
             lines.constData());
  }

  void receivesAFile_data() {
    QTest::addColumn<QString>("program");
    QTest::newRow("socat") << u"socat"_s;
    QTest::newRow("ncat") << u"ncat"_s;
  }
  void receivesAFile() {
    QFETCH(QString, program);
    const QByteArray bytes = pattern(8'000'000);
    CliProcess cli({u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"until-close"_s, u"--payload"_s, u"sha256"_s,
                    u"--format"_s, u"jsonl"_s});
    const quint16 port = cli.port();
    const QString file = fileOf(bytes);
    QStringList command{u"ncat"_s, u"--send-only"_s, u"127.0.0.1"_s, QString::number(port)};
    if (program == u"socat"_s) command = {u"socat"_s, u"-u"_s, u"OPEN:"_s + file, u"TCP:127.0.0.1:%1"_s.arg(port)};
    Program client(command);
    if (program == u"ncat"_s) client.write(bytes);
    client.closeInput();
    const QJsonObject one = cli.object();
    QCOMPARE(one[u"status"_s].toString(), u"complete"_s);
    QCOMPARE(one[u"payload_sha256"_s].toString().toLatin1(), sha256(bytes));
    QCOMPARE(cli.exitCode(), 0);
    QCOMPARE(client.output(), QByteArray());
  }

  void sendsAFile_data() { receivesAFile_data(); }
  void sendsAFile() {
    QFETCH(QString, program);
    const QByteArray bytes = pattern(8'000'000);
    const Server server = program == u"socat"_s ? socatListening(u"127.0.0.1"_s, u"STDOUT"_s, {u"-u"_s})
                                                : ncatListening(u"127.0.0.1"_s, {u"--recv-only"_s});
    QVERIFY(server.port != 0);
    const CliResult result = runCli(
        {u"send"_s, addressOf(u"127.0.0.1"_s, server.port), u"--file"_s, fileOf(bytes), u"--format"_s, u"none"_s});
    QCOMPARE(result.code, 0);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(sha256(server.program->output()), sha256(bytes));
  }

  // linger=0,shut-close: socat closes with RST instead of a FIN; the echo proves that its bytes were read.
  void clientResets() {
    CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--respond"_s, u"echo"_s, u"--direction"_s, u"in"_s} +
                   decoding(u"until-close"_s));
    Program client({u"socat"_s, u"-t"_s, u"0.1"_s, u"-"_s, u"TCP:127.0.0.1:%1,linger=0,shut-close"_s.arg(cli.port())});
    client.write("not whole");
    QVERIFY(client.hasWritten("not whole"));
    client.closeInput();
    QCOMPARE(cli.exitCode(), 1);
    QCOMPARE(storyOf(cli.restOfOutput()), QStringList{u"in 0 incomplete not whole"_s});
  }
};

QTEST_GUILESS_MAIN(TestCliForeign)
#include "tst_cli_foreign.moc"
