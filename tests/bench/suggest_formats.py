"""More protocols for measuring `octetscope-cli suggest`: formats that describe themselves, stuffed ones, sync words, and
conversations in which the two directions differ. Written from the formats' own specifications, by plain Python."""
import binascii
import gzip
import pickle
import struct
import zlib

from suggest_protocols import json_body, noise, protocol, reading, text, value, varint


# Formats -------------------------------------------------------------------------------------------------------------

def msgpack(v):
    if v is None or v is True or v is False:
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[v]
    if isinstance(v, float):
        return b"\xcb" + struct.pack("!d", v)
    if isinstance(v, int):
        if 0 <= v < 128:
            return bytes((v,))
        return b"\xcc" + struct.pack("!B", v) if 0 <= v < 256 else b"\xcd" + struct.pack("!H", v) if 0 <= v < 65536 else b"\xd2" + struct.pack("!i", v)
    if isinstance(v, str):
        raw = v.encode()
        return (bytes((0xa0 | len(raw),)) if len(raw) < 32 else b"\xd9" + bytes((len(raw),))) + raw
    if isinstance(v, bytes):
        return b"\xc4" + bytes((len(v),)) + v
    if isinstance(v, (list, tuple)):
        return (bytes((0x90 | len(v),)) if len(v) < 16 else b"\xdc" + struct.pack("!H", len(v))) + b"".join(map(msgpack, v))
    return bytes((0x80 | len(v),)) + b"".join(msgpack(k) + msgpack(x) for k, x in v.items())


def cbor(v):
    def head(major, n):
        if n < 24:
            return bytes((major << 5 | n,))
        return bytes((major << 5 | 24, n)) if n < 256 else bytes((major << 5 | 25,)) + struct.pack("!H", n)
    if v is None or v is True or v is False:
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[v]
    if isinstance(v, float):
        return b"\xfb" + struct.pack("!d", v)
    if isinstance(v, int):
        return head(0, v) if v >= 0 else head(1, -1 - v)
    if isinstance(v, str):
        return head(3, len(v.encode())) + v.encode()
    if isinstance(v, bytes):
        return head(2, len(v)) + v
    if isinstance(v, (list, tuple)):
        return head(4, len(v)) + b"".join(map(cbor, v))
    return head(5, len(v)) + b"".join(cbor(k) + cbor(x) for k, x in v.items())


def call(r, i):
    """A call in the manner of MessagePack-RPC: an array."""
    return [0, i, r.choice(("open", "close", "read")), [r.randint(0, 900), text(r, 1, 3).decode()]]


@protocol("msgpack")
def msgpack_maps(r, n):
    return [msgpack(value(r, i)) for i in range(n)]


@protocol("msgpack")
def msgpack_rpc(r, n):
    return [msgpack(call(r, i)) for i in range(n)]


@protocol("msgpack")
def msgpack_readings(r, n):
    return [msgpack({"t": 1700000 + i, "v": r.gauss(20, 5), "raw": r.randbytes(r.randint(0, 30))}) for i in range(n)]


@protocol("cbor")
def cbor_maps(r, n):
    return [cbor(value(r, i)) for i in range(n)]


@protocol("cbor")
def cbor_arrays(r, n):
    return [cbor(call(r, i)) for i in range(n)]


@protocol("pickle")
def pickles_2(r, n):
    return [pickle.dumps(value(r, i), 2) for i in range(n)]


@protocol("pickle")
def pickles_4(r, n):
    return [pickle.dumps(value(r, i), 4) for i in range(n)]


@protocol("pickle")
def pickles_5_lists(r, n):
    return [pickle.dumps([i, text(r).decode(), r.random(), None], 5) for i in range(n)]


@protocol("pickle")
def pickles_0(r, n):
    return [pickle.dumps(value(r, i), 0) for i in range(n)]


@protocol("json")
def json_arrays(r, n):
    return [b'["%s",%d,{"v":%.3f}]' % (r.choice((b"add", b"drop")), i, r.random()) for i in range(n)]


@protocol("xml")
def xml_stanzas(r, n):
    return [b'<message to="%s" id="m%d"><body>%s</body></message>' % (r.choice((b"anna", b"ben", b"cleo")), i, text(r)) for i in range(n)]


@protocol("xml")
def xml_documents(r, n):
    return [b'<?xml version="1.0"?>\n<order number="%d">\n  <item>%s</item>\n  <count>%d</count>\n</order>\n' % (i, text(r, 1, 3), r.randint(1, 9))
            for i in range(n)]


