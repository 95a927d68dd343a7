"""How often `octetscope-cli suggest` is right: over generated protocols, and over bytes that have no framing.

usage: measure_suggest.py CLI [--rounds N] [--random N] [--only WORD] [--show]
       measure_suggest.py CLI --quick --least PERCENT    (short captures alone; ends with 1 where less is right first, or
                                                          anything is claimed of bytes without a framing)

A capture of each protocol is made in several ways: long; with the last message cut; short (3 to 10 messages); short
with the chunks that a sender makes; and behind garbage. A suggestion is right where it cuts the same messages. Printed
are how often the right one is first and among the first three, and what was claimed of bytes without any framing."""
import argparse
import collections
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import suggest_protocols


def run(cli, *arguments):
    done = subprocess.run([cli, *arguments], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit("%s: %s" % (arguments, done.stderr.decode()))
    return done.stdout


def suggestions(cli, path, chunks=None):
    arguments = ["suggest", path, "--format", "json", "--input", "raw"]
    if chunks:
        arguments += ["--chunks", ",".join(map(str, chunks))]
    return json.loads(run(cli, *arguments))


def is_right(cli, path, suggestion, extents, garbage):
    """Whether it cuts these messages: the same begins, or the same ends (white space may lie between them)."""
    if garbage and suggestion["framing"] == "fixed:%d" % (extents[0][1] - extents[0][0]) and len({e[1] - e[0] for e in extents}) == 1:
        return True  # nothing says where the first one begins
    out = run(cli, "decode", path, "--input", "raw", "--framing", suggestion["framing"], "--start",
              str(suggestion.get("start", 0)), "--format", "jsonl")
    found = []
    for line in out.splitlines():
        message = json.loads(line)
        if message["status"] == "complete":
            found.append((message["offset"], message["offset"] + message["size"]))
    # Garbage may hide the message behind it.
    least = 1 if garbage else 0
    if not extents[least:] or not found:
        return False
    for side in (0, 1):
        places = [f[side] for f in found if f[side] > garbage or not garbage]
        wanted = [e[side] for e in extents]
        if places[:len(wanted)] == wanted and len(places) <= len(wanted) + 1:
            return True
        inner = [p for p in places if p >= wanted[least:][0]]
        if garbage and inner == wanted[least:]:
            return True
    return False


def captures(r, make, least):
    """Ways to have captured it: name, bytes, extents of the whole messages, bytes of garbage, chunks."""
    def extents_of(messages, at=0):
        extents = []
        for message in messages:
            extents.append((at, at + len(message)))
            at += len(message)
        return extents
    messages = make(r, 200)
    yield "long", b"".join(messages), extents_of(messages), 0, None
    messages = make(r, 40)
    cut = r.randint(1, max(1, len(messages[-1]) - 1))
    yield "cut", b"".join(messages)[:-cut], extents_of(messages[:-1]), 0, None
    messages = make(r, r.randint(least, 10))
    yield "short", b"".join(messages), extents_of(messages), 0, None
    messages = make(r, r.randint(least, 10))
    sizes = [len(m) for m in messages]
    for i in range(0, len(sizes) - 2, 3):  # some are received together
        sizes[i:i + 2] = [sizes[i] + sizes[i + 1], 0]
    yield "chunks", b"".join(messages), extents_of(messages), 0, [s for s in sizes if s]
    messages = make(r, 30)
    garbage = r.randbytes(r.randint(1, 40))
    yield "garbage", garbage + b"".join(messages), extents_of(messages, len(garbage)), len(garbage), None


ENGLISH = ("the of and to in is that it was for on are as with his they at be this from have or by one had not but what "
           "all were when we there can an your which their said if do will each about how up out them then she many some "
           "so these would other into has more her two like him see time could no make than first been its who now people "
           "my made over did down only way find use may water long little very after words called just where most know").split()


def prose(r, size):
    """English without line ends: sentences of words by how common they are."""
    out = []
    length = 0
    while length < size:
        count = r.randint(4, 18)
        words = [ENGLISH[min(int(r.expovariate(0.06)), len(ENGLISH) - 1)] for _ in range(count)]
        if r.random() < 0.3:
            words[r.randrange(count)] += ","
        sentence = " ".join(words).capitalize() + r.choice((". ", ". ", ". ", "? ", "! ", "; "))
        out.append(sentence)
        length += len(sentence)
    return "".join(out).encode()[:size]


def picture(r, size):
    """As a JPEG file looks from afar: a head, then bytes in which FF is followed by 00."""
    head = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + bytes(r.randint(1, 40) for _ in range(64))
    return (head + r.randbytes(size).replace(b"\xff", b"\xff\x00") + b"\xff\xd9")


def without_framing(r, count):
    for i in range(count):
        size = (64, 100, 200, 333, 1000, 4096, 20000, 100000, 1 << 20)[i % 9] if count >= 9 else 1000
        if size == 1 << 20 and i >= 36:
            size = 50000
        yield "random", r.randbytes(size)
    for size in (200, 1000, 5000, 50000, 300000) * 4:
        yield "prose", prose(r, size)
    for size in (2000, 30000, 200000, 1000000) * 2:
        yield "picture", picture(r, size)
    for path in ("/bin/ls", "/bin/bash", "/usr/bin/python3", sys.executable, "/bin/tar", "/usr/bin/env") + tuple(
            sorted(glob.glob("/usr/lib/x86_64-linux-gnu/lib*.so.*"))[:20]):
        if os.path.exists(path):
            with open(path, "rb") as file:
                yield "program " + os.path.basename(path), file.read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--random", type=int, default=200)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    known = {kind["name"] for kind in json.loads(run(options.cli, "framings", "--format", "json"))}
    first, three, spec_same, total = (collections.Counter() for _ in range(4))
    count = 0
    with tempfile.NamedTemporaryFile() as file:
        for name, (make, spec, needs, least) in suggest_protocols.PROTOCOLS.items():
            if options.only not in name or needs not in known:
                continue
            count += 1
            for round_ in range(options.rounds):
                r = random.Random("%s %d %d" % (name, options.seed, round_))
                for way, data, extents, garbage, chunks in captures(r, make, least):
                    if options.quick and way not in ("short", "chunks"):
                        continue
                    file.seek(0)
                    file.truncate()
                    file.write(data)
                    file.flush()
                    found = suggestions(options.cli, file.name, chunks)
                    total[way] += 1
                    right = [i for i, s in enumerate(found[:3]) if is_right(options.cli, file.name, s, extents, garbage)]
                    if right:
                        three[way] += 1
                    if right[:1] == [0]:
                        first[way] += 1
                        spec_same[way] += found[0]["framing"] == spec
                        if options.show and found[0]["framing"] != spec:
                            print("%-26s %-8s %s, by another name: %s" % (name, way, spec, found[0]["framing"]))
                    else:
                        print("%-26s %-8s wanted %s, %d messages: %s" % (
                            name, way, spec, len(extents),
                            "; ".join("%s@%d (%.2f, %d)" % (s["framing"], s["start"], s["score"], s["messages"]) for s in found[:3]) or "nothing"))
        print("%d protocols" % count)
        for way in total:
            print("%-8s first %3d of %3d (%.1f %%), among the first three %3d, by the very SPEC %3d" % (
                way, first[way], total[way], 100 * first[way] / total[way], three[way], spec_same[way]))
        if total:
            print("all      first %d of %d (%.1f %%), among the first three %.1f %%" % (
                sum(first.values()), sum(total.values()), 100 * sum(first.values()) / sum(total.values()),
                100 * sum(three.values()) / sum(total.values())))
        claims = collections.Counter()
        tried = collections.Counter()
        for name, data in without_framing(random.Random(options.seed), 24 if options.quick else options.random):
            kind = name.split()[0]
            if options.quick and (kind == "program" or len(data) > 20000):
                continue
            file.seek(0)
            file.truncate()
            file.write(data)
            file.flush()
            tried[kind] += 1
            found = suggestions(options.cli, file.name)
            if found:
                claims[kind] += 1
                print("claimed of %s, %d bytes: %s" % (name, len(data), "; ".join("%s@%d (%.2f, %d)" % (
                    s["framing"], s["start"], s["score"], s["messages"]) for s in found[:3])))
        for kind in tried:
            print("%-8s claims %d of %d" % (kind, claims[kind], tried[kind]))
        if options.least and (sum(claims.values()) or 100 * sum(first.values()) < options.least * sum(total.values())):
            sys.exit(1)


if __name__ == "__main__":
    main()
