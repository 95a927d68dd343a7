// ComposePage: one way to say what is to be sent. Each page gives the bytes of a payload, or why it has none, and can
// hand over what was typed so that it can be brought back.
#pragma once

#include "model/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QWidget>

class QMimeData;

namespace octetscope {

class ComposePage : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;

  /// "text", "hex", "fields", "file": how the history calls it.
  virtual QString kind() const = 0;
  /// The bytes of what was typed. Errors are shown in the page too.
  virtual Result<QByteArray> payload() = 0;
  /// What was typed, and setContent() to type it again. setContent() emits edited().
  virtual QJsonObject content() const = 0;
  virtual void setContent(const QJsonObject &content) = 0;
  /// One line for a menu.
  virtual QString title() const = 0;
  /// Puts the keyboard where one types.
  virtual void focusEditor() = 0;

 Q_SIGNALS:
  void edited();
  /// Bytes were dropped on it that another page may be the one for. `data` goes when this returns.
  void bytesDropped(const QMimeData *data);
};

/// What bytes are called where they are dragged.
inline constexpr QLatin1String bytesMimeType("application/octet-stream");

}  // namespace octetscope
