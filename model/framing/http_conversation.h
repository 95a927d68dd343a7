// HttpConversation: which request a response of HTTP answers, and whether the answer to a request made a tunnel of the
// connection: what has to be read of the other direction to know what a message means. Plain numbers, kept in a
// ScanState: requests and answers that were passed over are not looked at again.
//
// What had not arrived by the time that is asked for does not count, however much of it is there by now: so what is
// said of a message never changes. Where chunks have no times, all of the other direction counts.
#pragma once

#include "model/capture/stream.h"
#include "model/framing/http_reader.h"

namespace octetscope {

class HttpConversation {
 public:
  static HttpConversation from(const ScanState &state);
  void save(ScanState &state) const;

  /// The request that a final response answers.
  struct Request {
    HttpAnswer answer = HttpAnswer::Unknown;
    ByteRange head = {};  ///< its head, or as much of it as was looked at, in the stream of requests
  };
  /// That of the next final response: requests are answered in their order. `timeNs`: when that response's head was
  /// whole. To be asked once for each.
  Request next(const HttpReader &reader, const StreamView &requests, qint64 timeNs);

  enum class Switched : quint8 { Unknown, No, Yes };
  /// Whether the answer to the request at `begin` of `requests`, as far as it had arrived by `timeNs`, made a tunnel of
  /// the connection: 101, or success of a CONNECT. For rising `begin`.
  Switched switched(const HttpReader &reader, const StreamView &requests, const StreamView &answers, quint64 begin,
                    qint64 timeNs);

 private:
  /// Where a message of the one or the other direction begins, and how far it was read.
  struct Place {
    quint64 at = 0;
    quint64 scanned = 0;
    std::array<quint64, 4> own = {};
    quint64 isLost = 0;  // no HTTP, or none any more

    HttpWalk walk() const;
    void set(const HttpWalk &walk);
    void pass(const HttpWalk &walk);
  };
  bool readHead(const HttpReader &reader, ByteView there);
  bool readToEnd(const HttpReader &reader, ByteView there);

  Place request_;
  quint64 answered_ = 0;  // requests from request_ on that were answered already
  Place answer_;
};

}  // namespace octetscope
