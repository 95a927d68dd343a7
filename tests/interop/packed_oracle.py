"""What CPython's zlib and gzip say of compressed streams, for a test to compare with: JSON lines on standard output.

packed_oracle.py SEED COUNT prints COUNT streams of each format, whole ones one behind the other, cut ones and broken
ones: their bytes, the end and the payload of each, and what becomes of the last. packed_oracle.py bomb prints one
that makes 1 GiB of zeros, as hex.
"""

import gzip
import hashlib
import io
import json
import random
import struct
import sys
import zlib

BITS = {"zlib": 15, "gzip": 31}
STRATEGIES = [zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED]
FLUSHES = [zlib.Z_NO_FLUSH, zlib.Z_PARTIAL_FLUSH, zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH, zlib.Z_BLOCK]


def payload_of(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return b""
    if kind == 1:
        return rng.randbytes(rng.randrange(1, 400))
    if kind == 2:
        return bytes(rng.randrange(1, 200000))
    if kind == 3:
        return b"The quick brown fox " * rng.randrange(1, 60)
    if kind == 4:
        return bytes(rng.choice(b"abcde\n") for _ in range(rng.randrange(1, 1500)))
    return json.dumps({"seq": rng.randrange(1000), "name": "x" * rng.randrange(20)}).encode()


def compressed(rng, payload, bits):
    window = rng.randrange(9, 16)
    bits = -window if bits < 0 else window + (16 if bits > 15 else 0)
    packer = zlib.compressobj(rng.randrange(-1, 10), zlib.DEFLATED, bits, rng.randrange(1, 10), rng.choice(STRATEGIES))
    out = b""
    at = 0
    while at < len(payload):
        size = rng.randrange(1, len(payload) + 1)
        out += packer.compress(payload[at:at + size])
        mode = rng.choice(FLUSHES)
        if mode != zlib.Z_NO_FLUSH:
            out += packer.flush(mode)
        at += size
    return out + packer.flush()


def gzip_member(rng, payload):
    """One member as gzip's own class writes it, or put together by hand with every optional part."""
    if rng.randrange(3) == 0:
        file = io.BytesIO()
        with gzip.GzipFile("name.txt" if rng.randrange(2) else "", "wb", rng.randrange(10), file,
                           rng.randrange(2**32)) as writer:
            writer.write(payload)
        return file.getvalue()
    if rng.randrange(2) == 0:
        return compressed(rng, payload, 31)
    flags = rng.randrange(32)
    head = b"\x1f\x8b\x08" + bytes([flags]) + struct.pack("<IBB", rng.randrange(2**32), rng.randrange(256),
                                                            rng.randrange(256))
    if flags & 4:
        extra = rng.randbytes(rng.randrange(12))
        head += struct.pack("<H", len(extra)) + extra
    if flags & 8:
        head += b"file\xe9.txt\0"
    if flags & 16:
        head += b"a comment\0"
    if flags & 2:
        head += struct.pack("<H", zlib.crc32(head) & 0xffff)
    return head + compressed(rng, payload, -15) + struct.pack("<II", zlib.crc32(payload), len(payload) & 0xffffffff)


def with_dictionary(rng):
    packer = zlib.compressobj(9, zlib.DEFLATED, 15, 8, zlib.Z_DEFAULT_STRATEGY, b"dictionary")
    return packer.compress(b"a dictionary") + packer.flush()


def stream_of(rng, name):
    members = [gzip_member(rng, payload_of(rng)) if name == "gzip" else compressed(rng, payload_of(rng), 15)
               for _ in range(rng.randrange(1, 5))]
    stream = b"".join(members)
    kind = rng.randrange(6)
    if kind == 0:
        return stream[:rng.randrange(len(stream) + 1)]
    if kind in (1, 2):
        broken = bytearray(stream)
        for _ in range(rng.randrange(1, 3)):
            broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
        return bytes(broken)
    if kind == 3 and name == "gzip":
        # A header's optional parts, broken.
        broken = bytearray(stream)
        broken[rng.randrange(min(len(broken), 20))] ^= 1 << rng.randrange(8)
        return bytes(broken)
    if kind == 3 and rng.randrange(4) == 0:
        return stream + with_dictionary(rng)
    if kind == 4 and rng.randrange(2) == 0:
        return stream + rng.randbytes(rng.randrange(1, 6))
    return stream


def read(stream, bits):
    """The end, the size and the hash of each whole one, and "complete", "incomplete" or "error"."""
    messages = []
    at = 0
    while at < len(stream):
        unpacker = zlib.decompressobj(bits)
        try:
            payload = unpacker.decompress(stream[at:])
        except zlib.error:
            return messages, "error"
        if not unpacker.eof:
            return messages, "incomplete"
        at = len(stream) - len(unpacker.unused_data)
        messages.append([at, len(payload), hashlib.sha256(payload).hexdigest()])
    return messages, "complete"


def whole_by_gzip(stream):
    """What the gzip module, which reads headers itself, makes of all of it."""
    try:
        return hashlib.sha256(gzip.decompress(stream)).hexdigest()
    except (OSError, EOFError, zlib.error):
        return None


def bomb():
    packer = zlib.compressobj(9)
    piece = bytes(2**24)
    out = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    print((out + again * 63).hex())


def main():
    if sys.argv[1] == "bomb":
        bomb()
        return
    rng = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        for name, bits in BITS.items():
            stream = stream_of(rng, name)
            messages, last = read(stream, bits)
            whole = whole_by_gzip(stream) if name == "gzip" and last == "complete" else None
            print(json.dumps({"framing": name, "hex": stream.hex(), "messages": messages, "last": last,
                              "whole": whole}))


main()
