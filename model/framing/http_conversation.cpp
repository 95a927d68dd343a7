#include "model/framing/http_conversation.h"

#include <cstring>
#include <type_traits>

namespace octetscope {

namespace {

using Step = HttpReader::Step;

/// What of a stream had arrived by then.
ByteView arrivedBy(const StreamView &stream, qint64 timeNs) {
  if (timeNs == noTime) return stream.bytes.view();
  const quint64 chunks = stream.chunks.countUntil(timeNs);
  return chunks < stream.chunks.count() ? stream.bytes.view({0, stream.chunks[chunks].offset}) : stream.bytes.view();
}

}  // namespace

HttpConversation HttpConversation::from(const ScanState &state) {
  static_assert(std::is_trivially_copyable_v<HttpConversation>);
  HttpConversation conversation;
  if (state.more.size() == sizeof conversation) {
    std::memcpy(static_cast<void *>(&conversation), state.more.constData(), sizeof conversation);
  }
  return conversation;
}

void HttpConversation::save(ScanState &state) const {
  state.more.resize(sizeof *this);
  std::memcpy(state.more.data(), static_cast<const void *>(this), sizeof *this);
}

HttpWalk HttpConversation::Place::walk() const {
  return HttpWalk::from({.at = at, .scanned = scanned, .own = own});
}

void HttpConversation::Place::set(const HttpWalk &walk) {
  ScanState state = ScanState::startingAt(at);
  walk.save(state);
  scanned = state.scanned;
  own = state.own;
}

void HttpConversation::Place::pass(const HttpWalk &walk) {
  at = scanned = at + walk.at;
  own = {};
}

/// True once the head of the request at request_ is behind the place.
bool HttpConversation::readHead(const HttpReader &reader, ByteView there) {
  if (request_.isLost != 0 || request_.at >= there.size()) return false;
  const ByteView bytes = there.subspan(request_.at);
  HttpWalk walk = request_.walk();
  HttpFlaw flaw;
  while (walk.isInHead()) {
    if (const Step step = reader.step(bytes, walk, flaw); step != Step::Line) {
      request_.isLost = step == Step::Flawed;
      break;
    }
  }
  // Responses answer requests, nothing else.
  if (walk.has(HttpWalk::IsResponse)) request_.isLost = 1;
  request_.set(walk);
  return !walk.isInHead() && request_.isLost == 0;
}

/// Goes behind the request at request_, where all of it is there.
bool HttpConversation::readToEnd(const HttpReader &reader, ByteView there) {
  if (!readHead(reader, there)) return false;
  HttpWalk walk = request_.walk();
  HttpFlaw flaw;
  const Step step =
      reader.readOn(there.subspan(request_.at), walk, flaw, [](const HttpWalk &) { return HttpAnswer::Unknown; });
  if (step == Step::Complete) {
    request_.pass(walk);
    return true;
  }
  request_.isLost = step == Step::Flawed;
  request_.set(walk);
  return false;
}

HttpConversation::Request HttpConversation::next(const HttpReader &reader, const StreamView &requests, qint64 timeNs) {
  const ByteView there = arrivedBy(requests, timeNs);
  while (answered_ > 0 && readToEnd(reader, there)) --answered_;
  Request found;
  if (answered_ == 0 && readHead(reader, there)) {
    const HttpWalk walk = request_.walk();
    found.answer = walk.has(HttpWalk::IsHead)      ? HttpAnswer::NoBody
                   : walk.has(HttpWalk::IsConnect) ? HttpAnswer::Connect
                                                   : HttpAnswer::Plain;
    found.head = ByteRange::ofSize(request_.at, walk.at);
  }
  ++answered_;
  return found;
}

HttpConversation::Switched HttpConversation::switched(const HttpReader &reader, const StreamView &requests,
                                                      const StreamView &answers, quint64 begin, qint64 timeNs) {
  const ByteView there = arrivedBy(answers, timeNs);
  auto result = Switched::Unknown;
  bool isPast = false;
  while (!isPast && answer_.isLost == 0 && answer_.at < there.size()) {
    HttpWalk walk = answer_.walk();
    HttpFlaw flaw;
    bool opensTunnel = false;
    const auto answerOf = [&](const HttpWalk &head) {
      if (!head.has(HttpWalk::IsResponse) || head.isInterim()) return HttpAnswer::Unknown;
      const Request request = next(reader, requests, answers.chunks.timeOf(answer_.at + head.at - 1));
      opensTunnel = head.opensTunnel(request.answer);
      isPast = request.answer != HttpAnswer::Unknown && request.head.begin >= begin;
      if (isPast && request.head.begin == begin) result = opensTunnel ? Switched::Yes : Switched::No;
      return request.answer;
    };
    const Step step = reader.readOn(there.subspan(answer_.at), walk, flaw, answerOf);
    if (step == Step::Complete) {
      answer_.pass(walk);
      if (opensTunnel) answer_.isLost = 1;
      continue;
    }
    answer_.set(walk);
    if (step == Step::Flawed) answer_.isLost = 1;
    break;
  }
  return result;
}

}  // namespace octetscope
