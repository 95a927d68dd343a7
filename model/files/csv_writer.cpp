// Messages as CSV (RFC 4180: CRLF, quotes where they are needed). Every line has as many cells as the head line.
#include "model/files/json_forms.h"
#include "model/files/json_messages.h"
#include "model/files/message_keys.h"
#include "model/files/message_writer.h"
#include "model/structs/layout.h"

#include <vector>

namespace octetscope {

namespace {

const QString restName = QStringLiteral("(rest)");

/// The top-level fields that every payload has, by name.
QStringList fixedNames(const FieldDecoder &decoder) {
  QStringList names;
  const quint64 count = decoder.childCount({}, {});
  for (quint64 index = 0; index < count; ++index) {
    const std::array path{index};
    names.append(decoder.field({}, path).name);
  }
  return names;
}

/// False where the layout takes every byte, so that nothing can be left over.
bool canLeaveBytes(const FieldDecoder &decoder) {
  const auto *layout = dynamic_cast<const Layout *>(&decoder);
  if (!layout || !layout->hasRest()) return true;
  const char code = layout->codeOfValue(layout->valueCount());
  return code != 's' && code != 'p' && code != 0;
}

class CsvWriter final : public MessageWriter {
 public:
  CsvWriter(const WriterOptions &options, const CsvColumns &columns)
      : options_(options),
        messages_{JsonMessages(options.fields[0], options.payload), JsonMessages(options.fields[1], options.payload)},
        cells_([this](std::string_view text) { takePart(text); }, 64 * 1024) {
    bool leaves = false;
    for (std::size_t direction = 0; direction < 2; ++direction) {
      QStringList names = columns.names[direction];
      if (options.fields[direction]) {
        const FieldDecoder &decoder = *options.fields[direction];
        leaves = leaves || canLeaveBytes(decoder);
        names = fixedNames(decoder);
        for (auto i = static_cast<quint64>(names.size()); i < columns.fields[direction]; ++i) {
          names.append(QString::number(i));
        }
      } else {
        leaves = leaves || options.hasOwnFields[direction];
      }
      ownNames_[direction] = names;
      // The same names in both directions share a column; within one direction each field has its own.
      std::vector<bool> taken(static_cast<std::size_t>(names_.size()), false);
      for (const QString &name : names) {
        qsizetype column = names_.indexOf(name);
        while (column >= 0 &&
               (column >= static_cast<qsizetype>(taken.size()) || taken[static_cast<std::size_t>(column)])) {
          column = names_.indexOf(name, column + 1);
        }
        if (column < 0) {
          column = names_.size();
          names_.append(name);
        } else {
          taken[static_cast<std::size_t>(column)] = true;
        }
        columns_[direction].push_back(static_cast<std::size_t>(column));
      }
    }
    if (columns.hasRest && leaves) {
      restColumn_ = static_cast<std::size_t>(names_.size());
      names_.append(restName);
    }
    values_.resize(static_cast<std::size_t>(names_.size()));
  }

  void begin(TextBuffer &out) override {
    out.append(
        std::string_view("connection,index,direction,from,to,time,since_start,chunks,offset,size,payload_offset,"
                         "payload_size,status,needs,error"));
    if (options_.payload == PayloadForm::Hex) out.append(",payload");
    if (options_.payload == PayloadForm::Sha256) out.append(",payload_sha256");
    if (options_.isLayered) out.append(",messages");
    for (const QString &name : names_) {
      out.append(',');
      appendCell(out, name.toStdString());
    }
    out.append("\r\n");
  }

  bool write(TextBuffer &out, const MessageRecord &record) override {
    const Message &message = record.message;
    const bool isError = message.status == Status::Error;
    out.append(record.label.connection);
    out.append(',');
    out.append(record.index);
    out.append(record.label.direction == Direction::In ? std::string_view(",in,") : std::string_view(",out,"));
    appendCell(out, record.label.from.toStdString());
    out.append(',');
    appendCell(out, record.label.to.toStdString());
    out.append(',');
    if (record.timeNs != noTime) appendSeconds(out, record.timeNs);
    out.append(',');
    if (record.timeNs != noTime) appendShortSeconds(out, record.timeNs - record.label.startNs);
    for (const quint64 number : {record.chunks, message.offset, message.size}) {
      out.append(',');
      out.append(number);
    }
    out.append(',');
    if (message.hasPayloadRange() && !isError) out.append(message.payloadOffset);
    out.append(',');
    out.append(isError ? quint64{0} : message.payloadSize);
    out.append(',');
    out.append(nameOf(message.status));
    const Verdict verdict = record.verdict();
    out.append(',');
    if (verdict.needs && message.status == Status::Incomplete) out.append(*verdict.needs);
    out.append(',');
    appendCell(out, verdict.error.toStdString());
    const PayloadBytes payload(record);
    if (options_.payload != PayloadForm::None) {
      out.append(',');
      payload.append(out, options_.payload);
    }
    bool readable = isError || fillValues(record, payload);
    if (options_.isLayered) {
      out.append(',');
      readable = appendMessages(out, record) && readable;
    }
    for (std::string &value : values_) {
      out.append(',');
      appendCell(out, isError ? std::string_view() : std::string_view(value));
      out.flushWhereFull();
    }
    out.append("\r\n");
    return readable;
  }

