#include "model/transport/channel_recorder.h"

#include "model/transport/network_error.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

QString tr(const char *text) {
  return QCoreApplication::translate("octetscope::ChannelRecorder", text);
}

QString lostText(quint64 unsent) {
  return unsent == 0 ? QString() : QString(QLatin1String("; ") + tr("%1 not sent are lost").arg(bytesText(unsent)));
}

}  // namespace

void ChannelRecorder::peerFinished(const QString &note) {
  {
    const Stream::Recording recording(in());
    in().finish(StreamEnd::Fin, stamp());
  }
  connection_->addEvent(Event::Kind::PeerFinished, note.isEmpty() ? tr("FIN: the peer will send no more") : note);
}

void ChannelRecorder::weFinished(const QString &note) {
  {
    const Stream::Recording recording(out());
    out().finish(StreamEnd::Fin, stamp());
  }
  connection_->addEvent(Event::Kind::WeFinished, note.isEmpty() ? tr("FIN sent: we will send no more") : note);
}

void ChannelRecorder::end(StreamEnd end, Event::Kind kind, const QString &text) {
  const Stream::Recording ofIn(in());
  const Stream::Recording ofOut(out());
  const qint64 now = stamp();
  in().finish(end, now);
  out().finish(end, now);
  connection_->addEvent(kind, text);
  connection_->setOver();
}

void ChannelRecorder::peerReset(quint64 unsent) {
  end(StreamEnd::Reset, Event::Kind::PeerReset,
      tr("RST: the peer broke the connection off; nothing more can be sent or received") + lostText(unsent));
}

void ChannelRecorder::weReset(quint64 unsent, const QString &note) {
  end(StreamEnd::Reset, Event::Kind::WeReset,
      (note.isEmpty() ? tr("RST sent: we broke the connection off") : note) + lostText(unsent));
}

void ChannelRecorder::closed(const QString &text) {
  end(StreamEnd::Cut, Event::Kind::Closed, text);
}

void ChannelRecorder::bothFinished() {
  end(StreamEnd::Fin, Event::Kind::Closed, tr("closed: both sides have finished"));
}

void ChannelRecorder::failed(const Error &error) {
  end(StreamEnd::Cut, Event::Kind::Failed, error.line());
}

void ChannelRecorder::cut() {
  end(StreamEnd::Cut, Event::Kind::Closed, tr("closed here: what came after is not recorded"));
}

}  // namespace octetscope
