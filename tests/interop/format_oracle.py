"""What values look like in the formats of a column, by CPython's own functions.

Reads lines "FORMAT KIND VALUE" (KIND: int, float as hex, bytes as hex) and writes one line each: the text, or "as it is"
where Python has none.
"""

import datetime
import ipaddress
import sys

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def based(value, convert, digits):
    if isinstance(value, bytes):
        return " ".join(digits(byte) for byte in value)
    return convert(value) if isinstance(value, int) else None


def whole_time(value, unit, digits):
    seconds, over = divmod(value, unit)
    try:
        text = (EPOCH + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    except OverflowError:
        return None
    text = text.rjust(19, "0")  # strftime leaves the zeros of early years out
    return text + (f".{over:0{digits}d}" if digits else "") + "Z"


def time(value, unit, digits):
    if isinstance(value, bytes):
        return None
    if isinstance(value, int):
        return whole_time(value, unit, digits)
    if unit != 1:
        return None
    try:
        moment = datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    except (OverflowError, ValueError):
        return None
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def address(value, kind, size):
    if isinstance(value, float) or (isinstance(value, bytes) and len(value) != size):
        return None
    try:
        made = kind(value)
    except ipaddress.AddressValueError:
        return None
    mapped = getattr(made, "ipv4_mapped", None)
    return f"::ffff:{mapped}" if mapped else str(made)


FORMATS = {
    "dec": lambda v: based(v, str, str),
    "hex": lambda v: based(v, hex, "{:02x}".format),
    "oct": lambda v: based(v, oct, "{:03o}".format),
    "bin": lambda v: based(v, bin, "{:08b}".format),
    "unix-s": lambda v: time(v, 1, 0),
    "unix-ms": lambda v: time(v, 10**3, 3),
    "unix-us": lambda v: time(v, 10**6, 6),
    "unix-ns": lambda v: time(v, 10**9, 9),
    "ipv4": lambda v: address(v, ipaddress.IPv4Address, 4),
    "ipv6": lambda v: address(v, ipaddress.IPv6Address, 16),
}
READERS = {"int": int, "float": float.fromhex, "bytes": bytes.fromhex}

for line in sys.stdin:
    name, kind, text = line.rstrip("\n").split(" ", 2)
    said = FORMATS[name](READERS[kind](text))
    print("as it is" if said is None else said)
