#include "model/copying/copy_text.h"

#include "model/copying/struct_call.h"
#include "model/files/inner_messages.h"
#include "model/files/json_messages.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>
#include <numeric>

namespace octetscope {

namespace {

struct FormatName {
  CopyFormat format;
  const char *key;
  const char *words;
};
constexpr FormatName names[] = {
    {CopyFormat::Hex, "hex", QT_TRANSLATE_NOOP("CopyText", "hex")},
    {CopyFormat::HexDump, "hexdump", QT_TRANSLATE_NOOP("CopyText", "hex dump")},
    {CopyFormat::C, "c", QT_TRANSLATE_NOOP("CopyText", "C array")},
    {CopyFormat::Python, "python", QT_TRANSLATE_NOOP("CopyText", "Python bytes")},
    {CopyFormat::Rust, "rust", QT_TRANSLATE_NOOP("CopyText", "Rust array")},
    {CopyFormat::JavaScript, "javascript", QT_TRANSLATE_NOOP("CopyText", "JavaScript array")},
    {CopyFormat::Base64, "base64", QT_TRANSLATE_NOOP("CopyText", "Base64")},
    {CopyFormat::Text, "text", QT_TRANSLATE_NOOP("CopyText", "text")},
    {CopyFormat::Json, "json", QT_TRANSLATE_NOOP("CopyText", "JSON of the fields")},
    {CopyFormat::StructCall, "struct", QT_TRANSLATE_NOOP("CopyText", "struct.unpack call")},
};
static_assert(std::size(names) == copyFormats.size());

const FormatName &nameOf(CopyFormat format) {
  return *std::ranges::find(names, format, &FormatName::format);
}

QString tr(const char *text) {
  return QCoreApplication::translate("CopyText", text);
}

std::unexpected<Error> tooMuch(quint64 bytes) {
  return fail(tr("%1 bytes are too many for the clipboard").arg(QLocale().toString(bytes)),
              tr("select fewer, or save the stream to a file"));
}

/// What stands between the texts of two pieces.
QLatin1String separatorOf(CopyFormat format) {
  switch (format) {
    case CopyFormat::C:
    case CopyFormat::Python:
    case CopyFormat::Rust:
    case CopyFormat::JavaScript:
      return QLatin1String(",\n");
    default:
      return QLatin1String("\n");
  }
}

MessageRecord recordOf(const CopiedPiece &piece) {
  static const StreamLabel nobody;
  return {.label = nobody,
          .index = piece.number,
          .message = piece.message,
          .view = piece.view,
          .framer = *piece.framer,
          .isDerived = piece.isDerived};
}

Result<QString> bytesText(const CopiedPiece &piece, BytesFormat format) {
  if (piece.kind != CopiedPiece::Kind::Payload) {
    return formatBytes(piece.view.bytes.view(piece.range), format, piece.textCode);
  }
  const auto payload = piece.framer->payload(piece.view, piece.message);
  if (!payload) return std::unexpected(payload.error());
  return formatBytes(viewOf(*payload), format, piece.textCode);
}

Result<QString> allBytes(const std::vector<CopiedPiece> &pieces, CopyFormat format,
                         const std::atomic<bool> &isCancelled) {
  QString text;
  bool isFirst = true;
  for (const CopiedPiece &piece : pieces) {
    if (isCancelled.load(std::memory_order_relaxed)) break;
    if (piece.size() == 0) continue;
    auto one = bytesText(piece, *bytesFormatOf(format));
    if (!one) return one;
    if (!std::exchange(isFirst, false)) text += separatorOf(format);
    text += *one;
  }
  if (isFirst) return fail(tr("There are no bytes to copy"));
  return text;
}

/// JSON Lines up to what a clipboard takes; more is counted and dropped.
class JsonText {
 public:
  JsonText() : out_([this](std::string_view text) { take(text); }) {}

