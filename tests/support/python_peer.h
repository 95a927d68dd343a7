// PythonPeer: a plain Python program (standard library only, tests/interop/) as the other end of a connection. Scripts
// say where they are in lines on standard output, and may be told to go on by lines on standard input. Waiting runs the
// event loop and never sleeps.
#pragma once

#include <QProcess>
#include <QStringList>

namespace octetscope::test {

class PythonPeer {
 public:
  /// Starts OCTETSCOPE_INTEROP/`script` with `arguments`.
  PythonPeer(const QString &script, const QStringList &arguments);
  /// Kills it where it still runs.
  ~PythonPeer();
  PythonPeer(const PythonPeer &) = delete;
  PythonPeer &operator=(const PythonPeer &) = delete;

  /// The next line of its standard output without its end; empty where none came in time or the program ended.
  QByteArray line(int timeoutMs = 60'000);
  /// The next line, which must be "port N": N; 0 where it is anything else.
  quint16 port();
  /// Writes a line to its standard input; no event is handled meanwhile.
  void tell(const QByteArray &line);
  /// Tells, and waits for the answer.
  QByteArray order(const QByteArray &command) {
    tell(command);
    return line();
  }
  /// Waits until it has ended; its exit code, or -1 where it did not end or crashed.
  int exitCode(int timeoutMs = 60'000);
  /// What it wrote to standard error: for the message of a test that failed.
  QByteArray errors();

 private:
  QProcess process_;
};

}  // namespace octetscope::test
