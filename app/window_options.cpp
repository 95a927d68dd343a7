#include "app/window_options.h"

#include "model/filter/filter_expression.h"
#include "model/framing/framing_examples.h"
#include "model/framing/registry.h"
#include "model/structs/layout.h"
#include "model/transport/endpoint_text.h"

namespace octetscope {

namespace {

Result<int> wholeNumber(const QString &option, const QString &text, int least, int most) {
  bool ok = false;
  const int value = text.toInt(&ok);
  if (!ok || value < least || value > most) {
    return fail(
        QStringLiteral("%1 takes a whole number from %2 to %3, not \"%4\"").arg(option).arg(least).arg(most).arg(text));
  }
  return value;
}

Result<QSize> sizeOf(const QString &text) {
  const QStringList parts = text.split(QLatin1Char('x'));
  if (parts.size() == 2) {
    const auto width = wholeNumber(QStringLiteral("--size"), parts[0], 200, 16000);
    const auto height = wholeNumber(QStringLiteral("--size"), parts[1], 150, 16000);
    if (width && height) return QSize(*width, *height);
  }
  return fail(QStringLiteral("--size takes WIDTHxHEIGHT in pixels, not \"%1\"").arg(text),
              QStringLiteral("write 1200x800"));
}

Result<ThemeChoice> themeOf(const QString &text) {
  if (text == QStringLiteral("light")) return ThemeChoice::Light;
  if (text == QStringLiteral("dark")) return ThemeChoice::Dark;
  return fail(QStringLiteral("--theme takes light or dark, not \"%1\"").arg(text));
}

class Parser {
 public:
  explicit Parser(const QStringList &arguments) : arguments_(arguments) {}

  Result<WindowOptions> run() {
    bool onlyFiles = false;
    while (at_ < arguments_.size()) {
      const QString word = arguments_[at_++];
      if (onlyFiles || !word.startsWith(QLatin1Char('-')) || word.size() == 1) {
        options_.files.append(word);
      } else if (word == QStringLiteral("--")) {
        onlyFiles = true;
      } else if (auto done = option(word); !done) {
        return std::unexpected(done.error());
      }
    }
    if (options_.screenshot.isEmpty() && options_.afterMs >= 0) {
      return fail(QStringLiteral("--after means nothing without --screenshot"),
                  QStringLiteral("add --screenshot OUT.png"));
    }
    return options_;
  }

 private:
  Result<QString> value(const QString &name) {
    if (inlineValue_) return *inlineValue_;
    if (at_ >= arguments_.size())
      return fail(QStringLiteral("%1 needs a value").arg(name), QStringLiteral("see --help"));
    return arguments_[at_++];
  }

  Result<void> option(const QString &word) {
    const qsizetype equals = word.indexOf(QLatin1Char('='));
    const QString name = word.left(equals);
    inlineValue_ = equals < 0 ? std::nullopt : std::optional(word.mid(equals + 1));
    if (name == QStringLiteral("--demo") || name == QStringLiteral("--help") || name == QStringLiteral("-h") ||
        name == QStringLiteral("--version")) {
      if (inlineValue_)
        return fail(QStringLiteral("%1 takes no value").arg(name),
                    QStringLiteral("leave \"=%1\" out").arg(*inlineValue_));
      if (name == QStringLiteral("--demo"))
        options_.demo = true;
      else if (name == QStringLiteral("--version"))
        options_.version = true;
      else
        options_.help = true;
      return {};
    }
    static const QStringList later = {QStringLiteral("--relay"), QStringLiteral("--ksy")};
    if (later.contains(name)) {
      return fail(QStringLiteral("%1 is not known to this version").arg(name),
                  QStringLiteral("see --help for what is"));
    }
    static const QStringList known = {
        QStringLiteral("--listen"), QStringLiteral("--connect"), QStringLiteral("--framing"),
        QStringLiteral("--struct"), QStringLiteral("--compare"), QStringLiteral("--filter"),
        QStringLiteral("--plot"),   QStringLiteral("--help-on"), QStringLiteral("--screenshot"),
        QStringLiteral("--after"),  QStringLiteral("--size"),    QStringLiteral("--theme")};
    if (!known.contains(name)) return fail(QStringLiteral("unknown option %1").arg(name), QStringLiteral("see --help"));
    const auto text = value(name);
    if (!text) return std::unexpected(text.error());
    return take(name, *text);
  }

