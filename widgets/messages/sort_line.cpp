#include "widgets/messages/sort_line.h"

#include "model/items/message_order.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace octetscope {

namespace {

constexpr int delayMs = 300;
constexpr qsizetype mostSaid = 60;  // characters of a name

}  // namespace

SortLine::SortLine(QWidget *parent) : QWidget(parent), words_(new QLabel), bar_(new QProgressBar) {
  auto *stop = new QToolButton;
  stop->setText(tr("Stop"));
  stop->setAccessibleName(tr("Stop sorting"));
  stop->setToolTip(tr("Leave the messages in the order they are in"));
  bar_->setAccessibleName(tr("How much is sorted"));
  bar_->setMaximumWidth(160);
  words_->setTextFormat(Qt::PlainText);
  words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(6, 2, 6, 2);
  row->addWidget(words_, 1);
  row->addWidget(bar_);
  row->addWidget(stop);
  delay_.setSingleShot(true);
  delay_.setInterval(delayMs);
  connect(&delay_, &QTimer::timeout, this, [this] {
    show();
    update();
  });
  connect(stop, &QToolButton::clicked, this, [this] {
    if (order_) order_->stop();
  });
  hide();
}

void SortLine::setOrder(MessageOrder *order) {
  if (order_) order_->disconnect(this);
  order_ = order;
  if (order_) connect(order_, &MessageOrder::stateChanged, this, &SortLine::update);
  update();
}

void SortLine::update() {
  if (!order_ || !order_->isBusy()) {
    delay_.stop();
    hide();
    return;
  }
  if (isHidden()) {
    if (!delay_.isActive()) delay_.start();
    return;
  }
  QString name = order_->sort()->name;
  if (name.size() > mostSaid) name = name.left(mostSaid - 1) + QChar(0x2026);
  words_->setText(tr("Sorting messages by %1").arg(name));
  bar_->setValue(static_cast<int>(100 * order_->progress()));
}

}  // namespace octetscope
