"""Instruments are data: read loudly, answered within their options, scored as their makers say."""

import json
from fractions import Fraction
from itertools import permutations

import pytest

from reviews.core.judging.instruments import (
    AnswerRefused,
    NotAnInstrument,
    check_answer,
    panel_answers,
    read_instrument,
    score,
    shipped_instruments,
    stars_of,
)

DISCERN, HEALTHNEWSREVIEW = shipped_instruments()

FORM = """
slug = "form"
version = 2
title = "A form"
about = "claim"

[[options.degree]]
code = "0"
title = "None"
[[options.degree]]
code = "3"
title = "All"
[[options.degree]]
code = "not_applicable"
title = "Not applicable"
[[options.yesno]]
code = "yes"
title = "Yes"
[[options.yesno]]
code = "no"
title = "No"

[[items]]
key = "sourced"
kind = "choice"
options = "yesno"
wording = "Sourced?"

[[items]]
key = "how_well"
kind = "scale"
options = "degree"
wording = "How well?"
show_if = { item = "sourced", answers = ["yes"] }

[[items]]
key = "why"
kind = "text"
wording = "Why?"
show_if = { item = "how_well", answers = [0, 1] }

[scoring]
method = "total"
items = ["how_well"]
"""
FORM_VALUE = read_instrument(FORM)


def rated(satisfactory, not_satisfactory, not_applicable):
    codes = ["satisfactory"] * satisfactory + ["not_satisfactory"] * not_satisfactory
    codes += ["not_applicable"] * not_applicable
    return dict(zip((item.key for item in HEALTHNEWSREVIEW.items), codes, strict=True))


def degrees(*numbers):
    return dict(zip((item.key for item in DISCERN.items), numbers, strict=True))


def test_both_instruments_ship_with_every_item_explained():
    assert [(form.key, len(form.items)) for form in shipped_instruments()] == [
        ("discern@1", 16),
        ("healthnewsreview@1", 10),
    ]
    for form in shipped_instruments():
        assert all(item.wording.endswith("?") and len(item.guidance) > 60 for item in form.items)
        assert all(item.required for item in form.items)
        assert form.about == "article"


def test_an_instrument_is_read_from_toml():
    assert (FORM_VALUE.key, FORM_VALUE.about) == ("form@2", "claim")
    assert [(item.key, item.kind, item.required) for item in FORM_VALUE.items] == [
        ("sourced", "choice", True),
        ("how_well", "scale", True),
        ("why", "text", False),
    ]
    assert (FORM_VALUE.item("how_well").lowest, FORM_VALUE.item("how_well").highest) == (0, 3)
    assert FORM_VALUE.item("how_well").title_of(3) == "All"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('kind = "text"', 'kind = "slider"', "“kind” is 'slider'; it must be one of: choice, scale, text"),
        ('slug = "form"', "", "“slug” must be text"),
        ("version = 2", 'version = "two"', "“version” must be a whole number of 1 or more"),
        ("version = 2", "version = 0", "“version” must be a whole number of 1 or more"),
        ('about = "claim"', 'about = "sentence"', "“about” is 'sentence'"),
        ('options = "degree"', 'options = "degrees"', "item 2, “options” must name a list"),
        ('code = "3"', 'code = "three"', "whole numbers or “not_applicable”"),
        ('key = "why"', 'key = "sourced"', "Two items have the key “sourced”"),
        ('{ item = "sourced"', '{ item = "why"', "hangs on “why”, which does not come before it"),
        ('answers = ["yes"]', "answers = 3", "“show_if” needs the list “answers”"),
        ('items = ["how_well"]', 'items = ["how_bad"]', "names the item “how_bad”"),
        ('method = "total"', 'method = "mean"', "“method” is 'mean'"),
        ('title = "Yes"', "", "options “yesno”, “title” must be text"),
        ("version = 2", "version = ", "This is not TOML"),
    ],
)
def test_a_broken_instrument_is_refused_with_the_place(old, new, why):
    assert old in FORM

    with pytest.raises(NotAnInstrument, match=why):
        read_instrument(FORM.replace(old, new, 1))


def test_an_instrument_without_items_is_refused():
    with pytest.raises(NotAnInstrument, match="at least one item"):
        read_instrument('slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"')


@pytest.mark.parametrize(
    ("answers", "visible", "missing"),
    [
        ({}, ["sourced"], ["sourced"]),
        ({"sourced": "no"}, ["sourced"], []),
        ({"sourced": "yes"}, ["sourced", "how_well"], ["how_well"]),
        ({"sourced": "yes", "how_well": 3}, ["sourced", "how_well"], []),
        ({"sourced": "yes", "how_well": 1}, ["sourced", "how_well", "why"], []),
        ({"sourced": "no", "how_well": 1}, ["sourced"], []),
    ],
)
def test_items_show_where_they_are_asked(answers, visible, missing):
    assert [item.key for item in FORM_VALUE.visible(answers)] == visible
    assert [item.key for item in FORM_VALUE.missing(answers)] == missing


@pytest.mark.parametrize(
    ("key", "given", "stored"),
    [
        ("sourced", "yes", "yes"),
        ("how_well", "2", 2),
        ("how_well", 0, 0),
        ("how_well", "not_applicable", "not_applicable"),
        ("why", "because", "because"),
    ],
)
def test_an_answer_is_stored_in_one_form(key, given, stored):
    assert check_answer(FORM_VALUE.item(key), given) == stored


