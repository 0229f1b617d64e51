"""Pages fetched from the web, by nobody but the worker, and from nowhere but the public internet.

The address is resolved once, every answer is vetted, and the socket goes to the vetted answer itself: a name that
resolves otherwise a moment later changes nothing. No setting switches this off. ``resolve`` and ``dial`` are what a
test gives instead of the network.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from reviews.core.reading.errors import AddressRefused, NotAPage, NothingThere, TooLong, TooManyRedirects
from reviews.core.reading.reading import MOST_BYTES, MOST_FILE_BYTES

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
MOST_SECONDS = 30.0
"""From the first byte sent to the last received, wherever the address leads on to."""

PAUSE_SECONDS = 10.0
CHUNK = 65_536
LONGEST_ADDRESS = 2000
SAFE = "!#$%&'()*+,/:;=?@[]~"
"""What an address is asked with as it stands; all else, a letter of another script above all, is written in octets."""

AGENT = "Assay (editorial review of health articles)"
FORMS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
LEADING_ON = frozenset({301, 302, 303, 307, 308})
COME_AGAIN = frozenset({408, 425, 429})
FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
KEPT_HEADERS = ("content-type", "date", "last-modified", "etag", "content-language", "server")
CARRIERS = (  # networks that carry an IPv4 address inside, so many bits from the right: it counts as much as they do
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)
UNICAST = ipaddress.IPv6Network("2000::/3")
SPECIAL = tuple(  # of the IANA registries of special-purpose addresses; Python's own list differs by its version
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20"),
    )
)

Resolver = Callable[[str, int], Sequence[str]]
Dialler = Callable[[str, int], socket.socket]


class Unreachable(Exception):
    """The address did not answer this time; another try may find it."""


class Unchanged(Exception):
    """Nothing has changed at this address since it was last asked."""


@dataclass(frozen=True)
class Asking:
    """How an address is asked: for a page or for a feed, and what it said of itself the last time."""

    is_feed: bool = False
    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What is sent along, so that a server may say that nothing has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}


A_PAGE = Asking()


@dataclass(frozen=True)
class Fetched:
    """What an address gave: where it ended, the bytes as they came, their form, and the headers worth keeping."""

    address: str
    received: bytes
    form: str
    headers: dict[str, str]


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Unreachable from error
    return [str(answer[4][0]) for answer in found]


def dialled(address: str, port: int) -> socket.socket:
    """Return a socket to an address that was vetted."""
    return socket.create_connection((address, port), timeout=PAUSE_SECONDS)


def fetch_feed(
    address: str, *, etag: str, last_modified: str, resolve: Resolver = resolved, dial: Dialler = dialled
) -> Fetched:
    """Return what a feed's public address answers; ``etag`` and ``last_modified`` are its last answer's headers.

    Raises Unchanged, and whatever ``fetch_page`` raises.
    """
    asking = Asking(is_feed=True, etag=etag, last_modified=last_modified)
    return fetch_page(address, resolve=resolve, dial=dial, asking=asking)


def fetch_page(
    address: str, *, resolve: Resolver = resolved, dial: Dialler = dialled, asking: Asking = A_PAGE
) -> Fetched:
    """Return what stands at a public address.

    Raises AddressRefused, NothingThere, TooManyRedirects, NotAPage, TooLong: those end it. Unreachable is worth another
    try.
    """
    until = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        parts = vetted_address(address)
        host = vetted_host(parts, resolve=resolve)
        answer = asked(parts, host=host, dial=dial, asking=asking, seconds=until - time.monotonic())
        if isinstance(answer, Fetched):
            return answer
        address = joined(address, answer)
    raise TooManyRedirects


def joined(address: str, onward: str) -> str:
    """Return where an address leads on to. Raises AddressRefused."""
    try:
        return urljoin(address, onward)
    except ValueError as error:
        raise AddressRefused from error


def vetted_address(address: str) -> SplitResult:
    """Return the parts of an address that may be fetched by its form. Raises AddressRefused."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise AddressRefused from error
    odd = any(character <= " " or character in "\\\x7f" for character in address.strip())
    allowed = parts.scheme in PORTS and port in {None, PORTS.get(parts.scheme)}
    if odd or not allowed or not parts.hostname or "@" in parts.netloc or len(address) > LONGEST_ADDRESS:
        raise AddressRefused
    return parts


