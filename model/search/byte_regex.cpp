#define PCRE2_CODE_UNIT_WIDTH 8
#include "model/search/byte_regex.h"

#include <pcre2.h>

#include <algorithm>
#include <array>

namespace octetscope {

namespace {

constexpr quint64 windowBytes = 256 * 1024;  // how much one call of PCRE2 sees, unless a match needs more
constexpr quint32 stepLimit = 2'000'000;     // of one call; what needs more backtracks without end
constexpr quint32 heapKibibytes = 64 * 1024;
constexpr PCRE2_SIZE jitStackBytes = 8 << 20;

template <typename T, void (*Free)(T *)>
struct Freed {
  void operator()(T *thing) const { Free(thing); }
};
using Compiled = std::unique_ptr<pcre2_code, Freed<pcre2_code, pcre2_code_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Freed<pcre2_compile_context, pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Freed<pcre2_match_context, pcre2_match_context_free>>;
using JitStack = std::unique_ptr<pcre2_jit_stack, Freed<pcre2_jit_stack, pcre2_jit_stack_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Freed<pcre2_match_data, pcre2_match_data_free>>;

QString wordsOf(int error) {
  std::array<PCRE2_UCHAR, 256> text = {};
  pcre2_get_error_message(error, text.data(), text.size());
  return QString::fromUtf8(reinterpret_cast<const char *>(text.data()));
}

}  // namespace

struct ByteRegex::Code {
  Compiled compiled;
  quint64 lookBehind = 1;  // how many bytes before a place may say whether it matches there
};

ByteRegex::ByteRegex(std::unique_ptr<Code> code) : code_(std::move(code)) {}
ByteRegex::~ByteRegex() = default;

Result<std::shared_ptr<const ByteRegex>> ByteRegex::compile(const QByteArray &expression, bool ignoresCase) {
  const CompileContext context(pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  PCRE2_SIZE position = 0;
  auto code = std::make_unique<Code>();
  // No \C, no UTF: bytes are bytes, whatever the expression asks for.
  const quint32 options = PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C | (ignoresCase ? PCRE2_CASELESS : 0);
  code->compiled.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.constData()),
                                     static_cast<PCRE2_SIZE>(expression.size()), options, &error, &position,
                                     context.get()));
  if (!code->compiled) {
    return fail(wordsOf(error), {}, std::min(static_cast<qsizetype>(position), expression.size()));
  }
  // Without it, or where the system forbids code made at run time, it is interpreted.
  pcre2_jit_compile(code->compiled.get(), PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD);
  quint32 behind = 0;
  pcre2_pattern_info(code->compiled.get(), PCRE2_INFO_MAXLOOKBEHIND, &behind);
  code->lookBehind = std::max(behind, 1U);
  return std::shared_ptr<const ByteRegex>(new ByteRegex(std::move(code)));
}

SearchPattern::Slice ByteRegex::find(ByteView bytes, ByteRange range, bool isWhole, std::vector<SearchHit> &hits,
                                     std::size_t most) const {
  const MatchContext context(pcre2_match_context_create(nullptr));
  pcre2_set_match_limit(context.get(), stepLimit);
  pcre2_set_heap_limit(context.get(), heapKibibytes);
  const JitStack stack(pcre2_jit_stack_create(32 * 1024, jitStackBytes, nullptr));
  pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
  const MatchData data(pcre2_match_data_create(1, nullptr));
  quint64 at = range.begin;
  quint64 window = windowBytes;
  while (at < range.end && most > 0) {
    const quint64 begin = at - std::min(at, code_->lookBehind);
    const bool seesTheEnd = bytes.size() - at <= window;
    const quint64 end = seesTheEnd ? bytes.size() : at + window;
    // Where more bytes may be looked at, PCRE2 says so instead of taking this end for the end.
    const bool canGrow = seesTheEnd ? !isWhole && end - at < SearchPattern::maxMatch : window < SearchPattern::maxMatch;
    const int found = pcre2_match(code_->compiled.get(), bytes.data() + begin, end - begin, at - begin,
                                  PCRE2_NOTEMPTY | (seesTheEnd ? 0 : PCRE2_NOTEOL) | (canGrow ? PCRE2_PARTIAL_HARD : 0),
                                  data.get(), context.get());
    const PCRE2_SIZE *const place = pcre2_get_ovector_pointer(data.get());
    if (found >= 0) {
      const SearchHit hit{begin + place[0], place[1] - place[0]};
      if (hit.offset >= range.end) return {.next = range.end};
      window = windowBytes;
      // \K and look-around may move a match; it never goes back.
      at = std::max(hit.range().end, at + 1);
      if (place[1] <= place[0] || hit.size > SearchPattern::maxMatch) continue;
      hits.push_back(hit);
      --most;
    } else if (found == PCRE2_ERROR_PARTIAL) {
      const quint64 from = std::max(begin + place[0], at);
      if (from >= range.end) return {.next = range.end};
      if (seesTheEnd) return {.next = from};
      window = from > at ? windowBytes : std::min(2 * window, SearchPattern::maxMatch);
      at = from;
    } else if (found == PCRE2_ERROR_NOMATCH) {
      at = std::max(end, at + 1);
      window = windowBytes;
    } else {
      return {.next = at, .gaveUp = true};
    }
  }
  return {.next = std::max(at, range.begin)};
}

}  // namespace octetscope
