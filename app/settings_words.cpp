#include "app/settings_words.h"

#include "model/framing/framing_words.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

constexpr qsizetype mostCharacters = 40;  // of a SPEC or a LAYOUT in a menu

class Words {
  Q_DECLARE_TR_FUNCTIONS(DecodeHistory)

 public:
  static QString cut(const QString &text) {
    return text.size() <= mostCharacters ? text : QString(text.left(mostCharacters - 1) + QChar(u'…'));
  }

  static QString ofDirection(const DirectionSettings &before, const DirectionSettings &after) {
    const bool framing = before.framing != after.framing;
    const bool layout = before.layout != after.layout;
    const bool limit = before.maxMessage != after.maxMessage;
    if (framing + layout + limit > 1) return tr("Framing, struct and limit");
    if (framing) return tr("Framing %1").arg(cut(after.framing));
    if (layout) return after.layout.isEmpty() ? tr("No struct") : tr("Struct %1").arg(cut(after.layout));
    if (limit && after.maxMessage == 0) return tr("The framing's own limit");
    return limit ? tr("Limit %1").arg(byteCount(after.maxMessage)) : QString();
  }

  static QString ofRestarts(const QMap<int, QList<quint64>> &before, const QMap<int, QList<quint64>> &after) {
    for (auto [list, other, words] : {std::tuple(&after, &before, tr("Start framing again at byte %1")),
                                      std::tuple(&before, &after, tr("Remove the restart at byte %1"))}) {
      for (auto at = list->cbegin(); at != list->cend(); ++at) {
        const QList<quint64> others = other->value(at.key());
        for (const quint64 offset : *at) {
          if (!others.contains(offset)) return words.arg(grouped(offset));
        }
      }
    }
    return {};
  }

  static QString ofChange(const DecodeSettings &before, const DecodeSettings &after) {
    for (const std::size_t d : {0U, 1U}) {
      if (const QString words = ofRestarts(before.restarts[d], after.restarts[d]); !words.isEmpty()) return words;
    }
    if (before.seconds != after.seconds && before.readsLike(after)) {
      const QString &second = after.seconds[after.seconds[0].isEmpty() ? 1 : 0];
      return second.isEmpty() ? tr("End of the comparison") : tr("Compare with %1").arg(cut(second));
    }
    const QString in = ofDirection(before.of(Direction::In), after.of(Direction::In));
    const QString out = ofDirection(before.of(Direction::Out), after.of(Direction::Out));
    if (in == out) return in;
    if (out.isEmpty()) return tr("%1 (in)").arg(in);
    return in.isEmpty() ? tr("%1 (out)").arg(out) : tr("Framing, struct and limit");
  }
};

}  // namespace

QString settingsChangeWords(const DecodeSettings &before, const DecodeSettings &after) {
  return Words::ofChange(before, after);
}

}  // namespace octetscope
