"""Filters against CPython: random captures, random expressions, each made together with a Python predicate over what
`decode --format jsonl` prints. What octetscope-cli lets pass must be exactly what the predicate holds for.

usage: filter_oracle.py OCTETSCOPE_CLI SEED CASES
"""
import json
import random
import re
import struct
import subprocess
import sys
import tempfile

CLI, SEED, CASES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(SEED)


# What a message says, read from its JSON.

class Found:
    """A field that a name stands for: its value, its bytes, and whether it has any value."""

    def __init__(self, value, raw, is_group):
        self.value, self.raw, self.is_group = value, raw, is_group


class Capture:
    def __init__(self, spec, layout, stream, chunks, closed, names):
        self.spec, self.layout, self.stream = spec, layout, stream
        self.chunks, self.closed, self.names = chunks, closed, names
        self.messages = []

    def request(self, **more):
        request = {"do": "decode", "framing": self.spec, "struct": self.layout, "hex": self.stream.hex(),
                   "chunks": self.chunks, "closed": self.closed, "payload": "hex"}
        request.update(more)
        return json.dumps(request)


def value_of(field):
    value = field.get("value")
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"])
    if isinstance(value, str) and field["type"] in ("e", "f", "d", "*d", "*f", "*e"):
        return float(value)
    return value


def bytes_of(found):
    if isinstance(found.value, str):
        return found.value.encode()
    if isinstance(found.value, bytes):
        return found.value
    return found.raw


def fields_of(capture, message):
    """(field, bytes that its offset counts in) at the top of a message, and of those inside it."""
    payload = bytes.fromhex(message["payload"])
    for field in message["fields"]:
        yield field, payload
    for inner in message.get("messages", []):
        yield from fields_of(capture, inner)


def lookup(capture, message, path, has_slice):
    """All that a path finds: a step is a name, a number or None for any."""
    def search(field, payload, steps):
        if not steps:
            yield from leaf(field, payload, None)
            return
        children = field.get("fields", [])
        step = steps[0]
        wanted = [c for c in children if step is None or c["name"] == (f"[{step}]" if isinstance(step, int) else step)]
        for child in wanted:
            yield from search(child, payload, steps[1:])
        if not wanted and isinstance(step, int) and len(steps) == 1 and not has_slice and "fields" not in field:
            yield from leaf(field, payload, (step, 1))

    def leaf(field, payload, part):
        if "error" in field:
            return
        data = payload if field.get("of") == "payload" else capture.stream
        found = Found(value_of(field), data[field["offset"]:field["offset"] + field["size"]], "fields" in field)
        if part is None:
            yield found
            return
        piece = sliced(bytes_of(found), part)
        if piece is not None:
            yield Found(piece, piece, False)

    first = path[0]
    for field, payload in fields_of(capture, message):
        name = f"[{first}]" if isinstance(first, int) else first
        if field["name"] == name:
            yield from search(field, payload, path[1:])


def sliced(data, part):
    begin, size = part
    if begin < 0:
        begin += len(data)
    if begin < 0 or begin >= len(data):
        return None
    if size is None:
        size = len(data) - begin
    return data[begin:begin + size] if begin + size <= len(data) else None


# Comparison.

class Text(bytes):
    """Text in quotes: as text it has no number."""


def is_number(value):
    return isinstance(value, (int, float))


def plain(value):
    return Text(value.encode()) if isinstance(value, str) else value


def comparable(a, b):
    if is_number(a) and is_number(b):
        return a, b
    if isinstance(a, bytes) and isinstance(b, bytes):
        return bytes(a), bytes(b)
    if isinstance(a, bytes) and not isinstance(a, Text) and is_number(b):
        return int.from_bytes(a, "big"), b
    if isinstance(b, bytes) and not isinstance(b, Text) and is_number(a):
        return a, int.from_bytes(b, "big")
    return None


def equal(a, b):
    if a is None or b is None:
        return a is None and b is None
    pair = comparable(a, b)
    return pair is not None and pair[0] == pair[1]


