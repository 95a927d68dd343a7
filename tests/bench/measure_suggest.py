"""How often `octetscope-cli suggest` is right: over generated protocols, and over bytes that have no framing.

usage: measure_suggest.py CLI [--seed N[,N…]] [--rounds N] [--random N] [--files N] [--only WORD] [--jobs N] [--show]
       measure_suggest.py CLI --quick --least PERCENT    (short captures alone; ends with 1 where less is right first, or
                                                          anything is claimed of bytes without a framing)

A capture of each protocol is made in several ways: long; with the last message cut; cut at both ends; short (3 to 10
messages); short with the chunks that a sender makes; behind garbage; as a conversation in both directions, of which one
is short; and beside a direction that is noise. A suggestion is right where it cuts the same messages, in the very
directions that have them. Printed are how often the right one is first and among the first three, for each seed, and
what was claimed of bytes without any framing."""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import suggest_formats  # these two register their protocols
import suggest_lengths
import suggest_protocols
from suggest_nothing import without_framing

assert suggest_formats and suggest_lengths


def run(cli, *arguments):
    done = subprocess.run([cli, *arguments], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit("%s: %s" % (arguments, done.stderr.decode()))
    return done.stdout


class Side:
    """One direction of a capture: its bytes, where the whole messages lie, and how many bytes stand before them."""

    def __init__(self, messages, gaps=False, garbage=b"", cut=0):
        self.extents = []
        self.garbage = len(garbage)
        data = bytearray(garbage)
        for message in messages:
            if gaps:
                data += message[0]
                message = message[1]
            self.extents.append((len(data), len(data) + len(message)))
            data += message
        self.data = bytes(data[:len(data) - cut])
        self.extents = [e for e in self.extents if e[1] <= len(self.data)]


def size_of(message):
    return len(message[1] if isinstance(message, tuple) else message)


def captures(r, one):
    """Ways to have captured it: name, the direction in, the direction out or None, chunks of the direction in."""
    def few(make=one.make):
        return make(r, r.randint(one.least, 10))
    yield "long", Side(one.make(r, 200), one.gaps), None, None
    messages = one.make(r, 40)
    yield "cut", Side(messages, one.gaps, cut=r.randint(1, max(1, size_of(messages[-1]) - 1))), None, None
    messages = one.make(r, 40)
    first = messages[0][1] if one.gaps else messages[0]
    yield "both cut", Side(messages[1:], one.gaps, garbage=first[r.randint(1, len(first)):],
                           cut=r.randint(1, max(1, size_of(messages[-1]) - 1))), None, None
    yield "short", Side(few(), one.gaps), None, None
    messages = few()
    sizes = [size_of(m) + (len(m[0]) if one.gaps else 0) for m in messages]
    for i in range(0, len(sizes) - 2, 3):  # some are received together
        sizes[i:i + 2] = [sizes[i] + sizes[i + 1], 0]
    yield "chunks", Side(messages, one.gaps), None, [s for s in sizes if s]
    yield "garbage", Side(one.make(r, 30), one.gaps, garbage=r.randbytes(r.randint(1, 40))), None, None
    sides = [Side(one.make(r, 20), one.gaps), Side(one.answers(r, r.randint(2, 5)), one.gaps)]
    yield "both", sides[0], sides[1], None
    yield "one of both", Side(one.make(r, 30), one.gaps), Side([], garbage=r.randbytes(r.randint(500, 5000))), None


def suggestions(cli, files, chunks=None):
    arguments = ["suggest", files[0], "--format", "json", "--input", "raw"]
    if len(files) > 1:
        arguments += ["--other", files[1]]
    if chunks:
        arguments += ["--chunks", ",".join(map(str, chunks))]
    return json.loads(run(cli, *arguments))


def cuts_right(cli, path, framing, start, side, spec):
    """Whether it cuts these messages: the same begins, or the same ends (white space may lie between them)."""
    extents, garbage = side.extents, side.garbage
    if framing == spec and start == garbage:
        return True
    if garbage and framing == "fixed:%d" % (extents[0][1] - extents[0][0]) and len({e[1] - e[0] for e in extents}) == 1:
        return True  # nothing says where the first one begins
    out = run(cli, "decode", path, "--input", "raw", "--framing", framing, "--start", str(start), "--format", "jsonl")
    found = []
    for line in out.splitlines():
        message = json.loads(line)
        if message["status"] == "complete":
            found.append((message["offset"], message["offset"] + message["size"]))
    # Garbage may hide the message behind it.
    least = 1 if garbage else 0
    if not extents[least:] or not found:
        return False
    for at in (0, 1):
        places = [f[at] for f in found if f[at] > garbage or not garbage]
        wanted = [e[at] for e in extents]
        if places[:len(wanted)] == wanted and len(places) <= len(wanted) + 1:
            return True
        inner = [p for p in places if p >= wanted[least:][0]]
        if garbage and inner == wanted[least:]:
            return True
    return False


def is_right(cli, files, suggestion, sides, spec):
    for name, path, side in zip(("in", "out"), files, sides):
        if (name in suggestion["directions"]) != bool(side.extents):
            return False
        start = suggestion["start_out" if name == "out" and "start_out" in suggestion else "start"]
        if side.extents and not cuts_right(cli, path, suggestion["framing"], start, side, spec):
            return False
    return True


def measure(cli, name, seed, round_, ways):
    """By way: whether the first, and any of the first three, is right; whether by the very SPEC; what to print."""
    one = suggest_protocols.PROTOCOLS[name]
    r = random.Random("%s %d %d" % (name, seed, round_))
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for way, side_in, side_out, chunks in captures(r, one):
            if ways and way not in ways:
                continue
            sides = [side_in] + ([side_out] if side_out else [])
            files = []
            for side in sides:
                files.append(os.path.join(folder, str(len(files))))
                with open(files[-1], "wb") as file:
                    file.write(side.data)
            found = suggestions(cli, files, chunks)
            right = [i for i, s in enumerate(found[:3]) if is_right(cli, files, s, sides, one.spec)]
            said = "; ".join("%s@%d%s (%.2f, %d)" % (s["framing"], s["start"], "" if len(files) == 1 else " " + "+".join(s["directions"]),
                                                     s["score"], s["messages"]) for s in found[:3]) or "nothing"
            same = right[:1] == [0] and found[0]["framing"] == one.spec
            results.append((way, right[:1] == [0], bool(right), same, "%-28s %-11s wanted %s, %d messages: %s" % (
                name, way, one.spec, len(side_in.extents), said)))
    return results


def measure_protocols(options, seed, ways, pool):
    names = [name for name in suggest_protocols.PROTOCOLS if options.only in name]
    jobs = [pool.submit(measure, options.cli, name, seed, round_, ways) for name in names for round_ in range(options.rounds)]
    first, three, same, total = (collections.Counter() for _ in range(4))
    for job in jobs:
        for way, is_first, is_among, is_same, words in job.result():
            for counter, happened in ((total, True), (first, is_first), (three, is_among), (same, is_same)):
                counter[way] += happened
            if not is_first or (options.show and not is_same):
                print(words)
    print("seed %d, %d protocols" % (seed, len(names)))
    for way in total:
        print("%-11s first %3d of %3d (%.1f %%), among the first three %3d, by the very SPEC %3d" % (
            way, first[way], total[way], 100 * first[way] / total[way], three[way], same[way]))
    count = sum(total.values())
    rate = 100 * sum(first.values()) / max(count, 1)
    print("all         first %d of %d (%.1f %%), among the first three %.1f %%" % (
        sum(first.values()), count, rate, 100 * sum(three.values()) / max(count, 1)), flush=True)
    return rate


def claim(cli, name, data):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return name, len(data), suggestions(cli, [file.name])


def measure_claims(options, seed, pool):
    """What is claimed of bytes without a framing: how often."""
    jobs = []
    for name, data in without_framing(random.Random(seed), 24 if options.quick else options.random, 0 if options.quick else options.files):
        if not options.quick or len(data) <= 20000:
            jobs.append(pool.submit(claim, options.cli, name, data))
    claims, tried = collections.Counter(), collections.Counter()
    for job in jobs:
        name, size, found = job.result()
        kind = name.split()[0]
        tried[kind] += 1
        if found:
            claims[kind] += 1
            print("claimed of %s, %d bytes: %s" % (name, size, "; ".join("%s@%d (%.2f, %d)" % (
                s["framing"], s["start"], s["score"], s["messages"]) for s in found[:3])))
    for kind in tried:
        print("%-8s claims %d of %d" % (kind, claims[kind], tried[kind]))
    return sum(claims.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--random", type=int, default=200)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--ways", default="")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    ways = ("short", "chunks") if options.quick else tuple(filter(None, options.ways.split(",")))
    is_good = True
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed in map(int, options.seed.split(",")):
            is_good &= measure_protocols(options, seed, ways, pool) >= options.least
        if not options.only:
            is_good &= measure_claims(options, int(options.seed.split(",")[0]), pool) == 0
    sys.exit(1 if options.least and not is_good else 0)


if __name__ == "__main__":
    main()
