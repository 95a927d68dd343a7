"""Random streams through octetscope-cli and through the reference: the objects must be equal, their keys in order, the
exit code as documented.

usage: compare_decode.py CLI FRAMING SEED COUNT   (FRAMING: a name of MAKERS)"""
import json
import os
import random
import struct
import subprocess
import sys
import tempfile

import reference_decode as reference

CODES = "cbB?hHiIlLqQefdsp"


def text_of(data):
    """A TEXT of a SPEC."""
    special = {0x0A: r"\n", 0x0D: r"\r", 0x09: r"\t", 0: r"\0", 0x5C: r"\\", 0x2C: r"\,", 0x7C: r"\|"}
    return "".join(special.get(b) or (chr(b) if 0x20 <= b < 0x7F else f"\\x{b:02x}") for b in data)


def random_payload(rng):
    kind = rng.randrange(4)
    size = rng.choice([0, 1, 2, 3, 7, 20, 100, 300])
    if kind == 0:
        return rng.randbytes(size)
    if kind == 1:
        return "".join(rng.choice("aB3 ,\"\\äß€𝄞\n\x1b\x85\u200b") for _ in range(size // 2)).encode()
    return bytes(rng.choice(b"abc 012") for _ in range(size))


def length_field(kind, value):
    if kind == "varint":
        out = bytearray()
        while True:
            out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
            value >>= 7
            if not value:
                return bytes(out)
    return value.to_bytes(reference.width(kind), "big" if kind.endswith("be") else "little")


def make_until_close(rng):
    return {"name": "until-close"}, "until-close", lambda p: p


def make_fixed(rng):
    size = rng.choice([1, 3, 8, 64])
    return {"name": "fixed", "size": size}, f"fixed:{size}", lambda p: p


def make_delimiter(rng):
    mark = rng.choice([b"\n", b"\r\n", b",", b"--", b"aab", b"\0", b"\\|"])
    keep = rng.random() < 0.3
    spec = "delimiter:" + text_of(mark) + (",keep=yes" if keep else "")
    return {"name": "delimiter", "text": mark, "keep": keep}, spec, lambda p: p + mark


def make_lines(rng):
    end = lambda: rng.choice([b"\n", b"\r\n"])
    return {"name": "delimiter", "text": b"\n", "lines": True}, "lines", lambda p: p.replace(b"\n", b"") + end()


def make_length(rng):
    kind = rng.choice("u8 u16be u16le u24be u24le u32be u32le u64be u64le varint".split())
    options = {"name": "length", "type": kind}
    spec = "length:" + kind
    head = b""
    adjust = 0
    if rng.random() < 0.4:
        options["offset"] = rng.randrange(1, 5)
        spec += f",offset={options['offset']}"
        head = rng.randbytes(options["offset"])
    if rng.random() < 0.4:
        adjust = options["adjust"] = rng.randrange(-3, 4)
        spec += f",adjust={adjust}"
    if rng.random() < 0.4:
        options["strip"] = rng.randrange(0, 9)
        spec += f",strip={options['strip']}"
    if rng.random() < 0.3:
        options["max"] = 200
        spec += ",max=200"
    top = 255 if kind == "u8" else 1 << 15

    def encode(p):
        return head + length_field(kind, min(max(0, len(p) - adjust), top)) + p

    return options, spec, encode


def make_netstring(rng):
    return {"name": "netstring"}, "netstring", lambda p: b"%d:%s," % (len(p), p)


def make_chunked(rng):
    kind = rng.choice("u8 u16be u16le u32be".split())

    def encode(p):
        out = b""
        while p:
            step = rng.randrange(1, 100)
            out += length_field(kind, len(p[:step])) + p[:step]
            p = p[step:]
        return out + length_field(kind, 0)

    return {"name": "chunked", "type": kind}, "chunked:" + kind, encode


MAKERS = {"until-close": make_until_close, "fixed": make_fixed, "delimiter": make_delimiter, "lines": make_lines,
          "length": make_length, "netstring": make_netstring, "chunked": make_chunked}


def random_layout(rng):
    if rng.random() < 0.2:
        return None, None
    prefix = rng.choice(["", "@", "=", "<", ">", "!"])
    items, words = [], []
    for i in range(rng.randrange(0, 6)):
        code = rng.choice(CODES + "x")
        count = rng.choice([1, 1, 1, 2, 3, 10])
        name = f"f{i}" if rng.random() < 0.5 and code != "x" else None
        items.append((code, count, name))
        words.append(("" if count == 1 else str(count)) + code + (":" + name if name else ""))
    rest = None
    if rng.random() < 0.4:
        rest = (rng.choice("sssHBdq"), rng.choice([None, "tail"]))
        words.append("*" + rest[0] + (":" + rest[1] if rest[1] else ""))
    return {"prefix": prefix, "items": items, "rest": rest}, prefix + " ".join(words)


def same(expected, found, path=""):
    """None, or where they differ. Keys must stand in the same order, too."""
    if expected == reference.ERROR:
        return None if isinstance(found, str) and found else f"{path}: no error text but {found!r}"
    if isinstance(expected, dict):
        if not isinstance(found, dict) or list(expected) != list(found):
            return f"{path}: keys {list(expected)} expected, found {found!r}"
        pairs = [(key, expected[key], found[key]) for key in expected]
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(expected) != len(found):
            return f"{path}: {len(expected)} elements expected, found {found!r}"
        pairs = [(i, a, b) for i, (a, b) in enumerate(zip(expected, found))]
    else:
        return None if expected == found and type(expected) is type(found) else f"{path}: {expected!r} expected, found {found!r}"
    for key, a, b in pairs:
        wrong = same(a, b, f"{path}/{key}")
        if wrong:
            return wrong
    return None


def unreadable(objects):
    return any(o["status"] != "complete" or '"error": "' in json.dumps(o["fields"]) for o in objects)


def main():
    cli, framing, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "stream")
        for case in range(count):
            options, spec, encode = MAKERS[framing](rng)
            layout, text = random_layout(rng)
            data = b"".join(encode(random_payload(rng)) for _ in range(rng.randrange(0, 8)))
            if rng.random() < 0.4:
                data = data[:rng.randrange(0, len(data) + 1)]
            if rng.random() < 0.1:
                data += rng.randbytes(20)
            command = ["--framing", spec, "--format", "jsonl"]
            if text is not None:
                command += ["--struct", text]
            chunks = []
            if rng.random() < 0.5:
                chunks = [rng.randrange(1, 40) for _ in range(rng.randrange(1, 4))]
                command += ["--chunks", ",".join(map(str, chunks))]
            payloads = rng.random() < 0.3
            if payloads:
                command += ["--payload", "hex"]
            if rng.random() < 0.2:
                options = dict(options, start=rng.randrange(0, 20))
                command += ["--start", str(options["start"])]
            with open(path, "wb") as file:
                file.write(data)
            for source in (path, "-"):
                run = subprocess.run([cli, "decode", source] + command, input=data if source == "-" else None,
                                     capture_output=True)
                found = [json.loads(line, parse_float=lambda t: ("float", t)) for line in run.stdout.splitlines()]
                expected = reference.decode(options, layout, data, chunks, payloads)
                wrong = same(expected, found)
                code = 1 if unreadable(expected) else 0
                if not wrong and run.returncode != code:
                    wrong = f"exit code {run.returncode}, expected {code}"
                if wrong:
                    print(f"case {case}: decode {source} {command}\n  bytes {data.hex()}\n  {wrong}\n"
                          f"  {run.stderr.decode()}")
                    return 1
    print(f"{count} streams are equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
