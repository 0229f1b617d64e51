"""What an instrument asks, which answers hold, and what is carried over."""

from dataclasses import replace
from fractions import Fraction

import pytest

from reviews.core.judging.definitions import read_instrument, shipped_instruments
from reviews.core.judging.instruments import (
    AnswerRefused,
    CarryOver,
    Condition,
    Item,
    answer_text,
    carried_answer,
    check_answer,
    fitting_answers,
)
from tests.core.judging.forms import FORM, FORM_VALUE

DISCERN = shipped_instruments()[0]


@pytest.mark.parametrize(
    ("answers", "hanging", "missing"),
    [
        ({}, [], ["sourced", "read"]),
        ({"read": "attested"}, [], ["sourced"]),
        ({"sourced": "no"}, [], ["read"]),
        ({"sourced": "yes"}, ["how_well"], ["how_well", "read"]),
        ({"sourced": "yes", "how_well": 3}, ["how_well"], ["read"]),
        ({"sourced": "yes", "how_well": 1}, ["how_well", "why"], ["read"]),
        ({"sourced": "no", "how_well": 1}, [], ["read"]),
        ({"sourced": "no", "settings": ("clinic", "home")}, ["dose"], ["dose", "read"]),
        ({"sourced": "no", "settings": ("clinic",), "dose": 100}, [], ["read"]),
        ({"sourced": "no", "settings": ("home",), "dose": 99}, ["dose"], ["read"]),
        ({"sourced": "no", "settings": ("home",), "dose": Fraction(201, 2)}, ["dose", "seen_on"], ["read"]),
        ({"sourced": "no", "settings": ("home",), "dose": "not_applicable"}, ["dose"], ["read"]),
    ],
)
def test_items_are_asked_where_what_they_hang_on_was_answered(answers, hanging, missing):
    always = {"sourced", "settings", "read"}

    assert [item.key for item in FORM_VALUE.visible(answers) if item.key not in always] == hanging
    assert [item.key for item in FORM_VALUE.missing(answers)] == missing


@pytest.mark.parametrize(
    ("condition", "meeting", "failing"),
    [
        (Condition("x"), ["no", 0, ("home",), Fraction(1, 2)], [None, "", ()]),
        (Condition("x", answers=("yes", 3)), ["yes", 3, ("no", "yes")], ["no", 2, ("no",), "", None]),
        (Condition("x", at_least=2), [2, 3, Fraction(5, 2)], [1, Fraction(3, 2), "not_applicable", "3", None]),
        (Condition("x", at_most=2), [2, 1, Fraction(3, 2)], [3, Fraction(5, 2), "not_applicable", ()]),
        (Condition("x", at_least=2, at_most=4), [2, 3, 4], [1, 5]),
    ],
)
def test_a_condition_is_met_or_not(condition, meeting, failing):
    assert [condition.is_met_by(answer) for answer in meeting] == [True] * len(meeting)
    assert [condition.is_met_by(answer) for answer in failing] == [False] * len(failing)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(2), "2"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1005, 1000), "1.005"),
        (Fraction(1999, 2000), "0.999"),  # a panel's median may lie between thousandths
        (30, "30"),
        (("home", "clinic"), "home,clinic"),
    ],
)
def test_an_answer_is_told_in_digits_as_it_is_stored(answer, text):
    assert answer_text(answer) == text


NUMBER = Item("k", 1, "?", "", "number", (), True, (), "", None, None, decimals=3)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("2", 2),
        ("2.0", 2),
        ("-2.5", Fraction(-5, 2)),
        ("−2.5", Fraction(-5, 2)),
        ("0.005", Fraction(1, 200)),
        (Fraction(5, 2), Fraction(5, 2)),
        (7, 7),
        ("9" * 12, 999_999_999_999),
    ],
)
def test_a_number_is_whole_where_it_can_be(given, stored):
    answer = check_answer(NUMBER, given)

    assert (answer, type(answer)) == (stored, type(stored))


