"""What octetscope-cli costs, against a hand-written exporter and against wc: run on demand, needs g++.

usage: compare_cli.py CLI [MIBYTES]     (a release build; 256 MiB by default)

Prints processor time (median of 5 interleaved runs) and ratios, and the largest RssAnon seen while decoding."""
import os
import random
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile

EXPORTER = r"""
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
// The same lines by hand, for this one framing (length:u16be) and this one layout (!I:a H:b B:c B:d Q:e d:f), nothing else.
static char buffer[1 << 18];
static char *at = buffer;
static void text(std::string_view t) { std::memcpy(at, t.data(), t.size()); at += t.size(); }
static void number(uint64_t n) { at = std::to_chars(at, at + 20, n).ptr; }
static void floating(double d) {
  char *end = std::to_chars(at, at + 40, d).ptr;
  bool point = false;
  for (char *c = at; c != end; ++c) point |= *c == '.' || *c == 'e';
  at = end;
  if (!point) text(".0");
}
template <typename T> static T load(const uint8_t *p) {
  T v = 0;
  for (unsigned i = 0; i < sizeof v; ++i) v = T(v << 8 | p[i]);
  return v;
}
int main(int, char **argv) {
  int file = open(argv[1], O_RDONLY);
  struct stat s;
  fstat(file, &s);
  const auto *data = static_cast<const uint8_t *>(mmap(nullptr, s.st_size, PROT_READ, MAP_PRIVATE, file, 0));
  const uint64_t end = s.st_size;
  uint64_t index = 0;
  for (uint64_t o = 0; o + 2 <= end;) {
    const uint64_t size = 2 + load<uint16_t>(data + o), p = o + 2;
    if (o + size > end) break;
    text("{\"connection\":0,\"index\":"); number(index++);
    text(",\"direction\":\"in\",\"from\":null,\"to\":null,\"time\":null,\"since_start\":null,\"chunks\":1,\"offset\":");
    number(o); text(",\"size\":"); number(size); text(",\"payload_offset\":"); number(p);
    text(",\"payload_size\":"); number(size - 2);
    text(",\"status\":\"complete\",\"needs\":null,\"error\":null,\"fields\":[{\"name\":\"a\",\"type\":\"I\",\"offset\":");
    number(p); text(",\"size\":4,\"value\":"); number(load<uint32_t>(data + p));
    text("},{\"name\":\"b\",\"type\":\"H\",\"offset\":"); number(p + 4); text(",\"size\":2,\"value\":");
    number(load<uint16_t>(data + p + 4));
    text("},{\"name\":\"c\",\"type\":\"B\",\"offset\":"); number(p + 6); text(",\"size\":1,\"value\":"); number(data[p + 6]);
    text("},{\"name\":\"d\",\"type\":\"B\",\"offset\":"); number(p + 7); text(",\"size\":1,\"value\":"); number(data[p + 7]);
    text("},{\"name\":\"e\",\"type\":\"Q\",\"offset\":"); number(p + 8); text(",\"size\":8,\"value\":");
    number(load<uint64_t>(data + p + 8));
    text("},{\"name\":\"f\",\"type\":\"d\",\"offset\":"); number(p + 16); text(",\"size\":8,\"value\":");
    const uint64_t bits = load<uint64_t>(data + p + 16);
    double f;
    std::memcpy(&f, &bits, 8);
    floating(f);
    text("}]}\n");
    if (at - buffer > (1 << 17)) { if (write(1, buffer, at - buffer) < 0) return 1; at = buffer; }
    o += size;
  }
  return write(1, buffer, at - buffer) < 0;
}
"""


def cpu(command):
    """Processor seconds of the command, its output thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(os.devnull, "wb") as null:
        subprocess.run(command, stdout=null, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(title, ours, yardstick, bar):
    pairs = [(cpu(ours), cpu(yardstick)) for _ in range(5)]
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{title}: {statistics.median(a for a, _ in pairs):.2f} s against "
          f"{statistics.median(b for _, b in pairs):.2f} s, ratio {ratio:.2f} (bar {bar})")


def largest_anonymous(command):
    """The largest RssAnon in KiB, looked at while the command runs."""
    largest = 0
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(command, stdout=null)
        while process.poll() is None:
            try:
                with open(f"/proc/{process.pid}/status") as status:
                    for line in status:
                        if line.startswith("RssAnon"):
                            largest = max(largest, int(line.split()[1]))
            except OSError:
                pass
    return largest


def main():
    cli, size = sys.argv[1], (int(sys.argv[2]) if len(sys.argv) > 2 else 256) << 20
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        block, lines = bytearray(), bytearray()
        while len(block) < 1 << 20:
            block += struct.pack("!HIHBBQd", 24, rng.getrandbits(32), rng.getrandbits(16), rng.getrandbits(8), 7,
                                 rng.getrandbits(64), rng.choice([rng.random(), rng.randrange(1000) / 8]))
        while len(lines) < 1 << 20:
            lines += rng.randbytes(rng.randrange(60)).hex().encode() + b"\n"
        for name, bytes_ in (("messages", block), ("lines", lines)):
            with open(path(name), "wb") as file:
                for _ in range(size // len(bytes_)):
                    file.write(bytes_)
        with open(path("exporter.cpp"), "w") as file:
            file.write(EXPORTER)
        subprocess.run([shutil.which("g++"), "-O2", "-std=c++20", path("exporter.cpp"), "-o", path("exporter")], check=True)
        decode = [cli, "decode", path("messages"), "--framing", "length:u16be", "--struct", "!I:a H:b B:c B:d Q:e d:f",
                  "--format", "jsonl"]
        exporter = [path("exporter"), path("messages")]
        first = subprocess.run(decode + ["--limit", "100"], capture_output=True).stdout
        hand = subprocess.Popen(exporter, stdout=subprocess.PIPE)
        assert hand.stdout.read(len(first)) == first, "both must print the same"
        hand.stdout.close()
        hand.wait()
        compare("decode --format jsonl against the hand-written exporter", decode, exporter, "2")
        compare("lines, --format none, against wc -l",
                [cli, "decode", path("lines"), "--framing", "lines", "--format", "none"], ["wc", "-l", path("lines")], "4")
        for title, command in (("jsonl of messages", decode),
                               ("text of one message", [cli, "decode", path("messages")]),
                               ("payload as hex, one message", [cli, "decode", path("messages"), "--format", "jsonl",
                                                                "--payload", "hex", "--struct", "*s"])):
            print(f"largest RssAnon, {title}: {largest_anonymous(command) / 1024:.1f} MiB (bar 32)")


if __name__ == "__main__":
    main()