  void write(const CopiedPiece &piece) {
    if (piece.kind == CopiedPiece::Kind::Field) {
      const auto place = piece.isDerived ? PayloadPlace::Derived : PayloadPlace::Stream;
      JsonFields(piece.fields)
          .writeField(out_, piece.view.bytes.view(piece.fieldBytes), piece.fieldBytes.begin, place, piece.path);
      out_.append('\n');
    } else if (piece.kind == CopiedPiece::Kind::Message) {
      messagesOf(piece).writeFieldLines(out_, recordOf(piece));
    }
    out_.flush();
  }
  bool isTooMuch() const { return size_ > mostCopiedCharacters; }
  QString text() const {
    // The last line end is left out: what is pasted goes on where it ends.
    return QString::fromUtf8(QByteArrayView(text_).chopped(text_.isEmpty() ? 0 : 1));
  }

 private:
  JsonMessages &messagesOf(const CopiedPiece &piece) {
    const auto known = messages_.find(piece.framer.get());
    if (known != messages_.end()) return known->second;
    return messages_.try_emplace(piece.framer.get(), piece.layout, PayloadForm::None).first->second;
  }
  void take(std::string_view text) {
    size_ += text.size();
    if (!isTooMuch()) text_.append(text.data(), static_cast<qsizetype>(text.size()));
  }

  TextBuffer out_;
  QByteArray text_;
  quint64 size_ = 0;
  std::map<const Framer *, JsonMessages> messages_;  // what fields need is prepared once for a framing
};

Result<QString> allFields(const std::vector<CopiedPiece> &pieces, const std::atomic<bool> &isCancelled) {
  JsonText json;
  for (const CopiedPiece &piece : pieces) {
    if (isCancelled.load(std::memory_order_relaxed)) break;
    json.write(piece);
    if (json.isTooMuch()) return tooMuch(copiedBytes(pieces));
  }
  const QString text = json.text();
  if (text.isEmpty()) return fail(tr("What is selected has no fields"));
  return text;
}

/// Calls, a line each; why there is none of a message stands in its line as a comment.
class StructCalls {
 public:
  void write(const CopiedPiece &piece) {
    if (piece.kind == CopiedPiece::Kind::Field) {
      const auto *layout = dynamic_cast<const Layout *>(piece.fields.get());
      if (layout) add(structCallOfField(*layout, piece.view.bytes.view(piece.fieldBytes), piece.path), {});
    } else if (piece.kind == CopiedPiece::Kind::Message) {
      const auto *layout = dynamic_cast<const Layout *>(piece.layout.get());
      if (layout) writeInnermost(recordOf(piece), *layout, QString::number(piece.number));
    }
  }
  qsizetype size() const { return text_.size(); }
  Result<QString> text() const {
    if (hasCall_) return text_;
    return fail(why_.isEmpty() ? tr("What is selected has no fields of a struct") : why_);
  }

 private:
  // Goes as deep as a SPEC has layers.
  void writeInnermost(const MessageRecord &record, const Layout &layout, const QString &number) {
    const FramerPtr inner = record.framer.inner();
    if (!inner) {
      if (record.message.status == Status::Error) return add(fail(tr("it is in error and has no payload")), number);
      const PayloadBytes payload(record);
      return add(structCall(layout, payload.view()), number);
    }
    forEachInner(record, *inner, [&](const MessageRecord &part) {
      if (static_cast<quint64>(text_.size()) <= mostCopiedCharacters) {
        writeInnermost(part, layout, number + u'.' + QString::number(part.index));
      }
    });
  }

  void add(const Result<QString> &call, const QString &number) {
    if (!text_.isEmpty()) text_ += u'\n';
    if (call) {
      hasCall_ = true;
      text_ += *call;
      return;
    }
    const QString why = number.isEmpty() ? call.error().line() : tr("message %1: %2").arg(number, call.error().line());
    if (why_.isEmpty()) why_ = why;
    text_ += u"# " + why;
  }