RELATIONS = {
    "==": equal,
    "<": lambda a, b: (p := comparable(a, b)) is not None and p[0] < p[1],
    "<=": lambda a, b: (p := comparable(a, b)) is not None and p[0] <= p[1],
    ">": lambda a, b: (p := comparable(a, b)) is not None and p[0] > p[1],
    ">=": lambda a, b: (p := comparable(a, b)) is not None and p[0] >= p[1],
}
WORDS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compare(values, sign, others):
    """values, others: lists of what both sides are."""
    if sign == "!=":
        return bool(values) and bool(others) and not any(equal(a, b) for a in values for b in others)
    return any(RELATIONS[sign](a, b) for a in values for b in others)


# Values as they are written.

def integer_text(value):
    if value >= 0 and value < 1 << 64:
        return rng.choice([str, hex, lambda v: bin(v), lambda v: oct(v), str])(value)
    return str(value)


def text_text(data, quote='"'):
    out = ""
    for byte in data:
        char = chr(byte)
        if char in '"\\\'':
            out += "\\" + char
        elif 32 <= byte < 127 and rng.random() < 0.95:
            out += char
        else:
            out += {10: "\\n", 13: "\\r", 9: "\\t", 0: "\\0"}.get(byte, f"\\x{byte:02x}")
    return quote + out + quote


def literal(kind, known):
    """(text, value) of a kind: number, bytes, any. `known`: values that are in the capture."""
    fitting = [plain(v) for v in known if v is not None and (kind != "number" or is_number(v))
               and (kind != "bytes" or not is_number(v))]
    value = rng.choice(fitting) if fitting and rng.random() < 0.7 else None
    if value is None:
        if kind == "any":
            kind = rng.choice(["number", "bytes", "null", "bool"])
        if kind == "null":
            return "null", None
        if kind == "bool":
            return rng.choice([("true", True), ("false", False)])
        if kind == "number":
            value = rng.choice([rng.randrange(-5, 300), rng.randrange(-2**63, 2**64), rng.randrange(0, 40) / 4,
                                rng.choice([0, 1, 2**63, 2**64, -2**63, 2**53 + 1, 2**70, 1e23, 0.1, -0.5])])
        else:
            value = bytes(rng.choice(b"abxyz019 \n\xc3\xbc\xff\0") for _ in range(rng.randrange(1, 5)))
    if value is True or value is False:
        return str(value).lower(), value
    if isinstance(value, int):
        value += rng.choice([0, 0, 0, 1, -1])
        return integer_text(value), value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return "2.5", 2.5
        return repr(value), value
    value = value[:20]
    if len(value) > 1 and rng.random() < 0.4:
        return ":".join(f"{byte:02x}" for byte in value), bytes(value)
    return text_text(value, rng.choice("\"'")), Text(value)


# Operands: (text, function from a message to the values, kind, whether it has bytes).

def attribute(key):
    def read(message):
        value = message[key]
        if key == "payload_offset" and value is None or key == "needs" and value is None:
            return []
        return [value]
    return read


NUMBERS = {"number": "index", "no": "index", "offset": "offset", "size": "size", "chunks": "chunks",
           "payload_size": "payload_size", "payload_offset": "payload_offset", "needs": "needs",
           "connection": "connection"}


def slice_of():
    begin = rng.choice([0, 0, 1, 2, 3, -1, -2, -4, 7])
    size = rng.choice([1, 1, 2, 3, 4, None])
    if size is None:
        return f"[{begin}:]", (begin, None)
    if begin >= 0 and size > 1 and rng.random() < 0.3:
        return f"[{begin}-{begin + size - 1}]", (begin, size)
    if begin == 0 and rng.random() < 0.5:
        return f"[:{size}]", (begin, size)
    if size == 1 and rng.random() < 0.5:
        return f"[{begin}]", (begin, 1)
    return f"[{begin}:{size}]", (begin, size)


def number_operand(capture):
    name, key = rng.choice(list(NUMBERS.items()))
    return name, attribute(key), "number"


def bytes_operand(capture):
    name = rng.choice(["payload", "payload", "message"]) if "|+" not in capture.spec else "payload"
    part_text, part = slice_of() if rng.random() < 0.6 else ("", None)

    def read(message):
        if name == "payload":
            if message["status"] == "error":
                return []
            data = bytes.fromhex(message["payload"])
        else:
            data = capture.stream[message["offset"]:message["offset"] + message["size"]]
        if part is not None:
            data = sliced(data, part)
        return [] if data is None else [data]
    return name + part_text, read, "bytes"


