"""The arrows of the architecture, read from the includes: model <- widgets <- app, and model <- app/cli.

Linking alone does not prove them: a header of a library that is not linked may still be found by the compiler.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
GUI = re.compile(r"^(QtGui|QtWidgets)/|^Q(Widget|Color|Painter|Icon|Action|Application|GuiApplication|Font\w*|Pixmap|Image|Palette|Cursor|Clipboard|KeySequence|\w*Dialog|Main\w*)$")

RULES = [  # where, what it must not include, why
    ("model", re.compile(r"^(widgets|app|tests)/"), "the model knows neither views nor programs"),
    ("model", GUI, "the model is Qt Core and Network only"),
    ("widgets", re.compile(r"^(app|tests)/"), "views do not know the program they are in"),
    ("app/cli", re.compile(r"^widgets/|^app/(?!cli/)"), "the command line runs on the model alone"),
    ("app/cli", GUI, "the command line runs without a display"),
]

files = 0
broken = []
for folder, forbidden, why in RULES:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        files += 1
        for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if forbidden.search(name):
                broken.append(f"{path.relative_to(ROOT)} includes {name}: {why}")
print("\n".join(broken) or f"{files} files keep the arrows")
sys.exit(1 if broken or not files else 0)
