"""Pages are fetched from the public internet and from nowhere else; here it is a local server and a list of names."""

import gzip
import time

import pytest

from reviews.core.reading.errors import AddressRefused, NotAPage, NothingThere, TooLong, TooManyRedirects
from reviews.gateways import page
from reviews.gateways.page import Asking, Unchanged, Unreachable, fetch_feed, is_public
from tests.gateways.site import HOSTILE, NAMES, PUBLIC, standing_site

PAGE = b"<html><body><p>Zinc shortens a cold.</p></body></html>"


@pytest.fixture
def site():
    with standing_site() as standing:
        yield standing


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
        (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)[:-9], Unreachable),
        (200, {"Content-Type": "text/html", "Content-Length": "1000"}, PAGE, Unreachable),
        (302, {"Location": "http://["}, b"", AddressRefused),
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


def test_an_address_in_any_script_is_asked_for_typed_or_led_to(site):
    answers, net = site
    answers["/wiki/K%C3%B6ln?q=%25"] = (302, {"Location": "/wiki/Köln-Süd"}, b"")
    answers["/wiki/K%C3%B6ln-S%C3%BCd"] = (200, {"Content-Type": "text/html"}, PAGE)

    assert net.fetch("http://news.example/wiki/Köln?q=%25").received == PAGE


def test_a_page_that_comes_too_slowly_is_not_taken_for_a_short_one(site, monkeypatch):
    answers, net = site
    answers["/"] = (200, {"Content-Type": "text/html"}, slowly(PAGE))
    monkeypatch.setattr(page, "MOST_SECONDS", 0.3)

    with pytest.raises(Unreachable):
        net.fetch("http://news.example/")


def slowly(body):
    for place in range(0, len(body), 5):
        time.sleep(0.1)
        yield body[place : place + 5]


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