  QString text_;
  QString why_;  // there is none of the first piece that has none
  bool hasCall_ = false;
};

Result<QString> allCalls(const std::vector<CopiedPiece> &pieces, const std::atomic<bool> &isCancelled) {
  StructCalls calls;
  for (const CopiedPiece &piece : pieces) {
    if (isCancelled.load(std::memory_order_relaxed)) break;
    calls.write(piece);
    if (static_cast<quint64>(calls.size()) > mostCopiedCharacters) return tooMuch(copiedBytes(pieces));
  }
  return calls.text();
}

}  // namespace

QString copyFormatWords(CopyFormat format) {
  return tr(nameOf(format).words);
}

QString copyFormatWords(CopyFormat format, TextCode code) {
  const bool isOtherCode = format == CopyFormat::Text && (code == TextCode::Latin1 || code == TextCode::Ebcdic);
  return isOtherCode ? tr("%1, read as %2").arg(copyFormatWords(format), textCodeWords(code)) : copyFormatWords(format);
}

QString copyFormatKey(CopyFormat format) {
  return QLatin1String(nameOf(format).key);
}

std::optional<CopyFormat> copyFormatOfKey(QStringView key) {
  for (const FormatName &name : names) {
    if (key == QLatin1String(name.key)) return name.format;
  }
  return std::nullopt;
}

std::optional<BytesFormat> bytesFormatOf(CopyFormat format) {
  switch (format) {
    case CopyFormat::Hex:
      return BytesFormat::Hex;
    case CopyFormat::HexDump:
      return BytesFormat::HexDump;
    case CopyFormat::C:
      return BytesFormat::C;
    case CopyFormat::Python:
      return BytesFormat::Python;
    case CopyFormat::Rust:
      return BytesFormat::Rust;
    case CopyFormat::JavaScript:
      return BytesFormat::JavaScript;
    case CopyFormat::Base64:
      return BytesFormat::Base64;
    case CopyFormat::Text:
      return BytesFormat::Text;
    case CopyFormat::Json:
    case CopyFormat::StructCall:
      return std::nullopt;
  }
  return std::nullopt;
}

quint64 CopiedPiece::size() const {
  return kind == Kind::Payload ? message.payloadSize : ByteRange{0, view.bytes.size()}.intersected(range).size();
}

quint64 copiedBytes(const std::vector<CopiedPiece> &pieces) {
  return std::transform_reduce(pieces.begin(), pieces.end(), quint64{0}, std::plus<>(),
                               std::mem_fn(&CopiedPiece::size));
}

quint64 copiedCharacters(const std::vector<CopiedPiece> &pieces, CopyFormat format) {
  // A field of one byte is about 60 characters of JSON.
  constexpr quint64 charactersOfField = 60;
  quint64 all = 0;
  for (const CopiedPiece &piece : pieces) {
    quint64 one = piece.size() * 2 + charactersOfField;
    if (const auto bytes = bytesFormatOf(format)) {
      one = formattedSizeLimit(piece.size(), *bytes);
    } else if (format == CopyFormat::Json) {
      one = (piece.size() + 1) * charactersOfField;
    }
    if (one > ~0ULL - all) return ~0ULL;
    all += one;
  }
  return all;
}

Result<void> canCopy(const std::vector<CopiedPiece> &pieces, CopyFormat format) {
  // Fields are never shorter than their bytes in hex.
  const quint64 bytes = copiedBytes(pieces);
  const quint64 least = bytesFormatOf(format) ? copiedCharacters(pieces, format) : bytes * 2;
  if (least > mostCopiedCharacters) return tooMuch(bytes);
  return {};
}

Result<QString> copyText(const std::vector<CopiedPiece> &pieces, CopyFormat format,
                         const std::atomic<bool> &isCancelled) {
  if (const auto can = canCopy(pieces, format); !can) return std::unexpected(can.error());
  if (bytesFormatOf(format)) return allBytes(pieces, format, isCancelled);
  return format == CopyFormat::Json ? allFields(pieces, isCancelled) : allCalls(pieces, isCancelled);
}

Result<QByteArray> sentBytes(const CopiedPiece &piece) {
  const bool isOfMessage = piece.kind == CopiedPiece::Kind::Message || piece.kind == CopiedPiece::Kind::Payload;
  if (isOfMessage && piece.message.status != Status::Error) return piece.framer->payload(piece.view, piece.message);
  return copyOf(piece.view.bytes.view(piece.range));
}

quint64 sentSize(const CopiedPiece &piece) {
  const bool isOfMessage = piece.kind == CopiedPiece::Kind::Message && piece.message.status != Status::Error;
  return isOfMessage ? piece.message.payloadSize : piece.size();
}

}  // namespace octetscope
