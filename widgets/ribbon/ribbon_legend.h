// RibbonLegend: which colour is which field: the names of a message's fields beside their swatches, in the order of
// their bytes. The ribbon has no room for names where messages are narrow. It shows names; it reads no stream twice.
#pragma once

#include "model/items/connection_decoder.h"

#include <QWidget>

namespace octetscope {

class RibbonLegend : public QWidget {
  Q_OBJECT
 public:
  /// What one swatch stands for.
  struct Entry {
    enum class Kind : quint8 { Framing, Field, Padding };
    Kind kind = Kind::Field;
    int field = 0;  ///< its place in the cycle of colours
    QString name;
    bool operator==(const Entry &) const = default;
  };

  explicit RibbonLegend(QWidget *parent = nullptr);

  /// What the colours of `message` mean; nothing where its payload has no fields in the stream.
  static QList<Entry> entriesOf(const ConnectionDecoder &decoder, Direction direction, const Message &message);
  void setEntries(const QList<Entry> &entries);
  const QList<Entry> &entries() const { return entries_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent *event) override;
  void changeEvent(QEvent *event) override;

 private:
  int swatch() const;

  QList<Entry> entries_;
};

}  // namespace octetscope
