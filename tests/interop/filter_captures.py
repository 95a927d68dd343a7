"""Random captures, and the names that their messages may have, for filter_oracle.py."""
import json
import random
import struct

rng = random.Random()


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