def path_text(path, forced):
    out = ""
    for i, step in enumerate(path):
        if step is None:
            out += "[*]"
        elif isinstance(step, int):
            out += ("." if i == 0 else "") + f"[{step}]"
        elif re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+", step):
            dot = i > 0 or forced or step in RESERVED or step[0].isdigit()
            out += ("." if dot else "") + step
        else:
            out += "." + text_text(step.encode())
    return out


RESERVED = set(NUMBERS) | {"fields", "time", "since_start", "epoch", "delta", "delta_other", "from", "to", "error", "payload", "message",
                           "status", "direction", "in", "not", "and", "or", "eq", "ne", "lt", "le", "gt", "ge",
                           "contains", "matches", "true", "false", "null"}


def field_operand(capture, forced=False):
    """A field of the capture's names: [(path, kind)]; kind: number, bytes, any (the format says what it is), group."""
    path, kind = rng.choice(capture.names)
    text, part = path_text(path, forced), None
    # A byte of a value looks like an element of an array, so it is left to the path.
    is_byte = kind == "bytes" and isinstance(path[-1], int)
    if not is_byte and rng.random() < (0.9 if kind == "group" else 0.15):
        while part is None or re.fullmatch(r"\[\d+\]", part_text):
            part_text, part = slice_of()
        text += part_text
        kind = "bytes"

    def read(message):
        values = []
        for found in lookup(capture, message, path, part is not None):
            if part is not None:
                piece = sliced(bytes_of(found), part)
                if piece is not None:
                    values.append(piece)
            elif not found.is_group:
                values.append(plain(found.value))
        return values

    def exists(message):
        found = lookup(capture, message, path, part is not None)
        if part is None:
            return any(True for _ in found)
        return any(sliced(bytes_of(f), part) is not None for f in found)
    read.exists = exists
    return text, read, kind


def any_field_operand(capture):
    """The value of any field, at whatever depth."""
    def walk(field):
        if "error" not in field:
            yield field
        for child in field.get("fields", []):
            yield from walk(child)

    def read(message):
        if message["status"] == "error":
            return []
        return [plain(value_of(f)) for top, _ in fields_of(capture, message) for f in walk(top) if "fields" not in f]
    read.exists = lambda m: m["status"] != "error" and any(True for top, _ in fields_of(capture, m) for _ in walk(top))
    return "fields", read, "any"


def operand(capture):
    choices = [number_operand, bytes_operand, any_field_operand]
    if capture.names:
        choices += [field_operand] * 5
    return rng.choice(choices)(capture)


def space():
    return rng.choice([" ", " ", "", "  "])


