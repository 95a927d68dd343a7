// StatusLine: one line of words, or of an error, which says so with a glyph, a colour and its accessible name. Cut off
// where it is too long: its tool tip has all of it.
#pragma once

#include <QLabel>

namespace octetscope {

class StatusLine : public QLabel {
  Q_OBJECT
 public:
  explicit StatusLine(QWidget *parent = nullptr);

  void showWords(const QString &words, bool isError);
};

}  // namespace octetscope
