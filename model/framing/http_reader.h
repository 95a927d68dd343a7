// HttpReader: reads a message as HTTP/1.1 frames it (RFC 9112), a line or a block at a time, wherever the bytes are
// cut. Where it stands fits a ScanState, and nothing is looked at twice: a head or an extension that never ends costs
// what arrives. It knows three grammars: whole messages (`http`), heads with a Content-Length alone (`headers`), and a
// bare body in blocks (`http-chunked`).
#pragma once

#include "model/framing/http_lines.h"
#include "model/framing/message.h"

namespace octetscope {

enum class HttpGrammar : quint8 { Messages, Headers, Blocks };

/// What is known of a message's request, where it is a response.
enum class HttpAnswer : quint8 {
  Unknown,
  Plain,    ///< to a request that changes nothing of how it is read
  NoBody,   ///< to HEAD
  Connect,  ///< to CONNECT: where it succeeds, a tunnel follows
};

/// Where a reader stands in a message. Offsets count from the message's begin.
struct HttpWalk {
  enum Phase : quint8 {
    Start,       ///< the request or status line, or an empty line before it
    Header,      ///< a header line, or the empty one that ends the head
    HeadEnd,     ///< behind the head, before it is known what follows
    Sized,       ///< a body of `number` bytes, from `at` on
    UntilClose,  ///< a body that the end of the stream ends
    BlockSize,   ///< the line of a block's length
    BlockData,   ///< `blockSize` bytes and a line end
    Trailer,     ///< a trailer line, or the empty one that ends the message
    MaySwitch,   ///< between messages: the request of `number` bytes before may have changed the protocol
    Tunnel,      ///< no HTTP any more
  };
  enum Fact : quint16 {
    IsResponse = 1,
    IsHead = 2,     ///< the request's method
    IsConnect = 4,  ///< the request's method, or that of the request which is answered
    Upgrades = 8,   ///< there is a header Upgrade
    HasLength = 16,
    LengthIsBad = 32,
    HasCoding = 64,
    EndsChunked = 128,
  };

  Phase phase = Start;
  quint16 facts = 0;
  quint16 status = 0;  ///< of a response, once its status line was read
  quint64 at = 0;      ///< begin of the line, the block's data or the body; once complete, the message's end
  quint64 seen = 0;    ///< no line ends before this; >= at in a line
  quint64 number = 0;  ///< Content-Length; of blocks, the payload of those before
  quint64 blockSize = 0;
  quint64 blocks = 0;  ///< blocks before this one

  bool has(Fact fact) const { return (facts & fact) != 0; }
  bool isInHead() const { return phase <= Header; }
  bool isInBlocks() const { return phase >= BlockSize && phase <= Trailer; }
  /// True for the head of a response that comes before the final one.
  bool isInterim() const { return has(IsResponse) && status < 200 && status != 101; }
  /// True where what follows this message is, or may be, no HTTP: an answer 101, or one that grants a CONNECT.
  bool opensTunnel(HttpAnswer answer) const {
    return has(IsResponse) && (status == 101 || (answer == HttpAnswer::Connect && status / 100 == 2));
  }

  void save(ScanState &state) const;
  static HttpWalk from(const ScanState &state);
};

class HttpReader {
 public:
  enum class Step : quint8 {
    Line,   ///< one line is behind it
    Block,  ///< one block's data is behind it
    Cut,    ///< the rest is not here
    Complete,
    Flawed,
  };

  HttpReader(HttpGrammar grammar, quint64 limit) : grammar_(grammar), limit_(limit) {}

  HttpGrammar grammar() const { return grammar_; }
  quint64 limit() const { return limit_; }

  /// Where a message begins.
  HttpWalk begin() const {
    HttpWalk walk;
    walk.phase = grammar_ == HttpGrammar::Headers  ? HttpWalk::Header
                 : grammar_ == HttpGrammar::Blocks ? HttpWalk::BlockSize
                                                   : HttpWalk::Start;
    return walk;
  }

  /// Reads one step further. `bytes`: the message's, as far as they are here. In the phase HeadEnd `answer` counts.
  /// Flawed: the walk stands where it did, and `flaw` says why.
  Step step(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw, HttpAnswer answer = HttpAnswer::Unknown) const;

  /// Reads until there is no further step. `answerOf(walk)` is asked once the head is read.
  template <typename AnswerOf>
  Step readOn(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw, AnswerOf answerOf) const {
    for (;;) {
      const HttpAnswer answer = walk.phase == HttpWalk::HeadEnd ? answerOf(walk) : HttpAnswer::Unknown;
      const Step done = step(bytes, walk, flaw, answer);
      if (done != Step::Line && done != Step::Block) return done;
    }
  }

  /// The Content-Length or the Transfer-Encoding that a head of this many bytes is read by, as far as it has one.
  struct Announcement {
    HttpLine line;
    HttpHeader header;
  };
  std::optional<Announcement> announcement(ByteView head, QByteArrayView lowercaseName) const;

 private:
  Step line(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw) const;
  bool startLine(ByteView bytes, const HttpLine &line, HttpWalk &walk, HttpFlaw &flaw) const;
  bool headerLine(ByteView bytes, const HttpLine &line, HttpWalk &walk, HttpFlaw &flaw) const;
  bool blockSize(ByteView bytes, const HttpLine &line, HttpWalk &walk, HttpFlaw &flaw) const;
  Step blockData(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw) const;
  Step headEnd(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw, HttpAnswer answer) const;
  Step sized(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw) const;
  HttpFlaw lengthFlaw(ByteView head) const;

  HttpGrammar grammar_;
  quint64 limit_;
};

}  // namespace octetscope
