// ExampleView: a few bytes, drawn for reading: a box a byte with its hex digits and its text, messages above them as in
// the ribbon, chunks where there are several, and below them what the framing and the fields make of each. It draws
// what a decoder found. It is as high as its width makes it.
#pragma once

#include "widgets/help/example_content.h"
#include "widgets/help/example_geometry.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/ribbon/ribbon_ink.h"

#include <QWidget>

#include <memory>

namespace octetscope {

class ExampleView : public QWidget {
  Q_OBJECT
 public:
  explicit ExampleView(QWidget *parent = nullptr);
  ~ExampleView() override;

  /// What it draws, from now on; not owned, and may go at any time.
  void setDecoder(ConnectionDecoder *decoder);
  const ExampleContent &content() const { return content_; }
  const ExampleGeometry &geometryOfBytes() const { return geometry_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 Q_SIGNALS:
  /// What it draws changed.
  void contentChanged();

 protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  bool event(QEvent *event) override;

 private:
  void read();
  void measure();
  void lay(ExampleGeometry &geometry, int width) const;
  QString labelOf(std::size_t segment) const { return content_.segments[segment].words; }
  bool hasChunks() const { return content_.chunks.size() > 1; }
  /// Above the one of the messages inside messages, where there is one.
  int messageLane() const { return content_.inner.empty() ? 0 : 1; }
  QString innerLabel(const ExampleContent::InnerItem &inner, qreal width) const;
  QString messageLabel(std::size_t number, qreal width) const;
  void paintLanes(QPainter &painter) const;
  void paintCells(QPainter &painter) const;
  void paintMissing(QPainter &painter) const;
  void paintEdges(QPainter &painter) const;
  void paintLabels(QPainter &painter) const;

  std::unique_ptr<DecoderHexSource> source_;
  ExampleContent content_;
  quint64 missing_ = 0;  // boxes of bytes that never came
  ExampleMetrics metrics_;
  ExampleGeometry geometry_;
  RibbonInk ink_;
  QFont fixed_;
};

}  // namespace octetscope
