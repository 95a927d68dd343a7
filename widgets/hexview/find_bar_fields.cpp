// FindBar: finding values of fields: in the messages of both directions, in the order of their rows.
#include "widgets/controls/error_line_edit.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/hex_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>

namespace octetscope {

void FindBar::setFieldFinder(FieldFinder *finder, SelectionHub *hub) {
  fields_ = finder;
  hub_ = hub;
  mode_->addItem(tr("Fields"), int(Mode::Fields));
  mode_->setToolTip(mode_->toolTip() + tr("; or a value that a field has, or an expression as filters have it"));
  connect(finder, &FieldFinder::changed, this, &FindBar::fieldsChanged);
}

void FindBar::lookForFields() {
  if (!isVisible() || text().trimmed().isEmpty()) {
    fields_->stop();
    line_->setError(std::nullopt);
    showMessage({}, false);
    return fieldsChanged();
  }
  if (const auto look = fields_->look(text(), options_->ignoresCase()); !look) {
    line_->setError(look.error(), look.error().length);
    showMessage(look.error().line(), true);
  } else {
    line_->setError(std::nullopt);
    showMessage({}, false);
  }
  fieldsChanged();
}

void FindBar::findField(int by) {
  if (!fields_->isLooking()) {
    open();
    if (!fields_->isLooking()) return;
  }
  fieldAnchor_.reset();
  isFieldAwaited_ = false;
  if (const auto found = fields_->find(hub_->current(), by)) return showField(*found, by);
  // What is found first while it looks is gone to.
  isFieldAwaited_ = !fields_->isComplete();
  fieldsChanged();
}

void FindBar::showField(const FieldFinder::Found &found, int by) {
  hub_->select(found.selection, this);
  const QString place = tr("message %1, byte %2")
                            .arg(QLocale().toString(found.selection.message.value_or(0)),
                                 QLocale().toString(found.selection.range.begin));
  if (!found.wrapped) {
    showMessage(tr("Found in %1").arg(place), false);
  } else {
    showMessage((by < 0 ? tr("Went past the begin: found in %1") : tr("Went past the end: found in %1")).arg(place),
                false);
  }
  fieldsChanged();
}

/// More was found, or something else is selected.
void FindBar::fieldsChanged() {
  if (!isOfFields()) return;
  const bool isLooking = fields_->isLooking();
  const bool isComplete = fields_->isComplete();
  const auto [done, all] = fields_->progress();
  setSearching(isLooking && !isComplete);
  if (all > 0) progress_->setValue(static_cast<int>(done * static_cast<quint64>(progress_->maximum()) / all));
  if (isFieldAwaited_ && isLooking && (fields_->count() > 0 || isComplete)) {
    if (!fieldAnchor_) fieldAnchor_ = hub_->current();
    const auto found = fields_->find(fieldAnchor_, 0);
    // From the first again only once nothing can come behind it any more.
    if (found && (!found->wrapped || isComplete)) {
      isFieldAwaited_ = false;
      return showField(*found, 1);
    }
    if (!found && isComplete) {
      isFieldAwaited_ = false;
      showMessage(tr("No field of %1 messages has it").arg(QLocale().toString(all)), true);
    }
  }
  QString words;
  if (isLooking) {
    const QLocale locale;
    const QString count = locale.toString(fields_->count());
    const auto &selected = hub_->current();
    const auto place =
        selected && selected->message ? fields_->placeOf(selected->direction, *selected->message) : std::nullopt;
    if (!isComplete) {
      words = tr("%1 so far").arg(count);
    } else if (place) {
      words = tr("%1 of %2").arg(locale.toString(*place + 1), count);
    } else {
      words = fields_->count() == 1 ? tr("1 message") : tr("%1 messages").arg(count);
    }
  }
  count_->setText(words);
}

}  // namespace octetscope
