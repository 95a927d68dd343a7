// ListenDialog: asks where to listen. What it gives is right: it cannot be accepted while something is wrong.
#pragma once

#include "model/transport/network_hub.h"
#include "widgets/controls/recent_texts.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace octetscope {

class ListenDialog : public QDialog {
  Q_OBJECT
 public:
  /// `settings` keeps what was used last and before; may be null.
  explicit ListenDialog(QSettings *settings, QWidget *parent = nullptr);

  ListenOptions options() const;
  void setOptions(const ListenOptions &options);
  /// What is wrong; empty: nothing.
  QString error() const { return error_; }

 public Q_SLOTS:
  void accept() override;

 private:
  void useRecent(int index);
  void check();
  QString host() const;

  RecentTexts recent_;
  QPointer<QSettings> settings_;
  QString error_;
  QComboBox *recentBox_;
  QComboBox *address_;
  QSpinBox *port_;
  QSpinBox *receiveSize_;
  QCheckBox *autoFinish_;
  QCheckBox *once_;
  QLabel *sentence_;
  QPushButton *ok_;
};

}  // namespace octetscope
