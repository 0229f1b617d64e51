"""The commercial map of an article: who sells, what pays, what is disclosed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.commerce import AFFILIATE, OUTBOUND, SHOP, commerce_of, site_of, urlsplit_or_none
from reviews.core.reading.document import Link

HOME = "https://www.herb.example/tea"


def map_of(*addresses, text="here"):
    return commerce_of(text, [Link(0, 4, address) for address in addresses], address=HOME)


LINKS = {
    "an associate's tag": ("https://books.example/dp/1?tag=herbnews-20", AFFILIATE, "books.example"),
    "a partner's number": ("https://vitamins.example/zinc?aff_id=77", AFFILIATE, "vitamins.example"),
    "a campaign of partners": ("https://vitamins.example/?utm_medium=affiliate", AFFILIATE, "vitamins.example"),
    "passed on": ("https://hop.example/r?url=https%3A%2F%2Fpills.example%2Fbuy", AFFILIATE, "pills.example"),
    "passed on at home": ("https://www.herb.example/go/lunarin/", AFFILIATE, "herb.example"),
    "a counting host": ("https://click.net-of-partners.example/x", AFFILIATE, "net-of-partners.example"),
    "a shelf": ("https://pills.example/products/lunarin", SHOP, "pills.example"),
    "a shop's own host": ("https://shop.pills.co.uk/", SHOP, "pills.co.uk"),
    "a campaign": ("https://pills.example/?utm_source=news", "advertising", "pills.example"),
    "a study": ("https://journal.example/article/12", OUTBOUND, "journal.example"),
}


@pytest.mark.parametrize(("address", "kind", "site"), LINKS.values(), ids=LINKS.keys())
def test_a_link_is_known_by_its_shape(address, kind, site):
    [link] = map_of(address).links

    assert (link.kind, link.site, link.words) == (kind, site, "here")


@pytest.mark.parametrize(
    "address", [HOME, "/other", "#top", "javascript:alert(1)", "mailto:a@b.example", "https://[bad"]
)
def test_what_leads_nowhere_else_is_no_outbound_link(address):
    assert map_of(address).links == ()


def test_a_link_that_stands_twice_is_told_once():
    assert len(map_of("https://a.example/", "https://a.example/").links) == 1


TEXTS = {
    "a company": ("It comes from SUNRISE HERBAL CO., LTD today.", "sellers", ["SUNRISE HERBAL CO., LTD"]),
    "a company's name that the lead-in cuts short": (
        "It is offered by NINGBO EXAMPLE CO.,LTD now.",
        "sellers",
        ["NINGBO EXAMPLE CO.,LTD"],
    ),
    "sold by": ("The drops are sold by Copperleaf Health. Ask them.", "sellers", ["Copperleaf Health"]),
    "who offers": ("Now Ambra Optics offers a trial. Bath University offers a trial too.", "sellers", ["Ambra Optics"]),
    "whose it is": ("Try Ambra's new lens. Vela Nutrition's gummies are sour.", "sellers", ["Ambra", "Vela Nutrition"]),
    "who makes it": ("It is by the makers of Sleepora.", "sellers", ["Sleepora"]),
    "what readers are to join": (
        "Join the Pneuma Coaching masterclass today. Join the Bath University webinar.",
        "sellers",
        ["Pneuma Coaching"],
    ),
    "what readers are to get": ("Download the Nightwell app. Download the NHS app.", "sellers", ["Nightwell"]),
    "prices": (
        "Save up to £9 off your first order with code TEA.",
        "coupons",
        ["Save up to", "£9 off", "your first order", "with code"],
    ),
    "disclosed by others": (
        "The Herb may earn a small commission, at no extra cost to you.",
        "disclosures",
        ["may earn a small commission", "at no extra cost to you"],
    ),
    "a trade mark": ("Try SleepWell™ tonight.", "products", ["SleepWell"]),
    "a catalogue's line": ("We tested Lunarin Tablets 20mg at home.", "products", ["Lunarin Tablets 20mg"]),
    "coupons": ("Use code TEA20 at checkout for 20% off.", "coupons", ["Use code", "at checkout", "20% off"]),
    "disclosed": ("We may earn a commission if you buy.", "disclosures", ["We may earn a commission"]),
    "nothing": ("Moonflower tea is sold by many. This is a drink.", "sellers", []),
}


@pytest.mark.parametrize(("text", "part", "words"), TEXTS.values(), ids=TEXTS.keys())
def test_words_that_sell_are_found_where_they_stand(text, part, words):
    found = getattr(map_of(text=text), part)

    assert [one.words for one in found] == words
    assert all(text[one.start : one.end] == one.words for one in found)


def test_an_article_that_gains_and_does_not_say_so_is_silent():
    link = "https://pills.example/buy/lunarin"

    assert map_of(link).is_silent
    assert not map_of(link, text="This post contains affiliate links.").is_silent
    assert not map_of("https://journal.example/1").is_silent


def test_whoever_gains_is_named_once():
    found = map_of("https://pills.example/buy", text="Sold by Lunar Foods. Sold by Lunar Foods. Lunarin® is theirs.")

    assert found.names == ("Lunar Foods", "Lunarin", "pills.example")


@pytest.mark.parametrize(
    ("host", "site"), [("www.a.example", "a.example"), ("shop.a.co.uk", "a.co.uk"), ("a.b.c.example", "c.example")]
)
def test_a_site_is_whoever_runs_the_host(host, site):
    assert site_of(urlsplit_or_none(f"https://{host}/")) == site


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=4))
def test_whatever_comes_in_makes_a_map(text, addresses):
    links = [Link(0, min(4, len(text)), address) for address in addresses]

    found = commerce_of(text, links, address=text[:40])

    stretches = (*found.sellers, *found.products, *found.coupons, *found.disclosures)
    assert all(text[one.start : one.end] == one.words for one in stretches)
