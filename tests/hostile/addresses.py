"""What becomes of addresses that would lead inside: asked for as a page, as a feed, and led on to by another page."""

from reviews.core.reading.errors import Unreadable
from reviews.gateways.page import Unreachable, fetch_feed
from tests.gateways.site import HOSTILE, NAMES, PUBLIC, Net, standing_site


def table_of_addresses() -> bool:
    """Print for every hostile address how it is refused; return whether no socket was opened to any."""
    opened = 0
    print(f"{'address':<50} {'as a page':<15} {'as a feed':<15} {'led on to':<17} sockets inside")
    with standing_site() as (answers, net):
        net.names = NAMES
        for address in HOSTILE:
            answers["/"] = (302, {"Location": address.replace("\r\n", "%0d%0a")}, b"")
            net.dialled.clear()
            told = [refusal_of(net, address), refusal_of(net, address, as_feed=True)]
            inside = len(net.dialled)
            told.append(refusal_of(net, "http://news.example/"))
            inside += sum(1 for host, _ in net.dialled if host != PUBLIC)
            opened += inside
            print(f"{address!r:<50} {told[0]:<15} {told[1]:<15} {told[2]:<17} {inside}")
    print(f"{len(HOSTILE)} forms, each in three ways: {opened} sockets to anything but the public internet")
    return opened == 0


def refusal_of(net: Net, address: str, *, as_feed: bool = False) -> str:
    """Return the name of what an address is refused with."""
    try:
        if as_feed:
            fetch_feed(address, etag="", last_modified="", resolve=net.resolve, dial=net.dial)
        else:
            net.fetch(address)
    except (Unreadable, Unreachable) as refused:
        return type(refused).__name__
    return "fetched"
