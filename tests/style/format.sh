#!/bin/sh
# Fails where clang-format would change a source file. To mend: clang-format-19 -i FILE…
set -eu
cd "$1"
find model widgets app tests -name '*.h' -o -name '*.cpp' | sort | xargs clang-format-19 --dry-run -Werror