@pytest.mark.parametrize(
    ("parts", "given", "why"),
    [
        ({}, None, "This question is answered with a number."),
        ({}, 2.5, "This question is answered with a number."),
        ({}, "9" * 13, "Give a number in digits, with a point for decimals: 2.5."),
        ({"decimals": 0}, "2.5", "Give it with no decimals."),
        ({"decimals": 1}, "2.55", "Give it with at most 1 decimal."),
        ({"decimals": 2}, "2.555", "Give it with at most 2 decimals."),
        ({"highest": 3}, "4", "Give a number of at most 3."),
        ({"lowest": 3}, "2", "Give a number of at least 3."),
        ({"lowest": 3, "highest": 5}, "2", "Give a number from 3 to 5."),
    ],
)
def test_a_number_is_refused_for_what_is_wrong_with_it(parts, given, why):
    with pytest.raises(AnswerRefused) as refused:
        check_answer(replace(NUMBER, **parts), given)

    assert str(refused.value) == why
    assert check_answer(replace(NUMBER, **{"lowest": 3, "highest": 3} | parts), "3") == 3


def test_only_of_those_that_stand_alone_one_is_chosen_by_itself():
    item = read_instrument(FORM.replace('title = "In a clinic"', 'title = "In a clinic"\nalone = true')).item(
        "settings"
    )

    assert check_answer(item, "none") == ("none",)
    assert check_answer(item, "home") == ("home",)
    with pytest.raises(AnswerRefused, match="“In a clinic” does not go together with another answer"):
        check_answer(item, "none,clinic")


@pytest.mark.parametrize(
    ("key", "given", "stored"),
    [
        ("sourced", "yes", "yes"),
        ("how_well", "2", 2),
        ("how_well", 0, 0),
        ("how_well", "0" * 11 + "3", 3),
        ("how_well", "not_applicable", "not_applicable"),
        ("why", "because", "because"),
        ("settings", "clinic,home", ("home", "clinic")),
        ("settings", ["clinic"], ("clinic",)),
        ("settings", "", ()),
        ("dose", "12", 12),
        ("dose", " 12.5 ", Fraction(25, 2)),
        ("dose", "12.0", 12),
        ("dose", "not_applicable", "not_applicable"),
        ("seen_on", "2026-03-31", "2026-03-31"),
        ("seen_on", " 1000-01-01 ", "1000-01-01"),
        ("seen_on", "2200-12-31", "2200-12-31"),
        ("why", "a" * 5000, "a" * 5000),
        ("read", "attested", "attested"),
    ],
)
def test_an_answer_is_known_and_stored_in_one_form(key, given, stored):
    item = FORM_VALUE.item(key)

    assert check_answer(item, given) == stored
    assert check_answer(item, answer_text(stored)) == stored


@pytest.mark.parametrize(
    ("key", "given", "why"),
    [
        ("sourced", "maybe", "Choose one of the answers offered: “Yes”, “No”."),
        ("sourced", 1, "Choose one of the answers"),
        ("sourced", ["yes"], "Choose one of the answers"),
        ("how_well", Fraction(2), "Choose a whole number"),
        ("how_well", "4", "Choose a whole number from 0 to 3."),
        ("how_well", -1, "Choose a whole number"),
        ("how_well", "1.5", "Choose a whole number"),
        ("how_well", "٣", "Choose a whole number"),
        ("how_well", "0" * 12 + "3", "Choose a whole number"),
        ("how_well", "9" * 5000, "Choose a whole number"),
        ("how_well", True, "Choose a whole number"),
        ("how_well", None, "Choose a whole number"),
        ("why", 3, "answered in words"),
        ("why", "a" * 5001, "too long: 5,001 characters, at most 5,000"),
        ("settings", "moon", "Choose one of the answers offered"),
        ("settings", "home,none", "“None of these” does not go together with another answer."),
        ("settings", 3, "Choose among the answers offered."),
        ("dose", "-1", "Give a number from 0 to 500."),
        ("dose", "501", "Give a number from 0 to 500."),
        ("dose", "1.25", "Give it with at most 1 decimal."),
        ("dose", "1,5", "Give a number in digits, with a point for decimals"),
        ("dose", "1e3", "Give a number in digits"),
        ("dose", "9" * 5000, "Give a number in digits"),
        ("dose", "٣", "Give a number in digits"),
        ("dose", True, "answered with a number"),
        ("dose", "", "Give a number in digits"),
        ("seen_on", "31.3.2026", "Give a day as year, month and day"),
        ("seen_on", "0001-01-01", "Give a day"),
        ("seen_on", "0999-12-31", "Give a day"),
        ("seen_on", "2201-01-01", "Give a day"),
        ("seen_on", None, "Give a day"),
        ("seen_on", "not_applicable", "“Not applicable” is not offered here."),
        ("read", "yes", "This is confirmed or left open."),
    ],
)
def test_a_wrong_answer_is_refused_with_a_sentence(key, given, why):
    with pytest.raises(AnswerRefused, match=why.replace(".", r"\.")):
        check_answer(FORM_VALUE.item(key), given)


