// InspectorPanel: the selected bytes as every type, big- and little-endian side by side. It follows the selection of a
// hub in what a HexSource shows: the selected bytes alone, or, where there is only a caret, those from it on.
#pragma once

#include "model/items/inspector_model.h"
#include "model/items/selection_hub.h"
#include "widgets/hexview/hex_source.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QTableView;

namespace octetscope {

class InspectorPanel : public QWidget {
  Q_OBJECT
 public:
  explicit InspectorPanel(QWidget *parent = nullptr);
  ~InspectorPanel() override;

  /// Where bytes are read from; a selection in its other direction shows nothing. Null: there are none. Not owned.
  void setSource(HexSource *source);
  /// Not owned.
  void setSelectionHub(SelectionHub *hub);
  const InspectorModel &model() const { return model_; }
  QTableView *table() const { return table_; }
  /// "4 bytes from offset 95"; what to do where nothing is selected.
  QString placeText() const;
  /// Copies the selected cells: values of a row with tabs between them, a line for each row.
  QAction *copyAction() const { return copy_; }

 protected:
  void changeEvent(QEvent *event) override;

 private:
  void refresh();
  void copySelected();
  void showMenu(const QPoint &point);
  void updateFont();

  InspectorModel model_;
  QPointer<HexSource> source_;
  QPointer<SelectionHub> hub_;
  QLabel *place_;
  QTableView *table_;
  QAction *copy_;
};

}  // namespace octetscope
