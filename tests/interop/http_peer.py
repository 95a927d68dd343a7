"""The other end of HTTP, from CPython's standard library. usage:
http_peer.py serve: a server that says its port and answers until its standard input ends;
http_peer.py ask PORT: a client that sends what it says, and says what came back."""
import http.client
import http.server
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, data):
        if self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_GET(self):
        if self.path == "/blocks":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            if self.command == "HEAD":
                return
            self.wfile.write(b"5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nChecked: yes\r\n\r\n")
            return
        self.answer(b"hello")

    do_HEAD = do_GET

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"]))[::-1])

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.rfile.read(4).upper())
        self.close_connection = True

    def log_message(self, *_):
        pass


if sys.argv[1] == "serve":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("port", server.server_port, flush=True)
    sys.stdin.read()
else:
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=30)
    for send in ({"body": b"abc"}, {"body": iter([b"de", b"fgh"]), "encode_chunked": True}, {"body": b""}):
        connection.request("POST", "/", **send)
        response = connection.getresponse()
        print(response.status, response.read().decode(), flush=True)
    connection.close()
