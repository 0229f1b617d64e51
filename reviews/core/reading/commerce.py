"""Who sells what an article praises: sellers, products, links that pay, coupon words, and whether it says so.

Shapes, not sites: an address pays somebody where it carries a partner's mark, whoever runs it. It explains and asks;
what it does not find may still be there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from reviews.core.reading.document import Link
from reviews.core.reading.sellers import OWNS, SELLS, URGES
from reviews.core.reading.vocabulary import DOSE_UNITS, SUBSTANCE_FORMS, phrase

AFFILIATE, SHOP, ADVERTISING, OUTBOUND = "affiliate", "shop", "advertising", "outbound"
KINDS = (AFFILIATE, SHOP, ADVERTISING, OUTBOUND)
MOST_LINKS = 500
LONGEST_NAME = 80

PARTNER_KEYS = re.compile(
    r"(?:aff(?:iliate)?(?:_?id|_?code|_?sub)?|affid|afid|aid|awc|awinaffid|irclickid|irgwc|cjevent|ranmid|raneaid"
    r"|ransiteid"
    r"|clickid|click_id|subid\d?|sub_id\d?|partner(?:_?id)?|refid|ref_?code|referral(?:_?code)?|rfsn|sscid|a_aid|a_bid|hop)",
    re.IGNORECASE,
)
ASSOCIATE_TAG = re.compile(r"[\w-]{2,40}-2\d")
PARTNER_PATH = re.compile(
    r"/(?:aff(?:iliate)?s?|recommends?|partners?|refer(?:ral)?|go|out|exit|redirect|visit|deals?|click|track)/",
    re.IGNORECASE,
)
PARTNER_HOST = re.compile(r"(?:aff(?:iliate)?s?|click|track(?:ing)?|partners?|go|refer|deals)\d?\.", re.IGNORECASE)
SHOP_PATH = re.compile(
    r"/(?:products?|shop|store|buy|cart|basket|checkout|order|dp|item|collections|add-to-cart)(?:/|$|\?)", re.IGNORECASE
)
SHOP_HOST = re.compile(r"\A(?:(?:shop|store|buy|order)\.|.{1,250}\.(?:shop|store)\Z)", re.IGNORECASE)
TARGET_KEYS = frozenset({"url", "u", "dest", "destination", "target", "to", "redirect", "link", "goto", "murl", "ued"})
ADVERTISING_KEYS = re.compile(
    r"(?:gclid|fbclid|msclkid|ttclid|utm_(?:source|medium|campaign|content|term))", re.IGNORECASE
)
PARTNER_WORDS = re.compile(r"aff|partner|referr|influencer", re.IGNORECASE)
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})

NAME = r"(?-i:[A-Z](?:[\w&'’-]|\.(?=\w)){0,40})(?:[ ,]{1,2}(?-i:(?:[A-Z(](?:[\w&'’()-]|\.(?=\w)){0,40}|of|and|&))){0,6}"
SOLD_BY = re.compile(
    r"\b(?:(?:offered|sold|supplied|manufactured|made|distributed|marketed|available|bought|stocked|sponsored|produced"
    r"|paid for|brought to you) (?:exclusively )?(?:by|from|at)|exclusive to|placed with|partnership with|makers? of"
    rf"|under the (?:brand )?name) (?:the )?(?P<name>{NAME})",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"(?<!\w)(?P<name>(?:[A-Z][\w&'’.-]{0,40},?\s){1,6}(?:CO\.?,?\s?LTD|Co\.?,?\s?Ltd|LTD|Ltd|LIMITED|Limited|INC|Inc|LLC"
    r"|GmbH|GMBH|PLC|plc|Corp|CORP|Corporation|Pharma(?:ceuticals?)?|PHARMA(?:CEUTICALS?)?|Laborator(?:y|ies)|Labs|Biotech"
    r"|Nutrition|Nutraceuticals|Wellness))(?!\w)"
)
TRADE_MARK = re.compile(r"(?P<name>(?:[A-Z0-9][\w-]{0,40}\s){0,3}[A-Z0-9][\w-]{0,40})\s?[®™]")
CATALOGUE = re.compile(
    rf"(?<!\w)(?P<name>(?:[A-Z][\w-]{{1,40}}\s){{1,3}}(?i:{SUBSTANCE_FORMS})\s\d[\d.,]{{0,10}}\s?(?i:{DOSE_UNITS})"
    rf"|\d[\d.,]{{0,10}}\s?(?i:{DOSE_UNITS})\s(?:[A-Z][\w-]{{1,40}}\s){{1,3}}(?i:{SUBSTANCE_FORMS}))(?!\w)"
)
COUPONS = phrase(
    r"(?:coupon|promo(?:tion(?:al)?)?|discount|voucher)s?(?: codes?)?|use (?:the |my |our )?code|at checkout"
    r"|\d{1,2} ?% off|(?:get|save|take) (?:an extra )?\d{1,2} ?%|free shipping|limited[- ]time (?:offer|deal)"
    r"|money[- ]back guarantee"
    r"|buy (?:one|1|two|2),? get|two[- ]for[- ]one|[23]-for-[12]|(?:half|reduced) price|special offer|free trial"
    r"|offer ends"
    r"|(?:with|enter|apply|using) (?:the |my |our )?code|[$£€]\d{1,3} off|\d{1,2} per ?cent off|save up to"
    r"|(?:your|the) first order|while (?:stocks?|supplies) lasts?"
)
DISCLOSURES = phrase(
    r"affiliate (?:links?|disclosure|commissions?|partners?)|(?:we|i) (?:may |might |can |will )?(?:earn|receive|get)"
    r"(?: a| an)?(?: small)? (?:commission|compensation|fee)|may (?:earn|receive) (?:a |an )?(?:\w+ )?commissions?"
    r"|(?:paid|commercial) partnership|sponsored (?:by|content|post)"
    r"|(?:content|article|post|story|video|page) (?:was|is) (?:produced|created|paid for) by"
    r"|at no (?:extra|additional) cost to you|(?:were|was) gifted|free of charge|(?<!\w)#(?:ad|sponsored)"
    r"|advertorial|paid (?:advertisement|promotion|post)"
    r"|in (?:paid )?(?:partnership|collaboration) with"
    r"|conflicts? of interest|competing interests|(?:funded|paid for|provided free) by"
    r"|financial (?:interest|disclosure)|(?:was|were) paid (?:by|for)"
)
LEAD = re.compile(
    r"(?:(?:The|This|That|These|Those|It|If|In|At|An?|And|Our|Your|We|With|Try|Buy|Take|Use|Get|Order|Meet|Discover|See)\s)+"
)
"""What begins a sentence or urges, and is no part of a name."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the text, where they stand: `text[start:end] == words`."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outbound:
    """A link that leads off the site: one of KINDS, the site it leads to in the end, and what tells, in words."""

    kind: str
    site: str
    address: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Commerce:
    """The commercial map of an article. `sellers` and `products` are names as the text has them, each once."""

    sellers: tuple[Stretch, ...]
    products: tuple[Stretch, ...]
    links: tuple[Outbound, ...]
    coupons: tuple[Stretch, ...]
    disclosures: tuple[Stretch, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Whoever may make a conflict of interest: sellers, products, and the sites that are paid or sell."""
        sites = [link.site for link in self.links if link.kind in (AFFILIATE, SHOP)]
        return tuple(dict.fromkeys([*(one.words for one in (*self.sellers, *self.products)), *sites]))

    @property
    def sells(self) -> bool:
        """Whether anything in it speaks for somebody who gains."""
        return bool(self.sellers or self.products or self.coupons or self.names)

    @property
    def is_silent(self) -> bool:
        """Whether somebody gains and the text does not say so."""
        return self.sells and not self.disclosures


def commerce_of(text: str, links: Sequence[Link], *, address: str = "") -> Commerce:
    """Return the commercial map of a text and its links; `address` is where the text stands, "" where unknown.

    At most MOST_LINKS links are looked at. Takes time in proportion to the text.
    """
    return Commerce(
        sellers=_once(_names(text, (SOLD_BY, COMPANY, SELLS, OWNS, URGES))),
        products=_once(_names(text, (TRADE_MARK, CATALOGUE))),
        links=tuple(_outbound(text, links[:MOST_LINKS], home=site_of(urlsplit_or_none(address)))),
        coupons=_once(_found(text, COUPONS)),
        disclosures=_once(_found(text, DISCLOSURES)),
    )


def urlsplit_or_none(address: str) -> SplitResult | None:
    """Return the parts of a web address, or None where it is none."""
    try:
        parts = urlsplit(address.strip())
        return parts if parts.scheme in {"http", "https", ""} and parts.hostname else None
    except ValueError:
        return None


def site_of(parts: SplitResult | None) -> str:
    """Return the name under which somebody runs a host: its last two labels, or three as in "shop.co.uk"."""
    labels = (parts.hostname or "").lower().removeprefix("www.").split(".") if parts else []
    size = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def _outbound(text: str, links: Iterable[Link], *, home: str) -> Iterator[Outbound]:
    seen: set[str] = set()
    for link in links:
        parts = urlsplit_or_none(link.address)
        if parts is None or link.address in seen:
            continue
        seen.add(link.address)
        target = _target(parts)
        kind, why = _kind_of(parts, target=target)
        site = site_of(target or parts)
        if site != home or kind == AFFILIATE:
            yield Outbound(kind, site, link.address, " ".join(text[link.start : link.end].split()), why)


def _target(parts: SplitResult) -> SplitResult | None:
    """Return where an address leads that only passes on, by the address that it carries."""
    for key, value in parse_qsl(parts.query, max_num_fields=None):
        if key.lower() in TARGET_KEYS and value.startswith(("http://", "https://")):
            return urlsplit_or_none(value)
    return None


def _kind_of(parts: SplitResult, *, target: SplitResult | None) -> tuple[str, str]:
    pairs = [pair for one in (parts, target) if one for pair in parse_qsl(one.query)]
    host = parts.hostname or ""
    for key, value in pairs:
        is_associate = key.lower() == "tag" and ASSOCIATE_TAG.fullmatch(value)
        is_partner = key.lower().startswith("utm_") and PARTNER_WORDS.search(value)
        if PARTNER_KEYS.fullmatch(key) or is_associate or is_partner:
            return AFFILIATE, f"It carries a partner's mark: {key}."
    if PARTNER_PATH.search(parts.path + "/") or PARTNER_HOST.match(host) or target:
        return AFFILIATE, "It is built to pass readers on and count them."
    if SHOP_PATH.search(parts.path) or SHOP_HOST.match(host):
        return SHOP, "It leads into a shop."
    if any(ADVERTISING_KEYS.fullmatch(key) for key, _ in pairs):
        return ADVERTISING, "It counts readers for a campaign."
    return OUTBOUND, ""


def _names(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[Stretch]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            first, end = found.span(found.lastgroup or 0)
            lead = LEAD.match(text, first, end)
            start = lead.end() if lead else first
            words = text[start : min(end, start + LONGEST_NAME)].rstrip(" ,.&")
            words = words.removesuffix(" and").removesuffix(" of")
            if words[:1].isupper() or words[:1].isdigit():
                yield Stretch(words, start, start + len(words))


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[Stretch]:
    return (Stretch(found[0], found.start(), found.end()) for found in pattern.finditer(text))


def _once(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return each wording once, where it stands first; one whose words are part of another's is left to that one."""
    first: dict[str, Stretch] = {}
    for one in sorted(stretches, key=lambda one: (one.start, -one.end)):
        first.setdefault(re.sub(r"\W+", " ", one.words.casefold()).strip(), one)
    return tuple(
        one
        for words, one in first.items()
        if not any(words != other and f" {words} " in f" {other} " for other in first)
    )
