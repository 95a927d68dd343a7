"""What `octetscope-cli decode --format jsonl` must say of a stream, worked out by hand: framing and fields in plain
Python (struct and slices), independent of the program. Error texts are the program's own: where one is expected, the
reference has the marker ERROR."""
import struct
import unicodedata

ERROR = "<some words>"
LIMIT = 64 << 20


def integer(kind, data):
    order = "big" if kind.endswith("be") else "little"
    return int.from_bytes(data, order)


def width(kind):
    return int(kind[1:].rstrip("bel")) // 8


def varint(data):
    """(value, bytes) or (None, 0) where it is cut; ValueError where it has no end."""
    value = 0
    for i, byte in enumerate(data[:10]):
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return value, i + 1
    if len(data) >= 10:
        raise ValueError
    return None, 0


class Bad(Exception):
    pass


def cut(spec, data):
    """Yields (offset, size, payload offset or None, payload or None, status, needs)."""
    name, options = spec["name"], spec
    limit = options.get("max", LIMIT)
    at = options.get("start", 0)
    if name == "until-close":
        if at < len(data):
            yield at, len(data) - at, at, data[at:], "complete", None
        return
    while at < len(data):
        rest = data[at:]
        try:
            result = ONE[name](options, rest, limit)
        except Bad:
            yield at, len(rest), None, None, "error", None
            return
        size, begin, payload, status, needs = result
        yield at, size, None if begin is None else at + begin, payload, status, needs
        at += size


def one_fixed(options, rest, limit):
    size = options["size"]
    if len(rest) < size:
        return len(rest), 0, rest, "incomplete", size - len(rest)
    return size, 0, rest[:size], "complete", None


def one_delimiter(options, rest, limit):
    mark = options["text"]
    found = rest.find(mark)
    if found < 0:
        if len(rest) > limit:
            raise Bad
        return len(rest), 0, rest, "incomplete", None
    size = found + len(mark)
    if size > limit:
        raise Bad
    payload = rest[:found]
    if options.get("lines") and payload.endswith(b"\r"):
        payload = payload[:-1]
    if options.get("keep"):
        payload = rest[:size]
    return size, 0, payload, "complete", None


def one_length(options, rest, limit):
    kind, offset, adjust = options["type"], options.get("offset", 0), options.get("adjust", 0)
    behind = rest[offset:]
    if kind == "varint":
        try:
            value, wide = varint(behind)
        except ValueError:
            raise Bad
        if value is not None and value >= 1 << 64:
            raise Bad
        strip = options.get("strip")
        if value is None:
            if strip is not None and strip <= len(rest):
                return len(rest), strip, rest[strip:], "incomplete", None
            return len(rest), None, b"", "incomplete", None
    else:
        wide = width(kind)
        value = integer(kind, behind[:wide]) if len(behind) >= wide else None
    strip = options.get("strip", offset + wide)
    if value is None:
        begin = strip if strip <= len(rest) else None
        return len(rest), begin, rest[strip:] if begin is not None else b"", "incomplete", None
    size = offset + wide + value + adjust
    if size < offset + wide or size < strip or size > limit:
        raise Bad
    if len(rest) < size:
        begin = strip if strip <= len(rest) else None
        return len(rest), begin, rest[strip:] if begin is not None else b"", "incomplete", size - len(rest)
    return size, strip, rest[strip:size], "complete", None


def one_netstring(options, rest, limit):
    colon = rest.find(b":")
    digits = rest if colon < 0 else rest[:colon]
    if digits and (not digits.isdigit() or (len(digits) > 1 and digits[:1] == b"0") or len(digits) > 20):
        raise Bad
    if colon == 0:
        raise Bad
    if colon < 0:
        return len(rest), None, b"", "incomplete", None
    size = colon + 1 + int(digits) + 1
    if size > limit:
        raise Bad
    if len(rest) < size:
        return len(rest), colon + 1, rest[colon + 1:], "incomplete", size - len(rest)
    if rest[size - 1:size] != b",":
        raise Bad
    return size, colon + 1, rest[colon + 1:size - 1], "complete", None


def one_chunked(options, rest, limit):
    at, wide, payload = 0, width(options["type"]), b""
    while True:
        if len(rest) < at + wide:
            return len(rest), None, payload, "incomplete", None
        size = integer(options["type"], rest[at:at + wide])
        at += wide
        if at + size > limit:
            raise Bad
        payload += rest[at:at + size]
        if len(rest) < at + size:
            return len(rest), None, payload, "incomplete", None
        at += size
        if size == 0:
            return at, None, payload, "complete", None


