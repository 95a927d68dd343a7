#!/usr/bin/env python3
"""Python's struct against the engine: both frame the same files, decode every value and sum them all, in turns.

Usage: tests/bench/compare_python.py BENCH_SUM_FILE [MESSAGES [ROUNDS]]     (bench_sum_file of a release build)

Two files: MESSAGES messages (default 3.5 million, 256 MiB) of a u16 length, `!IHBBQd` and 0 to 100 bytes, for Python's
loop over struct.unpack_from; and as many records of `!IHBBQd` alone, for struct.iter_unpack. Both read the file anew in
each round, and their sums must be equal. Times are processor time, reading included, the start of a process not. The
ratio is the median of the rounds'; bars: 20 times and 10 times.
"""
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import time

TEXT = "!IHBBQd"
LAYOUT = struct.Struct(TEXT)
LENGTH = struct.Struct("!H")
MODULUS = 1 << 64


def write_files(folder, messages):
    noise = random.Random(42)
    framed, fixed = os.path.join(folder, "framed.raw"), os.path.join(folder, "fixed.raw")
    padding = noise.randbytes(4096)
    with open(framed, "wb") as a, open(fixed, "wb") as b:
        for i in range(messages):
            # Eighths add up exactly, in any order.
            record = LAYOUT.pack(i, i & 0xFFFF, i & 0xFF, 7, i * 0x9E3779B97F4A7C15 % MODULUS, i / 8)
            size = noise.randrange(101)
            begin = noise.randrange(3900)
            a.write(LENGTH.pack(len(record) + size) + record + padding[begin:begin + size])
            b.write(record)
    return framed, fixed


def python_loop(path):
    with open(path, "rb") as file:
        data = file.read()
    at, count, whole, real, end = 0, 0, 0, 0.0, len(data)
    while at + 2 <= end:
        (size,) = LENGTH.unpack_from(data, at)
        if at + 2 + size > end:
            break
        a, b, c, d, e, f = LAYOUT.unpack_from(data, at + 2)
        whole += a + b + c + d + e
        real += f
        count += 1
        at += 2 + size
    return count, whole, real


def python_iter_unpack(path):
    with open(path, "rb") as file:
        data = file.read()
    count, whole, real = 0, 0, 0.0
    for a, b, c, d, e, f in LAYOUT.iter_unpack(data):
        whole += a + b + c + d + e
        real += f
        count += 1
    return count, whole, real


def python(function, path):
    """Nanoseconds and sums."""
    start = time.process_time_ns()
    count, whole, real = function(path)
    return time.process_time_ns() - start, (count, whole % MODULUS, real)


def engine(program, path, framing):
    """The same of the engine, which takes its own time."""
    line = subprocess.run([program, path, framing, TEXT], check=True, capture_output=True, text=True).stdout.split()
    return int(line[3]), (int(line[0]), int(line[1]), float(line[2]))


def compare(name, theirs, ours, rounds, messages, bar):
    their_times, our_times = [], []
    for _ in range(rounds):
        their_time, their_sums = python(*theirs)
        our_time, our_sums = engine(*ours)
        if their_sums != our_sums or our_sums[0] != messages:
            sys.exit(f"{name}: Python finds {their_sums}, the engine {our_sums}")
        their_times.append(their_time)
        our_times.append(our_time)
    ratio = statistics.median(a / b for a, b in zip(their_times, our_times))
    print(f"{name:24} Python {statistics.median(their_times) / messages:7.1f} ns a message, the engine "
          f"{statistics.median(our_times) / messages:5.1f}, the same sums: {ratio:6.1f} times (bar {bar}) "
          f"{'ok' if ratio >= bar else 'UNDER'}", flush=True)
    return ratio >= bar


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 3_500_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    with tempfile.TemporaryDirectory() as folder:
        framed, fixed = write_files(folder, messages)
        good = compare("loop over unpack_from", (python_loop, framed), (program, framed, "length:u16be"), rounds,
                       messages, 20)
        good &= compare("iter_unpack", (python_iter_unpack, fixed), (program, fixed, "fixed:24"), rounds, messages, 10)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
