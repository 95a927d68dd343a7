// FindBar: what it says of a search in bytes: how many places, which of them, where, and that there is none.
#include "widgets/controls/error_line_edit.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/theme/theme.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>

namespace octetscope {

namespace {

QString nameOf(Direction direction) {
  return direction == Direction::In ? FindBar::tr("← in") : FindBar::tr("→ out");
}

/// Of a search in the background that is over.
std::optional<quint64> countOf(const SearchHits &hits) {
  if (!hits.pattern() || hits.count() == 0 || !(hits.isComplete() || hits.isFull())) return std::nullopt;
  return hits.count();
}

}  // namespace

void FindBar::showCount() {
  if (isOfFields()) return;
  const QLocale locale;
  const quint64 count = hits_.count();
  QString words;
  if (!hits_.pattern()) {
    // Nothing is looked for.
  } else if (const auto at = hits_.gaveUpAt()) {
    words = tr("%1 before byte %2").arg(locale.toString(count), locale.toString(*at));
  } else if (hits_.isFull()) {
    words = tr("%1 or more").arg(locale.toString(count));
  } else if (!hits_.isComplete()) {
    words = tr("%1 so far").arg(locale.toString(count));
  } else if (const quint64 number = hits_.numberAt(lastFound_.begin);
             !lastFound_.isEmpty() && number < count && hits_.at(number).range() == lastFound_) {
    words = tr("%1 of %2").arg(locale.toString(number + 1), locale.toString(count));
  } else {
    words = count == 1 ? tr("1 place") : tr("%1 places").arg(locale.toString(count));
  }
  count_->setText(words);
  // More bytes came, and it is in them.
  if (isNotFound_ && count > 0) showMessage({}, false);
  if (view_) view_->setHits(hits_.pattern() ? &hits_ : nullptr);
}

void FindBar::showGaveUp(quint64 at) {
  setSearching(false);
  showMessage(tr("At byte %1 this expression takes too many steps: write it without nested repetitions")
                  .arg(QLocale().toString(at)),
              true);
}

void FindBar::showMessage(const QString &words, bool isProblem) {
  isNotFound_ = false;
  for (SearchHits *hits : {&otherCase_, &otherWay_}) {
    if (hits->pattern()) hits->setPattern(std::nullopt);
  }
  say(words, isProblem);
}

void FindBar::say(const QString &words, bool isProblem) {
  words_ = words;
  message_->setToolTip(words);
  message_->setAccessibleDescription(words);
  elideMessage();
  QPalette palette = this->palette();
  if (isProblem) palette.setColor(QPalette::WindowText, Theme::of(this).status(Status::Error));
  message_->setPalette(palette);
}

void FindBar::elideMessage() {
  message_->setText(message_->fontMetrics().elidedText(words_, Qt::ElideRight, message_->width()));
}

void FindBar::showProgress(quint64 searched, quint64 total) {
  if (total > 0)
    progress_->setValue(
        static_cast<int>(static_cast<double>(searched) / static_cast<double>(total) * progress_->maximum()));
}

void FindBar::showFound(ByteRange range, bool wrapped) {
  setSearching(false);
  // The view may show something else by now: what was found belongs to what was searched.
  if (!view_ || !searched_ || view_->source() != searched_) {
    showMessage({}, false);
    return;
  }
  lastFound_ = range;
  if (!isTyping_) anchor_ = range.begin;
  view_->select(range);
  showCount();
  const QString place = tr("offset %1 (0x%2)").arg(QString::number(range.begin), QString::number(range.begin, 16));
  if (!wrapped) {
    showMessage(tr("Found at %1").arg(place), false);
  } else if (toward_ == BackgroundSearch::Toward::End) {
    showMessage(tr("Went past the end: found at %1").arg(place), false);
  } else {
    showMessage(tr("Went past the begin: found at %1").arg(place), false);
  }
}

void FindBar::showNotFound() {
  setSearching(false);
  const QString size = QLocale().toString(searched_ ? searched_->size() : 0);
  const ByteSnapshot other = searched_ ? searched_->otherSnapshot() : ByteSnapshot();
  // Where both directions have bytes it matters which one was looked through.
  showMessage(other.size() == 0 ? tr("Not found in %1 bytes").arg(size)
                                : tr("Not found in the %1 bytes %2").arg(size, nameOf(searched_->direction())),
              true);
  isNotFound_ = true;
  if (!searched_) return;
  // What was found of the first letters is not what is looked for.
  if (isTyping_ && view_ && !lastFound_.isEmpty() && view_->selection() == lastFound_) view_->goToOffset(anchor_);
  if (auto what = pattern(); what && other.size() > 0) {
    otherWay_.setBytes(other);
    otherWay_.setPattern(*std::move(what));
  }
  if (auto pattern = options_->inAnyCase(line_->text())) {
    otherCase_.setBytes(searched_->snapshot());
    otherCase_.setPattern(*std::move(pattern));
  }
}

/// What is found nowhere may be there with other letters; what one side never said the other may have.
void FindBar::showElsewhere() {
  const auto inOtherWay = countOf(otherWay_);
  const auto inOtherCase = countOf(otherCase_);
  if (!isNotFound_ || !searched_) return;
  const QLocale locale;
  if (inOtherWay) {
    const Direction here = searched_->direction();
    const QString there = nameOf(opposite(here));
    say(*inOtherWay == 1
            ? tr("Not %1, but 1 place %2: choose its tab").arg(nameOf(here), there)
            : tr("Not %1, but %2 places %3: choose its tab").arg(nameOf(here), locale.toString(*inOtherWay), there),
        true);
  } else if (inOtherCase) {
    say(*inOtherCase == 1 ? tr("1 place in another case of letters: turn off Aa")
                          : tr("%1 places in another case of letters: turn off Aa").arg(locale.toString(*inOtherCase)),
        true);
  }
}

}  // namespace octetscope
