"""Protocols for measuring `octetscope-cli suggest`: each makes the messages of a conversation from a random generator.

A protocol is a function (random, count) -> list of messages as bytes, with the SPEC that a person who knows it would
write. Messages stand one behind the other unless the protocol says what is between them."""
import json
import struct

PROTOCOLS = {}

WORDS = ("alpha beta gamma delta sensor valve pump motor reading status error warning level pressure temperature "
         "voltage current user login logout session started stopped retry connection closed open file not found").split()


class Protocol:
    """How a protocol's messages are made, and what is known of it."""

    def __init__(self, make, spec, least, answers, gaps):
        self.make = make
        self.spec = spec
        self.least = least  # messages of a short capture
        self.answers = answers or make  # what goes the other way
        self.gaps = gaps  # messages are pairs: what stands before them, and they themselves


def protocol(spec, least=3, answers=None, gaps=False):
    """Registers a protocol under its function's name."""
    def add(function):
        PROTOCOLS[function.__name__.replace("_", " ")] = Protocol(function, spec, least, answers, gaps)
        return function
    return add


def text(r, low=1, high=8):
    return " ".join(r.choice(WORDS) for _ in range(r.randint(low, high))).encode()


def noise(r, low=5, high=60):
    return r.randbytes(r.randint(low, high))


def reading(r, i):
    """A binary record as devices send it: a counter, a kind, some measured values, sometimes a text."""
    body = struct.pack("!IBBHf", i, r.randint(1, 4), 0, r.randint(0, 1000), r.uniform(-40, 120))
    return body + (text(r, 1, 3) if r.random() < 0.5 else b"")


def reading_le(r, i):
    body = struct.pack("<IHhfd", i, r.randint(1, 4), r.randint(-400, 1200), r.uniform(0, 9), r.gauss(20, 5))
    return body + r.randbytes(r.choice((0, 0, 4, 8, 12)))


def varint(value):
    out = b""
    while value > 0x7f:
        out += bytes((value & 0x7f | 0x80,))
        value >>= 7
    return out + bytes((value,))


def json_body(r, i):
    return json.dumps(value(r, i)).encode()


def value(r, i):
    return {"id": i, "kind": r.choice(("move", "say", "leave")), "text": text(r, 1, 6).decode(), "at": [r.randint(0, 99), r.random()],
            "ok": r.random() < 0.5}


# Text and delimiters -------------------------------------------------------------------------------------------------

@protocol("lines")
def log_lines(r, n):
    return [b"2026-03-%02d 12:%02d:%02d %s %s\n" % (r.randint(1, 28), r.randint(0, 59), r.randint(0, 59), r.choice((b"INFO", b"WARN", b"DEBUG")), text(r, 2, 9))
            for _ in range(n)]


@protocol("lines")
def chat_lines(r, n):
    return [text(r, 1, 9) + b"\n" for _ in range(n)]


@protocol("lines")
def utf8_lines(r, n):
    return ["{} grüßt {} aus Köln: {}\n".format(r.choice(("Änne", "Jürgen", "Zoë")), r.choice(WORDS), text(r).decode()).encode() for _ in range(n)]


@protocol("lines")
def csv_lines(r, n):
    return [b"%d,%s,%.3f,%d\n" % (i, r.choice(WORDS).encode(), r.uniform(0, 100), r.randint(0, 1)) for i in range(n)]


@protocol('lines,quote="', least=5)
def csv_quoted_line_ends(r, n):
    out = []
    for i in range(n):
        note = text(r) + (b"\n" + text(r) if i % 2 else b"")
        out.append(b'%d,"%s",%.2f\n' % (i, note, r.random()))
    return out


@protocol("delimiter:\\r\\n")
def smtp_like(r, n):
    return [r.choice((b"EHLO host.example", b"MAIL FROM:<a@b.example>", b"RCPT TO:<%s@c.example>" % r.choice(WORDS).encode(), b"250 " + text(r))) + b"\r\n"
            for _ in range(n)]


@protocol("delimiter:\\r\\n")
def nmea_like(r, n):
    return [b"$GPGGA,%06d.00,%.4f,N,%.4f,E,1,%02d*%02X\r\n" % (120000 + i, 5000 + r.random() * 99, 600 + r.random() * 99, r.randint(3, 12), r.getrandbits(8))
            for i in range(n)]