def condition(capture):
    dice = rng.random()
    if dice < 0.06:
        words = ["complete", "incomplete", "error"]
        word = rng.choice(words)
        sign = rng.choice(["==", "!="])
        return f"status {sign} {word}", lambda m: (m["status"] == word) == (sign == "==")
    if dice < 0.09:
        word = rng.choice(["in", "out"])
        return f"direction == {word}", lambda m: m["direction"] == word
    text, read, kind = operand(capture)
    exists = getattr(read, "exists", lambda m: bool(read(m)))
    if dice < 0.15 or kind == "group":
        return text, exists
    known = [v for m in capture.messages for v in read(m)]
    if dice < 0.22 and kind in ("number", "any") and getattr(read, "exists", None) and text != "fields" and "[" not in text.split(".")[-1]:
        mask = rng.choice([1, 2, 3, 0xf0, 2**63, 2**64 - 1])

        def bits(m):
            return [v & mask for v in read(m) if isinstance(v, int) and -2**63 <= v < 2**64]
        if kind == "number" and any(isinstance(v, float) for v in known):
            return text, exists
        if rng.random() < 0.5:
            return f"{text} & {mask}", lambda m: any(v != 0 for v in bits(m))
        sign = rng.choice(list(WORDS))
        wanted, value = literal("number", [v & mask for v in known if isinstance(v, int)])
        return f"{text}&{mask} {sign} {wanted}", lambda m: compare(bits(m), sign, [value])
    if dice < 0.36 and kind != "number":
        if rng.random() < 0.5:
            wanted, value = literal("bytes", [v[i:i + 2] for v in known if isinstance(v, bytes) and v
                                              for i in [rng.randrange(len(v))]])
            if not value:
                return text, exists
            return f"{text} contains {wanted}", lambda m: any(isinstance(v, bytes) and value in v for v in read(m))
        pattern = rng.choice(["^a", "[x-z]+", "b$", "a|y", r"\d\d", "^.{2,3}$", "(?i)AB", "ü", "[^a-z]", "a.b", r"\n",
                              "x{2}", "^$", "[0-9]z"])
        found = re.compile(pattern)

        def matches(m):
            for v in read(m):
                if not isinstance(v, bytes):
                    continue
                try:
                    as_text = bytes(v).decode()
                except UnicodeDecodeError:
                    as_text = v.decode("latin-1")
                if found.search(as_text):
                    return True
            return False
        return f'{text} matches "{pattern}"', matches
    if dice < 0.5:
        items, texts = [], []
        for _ in range(rng.randrange(1, 5)):
            low_text, low = literal(kind, known)
            if low is not None and rng.random() < 0.4:
                high_text, high = literal("number" if is_number(low) else "bytes", known)
                if RELATIONS["<="](low, high):
                    items.append((low, high))
                    texts.append(f"{low_text}{space()}..{space()}{high_text}")
                    continue
            items.append((low, None))
            texts.append(low_text)
        is_not = rng.random() < 0.4

        def is_in(v):
            return any(equal(v, low) if high is None else RELATIONS[">="](v, low) and RELATIONS["<="](v, high)
                       for low, high in items)

        def within(m):
            values = read(m)
            return bool(values) and any(is_in(v) for v in values) != is_not
        return f"{text} {'not ' if is_not else ''}in {{{', '.join(texts)}}}", within
    sign = rng.choice(list(WORDS))
    word = WORDS[sign] if rng.random() < 0.2 else sign
    if dice < 0.56:
        other_text, other, other_kind = field_operand(capture, True) if capture.names else number_operand(capture)
        if other_kind != "group":
            return f"{text} {word} {other_text}", lambda m: compare(read(m), sign, other(m))
    wanted, value = literal(kind, known)
    if value is None and sign not in ("==", "!="):
        sign = word = "=="
    if rng.random() < 0.1 and value is not None:
        return f"{wanted} {TURNED[sign]} {text}", lambda m: compare(read(m), sign, [value])
    return f"{text}{' ' if word.isalpha() else space()}{word} {wanted}", lambda m: compare(read(m), sign, [value])


def expression(capture, depth):
    dice = rng.random()
    if depth == 0 or dice < 0.4:
        return condition(capture)
    if dice < 0.55:
        inner, holds = expression(capture, depth - 1)
        return rng.choice([f"!({inner})", f"not ({inner})"]), lambda m: not holds(m)
    parts = [expression(capture, depth - 1) for _ in range(rng.randrange(2, 4))]
    is_and = dice < 0.78
    sign = rng.choice([" && ", " and "] if is_and else [" || ", " or "])
    text = sign.join(f"({t})" for t, _ in parts)
    join = all if is_and else any
    return text, lambda m: join(holds(m) for _, holds in parts)


# Captures.

def some_bytes(least, most):
    count = rng.randrange(least, most + 1)
    return bytes(rng.choice(b"abxyz019 \n\xc3\xbc\xff\0") for _ in range(count))


def some_text():
    return "".join(rng.choice("abxyz019 ü€") for _ in range(rng.randrange(0, 6)))


def some_number():
    return rng.choice([rng.randrange(-3, 10), rng.randrange(0, 1000), rng.randrange(-2**63, 2**64), rng.randrange(40) / 4,
                       2**70, 0.1])


def some_json(depth):
    dice = rng.random()
    if depth == 0 or dice < 0.5:
        return rng.choice([some_number(), some_text(), None, True, False, some_number(), some_text()])
    if dice < 0.75:
        return [some_json(depth - 1) for _ in range(rng.randrange(0, 4))]
    return {rng.choice("abc") if rng.random() < 0.8 else rng.choice(["size", "odd name", "in"]): some_json(depth - 1)
            for _ in range(rng.randrange(0, 4))}


