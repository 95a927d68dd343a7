#include "model/transport/demonstration.h"

#include <QDateTime>
#include <QtEndian>

namespace octetscope {

namespace {

/// `text` as one message: u32be length, then !H:seq B:kind x I:stamp *s:text.
QByteArray message(quint16 sequence, quint8 kind, const QByteArray &text) {
  QByteArray payload(8, '\0');
  qToBigEndian<quint16>(sequence, payload.data());
  payload[2] = static_cast<char>(kind);
  qToBigEndian<quint32>(static_cast<quint32>(QDateTime::currentSecsSinceEpoch()), payload.data() + 4);
  payload += text;
  QByteArray head(4, '\0');
  qToBigEndian<quint32>(static_cast<quint32>(payload.size()), head.data());
  return head + payload;
}

constexpr quint8 kindGreeting = 1;
constexpr quint8 kindText = 2;
constexpr quint8 kindQuestion = 3;
constexpr quint8 kindAnswer = 4;

}  // namespace

struct Demonstration::Step {
  QString caption = {};              ///< of the act that begins here; empty: it goes on
  std::function<void()> act = {};    ///< empty: nothing but a pause
  std::function<bool()> until = {};  ///< the step is over when this is true and the interval has passed
};

Demonstration::Demonstration(NetworkHub *hub, Capture *capture, Options options, QObject *parent)
    : QObject(parent), hub_(hub), capture_(capture), options_(options), timer_(this) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &Demonstration::next);
}

Demonstration::~Demonstration() {
  if (running_) end();
}

void Demonstration::setIntervalMs(int milliseconds) {
  options_.intervalMs = std::max(milliseconds, 0);
}

void Demonstration::start() {
  if (running_) end();
  running_ = true;
  clientCapture_ = std::make_unique<Capture>(tr("Demonstration: the client's side"));
  ListenOptions options;
  options.autoFinish = false;
  listener_ = hub_->listen(capture_, options);
  connect(listener_, &LiveListener::failed, this, [this](const Error &error) {
    Q_EMIT failed(error);
    stop();
  });
  connect(listener_, &LiveListener::accepted, this, [this](LiveConnection *connection) {
    server_ = connection;
    server_->addNote(caption_);
    connect(server_, &LiveConnection::activity, this, &Demonstration::wait);
    connect(server_, &LiveConnection::stateChanged, this, &Demonstration::wait);
    connect(server_, &LiveConnection::deliveryEnded, this, &Demonstration::wait);
    wait();
  });
  connect(listener_, &LiveListener::listening, this, [this] {
    steps_ = script();
    at_ = 0;
    next();
  });
}

void Demonstration::stop() {
  if (!running_) return;
  end();
  Q_EMIT finished();
}

void Demonstration::end() {
  running_ = false;
  timer_.stop();
  until_ = nullptr;
  if (server_) {
    server_->disconnect(this);
    server_->cut();
  }
  if (listener_) {
    listener_->disconnect(this);
    // One that was accepted just now is told of after this.
    connect(listener_, &LiveListener::accepted, listener_, [](LiveConnection *late) { late->cut(); });
    listener_->stop();
  }
  listener_ = nullptr;
  server_ = nullptr;
  client_ = nullptr;
  hub_->release(clientCapture_.get());
  clientCapture_.reset();
}

/// Begins the next step, unless the last one is not over yet.
void Demonstration::next() {
  if (!running_ || timer_.isActive()) return;
  if (until_ && !until_()) return;
  until_ = nullptr;
  if (at_ == steps_.size()) {
    if (options_.repeat) {
      at_ = 0;
      timer_.start(options_.intervalMs);
    } else {
      stop();
    }
    return;
  }
  const Step &step = steps_[at_++];
  until_ = step.until;
  if (!step.caption.isEmpty()) {
    caption_ = step.caption;
    if (server_ && server_->state() != LinkState::Over) server_->addNote(caption_);
    Q_EMIT captionChanged(caption_);
    if (!running_) return;
  }
  if (step.act) step.act();
  timer_.start(options_.intervalMs);
}

void Demonstration::wait() {
  if (until_) next();
}

