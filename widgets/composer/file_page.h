// FilePage: a file whose bytes are sent. Chosen, typed, or dropped on the panel.
#pragma once

#include "widgets/composer/compose_page.h"

class QLabel;

namespace octetscope {

class ErrorLineEdit;

class FilePage final : public ComposePage {
  Q_OBJECT
 public:
  explicit FilePage(QWidget *parent = nullptr);

  QString path() const;
  void setPath(const QString &path);
  /// Bytes of the file, or why it cannot be sent: nothing chosen, not there, not a regular file, not readable.
  Result<quint64> fileSize();

  QString kind() const override { return QStringLiteral("file"); }
  /// Always empty where the file is right: it is read when it is sent.
  Result<QByteArray> payload() override;
  QJsonObject content() const override;
  void setContent(const QJsonObject &content) override;
  QString title() const override;
  void focusEditor() override;

 private:
  void browse();

  ErrorLineEdit *path_;
  QLabel *size_;
};

}  // namespace octetscope
