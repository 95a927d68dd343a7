// ConnectDialog: asks whom to connect to. What it gives is right: it cannot be accepted while something is wrong.
#pragma once

#include "model/transport/network_hub.h"
#include "widgets/controls/recent_texts.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace octetscope {

class ErrorLineEdit;

class ConnectDialog : public QDialog {
  Q_OBJECT
 public:
  /// `settings` keeps what was used last and before; may be null.
  explicit ConnectDialog(QSettings *settings, QWidget *parent = nullptr);

  ConnectOptions options() const;
  void setOptions(const ConnectOptions &options);
  /// What is wrong; empty: nothing.
  QString error() const { return error_; }

 public Q_SLOTS:
  void accept() override;

 private:
  void useRecent(int index);
  void takePortFromHost(const QString &text);
  void check();
  QString bindHost() const;

  RecentTexts recent_;
  QPointer<QSettings> settings_;
  QString error_;
  QComboBox *recentBox_;
  ErrorLineEdit *host_;
  QSpinBox *port_;
  QComboBox *bind_;
  QDoubleSpinBox *timeout_;
  QSpinBox *receiveSize_;
  QCheckBox *autoFinish_;
  QLabel *sentence_;
  QPushButton *ok_;
};

}  // namespace octetscope