std::vector<Demonstration::Step> Demonstration::script() {
  std::vector<Step> steps;

  const auto connectAgain = [this] {
    server_ = nullptr;
    sequence_ = 0;
    ConnectOptions options;
    options.host = listener_->endpoint().host;
    options.port = listener_->endpoint().port;
    client_ = hub_->connectTo(clientCapture_.get(), options);
    connect(client_, &LiveConnection::activity, this, &Demonstration::wait);
    connect(client_, &LiveConnection::stateChanged, this, &Demonstration::wait);
    connect(client_, &LiveConnection::deliveryEnded, this, &Demonstration::wait);
    connect(client_, &LiveConnection::failed, this, [this](const Error &error) {
      Q_EMIT failed(error);
      stop();
    });
  };
  const auto connected = [this] { return server_ && client_->state() == LinkState::Open; };
  // A piece is sent only when the one before it has been received: so the chunks are what the captions say.
  const auto allReceived = [this](Direction direction) {
    const auto from = direction == Direction::In ? client_->connection() : server_->connection();
    const auto to = direction == Direction::In ? server_->connection() : client_->connection();
    const bool idle = direction == Direction::In ? client_->deliveriesUnderWay() == 0 && client_->unsent() == 0
                                                 : server_->deliveriesUnderWay() == 0 && server_->unsent() == 0;
    return idle && to->stream(Direction::In).size() == from->stream(Direction::Out).size();
  };
  const auto inThere = [allReceived] { return allReceived(Direction::In); };
  const auto outThere = [allReceived] { return allReceived(Direction::Out); };
  const auto text = [this](quint8 kind, const char *words) {
    return message(static_cast<quint16>(++sequence_), kind, QByteArray(words));
  };
  const auto texts = [text](std::initializer_list<const char *> all) {
    QByteArray bytes;
    for (const char *words : all) bytes += text(kindText, words);
    return bytes;
  };
  /// Sends bytes made when the step begins, in pieces cut at `cuts`, each a step of its own.
  const auto sendCut = [&](const QString &caption, const std::function<QByteArray()> &make,
                           const QList<qsizetype> &cuts) {
    auto bytes = std::make_shared<QByteArray>();
    for (qsizetype i = 0; i <= cuts.size(); ++i) {
      const qsizetype from = i == 0 ? 0 : cuts[i - 1];
      const qsizetype to = i == cuts.size() ? -1 : cuts[i];
      steps.push_back({i == 0 ? caption : QString(),
                       [this, bytes, make, from, to, first = i == 0] {
                         if (first) *bytes = make();
                         client_->send(bytes->mid(from, to < 0 ? -1 : to - from));
                       },
                       inThere});
    }
  };

  steps.push_back(
      {tr("A client connects to a server, both in this program, over real sockets."), connectAgain, connected});
  sendCut(tr("One message, one chunk: the length comes first, so the receiver knows where the message ends."),
          [=] { return text(kindGreeting, "Hello. Every message begins with its length."); }, {});
  steps.push_back(
      {QString(), [this, text] { server_->send(text(kindGreeting, "Hello. I count bytes, not chunks.")); }, outThere});
  sendCut(tr("One message, split over three chunks: recv() gives what is there, not what was sent."),
          [=] { return text(kindText, "A sender's one send() may be a receiver's three recv() calls."); }, {20, 45});
  sendCut(tr("Three messages in one chunk: what was sent three times may be received at once."),
          [=] { return texts({"First.", "Second, right behind it.", "Third: nothing lies between us."}); }, {});
  sendCut(tr("A header cut in two: two of the four length bytes are here, so even the length is not known yet."),
          [=] { return text(kindText, "Collect four bytes before you believe them."); }, {2});
  sendCut(tr("A message and a half: the chunk ends inside the second message."),
          [=] { return texts({"This one is whole.", "This one has to wait for its other half."}); }, {44});
  sendCut(tr("Half-close: the client asks, and sends FIN: it will send no more, but it still listens."),
          [=] { return text(kindQuestion, "Have you got everything? I have finished sending."); }, {});
  steps.push_back({QString(), [this] { client_->finishSending(); },
                   [this] { return server_->state() == LinkState::PeerFinished; }});
  steps.push_back({tr("The late answer: after the client's FIN the server may go on sending, and does."),
                   [this, text] { server_->send(text(kindAnswer, "Yes. A FIN ends one direction, not both.")); },
                   outThere});
  steps.push_back({QString(),
                   [this, text] { server_->send(text(kindAnswer, "Now I finish too, and the connection is over.")); },
                   outThere});
  steps.push_back(
      {QString(), [this] { server_->finishSending(); }, [this] { return server_->state() == LinkState::Over; }});
  steps.push_back({tr("A second connection, to see how it ends badly."), connectAgain, connected});
  sendCut(tr("A reset: the client breaks off in the middle of a message. RST is no FIN: the message stays incomplete."),
          [=] { return text(kindText, "The rest of this sentence will never arrive.").first(30); }, {});
  steps.push_back({QString(), [this] { client_->reset(); }, [this] { return server_->state() == LinkState::Over; }});
  return steps;
}

}  // namespace octetscope
