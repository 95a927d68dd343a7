// GoToBar: goes to a place in what a HexView shows: an offset in decimal or hex, so many bytes from the caret, a
// message, or a time.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/result.h"

#include <QPointer>
#include <QStringView>
#include <QWidget>

class QLabel;

namespace octetscope {

class ErrorLineEdit;
class HexSource;
class HexView;

/// Reads "1234", "0x4d2", "+16", "-0x10" (from `caret` on) and "#12" (a message), with `_` between digits where wanted,
/// or grouped as the program shows numbers ("1,234");
/// "@2.5", "@20ms" (since the connection's begin) and "@12:34:56.789" (of the day it began, local time): the first byte
/// that arrived then or later. An offset is an empty range at it. Errors: what cannot be read, and what is not there
/// (yet).
Result<ByteRange> parsePlace(QStringView text, const HexSource &source, quint64 caret);

class GoToBar : public QWidget {
  Q_OBJECT
 public:
  /// `view` is not owned. The bar is hidden until open().
  explicit GoToBar(HexView *view, QWidget *parent = nullptr);

  QString text() const;
  void setText(const QString &text);
  QString message() const;

 public Q_SLOTS:
  void open();
  void close();
  /// Goes where the line says and closes; or says what is wrong and stays.
  void go();

 protected:
  void keyPressEvent(QKeyEvent *event) override;

 private:
  void textEdited();
  void showMessage(const QString &words, bool isProblem);
  Result<ByteRange> place() const;

  QPointer<HexView> view_;
  ErrorLineEdit *line_;
  QLabel *message_;
};

}  // namespace octetscope
