"""A received article as one value, or the sentence that says why not."""

import sys
import time
from contextlib import suppress

import pytest

from reviews.core.reading import errors
from reviews.core.reading.reading import MOST_BYTES, read_article

TEXT = "Ginger and migraine\n\nStudies have shown that ginger may reduce migraine pain.\n\nLeave a Reply\n"


def test_a_text_is_read_whole():
    reading = read_article(TEXT.encode(), form="text")

    assert reading.document.title == "Ginger and migraine"
    assert reading.claims[0].quote == "Studies have shown that ginger may reduce migraine pain."
    assert len(reading.sentences) == 2
    assert len(reading.sha256) == 64


def test_the_same_words_have_the_same_fingerprint_in_any_encoding():
    first = read_article(TEXT.encode("utf-8-sig"), form="text")
    second = read_article(TEXT.replace("\n", "\r\n").encode("utf-16"), form="text")

    assert first == second


def test_a_page_and_its_text_give_the_same_claims():
    page = "<h1>Ginger and migraine</h1><p>Studies have shown that ginger may reduce migraine pain.</p>"

    quotes = {claim.quote for claim in read_article(page.encode(), form="html").claims}

    assert quotes == {claim.quote for claim in read_article(TEXT.encode(), form="text").claims}


@pytest.mark.parametrize(
    ("received", "form", "refusal"),
    [
        (b"", "text", errors.NothingToRead),
        (b" \n\t\xe2\x80\x8b\n", "text", errors.NothingToRead),
        (b"a" * (MOST_BYTES + 1), "text", errors.TooLong),
        (b"%PDF-1.4", "text", errors.BinaryFile),
        (b"1 2 3 4 5\n\nLeave a Reply", "text", errors.NoSentences),
        (b"<html><script>alert(1)</script></html>", "html", errors.NoSentences),
    ],
)
def test_a_refusal_is_a_sentence(received, form, refusal):
    with pytest.raises(refusal) as refused:
        read_article(received, form=form)

    assert refused.value.__doc__.endswith(".")


def test_an_article_without_claims_is_read_all_the_same():
    assert read_article(b"The library opens at nine. Bring a pen.", form="text").claims == ()


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("hidden", ["\x00", "\u202e", "\u200b"])
def test_no_text_holds_a_nul_or_a_hidden_mark(form, hidden):
    reading = read_article(f"Ginger {hidden}may reduce migraine &#0;pain.".encode(), form=form)

    assert hidden not in reading.document.text


HOSTILE = [
    "1. ", "1,", "1", "a. ", "(", '"', ". ", "...", "x\n", "may ", "- x\n", "Mr. ", "(19", "[1,", "a-", "10.",
    "study of a ", "stop the ", "home > ", "Comments on “", "risk of ", "\x1b[0", "é", "<!--", "Aa 1 ", "\u0301",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_reading_time_grows_with_the_text_and_no_faster(unit):
    short, long = (fastest(unit * (size // len(unit))) for size in (6_000, 24_000))

    assert long < 4 * 2.5 * max(short, 0.01)


@pytest.mark.parametrize(
    "unit", ["<p>a ", "<div>", "<table><tr><td>", "<li>zinc may help ", '<a href="x">y</a> ', "&amp;", "<b>"]
)
def test_a_hostile_page_takes_no_longer_than_its_length(unit):
    short, long = (fastest(unit * (size // len(unit)), form="html") for size in (8_000, 32_000))

    assert long < 4 * 2.5 * max(short, 0.01)


@pytest.mark.parametrize("element", ["<table><tr><td>", "<table><tr><td>zinc may help ", "<div>", "<ul><li>a "])
def test_a_page_nested_without_end_takes_no_more_steps_than_the_depth_at_which_the_parser_stops(element):
    steps(element)  # what is done once is not counted

    deep, deeper, deepest = (steps(element * depth) for depth in (250, 2_000, 20_000))

    assert max(deeper, deepest) < 2 * deep


def steps(nested):
    """Return how many functions are called to read or refuse a page with something nested in it."""
    page = f"<html><body><p>Zinc may shorten a cold by a day.</p>{nested}"
    taken = 0

    def count(_frame, event, _argument):
        nonlocal taken
        taken += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with suppress(errors.Unreadable):
            read_article(page.encode(), form="html")
    finally:
        sys.setprofile(before)
    return taken


def test_a_page_of_very_many_lines_takes_no_longer_than_its_length():
    short, long = (taken("<li>zinc may help " * items, form="html") for items in (3_500, 14_000))

    assert long < 4 * 2.5 * short


def fastest(text, *, form="text"):
    """Return the shortest processor time of two tries in seconds: other work on the machine only ever adds."""
    return min(taken(text, form=form) for _ in range(2))


def taken(text, *, form):
    begun = time.process_time()
    with suppress(errors.Unreadable):
        read_article(text.encode(), form=form)
    return time.process_time() - begun
