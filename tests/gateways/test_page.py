"""Pages are fetched from the public internet and from nowhere else; here it is a local server and a list of names."""

import gzip
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reviews.core.reading.errors import AddressRefused, NotAPage, NothingThere, TooLong, TooManyRedirects
from reviews.gateways.page import Asking, Unchanged, Unreachable, fetch_feed, fetch_page, is_public

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><p>Zinc shortens a cold.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """Answers a path by what the test has put there: status, headers, body."""

    answers: dict[str, tuple[int, dict[str, str], bytes]]

    def do_GET(self):
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

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


@pytest.fixture
def site():
    handler = type("Answers", (Site,), {"answers": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # closing it waits for whoever is still being answered
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield handler.answers, Net(server.server_port)
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_fetched_from_the_very_address_that_was_vetted(site):
    answers, net = site
    answers["/zinc?a=1"] = (200, {"Content-Type": "text/html; charset=utf-8", "ETag": '"7"', "Set-Cookie": "a=b"}, PAGE)

    found = net.fetch("http://news.example/zinc?a=1")

    assert (found.received, found.form, found.address) == (PAGE, "html", "http://news.example/zinc?a=1")
    assert found.headers == {
        "content-type": "text/html; charset=utf-8",
        "etag": '"7"',
        "date": found.headers["date"],
    } | {"server": found.headers["server"]}
    assert net.dialled == [(PUBLIC, 80)]


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


@pytest.mark.parametrize("address", HOSTILE)
def test_no_socket_is_opened_to_anything_but_the_public_internet(site, address):
    _, net = site
    net.names = NAMES

    with pytest.raises((AddressRefused, Unreachable)):
        net.fetch(address)

    assert net.dialled == []


@pytest.mark.parametrize("address", [address for address in HOSTILE if address.startswith(("http", "ftp", "file"))])
def test_a_redirect_opens_none_either(site, address):
    answers, net = site
    net.names = NAMES
    answers["/"] = (302, {"Location": address.replace("\r\n", "%0d%0a")}, b"")

    with pytest.raises((AddressRefused, Unreachable, NothingThere, TooManyRedirects)):
        net.fetch("http://news.example/")

    assert set(net.dialled) == {(PUBLIC, 80)}


def test_a_name_that_resolves_otherwise_a_moment_later_changes_nothing(site):
    answers, net = site
    answers["/"] = (200, {"Content-Type": "text/html"}, PAGE)
    turns = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    net.names = {"rebinding.example": lambda: next(turns)}

    net.fetch("http://rebinding.example/")
    with pytest.raises(AddressRefused):
        net.fetch("http://rebinding.example/")

    assert net.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "2002:5db8:d822::1", "64:ff9b::5db8:d822"])
def test_what_is_public_is_public(address):
    assert is_public(address)


def test_redirects_are_followed_so_far_and_no_farther(site):
    answers, net = site
    for step in range(7):
        answers[f"/{step}"] = (301, {"Location": f"/{step + 1}"}, b"")
    answers["/5"] = (200, {"Content-Type": "text/plain"}, b"Zinc.")

    assert net.fetch("http://news.example/0").address == "http://news.example/5"
    answers["/5"] = (301, {"Location": "/6"}, b"")
    with pytest.raises(TooManyRedirects):
        net.fetch("http://news.example/0")


@pytest.mark.parametrize(
    ("status", "headers", "body", "refusal"),
    [
        (200, {"Content-Type": "image/png"}, b"", NotAPage),
        (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"", NotAPage),
        (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"no gzip", NotAPage),
        (200, {"Content-Type": "text/html"}, b"a" * 2_000_001, TooLong),
        (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"a" * 50_000_000), TooLong),
        (404, {}, b"", NothingThere),
        (410, {}, b"", NothingThere),
        (503, {}, b"", Unreachable),
        (429, {}, b"", Unreachable),
    ],
)
def test_what_is_no_page_is_refused_by_name(site, status, headers, body, refusal):
    answers, net = site
    answers["/"] = (status, headers, body)

    with pytest.raises(refusal):
        net.fetch("http://news.example/")


def test_a_packed_page_is_unpacked(site):
    answers, net = site
    answers["/"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE))

    assert net.fetch("http://news.example/").received == PAGE


def refused(address, port):
    raise ConnectionRefusedError


def test_a_server_that_says_nothing_sensible_is_tried_again(site):
    _, net = site
    net.dial = refused

    with pytest.raises(Unreachable):
        net.fetch("http://news.example/")


FEED = b"<rss><channel><title>Herbs</title></channel></rss>"
TOLD = {"Content-Type": "application/rss+xml", "ETag": '"7"', "Last-Modified": "Mon, 02 Mar 2026 09:30:00 GMT"}


def test_a_feed_is_asked_whether_it_has_changed(site):
    answers, net = site
    answers["/feed"] = (200, TOLD, FEED)

    found = fetch_feed("http://a.example/feed", etag="", last_modified="", resolve=net.resolve, dial=net.dial)
    answers["/feed"] = (304, {}, b"")
    with pytest.raises(Unchanged):
        fetch_feed("http://a.example/feed", etag='"7"', last_modified="", resolve=net.resolve, dial=net.dial)

    assert (found.received, found.form, found.headers["etag"]) == (FEED, "feed", '"7"')
    assert found.headers["last-modified"] == TOLD["Last-Modified"]


def test_a_feed_is_no_page(site):
    answers, net = site
    answers["/feed"] = (200, TOLD, FEED)

    with pytest.raises(NotAPage):
        net.fetch("http://a.example/feed")


def test_what_a_server_said_before_cannot_put_a_line_into_the_next_question():
    assert Asking(etag='"7"\r\nHost: inside.example', last_modified="Mon").headers == {"If-Modified-Since": "Mon"}


@pytest.mark.parametrize("address", HOSTILE)
def test_a_feed_opens_no_socket_inside_either(site, address):
    _, net = site
    net.names = NAMES

    with pytest.raises((AddressRefused, Unreachable)):
        fetch_feed(address, etag="", last_modified="", resolve=net.resolve, dial=net.dial)

    assert net.dialled == []
