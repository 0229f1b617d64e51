"""A feed to what it lists: RSS in all its versions, and Atom.

Feeds of the open web are often broken a little, so the parser mends what it can. It resolves no entity, loads no DTD,
opens no connection, and nests no deeper than libxml2's own limit.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element
from lxml.html import HTMLParser

from reviews.core.reading.decoding import decode
from reviews.core.reading.errors import FeedElsewhere, NotAFeed, NothingToRead, Overfilled
from reviews.core.reading.plain import name_of

MOST_ENTRIES = 300
LONGEST_ADDRESS = 1000
BUILT_TO_HARM = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
FEEDS = frozenset({"rss", "RDF", "feed", "channel"})
ENTRIES = frozenset({"item", "entry"})
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
WEB = ("http://", "https://")
NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
TAG = re.compile(r"<[^<>]{1,500}>")
UNSPACED = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed lists. ``key`` is what the feed itself calls it, its address where it calls it nothing."""

    key: str
    address: str
    title: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists, in its order and each once; an entry that leads nowhere on the web is passed over."""

    title: str
    entries: tuple[Entry, ...]


def read_feed(received: bytes, *, address: str) -> Feed:
    """Return what a feed fetched from an address lists. Raises NotAFeed, NothingToRead, BinaryFile, Overfilled.

    Of a page that names its own feeds FeedElsewhere names the first.
    """
    text = decode(received)
    if not text.strip():
        raise NothingToRead
    root = root_of(text)
    if root is None or name(root) not in FEEDS:
        raise FeedElsewhere(address=named) if (named := feed_named_in(text, address=address)) else NotAFeed
    entries: dict[str, Entry] = {}
    listed = [element for element in root.iter() if name(element) in ENTRIES][:MOST_ENTRIES]
    for element in listed:
        if (entry := entry_of(element, base=address)) is not None:
            entries.setdefault(entry.key, entry)
    return Feed(title_of(root), tuple(entries.values()))


def root_of(text: str) -> _Element | None:
    """Return the root of a document, mended where it is broken; None where there is none. Raises Overfilled."""
    if BUILT_TO_HARM.search(text):
        raise Overfilled
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, encoding="utf-8"
    )
    bare_text = NUMBERED.sub(allowed, DECLARATION.sub("", text, count=1).lstrip())
    try:
        return etree.fromstring(bare_text.encode(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def allowed(reference: re.Match[str]) -> str:
    """Return a numbered character reference, or nothing where it names half a character: the mending parser would keep
    that, and nobody could read it."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else reference[0]


def name(element: _Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def title_of(root: _Element) -> str:
    """Return what a feed calls itself, or ""."""
    channel = next((element for element in root if name(element) == "channel"), root)
    return next((words(element) for element in channel if name(element) == "title"), "")


def words(element: _Element) -> str:
    """Return an element's text in one line, without the markup that feeds pack into it."""
    packed = "".join(map(str, element.itertext()))
    return name_of(html.unescape(TAG.sub(" ", html.unescape(packed))))


def entry_of(element: _Element, *, base: str) -> Entry | None:
    """Return an entry, or None where it leads nowhere on the web."""
    address = address_of(element, base=base)
    if not address:
        return None
    title = next((words(child) for child in element if name(child) == "title"), "")
    key = next((bare(child) for child in element if name(child) in {"guid", "id"}), "")
    return Entry(key=key or address, address=address, title=title, published_at=day_of(element))


def bare(element: _Element) -> str:
    """Return an element's text as it is used in addresses and keys: without any space in it."""
    return UNSPACED.sub("", "".join(map(str, element.itertext())))


def address_of(element: _Element, *, base: str) -> str:
    """Return where an entry leads: its link, or else its permanent identifier; "" where that is no web address."""
    for told in (*links_of(element), *permanent_of(element)):
        if address := web_address(told, base=base):
            return address
    return ""


def web_address(told: str, *, base: str) -> str:
    """Return a link's whole address, or "" where it is none of the web or longer than one may be."""
    try:
        address = urljoin(base, told)
    except ValueError:
        return ""
    return address if address.startswith(WEB) and len(address) <= LONGEST_ADDRESS else ""


def links_of(element: _Element) -> Iterator[str]:
    """Yield the links of an entry: Atom's by attribute, the page itself only; RSS's by text."""
    for child in element:
        if name(child) == "link":
            told = child.get("href") if child.get("rel", "alternate") == "alternate" else None
            if found := UNSPACED.sub("", told or "") or bare(child):
                yield found


def permanent_of(element: _Element) -> Iterator[str]:
    """Yield identifiers that are web addresses too."""
    for child in element:
        found = bare(child) if name(child) in {"guid", "id"} else ""
        if found.startswith(WEB) and child.get("isPermaLink", "true") != "false":
            yield found


def day_of(element: _Element) -> datetime | None:
    """Return when an entry was published, or else changed; in UTC."""
    told = {name(child): "".join(map(str, child.itertext())).strip() for child in element if name(child)}
    dates = (told.get(kind, "") for kind in ("pubDate", "published", "issued", "date", "updated", "modified"))
    return next((found for found in map(moment_of, dates) if found), None)


def moment_of(told: str) -> datetime | None:
    """Return a moment written as in mails (RSS) or as in ISO 8601 (Atom); without a zone it counts as UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(told)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def feed_named_in(text: str, *, address: str) -> str:
    """Return the address of the first feed that a page names, or ""."""
    parser = HTMLParser(encoding="utf-8")
    try:
        page = etree.fromstring(text.encode(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    links = (link for link in (page.iter("link") if page is not None else ()) if names_feed(link))
    named = (web_address((link.get("href") or "").strip(), base=address) for link in links)
    return next(filter(None, named), "")


def names_feed(link: _Element) -> bool:
    """Whether a page's <link> says that it leads to a feed."""
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return kind in FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split()