def vetted_host(parts: SplitResult, *, resolve: Resolver) -> str:
    """Return an address of the host, after all of its addresses were found public. Raises AddressRefused."""
    answers = list(dict.fromkeys(resolve(parts.hostname or "", PORTS[parts.scheme])))
    if not answers:
        raise Unreachable
    if not all(is_public(answer) for answer in answers):
        raise AddressRefused
    return answers[0]


def is_public(answer: str) -> bool:
    """Whether a resolved address lies in the public internet, an IPv4 address carried in IPv6 included."""
    try:
        address = ipaddress.ip_address(answer.partition("%")[0])
    except ValueError:
        return False
    if "%" in answer or any(address in network for network in SPECIAL if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    carried = [int(address) >> shift & 0xFFFF_FFFF for network, shift in CARRIERS if address in network]
    if carried:
        return all(is_public(str(ipaddress.IPv4Address(inner))) for inner in carried)
    return address in UNICAST and address.is_global


def asked(parts: SplitResult, *, host: str, dial: Dialler, asking: Asking, seconds: float) -> Fetched | str:
    """Return what one address answers within so many seconds: what was fetched, or where it leads on to."""
    sockets: list[socket.socket] = []
    is_late = threading.Event()
    watch = threading.Timer(max(0.0, seconds), shut, [sockets, is_late])
    watch.daemon = True
    watch.start()
    try:
        sockets.append(dial(host, PORTS[parts.scheme]))
        if parts.scheme == "https":
            sockets.append(ssl.create_default_context().wrap_socket(sockets[0], server_hostname=parts.hostname))
        answer = spoken(sockets[-1], parts=parts, asking=asking)
        if is_late.is_set():  # what was cut off there may look like its end
            raise Unreachable
        return answer
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Unreachable from error
    finally:
        watch.cancel()
        for each in sockets:
            each.close()


def shut(sockets: list[socket.socket], is_late: threading.Event) -> None:
    """End a conversation that takes too long, from outside: whoever waits for it is told."""
    is_late.set()
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def spoken(talking: socket.socket, *, parts: SplitResult, asking: Asking) -> Fetched | str:
    """Ask for a page over an open socket and return the answer."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close", **asking.headers}
    with closing(http.client.HTTPConnection(parts.hostname or "", timeout=PAUSE_SECONDS)) as connection:
        connection.sock = talking
        connection.request("GET", quote(path, safe=SAFE), headers=headers)
        with closing(connection.getresponse()) as answer:
            return answered(answer, address=parts.geturl(), asking=asking)


def answered(answer: http.client.HTTPResponse, *, address: str, asking: Asking) -> Fetched | str:
    """Return what an answer holds by its status: content, or where it leads on to."""
    if answer.status in LEADING_ON:
        return in_letters(answer.getheader("Location") or "")
    if answer.status == 304 and asking.headers:
        raise Unchanged
    if answer.status >= 500 or answer.status in COME_AGAIN:
        raise Unreachable
    if answer.status != 200:
        raise NothingThere
    return taken(answer, address=address, is_feed=asking.is_feed)


def in_letters(header: str) -> str:
    """Return a header whose octets are letters of UTF-8, as browsers read it; http.client has them as latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def taken(answer: http.client.HTTPResponse, *, address: str, is_feed: bool) -> Fetched:
    """Return an answer's content, within the caps. Raises NotAPage, TooLong."""
    named = (answer.getheader("Content-Type") or "text/html").partition(";")[0].strip().lower()
    form = "feed" if is_feed and (named in FEEDS or named in FORMS) else FORMS.get(named, "")
    if not form:
        raise NotAPage
    most = MOST_FILE_BYTES if form in {"pdf", "docx"} else MOST_BYTES
    received = content(answer, most=most)
    headers = {name: value for name in KEPT_HEADERS if (value := answer.getheader(name))}
    return Fetched(address, received, form, headers)


def content(answer: http.client.HTTPResponse, *, most: int) -> bytes:
    """Return the bytes of an answer, unpacked where they were packed, and never more than the cap of either.

    Raises NotAPage, TooLong, and Unreachable where they broke off: half an article is none.
    """
    packed = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in {"identity", "gzip", "x-gzip"}:
        raise NotAPage
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed != "identity" else None
    received = bytearray()
    while chunk := answer.read1(CHUNK):
        try:
            received += unpack.decompress(chunk, most + 1 - len(received)) if unpack else chunk
        except zlib.error as error:
            raise NotAPage from error
        if len(received) > most:
            raise TooLong
    if answer.length or (unpack and received and not unpack.eof):
        raise Unreachable
    return bytes(received)
