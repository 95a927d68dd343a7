"""Streams of JSON through `octetscope-cli batch`, framing json, against CPython's json: boundaries by raw_decode, values by
what it returns. Whole streams, cut ones and broken ones; where a message is not whole, that some bytes would complete
it, and where it is in error, that none would.

usage: json_oracle.py CLI SEED COUNT"""
import itertools
import json
import random
import subprocess
import sys

SPACE = b" \t\r\n"
DIGITS = b"0123456789"


class Pairs(list):
    """The members of an object, equal keys too."""


def no_constant(text):
    raise ValueError(text)


DECODER = json.JSONDecoder(object_pairs_hook=Pairs, parse_constant=no_constant)


def is_whole(data):
    try:
        text = data.decode()
        return DECODER.raw_decode(text)[1] == len(text)
    except ValueError:
        return False


def reference(data, closed):
    """[(begin, end, value)] of whole values, and where what is left begins, if anything is."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data[:error.start].decode()
    sizes = [len(c.encode()) for c in text]
    places = list(itertools.accumulate(sizes, initial=0))
    found, at = [], 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if at == len(text):
            return found, places[at] if places[at] < len(data) else None
        try:
            value, end = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found, places[at]
        if type(value) in (int, float):
            follows = data[places[end]:places[end] + 1]
            number = text[at:end].lower()
            goes_on = DIGITS + (b"" if "e" in number else b"eE") + (b"" if "e" in number or "." in number else b".")
            if follows and follows in goes_on:
                return found, places[at]
            if not follows and not closed:
                return found, places[at]
        found.append((places[at], places[end], value))
        at = end


def completions(data):
    """Ways in which a value might go on to its end."""
    stack, inside, escaped = [], False, False
    for byte in data:
        if inside:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                inside = False
        elif byte == 0x22:
            inside = True
        elif byte in b"[{":
            stack.append(byte)
        elif byte in b"]}" and stack:
            stack.pop()
    close = bytes({0x5B: 0x5D, 0x7B: 0x7D}[b] for b in reversed(stack))
    characters = [b"", b"\x80", b"\x80\x80", b"\x80\x80\x80", b"\xa0\x80", b"\xa0", b"\x90\x80\x80"]
    words = [b"", b"0", b"rue", b"ue", b"e", b"alse", b"lse", b"se", b"ull", b"ll", b"l", b":0", b'"":0']
    if inside:
        escapes = [b"", b"n", b"0", b"00", b"000", b"0000"]
        words = [c + e + b'"' + behind for c in characters for e in escapes for behind in (b"", b":0")]
    return (data + word + close for word in words)


def can_go_on(data):
    return any(is_whole(candidate) for candidate in completions(data))


def random_text(rng):
    alphabet = rng.choice(["abc ", 'a"\\/\b\f\n\r\t\x01\x1f\x7f', "äß€𝄞\u2028\U0010ffff\x85", "[]{},:0123"])
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(0, 12)))


def random_value(rng, depth, surrogates):
    kind = rng.randrange(10 if depth > 0 else 6)
    if kind == 0:
        return rng.choice([0, 1, -1, 12, 2**63 - 1, 2**63, 2**64, -2**63 - 1, 10**50, rng.randrange(-10**6, 10**6)])
    if kind == 1:
        return rng.choice([0.0, -0.0, 0.1, 1e300, 5e-324, 1.7976931348623157e308, rng.random(), rng.uniform(-1e9, 1e9)])
    if kind == 2:
        return rng.choice([True, False, None])
    if kind < 6:
        text = random_text(rng)
        return text + "\ud800" if surrogates and rng.random() < 0.2 else text
    count = rng.randrange(0, 5)
    if kind < 8:
        return [random_value(rng, depth - 1, surrogates) for _ in range(count)]
    return {random_text(rng): random_value(rng, depth - 1, surrogates) for _ in range(count)}


def random_literal(rng):
    return rng.choice([b"-0", b"1e400", b"-1E+400", b"1e-999", b"2.50", b'{"a":1,"a":2}', b'"\\u0000"', b'"\\/"', b"1E5",
                       b'{"":{"":[]}}', b'"\\ud834\\udd1e"', b'["\\uDEAD"]', b"0.0", b"[[],{},[{}]]"])


def random_one(rng):
    if rng.random() < 0.2:
        return random_literal(rng)
    ascii_only = rng.random() < 0.4
    return json.dumps(random_value(rng, rng.randrange(0, 4), ascii_only), ensure_ascii=ascii_only,
                      indent=rng.choice([None, None, 1]), separators=rng.choice([None, (",", ":")])).encode()


def random_stream(rng):
    data = b""
    for _ in range(rng.randrange(0, 6)):
        one = random_one(rng)
        between = rng.choice([b"", b" ", b"\n", b"\r\n\t"])
        if data and not between and data[-1:] in DIGITS and one[:1] in DIGITS:
            between = b" "
        data += between + one
    return data + rng.choice([b"", b"", b"\n"])


def mutated(rng, data):
    data = bytearray(data)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(0, len(data) + 1)
        byte = rng.choice([rng.randrange(256), *b'"\\[]{},:0.eE-+tfn \x00\x1f\x80\xc3\xed\xf4NI'])
        kind = rng.randrange(3)
        if kind == 0:
            data.insert(at, byte)
        elif at < len(data):
            if kind == 1:
                data[at] = byte
            else:
                del data[at]
    return bytes(data)


TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null", Pairs: "object", list: "array"}


def same_value(field, value):
    kind = TYPES[type(value)]
    if field["type"] != kind:
        return False
    if kind in ("object", "array"):
        return same_fields(field["fields"], value)
    if kind == "number" and value in (float("inf"), float("-inf")):
        return field["value"] == str(value)
    return type(field["value"]) is type(value) and repr(field["value"]) == repr(value)


def same_fields(fields, value):
    if isinstance(value, Pairs):
        names, values = [k for k, _ in value], [v for _, v in value]
    elif isinstance(value, list):
        names, values = [f"[{i}]" for i in range(len(value))], value
    else:
        names, values = ["0"], [value]
    return [f["name"] for f in fields] == names and all(same_value(f, v) for f, v in zip(fields, values))


def same_places(fields, data):
    """The bytes of a field are its value's."""
    for field in fields:
        text = data[field["offset"]:field["offset"] + field["size"]].decode()
        value = DECODER.decode(text)
        if not same_value(field, value) or not same_places(field.get("fields", []), data):
            return False
    return True