 private:
  static void appendCell(TextBuffer &out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return out.append(text);
    out.append('"');
    for (std::size_t quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
      out.append(text.substr(0, quote + 1));
      out.append('"');
      text.remove_prefix(quote + 1);
      out.flushWhereFull();
    }
    out.append(text);
    out.append('"');
  }

  bool fillValues(const MessageRecord &record, const PayloadBytes &payload) {
    for (std::string &value : values_) value.clear();
    const auto direction = static_cast<std::size_t>(record.label.direction);
    const FieldSource source = FieldSource::of(record.framer, options_.fields[direction]);
    if (!source) return true;
    const bool isNamed = !options_.fields[direction];  // by the format: found by name, not by place
    const std::vector<std::size_t> &columns = columns_[direction];
    std::vector<bool> taken(columns.size(), false);
    bool readable = true;
    const ByteView view =
        source.in == FieldsIn::Message ? record.view.bytes.view(record.message.range()) : payload.view();
    const auto walk = source.decoder->walk(view);
    std::size_t open = 0;  // arrays that are not closed
    quint64 top = 0;       // top-level fields so far
    bool first = true;
    cell_ = nullptr;
    const auto close = [&](std::size_t depth) {
      for (; open > depth; --open) cells_.append(']');
      cells_.flush();
    };
    while (walk->next()) {
      const Field &field = walk->field();
      close(walk->depth());
      if (walk->depth() == 0) {
        const qsizetype place = isNamed ? ownNames_[direction].indexOf(field.name) : static_cast<qsizetype>(top);
        const auto at = static_cast<std::size_t>(place);
        const bool isRest = field.name == restName || place < 0 || at >= columns.size() || (isNamed && taken[at]);
        if (isRest) {
          cell_ = restColumn_ ? &values_[*restColumn_] : nullptr;
          if (cell_ && !cell_->empty()) cell_->append(" ");
          if (cell_ && isNamed) cell_->append(field.name.toStdString() + "=");
        } else {
          taken[at] = true;
          cell_ = &values_[columns[at]];
        }
        ++top;
      } else if (!first) {
        cells_.append(',');
      }
      readable = readable && field.error.isEmpty();
      first = field.isGroup;
      if (first) {
        cells_.append('[');
        ++open;
      } else if (walk->depth() > 0) {
        appendJsonValue(cells_, field.value);
      } else if (const auto *bytes = std::get_if<QByteArray>(&field.value)) {
        appendPackForm(*bytes);
      } else if (const auto *text = std::get_if<QString>(&field.value)) {
        cells_.append(text->toStdString());
      } else if (const auto *number = std::get_if<double>(&field.value)) {
        cells_.appendRepr(*number);
      } else if (!std::holds_alternative<std::monostate>(field.value)) {
        appendJsonValue(cells_, field.value);
      }
    }
    close(0);
    return readable;
  }

  /// The messages inside, as in JSON Lines.
  bool appendMessages(TextBuffer &out, const MessageRecord &record) {
    if (!record.framer.inner()) return true;
    TextBuffer json;
    const bool isGood = messages_[static_cast<std::size_t>(record.label.direction)].writeInner(json, record);
    appendCell(out, json.text());
    return isGood;
  }

  /// Text with escapes, or hex:6162, as `pack` takes them.
  void appendPackForm(const QByteArray &bytes) {
    if (!isPlainText(bytes) || bytes.startsWith("hex:")) {
      cells_.append("hex:");
      return cells_.appendHex(viewOf(bytes));
    }
    QByteArray text = bytes;
    cells_.append(text.replace("\\", "\\\\").toStdString());
  }

  void takePart(std::string_view text) {
    if (cell_) cell_->append(text);
  }

  const WriterOptions options_;
  std::array<JsonMessages, 2> messages_;
  std::array<QStringList, 2> ownNames_;  // by direction: the names of its columns, in their order
  QStringList names_;
  std::array<std::vector<std::size_t>, 2> columns_;  // by direction: the column of each top-level field
  std::optional<std::size_t> restColumn_;
  std::vector<std::string> values_;  // by column
  std::string *cell_ = nullptr;      // where cells_ goes
  TextBuffer cells_;
};

}  // namespace

void CsvColumns::add(const MessageRecord &record, const FieldSource &source) {
  constexpr qsizetype mostNames = 500;
  const Message &message = record.message;
  if (message.status == Status::Error) return;
  const auto direction = static_cast<std::size_t>(record.label.direction);
  const PayloadBytes payload(record);
  const ByteView bytes = source.in == FieldsIn::Message ? record.view.bytes.view(message.range()) : payload.view();
  const FieldDecoderPtr indexed = source.decoder->indexed(bytes);
  const FieldDecoder &decoder = indexed ? *indexed : *source.decoder;
  quint64 count = decoder.childCount(bytes, {});
  if (indexed) {
    for (quint64 index = 0; index < count; ++index) {
      const std::array path{index};
      const QString name = decoder.field(bytes, path).name;
      if (names[direction].contains(name)) continue;
      if (names[direction].size() < mostNames) {
        names[direction].append(name);
      } else {
        hasRest = true;
      }
    }
    return;
  }
  if (count == 0) return;
  const std::array last{count - 1};
  if (decoder.field(bytes, last).name == restName) {
    hasRest = true;
    --count;
  }
  fields[direction] = std::max(fields[direction], count);
}

std::unique_ptr<MessageWriter> csvWriter(const WriterOptions &options, const CsvColumns &columns) {
  return std::make_unique<CsvWriter>(options, columns);
}

}  // namespace octetscope
