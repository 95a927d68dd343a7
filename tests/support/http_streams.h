// HttpStreams: messages as HTTP, LSP and their like send them, good ones and bad ones, of every way of framing: what no
// random bytes would ever look like. The same random numbers make the same messages.
#pragma once

#include <QByteArray>
#include <QString>

#include <initializer_list>
#include <random>

namespace octetscope::test {

class HttpStreams {
 public:
  explicit HttpStreams(std::minstd_rand &random) : random_(random) {}

  static bool areOf(QStringView spec) {
    return spec.startsWith(QLatin1String("http")) || spec.startsWith(QLatin1String("headers"));
  }

  /// A message for a framing of that SPEC.
  QByteArray message(QStringView spec) {
    if (spec.startsWith(QLatin1String("http-chunked"))) return blocks();
    if (spec.startsWith(QLatin1String("headers"))) return headers();
    return http();
  }

 private:
  QByteArray oneOf(std::initializer_list<const char *> all) { return *(all.begin() + random_() % all.size()); }
  bool oneIn(quint64 count) { return random_() % count == 0; }
  QByteArray lineEnd() { return oneIn(12) ? QByteArray(oneOf({"\n", "\r", "\r\r\n"})) : QByteArray("\r\n"); }
  QByteArray body(quint64 size) {
    QByteArray bytes;
    while (static_cast<quint64>(bytes.size()) < size) bytes += oneOf({"a", "\r\n", "0", "\r\n\r\n", ":", "\xff", "7"});
    return bytes.first(static_cast<qsizetype>(size));
  }

  QByteArray headers() {
    const quint64 size = random_() % 9;
    QByteArray bytes;
    if (oneIn(3)) bytes += "Content-Type: application/vscode-jsonrpc; charset=utf-8" + lineEnd();
    bytes +=
        oneOf({"Content-Length: ", "Content-Length:", "content-LENGTH: \t", "Content-Length : ", "Content-length:"}) +
        QByteArray::number(oneIn(15) ? size + 90 : size) + oneOf({"", "", " ", ", 4", "x"}) + lineEnd();
    if (oneIn(5)) bytes += "Content-Length: " + QByteArray::number(oneIn(2) ? size : 5) + lineEnd();
    return bytes + lineEnd() + body(size);
  }

  QByteArray blocks() {
    QByteArray bytes;
    for (quint64 left = random_() % 4; left > 0; --left) {
      const quint64 size = 1 + random_() % 18;
      bytes += oneOf({"", "", "0", "000"}) + QByteArray::number(size, 16) +
               oneOf({"", "", "", ";a", ";a=b", " ; a = \"x;\\\"y\"", ";a=\"", ";;", " ", ";\r"}) + lineEnd() +
               body(size) + lineEnd();
    }
    bytes += oneOf({"0", "0", "00", "0;last", "g", ""}) + lineEnd();
    for (quint64 left = random_() % 6; left > 4; --left) bytes += "Trailer: value" + lineEnd();
    return bytes + lineEnd();
  }

  QByteArray http() {
    QByteArray bytes = oneIn(10) ? QByteArray("\r\n") : QByteArray();
    const bool isRequest = oneIn(2);
    if (isRequest) {
      bytes += oneOf({"GET", "HEAD", "POST", "CONNECT", "OPTIONS", "G@T"}) + oneOf({" ", " ", " ", "  "}) +
               oneOf({"/", "*", "a:1", "http://a/b?c", ""}) +
               oneOf({" HTTP/1.1", " HTTP/1.0", " HTTP/1.1", "", " HTTP/2.0", " HTTP/1.1 "});
    } else {
      bytes += oneOf({"HTTP/1.1 ", "HTTP/1.0 ", "HTTP/1.1 ", "HTTP/1.1  "}) +
               oneOf({"200 OK", "204 No Content", "304 Not Modified", "100 Continue", "101 Switching", "404", "20",
                      "099 x", "200OK"});
    }
    bytes += lineEnd();
    for (quint64 left = random_() % 3; left > 0; --left) {
      bytes += oneOf({"Host: a", "Upgrade: b", "Accept:", "X: y", "X : y", " folded", "no colon", ": x", "A\tB: c"}) +
               lineEnd();
    }
    const quint64 size = random_() % 12;
    switch (random_() % 5) {
      case 0:
        bytes += "Content-Length: " + QByteArray::number(size) + oneOf({"", "", ",", "-"}) + lineEnd();
        return bytes + lineEnd() + body(size);
      case 1:
        bytes += oneOf({"Transfer-Encoding: chunked", "transfer-encoding:gzip, Chunked", "Transfer-Encoding: chunked,",
                        "Transfer-Encoding: gzip"}) +
                 lineEnd();
        if (oneIn(3)) bytes += "Content-Length: " + QByteArray::number(size) + lineEnd();
        return bytes + lineEnd() + blocks();
      case 2:
        return bytes + lineEnd() + body(isRequest ? 0 : size);
      default:
        return bytes + lineEnd();
    }
  }

  std::minstd_rand &random_;
};

}  // namespace octetscope::test
