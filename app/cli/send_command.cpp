// send: connects, sends its items, ends as asked, and prints what comes back.
#include "app/cli/client.h"
#include "app/cli/commands.h"

#include <algorithm>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

enum class Then : quint8 { Fin, Close, Reset };

int run(const Arguments &arguments) {
  const auto where = Client::endpointOf(arguments, u"send"_s);
  if (!where) return refuse(where.error());
  const auto options = DecodeOptions::read(arguments, u"chunks"_s);
  if (!options) return refuse(options.error());
  const auto items = SendItems::read(arguments, *options);
  if (!items) return refuse(items.error());
  const auto timeout = arguments.milliseconds(u"--timeout"_s);
  if (!timeout) return refuse(timeout.error());
  const QString word = arguments.value(u"--then"_s, u"fin"_s);
  const QStringList words{u"fin"_s, u"close"_s, u"reset"_s};
  if (!words.contains(word)) {
    return refuse({u"--then %1 is not known"_s.arg(word), u"it is one of fin, close, reset"_s});
  }
  const auto then = static_cast<Then>(words.indexOf(word));

  LiveSession session(*options, false);
  Client client(session, *where, *items);
  LiveConnection &connection = client.connection();
  if (then == Then::Fin) connection.finishSending();
  if (then == Then::Close) {
    // While it connects, close() would mean to give up.
    QObject::connect(&connection, &LiveConnection::stateChanged, &session, [&connection](LinkState state) {
      if (state == LinkState::Open || state == LinkState::PeerFinished) connection.close();
    });
  }
  if (then == Then::Reset) {
    // RST loses what is queued: it waits until the system has taken everything.
    const auto resetWhenSent = [&connection] {
      const bool stands = connection.state() != LinkState::Connecting && connection.state() != LinkState::Over;
      if (stands && connection.deliveriesUnderWay() == 0 && connection.unsent() == 0) connection.reset();
    };
    QObject::connect(&connection, &LiveConnection::stateChanged, &session, resetWhenSent);
    QObject::connect(&connection, &LiveConnection::deliveryEnded, &session, resetWhenSent);
    QObject::connect(&connection, &LiveConnection::activity, &session, resetWhenSent);
  }

  // Time runs for the answer; while pieces still go out it begins anew with each.
  QTimer timer;
  if (*timeout) {
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    const auto restart = [&, wait = **timeout] {
      const qint64 pause = connection.deliveriesUnderWay() > 0 ? items->intervalMs() : 0;
      timer.start(static_cast<int>(std::min<qint64>(wait + pause, std::numeric_limits<int>::max())));
    };
    QObject::connect(&timer, &QTimer::timeout, &session, [&] {
      if (connection.deliveriesUnderWay() > 0) {
        session.fail({u"the peer did not take everything in time"_s, u"give it longer with --timeout"_s});
      }
      session.end();
    });
    QObject::connect(&connection, &LiveConnection::deliveryProgress, &timer, restart);
    QObject::connect(&connection, &LiveConnection::deliveryEnded, &timer, restart);
    QObject::connect(&connection, &LiveConnection::stateChanged, &timer, [restart](LinkState state) {
      if (state == LinkState::Open) restart();
    });
  }
  return session.exec();
}

}  // namespace

CommandRow sendCommand() {
  const QList<OptionRow> options{
      {u"--then"_s, u"fin|close|reset"_s,
       u"what follows the items: fin (the default) finishes sending and reads until the peer does, close lets go, "
       u"reset "
       "breaks off"_s},
      {u"--timeout"_s, u"S"_s, u"seconds to wait for the answer's end (default: as long as it takes)"_s},
  };
  return {.name = u"send"_s,
          .synopsis = u"HOST:PORT"_s,
          .summary = u"connects, sends its items in the order given, and prints what comes back"_s,
          .options = SendItems::rows() + options + DecodeOptions::rows(true),
          .run = run};
}

}  // namespace octetscope::cli