@pytest.mark.parametrize(
    ("key", "given", "why"),
    [
        ("sourced", "maybe", "Choose one of the answers offered: “Yes”, “No”."),
        ("sourced", 1, "Choose one of the answers"),
        ("how_well", "4", "Choose a whole number from 0 to 3."),
        ("how_well", -1, "Choose a whole number"),
        ("how_well", "1.5", "Choose a whole number"),
        ("how_well", "٣", "Choose a whole number"),
        ("how_well", "9" * 5000, "Choose a whole number"),
        ("how_well", True, "Choose a whole number"),
        ("how_well", None, "Choose a whole number"),
        ("why", 3, "answered in words"),
        ("why", "a" * 5001, "too long: 5,001 characters, at most 5,000"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_sentence(key, given, why):
    with pytest.raises(AnswerRefused, match=why.replace(".", r"\.")):
        check_answer(FORM_VALUE.item(key), given)


def test_not_applicable_must_be_offered():
    with pytest.raises(AnswerRefused):
        check_answer(DISCERN.item("overall"), "not_applicable")


@pytest.mark.parametrize(
    ("answers", "value", "stars"),
    [
        (rated(10, 0, 0), Fraction(1), 5),
        (rated(0, 10, 0), Fraction(0), 0),
        (rated(5, 5, 0), Fraction(1, 2), 3),
        (rated(5, 3, 2), Fraction(5, 8), 4),
        (rated(5, 2, 3), None, None),
        (rated(0, 0, 10), None, None),
    ],
)
def test_healthnewsreview_is_the_share_of_satisfactory_items(answers, value, stars):
    result = score(HEALTHNEWSREVIEW, panel_answers(HEALTHNEWSREVIEW, [answers]))

    assert (result.value, result.stars) == (value, stars)


@pytest.mark.parametrize(
    ("percent", "stars"),
    [(0, 0), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3), (60, 3), (61, 4), (80, 4), (81, 5), (100, 5)],
)
def test_stars_follow_the_published_table(percent, stars):
    assert stars_of(Fraction(percent, 100)) == stars


def test_stars_hold_to_the_published_cases(shared):
    truth = json.loads((shared / "truth" / "21_healthnewsreview_stars.json").read_text(encoding="utf-8"))

    for case in truth["cases"]:
        answers = rated(case["S"], case["N"], case["NA"])
        assert score(HEALTHNEWSREVIEW, panel_answers(HEALTHNEWSREVIEW, [answers])).stars == case["stars"]


def test_a_panel_settles_each_item_by_plurality():
    panel = [rated(10, 0, 0), rated(8, 2, 0), rated(8, 1, 1)]

    results = panel_answers(HEALTHNEWSREVIEW, panel)

    assert [result.answer for result in results[-2:]] == ["not_satisfactory", None]
    assert results[-1].counts == {"not_applicable": 1, "not_satisfactory": 1, "satisfactory": 1}
    assert score(HEALTHNEWSREVIEW, results).value == Fraction(8, 9)


def test_more_than_two_items_not_settled_give_no_score():
    result = score(HEALTHNEWSREVIEW, panel_answers(HEALTHNEWSREVIEW, [rated(10, 0, 0), rated(7, 3, 0)]))

    assert result.value is None
    assert result.reason == "No score: more than 2 of 10 items are not applicable or not settled."


def test_discern_totals_fifteen_items_and_leaves_the_last_apart():
    result = score(DISCERN, panel_answers(DISCERN, [degrees(*[3] * 15, 5)]))

    assert (result.value, result.lowest, result.highest) == (45, 15, 75)


def test_discern_takes_the_median_of_each_item():
    panel = [degrees(*[1] * 15, 1), degrees(*[2] * 15, 3), degrees(*[5] * 15, 5)]

    assert [result.answer for result in panel_answers(DISCERN, panel)] == [2] * 15 + [3]
    assert score(DISCERN, panel_answers(DISCERN, panel[:2])).value == Fraction(45, 2)


def test_an_item_that_does_not_apply_shortens_the_range():
    answers = {**degrees(*[3] * 16), "aims_met": "not_applicable"}

    result = score(DISCERN, panel_answers(DISCERN, [answers]))

    assert (result.value, result.lowest, result.highest, result.rated) == (42, 14, 70, 14)


def test_half_a_panel_that_finds_an_item_not_applicable_leaves_it_unsettled():
    answers = [degrees(*[3] * 16), {**degrees(*[3] * 16), "aims_met": "not_applicable"}]

    result = score(DISCERN, panel_answers(DISCERN, answers))

    assert (result.value, result.reason) == (None, "No total: 1 of 15 items have no settled answer.")


def test_nobody_answered_is_no_total():
    assert score(DISCERN, panel_answers(DISCERN, [])).value is None


def test_an_answer_to_a_hidden_item_does_not_count():
    results = panel_answers(FORM_VALUE, [{"sourced": "no", "how_well": 3}])

    assert [(result.key, result.answer) for result in results] == [("sourced", "no"), ("how_well", None), ("why", None)]


def test_the_order_of_reviewers_means_nothing():
    panel = [degrees(*[n] * 16) for n in (1, 2, 2, 5)]

    assert len({str(panel_answers(DISCERN, order)) for order in permutations(panel)}) == 1


def test_no_scoring_is_no_score():
    form = read_instrument(FORM.partition("[scoring]")[0])

    assert score(form, panel_answers(form, [])) is None
