// Comparing: a second framing beside the first, in the window: keeps the comparison and the second reading of the
// connection that is shown in step with the first, and carries out what its bar offers. What is compared with is part
// of the capture's settings, so it stays with the capture and can be undone.
#pragma once

#include "model/capture/decode_settings.h"
#include "model/items/connection_decoder.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace octetscope {

class CompareBar;
class ConnectionComparison;
class DecodeHistory;
class MainWindow;
class RibbonView;

class Comparing : public QObject {
  Q_OBJECT
 public:
  Comparing(MainWindow *window, CompareBar *bar, DecodeHistory *history);
  ~Comparing() override;

  /// Null: nothing is compared.
  ConnectionComparison *comparison() const { return comparison_.get(); }
  /// The connection read by B; null: nothing is compared.
  ConnectionDecoder *second() const { return second_.get(); }

  void updateEnabled();

 Q_SIGNALS:
  /// comparison(), second() or what is found changed.
  void changed();

 private:
  void follow();
  void start();
  Result<DirectionReader> secondReader(Direction direction) const;
  void stop();
  void showFound();
  void setOpen(bool open);
  void editSpec(const QString &spec);
  void goToDivergence();
  void swap();
  void keepFirst();
  void keepSecond();
  /// Applies what `change` makes of the settings in the directions that are compared, as a step.
  template <typename Change>
  void apply(Change change, const QString &words);

  MainWindow *const window_;
  CompareBar *const bar_;
  DecodeHistory *const history_;
  const QPointer<RibbonView> ribbon_;  // shows both, one under the other
  std::unique_ptr<ConnectionComparison> comparison_;
  std::unique_ptr<ConnectionDecoder> second_;
  ConnectionDecoder *first_ = nullptr;  // the view's, that second_ keeps in step with
  Direction direction_ = Direction::In;
};

}  // namespace octetscope
