#include "widgets/messages/hidden_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace octetscope {

HiddenLine::HiddenLine(QWidget *parent) : QWidget(parent), words_(new QLabel) {
  auto *all = new QPushButton(tr("Sho&w all messages"));
  all->setAccessibleName(tr("Show all messages"));
  all->setToolTip(tr("Clear the filter; what is selected stays selected (Alt+W, or Esc in the list)"));
  all->setAutoDefault(false);
  words_->setAccessibleName(tr("What the filter hides"));
  words_->setTextFormat(Qt::PlainText);
  words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(6, 2, 6, 2);
  row->addWidget(words_, 1);
  row->addWidget(all);
  connect(all, &QPushButton::clicked, this, &HiddenLine::showAllAsked);
  hide();
}

void HiddenLine::setSelectionHub(SelectionHub *hub) {
  if (hub_) hub_->disconnect(this);
  hub_ = hub;
  if (hub_) connect(hub_, &SelectionHub::changed, this, &HiddenLine::update);
  update();
}

void HiddenLine::setFilter(MessageFilter *filter, ConnectionDecoder *decoder) {
  if (filter_) filter_->disconnect(this);
  if (decoder_) decoder_->disconnect(this);
  filter_ = filter;
  decoder_ = decoder;
  if (filter_ && decoder_) {
    connect(filter_, &MessageFilter::progressed, this, &HiddenLine::update);
    connect(filter_, &MessageFilter::rowsAdded, this, &HiddenLine::update);
    connect(filter_, &MessageFilter::rowsRemoved, this, &HiddenLine::update);
    connect(filter_, &MessageFilter::wasReset, this, &HiddenLine::update);
    connect(decoder_, &ConnectionDecoder::advanced, this, &HiddenLine::update);
  }
  update();
}

QString HiddenLine::words() const {
  return isHidden() ? QString() : words_->text();
}

QString HiddenLine::wordsOfSelection() const {
  if (!hub_ || !hub_->current() || !filter_ || !decoder_ || !filter_->isActive()) return {};
  // Where nothing passes, that is what is said in the place of the rows.
  if (filter_->passingCount() == 0) return {};
  const Selection &selected = *hub_->current();
  const Direction direction = selected.direction;
  const auto number = decoder_->messageAt(direction, selected.range.begin);
  // What is not judged yet may still pass.
  if (!number || filter_->mayPass(direction, *number, *number + 1)) return {};
  const QString said = QLocale().toString(*number);
  const Direction other = opposite(direction);
  if (decoder_->messageCount(other) == 0) return tr("Message %1 is selected, but the filter hides it").arg(said);
  QString way = direction == Direction::In ? tr("in") : tr("out");
  if (decoder_->connection()->isObserved()) {
    way = direction == Direction::In ? tr("client→server") : tr("server→client");
  }
  return tr("Message %1 (%2) is selected, but the filter hides it").arg(said, way);
}

void HiddenLine::update() {
  const QString words = wordsOfSelection();
  words_->setText(words);
  words_->setToolTip(words);
  setVisible(!words.isEmpty());
}

}  // namespace octetscope
