"""An HTML page to a document: text alone, with its title, byline and comments told apart."""

import json
import time
from datetime import date

import pytest

from reviews.core.reading.errors import Overfilled
from reviews.core.reading.page import MOST_ELEMENTS, authors_of, looks_like_page, read_markup, read_page
from reviews.core.reading.reading import read_article
from tests.bench import pages
from tests.core.reading.wrappings import GERMAN, WRAPPINGS

LEAST_OF_OURS, SHORT = 0.97, 30
PARAGRAPHS = [
    "Magnesium is a mineral found in nuts, beans and leafy greens, and most adults get enough of it from their food.",
    "In one small trial of 46 older adults, those who took magnesium fell asleep sooner than those who took placebo.",
    "Doctors warn that high doses cause diarrhoea and are dangerous for people whose kidneys do not work well.",
]
PAGE = f"""<!doctype html><html><head><title>Magnesium and Sleep | Sleep Weekly</title>
<meta property="og:site_name" content="Sleep Weekly"><meta name="author" content="Jane Doe">
<script>alert("stolen")</script><style>p {{ color: red }}</style></head><body>
<nav><a href="/">Home</a> <a href="/sleep">Sleep</a></nav>
<article><h1>Magnesium and Sleep</h1><p>{PARAGRAPHS[0]}</p><script>document.write("evil")</script>
<h2>What was tested</h2><p onclick="steal()">{PARAGRAPHS[1]}</p>
<ul><li>It is cheap &amp; easy to find.</li><li>It is sold in many forms.</li></ul>
<p>{PARAGRAPHS[2]}&#x202e;</p><svg onload="alert(1)"></svg></article>
<footer>© Sleep Weekly</footer></body></html>"""


def test_title_byline_and_body_are_told_apart():
    document = read_page(PAGE)

    assert document.title == "Magnesium and Sleep"
    assert document.stretches("title") == ("Magnesium and Sleep",)
    assert document.stretches("byline") == ("Jane Doe",)
    assert document.stretches("body")[0].split("\n\n") == [
        PARAGRAPHS[0],
        "What was tested",
        PARAGRAPHS[1],
        "It is cheap & easy to find.",
        "It is sold in many forms.",
        PARAGRAPHS[2],
    ]


def test_no_tag_script_or_style_survives():
    text = read_page(PAGE).text

    assert [trace for trace in ("<", "alert", "evil", "steal", "color", "\x00", "\u202e") if trace in text] == []


def test_a_given_title_goes_before_the_pages_own():
    assert read_page(PAGE, title="Another title").title == "Another title"


def test_a_fragment_too_short_for_the_extractor_is_read_whole():
    document = read_page(
        "<h1>Zinc and colds</h1><p>Zinc <b>may</b> shorten colds.</p><script>x()</script><p>Or not.</p>"
    )

    assert document.title == "Zinc and colds"
    assert document.stretches("body") == ("Zinc may shorten colds.\n\nOr not.",)


def test_nothing_but_markup_is_an_empty_document():
    assert read_page("<div><script>x()</script></div>").text == ""


def test_deep_nesting_does_not_break_it():
    document = read_page("<b>" * 200 + "Zinc may shorten colds." + "</b>" * 200 + "<div>" * 5000)

    assert document.text == "Zinc may shorten colds."


def test_the_build_of_a_page_is_kept_with_its_places():
    document = read_page(PAGE)

    built = [(part.role, part.level, document.text[part.start : part.end]) for part in document.parts]

    assert built == [
        ("heading", 1, "Magnesium and Sleep"),
        ("paragraph", 0, "Jane Doe"),
        ("paragraph", 0, PARAGRAPHS[0]),
        ("heading", 2, "What was tested"),
        ("paragraph", 0, PARAGRAPHS[1]),
        ("item", 0, "It is cheap & easy to find."),
        ("item", 0, "It is sold in many forms."),
        ("paragraph", 0, PARAGRAPHS[2]),
    ]


def test_links_stand_where_their_words_stand():
    linked = PARAGRAPHS[1].replace("placebo", '<a href="https://seller.example/?ref=us"> placebo </a>')
    document = read_page(PAGE.replace(PARAGRAPHS[1], f"The placebo first. {linked}"))

    (link,) = document.links

    assert (document.text[link.start : link.end], link.address) == ("placebo", "https://seller.example/?ref=us")
    assert document.text[: link.start].endswith("those who took ")


def test_what_a_page_tells_of_itself_is_taken_over():
    dated = PAGE.replace("<html>", '<html lang="en-GB">').replace(
        "</head>", '<meta property="article:published_time" content="2021-05-04T10:00:00Z"></head>'
    )

    facts = read_page(dated).facts

    assert (facts.byline, facts.publisher, facts.published_on, facts.language) == (
        "Jane Doe",
        "Sleep Weekly",
        date(2021, 5, 4),
        "en",
    )