def wrong(data, closed, answer):
    """Why an answer is not right; None: it is."""
    whole, left = reference(data, closed)
    if not isinstance(answer.get("result"), list):
        return f"no result: {answer}"
    messages = answer["result"]
    if len(messages) != len(whole) + (left is not None):
        return f"{len(whole)} whole values and {left} left, found {messages}"
    for message, (begin, end, value) in zip(messages, whole):
        if (message["offset"], message["size"], message["status"]) != (begin, end - begin, "complete"):
            return f"{begin} to {end} expected, found {message}"
        if not same_fields(message["fields"], value) or not same_places(message["fields"], data):
            return f"the fields of {value!r} are {message['fields']}"
    if left is None:
        return None
    last = messages[-1]
    if (last["offset"], last["size"]) != (left, len(data) - left):
        return f"what is left begins at {left}, found {last}"
    if last["status"] == "complete":
        return f"complete, and should not be: {last}"
    if (last["status"] == "incomplete") != can_go_on(data[left:]):
        return f"{last['status']}, and should not be: {last}"
    return None


def cases(rng, count):
    for _ in range(count):
        data = random_stream(rng)
        yield data, True, None
        yield data, False, None
        yield data, True, [1]
        if len(data) < 150:
            for cut in range(len(data)):
                yield data[:cut], rng.random() < 0.5, [rng.randrange(1, 9)]
        for _ in range(6):
            yield mutated(rng, data), rng.random() < 0.5, [rng.randrange(1, 9)]


def main():
    cli, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.set_int_max_str_digits(0)
    asked = list(cases(random.Random(seed), count))
    requests = "".join(json.dumps({"do": "decode", "framing": "json", "hex": data.hex(), "closed": closed,
                                   **({"chunks": chunks} if chunks else {})}) + "\n" for data, closed, chunks in asked)
    run = subprocess.run([cli, "batch"], input=requests.encode(), capture_output=True, check=True)
    lines = run.stdout.splitlines()
    if len(lines) != len(asked):
        print(f"{len(asked)} requests, {len(lines)} answers: {run.stderr.decode()}")
        return 1
    for (data, closed, chunks), line in zip(asked, lines):
        reason = wrong(data, closed, json.loads(line))
        if reason:
            print(f"{data!r}, {'closed' if closed else 'open'}, chunks {chunks}: {reason}")
            return 1
    print(f"{len(asked)} streams are equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
