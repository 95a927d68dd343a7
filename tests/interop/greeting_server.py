#!/usr/bin/env python3
"""Prints "port N", then serves COUNT connections one after the other: says hello and its number in a length-prefixed
message, finishes, and reads to the end."""
import socket
import struct
import sys

with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    server.listen()
    print("port", server.getsockname()[1], flush=True)
    for number in range(int(sys.argv[1])):
        s, _ = server.accept()
        with s:
            text = b"hello %d" % number
            s.sendall(struct.pack("!I", len(text)) + text)
            s.shutdown(socket.SHUT_WR)
            while s.recv(4096):
                pass
