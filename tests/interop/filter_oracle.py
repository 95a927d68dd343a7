"""Filters against CPython: random captures, random expressions, each made together with a Python predicate over what
`decode --format jsonl` prints. What octetscope-cli lets pass must be exactly what the predicate holds for.

usage: filter_oracle.py OCTETSCOPE_CLI SEED CASES
"""
import json
import re
import subprocess
import sys
import tempfile

from filter_captures import capture, rng, some_bytes
from filter_messages import RELATIONS, TURNED, Text, WORDS, bytes_of, compare, equal, fields_of, is_number, lookup, plain, sliced, value_of

CLI, SEED, CASES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng.seed(SEED)


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
