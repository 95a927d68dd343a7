#include "model/items/framing_list_model.h"

#include "model/framing/framing_examples.h"
#include "model/framing/registry.h"

#include <algorithm>
#include <array>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

QString optionWords(const FramingOption &option) {
  return QStringList{option.name, option.title, option.help, option.choices.join(u' ')}.join(u' ');
}

/// What is looked at, the most telling first; each has all that stands before it.
std::array<QString, 3> textsOf(const FramingKind &kind) {
  std::array<QString, 3> texts;
  texts[0] = kind.name + u' ' + kind.title;
  texts[1] = texts[0] + u' ' + kind.summary;
  texts[2] = texts[1] + u' ' + kind.examples.join(u' ');
  if (kind.argument) texts[2] += u' ' + optionWords(*kind.argument);
  for (const FramingOption &option : kind.options) texts[2] += u' ' + optionWords(option);
  return texts;
}

/// How far one has to look for all `words`; none: they are not there.
std::optional<std::size_t> rankOf(const FramingKind &kind, const QStringList &words) {
  const auto texts = textsOf(kind);
  for (std::size_t rank = 0; rank < texts.size(); ++rank) {
    const auto has = [&](const QString &word) { return texts[rank].contains(word, Qt::CaseInsensitive); };
    if (std::ranges::all_of(words, has)) return rank;
  }
  return std::nullopt;
}

}  // namespace

const QList<const FramingKind *> &FramingListModel::all() {
  static const QList<const FramingKind *> kinds = [] {
    QList<const FramingKind *> list;
    for (const FramingKind &kind : framingKinds()) list.append(&kind);
    return list << &layersKind();
  }();
  return kinds;
}

FramingListModel::FramingListModel(QObject *parent) : QAbstractListModel(parent), kinds_(all()) {}

int FramingListModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(kinds_.size());
}

QVariant FramingListModel::data(const QModelIndex &index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const FramingKind &one = kind(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return one.title;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
      return one.summary;
    case NameRole:
      return one.name;
    default:
      return {};
  }
}

QHash<int, QByteArray> FramingListModel::roleNames() const {
  QHash<int, QByteArray> names = QAbstractListModel::roleNames();
  names.insert(NameRole, "name");
  return names;
}

void FramingListModel::setSearch(const QString &text) {
  if (text == search_) return;
  search_ = text;
  const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
  std::array<QList<const FramingKind *>, 3> found;
  for (const FramingKind *one : all()) {
    if (const auto rank = rankOf(*one, words)) found[*rank].append(one);
  }
  beginResetModel();
  kinds_ = found[0] + found[1] + found[2];
  endResetModel();
}

int FramingListModel::rowOf(QStringView name) const {
  const auto at = std::ranges::find_if(kinds_, [&](const FramingKind *one) { return one->name == name; });
  return at == kinds_.end() ? -1 : static_cast<int>(at - kinds_.begin());
}

}  // namespace octetscope
