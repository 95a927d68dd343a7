#include "tests/support/python_peer.h"

#include <QTest>

namespace octetscope::test {

PythonPeer::PythonPeer(const QString &script, const QStringList &arguments) {
  process_.setProgram(QStringLiteral(OCTETSCOPE_PYTHON));
  process_.setArguments(QStringList{QStringLiteral("-u"), QStringLiteral(OCTETSCOPE_INTEROP "/") + script} + arguments);
  process_.start();
}

PythonPeer::~PythonPeer() {
  if (process_.state() == QProcess::NotRunning) return;
  process_.kill();
  process_.waitForFinished();
}

QByteArray PythonPeer::line(int timeoutMs) {
  const bool there =
      QTest::qWaitFor([this] { return process_.canReadLine() || process_.state() == QProcess::NotRunning; }, timeoutMs);
  return there ? process_.readLine().trimmed() : QByteArray();
}

quint16 PythonPeer::port() {
  const QByteArray text = line();
  return text.startsWith("port ") ? text.sliced(5).toUShort() : quint16(0);
}

void PythonPeer::tell(const QByteArray &line) {
  process_.write(line + '\n');
  process_.waitForBytesWritten();
}

int PythonPeer::exitCode(int timeoutMs) {
  if (!QTest::qWaitFor([this] { return process_.state() == QProcess::NotRunning; }, timeoutMs)) return -1;
  return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
}

QByteArray PythonPeer::errors() {
  return process_.readAllStandardError();
}

}  // namespace octetscope::test
