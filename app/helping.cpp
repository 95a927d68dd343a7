#include "app/helping.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "model/framing/framing_spec.h"
#include "widgets/decoder/decoder_bar.h"

#include <QSettings>

namespace octetscope {

namespace {

const QString geometryKey = QStringLiteral("help/geometry");

}  // namespace

Helping::Helping(MainWindow *window, DecodeHistory *history) : QObject(window), window_(window), history_(history) {
  connect(window->actions()[ActionId::FramingsHelp], &QAction::triggered, this, [this] { open(); });
  connect(window->decoderBar(), &DecoderBar::helpAsked, this, &Helping::open);
}

void Helping::open(const QString &framing) {
  const bool isFirst = !help_;
  if (isFirst) {
    help_ = new HelpWindow(window_);
    help_->restoreGeometry(window_->settings()->value(geometryKey).toByteArray());
    connect(help_, &HelpWindow::useAsked, this, &Helping::use);
    connect(help_, &HelpWindow::tryAsked, this, &Helping::tryExample);
    connect(help_, &QDialog::finished, this,
            [this] { window_->settings()->setValue(geometryKey, help_->saveGeometry()); });
  }
  if (!framing.isEmpty() || isFirst) help_->showFraming(framing.isEmpty() ? framingInForce() : framing);
  help_->show();
  help_->raise();
  help_->activateWindow();
  if (framing.isEmpty()) {
    help_->focusSearch();
  } else {
    help_->list()->setFocus();
  }
}

QString Helping::framingInForce() const {
  const DecoderBar *bar = window_->decoderBar();
  const auto layers = parseLayers(bar->settings().of(bar->direction()).framing);
  return layers ? layers->front().spec.name : QString();
}

void Helping::use(const QString &spec) {
  const Capture *capture = window_->shownCapture();
  const DecoderBar *bar = window_->decoderBar();
  ConnectionView *view = window_->view();
  DecodeSettings settings = capture ? capture->decodeSettings() : window_->workspace()->newCaptureSettings();
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (bar->editsBoth() || direction == bar->direction()) settings.of(direction).framing = spec;
  }
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()});
  window_->say(tr("Framing: %1. Ctrl+Z takes it back.").arg(spec));
}

void Helping::tryExample(const FramingExample &example) {
  const auto capture = window_->workspace()->openExample(example);
  if (!capture) return window_->showError(capture.error());
  window_->showConnection(*capture, 0);
  window_->say(tr("These are the bytes of the example for %1.").arg(example.spec));
}

}  // namespace octetscope
