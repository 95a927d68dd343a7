#include "widgets/endpoint/endpoint_fields.h"

#include "model/transport/channel.h"
#include "model/transport/endpoint_text.h"
#include "widgets/theme/theme.h"

#include <QHostAddress>
#include <QLabel>
#include <QNetworkInterface>
#include <QSpinBox>

namespace octetscope {

using namespace Qt::StringLiterals;

Result<QString> EndpointFields::host(const QString &text) {
  const QString trimmed = text.trimmed();
  if (trimmed.isEmpty()) return fail(tr("the host is missing"), tr("write a name or an address, such as localhost"), 0);
  // An address of colons needs no brackets where it stands alone. The rules are those of HOST:PORT.
  const bool bare = trimmed.contains(u':') && !trimmed.startsWith(u'[');
  const QString shown = bare ? QString(u'[' + trimmed + u']') : trimmed;
  auto endpoint = parseEndpoint(shown + u":1"_s, QString());
  if (!endpoint) {
    Error error = endpoint.error();
    error.position = std::clamp<qsizetype>(error.position - (bare ? 1 : 0), 0, trimmed.size());
    return std::unexpected(error);
  }
  return endpoint->host;
}

bool EndpointFields::isLoopback(const QString &host) {
  QHostAddress address;
  return address.setAddress(host) ? address.isLoopback() : host.compare("localhost"_L1, Qt::CaseInsensitive) == 0;
}

bool EndpointFields::isAny(const QString &host) {
  if (host == "*"_L1) return true;
  const QHostAddress address(host);
  return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
}

QStringList EndpointFields::ownAddresses() {
  QStringList loopback;
  QStringList others;
  for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
    (address.isLoopback() ? loopback : others).append(address.toString());
  }
  return loopback + others;
}

QSpinBox *EndpointFields::receiveSize(QWidget *parent) {
  auto *spin = new QSpinBox(parent);
  spin->setRange(1, Channel::largestReceiveSize);
  spin->setValue(8192);
  spin->setSuffix(tr(" bytes"));
  spin->setAccessibleName(tr("Bytes offered to each recv()"));
  spin->setToolTip(
      tr("How many bytes each recv() may return at most. A small number cuts what arrives into more chunks; "
         "what the messages are does not change."));
  return spin;
}

QSpinBox *EndpointFields::port(QWidget *parent, bool allowZero) {
  auto *spin = new QSpinBox(parent);
  spin->setRange(allowZero ? 0 : 1, 65535);
  if (allowZero) spin->setSpecialValueText(tr("0 (any free one)"));
  spin->setAccessibleName(tr("Port"));
  return spin;
}

QLabel *EndpointFields::sentence(QWidget *parent) {
  auto *label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setMinimumHeight(label->fontMetrics().height() * 2 + 4);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  return label;
}

void EndpointFields::show(QLabel *sentence, const QString &text, bool isError) {
  const Theme theme = Theme::of(sentence);
  QPalette colours = sentence->parentWidget()->palette();
  if (isError) colours.setColor(QPalette::WindowText, theme.status(Status::Error));
  sentence->setPalette(colours);
  sentence->setText(isError ? Theme::glyph(Status::Error) + u' ' + text : text);
}

}  // namespace octetscope
