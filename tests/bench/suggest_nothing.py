"""Bytes that have no framing, for measuring what `octetscope-cli suggest` claims of them: random ones, prose, and real
files of this machine: programs, libraries, pictures, compressed archives."""
import glob
import os

ENGLISH = ("the of and to in is that it was for on are as with his they at be this from have or by one had not but what "
           "all were when we there can an your which their said if do will each about how up out them then she many some "
           "so these would other into has more her two like him see time could no make than first been its who now people "
           "my made over did down only way find use may water long little very after words called just where most know").split()

FOLDERS = (("program", "/usr/bin/*"), ("library", "/usr/lib/x86_64-linux-gnu/*.so*"),
           ("png", "/usr/share/**/*.png"), ("compiled", "/usr/lib/python3*/**/*.pyc"), ("archive", "/usr/lib/x86_64-linux-gnu/*.a"))


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


def real_files(r, pattern, most):
    """Some of the files, none of them a text or larger than 20 MB."""
    paths = sorted(p for p in glob.glob(pattern, recursive=True) if os.path.isfile(p) and not os.path.islink(p))
    r.shuffle(paths)
    for path in paths:
        if most == 0 or not 200 < os.path.getsize(path) < 20_000_000:
            continue
        with open(path, "rb") as file:
            data = file.read()
        if b"\0" in data[:4096]:
            most -= 1
            yield path, data


def without_framing(r, count, files):
    """Pairs of a name, whose first word is the kind, and bytes. `files`: of each kind of real ones."""
    sizes = (64, 100, 200, 333, 1000, 4096, 20000, 100000, 1 << 20)
    for i in range(count):
        size = sizes[i % 9]
        if size == 1 << 20 and i >= 36:
            size = 50000
        yield "random", r.randbytes(size)
    for size in (200, 1000, 5000, 50000, 300000) * 4:
        yield "prose", prose(r, size)
    for size in (2000, 30000, 200000, 1000000) * 2:
        yield "picture", picture(r, size)
    for kind, pattern in FOLDERS:
        for path, data in real_files(r, pattern, files):
            yield kind + " " + os.path.basename(path), data
