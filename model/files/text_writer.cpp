// Messages for people who read a terminal. Colour goes with a word or a sign, never alone.
#include "model/files/inner_messages.h"
#include "model/files/json_forms.h"
#include "model/files/message_keys.h"
#include "model/files/message_writer.h"
#include "model/framing/field_source.h"

namespace octetscope {

namespace {

constexpr qsizetype mostText = 400;   // characters of a payload or value shown
constexpr quint64 mostElements = 32;  // elements of an array shown

class TextWriter final : public MessageWriter {
 public:
  TextWriter(const WriterOptions &options, bool colours) : options_(options), colours_(colours) {}

  bool write(TextBuffer &out, const MessageRecord &record) override { return append(out, record, 0); }

 private:
  /// `depth`: how many messages it lies in.
  bool append(TextBuffer &out, const MessageRecord &record, int depth) const {
    const Message &message = record.message;
    const std::string indent(static_cast<std::size_t>(depth) * 4, ' ');
    const bool isIn = record.label.direction == Direction::In;
    out.append(indent);
    colour(out, isIn ? "36" : "35");
    if (depth > 0) {
      out.append("inside ");
    } else {
      out.append(isIn ? std::string_view("← in ") : std::string_view("→ out "));
    }
    out.append(record.index);
    plain(out);
    if (depth == 0) {
      out.append("  connection ");
      out.append(record.label.connection);
    }
    if (depth == 0 && record.timeNs != noTime) {
      out.append("  +");
      appendShortSeconds(out, (record.timeNs - record.label.startNs) / 1000 * 1000);
      out.append(" s");
    }
    if (depth == 0 && !record.label.from.isEmpty()) {
      out.append("  ");
      append(out, QString::fromUtf8(record.label.from) + QStringLiteral(" → ") + QString::fromUtf8(record.label.to));
    }
    if (record.outer) {
      out.append("  from outer ");
      out.append(record.outer->first);
      if (record.outer->second != record.outer->first) {
        out.append(" to ");
        out.append(record.outer->second);
      }
    }
    out.append(record.outer       ? std::string_view("  joined bytes ")
               : record.isDerived ? std::string_view("  payload bytes ")
                                  : std::string_view("  bytes "));
    out.append(message.offset);
    out.append(" to ");
    out.append(message.end() == message.offset ? message.end() : message.end() - 1);
    out.append(" (");
    out.append(message.size);
    out.append(')');
    if (record.chunks > 1) {
      out.append(" in ");
      out.append(record.chunks);
      out.append(" chunks");
    }
    appendStatus(out, record);
    out.append('\n');
    if (message.status == Status::Error) return true;
    const PayloadBytes payload(record);
    const auto source =
        FieldSource::of(record.framer, options_.fields[static_cast<std::size_t>(record.label.direction)]);
    const FramerPtr inner = record.framer.inner();
    bool readable = true;
    if (source) {
      const bool isOfMessage = source.in == FieldsIn::Message;
      readable = appendFields(out, *source.decoder,
                              isOfMessage ? record.view.bytes.view(message.range()) : payload.view(), indent);
    } else if (!inner) {
      out.append(indent);
      out.append("    ");
      append(out, displayBytes(payload.first(4 * mostText + 4), mostText));
      out.append('\n');
    }
    if (options_.payload != PayloadForm::None) {
      out.append(indent);
      out.append(options_.payload == PayloadForm::Hex ? "    payload " : "    payload sha256 ");
      payload.append(out, options_.payload);
      out.append('\n');
    }
    if (!inner) return readable;
    forEachInner(record, *inner, [&](const MessageRecord &part) {
      readable = append(out, part, depth + 1) && part.message.status == Status::Complete && readable;
      out.flushWhereFull();
    });
    return readable;
  }

  void colour(TextBuffer &out, std::string_view code) const {
    if (!colours_) return;
    out.append("\x1b[");
    out.append(code);
    out.append('m');
  }
  void plain(TextBuffer &out) const { colour(out, "0"); }

  /// A name may come from the bytes: no control character of it reaches a terminal.
  static QString plainText(const QString &name) {
    if (std::ranges::all_of(name.toUcs4(), [](uint c) { return isPlainCharacter(c); })) return name;
    return displayBytes(viewOf(name.toUtf8()), mostText);
  }
  /// Words of the program's own, and values that are escaped already.
  static void append(TextBuffer &out, const QString &text) {
    const QByteArray utf8 = text.toUtf8();
    out.append(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
  }

  void appendStatus(TextBuffer &out, const MessageRecord &record) const {
    if (record.message.status == Status::Complete) return;
    const Verdict verdict = record.verdict();
    out.append("  ");
    if (record.message.status == Status::Error) {
      colour(out, "31");
      out.append("error: ");
      append(out, verdict.error);
    } else {
      colour(out, "34");
      out.append("incomplete");
      if (verdict.needs) {
        out.append(": ");
        out.append(*verdict.needs);
        out.append(*verdict.needs == 1 ? std::string_view(" byte is missing") : std::string_view(" bytes are missing"));
      }
    }
    plain(out);
  }

  bool appendFields(TextBuffer &out, const FieldDecoder &decoder, ByteView payload, std::string_view indent) const {
    bool readable = true;
    const auto walk = decoder.walk(payload);
    quint64 shown = 0;  // of the array under way
    while (walk->next()) {
      const Field &field = walk->field();
      readable = readable && field.error.isEmpty();
      shown = walk->depth() == 0 ? 0 : shown + 1;
      if (shown > mostElements) {
        if (shown == mostElements + 1) {
          out.append(indent);
          out.append("      …\n");
        }
        continue;
      }
      out.append(indent);
      out.append(std::string(4 + std::min<std::size_t>(walk->depth(), 20) * 2, ' '));
      append(out, plainText(field.name));
      out.append("  ");
      append(out, field.type);
      out.append("  ");
      if (!field.error.isEmpty()) {
        colour(out, "31");
        append(out, plainText(field.error));
        plain(out);
      } else if (field.isGroup) {
        out.append(field.childCount);
        out.append(" elements");
      } else if (std::holds_alternative<std::monostate>(field.value)) {
        out.append("null");
      } else {
        append(out, displayText(field.value, mostText));
      }
      if (!field.label.isEmpty()) append(out, QStringLiteral(" (%1)").arg(displayText(field.label.toUtf8())));
      out.append('\n');
      out.flushWhereFull();
    }
    return readable;
  }

  const WriterOptions options_;
  const bool colours_;
};

}  // namespace

std::unique_ptr<MessageWriter> textWriter(const WriterOptions &options, bool colours) {
  return std::make_unique<TextWriter>(options, colours);
}

}  // namespace octetscope
