"""What CPython's struct module says, for a test to compare with: JSON lines on standard output.

struct_oracle.py SEED COUNT prints, for every code, prefix and count with right and wrong values, and for COUNT random
layouts, what calcsize, pack and unpack return or the words of the error they raise; then repr() of random doubles, and
the characters that count as plain text.
"""

import json
import math
import random
import struct
import sys
import unicodedata

PREFIXES = ["", "@", "=", "<", ">", "!"]
INTEGERS = "bBhHiIlLqQnNP"
FLOATS = "efd"
STRINGS = "sp"
CODES = "x" + "c" + "?" + INTEGERS + FLOATS + STRINGS


def encode(value):
    if isinstance(value, float):
        return {"d": "nan" if math.isnan(value) else struct.pack(">d", value).hex()}
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    return value  # None, bool, int, str


def attempt(function, *arguments):
    """The result and the error's words; both None where CPython itself breaks."""
    try:
        return function(*arguments), None
    except (SystemError, MemoryError):
        return None, None
    except (struct.error, OverflowError, ValueError) as error:
        return None, str(error)


def report(**record):
    print(json.dumps(record))


def size_case(layout):
    result, error = attempt(struct.calcsize, layout)
    report(do="calcsize", layout=layout, result=result, error=error)
    return result


def pack_case(layout, values):
    result, error = attempt(struct.pack, layout, *values)
    if result is None and error is None:
        return
    report(do="pack", layout=layout, values=[encode(v) for v in values],
           result=None if result is None else result.hex(), error=error)


def unpack_case(layout, data):
    result, error = attempt(struct.unpack, layout, data)
    if result is None and error is None:
        return
    report(do="unpack", layout=layout, hex=data.hex(),
           result=None if result is None else [encode(v) for v in result], error=error)


EDGES = sorted({sign * 2 ** bits + step for bits in (0, 7, 8, 15, 16, 31, 32, 63, 64, 65) for step in (-1, 0, 1)
                for sign in (-1, 1)} | {0, 10 ** 30, -10 ** 30, 10 ** 38, 4 * 10 ** 38, 10 ** 308, 10 ** 309, 10 ** 400})
DOUBLES = [0.0, -0.0, 1.0, -1.5, 0.1, 65503.0, 65504.0, 65519.0, 65519.99, 65520.0, -65520.0, 2.0 ** -14, 2.0 ** -24,
           2.0 ** -25, 2.0 ** -25 * 1.0001, 3 * 2.0 ** -25, 6.1e-5, 1.0009765625, 1.00048828125, 1.00146484375,
           3.4028234663852886e38, 3.4028235677973362e38, 3.4028235677973366e38, 3.41e38, -3.41e38, 1e39, 1e300, 5e-324,
           1e-45, 7e-46, 1e-46, 1.17e-38, math.inf, -math.inf, math.nan]
TEXTS = [b"", b"a", b"ab", b"\x00\xff\x80", b"hello, world", bytes(range(256)) * 2]
ODD = [None, "x", True, False]


def wrong_or_right(code):
    """Every kind of value for this code."""
    if code == "?":
        return EDGES[::7] + DOUBLES[::5] + [math.nan, math.inf] + TEXTS[:2] + [None, True, False]
    if code in FLOATS:
        return DOUBLES + EDGES + TEXTS[:2] + ODD
    if code in INTEGERS:
        return EDGES + DOUBLES[::6] + TEXTS[:2] + ODD
    return TEXTS + EDGES[::9] + DOUBLES[2:4] + ODD


def right(code, chooser):
    if code == "?":
        return chooser.choice([True, False])
    if code in FLOATS:
        return chooser.choice([0.0, 1.5, -2.25, 1024.0, math.inf, chooser.uniform(-1000, 1000)])
    if code == "c":
        return bytes([chooser.randrange(256)])
    if code in STRINGS:
        return chooser.randbytes(chooser.randrange(12))
    return chooser.choice([0, 1, 5, 127, chooser.randrange(128)])


def values_of(code, count):
    if code == "x":
        return 0
    return 1 if code in STRINGS else count


