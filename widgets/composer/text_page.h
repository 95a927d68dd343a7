// TextPage and HexInputPage: bytes typed as text, and as hex digits.
#pragma once

#include "widgets/composer/compose_page.h"
#include "widgets/composer/payload_text.h"

class QPlainTextEdit;

namespace octetscope {

class TextPage final : public ComposePage {
  Q_OBJECT
 public:
  explicit TextPage(QWidget *parent = nullptr);

  void setLineEnding(LineEnding ending);
  void setEscapes(bool on);
  /// Puts `bytes` there as text. False, and nothing changes: they are not plain text, or not what would then be sent.
  bool setBytes(const QByteArray &bytes);

  QString kind() const override { return QStringLiteral("text"); }
  Result<QByteArray> payload() override;
  QJsonObject content() const override;
  void setContent(const QJsonObject &content) override;
  QString title() const override;
  void focusEditor() override;
  QPlainTextEdit *editor() const { return edit_; }

 private:
  QPlainTextEdit *edit_;
  LineEnding ending_ = LineEnding::AsTyped;
  bool escapes_ = false;
};

class HexInputPage final : public ComposePage {
  Q_OBJECT
 public:
  explicit HexInputPage(QWidget *parent = nullptr);
  void setBytes(const QByteArray &bytes);

  QString kind() const override { return QStringLiteral("hex"); }
  Result<QByteArray> payload() override;
  QJsonObject content() const override;
  void setContent(const QJsonObject &content) override;
  QString title() const override;
  void focusEditor() override;
  QPlainTextEdit *editor() const { return edit_; }

 private:
  QPlainTextEdit *edit_;
};

/// Underlines the place of `error` in `edit`, or takes the underline away; the sentence is its accessible description.
void markError(QPlainTextEdit *edit, const Error *error);

}  // namespace octetscope
