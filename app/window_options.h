// WindowOptions: what the window's own command line asks for. The words are those of octetscope-cli.
#pragma once

#include "model/capture/connection.h"
#include "model/result.h"
#include "widgets/plots/plot_points.h"
#include "widgets/theme/theme.h"

#include <QSize>
#include <QStringList>

#include <optional>

namespace octetscope {

struct WindowOptions {
  QStringList files;
  bool demo = false;
  QList<Endpoint> listen;
  QList<Endpoint> connect;
  QString framing;                 ///< a SPEC that parses; empty: the default
  QString layout;                  ///< a LAYOUT that parses; empty: none
  QString compare;                 ///< a SPEC that parses, to compare the framing with; empty: none
  QString filter;                  ///< an expression that parses, what the messages are filtered by; empty: none
  std::optional<PlotChoice> plot;  ///< a chart to open Plots with
  QString helpOn;                  ///< the name of a framing, whose page of Help is to be opened; empty: none
  QString screenshot;
  int afterMs = -1;  ///< with screenshot: when to take it; -1: when the window has settled
  QSize size;        ///< invalid: the remembered one
  std::optional<ThemeChoice> theme;
  bool help = false;
  bool version = false;

  /// Without the program's name. Errors: an unknown option, a missing or a wrong value; in one line, with the mend.
  static Result<WindowOptions> parse(const QStringList &arguments);
  /// What --help prints.
  static QString helpText();
};

}  // namespace octetscope