def systematic(chooser):
    for prefix in PREFIXES:
        for code in CODES:
            for written in ("", "0", "1", "2", "3", "00012", "40", "100000", "4000000000", str(2 ** 60), str(2 ** 62),
                            str(2 ** 63 - 1), str(2 ** 63), str(10 ** 25)):
                layout = prefix + written + code
                size = size_case(layout)
                size_case(layout + "q")
                size_case("b " + prefix[:0] + written + code + " h")
                count = int(written or 1)
                if size is None or size > 3000:
                    unpack_case(layout, b"abc")
                    if values_of(code, count) > 0 and size is not None:
                        pack_case(layout, [])
                    continue
                for data in (chooser.randbytes(size), bytes([255]) * size, b"\x80" * size, bytes(size)):
                    unpack_case(layout, data)
                for data in (b"", chooser.randbytes(size + 1), chooser.randbytes(max(size, 1) - 1)):
                    unpack_case(layout, data)
                number = values_of(code, count)
                if number > 400:
                    continue
                good = [right(code, chooser) for _ in range(number)]
                pack_case(layout, good)
                pack_case(layout, good + [right(code, chooser)])
                pack_case(layout, good[:-1])
                pack_case(layout + "x", good)
                if number in (1, 2):
                    for value in wrong_or_right(code):
                        pack_case(layout, good[:-1] + [value])


def random_layout(chooser):
    text = chooser.choice(PREFIXES)
    items = []
    for _ in range(chooser.randrange(9)):
        code = chooser.choice(CODES)
        if code in "nNP" and text[:1] not in ("", "@") and chooser.random() < 0.95:
            code = "H"
        count = chooser.choice([None] * 6 + [0, 1, 2, 3, 5, 11])
        items.append((code, 1 if count is None else count))
        text += "" if count is None else str(count)
        text += code + chooser.choice(["", "", "", " ", "\t", "\n ", "\f\v\r"])
    if chooser.random() < 0.05:
        place = chooser.randrange(len(text) + 1)
        text = text[:place] + chooser.choice(["y", "3", "!", "\x00", "é", "é€", "\U0001f600", "Z", " ", "99999999999", "\x1c",
                                              ",", "é\x00", "\x85"]) + text[place:]
        items = None
    return text, items


def randoms(chooser, count):
    for _ in range(count):
        layout, items = random_layout(chooser)
        size = size_case(layout)
        if size is None or items is None or size > 10000:
            pack_case(layout, [])
            unpack_case(layout, b"")
            continue
        values = [right(code, chooser) for code, number in items for _ in range(values_of(code, number))]
        if values and chooser.random() < 0.3:
            place = chooser.randrange(len(values))
            codes = [code for code, number in items for _ in range(values_of(code, number))]
            values[place] = chooser.choice(wrong_or_right(codes[place]))
        elif chooser.random() < 0.05:
            values = values[:-1] if chooser.random() < 0.5 else values + [0]
        pack_case(layout, values)
        unpack_case(layout, chooser.randbytes(size if chooser.random() < 0.9 else chooser.randrange(40)))


def reprs(chooser, count):
    for index in range(count):
        kind = index % 4
        if kind == 0:
            value = struct.unpack(">d", chooser.randbytes(8))[0]
        elif kind == 1:
            value = round(chooser.uniform(-1e6, 1e6), chooser.randrange(8))
        elif kind == 2:
            value = float(chooser.randrange(10 ** chooser.randrange(1, 25)))
        else:
            value = chooser.uniform(1, 10) * 10.0 ** chooser.randrange(-10, 22)
        report(do="repr", bits=struct.pack(">d", value).hex(), result=repr(value))
    for value in DOUBLES + [1e16, 1e15, 9999999999999998.0, 1e-4, 1e-5, 0.00012345, 123456789012345680.0, 1e22, 1e23]:
        report(do="repr", bits=struct.pack(">d", value).hex(), result=repr(value))


def plain_ranges():
    ranges = []
    for point in range(0x110000):
        category = unicodedata.category(chr(point))
        if category[0] in "LMNPS" or category == "Zs":
            if ranges and ranges[-1][1] == point:
                ranges[-1][1] = point + 1
            else:
                ranges.append([point, point + 1])
    report(do="plain", result=ranges)


def main():
    chooser = random.Random(int(sys.argv[1]))
    systematic(chooser)
    randoms(chooser, int(sys.argv[2]))
    reprs(chooser, 20000)
    plain_ranges()


main()
