#include "widgets/composer/cut_list.h"

#include "model/framing/framing_words.h"
#include "model/structs/value.h"

#include <QLocale>

#include <algorithm>

namespace octetscope {

namespace {

constexpr qsizetype shownBytes = 32;
constexpr qsizetype shownOfPiece = 8;

bool separates(QChar c) {
  return c == u',' || c == u';' || c.isSpace();
}

}  // namespace

Result<QList<quint64>> CutList::parse(QStringView text, std::optional<quint64> size) {
  QList<quint64> cuts;
  for (qsizetype at = 0; at < text.size();) {
    if (separates(text.at(at))) {
      ++at;
      continue;
    }
    const qsizetype from = at;
    while (at < text.size() && !separates(text.at(at))) ++at;
    const QStringView word = text.mid(from, at - from);
    const bool isHex = word.startsWith(u"0x", Qt::CaseInsensitive);
    bool ok = false;
    const quint64 cut = isHex ? word.mid(2).toULongLong(&ok, 16) : word.toULongLong(&ok, 10);
    if (!ok || !word.back().isLetterOrNumber() || word.front() == u'+') {
      return fail(tr("“%1” is no offset").arg(word.left(40)), tr("write whole numbers of bytes, like 2, 6 or 0x10"),
                  from);
    }
    if (cut == 0) return fail(tr("0 cuts nothing"), tr("the first piece begins there: write 1 or more"), from);
    if (size && cut >= *size) {
      return fail(tr("%1 cuts nothing: there are %2").arg(QLocale().toString(cut), byteCount(*size)),
                  tr("write offsets below that"), from);
    }
    if (cuts.size() == most) {
      return fail(tr("more than %1 cuts").arg(QLocale().toString(most)), tr("send in pieces of equal size"), from);
    }
    cuts.append(cut);
  }
  if (cuts.isEmpty())
    return fail(tr("no place to cut"), tr("write the offsets where a new piece begins, like 2, 6"), 0);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

QString CutList::preview(const DeliveryPlan &plan, const QByteArray &bytes) {
  const auto size = static_cast<quint64>(bytes.size());
  quint64 count = 1;
  if (!plan.cuts.isEmpty()) {
    count += static_cast<quint64>(
        std::count_if(plan.cuts.cbegin(), plan.cuts.cend(), [&](quint64 cut) { return cut > 0 && cut < size; }));
  } else if (plan.pieceSize > 0) {
    count = size / plan.pieceSize + (size % plan.pieceSize != 0 ? 1 : 0);
  }
  QStringList shown;
  qsizetype room = shownBytes;
  quint64 from = 0;
  auto cut = plan.cuts.cbegin();
  while (from < size && room > 0) {
    quint64 end = size;
    if (plan.cuts.isEmpty()) {
      if (plan.pieceSize > 0) end = from + std::min(plan.pieceSize, size - from);
    } else {
      while (cut != plan.cuts.cend() && *cut <= from) ++cut;
      if (cut != plan.cuts.cend()) end = std::min(*cut, size);
    }
    const auto piece = static_cast<qsizetype>(end - from);
    const qsizetype some = std::min({piece, shownOfPiece, room});
    QString words = hexWords(viewOf(bytes.mid(static_cast<qsizetype>(from), some)));
    if (some < piece) words += tr(" … (%1)").arg(byteCount(static_cast<quint64>(piece)));
    shown.append(words);
    room -= some;
    from = end;
  }
  if (from < size) shown.append(QStringLiteral("…"));
  const QString pieces = shown.join(QStringLiteral(" ┊ "));
  return count == 1 ? tr("in 1 piece: %1").arg(pieces) : tr("in %1 pieces: %2").arg(QLocale().toString(count), pieces);
}

}  // namespace octetscope
