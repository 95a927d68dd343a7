#!/bin/sh
# Makes the README's pictures: the program itself, on bytes of today, drawn without a display.
# Usage: tests/shots/make.sh [FOLDER]      (build the release preset first; default resources/pictures)
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
program=build/release/app/octetscope
out=${1:-resources/pictures}
mkdir -p "$out"
bytes=$(mktemp -d)
trap 'rm -rf "$bytes"' EXIT
export QT_QPA_PLATFORM=offscreen

# A live talk over loopback, in the middle of its acts.
"$program" --demo --after 9300 --size 1360x900 --theme light --screenshot "$out/demonstration.png"
"$program" --demo --after 9300 --size 1360x900 --theme dark --screenshot "$out/demonstration-dark.png"

# The same bytes under three rules: the one they were sent by, the wrong byte order, and none.
python3 tests/shots/readings.py "$bytes/readings.bin"
"$program" "$bytes/readings.bin" --framing length:u16be --struct '!H:seq h:celsius d:pressure *s:place' \
  --size 1280x800 --theme light --screenshot "$out/right.png"
"$program" "$bytes/readings.bin" --framing length:u16le --struct '!H:seq h:celsius d:pressure *s:place' \
  --size 1280x800 --theme light --screenshot "$out/wrong-byte-order.png"

# The three usual mistakes, beside the right framing: where the two part, and why.
"$program" "$bytes/readings.bin" --framing length:u16be --compare length:u16le \
  --struct '!H:seq h:celsius d:pressure *s:place' --size 1280x800 --theme light --screenshot "$out/mistake-byte-order.png"
"$program" "$bytes/readings.bin" --framing length:u16be --compare length:u16be,adjust=-2 \
  --struct '!H:seq h:celsius d:pressure *s:place' --size 1280x800 --theme light --screenshot "$out/mistake-header.png"
"$program" --demo --compare chunks --after 9300 --size 1280x800 --theme light --screenshot "$out/mistake-recv.png"

# Which of them were warm: what passes a filter, and the rest dim in the ribbon.
"$program" "$bytes/readings.bin" --framing length:u16be --struct '!H:seq h:celsius d:pressure *s:place' \
  --filter 'celsius >= 16 && place != "roof"' --size 1280x800 --theme light --screenshot "$out/filter.png"

# What one field was, message by message.
"$program" "$bytes/readings.bin" --framing length:u16be --struct '!H:seq h:celsius d:pressure *s:place' \
  --plot messages:celsius --size 1000x560 --theme light --screenshot "$out/plots.png"

# A page of Help: the drawing is made from bytes that the framing itself cuts.
"$program" --help-on length --size 1000x720 --theme light --screenshot "$out/help-length.png"
ls -1 "$out"/*.png
