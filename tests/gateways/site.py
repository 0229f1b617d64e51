"""A site on loopback that stands for the public internet, and addresses that would lead elsewhere."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from reviews.gateways.page import fetch_page

PUBLIC = "93.184.216.34"


class Site(BaseHTTPRequestHandler):
    """Answers a path by what the test has put there: status, headers, body whole or in pieces."""

    answers: dict[str, tuple[int, dict[str, str], bytes | Iterable[bytes]]]

    def do_GET(self):
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.encode().decode("latin-1"))  # bytes as they are: what a server may send
        self.end_headers()
        with suppress(ConnectionError):  # whoever asked may have had enough
            for piece in [body] if isinstance(body, bytes) else body:
                self.wfile.write(piece)

    def log_message(self, *_args):
        """Say nothing."""


class Net:
    """What stands for the network: every name has an address, and each socket that is asked for is written down."""

    def __init__(self, port):
        self.port = port
        self.names = {}
        self.dialled = []

    def resolve(self, host, port):
        answer = self.names.get(host, [PUBLIC])
        if callable(answer):
            return answer()
        try:  # what a system's resolver does with an address in figures, however it is written
            return [found[4][0] for found in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]
        except (socket.gaierror, UnicodeError):
            return answer

    def dial(self, address, port):
        self.dialled.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def fetch(self, address, **options):
        return fetch_page(address, resolve=self.resolve, dial=self.dial, **options)


@contextmanager
def standing_site() -> Iterator[tuple[dict, Net]]:
    """Run a site; give what it answers by path, and the network that leads to it."""
    handler = type("Answers", (Site,), {"answers": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # closing it waits for whoever is still being answered
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield handler.answers, Net(server.server_port)
    server.shutdown()
    server.server_close()
    thread.join()


HOSTILE = [
    "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://0x7f.1/", "http://0/", "http://0.0.0.0/", "http://10.0.0.8/", "http://172.16.9.9/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://192.0.0.8/",
    "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[::1]/", "http://[::]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:7f00:1::]/", "http://[2002:a00:1::]/", "http://[2001:0:7f00:1::]/", "http://[::127.0.0.1]/",
    "http://[fe80::1]/", "http://[fc00::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/",
    "http://user:secret@news.example/", "http://127.0.0.1@news.example/", "http://news.example@127.0.0.1/",
    "http://news.example:22/", "http://news.example:8080/", "https://news.example:80/", "http://news.example:99999/",
    "ftp://news.example/", "file:///etc/passwd", "gopher://news.example/", "javascript:alert(1)", "data:text/html,x",
    "//news.example/", "http:///", "http://", "", "http://news.example\\@127.0.0.1/", "http://news.example/\r\nHost: x",
    "http://１２７.0.0.1/", "http://internal.example/", "http://two-faced.example/", "http://nowhere-public.example/",
]  # fmt: skip
NAMES = {
    "localhost": ["127.0.0.1"],
    "１２７.0.0.1": ["127.0.0.1"],
    "internal.example": ["10.1.2.3"],
    "two-faced.example": [PUBLIC, "127.0.0.1"],
    "nowhere-public.example": ["::ffff:192.168.0.1"],
}
