// DecodeOptions: how bytes are to be read and what is to be printed of them: the same wherever the command line
// decodes.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/message_selection.h"
#include "model/capture/decode_settings.h"
#include "model/files/message_writer.h"
#include "model/framing/framer.h"
#include "model/structs/layout.h"

#include <array>
#include <optional>

namespace octetscope::cli {

// What every command that reads a file takes: the rows of its options table, and what their values mean.
OptionRow chunksRow();
OptionRow inputRow();
/// The sizes that `--chunks` names.
Result<QList<quint64>> readChunks(const QString &text);
/// True for `--input raw`. Errors: what this version does not read.
Result<bool> readInputIsRaw(const Arguments &arguments);

enum class Format : quint8 { Text, JsonLines, Csv, None };

struct DecodeOptions {
  std::array<FramerPtr, 2> framers;  ///< by direction
  bool framingGiven = false;
  std::array<std::shared_ptr<const Layout>, 2> layouts;
  quint64 start = 0;
  QList<quint64> chunks;
  std::array<bool, 2> selected = {true, true};  ///< by direction
  std::optional<quint64> connection;
  FilterPtr filter = {};  ///< null: all messages pass
  std::optional<quint64> limit;
  PayloadForm payload = PayloadForm::None;
  Format format = Format::Text;
  bool stats = false;
  bool colours = false;
  bool inputIsRaw = false;  ///< `--input raw`: whatever it looks like

  /// The rows of the options table; `live` commands have no chunks and no input.
  static QList<OptionRow> rows(bool live);
  /// `framing` and `layout`: what is meant where nothing is given.
  static Result<DecodeOptions> read(const Arguments &arguments, const QString &framing, const QString &layout = {});

  bool wants(int number, Direction direction) const {
    return selected[static_cast<std::size_t>(direction)] &&
           (!connection || *connection == static_cast<quint64>(number));
  }
  WriterOptions writerOptions() const;
};

}  // namespace octetscope::cli
