"""What `octetscope-cli suggest` costs on large files of several kinds, beside `wc -l` of the same file: run on demand.

usage: time_suggest.py CLI [--mib N] [--runs N] [--only WORD] [--bar SECONDS]     (100 MiB, 3 runs, 1 second)

Printed for each kind are the median of the wall clock and of the processor's time (both of which count the start of the
program), the same for `wc -l`, and what was suggested first, with the byte it begins at. The runs of the two programs
take turns, so that a busy machine is busy for both. Ends with 1 where a kind takes more processor time than --bar."""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import suggest_formats  # these two register their protocols
import suggest_lengths
import suggest_protocols

assert suggest_formats and suggest_lengths

KINDS = ("u16be text", "u16be random", "u16be large random", "u32be json", "varint protobuf like", "chat lines", "nul strings", "fixed ticks",
         "netstrings", "blocks u16be", "json lines", "json glued", "xml stanzas", "http responses", "msgpack maps", "cbor maps", "pickles 4",
         "zlib streams", "slip random", "cobs random", "sync u8 crc16", "tlv u8 u16")


def write_kind(path, name, size):
    """Messages of a protocol until there are `size` bytes: some mebibytes that differ, then the same ones again."""
    r = random.Random(name)
    if name == "random bytes":
        block = r.randbytes(4 << 20)
    elif name == "zeros":
        block = bytes(4 << 20)
    else:
        make = suggest_protocols.PROTOCOLS[name].make
        block = b""
        while len(block) < min(size, 4 << 20):
            block += b"".join(make(r, 2000))
    with open(path, "wb") as file:
        while file.tell() < size:
            file.write(block[:size - file.tell()])


def timed(arguments):
    """Wall clock and processor time in seconds, and what it printed."""
    before, begun = os.times(), time.monotonic()
    done = subprocess.run(arguments, capture_output=True, check=False)
    wall, after = time.monotonic() - begun, os.times()
    if done.returncode not in (0, 1):
        raise SystemExit("%s: %s" % (arguments, done.stderr.decode()))
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used, done.stdout


def medians(runs):
    return statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)


def time_kind(options, path, name):
    """Prints a line; the median of the processor's time."""
    write_kind(path, name, options.mib << 20)
    suggest, count = [], []
    for _ in range(options.runs):
        count.append(timed(["wc", "-l", path]))
        suggest.append(timed([options.cli, "suggest", path, "--format", "json", "--input", "raw"]))
    found = json.loads(suggest[-1][2])
    said = "%s@%d" % (found[0]["framing"], found[0]["start"]) if found else "nothing"
    (wall, used), (wc_wall, wc_used) = medians(suggest), medians(count)
    print("%-20s suggest %5.2f s, %5.2f s processor; wc -l %5.2f s, %5.2f s; %s" % (name, wall, used, wc_wall, wc_used, said), flush=True)
    return used


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("--mib", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--bar", type=float, default=1)
    options = parser.parse_args()
    names = [name for name in (*KINDS, "random bytes", "zeros") if options.only in name]
    with tempfile.TemporaryDirectory() as folder:
        used = {name: time_kind(options, os.path.join(folder, "stream"), name) for name in names}
    slow = [name for name in names if used[name] > options.bar]
    print("%d of %d kinds within %.1f s of processor time%s" % (len(names) - len(slow), len(names), options.bar,
                                                                 "; not: " + ", ".join(slow) if slow else ""))
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