ONE = {"fixed": one_fixed, "delimiter": one_delimiter, "length": one_length, "netstring": one_netstring,
       "chunked": one_chunked}


def plain(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(unicodedata.category(c)[0] in "LMNPS" or unicodedata.category(c) == "Zs" for c in text) else None


def value_of(value):
    if isinstance(value, bytes):
        result = {"hex": value.hex()}
        if plain(value) is not None:
            result["text"] = plain(value)
        return result
    if isinstance(value, float):
        text = repr(value)
        return text if text in ("nan", "inf", "-inf") else ("float", text)
    return value


def fields_of(layout, payload, base, derived):
    """`layout`: {"prefix", "items": [(code, count, name)], "rest": (code, name) or None}."""
    prefix, fields, before = layout["prefix"], [], ""

    def place(offset, size):
        result = {"offset": base + offset, "size": size}
        if derived:
            result["of"] = "payload"
        return result

    def leaf(name, kind, fmt, offset, size):
        here = max(0, min(size, len(payload) - offset))
        start = dict(name=name, type=kind, **place(min(offset, len(payload)), here))
        if here < size:
            return dict(start, value=None, error=ERROR)
        values = struct.unpack(prefix + fmt, payload[offset:offset + size])
        return dict(start, value=value_of(values[0]))

    number = 0
    for code, count, name in layout["items"]:
        if code == "x":
            before += f"{count}x"
            continue
        offset = struct.calcsize(prefix + before + "0" + code)
        before += f"{count}{code}"
        each = struct.calcsize(prefix + code)
        if code in "sp":
            kind = code if count == 1 else f"{count}{code}"
            fields.append(leaf(name or str(number), kind, f"{count}{code}", offset, count))
            number += 1
        elif name and count > 1:
            size = each * count
            here = max(0, min(size, len(payload) - offset))
            one = dict(name=name, type=f"{count}{code}", **place(min(offset, len(payload)), here))
            if here < size:
                one.update(value=None, error=ERROR)
            one["fields"] = [leaf(f"[{i}]", code, code, offset + i * each, each) for i in range(count)]
            fields.append(one)
            number += 1
        else:
            for i in range(count):
                fields.append(leaf(name or str(number), code, code, offset + i * each, each))
                number += 1
    if layout["rest"]:
        code, name = layout["rest"]
        each = struct.calcsize(prefix + code)
        offset = struct.calcsize(prefix + before + "0" + code)
        left = max(0, len(payload) - offset)
        if code == "s":
            fields.append(dict(name=name or str(number), type="*s", **place(min(offset, len(payload)), left),
                               value=value_of(payload[offset:])))
            return fields
        count = left // each
        elements = [leaf(f"[{i}]" if name else str(number + i), code, code, offset + i * each, each)
                    for i in range(count)]
        if name:
            fields.append(dict(name=name, type=f"*{code}", **place(min(offset, len(payload)), count * each),
                               fields=elements))
        else:
            fields += elements
        offset += count * each
    else:
        offset = struct.calcsize(prefix + before)
    if offset < len(payload):
        fields.append(dict(name="(rest)", type="*s", **place(offset, len(payload) - offset),
                           value=value_of(payload[offset:])))
    return fields


def decode(spec, layout, data, chunks=(), payloads=None):
    """The objects, as json.loads() gives them, floats as ("float", text)."""
    starts, at = [], 0
    sizes = list(chunks) or [max(1, len(data))]
    while at < len(data):
        starts.append(at)
        at += sizes[min(len(starts) - 1, len(sizes) - 1)]

    def chunk_of(offset):
        return max(i for i, begin in enumerate(starts) if begin <= offset)

    result = []
    for index, (offset, size, begin, payload, status, needs) in enumerate(cut(spec, data)):
        one = {"connection": 0, "index": index, "direction": "in", "from": None, "to": None, "time": None,
               "since_start": None, "chunks": chunk_of(offset + size - 1) - chunk_of(offset) + 1, "offset": offset,
               "size": size, "payload_offset": begin, "payload_size": len(payload or b""), "status": status,
               "needs": needs, "error": ERROR if status == "error" else None}
        derived = begin is None
        has_fields = layout and status != "error"
        one["fields"] = fields_of(layout, payload, 0 if derived else begin, derived) if has_fields else []
        if payloads:
            one["payload"] = (payload or b"").hex()
        result.append(one)
    return result