@protocol("xml")
def xml_mixed_elements(r, n):
    return [r.choice((b"<ping/>", b"<state v='%d'/>" % r.randint(0, 99), b"<say>%s</say>" % text(r))) for _ in range(n)]


@protocol("zlib")
def zlib_streams(r, n):
    return [zlib.compress(json_body(r, i)) for i in range(n)]


@protocol("gzip")
def gzip_members(r, n):
    return [gzip.compress(text(r, 5, 30), mtime=1700000000 + i) for i in range(n)]


# Text with heads -----------------------------------------------------------------------------------------------------

@protocol("headers")
def lsp(r, n):
    return [b"Content-Length: %d\r\n\r\n" % len(p) + p for p in (b'{"jsonrpc":"2.0","id":%d,"method":"%s"}' % (
        i, text(r, 1, 4)) for i in range(n))]


@protocol("headers")
def headers_with_type(r, n):
    return [b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % len(p) + p for p in (noise(r, 10, 300) for _ in range(n))]


@protocol("http-chunked")
def http_chunked_bodies(r, n):
    out = []
    for _ in range(n):
        pieces = [text(r, 1, 30) for _ in range(r.randint(1, 4))]
        out.append(b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n")
    return out


def http_request(r, i):
    path = r.choice((b"/", b"/items/%d" % i, b"/login", b"/img/logo.png"))
    if r.random() < 0.3:
        body = json_body(r, i)
        return b"POST %s HTTP/1.1\r\nHost: example.org\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (path, len(body)) + body
    return b"GET %s HTTP/1.1\r\nHost: example.org\r\nUser-Agent: test/1.0\r\nAccept: */*\r\n\r\n" % path


def http_response(r, i):
    body = r.choice((json_body(r, i), noise(r, 20, 900), b""))
    if r.random() < 0.3 and body:
        return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    return b"HTTP/1.1 %s\r\nServer: test\r\nContent-Length: %d\r\n\r\n" % (r.choice((b"200 OK", b"404 Not Found")), len(body)) + body


@protocol("http")
def http_requests(r, n):
    return [http_request(r, i) for i in range(n)]


@protocol("http", answers=lambda r, n: [http_request(r, i) for i in range(n)])
def http_responses(r, n):
    return [http_response(r, i) for i in range(n)]


@protocol("delimiter:\\r\\n", answers=lambda r, n: [b"%d %s\r\n" % (r.choice((220, 250, 354, 550)), text(r)) for _ in range(n)])
def ftp_like(r, n):
    return [r.choice((b"USER ", b"CWD /", b"RETR ")) + text(r, 1, 2) + b"\r\n" for _ in range(n)]


@protocol("length:u16be,offset=2", answers=lambda r, n: [struct.pack("!HH", 0x8000 | i % 7, 4) + struct.pack("!I", r.choice((0, 0, 1))) for i in range(n)])
def requests_with_short_answers(r, n):
    return [struct.pack("!HH", i % 7, len(p)) + p for i, p in enumerate(text(r) for _ in range(n))]


# Stuffing ------------------------------------------------------------------------------------------------------------

def slip(p):
    return p.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0"


@protocol("slip")
def slip_readings(r, n):
    return [slip(reading(r, i)) for i in range(n)]


@protocol("slip")
def slip_random(r, n):
    return [slip(noise(r, 20, 200)) for _ in range(n)]


@protocol("slip")
def slip_two_ends(r, n):
    return [b"\xc0" + slip(b"\x45\x00" + struct.pack("!H", i) + noise(r, 10, 90)) for i in range(n)]


def cobs(p):
    out = bytearray()
    for piece in p.split(b"\0"):
        while len(piece) >= 254:
            out += b"\xff" + piece[:254]
            piece = piece[254:]
        out += bytes((len(piece) + 1,)) + piece
    return bytes(out) + b"\0"


@protocol("cobs")
def cobs_readings(r, n):
    return [cobs(reading(r, i)) for i in range(n)]


@protocol("cobs")
def cobs_random(r, n):
    return [cobs(noise(r, 10, 120)) for _ in range(n)]


def crc16(p, polynomial):
    """Least bit first, from ones on, as in X.25 (0x8408, then inverted) and Modbus (0xa001)."""
    crc = 0xffff
    for byte in p:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (polynomial if crc & 1 else 0)
    return crc


def crc_x25(p):
    return crc16(p, 0x8408) ^ 0xffff


@protocol("hdlc")
def hdlc_ppp(r, n):
    out = []
    for i in range(n):
        p = b"\xff\x03\x00\x21" + noise(r, 5, 80)
        p += struct.pack("<H", crc_x25(p))
        out.append((b"\x7e" if i == 0 else b"") + p.replace(b"\x7d", b"\x7d\x5d").replace(b"\x7e", b"\x7d\x5e") + b"\x7e")
    return out


# Sync words and tags -------------------------------------------------------------------------------------------------

@protocol("sync:AA55,length=u8,adjust=2,checksum=crc-16/xmodem,from=2")
def sync_u8_crc16(r, n):
    out = []
    for i in range(n):
        p = reading(r, i)
        body = bytes((len(p),)) + p
        out.append(b"\xaa\x55" + body + struct.pack("!H", binascii.crc_hqx(body, 0)))
    return out


@protocol("sync:4F435430,length=u16be,offset=2,adjust=4,checksum=crc-32/iso-hdlc")
def sync_word_crc32(r, n):
    out = []
    for _ in range(n):
        p = noise(r, 4, 200)
        m = b"OCT0" + struct.pack("!HH", r.randint(1, 5), len(p)) + p
        out.append(m + struct.pack("<I", zlib.crc32(m)))
    return out


@protocol("sync:B562,length=u16le,offset=2,adjust=2")
def ubx_like(r, n):
    out = []
    for _ in range(n):
        p = noise(r, 4, 60)
        m = struct.pack("<BBH", r.choice((1, 2, 5)), r.randint(0, 9), len(p)) + p
        a = b = 0
        for byte in m:
            a = (a + byte) & 255
            b = (b + a) & 255
        out.append(b"\xb5\x62" + m + bytes((a, b)))
    return out


@protocol("sync:55AA,length=u8,offset=1,adjust=1,checksum=sum8,from=2")
def sync_sum8(r, n):
    out = []
    for _ in range(n):
        p = noise(r, 1, 20)
        m = bytes((r.randint(1, 4), len(p))) + p
        out.append(b"\x55\xaa" + m + bytes((sum(m) & 255,)))
    return out


@protocol("sync:FE,length=u8,adjust=6,checksum=crc-16/mcrf4xx,from=1")
def mavlink_like(r, n):
    out = []
    for i in range(n):
        p = noise(r, 5, 40)
        m = bytes((len(p), i & 255, 1, 1, r.randint(0, 60))) + p
        out.append(b"\xfe" + m + struct.pack("<H", crc_x25(m) ^ 0xffff))
    return out


@protocol("sync:EB90,size=12,checksum=crc-16/modbus,from=2", least=5)
def sync_fixed_modbus(r, n):
    out = []
    for i in range(n):
        m = struct.pack("!IHH", i, r.getrandbits(16), r.getrandbits(16))
        out.append(b"\xeb\x90" + m + struct.pack("<H", crc16(m, 0xa001)))
    return out


@protocol("sync:A55A,length=u16be,adjust=2,checksum=crc-16/xmodem", gaps=True)
def sync_noisy_line(r, n):
    """What stands between messages is noise, a few bytes now and then."""
    out = []
    for _ in range(n):
        p = noise(r, 5, 50)
        m = b"\xa5\x5a" + struct.pack("!H", len(p)) + p
        out.append((r.randbytes(r.randint(1, 9)) if r.random() < 0.2 else b"", m + struct.pack("!H", binascii.crc_hqx(m, 0))))
    return out


@protocol("sync:1ACFFC1D,length=u16be")
def sync_plain_length(r, n):
    return [b"\x1a\xcf\xfc\x1d" + struct.pack("!H", len(p)) + p for p in (noise(r, 5, 300) for _ in range(n))]


@protocol("tlv:u8/u8")
def tlv_u8_u8(r, n):
    return [bytes((r.choice((1, 1, 2, 5, 9)), len(p))) + p for p in (r.choice((text(r, 1, 5), struct.pack("!I", i))) for i in range(n))]


@protocol("tlv:u8/u16be")
def tlv_u8_u16(r, n):
    return [struct.pack("!BH", r.choice((0x10, 0x11, 0x20)), len(p)) + p for p in (noise(r, 2, 200) for _ in range(n))]


@protocol("tlv:u16be/u16be")
def tlv_u16_u16(r, n):
    return [struct.pack("!HH", r.choice((1, 2, 3, 0x101)), len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("tlv:u32le/u32le")
def tlv_u32_u32(r, n):
    return [struct.pack("<II", r.choice((7, 8, 300)), len(p)) + p for p in (reading(r, i) for i in range(n))]


@protocol("tlv:varint/varint")
def tlv_varint(r, n):
    """Messages of protobuf fields, all of them strings or bytes."""
    return [varint(r.choice((10, 18, 26, 402))) + varint(len(p)) + p for p in (text(r, 1, 30) for _ in range(n))]
