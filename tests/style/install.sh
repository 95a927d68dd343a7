#!/bin/sh
# Installs into an empty folder and uses what is there: programs that start, a menu entry, icons and a manual page.
# Usage: install.sh BUILD_FOLDER
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cmake --install "$1" --prefix "$root" >/dev/null
id=io.github.octetscope.Octetscope
for file in bin/octetscope bin/octetscope-cli share/applications/$id.desktop share/metainfo/$id.metainfo.xml \
    share/icons/hicolor/scalable/apps/octetscope.svg share/icons/hicolor/48x48/apps/octetscope.png \
    share/man/man1/octetscope-cli.1; do
  [ -s "$root/$file" ] || { echo "not installed: $file"; exit 1; }
done
desktop-file-validate "$root/share/applications/$id.desktop"
appstreamcli validate --no-net "$root/share/metainfo/$id.metainfo.xml" >/dev/null
[ "$("$root/bin/octetscope-cli" calcsize '!HI')" = 6 ] || { echo "octetscope-cli does not work"; exit 1; }
printf '\000\002hi' >"$root/bytes"
QT_QPA_PLATFORM=offscreen "$root/bin/octetscope" "$root/bytes" --framing length:u16be --screenshot "$root/shot.png" 2>/dev/null
[ "$(head -c 4 "$root/shot.png" | od -An -tx1 | tr -d ' ')" = 89504e47 ] || { echo "no picture was made"; exit 1; }
echo "installed and working"
