"""More protocols for measuring `octetscope-cli suggest`: length fields of every kind, at the front and inside a header."""
import binascii
import pickle
import struct
import zlib

from suggest_protocols import json_body, noise, protocol, reading, reading_le, text, value, varint


# Length fields -------------------------------------------------------------------------------------------------------

@protocol("length:u8")
def u8_text(r, n):
    return [struct.pack("B", len(p)) + p for p in (text(r, 1, 5) for _ in range(n))]


@protocol("length:u8,adjust=-1")
def u8_whole_readings(r, n):
    return [struct.pack("B", len(p) + 1) + p for p in (reading(r, i) for i in range(n))]


@protocol("length:u8,offset=1")
def type_u8_text(r, n):
    return [struct.pack("BB", r.randint(1, 5), len(p)) + p for p in (text(r, 1, 4) for _ in range(n))]


@protocol("length:u8,offset=2,adjust=2")
def magic_u8_crc(r, n):
    out = []
    for i in range(n):
        p = reading(r, i)
        head = b"\xaa\x55" + struct.pack("B", len(p))
        out.append(head + p + struct.pack("!H", binascii.crc_hqx(head + p, 0)))
    return out


@protocol("length:u16be")
def u16be_text(r, n):
    return [struct.pack("!H", len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u16be")
def u16be_readings(r, n):
    return [struct.pack("!H", len(p)) + p for p in (reading(r, i) for i in range(n))]


@protocol("length:u16be")
def u16be_random(r, n):
    return [struct.pack("!H", len(p)) + p for p in (noise(r) for _ in range(n))]


@protocol("length:u16be")
def u16be_large_random(r, n):
    return [struct.pack("!H", len(p)) + p for p in (noise(r, 200, 3000) for _ in range(n))]


@protocol("length:u16be,adjust=-2")
def u16be_whole_random(r, n):
    return [struct.pack("!H", len(p) + 2) + p for p in (noise(r) for _ in range(n))]


@protocol("length:u16be,offset=2")
def type_u16be(r, n):
    return [struct.pack("!BBH", r.randint(1, 6), 0x10, len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u16be,offset=2,adjust=-4")
def diameter_like(r, n):
    return [struct.pack("!BBHII", 1, r.randint(0, 3), len(p) + 12, i, r.getrandbits(32)) + p
            for i, p in enumerate(noise(r, 4, 80) for _ in range(n))]


@protocol("length:u16be,offset=3")
def tls_like_records(r, n):
    return [struct.pack("!BHH", r.choice((22, 23, 23, 23)), 0x0303, len(p)) + p for p in (noise(r, 20, 400) for _ in range(n))]


@protocol("length:u16be,offset=4,adjust=6")
def modbus_like(r, n):
    """The length counts from the middle of a header that goes on behind it."""
    return [struct.pack("!HHHHH", i, 0, len(p), r.randint(1, 3), r.randint(0, 99)) + p + b"\xee\xee"
            for i, p in enumerate(noise(r, 2, 40) for _ in range(n))]


@protocol("length:u16le")
def u16le_text(r, n):
    return [struct.pack("<H", len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u16le")
def u16le_readings(r, n):
    return [struct.pack("<H", len(p)) + p for p in (reading_le(r, i) for i in range(n))]


@protocol("length:u16le,adjust=-2")
def u16le_whole(r, n):
    return [struct.pack("<HB", len(p) + 3, r.randint(1, 9)) + p for p in (noise(r, 3, 90) for _ in range(n))]


@protocol("length:u16le,offset=6")
def u16le_at_6(r, n):
    return [struct.pack("<IHH", i, r.choice((1, 2, 7)), len(p)) + p for i, p in enumerate(text(r) for _ in range(n))]


@protocol("length:u24be")
def u24be_text(r, n):
    return [struct.pack("!I", len(p))[1:] + p for p in (text(r) for _ in range(n))]


@protocol("length:u24be,adjust=6")
def http2_like(r, n):
    return [struct.pack("!I", len(p))[1:] + struct.pack("!BBI", r.choice((0, 0, 1, 4, 8)), r.choice((0, 1, 4)), r.choice((0, 1, 3, 5))) + p
            for p in (noise(r, 0, 200) for _ in range(n))]


@protocol("length:u24le,adjust=1")
def mysql_like(r, n):
    return [struct.pack("<I", len(p))[:3] + bytes((i % 6,)) + p for i, p in enumerate(text(r) for _ in range(n))]


@protocol("length:u32be")
def u32be_text(r, n):
    return [struct.pack("!I", len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u32be")
def u32be_json(r, n):
    return [struct.pack("!I", len(p)) + p for p in (json_body(r, i) for i in range(n))]


@protocol("length:u32be")
def u32be_random(r, n):
    return [struct.pack("!I", len(p)) + p for p in (noise(r) for _ in range(n))]


@protocol("length:u32be")
def u32be_pickles(r, n):
    return [struct.pack("!I", len(p)) + p for p in (pickle.dumps(value(r, i), 4) for i in range(n))]


@protocol("length:u32be")
def u32be_zlib(r, n):
    return [struct.pack("!I", len(p)) + p for p in (zlib.compress(text(r, 5, 30)) for _ in range(n))]


@protocol("length:u32be,adjust=-4")
def u32be_whole(r, n):
    return [struct.pack("!I", len(p) + 4) + p for p in (reading(r, i) for i in range(n))]


@protocol("length:u32be,offset=1,adjust=-4")
def postgres_like(r, n):
    return [r.choice(b"QDCZT").to_bytes(1, "big") + struct.pack("!I", len(p) + 4) + p for p in (text(r) + b"\0" for _ in range(n))]


@protocol("length:u32be,offset=8")
def magic_u32be(r, n):
    return [b"OCTO" + struct.pack("!HHI", 1, r.randint(1, 3), len(p)) + p for p in (reading(r, i) for i in range(n))]


@protocol("length:u32be,offset=12")
def u32be_at_12(r, n):
    return [struct.pack("!IQI", 0x01020304, r.getrandbits(64), len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u32le")
def u32le_text(r, n):
    return [struct.pack("<I", len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u32le")
def u32le_readings(r, n):
    return [struct.pack("<I", len(p)) + p for p in (reading_le(r, i) for i in range(n))]


@protocol("length:u32le,adjust=-4")
def mongo_like(r, n):
    return [struct.pack("<IIII", len(p) + 16, i, 0, 2013) + p for i, p in enumerate(noise(r, 10, 120) for _ in range(n))]


@protocol("length:u32le,offset=4,adjust=-8")
def u32le_at_4_whole(r, n):
    return [struct.pack("<II", r.choice((3, 5, 9)), len(p) + 8) + p for p in (reading_le(r, i) for i in range(n))]


@protocol("length:u32le,adjust=12")
def u32le_body_behind_header(r, n):
    return [struct.pack("<IIII", len(p), i, r.choice((1, 2)), 0) + p for i, p in enumerate(text(r) for _ in range(n))]


@protocol("length:u64be")
def u64be_text(r, n):
    return [struct.pack("!Q", len(p)) + p for p in (text(r) for _ in range(n))]


@protocol("length:u64le,offset=8")
def u64le_at_8(r, n):
    return [struct.pack("<QQ", i, len(p)) + p for i, p in enumerate(noise(r) for _ in range(n))]


@protocol("length:varint")
def varint_protobuf_like(r, n):
    out = []
    for i in range(n):
        t = text(r, 1, 40)
        p = b"\x08" + varint(i) + b"\x12" + varint(len(t)) + t + b"\x18" + varint(r.randint(0, 5000))
        out.append(varint(len(p)) + p)
    return out


@protocol("length:varint")
def varint_random(r, n):
    return [varint(len(p)) + p for p in (noise(r, 20, 400) for _ in range(n))]


@protocol("length:varint,offset=1")
def mqtt_like(r, n):
    out = []
    for _ in range(n):
        topic = r.choice((b"home/temp", b"home/door", b"garden"))
        p = struct.pack("!H", len(topic)) + topic + text(r, 1, 30)
        out.append(bytes((r.choice((0x30, 0x32, 0x40, 0xd0)),)) + varint(len(p)) + p)
    return out


@protocol("length:decimal")
def syslog_octet_counted(r, n):
    return [b"%d " % len(p) + p for p in (b"<%d>1 2026-01-%02dT10:00:00Z host app - - " % (r.randint(8, 190), r.randint(1, 28)) + text(r) for _ in range(n))]


@protocol("length:decimal,end=\\n")
def decimal_line_then_body(r, n):
    return [b"%d\n" % len(p) + p for p in (noise(r, 5, 300) for _ in range(n))]


@protocol("length:decimal,offset=1,adjust=2,end=\\r\\n")
def redis_bulk_like(r, n):
    return [b"$%d\r\n" % len(p) + p + b"\r\n" for p in (text(r, 1, 12) for _ in range(n))]
