// SearchOptions: what stands beside the line of a FindBar: how what is typed is to be taken. Shows those options that
// mean something for the mode.
#pragma once

#include "model/search/search_terms.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QToolButton;

namespace octetscope {

/// What is typed.
enum class SearchMode : quint8 { Text, Hex, Number, Expression, Fields };

class SearchOptions : public QWidget {
  Q_OBJECT
 public:
  explicit SearchOptions(QWidget *parent = nullptr);

  void setMode(SearchMode mode);
  /// Of text and expressions: whether upper and lower case are the same.
  bool ignoresCase() const;
  void setIgnoresCase(bool ignores);
  /// What `typed` stands for in bytes, as the mode and the options say. Errors: as the makers of patterns.
  Result<SearchPattern> patternOf(const QString &typed) const { return patternOf(typed, ignoresCase()); }
  /// The same in any case of letters; none where that is no other pattern.
  std::optional<SearchPattern> inAnyCase(const QString &typed) const;

 Q_SIGNALS:
  /// The user chose.
  void changed();

 private:
  Result<SearchPattern> patternOf(const QString &typed, bool ignoresCase) const;

  SearchMode mode_ = SearchMode::Text;
  QToolButton *case_;
  QComboBox *encoding_;
  QComboBox *width_;
  QComboBox *order_;
};

}  // namespace octetscope