@protocol("delimiter:\\0")
def nul_strings(r, n):
    return [text(r) + b"\0" for _ in range(n)]


@protocol("delimiter:\\0")
def nul_json(r, n):
    return [json_body(r, i) + b"\0" for i in range(n)]


@protocol("delimiter:\\x03")
def stx_etx(r, n):
    return [b"\x02" + text(r) + b"\x03" for _ in range(n)]


@protocol("delimiter:\\x1e")
def record_separator(r, n):
    return [json_body(r, i) + b"\x1e" for i in range(n)]


@protocol("delimiter:;", least=5)
def semicolon_commands(r, n):
    return [b"%s=%d;" % (r.choice((b"SET X", b"SET Y", b"GOTO", b"SPEED")), r.randint(0, 9999)) for _ in range(n)]


@protocol("delimiter:#", least=5)
def hash_commands(r, n):
    return [b"%c%03d %s#" % (r.choice(b"ABC"), r.randint(0, 999), r.choice(WORDS).encode()) for _ in range(n)]


@protocol("delimiter:<EOM>", least=5)
def eom_marks(r, n):
    return [text(r, 3, 12) + b"<EOM>" for _ in range(n)]


@protocol("delimiter:||", least=5)
def double_bars(r, n):
    return [b"%s|%d|%s||" % (r.choice(WORDS).encode(), r.randint(0, 99), r.choice(WORDS).encode()) for _ in range(n)]


@protocol("delimiter:\\n\\n")
def event_stream(r, n):
    return [b"id: %d\nevent: %s\ndata: %s\n\n" % (i, r.choice((b"add", b"drop")), json_body(r, i)) for i in range(n)]


# Fixed, nets, blocks -------------------------------------------------------------------------------------------------

@protocol("fixed:16", least=6)
def fixed_readings(r, n):
    return [struct.pack("!IHHff", i, r.randint(1, 5), 0, r.uniform(0, 100), r.uniform(-5, 5)) for i in range(n)]


@protocol("fixed:24", least=6)
def fixed_ticks(r, n):
    return [struct.pack("<QIiB7x", 1700000000000 + i * r.randint(1, 40), r.choice((11, 12, 19)), r.randint(-5000, 5000), r.randint(0, 1)) for i in range(n)]


@protocol("fixed:10", least=6)
def fixed_magic_random(r, n):
    return [b"\xa5\x5a" + r.randbytes(7) + b"\x0d" for i in range(n)]


@protocol("fixed:80", least=6)
def fixed_cards(r, n):
    return [(b"%-8s%6d  " % (r.choice(WORDS).upper()[:8].encode(), i) + text(r)).ljust(80)[:80] for i in range(n)]


@protocol("netstring")
def netstrings(r, n):
    return [b"%d:%s," % (len(p), p) for p in (text(r) for _ in range(n))]


@protocol("netstring")
def netstrings_random(r, n):
    return [b"%d:%s," % (len(p), p) for p in (noise(r, 1, 80) for _ in range(n))]


def blocks(r, code, low=1, high=5):
    out = b""
    for _ in range(r.randint(low, high)):
        p = noise(r, 3, 60)
        out += code(len(p)) + p
    return out + code(0)


@protocol("chunked:u16be")
def blocks_u16be(r, n):
    return [blocks(r, lambda v: struct.pack("!H", v)) for _ in range(n)]


@protocol("chunked:u32le")
def blocks_u32le(r, n):
    return [blocks(r, lambda v: struct.pack("<I", v)) for _ in range(n)]


@protocol("chunked:varint")
def blocks_varint(r, n):
    return [blocks(r, varint, 2, 5) for _ in range(n)]


# Values --------------------------------------------------------------------------------------------------------------

@protocol("json")
def json_lines(r, n):
    return [json_body(r, i) + b"\n" for i in range(n)]


@protocol("json")
def json_glued(r, n):
    return [json_body(r, i) for i in range(n)]


@protocol("json")
def json_pretty(r, n):
    return [json.dumps(value(r, i), indent=2).encode() + b"\n" for i in range(n)]
