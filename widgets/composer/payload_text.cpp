#include "widgets/composer/payload_text.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(octetscope::PayloadText)
};

int hexDigit(QChar c) {
  const char16_t u = c.unicode();
  if (u >= u'0' && u <= u'9') return u - u'0';
  if (u >= u'a' && u <= u'f') return u - u'a' + 10;
  if (u >= u'A' && u <= u'F') return u - u'A' + 10;
  return -1;
}

/// Adds what stands behind a backslash at `at`, and moves `at` behind it; false where that is no escape.
bool appendEscape(QByteArray &bytes, QStringView text, qsizetype &at) {
  if (at + 1 >= text.size()) return false;
  const char16_t kind = text[at + 1].unicode();
  const char simple = kind == u'n' ? '\n' : kind == u'r' ? '\r' : kind == u't' ? '\t' : kind == u'\\' ? '\\' : '\0';
  if (simple != '\0' || kind == u'0') {
    bytes += simple;
    at += 2;
    return true;
  }
  if (kind != u'x' || at + 3 >= text.size()) return false;
  const int high = hexDigit(text[at + 2]);
  const int low = hexDigit(text[at + 3]);
  if (high < 0 || low < 0) return false;
  bytes += static_cast<char>(high * 16 + low);
  at += 4;
  return true;
}

}  // namespace

Result<QByteArray> textPayload(QStringView text, LineEnding ending, bool escapes) {
  const QByteArrayView lineEnd = ending == LineEnding::CrLf ? QByteArrayView("\r\n") : QByteArrayView("\n");
  QByteArray bytes;
  bytes.reserve(text.size() + 2);
  qsizetype plain = 0;  // where the text begins that is not in `bytes` yet
  const auto flush = [&](qsizetype until) { bytes += text.sliced(plain, until - plain).toUtf8(); };
  for (qsizetype at = 0; at < text.size();) {
    const QChar c = text[at];
    if (c == u'\n' || c == QChar::ParagraphSeparator) {
      flush(at);
      bytes += lineEnd;
      plain = ++at;
    } else if (escapes && c == u'\\') {
      flush(at);
      if (!appendEscape(bytes, text, at)) {
        return fail(Words::tr("no such escape at character %1").arg(at + 1),
                    Words::tr("the escapes are \\n \\r \\t \\0 \\xNN \\\\; or turn escapes off"), at);
      }
      plain = at;
    } else {
      ++at;
    }
  }
  flush(text.size());
  const bool ended = !text.isEmpty() && (text.back() == u'\n' || text.back() == QChar::ParagraphSeparator);
  if (ending != LineEnding::AsTyped && !ended) bytes += lineEnd;
  return bytes;
}

}  // namespace octetscope
