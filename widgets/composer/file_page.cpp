#include "widgets/composer/file_page.h"

#include "model/framing/framing_words.h"
#include "widgets/controls/error_line_edit.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace octetscope {

FilePage::FilePage(QWidget *parent) : ComposePage(parent), path_(new ErrorLineEdit(this)), size_(new QLabel(this)) {
  auto *browseButton = new QPushButton(tr("&Browse…"), this);
  browseButton->setAutoDefault(false);
  browseButton->setToolTip(tr("Choose the file to send"));
  path_->setAccessibleName(tr("File to send"));
  path_->setPlaceholderText(tr("Path of a file; or drop one here"));
  path_->setToolTip(tr("The file is read while it is sent, so it may be larger than memory"));
  size_->setTextFormat(Qt::PlainText);
  auto *row = new QHBoxLayout;
  row->addWidget(path_, 1);
  row->addWidget(browseButton);
  row->addWidget(size_);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addStretch();
  setFocusProxy(path_);
  connect(path_, &QLineEdit::textChanged, this, &ComposePage::edited);
  connect(browseButton, &QPushButton::clicked, this, &FilePage::browse);
}

QString FilePage::path() const {
  return path_->text();
}

void FilePage::setPath(const QString &path) {
  path_->setText(path);
}

Result<quint64> FilePage::fileSize() {
  const auto result = [this]() -> Result<quint64> {
    if (path().isEmpty()) return fail(tr("no file is chosen"), tr("type a path, browse, or drop a file here"));
    const QFileInfo info(path());
    if (!info.exists()) return fail(tr("there is no such file"), tr("check the path"), 0);
    if (!info.isFile()) return fail(tr("this is not a file"), tr("choose a file, not a folder or a device"), 0);
    if (!info.isReadable()) return fail(tr("this file may not be read"), tr("check its permissions"), 0);
    return static_cast<quint64>(info.size());
  }();
  path_->setError(result || path().isEmpty() ? std::nullopt : std::optional(result.error()));
  size_->setText(result ? byteCount(*result) : QString());
  size_->setToolTip(result ? QLocale().formattedDataSize(static_cast<qint64>(*result)) : QString());
  return result;
}

Result<QByteArray> FilePage::payload() {
  const auto size = fileSize();
  if (!size) return std::unexpected(size.error());
  return QByteArray();
}

QJsonObject FilePage::content() const {
  return {{QStringLiteral("path"), path()}};
}

void FilePage::setContent(const QJsonObject &content) {
  setPath(content.value(QStringLiteral("path")).toString());
}

QString FilePage::title() const {
  return QFileInfo(path()).fileName();
}

void FilePage::focusEditor() {
  path_->setFocus();
}

void FilePage::browse() {
  const QString chosen = QFileDialog::getOpenFileName(this, tr("File to send"), QFileInfo(path()).path());
  if (!chosen.isEmpty()) setPath(chosen);
}

}  // namespace octetscope