  Result<void> take(const QString &name, const QString &text) {
    const auto add = [](QList<Endpoint> &where, Result<Endpoint> &&result) -> Result<void> {
      if (!result) return std::unexpected(result.error());
      where.append(*result);
      return {};
    };
    const auto keep = [](auto &where, auto &&result) -> Result<void> {
      if (!result) return std::unexpected(result.error());
      where = *result;
      return {};
    };
    if (name == QStringLiteral("--listen")) return add(options_.listen, parseEndpoint(text));
    if (name == QStringLiteral("--connect")) return add(options_.connect, parseEndpoint(text, {}, false));
    if (name == QStringLiteral("--after")) return keep(options_.afterMs, wholeNumber(name, text, 0, 3'600'000));
    if (name == QStringLiteral("--size")) return keep(options_.size, sizeOf(text));
    if (name == QStringLiteral("--theme")) return keep(options_.theme, themeOf(text));
    if (name == QStringLiteral("--framing") || name == QStringLiteral("--compare")) {
      if (auto framer = framerFromSpec(text); !framer) return std::unexpected(framer.error());
      (name == QStringLiteral("--framing") ? options_.framing : options_.compare) = text;
    } else if (name == QStringLiteral("--help-on")) {
      if (!framingKind(text) && text != layersKind().name) {
        return fail(QStringLiteral("--help-on takes the name of a framing, not \"%1\"").arg(text),
                    QStringLiteral("octetscope-cli framings lists them"));
      }
      options_.helpOn = text;
    } else if (name == QStringLiteral("--plot")) {
      options_.plot = PlotChoice::parse(text);
      if (!options_.plot) {
        return fail(QStringLiteral("--plot does not know \"%1\"").arg(text),
                    QStringLiteral("one of %1").arg(PlotChoice::words()));
      }
    } else if (name == QStringLiteral("--filter")) {
      if (auto filter = FilterExpression::parse(text); !filter) return std::unexpected(Error(filter.error()));
      options_.filter = text;
    } else if (name == QStringLiteral("--struct")) {
      if (auto layout = Layout::parse(text); !layout) return std::unexpected(layout.error());
      options_.layout = text;
    } else {
      if (text.isEmpty()) return fail(QStringLiteral("--screenshot needs a file name"));
      options_.screenshot = text;
    }
    return {};
  }

  const QStringList arguments_;
  qsizetype at_ = 0;
  std::optional<QString> inlineValue_;
  WindowOptions options_;
};

}  // namespace

Result<WindowOptions> WindowOptions::parse(const QStringList &arguments) {
  return Parser(arguments).run();
}

QString WindowOptions::helpText() {
  return QStringLiteral(R"(Usage: octetscope [FILE…] [OPTION…]
See where one message ends and the next begins.

  FILE…                    opens raw bytes, each as a capture of its own
  --demo                   a server and a client that talk over loopback, act by act
  --listen [HOST:]PORT     accepts connections (host: 127.0.0.1 unless given; port 0 picks one)
  --connect HOST:PORT      opens a connection; both may be given several times
  --framing SPEC           how messages are cut, as in octetscope-cli framings
  --compare SPEC           a second framing beside it: where do the two part, and why
  --struct LAYOUT          what their payloads hold, a Python struct string
  --filter EXPR            lists only the messages that pass, as in octetscope-cli help filter
  --plot CHART             opens Plots: sizes, gaps, rate[:SECONDS], messages:FIELD, time:FIELD,
                           values:FIELD;
                           --screenshot and --size are then of it
  --help-on FRAMING        opens Help at the page of that framing, or of layers; --screenshot and --size are then of it
  --screenshot OUT.png     shows itself, saves the picture when it has settled, and ends
  --after MS               … after that many milliseconds instead
  --size WxH               the window's size in pixels
  --theme light|dark       colours
  --help, --version
)");
}

}  // namespace octetscope
