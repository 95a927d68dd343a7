#!/usr/bin/env python3
"""Python's struct against octetscope-cli on the same files, in turns; medians.

Usage: tests/bench/compare_python.py OCTETSCOPE_CLI [MESSAGES [ROUNDS]]

Two files: MESSAGES messages (default 3.5 million) of a u16 length, `!IHBBQd` and 0 to 100 bytes, for Python's loop over
struct.unpack_from; and as many records of `!IHBBQd` alone, for struct.iter_unpack. Bars: 20 times and 10 times.
The command frames every message and finds which fields cannot be read; it prints no values. What decoding them costs is
in bench_engine and bench_struct.
"""
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import time

LAYOUT = struct.Struct("!IHBBQd")
LENGTH = struct.Struct("!H")


def write_files(folder, messages):
    noise = random.Random(42)
    framed, fixed = os.path.join(folder, "framed.raw"), os.path.join(folder, "fixed.raw")
    padding = noise.randbytes(4096)
    with open(framed, "wb") as a, open(fixed, "wb") as b:
        for i in range(messages):
            record = LAYOUT.pack(i & 0xFFFFFFFF, i & 0xFFFF, i & 0xFF, 7, i * 0x9E3779B97F4A7C15 & (1 << 64) - 1, i / 3)
            size = noise.randrange(101)
            begin = noise.randrange(3900)
            a.write(LENGTH.pack(len(record) + size) + record + padding[begin:begin + size])
            b.write(record)
    return framed, fixed


def python_loop(path):
    with open(path, "rb") as file:
        data = file.read()
    at, whole, real, end = 0, 0, 0.0, len(data)
    while at + 2 <= end:
        (size,) = LENGTH.unpack_from(data, at)
        if at + 2 + size > end:
            break
        a, b, c, d, e, f = LAYOUT.unpack_from(data, at + 2)
        whole += a + b + c + d + e
        real += f
        at += 2 + size
    return whole


def python_iter_unpack(path):
    with open(path, "rb") as file:
        data = file.read()
    whole, real = 0, 0.0
    for a, b, c, d, e, f in LAYOUT.iter_unpack(data):
        whole += a + b + c + d + e
        real += f
    return whole


def octetscope(cli, path, framing):
    subprocess.run([cli, "decode", path, "--framing", framing, "--struct", "!IHBBQd", "--format", "none"], check=True)


def seconds(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def compare(name, theirs, ours, rounds, messages, bar):
    pairs = [(seconds(*theirs), seconds(*ours)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:28} Python {statistics.median(a for a, _ in pairs) * 1e9 / messages:7.1f} ns a message, "
          f"octetscope-cli {statistics.median(b for _, b in pairs) * 1e9 / messages:6.1f}: "
          f"{ratio:6.1f} times (bar {bar}) {'ok' if ratio >= bar else 'UNDER'}")
    return ratio >= bar


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    cli = sys.argv[1]
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 3_500_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    with tempfile.TemporaryDirectory() as folder:
        framed, fixed = write_files(folder, messages)
        good = compare("loop over unpack_from", (python_loop, framed), (octetscope, cli, framed, "length:u16be"),
                       rounds, messages, 20)
        good &= compare("iter_unpack", (python_iter_unpack, fixed), (octetscope, cli, fixed, "fixed:24"),
                        rounds, messages, 10)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
