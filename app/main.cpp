// The window: reads its command line, opens what it names, and runs.
#include "app/connection_view.h"
#include "app/helping.h"
#include "app/main_window.h"
#include "app/plots.h"
#include "app/screenshot.h"
#include "app/window_commands.h"
#include "app/window_options.h"
#include "widgets/messages/message_pane.h"
#include "widgets/theme/outlined_style.h"

#include <QApplication>
#include <QIcon>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>

using namespace octetscope;

namespace {

constexpr int usageError = 2;

void print(FILE *where, const QString &text) {
  std::fputs(qPrintable(text), where);
}

/// Opens everything the command line names. The demonstration comes last: it is what is then shown.
void openAll(MainWindow &window, const WindowOptions &options) {
  Workspace *workspace = window.workspace();
  if (!options.framing.isEmpty() || !options.layout.isEmpty()) {
    DecodeSettings settings;
    for (const Direction direction : {Direction::In, Direction::Out}) {
      if (!options.framing.isEmpty()) settings.of(direction).framing = options.framing;
      settings.of(direction).layout = options.layout;
    }
    workspace->setNewCaptureSettings(settings);
  }
  DecodeSettings asSaid = Capture::firstSettingsOfFiles();
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!options.framing.isEmpty()) asSaid.of(direction).framing = options.framing;
    asSaid.of(direction).layout = options.layout;
  }
  const bool isSaid = !options.framing.isEmpty() || !options.layout.isEmpty();
  for (const QString &file : options.files) window.commands()->openFile(file, isSaid ? &asSaid : nullptr);
  for (const Endpoint &at : options.listen) {
    // Our side stays open after the peer's FIN: answering late is what one may want to see.
    window.showConnection(workspace->listen({.host = at.host, .port = at.port, .autoFinish = false}), -1);
  }
  for (const Endpoint &to : options.connect) {
    window.showConnection(workspace->connectTo({.host = to.host, .port = to.port}), 0);
  }
  if (options.demo) window.actions()[ActionId::Demonstration]->trigger();
  if (!options.filter.isEmpty()) window.view()->messagePane()->filterBy(options.filter);
  if (options.compare.isEmpty()) return;
  for (Capture *capture : workspace->captures()->all()) {
    DecodeSettings settings = capture->decodeSettings();
    settings.seconds = {options.compare, options.compare};
    capture->setDecodeSettings(settings);
  }
}

}  // namespace

int main(int argc, char **argv) {
  QStringList words;
  for (int i = 1; i < argc; ++i) words.append(QString::fromLocal8Bit(argv[i]));
  const auto options = WindowOptions::parse(words);
  if (!options) {
    print(stderr, QStringLiteral("octetscope: %1\n").arg(options.error().line()));
    return usageError;
  }
  if (options->help) {
    print(stdout, WindowOptions::helpText());
    return 0;
  }
  if (options->version) {
    print(stdout, QStringLiteral("octetscope " OCTETSCOPE_VERSION "\n"));
    return 0;
  }

  QApplication::setApplicationName(QStringLiteral("octetscope"));
  QApplication::setApplicationDisplayName(QStringLiteral("Octetscope"));
  QApplication::setOrganizationName(QStringLiteral("octetscope"));
  QApplication::setApplicationVersion(QStringLiteral(OCTETSCOPE_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("io.github.octetscope.Octetscope"));
  QApplication::setStyle(new OutlinedStyle);
  // Words of our own are never the platform's options.
  int noArguments = 1;
  const QApplication application(noArguments, argv);
  QIcon icon;
  for (const int size : {16, 32, 48, 64, 128, 256}) icon.addFile(QStringLiteral(":/icons/octetscope-%1.png").arg(size));
  QApplication::setWindowIcon(icon);

  // A picture shows the program as it comes, not as its last user left it.
  const QTemporaryDir pristine;
  QSettings settings = options->screenshot.isEmpty()
                           ? QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("octetscope"),
                                       QStringLiteral("octetscope"))
                           : QSettings(pristine.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
  const auto remembered = static_cast<ThemeChoice>(settings.value(QStringLiteral("window/theme"), 0).toInt());
  const ThemeChoice theme = options->theme.value_or(remembered);
  if (theme != ThemeChoice::System) QApplication::setPalette(Theme::palette(theme));

  Workspace workspace;
  MainWindow window(&workspace, &settings);
  if (options->size.isValid() && options->helpOn.isEmpty() && !options->plot) window.resize(options->size);
  window.show();
  QWidget *pictured = &window;
  if (!options->helpOn.isEmpty()) {
    Helping *helping = window.commands()->helping();
    helping->open(options->helpOn);
    pictured = helping->window();
  }
  if (options->plot) {
    window.commands()->plots()->openWith(*options->plot);
    pictured = window.commands()->plots()->window();
  }
  if (pictured != &window && options->size.isValid()) pictured->resize(options->size);

  std::unique_ptr<Screenshot> screenshot;
  if (!options->screenshot.isEmpty()) {
    screenshot = std::make_unique<Screenshot>(pictured, options->screenshot, options->afterMs);
    QObject::connect(&window, &MainWindow::touched, screenshot.get(), [&] {
      screenshot->setHeld(window.isBusy());
      screenshot->changed();
    });
    QObject::connect(screenshot.get(), &Screenshot::taken, &application, [](const QString &error) {
      if (!error.isEmpty()) print(stderr, QStringLiteral("octetscope: %1\n").arg(error));
      QApplication::exit(error.isEmpty() ? 0 : usageError);
    });
  }
  openAll(window, *options);
  return QApplication::exec();
}