JSON_NAMES = [(path, "any") for path in
              [["a"], ["b"], ["c"], ["a", "b"], ["a", "a"], ["b", 0], ["b", None], ["a", None, "b"], ["c", 1, 0], ["a", 0],
               ["size"], ["odd name"], ["in"], [0], [1, "a"], ["0"], ["c", "c", "c"], ["nothing"]]]


def packed(value):
    """MessagePack."""
    if value is None:
        return b"\xc0"
    if isinstance(value, bool):
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        if value >= 2**64:
            value = 2**64 - 1
        return b"\xcf" + value.to_bytes(8, "big") if value >= 0 else b"\xd3" + struct.pack("!q", value)
    if isinstance(value, float):
        return b"\xcb" + struct.pack("!d", value)
    if isinstance(value, str):
        if rng.random() < 0.3:
            data = some_bytes(0, 5)
            return b"\xc4" + bytes([len(data)]) + data
        data = value.encode()
        return b"\xd9" + bytes([len(data)]) + data
    if isinstance(value, list):
        return bytes([0x90 + len(value)]) + b"".join(packed(v) for v in value)
    return bytes([0x80 + len(value)]) + b"".join(b"\xd9" + bytes([len(k)]) + k.encode() + packed(v) for k, v in value.items())


def slip(data):
    return b"\xc0" + data.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0"


LAYOUT = "!H:seq B:kind q:v 4s:name 3h:arr d:x ? *s:text"
LAYOUT_NAMES = [(["seq"], "number"), (["kind"], "number"), (["v"], "number"), (["name"], "bytes"), (["arr", 0], "number"),
                (["arr", 2], "number"), (["arr", None], "number"), (["arr"], "group"), (["x"], "number"),
                (["6"], "number"), (["text"], "bytes"), (["name", 1], "bytes"), (["seq", 0], "bytes"),
                (["text", 3], "bytes")]
RESTS = "<I:a 2Q:big c:c f:f 5p:p *h:rest"
RESTS_NAMES = [(["a"], "number"), (["big", 0], "number"), (["big", None], "number"), (["c"], "bytes"), (["f"], "number"),
               (["p"], "bytes"), (["rest", None], "number"), (["rest", 1], "number"), (["rest"], "group"),
               (["(rest)"], "bytes")]
UNNAMED = ">2H 3s *I"
UNNAMED_NAMES = [(["0"], "number"), (["1"], "number"), (["2"], "bytes"), (["3"], "number"), (["5"], "number"),
                 (["(rest)"], "bytes")]


def layout_payload():
    data = struct.pack("!HBq4s3hd?", rng.randrange(8), rng.randrange(4), rng.choice([rng.randrange(-9, 9), 2**63 - 1, -2**63]),
                       some_bytes(0, 4), *[rng.randrange(-3, 4) for _ in range(3)],
                       rng.choice([0.1, 2.5, -1.0, float("nan"), float("inf"), 1e300]), rng.random() < 0.5) + some_bytes(0, 6)
    return data[:rng.randrange(len(data))] if rng.random() < 0.2 else data


def rests_payload():
    data = struct.pack("<I2Qcf5p", rng.randrange(5), rng.randrange(4), rng.choice([2**64 - 1, 2**53 + 1]), some_bytes(1, 1),
                       rng.choice([0.1, 0.5, 3.0]), some_bytes(0, 4)) + b"".join(
        struct.pack("<h", rng.randrange(-3, 3)) for _ in range(rng.randrange(4))) + some_bytes(0, 1)
    return data[:rng.randrange(len(data))] if rng.random() < 0.2 else data


def unnamed_payload():
    data = struct.pack(">2H3s", rng.randrange(3), rng.randrange(300), some_bytes(0, 3)) + b"".join(
        struct.pack(">I", rng.randrange(3)) for _ in range(rng.randrange(5))) + some_bytes(0, 3)
    return data[:rng.randrange(len(data))] if rng.random() < 0.2 else data


def counted(data):
    return struct.pack("!H", len(data)) + data


