"""An HTML page to a document: text alone, with its title, byline and comments told apart."""

from reviews.core.reading.page import read_page

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
