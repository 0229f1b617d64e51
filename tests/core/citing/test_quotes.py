"""A quote stands in its source word for word, however the source is set."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.citing.quotes import Difference, Span, find_quote, find_quote_in, index_of

TEXT = (
    "Methods. We gave oxy-\ntocin   or placebo.\n\nResults: it re-\nduced “anxiety” in 5–10% of pa\u00adtients; "
    "the ef\ufb01cacy was low … and the mean change was -5 points. A well-known caf\u00e9."
)


def passage(quote, text=TEXT):
    match = find_quote(quote, text)
    return text[match.where.start : match.where.end] if match.found else None


@pytest.mark.parametrize(
    "quote",
    [
        "We gave oxytocin or placebo.",
        "oxy-tocin or placebo",
        "it reduced",
        'reduced "anxiety" in 5-10% of patients',
        "efficacy was low",
        "cafe\u0301",
        "the mean change was \u22125 points",
        "well-known",
        "well-\nknown",
        "“it reduced”",
        "low … and the mean",
        " Methods.\u00a0We ",
    ],
)
def test_how_a_text_is_set_does_not_count(quote):
    assert find_quote(quote, TEXT).found


@pytest.mark.parametrize(
    "quote",
    [
        "we gave",
        "oxytocin and placebo",
        "5-11% of patients",
        "510% of",
        "wellknown",
        "well known",
        "low-and",
        "cafe",
        "-10 points",
        "Results: it re-duced anxiety",
        "",
        "   ",
        "[...]",
    ],
)
def test_letters_case_numbers_and_dashes_do(quote):
    assert not find_quote(quote, TEXT).found


def test_offsets_are_code_points_of_the_original():
    text = "\U0001f600 the ef\ufb01cacy"

    assert find_quote("efficacy", text).where == Span(6, 13)
    assert passage("it reduced") == "it re-\nduced"


def test_the_first_place_that_only_looks_alike_is_passed_over():
    match = find_quote("well-known", "a wellknown, well-known thing")

    assert match.where == Span(13, 23)


def test_a_minus_in_the_quote_is_not_made_up():
    assert not find_quote("-5 points", "a change of 5 points").found


def test_parts_come_in_order():
    match = find_quote("We gave oxytocin [...] efficacy was low", TEXT)

    assert match.found
    assert [TEXT[part.start : part.end] for part in match.parts] == ["We gave oxy-\ntocin", "ef\ufb01cacy was low"]
    assert not find_quote("efficacy was low […] We gave oxytocin", TEXT).found


def test_a_missing_quote_shows_the_nearest_passage():
    match = find_quote("the mean change was -7 points", TEXT)

    assert not match.found
    assert TEXT[match.where.start : match.where.end] == "the mean change was -5 points"
    assert match.likeness == pytest.approx(5 / 6)


def test_nothing_alike_shows_nothing():
    match = find_quote("entirely other words", TEXT)

    assert (match.found, match.where, match.likeness) == (False, None, 0.0)
    assert find_quote("words", "").where is None


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("We gave oxy-\ntocin   or placebo.", "verbatim"),
        ("was low … and the mean", "verbatim"),
        ("We gave oxytocin or placebo.", "typography"),
        ("reduced 'anxiety' in", "absent"),
        ("the mean change was -7 points", "close"),
        ("entirely other words", "absent"),
    ],
)
def test_a_quote_is_verbatim_set_otherwise_close_or_absent(quote, match):
    assert find_quote(quote, TEXT).match == match


def test_a_close_quote_tells_the_difference():
    match = find_quote("the average change was -5 points indeed", TEXT + " the mean change was -5 points indeed")

    assert match.differences == (Difference(said="average", stands="mean"),)


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        ("We gave Oxytocin or", Difference(said="Oxytocin", stands="oxytocin")),
        ("“We gave, oxytocin or”.", Difference(said="gave,", stands="gave")),
    ],
)
def test_capitals_and_marks_are_told_where_nothing_else_differs(quote, difference):
    match = find_quote(quote, "We gave oxytocin or placebo.")

    assert (match.match, match.differences) == ("close", (difference,))


def test_a_prepared_text_answers_like_the_text_itself():
    index = index_of(TEXT)

    assert find_quote_in("efficacy was low", index) == find_quote("efficacy was low", TEXT)


@given(st.text(min_size=1, max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_and_offsets_stay_inside(quote, before, after):
    text = before + quote + after
    match = find_quote(quote, text)

    assert match.where is None or 0 <= match.where.start < match.where.end <= len(text)


@given(st.lists(st.text(alphabet="abcXYZ09", min_size=1, max_size=6), min_size=3, max_size=12), st.integers(0, 5))
def test_what_is_cut_from_a_text_is_found_in_it(words, skip):
    text = " \n ".join(words)
    quote = " ".join(words[min(skip, len(words) - 1) :])

    assert find_quote(quote, text).found


def test_a_long_text_takes_time_in_proportion():
    def seconds(size):
        began = time.perf_counter()
        find_quote("a" * 4_000 + "b", "a" * size)
        find_quote("a" * 4_000, "a-" * (size // 2))
        find_quote("word " * 800 + "end", "word " * (size // 5))
        find_quote("word", "-" + " " * size + "\n")
        return time.perf_counter() - began

    seconds(10_000)

    assert seconds(1_000_000) < 40 * seconds(100_000)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("effective in adults", "It was ineffective in adults."),
        ("effective in adults", "It was non-effective in adults."),
        ("safe", "Nobody called it unsafe."),
        ("5 mg daily", "They took 25 mg daily."),
        ("5 mg daily", "They took 0.5 mg daily."),
        ("5 degrees colder", "It was -5 degrees colder."),
        ("reduced the risk by 3", "It reduced the risk by 30 percent."),
        ("reduced the risk by 3", "It reduced the risk by 3.5 percent."),
        ("the drug can", "They found that the drug can't."),
        ("effective in adults", "It was inef\u00adfective in adults."),
        ("effective in “adults”", 'It was in-\neffective in "adults".'),
        ("“effective” in adults", 'It was "effective" in adultsonly.'),
    ],
)
def test_what_is_cut_out_of_a_word_or_a_number_does_not_stand_there(quote, text):
    assert not find_quote(quote, text).found


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("effective in adults", "It is ineffective in children and effective in adults."),
        ("It worked in adults", "It worked in adults12, as they say."),
        ("in adults", "It worked—in adults—and in children."),
        ("有效", "该药物有效。"),
        ("5 mg", "They took 25 mg, then (5 mg)."),
    ],
)
def test_a_whole_word_is_found_beside_a_part_of_one_a_note_or_a_dash(quote, text):
    found = find_quote(quote, text)

    assert found.match == "verbatim"
    assert text[found.where.start : found.where.end] == quote
