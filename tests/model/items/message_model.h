// A MessageTreeModel over a connection that a test fills, and the model as text.
#pragma once

#include "model/capture/capture.h"
#include "model/items/message_tree_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

namespace octetscope::test {

struct MessageModel {
  Capture capture{QStringLiteral("test")};
  std::shared_ptr<Connection> connection = capture.addConnection({}, {});
  ConnectionDecoder decoder{connection};
  MessageTreeModel model;
  std::unique_ptr<QAbstractItemModelTester> tester;

  /// The tester looks at every row there is: not where they are millions.
  explicit MessageModel(bool isTested = true) {
    if (isTested) {
      tester =
          std::make_unique<QAbstractItemModelTester>(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    model.setDecoder(&decoder);
  }
  MessageModel(const QString &spec, const QString &layout, bool isTested = true) : MessageModel(isTested) {
    use(spec, layout);
  }
  ~MessageModel() { model.setDecoder(nullptr); }

  void use(const QString &spec, const QString &layout) {
    const auto reader = DirectionReader::create({.framing = spec, .layout = layout});
    if (!reader) qFatal("%s", qPrintable(reader.error().line()));
    decoder.setReaders(*reader, *reader);
  }
  void use(const FramerPtr &framer) {
    DirectionReader reader;
    reader.framer = framer;
    reader.layers = framingLayers(framer, nullptr);
    decoder.setReaders(reader, reader);
  }
  void receive(const QByteArray &bytes, Direction direction = Direction::In) {
    if (!connection->stream(direction).append(viewOf(bytes), connection->clock().stamp())) qFatal("append");
    decoder.advance();
  }
};

/// The model as text: a line a row, its columns named, children indented.
inline QString textOf(const QAbstractItemModel &model, const QList<int> &columns, const QModelIndex &parent = {},
                      const QString &indent = {}) {
  QString text;
  for (int row = 0; row < model.rowCount(parent); ++row) {
    QStringList cells;
    for (const int column : columns) cells += model.index(row, column, parent).data().toString();
    text += indent + cells.join(QStringLiteral(" | ")) + QLatin1Char('\n');
    text += textOf(model, columns, model.index(row, 0, parent), indent + QStringLiteral("  "));
  }
  return text;
}

}  // namespace octetscope::test
