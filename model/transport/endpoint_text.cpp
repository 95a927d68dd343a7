// Reading "HOST:PORT" as people type it. Nothing is looked up here: whether a name exists is found out when it is used.
#include "model/transport/endpoint_text.h"

#include <QHostAddress>

#include <algorithm>

namespace octetscope {

namespace {

constexpr qsizetype longestName = 253;  // RFC 1035 section 2.3.4, without the final dot

bool isDigit(QChar c) {
  return c >= u'0' && c <= u'9';
}

/// Port in `text`, which begins at `position` of what was typed.
Result<quint16> parsePort(QStringView text, bool allowZero, qsizetype position) {
  const QString mend = allowZero ? QStringLiteral("write a number from 0 to 65535; 0 picks a free port")
                                 : QStringLiteral("write a number from 1 to 65535");
  if (text.isEmpty()) return fail(QStringLiteral("the port is missing"), mend, position);
  const auto wrong = std::find_if_not(text.begin(), text.end(), isDigit);
  if (wrong != text.end()) {
    return fail(QStringLiteral("\"%1\" is not a port").arg(text), mend, position + (wrong - text.begin()));
  }
  quint32 port = 0;
  for (const QChar c : text) {
    port = port * 10 + static_cast<quint32>(c.unicode() - u'0');
    if (port > 65535) return fail(QStringLiteral("port %1 is too large").arg(text), mend, position);
  }
  if (port == 0 && !allowZero) return fail(QStringLiteral("port 0 cannot be connected to"), mend, position);
  return static_cast<quint16>(port);
}

/// An address or name without brackets; IPv6 has been dealt with.
Result<QString> parseName(QStringView text, qsizetype position) {
  const QString mend = QStringLiteral("write a name or an address, such as localhost or 127.0.0.1");
  const auto wrong = std::find_if(text.begin(), text.end(), [](QChar c) {
    return c.isSpace() || !c.isPrint() || QStringView(u"/\\@?#[]%\"'<>").contains(c);
  });
  if (wrong != text.end()) {
    return fail(QStringLiteral("a host cannot contain \"%1\"").arg(wrong->isPrint() ? *wrong : QChar(u'\uFFFD')), mend,
                position + (wrong - text.begin()));
  }
  if (text.size() > longestName) {
    return fail(QStringLiteral("the host is longer than %1 characters").arg(longestName), mend, position + longestName);
  }
  const bool looksNumeric = std::all_of(text.begin(), text.end(), [](QChar c) { return isDigit(c) || c == u'.'; });
  QHostAddress address;
  if (looksNumeric && (text.count(u'.') != 3 || !address.setAddress(text.toString()))) {
    return fail(QStringLiteral("\"%1\" is not an IPv4 address").arg(text),
                QStringLiteral("write four numbers from 0 to 255, such as 127.0.0.1"), position);
  }
  return text.toString();
}

Result<QString> parseIpv6(QStringView text, qsizetype position) {
  QHostAddress address;
  if (!text.contains(u':') || !address.setAddress(text.toString())) {
    return fail(QStringLiteral("\"%1\" is not an IPv6 address").arg(text),
                QStringLiteral("write it in brackets before the port, such as [::1]:1060"), position);
  }
  return text.toString();
}

}  // namespace

Result<Endpoint> parseEndpoint(const QString &text, const QString &defaultHost, bool allowZero) {
  qsizetype begin = 0;
  qsizetype end = text.size();
  while (begin < end && text[begin].isSpace()) ++begin;
  while (begin < end && text[end - 1].isSpace()) --end;
  const QStringView all = QStringView(text).mid(begin, end - begin);
  const QString example = defaultHost.isEmpty() ? QStringLiteral("write HOST:PORT, such as 127.0.0.1:1060")
                                                : QStringLiteral("write [HOST:]PORT, such as 1060 or 127.0.0.1:1060");
  if (all.isEmpty()) return fail(QStringLiteral("nothing to read an address from"), example, begin);

  if (all.startsWith(u'[')) {
    const qsizetype close = all.indexOf(u']');
    if (close < 0) return fail(QStringLiteral("the closing ] is missing"), example, end);
    const auto host = parseIpv6(all.mid(1, close - 1), begin + 1);
    if (!host) return std::unexpected(host.error());
    if (close + 1 == all.size() || all[close + 1] != u':') {
      return fail(QStringLiteral("the port is missing behind ]"), QStringLiteral("write it as [::1]:1060"),
                  begin + close + 1);
    }
    const auto port = parsePort(all.mid(close + 2), allowZero, begin + close + 2);
    if (!port) return std::unexpected(port.error());
    return Endpoint{*host, *port};
  }

  const qsizetype colon = all.lastIndexOf(u':');
  if (colon >= 0 && all.indexOf(u':') != colon) {
    return fail(QStringLiteral("an IPv6 address needs brackets"), QStringLiteral("write it as [::1]:1060"), begin);
  }
  if (colon < 0) {
    const bool isPort = std::all_of(all.begin(), all.end(), isDigit);
    if (!isPort || defaultHost.isEmpty()) {
      const QString what = isPort ? QStringLiteral("the host is missing") : QStringLiteral("the port is missing");
      return fail(what, example, isPort ? begin : end);
    }
  }
  if (colon == 0 && defaultHost.isEmpty()) return fail(QStringLiteral("the host is missing"), example, begin);

  Endpoint endpoint{defaultHost, 0};
  if (colon > 0) {
    const auto host = parseName(all.left(colon), begin);
    if (!host) return std::unexpected(host.error());
    endpoint.host = *host;
  }
  const auto port = parsePort(all.mid(colon + 1), allowZero, begin + colon + 1);
  if (!port) return std::unexpected(port.error());
  endpoint.port = *port;
  return endpoint;
}

}  // namespace octetscope
