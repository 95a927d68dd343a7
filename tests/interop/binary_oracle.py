#!/usr/bin/env python3
"""Values in binary formats, made and read by programs that are not ours: for tst_binary_oracle.

Usage: binary_oracle.py msgpack|cbor|pickle|broken-pickle COUNT SEED

A line a value:
  msgpack, cbor    HEX FIELDS         written by the few lines below, from the specifications
  pickle           HEX FIELDS         by pickle.dumps(), read by pickletools.genops()
  broken-pickle    HEX OUTCOME END    with bytes changed: what genops() makes of it: whole, cut, bad
FIELDS are as tests/support/told_fields.h plainFields() says them, separated by commas. Lines of pickles that are cut at
every byte are checked here: genops() must refuse each.
"""
import collections
import codecs
import math
import pickle
import pickletools
import random
import struct
import sys


class Tag(collections.namedtuple("Tag", "number value")):
    pass


class Ext(collections.namedtuple("Ext", "type data")):
    pass


# MessagePack, any legal form of each value.
def msgpack(rng, value):
    if value is None:
        return b"\xc0"
    if isinstance(value, bool):
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        forms = [struct.pack("b", value)] if -32 <= value < 128 else []
        for code, form in zip(range(0xCC, 0xD4), "BHIQbhiq"):
            try:
                forms.append(bytes([code]) + struct.pack(">" + form, value))
            except struct.error:
                pass
        return rng.choice(forms)
    if isinstance(value, float):
        return b"\xcb" + struct.pack(">d", value)
    if isinstance(value, (str, bytes)):
        data = value.encode() if isinstance(value, str) else value
        base = 0xD9 if isinstance(value, str) else 0xC4
        forms = [bytes([base + i]) + struct.pack(">" + "BHI"[i], len(data)) for i in range(3) if len(data) < 1 << (8 << i)]
        if isinstance(value, str) and len(data) < 32:
            forms.append(bytes([0xA0 + len(data)]))
        return rng.choice(forms) + data
    if isinstance(value, Ext):
        kind = struct.pack("b", value.type)
        size = len(value.data)
        forms = [bytes([0xC7 + i]) + struct.pack(">" + "BHI"[i], size) + kind for i in range(3) if size < 1 << (8 << i)]
        if size in (1, 2, 4, 8, 16):
            forms.append(bytes([0xD4 + size.bit_length() - 1]) + kind)
        return rng.choice(forms) + value.data
    base, small = (0xDC, 0x90) if isinstance(value, list) else (0xDE, 0x80)
    forms = [bytes([base + i]) + struct.pack(">" + "HI"[i], len(value)) for i in range(2)]
    if len(value) < 16:
        forms.append(bytes([small + len(value)]))
    inner = value if isinstance(value, list) else [one for pair in value.items() for one in pair]
    return rng.choice(forms) + b"".join(msgpack(rng, one) for one in inner)


def cbor_head(rng, major, argument):
    forms = [bytes([major << 5 | argument])] if argument < 24 else []
    forms += [bytes([major << 5 | 24 + i]) + struct.pack(">" + "BHIQ"[i], argument) for i in range(4)
              if argument < 1 << (8 << i)]
    return rng.choice(forms)


