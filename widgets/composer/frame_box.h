// FrameBox: "Frame it", with what the framing adds or why it cannot, as far as there is room for it.
#pragma once

#include <QCheckBox>

namespace octetscope {

class FrameBox : public QCheckBox {
  Q_OBJECT
 public:
  explicit FrameBox(QWidget *parent = nullptr);

  /// What the framing `spec` does to the payload, in a few words, and what ticking the box means.
  void showWords(const QString &words, const QString &meaning, const QString &spec);
  /// The width of the panel it stands in, in pixels: the words take a part of it.
  void setPanelWidth(int pixels);

 private:
  void elide();

  QString words_;
  int panelWidth_ = 0;
};

}  // namespace octetscope
