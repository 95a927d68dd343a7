#!/usr/bin/env python3
"""Listens and never accepts, with its queue filled, so that a client's SYN gets no answer. Prints "port N"."""
import socket
import sys

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(0)
waiting = []
while True:
    client = socket.socket()
    client.settimeout(0.3)
    waiting.append(client)
    try:
        client.connect(server.getsockname())
    except TimeoutError:
        break
print("port", server.getsockname()[1], flush=True)
sys.stdin.readline()