# CBOR, any well-formed form of each value.
def cbor(rng, value):
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        if -(1 << 64) <= value < 1 << 64 and rng.random() < 0.9:
            return cbor_head(rng, 0, value) if value >= 0 else cbor_head(rng, 1, -1 - value)
        size = value if value >= 0 else -1 - value
        return cbor_head(rng, 6, 2 if value >= 0 else 3) + cbor(rng, size.to_bytes((size.bit_length() + 7) // 8, "big"))
    if isinstance(value, float):
        forms = []
        for code, form in zip((0xF9, 0xFA, 0xFB), "efd"):
            try:
                packed = struct.pack(">" + form, value)
            except OverflowError:
                continue
            if math.isnan(value) or struct.unpack(">" + form, packed)[0] == value:
                forms.append(bytes([code]) + packed)
        return rng.choice(forms)
    if isinstance(value, (str, bytes)):
        major = 3 if isinstance(value, str) else 2
        if rng.random() < 0.3:
            made = bytes([major << 5 | 31])
            at = 0
            while at < len(value):
                piece = value[at:at + rng.randrange(1, 6)]
                at += len(piece)
                data = piece.encode() if major == 3 else piece
                made += cbor_head(rng, major, len(data)) + data
            return made + b"\xff"
        data = value.encode() if major == 3 else value
        return cbor_head(rng, major, len(data)) + data
    if isinstance(value, Tag):
        return cbor_head(rng, 6, value.number) + cbor(rng, value.value)
    major = 4 if isinstance(value, list) else 5
    inner = value if major == 4 else [one for pair in value.items() for one in pair]
    body = b"".join(cbor(rng, one) for one in inner)
    if rng.random() < 0.3:
        return bytes([major << 5 | 31]) + body + b"\xff"
    return cbor_head(rng, major, len(value)) + body


TEXTS = ["", "a", "name", "ä", "€uro", "日本", "\x00\x1f", "line\nend", "𝄞", "x" * 40]


def number(rng):
    size = rng.choice([4, 7, 8, 15, 16, 31, 32, 63])
    return rng.choice([-1, 1]) * rng.randrange(1 << size)


def real(rng):
    return rng.choice([0.0, -0.0, 1.5, -2.25, 1e300, 5e-324, 0.1, math.inf, -math.inf, math.nan, rng.random()])


def random_value(rng, kind, depth=3):
    which = rng.randrange(9 if depth > 0 else 7)
    if which == 0:
        return rng.choice([None, True, False])
    if which == 1:
        return number(rng)
    if which == 2:
        return rng.choice([(1 << 64) - 1, 1 << 63, -(1 << 63)]) if kind == "msgpack" else number(rng) * rng.randrange(1 << 70)
    if which == 3:
        return real(rng)
    if which == 4:
        return rng.choice(TEXTS)
    if which == 5:
        return rng.randbytes(rng.choice([0, 1, 3, 20, 300]))
    if which == 6 and kind == "msgpack":
        return Ext(rng.randrange(-128, 128), rng.randbytes(rng.choice([0, 1, 2, 3, 4, 8, 12, 16, 17, 300])))
    if which == 6:
        return Tag(rng.choice([0, 1, 24, 32, 100, 55799, 1 << 40]), random_value(rng, kind, max(depth - 1, 0)))
    if which == 7:
        return [random_value(rng, kind, depth - 1) for _ in range(rng.choice([0, 1, 2, 3, 20]))]
    return {rng.choice(TEXTS[1:] + [number(rng)]): random_value(rng, kind, depth - 1) for _ in range(rng.randrange(5))}


def plain(value):
    if isinstance(value, Tag):
        return plain(value.value)
    if isinstance(value, Ext):
        return "b:" + value.data.hex()
    if isinstance(value, (bytes, bytearray)):
        return "b:" + value.hex()
    if isinstance(value, str):
        return "s:" + value.encode("utf-8").hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else repr(value)


def fields(value, depth=0, isTop=True):
    """What lies in an array or a map at the top are the fields at the top."""
    bare = value
    while isinstance(bare, Tag):
        bare = bare.value
    if isTop and (not isinstance(value, (list, dict))):
        yield from field("0", value, 0)
        return
    pairs = bare.items() if isinstance(bare, dict) else ((f"[{i}]", one) for i, one in enumerate(bare))
    for name, one in pairs:
        yield from field(str(name), one, depth)


def field(name, value, depth):
    bare = value
    while isinstance(bare, Tag):
        bare = bare.value
    isGroup = isinstance(bare, (list, dict))
    yield f"{depth} {name.encode().hex()} {'(' if isGroup else plain(value)}"
    if isGroup:
        yield from fields(bare, depth + 1, isTop=False)


# Pickles.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __reduce__(self):
        return Point, (self.x, self.y)


class Slots:
    __slots__ = ("a", "b")


def random_object(rng, depth=3):
    which = rng.randrange(13 if depth > 0 else 6)
    if which == 0:
        return rng.choice([None, True, False])
    if which == 1:
        return number(rng) * rng.choice([1, 1, 1 << 60, 1 << 3000])
    if which == 2:
        return rng.choice([0.0, 1.5, -1e300, math.inf, math.nan, rng.random()])
    if which == 3:
        return rng.choice(TEXTS + ["y" * 300, "\ud800", "back\\slash", "Ā\\u0041"])
    if which == 4:
        return rng.randbytes(rng.choice([0, 1, 5, 300]))
    if which == 5:
        return bytearray(rng.randbytes(rng.choice([0, 4])))
    some = [random_object(rng, depth - 1) for _ in range(rng.randrange(5))]
    if which == 6:
        return some
    if which == 7:
        return tuple(some)
    if which == 8:
        return {str(i): one for i, one in enumerate(some)}
    if which == 9:
        return {1, "zwei", 3.0}
    if which == 10:
        return frozenset([b"x", rng.randrange(9)])
    if which == 11:
        made = Slots()
        made.a = some
        return made
    return Point(some, rng.choice([len, struct.Struct, collections.OrderedDict]))


# Where pickletools refuses what pickle.loads() takes, and where it decodes what is no question of where a pickle ends.
def lenient_string(file):
    data = file.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found")
    data = data[:-1]
    for quote in (b'"', b"'"):
        if data.startswith(quote):
            if not data.endswith(quote):
                raise ValueError("quote")
            data = codecs.escape_decode(data[1:-1])[0]
            try:
                return data.decode("ascii")
            except UnicodeDecodeError:
                return data
    raise ValueError("no quotes")


def lines(file, count, encoding):
    all = [file.readline() for _ in range(count)]
    if not all[-1].endswith(b"\n"):
        raise ValueError("no newline found")
    return " ".join(data[:-1].decode(encoding) for data in all)


def counted(reader):
    def read(file):
        at = file.tell()
        try:
            return reader(file)
        except UnicodeDecodeError as error:
            return error.object
    return read


READERS = {
    "stringnl": lenient_string,
    "stringnl_noescape": lambda file: lines(file, 1, "ascii"),
    "stringnl_noescape_pair": lambda file: lines(file, 2, "utf-8"),
}


def be_lenient():
    for opcode in pickletools.opcodes:
        if opcode.arg is None:
            continue
        if opcode.arg.name in READERS:
            opcode.arg.reader = READERS[opcode.arg.name]
        elif opcode.arg.name.startswith("unicodestring") and opcode.arg.name != "unicodestringnl":
            opcode.arg.reader = counted(opcode.arg.reader)


def argument(opcode, value):
    if opcode.arg is None:
        return "null"
    if opcode.arg.name in ("string1", "string4"):
        return "b:" + value.encode("latin-1").hex()
    if isinstance(value, str):
        try:
            return "s:" + value.encode("utf-8").hex()
        except UnicodeEncodeError:
            return "b:" + value.encode("utf-8", "surrogatepass").hex()
    return plain(value)


def cut_everywhere(data):
    for size in range(len(data)):
        try:
            for _ in pickletools.genops(data[:size]):
                pass
        except ValueError:
            continue
        sys.exit(f"genops takes {size} bytes of {data.hex()}")


def outcome(data):
    end = None
    try:
        for opcode, _, at in pickletools.genops(data):
            end = at
    except ValueError as error:
        words = str(error)
        cut = any(part in words for part in ("not enough data", "no newline found", "exhausted before seeing", "remain"))
        return "cut 0" if cut else "bad 0"
    return f"whole {end + 1}"


def main():
    kind, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    sys.set_int_max_str_digits(0)
    if kind == "broken-pickle":
        be_lenient()
    for _ in range(count):
        if kind in ("msgpack", "cbor"):
            value = random_value(rng, kind)
            print(globals()[kind](rng, value).hex(), ",".join(fields(value)) or "-")
            continue
        made, protocol = random_object(rng), rng.randrange(6)
        try:
            data = pickle.dumps(made, protocol=protocol)
        except TypeError:  # slots are not for protocols 0 and 1
            data = pickle.dumps(made, protocol=2)
        if kind == "pickle":
            if len(data) < 3000:
                cut_everywhere(data)
            print(data.hex(), ",".join(f"0 {opcode.name.encode().hex()} {argument(opcode, value)}"
                                       for opcode, value, _ in pickletools.genops(data)))
            continue
        broken = bytearray(data)
        for _ in range(rng.randrange(1, 4)):
            broken[rng.randrange(len(broken))] = rng.choice([rng.randrange(256), *b"ISVFLgpciP.\n'\\x0L\x8b\x95"])
        print(broken.hex(), outcome(bytes(broken)))


main()
