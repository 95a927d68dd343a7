#include "tests/support/cli_process.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

namespace octetscope::test {

CliProcess::CliProcess(const QStringList &arguments, Input input) {
  process_.setProgram(QStringLiteral(OCTETSCOPE_CLI));
  process_.setArguments(arguments);
  if (input == Input::Null) process_.setStandardInputFile(QProcess::nullDevice());
  process_.start();
  process_.waitForStarted();
}

CliProcess::~CliProcess() {
  if (process_.state() == QProcess::NotRunning) return;
  process_.kill();
  process_.waitForFinished();
}

QByteArray CliProcess::lineOf(QProcess::ProcessChannel channel, int timeoutMs) {
  process_.setReadChannel(channel);
  const auto isThere = [this, channel] {
    process_.setReadChannel(channel);
    return process_.canReadLine() || process_.state() == QProcess::NotRunning;
  };
  if (!QTest::qWaitFor(isThere, timeoutMs)) return {};
  QByteArray line = process_.readLine();
  while (line.endsWith('\n') || line.endsWith('\r')) line.chop(1);
  return line;
}

QByteArray CliProcess::line(int timeoutMs) {
  return lineOf(QProcess::StandardOutput, timeoutMs);
}

QJsonObject CliProcess::object() {
  return QJsonDocument::fromJson(line()).object();
}

QByteArray CliProcess::errorLine(int timeoutMs) {
  return lineOf(QProcess::StandardError, timeoutMs);
}

quint16 CliProcess::port() {
  const QByteArray line = errorLine();
  const QByteArray start = "listening on 127.0.0.1:";
  return line.startsWith(start) ? line.sliced(start.size()).toUShort() : 0;
}

void CliProcess::write(const QByteArray &bytes) {
  process_.write(bytes);
}

void CliProcess::closeInput() {
  process_.closeWriteChannel();
}

void CliProcess::signal(int number) {
  ::kill(static_cast<pid_t>(process_.processId()), number);
}

int CliProcess::exitCode(int timeoutMs) {
  if (!QTest::qWaitFor([this] { return process_.state() == QProcess::NotRunning; }, timeoutMs)) return -1;
  return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
}

QByteArray CliProcess::restOfOutput() {
  return process_.readAllStandardOutput();
}

QByteArray CliProcess::restOfErrors() {
  return process_.readAllStandardError();
}

CliResult runCli(const QStringList &arguments, const QByteArray &input) {
  CliProcess cli(arguments);
  cli.write(input);
  cli.closeInput();
  CliResult result;
  result.code = cli.exitCode();
  result.output = cli.restOfOutput();
  result.errors = cli.restOfErrors();
  return result;
}

}  // namespace octetscope::test