def test_not_applicable_must_be_offered():
    with pytest.raises(AnswerRefused):
        check_answer(DISCERN.item("overall"), "not_applicable")


def test_answers_are_said_in_words():
    words = {"settings": ("home", "clinic"), "dose": Fraction(25, 2), "read": "attested", "seen_on": "2026-03-31"}

    assert [FORM_VALUE.item(key).title_of(answer) for key, answer in words.items()] == [
        "At home, In a clinic",
        "12.5 mg",
        "Confirmed",
        "2026-03-31",
    ]
    assert FORM_VALUE.item("dose").title_of("not_applicable") == "Not applicable"


@pytest.mark.parametrize(
    ("instrument", "answer", "carried"),
    [
        ("healthnewsreview", "satisfactory", "5"),
        ("healthnewsreview-release", "not_satisfactory", "2"),
        ("healthnewsreview", "not_applicable", None),
        ("jama", "met", None),
    ],
)
def test_an_answer_about_harms_answers_the_question_on_risks(instrument, answer, carried):
    risks = DISCERN.item("risks")

    assert carried_answer(risks, instrument=instrument, source="harms", answer=answer) == carried
    assert carried_answer(risks, instrument=instrument, source="costs", answer=answer) is None


def test_each_place_carries_its_own_answers_over():
    carries = (
        CarryOver("a", "x", (("yes", "1"),)),
        CarryOver("a", "y", (("yes", "2"),)),
        CarryOver("b", "x", (("yes", "3"),)),
    )
    item = replace(NUMBER, carries=carries)

    places = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    carried = [carried_answer(item, instrument=where, source=source, answer="yes") for where, source in places]

    assert carried == ["1", "2", "3", None]


def test_what_somebody_attested_fits_only_the_same_words():
    promise = 'wording = "I have read the source itself."'
    assert promise in FORM
    answers = {"sourced": "yes", "read": "attested"}

    for newer, fitting in (
        (FORM, answers),
        (FORM.replace('wording = "Sourced?"', 'wording = "Is it sourced?"'), answers),
        (FORM.replace(promise, 'wording = "I have read it twice."'), {"sourced": "yes"}),
        (FORM.replace('kind = "attestation"', 'kind = "text"'), {"sourced": "yes"}),
    ):
        assert fitting_answers(answers, given_on=FORM_VALUE, to=read_instrument(newer)) == fitting


def test_of_another_version_only_the_answers_that_it_takes_fit():
    older = read_instrument(FORM)
    newer = read_instrument(
        FORM.replace('code = "clinic"', 'code = "hospital"').replace('key = "why"', 'key = "reason"')
    )
    answers = {"sourced": "yes", "how_well": "3", "why": "So.", "settings": "home,clinic", "dose": "12.5"}

    fitting = fitting_answers(answers, given_on=older, to=newer)

    assert fitting == {"sourced": "yes", "how_well": "3", "dose": "12.5"}
