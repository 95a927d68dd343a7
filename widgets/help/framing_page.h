// FramingPage: all there is to say of one framing, made from the registry's description of it: what one message is,
// examples drawn from real bytes as its framer cuts them, its options, and SPECs to take over.
#pragma once

#include "model/framing/framing_examples.h"
#include "model/framing/framing_kind.h"

#include <QScrollArea>

#include <memory>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace octetscope {

class Capture;
class ConnectionDecoder;
class ExampleView;

class FramingPage : public QScrollArea {
  Q_OBJECT
 public:
  explicit FramingPage(QWidget *parent = nullptr);
  ~FramingPage() override;

  /// `kind`: one of FramingListModel::all(). Shows its page from the top.
  void show(const FramingKind &kind);
  /// The name of the framing whose page it is; empty: none yet.
  QString name() const { return kind_ ? kind_->name : QString(); }
  const FramingKind *kind() const { return kind_; }
  /// The drawings, in the order of the examples.
  const std::vector<ExampleView *> &drawings() const { return drawings_; }

 Q_SIGNALS:
  /// What the shown capture is read by is to be this SPEC.
  void useAsked(const QString &spec);
  /// The bytes of that example are to be opened.
  void tryAsked(const octetscope::FramingExample &example);

 private:
  /// An example's bytes, and what its framer makes of them.
  struct Running {
    std::unique_ptr<Capture> capture;
    std::unique_ptr<ConnectionDecoder> decoder;
  };
  void clear();
  QLabel *addLabel(const QString &text, Qt::TextFormat format, qreal size = 1, bool isBold = false);
  void addHeading(const QString &text);
  void addExample(const FramingExample &example);
  void addDrawing(const FramingExample &example, bool showsOuter);
  void addOptions(const FramingKind &kind);
  void addSpecs(const FramingKind &kind);

  const FramingKind *kind_ = nullptr;
  QWidget *body_ = nullptr;
  QVBoxLayout *column_ = nullptr;
  std::vector<ExampleView *> drawings_;
  std::vector<Running> running_;
};

}  // namespace octetscope