def test_a_lead_in_an_articles_header_is_not_lost():
    lead = "New research asks whether a cheap mineral helps older people to fall asleep."
    page = PAGE.replace("<article>", '<article itemprop="articleBody">').replace(
        f"<p>{PARAGRAPHS[0]}", f"<header>{lead}</header><p>{PARAGRAPHS[0]}"
    )

    assert lead in read_page(page).stretches("body")[0].split("\n\n")


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("Jane Doe; MA", "Jane Doe, MA"),
        ("Jane Doe; Health Editor", "Jane Doe, Health Editor"),
        ("Jane Doe; John Roe", "Jane Doe; John Roe"),
        ("MD", "MD"),
        ("", ""),
    ],
)
def test_a_degree_follows_its_owner(told, line):
    assert authors_of(told) == line


@pytest.mark.parametrize(
    ("pasted", "is_page"),
    [
        ("<!doctype html><html><body><p>Zinc.</p></body></html>", True),
        ("  <p>Zinc helps.</p>", True),
        ("Zinc <b>helps</b>.", False),
        ("<5 mg of zinc</p>", False),
    ],
)
def test_markup_is_told_from_plain_text(pasted, is_page):
    assert looks_like_page(pasted) is is_page


def test_a_converted_files_title_is_in_its_head_and_nothing_is_left_out():
    document = read_markup(
        "<title>Zinc</title><h1>Zinc</h1><p>It helps.<ul><li>Or not.</ul><table><tr><td>5 mg</table>"
    )

    assert document.title == "Zinc"
    assert document.stretches("body") == ("It helps.\n\nOr not.\n\n5 mg",)


def seconds_for(page):
    began = time.process_time()
    read_page(page)
    return time.process_time() - began


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        ("<table><tr>", "<td>It helps."),
        ("<table>", "<td>It helps.</td>"),
        ("<table><tr>", "<td colspan=9999>It helps."),
        ("<table><tr>", "<td rowspan=9999 colspan=999>It helps."),
        ("", "<td>It helps."),
        ("", "<p>It helps."),
    ],
    ids=["in one row", "in no row", "stretched", "stretched over rows", "in no table", "paragraphs"],
)
def test_a_page_of_many_cells_takes_time_in_proportion_to_them(before, cell):
    seconds_for(before + cell * 100)

    few, many = (seconds_for(before + cell * count) for count in (2_000, 16_000))

    assert many < 3 * 8 * few


def test_a_wide_table_of_stretched_cells_keeps_all_its_text():
    rows = "".join(
        f"<tr>{''.join(f'<td rowspan=3 colspan=2>It helps {n} in {m}.' for n in range(450))}" for m in (5, 7)
    )

    text = read_page(f"<article><h1>Zinc</h1><p>{'Zinc helps many. ' * 30}</p><table>{rows}</table></article>").text

    assert text.split("\n\n")[2:] == [f"It helps {n} in {m}." for m in (5, 7) for n in range(450)]


@pytest.mark.parametrize("block", ["<p>a", "<td>a", "<br>a"])
def test_a_page_of_more_blocks_than_any_document_has_is_refused(block):
    with pytest.raises(Overfilled):
        read_page(block * (MOST_ELEMENTS + 1))


@pytest.mark.parametrize(("made", "title", "gold"), WRAPPINGS.values(), ids=WRAPPINGS.keys())
def test_an_article_is_found_in_the_wrappings_that_sites_put_around_it(made, title, gold):
    document = read_article(made(), form="html").document
    body = document.stretches("body")

    assert document.title == title
    assert pages.f1("\n".join(gold), "\n".join(body)) >= LEAST_OF_OURS
    assert document.facts.language == ("de" if gold is GERMAN else "en")
    assert [one for one in gold if len(one) > SHORT and one not in document.text] == []


@pytest.mark.shared
def test_the_gold_pages_are_read_as_well_as_promised(shared):
    scores = [*pages.zyte(shared / "pages" / "zyte")]

    assert len(scores) == 6
    assert sum(score.f1 for score in scores) / 6 >= 0.99
    assert min(score.f1 for score in scores) >= 0.98
    assert all(score.document.title for score in scores)


@pytest.mark.shared
def test_the_readability_pages_keep_text_title_and_byline(shared):
    scores = [*pages.mozilla(shared / "pages" / "mozilla")]

    found = {score.name: (score.document.title, score.document.stretches("byline")[0]) for score in scores}

    assert min(score.f1 for score in scores) >= 0.99
    for name, (title, byline) in found.items():
        expected = json.loads((shared / "pages" / "mozilla" / name / "expected-metadata.json").read_text())
        assert title == expected["title"]
        assert " ".join(expected["byline"].split()).removeprefix("By ").startswith(byline.split("\n")[0])
