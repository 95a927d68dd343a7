// CliProcess: octetscope-cli run as a program, for tests: what it prints line by line, its exit code, its signals.
// Waiting runs the event loop and never sleeps.
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace octetscope::test {

class CliProcess {
 public:
  enum class Input { Pipe, Null };

  explicit CliProcess(const QStringList &arguments, Input input = Input::Pipe);
  /// Kills it where it still runs.
  ~CliProcess();
  CliProcess(const CliProcess &) = delete;
  CliProcess &operator=(const CliProcess &) = delete;

  /// The next line of standard output without its end; empty where none came in time or the program ended.
  QByteArray line(int timeoutMs = 20'000);
  /// The next line as JSON; empty where it is none.
  QJsonObject object();
  /// The next line of standard error.
  QByteArray errorLine(int timeoutMs = 20'000);
  /// The port in the line `listening on 127.0.0.1:PORT`; 0 where that is not the next line of standard error.
  quint16 port();

  void write(const QByteArray &bytes);
  void closeInput();
  void signal(int number);

  /// Waits for the end; the exit code, or -1 where it did not end in time or crashed.
  int exitCode(int timeoutMs = 30'000);
  /// Everything printed and not read before.
  QByteArray restOfOutput();
  QByteArray restOfErrors();
  bool isRunning() const { return process_.state() != QProcess::NotRunning; }

 private:
  QByteArray lineOf(QProcess::ProcessChannel channel, int timeoutMs);

  QProcess process_;
};

/// Runs it to its end with `input` on standard input.
struct CliResult {
  int code = -1;
  QByteArray output;
  QByteArray errors;
};
CliResult runCli(const QStringList &arguments, const QByteArray &input = {});

}  // namespace octetscope::test
