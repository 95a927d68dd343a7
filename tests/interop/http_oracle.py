"""What CPython makes of HTTP: prints connections, a JSON object a line, each with the bytes of requests and of responses
and with what http.client (responses) and http.server (requests) read in them. usage: http_oracle.py SEED COUNT"""
import http.client
import http.server
import io
import json
import random
import sys


class Socket:
    def __init__(self, stream):
        self.stream = stream

    def makefile(self, *_):
        return self.stream


class Unclosed(io.BytesIO):
    def close(self):  # http.client closes what it has read
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, stream):
        self.rfile = stream
        self.client_address = ("", 0)

    def send_error(self, code, message=None, explain=None):
        raise ValueError(message)


def case(r, word):
    return "".join(r.choice((c.upper(), c.lower())) for c in word)


def headers(r):
    lines = []
    for _ in range(r.randrange(4)):
        name = "".join(r.choice("abcXYZ-09_!") for _ in range(r.randrange(1, 9)))
        value = "".join(r.choice("abc :;,\"/ 09\xe9") for _ in range(r.randrange(12))).strip()
        lines.append(f"{name}:{r.choice(('', ' ', '  '))}{value}{r.choice(('', ' '))}")
    return lines


def body(r):
    return bytes(r.choice((10, 13, 48, 58, 65, 200)) for _ in range(r.randrange(40)))


def blocks(r, data):
    out = b""
    at = 0
    while at < len(data):
        size = r.randrange(1, 15)
        part = data[at:at + size]
        extension = r.choice(("", "", ";a", ';a="b;c"', ";a=b;c=d"))
        digits = r.choice(("%x", "%X", "%04x")) % len(part)
        out += digits.encode() + extension.encode() + b"\r\n" + part + b"\r\n"
        at += size
    trailers = "".join(line + "\r\n" for line in headers(r)) if r.randrange(3) == 0 else ""
    return out + r.choice((b"0", b"000")) + b"\r\n" + trailers.encode("latin-1") + b"\r\n"


def framed(r, lines):
    """A head's lines with what frames a body, and the body."""
    data = body(r)
    lines = lines + headers(r)
    if r.randrange(2):
        lines.insert(r.randrange(1, len(lines) + 1), f"{case(r, 'content-length')}: {len(data)}")
        return lines, data
    lines.insert(r.randrange(1, len(lines) + 1), f"{case(r, 'transfer-encoding')}: {case(r, 'chunked')}")
    return lines, blocks(r, data)


def encoded(lines, rest):
    return "".join(line + "\r\n" for line in lines).encode("latin-1") + b"\r\n" + rest


def request(r):
    method = r.choice(("GET", "HEAD", "POST", "PUT", "OPTIONS"))
    lines = [f"{method} /{r.randrange(1000)} HTTP/1.{r.choice('01')}"]
    if method in ("POST", "PUT") and r.randrange(4):
        return method, encoded(*framed(r, lines))
    return method, encoded(lines + headers(r), b"")


def response(r, method, is_last):
    status = r.choice((200, 200, 200, 201, 204, 304, 404, 500, 299))
    lines = [f"HTTP/1.1 {status} {r.choice(('OK', 'Not quite', ''))}"]
    has_body = method != "HEAD" and status not in (204, 304)
    if has_body and is_last and r.randrange(3) == 0:
        return encoded(lines + headers(r), body(r))
    lines, rest = framed(r, lines)
    return encoded(lines, rest if has_body else b"")


def fields(message):
    # CPython keeps white space behind a value, which is none of it (RFC 9110 section 5.5).
    return [[name, value.rstrip(" \t")] for name, value in message.items()]


def main():
    r = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        count = r.randrange(1, 6)
        asked, answered, told = b"", b"", {"requests": [], "responses": []}
        for number in range(count):
            method, sent = request(r)
            handler = Handler(io.BytesIO(sent))
            handler.raw_requestline = handler.rfile.readline()
            assert handler.parse_request()
            told["requests"].append({"size": len(sent), "method": handler.command, "target": handler.path,
                                     "version": handler.request_version, "headers": fields(handler.headers)})
            asked += sent
            sent = response(r, method, number == count - 1)
            stream = Unclosed(sent)
            got = http.client.HTTPResponse(Socket(stream), method=method)
            got.begin()
            # CPython waits for blocks behind a status without a body where a Transfer-Encoding stands.
            data = b"" if got.status in (204, 304) else got.read()
            assert stream.tell() == len(sent)
            told["responses"].append({"size": len(sent), "status": got.status, "reason": got.reason,
                                      "headers": fields(got.headers), "body": data.hex()})
            answered += sent
        told["asked"], told["answered"] = asked.hex(), answered.hex()
        print(json.dumps(told))


main()
