#!/usr/bin/env python3
"""A plain peer: one TCP connection, as server or as client, that behaves as its arguments say.

    tcp_peer.py listen [--host H]        BEHAVIOUR [ARGUMENT...]     prints "port N" first
    tcp_peer.py connect [--host H] PORT  BEHAVIOUR [ARGUMENT...]

It says where it is in lines on standard output; where it has to wait for the other side's tester, it reads a line of
standard input. It never sleeps.
"""
import hashlib
import socket
import struct
import sys


def say(*words):
    print(*words, flush=True)


def told():
    return sys.stdin.readline().strip()


def pattern(size):
    """Bytes that differ from one place to the next, the same in every run."""
    block = b"".join(struct.pack("!I", i * 2654435761 & 0xFFFFFFFF) for i in range(64 * 1024))
    return (block * (size // len(block) + 1))[:size]


def read_to_end(s):
    """Everything until EOF: (size, hash)."""
    size, digest = 0, hashlib.sha256()
    while data := s.recv(1 << 16):
        size += len(data)
        digest.update(data)
    return size, digest.hexdigest()


def reset(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def lines(s, count):
    """Sends lines and closes."""
    for i in range(int(count)):
        s.sendall(b"line %d\n" % i)
    s.close()


def blocks(s, *sizes):
    """Length-prefixed blocks, ended by an empty block; then reads the answer."""
    for size in sizes:
        s.sendall(struct.pack("!I", int(size)) + pattern(int(size)))
    s.sendall(struct.pack("!I", 0))
    say("got", *read_to_end(s))


def ask(s, question):
    """Asks, shuts its sending side down, then reads the answer to its end."""
    s.sendall(question.encode())
    s.shutdown(socket.SHUT_WR)
    say("finished")
    say("got", *read_to_end(s))


def late(s, size):
    """Waits for the other side's FIN, and only then sends."""
    say("got", *read_to_end(s))
    s.sendall(pattern(int(size)))
    s.close()


def flood(s, size):
    """Sends much, finishes, and reads what comes back; says both hashes."""
    data = pattern(int(size))
    say("sent", len(data), hashlib.sha256(data).hexdigest())
    s.sendall(data)
    s.shutdown(socket.SHUT_WR)
    say("got", *read_to_end(s))


def parts(s, size, count):
    """As flood, but in so many parts, each after the first when told: so the other side's tester acts amid arrivals."""
    data = memoryview(pattern(int(size)))
    say("sent", len(data), hashlib.sha256(data).hexdigest())
    step = -(-len(data) // int(count))
    for at in range(0, len(data), step):
        if at > 0:
            told()
        s.sendall(data[at:at + step])
    s.shutdown(socket.SHUT_WR)
    say("got", *read_to_end(s))


def sink(s):
    """Reads to the end, says what it got, and closes."""
    say("got", *read_to_end(s))
    s.close()


def dribble(s, text):
    """A byte at a time, each a segment of its own, the next when told."""
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in text.encode():
        s.sendall(bytes([byte]))
        told()
    s.close()


def obey(s):
    """Does what it is told, a command a line, and says "ok" after each."""
    while command := told():
        verb, _, argument = command.partition(" ")
        if verb == "send":
            s.sendall(bytes.fromhex(argument))
        elif verb == "pattern":
            s.sendall(pattern(int(argument)))
        elif verb == "read":
            got = b""
            while len(got) < int(argument):
                data = s.recv(int(argument) - len(got))
                if not data:
                    break
                got += data
            say("read", got.hex())
            continue
        elif verb == "end":
            try:
                say("end", *read_to_end(s))
            except ConnectionResetError:
                say("end reset")
            continue
        elif verb == "peek":
            # What lies there now, without waiting: "nothing", "end", or the bytes.
            try:
                data = s.recv(65536, socket.MSG_DONTWAIT | socket.MSG_PEEK)
                say("peek", data.hex() if data else "end")
            except BlockingIOError:
                say("peek nothing")
            continue
        elif verb == "fill":
            # Sends the pattern until nobody takes any more, at most so much.
            data, at = memoryview(pattern(int(argument))), 0
            try:
                while at < len(data):
                    at += s.send(data[at:at + (1 << 16)], socket.MSG_DONTWAIT)
            except BlockingIOError:
                pass
            say("filled", at)
            continue
        elif verb == "urgent":
            s.send(bytes.fromhex(argument), socket.MSG_OOB)
        elif verb == "fin":
            s.shutdown(socket.SHUT_WR)
        elif verb == "reset":
            reset(s)
        elif verb == "close":
            s.close()
        else:
            sys.exit("unknown command " + command)
        say("ok")


BEHAVIOURS = {f.__name__: f for f in (lines, blocks, ask, late, flood, parts, sink, dribble, obey)}


def main():
    arguments = sys.argv[1:]
    role = arguments.pop(0)
    host = "127.0.0.1"
    if arguments[0] == "--host":
        arguments.pop(0)
        host = arguments.pop(0)
    if role == "listen":
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as server:
            server.bind((host, 0))
            server.listen()
            say("port", server.getsockname()[1])
            s, _ = server.accept()
    else:
        s = socket.create_connection((host, int(arguments.pop(0))))
    BEHAVIOURS[arguments.pop(0)](s, *arguments)


main()
