#include "app/cli/send_items.h"

#include "model/bytes/hex_text.h"
#include "model/framing/registry.h"
#include "model/structs/pack_request.h"

#include <QFile>
#include <QFileInfo>

#include <limits>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostInMemory = 1LL << 30;  // bytes of a file that has to be framed or cut

Result<QByteArray> readWhole(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    return fail(u"cannot open %1 (%2)"_s.arg(path, file.errorString()), u"check its name and permissions"_s);
  }
  QByteArray bytes = file.read(mostInMemory + 1);
  if (file.error() != QFileDevice::NoError) {
    return fail(u"cannot read %1 (%2)"_s.arg(path, file.errorString()), u"check what it is"_s);
  }
  if (bytes.size() > mostInMemory) {
    return fail(u"%1 has more than %2 bytes, too many to be framed or cut"_s.arg(path).arg(mostInMemory),
                u"send it whole, without --frame and --pieces"_s);
  }
  return bytes;
}

}  // namespace

QList<OptionRow> SendItems::rows() {
  return {
      {u"--text"_s, u"T"_s, u"send text, as it is, in UTF-8"_s},
      {u"--hex"_s, u"H"_s, u"send the bytes that these hex digits mean"_s},
      {u"--file"_s, u"F"_s, u"send what is in a file"_s},
      {u"--values"_s, u"V…"_s, u"send values packed by --struct; all words that follow are values"_s,
       OptionRow::AllThatFollow},
      {u"--frame"_s, u"SPEC"_s, u"make a message of this framing of each item"_s},
      {u"--pieces"_s, u"N"_s, u"hand the bytes over N at a time"_s},
      {u"--every"_s, u"MS"_s, u"milliseconds between the pieces (default 0)"_s},
  };
}

Result<SendItems> SendItems::read(const Arguments &arguments, const DecodeOptions &options) {
  SendItems result;
  const auto pieces = arguments.number(u"--pieces"_s);
  if (!pieces) return std::unexpected(pieces.error());
  const auto every = arguments.number(u"--every"_s);
  if (!every) return std::unexpected(every.error());
  if (*pieces == std::optional<quint64>(0)) return fail(u"--pieces 0 sends nothing"_s, u"write 1 or more"_s);
  if (*every && !*pieces) return fail(u"--every needs --pieces"_s, u"add --pieces N, the bytes of a piece"_s);
  if (every->value_or(0) > std::numeric_limits<int>::max()) {
    return fail(u"--every %1 is too long a pause"_s.arg(**every), u"write milliseconds, up to 2147483647"_s);
  }
  result.plan_ = DeliveryPlan::pieces(pieces->value_or(0), static_cast<int>(every->value_or(0)));
  FramerPtr framer;
  if (const auto spec = arguments.value(u"--frame"_s)) {
    const auto made = framerFromSpec(*spec);
    if (!made) {
      return fail(u"--frame %1: %2"_s.arg(*spec, made.error().what),
                  made.error().mend.isEmpty() ? u"`framings` lists the framings"_s : made.error().mend);
    }
    framer = *made;
  }

  for (const GivenOption &given : arguments.options()) {
    Item item;
    if (given.name == u"--text"_s) {
      item.bytes = given.value.toUtf8();
    } else if (given.name == u"--hex"_s) {
      const auto bytes = parseHexBytes(given.value);
      if (!bytes) return fail(u"--hex: "_s + bytes.error().what, bytes.error().mend);
      item.bytes = *bytes;
    } else if (given.name == u"--values"_s) {
      if (!options.layouts[1]) return fail(u"--values needs a layout"_s, u"add --struct LAYOUT before it"_s);
      const auto bytes = packWords(options.layouts[1]->text(), given.words);
      if (!bytes) return fail(u"--values: "_s + bytes.error().what, bytes.error().mend);
      item.bytes = *bytes;
    } else if (given.name == u"--file"_s) {
      if (QFileInfo(given.value).isFile() && !framer && result.plan_.isWhole()) {
        QFile file(given.value);
        if (!file.open(QIODevice::ReadOnly)) {
          return fail(u"cannot open %1 (%2)"_s.arg(given.value, file.errorString()),
                      u"check its name and permissions"_s);
        }
        item.path = given.value;
      } else {
        auto bytes = readWhole(given.value);
        if (!bytes) return std::unexpected(bytes.error());
        item.bytes = std::move(*bytes);
      }
    } else {
      continue;
    }
    if (framer) {
      auto framed = framer->encode(item.bytes);
      if (!framed) return fail(u"--frame: "_s + framed.error().what, framed.error().mend);
      item.bytes = std::move(*framed);
    }
    // What is cut is the delivery, not each item.
    if (!result.plan_.isWhole() && !result.items_.isEmpty()) {
      result.items_.last().bytes += item.bytes;
    } else {
      result.items_.append(std::move(item));
    }
  }
  return result;
}

void SendItems::deliver(LiveConnection &connection) const {
  for (const Item &item : items_) {
    if (!item.path.isEmpty()) {
      connection.sendFile(item.path, plan_);
    } else if (!item.bytes.isEmpty()) {
      connection.send(item.bytes, plan_);
    }
  }
}

}  // namespace octetscope::cli
