// Finds controls by what a screen reader would call them, and walks the accessibility tree below a widget for those
// that say nothing of themselves.
#pragma once

#include <QAccessible>
#include <QStringList>
#include <QWidget>

namespace octetscope::test {

/// The control below `parent` that a screen reader would call so.
template <typename T>
T *named(const QObject *parent, const QString &name) {
  for (T *widget : parent->findChildren<T *>()) {
    if (widget->accessibleName() == name) return widget;
  }
  return nullptr;
}

/// Roles that a person operates: each must have a name.
inline bool isControl(QAccessible::Role role) {
  switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::PageTab:
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::List:
    case QAccessible::ProgressBar:
    case QAccessible::MenuItem:
      return true;
    default:
      return false;
  }
}

/// What has no name, as "role: class or place"; `names` collects the names found. Parts of a control (the line of a
/// spin box, the list of a combo box) count as it.
inline QStringList unnamedControls(QAccessibleInterface *root, QStringList *names = nullptr, int depth = 0) {
  QStringList unnamed;
  if (!root || !root->isValid() || depth > 40) return unnamed;
  const QAccessible::Role role = root->role();
  if (isControl(role) && !root->state().invisible) {
    const QString name = root->text(QAccessible::Name);
    if (name.trimmed().isEmpty()) {
      const QObject *object = root->object();
      unnamed.append(QStringLiteral("%1: %2 %3")
                         .arg(static_cast<int>(role))
                         .arg(object ? QString::fromLatin1(object->metaObject()->className()) : QString())
                         .arg(object ? object->objectName() : QString()));
    } else if (names) {
      names->append(name);
    }
    if (role == QAccessible::SpinBox || role == QAccessible::ComboBox || role == QAccessible::Table) return unnamed;
  }
  for (int i = 0; i < root->childCount(); ++i) unnamed += unnamedControls(root->child(i), names, depth + 1);
  return unnamed;
}

inline QStringList unnamedControls(QWidget *widget, QStringList *names = nullptr) {
  return unnamedControls(QAccessible::queryAccessibleInterface(widget), names);
}

}  // namespace octetscope::test
