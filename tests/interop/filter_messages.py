"""What a message says, read from the JSON that `decode --format jsonl` prints, and how two values compare: what
filter_oracle.py holds filters against."""


class Found:
    """A field that a name stands for: its value, its bytes, and whether it has any value."""

    def __init__(self, value, raw, is_group):
        self.value, self.raw, self.is_group = value, raw, is_group


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
