// What assistive technology sees of a RibbonView: a chart whose description is the selected thing in words, with what
// is shown as its value.
#include "widgets/ribbon/ribbon_view.h"
#include "widgets/ribbon/ribbon_words.h"

#include <QAccessibleWidget>

namespace octetscope {

namespace {

class RibbonAccessible final : public QAccessibleWidget {
 public:
  explicit RibbonAccessible(RibbonView *view) : QAccessibleWidget(view, QAccessible::Chart) {}

  QString text(QAccessible::Text kind) const override {
    auto *view = static_cast<RibbonView *>(object());
    if (kind == QAccessible::Description) return view->currentWords();
    if (kind == QAccessible::Value) return RibbonWords::range(view->geometryOfBytes().visible());
    return QAccessibleWidget::text(kind);
  }
};

QAccessibleInterface *makeRibbonAccessible(const QString &, QObject *object) {
  auto *view = qobject_cast<RibbonView *>(object);
  return view ? new RibbonAccessible(view) : nullptr;
}

}  // namespace

void installRibbonAccessibility() {
  QAccessible::installFactory(makeRibbonAccessible);  // Qt keeps each factory once
}

void RibbonView::tellAssistants() {
  if (!QAccessible::isActive()) return;
  for (const auto change : {QAccessible::DescriptionChanged, QAccessible::ValueChanged}) {
    if (change == QAccessible::ValueChanged) {
      QAccessibleValueChangeEvent event(this, RibbonWords::range(geometry_.visible()));
      QAccessible::updateAccessibility(&event);
    } else {
      QAccessibleEvent event(this, change);
      QAccessible::updateAccessibility(&event);
    }
  }
}

}  // namespace octetscope
