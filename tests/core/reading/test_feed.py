"""What feeds list, whole and broken, and what is refused of them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.errors import NotAFeed, NothingToRead, Overfilled, Unreadable
from reviews.core.reading.feed import MOST_ENTRIES, Entry, read_feed

HOME = "https://herbs.example/feed.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Daily Herb</title><link>https://herbs.example/</link>
<atom:link rel="self" href="https://herbs.example/feed.xml"/>
<item><title>Tea &amp;#8217;calms&amp;#8217; &lt;b&gt;nights&lt;/b&gt;</title><link>https://herbs.example/tea</link>
<guid isPermaLink="false">herb-1</guid><pubDate>Mon, 02 Mar 2026 09:30:00 +0100</pubDate></item>
<item><title><![CDATA[Zinc & colds]]></title><guid>https://herbs.example/zinc</guid><dc:date>2026-03-01</dc:date></item>
<item><title>Nowhere</title><guid isPermaLink="false">herb-3</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Herb &amp;amp; Root</title>
<entry><id>tag:herbs.example,2026:1</id><title>Tea</title><link rel="edit" href="https://herbs.example/edit/1"/>
<link rel="alternate" type="text/html" href="/tea"/><published>2026-03-02T08:30:00Z</published></entry>
<entry><id>tag:herbs.example,2026:2</id><title>Root</title><link href="https://herbs.example/root"/>
<updated>not a day</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://herbs.example/"><title>Old Herb</title></channel>
<item rdf:about="https://herbs.example/tea"><title>Tea</title><link>https://herbs.example/tea</link></item></rdf:RDF>"""
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def test_rss_gives_its_entries_with_address_title_and_moment():
    feed = read_feed(RSS.encode(), address=HOME)

    assert feed.title == "The Daily Herb"
    assert feed.entries == (
        Entry("herb-1", "https://herbs.example/tea", "Tea ’calms’ nights", AT),
        Entry(
            "https://herbs.example/zinc",
            "https://herbs.example/zinc",
            "Zinc & colds",
            datetime(2026, 3, 1, tzinfo=UTC),
        ),
    )


def test_atom_gives_the_page_and_no_other_link():
    feed = read_feed(ATOM.encode(), address=HOME)

    assert feed.title == "Herb & Root"
    assert [(e.key, e.address, e.published_at) for e in feed.entries] == [
        ("tag:herbs.example,2026:1", "https://herbs.example/tea", AT),
        ("tag:herbs.example,2026:2", "https://herbs.example/root", None),
    ]


def test_rss_1_has_its_entries_beside_the_channel():
    feed = read_feed(RDF.encode(), address=HOME)

    assert (feed.title, [entry.address for entry in feed.entries]) == ("Old Herb", ["https://herbs.example/tea"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_feed_is_read_in_its_own_encoding(encoding):
    text = RSS.replace("UTF-8", encoding).replace("The Daily Herb", "Täglich Kräuter")

    assert read_feed(text.encode(encoding), address=HOME).title == "Täglich Kräuter"


def test_a_broken_feed_gives_what_can_be_read_of_it():
    broken = RSS.replace("Zinc & colds", "Zinc").replace("<![CDATA[", "A&nbsp;B & ").replace("]]>", "")

    assert read_feed(broken.encode(), address=HOME).entries[0].key == "herb-1"
    assert read_feed(RSS[:500].encode(), address=HOME).title == "The Daily Herb"


def test_the_same_entry_twice_is_one():
    item = "<item><link>https://herbs.example/tea</link></item>"

    assert len(read_feed(f"<rss><channel>{item * 3}</channel></rss>".encode(), address=HOME).entries) == 1


def test_no_more_than_so_many_entries_are_read():
    items = "".join(f"<item><link>https://herbs.example/{n}</link></item>" for n in range(MOST_ENTRIES + 9))

    assert len(read_feed(f"<rss><channel>{items}</channel></rss>".encode(), address=HOME).entries) == MOST_ENTRIES


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[bad", ""])
def test_what_is_no_web_address_is_passed_over(link):
    feed = read_feed(f"<rss><channel><item><link>{link}</link></item></channel></rss>".encode(), address=HOME)

    assert feed.entries == ()


def test_a_page_is_no_feed_and_the_feed_that_it_names_is_said():
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><p>Herbs.</p></html>'

    with pytest.raises(NotAFeed) as refusal:
        read_feed(page.encode(), address="https://herbs.example/")
    with pytest.raises(NotAFeed) as other:
        read_feed(b"<p>Herbs.</p>", address="https://herbs.example/")

    assert (refusal.value.phrase.values, other.value.phrase.values) == ({"address": HOME}, {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_expand_are_refused(encoding):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss>&l8;</rss>'

    with pytest.raises(Overfilled):
        read_feed(bomb.encode(encoding), address=HOME)


@pytest.mark.parametrize("reference", ["&#55296;", "&#xDBFF;", "&#x110000;", "&#0;", "&#99999999;"])
def test_a_reference_to_no_character_costs_nothing_else(reference):
    broken = RSS.replace("The Daily Herb", f"The {reference}Daily Herb").replace("/tea<", f"/{reference}tea<")

    feed = read_feed(broken.encode(), address=HOME)

    assert (feed.title, feed.entries[0].address) == ("The Daily Herb", "https://herbs.example/tea")


def test_an_entity_that_nobody_declared_stands_in_nobodys_way():
    broken = RSS.replace("<item>", "<item>&nbsp;").replace("The Daily Herb", "The&nbsp;Daily Herb")

    feed = read_feed(broken.encode(), address=HOME)

    assert (feed.title, feed.entries[0].published_at) == ("The Daily Herb", AT)


def test_nothing_is_nothing():
    with pytest.raises(NothingToRead):
        read_feed(b" \n", address=HOME)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: f"<rss><item>{t}</item></rss>".encode())))
def test_whatever_comes_only_a_named_refusal_goes(received):
    try:
        feed = read_feed(received, address=HOME)
    except Unreadable:
        return
    assert all(entry.address.startswith(("http://", "https://")) for entry in feed.entries)
