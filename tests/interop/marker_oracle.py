"""What slip, cobs, hdlc and sync make of bytes, written down once more from their definitions, slowly and plainly.

A line in, {"framing": "slip", …, "hex": "…"}; a line out, the messages of a stream that ended there, each as
"offset+size status payload", with ", " between them. Sums are CPython's own where it has them.
"""
import binascii
import json
import sys
import zlib


class Broken(Exception):
    pass


class Cut(Exception):
    def __init__(self, payload):
        self.payload = payload


def unslip(body, closed):
    out = bytearray()
    it = iter(body)
    for byte in it:
        if byte == 0xDB:
            second = next(it, None)
            if second is None and not closed:
                raise Cut(out)
            if second not in (0xDC, 0xDD):
                raise Broken
            byte = {0xDC: 0xC0, 0xDD: 0xDB}[second]
        out.append(byte)
    return out


def uncobs(body, closed):
    out = bytearray()
    i = 0
    code = 0xFF
    while i < len(body):
        if code != 0xFF:
            out.append(0)
        code = body[i]
        group = body[i + 1:i + code]
        out += group
        if len(group) < code - 1:
            if closed:
                raise Broken
            raise Cut(out)
        i += code
    return out


def fcs16(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    return (value ^ 0xFFFF).to_bytes(2, "little")


FCS = {"16": (2, fcs16), "32": (4, lambda data: zlib.crc32(data).to_bytes(4, "little")), "none": (0, lambda data: b"")}


def unhdlc(body, closed, fcs):
    out = bytearray()
    escaped = False
    for byte in body:
        if escaped:
            out.append(byte ^ 0x20)
            escaped = False
        elif byte == 0x7D:
            escaped = True
        else:
            out.append(byte)
    size, function = FCS[fcs]
    content, check = out[:max(0, len(out) - size)], out[max(0, len(out) - size):]
    if not closed:
        raise Cut(content)
    if escaped or len(check) < size or function(content) != check:
        raise Broken
    return content


def flagged(data, flag, unstuff):
    end = i = 0
    while i < len(data):
        if data[i] == flag:
            i += 1
            continue
        begin = i - 1 if i > end else i
        while i < len(data) and data[i] != flag:
            i += 1
        closed = i < len(data)
        body = data[begin:i].lstrip(bytes([flag]))
        end = i + 1 if closed else i
        i = end
        try:
            payload, status = unstuff(body, closed), "complete"
            if not closed:
                status = "incomplete"
        except Cut as cut:
            payload, status = cut.payload, "incomplete"
        except Broken:
            payload, status = b"", "error"
        yield begin, end - begin, status, payload


SUMS = {
    "sum8": lambda b: bytes([sum(b) & 0xFF]),
    "xor8": lambda b: bytes([__import__("functools").reduce(lambda x, y: x ^ y, b, 0)]),
    "adler32": lambda b: zlib.adler32(b).to_bytes(4, "big"),
    "crc-32/iso-hdlc": lambda b: zlib.crc32(b).to_bytes(4, "little"),
    "crc-16/xmodem": lambda b: binascii.crc_hqx(b, 0).to_bytes(2, "big"),
    None: lambda b: b"",
}


def synced(data, word, width=0, byteorder="big", offset=0, adjust=0, size=0, strip=None, checksum=None, start=0, at=0):
    word = bytes.fromhex(word)
    head = len(word) + (offset + width if width else 0)
    sum_of = SUMS[checksum]
    sum_size = len(sum_of(b""))
    tail = -at or sum_size
    least = max(head, strip or 0, start if checksum else 0) + tail
    if strip is None:
        strip = head
    i = 0
    while i < len(data):
        here = data[i:]
        if not here.startswith(word[:len(here)]):
            read = 1
        elif len(here) < head and width:
            yield i, len(here), "incomplete", here[strip:]
            return
        else:
            whole = size
            if width:
                whole = head + int.from_bytes(here[head - width:head], byteorder) + adjust
            if whole >= least:
                payload = here[strip:whole - tail]
                if len(here) < whole:
                    yield i, len(here), "incomplete", payload
                    return
                check = here[whole - tail:][:sum_size]
                good = check == sum_of(here[start:whole - tail])
                yield i, whole, "complete" if good else "error", payload if good else b""
                i += whole
                continue
            read = head
        found = data.find(word, i + read)
        end = len(data) if found < 0 else found
        yield i, end - i, "error", b""
        i = end


def decode(request):
    data = bytes.fromhex(request.pop("hex"))
    framing = request.pop("framing")
    if framing == "slip":
        return flagged(data, 0xC0, unslip)
    if framing == "cobs":
        return flagged(data, 0, uncobs)
    if framing == "hdlc":
        return flagged(data, 0x7E, lambda body, closed: unhdlc(body, closed, request["fcs"]))
    return synced(data, **request)


for line in sys.stdin:
    print(", ".join(f"{offset}+{size} {status} {payload.hex()}" for offset, size, status, payload in
                    decode(json.loads(line))))