def capture():
    count = rng.choice([1, 3, 8, 20, 70])
    kind = rng.randrange(11)
    layout, names = None, []
    if kind <= 2:
        layout, names, make = [(LAYOUT, LAYOUT_NAMES, layout_payload), (RESTS, RESTS_NAMES, rests_payload),
                               (UNNAMED, UNNAMED_NAMES, unnamed_payload)][kind]
        spec, stream = "length:u16be", b"".join(counted(make()) for _ in range(count))
    elif kind == 3:
        spec, layout, names = "slip", LAYOUT, LAYOUT_NAMES
        stream = b"".join(slip(layout_payload()) for _ in range(count))
    elif kind == 4:
        spec, names = "json", JSON_NAMES
        stream = b" ".join(json.dumps(some_json(3), ensure_ascii=rng.random() < 0.5).encode() for _ in range(count))
    elif kind == 5:
        spec, names = "msgpack", JSON_NAMES
        stream = b"".join(packed(some_json(3)) for _ in range(count))
    elif kind == 6:
        spec, names = "length:u16be | json", JSON_NAMES
        stream = b"".join(counted(b" ".join(json.dumps(some_json(2)).encode() for _ in range(rng.randrange(4))))
                          for _ in range(count))
    elif kind == 7:
        spec, layout, names = "length:u16be | length:u16be", LAYOUT, LAYOUT_NAMES
        stream = b"".join(counted(b"".join(counted(layout_payload()) for _ in range(rng.randrange(4)))) for _ in range(count))
    elif kind == 8:
        spec, stream = "lines", b"".join(some_bytes(0, 9) + b"\n" for _ in range(count))
    elif kind == 9:
        spec = "length:u16be |+ lines"
        stream = b"".join(counted(some_bytes(0, 9)) for _ in range(count)) + counted(b"\n")
    else:
        spec, stream = "netstring", b"".join(b"%d:%s," % (len(p), p) for p in (some_bytes(0, 9) for _ in range(count)))
    if rng.random() < 0.3:
        stream = stream[:rng.randrange(len(stream) + 1)]
    if rng.random() < 0.2:
        stream += some_bytes(1, 5)
    chunks = [rng.randrange(1, 20) for _ in range(rng.randrange(1, 5))]
    return Capture(spec, layout, stream, chunks, rng.random() < 0.7, names)


def ask(requests):
    done = subprocess.run([CLI, "batch"], input="\n".join(requests) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def decoded(capture, text):
    """The numbers of the messages that the command `decode` prints, and its exit code."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(capture.stream)
        file.flush()
        words = [CLI, "decode", file.name, "--input", "raw", "--framing", capture.spec, "--format", "jsonl", "--chunks",
                 ",".join(map(str, capture.chunks)), "--filter", text]
        if capture.layout:
            words += ["--struct", capture.layout]
        done = subprocess.run(words, capture_output=True, text=True)
        return [json.loads(line)["index"] for line in done.stdout.splitlines()], done.returncode


def main():
    captures = [capture() for _ in range(max(1, CASES // 20))]
    for one, answer in zip(captures, ask([c.request() for c in captures])):
        one.messages = answer["result"]
    cases = []
    for one in captures:
        for _ in range(20):
            cases.append((one, *expression(one, 2)))
    failures = mixed = 0
    for (one, text, holds), answer in zip(cases, ask([c.request(filter=text) for c, text, _ in cases])):
        wanted = [m["index"] for m in one.messages if holds(m)]
        got = [m["index"] for m in answer["result"]] if "result" in answer else answer.get("error")
        mixed += 0 < len(wanted) < len(one.messages)
        if got != wanted:
            failures += 1
            if failures <= 10:
                print(f"{one.spec} {one.layout} {one.stream.hex()}\n  {text}\n  wanted {wanted}\n  got    {got}")
    commands = 0
    for one, text, holds in cases[::max(1, len(cases) // 60)]:
        if not one.closed:
            continue
        commands += 1
        wanted = [m["index"] for m in one.messages if holds(m)]
        got, code = decoded(one, text)
        if got != wanted or code == 2:
            failures += 1
            print(f"decode {one.spec} {text}\n  wanted {wanted}\n  got    {got}, exit code {code}")
    print(f"{len(cases)} cases, {mixed} of them with messages that pass and others that do not, {commands} by decode, "
          f"{failures} failures")
    return 1 if failures or mixed < len(cases) // 5 else 0


sys.exit(main())
