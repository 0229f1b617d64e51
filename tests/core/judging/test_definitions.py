"""Instruments are read loudly: what is wrong has a name, a sentence and a line."""

import pytest

from reviews.core.judging.definitions import (
    HangsOnItself,
    NotAnInstrument,
    NotToml,
    SaidTwice,
    UnknownName,
    ValueMissing,
    WrongValue,
    read_instrument,
    shipped_instruments,
)
from tests.core.judging.forms import FORM, FORM_VALUE


def test_five_instruments_ship_with_every_item_explained():
    assert [(form.key, len(form.items)) for form in shipped_instruments()] == [
        ("discern@2", 16),
        ("healthnewsreview@3", 10),
        ("healthnewsreview-release@2", 10),
        ("jama@2", 4),
        ("quest@2", 7),
    ]
    for form in shipped_instruments():
        assert all(item.wording.endswith("?") and len(item.guidance) > 60 for item in form.items)
        assert all(item.required for item in form.items)
        assert form.about == "article"


def test_what_is_carried_over_comes_from_items_that_are_there():
    items = {(form.slug, item.key): item for form in shipped_instruments() for item in form.items}
    carries = [carry for item in items.values() for carry in item.carries]

    assert len(carries) == 10
    for carry in carries:
        there = {option.code for option in items[carry.instrument, carry.item].options}
        assert {code for code, _ in carry.answers} <= there


def test_the_questions_about_interests_say_what_the_machine_may_tell_beside_them():
    told = {(form.slug, item.key): item.informed_by for form in shipped_instruments() for item in form.items}

    assert {place for place, informed_by in told.items() if informed_by} == {
        ("healthnewsreview", "independent_sources"),
        ("healthnewsreview", "beyond_news_release"),
        ("healthnewsreview-release", "funding_and_conflicts"),
        ("jama", "disclosure"),
        ("quest", "conflict_of_interest"),
    }
    assert told["healthnewsreview", "independent_sources"] == ("disclosures", "sellers", "links")


def test_an_instrument_is_read_from_toml():
    assert (FORM_VALUE.key, FORM_VALUE.about) == ("form@2", "claim")
    assert [(item.key, item.kind, item.required) for item in FORM_VALUE.items] == [
        ("sourced", "choice", True),
        ("how_well", "scale", True),
        ("why", "text", False),
        ("settings", "multi_choice", False),
        ("dose", "number", True),
        ("seen_on", "date", False),
        ("read", "attestation", True),
    ]
    assert [item.number for item in FORM_VALUE.items] == [1, 2, 3, 4, 5, 6, 7]
    assert (FORM_VALUE.item("how_well").lowest, FORM_VALUE.item("how_well").highest) == (0, 3)
    assert FORM_VALUE.item("how_well").title_of(3) == "All"


@pytest.mark.parametrize(
    ("old", "new", "error", "why"),
    [
        ('kind = "text"', 'kind = "slider"', WrongValue, "“kind” is 'slider'; it must be one of: choice, scale, multi"),
        ('slug = "form"', "", ValueMissing, "“slug” must be text, and it is missing"),
        ('slug = "form"', 'slug = "Form!"', WrongValue, "“slug” has small letters"),
        ("version = 2", 'version = "two"', WrongValue, "“version” must be a whole number of 1 or more"),
        ("version = 2", "version = 0", WrongValue, "“version” must be a whole number of 1 or more"),
        ('about = "claim"', 'about = "sentence"', WrongValue, "“about” is 'sentence'"),
        ('options = "degree"', 'options = "degrees"', UnknownName, "Line 29: .*item 2 .*must name a list"),
        ('options = "degree"', "options = [1]", UnknownName, "item 2 .*must name a list"),
        ('kind = "text"', 'kind = "text"\noptions = "degree"', WrongValue, "do not go with the kind “text”"),
        ('code = "3"', 'code = "three"', WrongValue, "whole numbers or “not_applicable”"),
        ('code = "3"', 'code = "0"', SaidTwice, "Line 10: In the options “degree”, two have the code “0”"),
        ('key = "why"', 'key = "sourced"', SaidTwice, "Line 36: Two items have the key “sourced”"),
        ('{ item = "sourced"', '{ item = "whence"', UnknownName, "names the item “whence”, which is not there"),
        ('answers = ["yes"]', "answers = 3", WrongValue, "the “answers” of “show_if” must be a list"),
        ('answers = ["yes"]', 'answers = ["yess"]', UnknownName, "“yess” is no answer to “sourced”"),
        ('answers = ["yes"]', "at_least = 1", WrongValue, "“sourced” is not a number: name its “answers”"),
        ('items = ["how_well"]', 'items = ["how_bad"]', UnknownName, "names the item “how_bad”"),
        ('items = ["how_well"]', 'items = ["why"]', WrongValue, "sums “why”, whose answers have no “points”"),
        ('items = ["how_well"]', 'items = ["sourced"]', WrongValue, "sums “sourced”, whose answers have no “points”"),
        (
            'method = "total"',
            'method = "satisfactory_share"',
            WrongValue,
            "needs “satisfactory” and “not_satisfactory”",
        ),
        ('method = "total"', 'method = "mean"', WrongValue, "“method” is 'mean'"),
        ('title = "Yes"', "", ValueMissing, "option 1 of “yesno”, “title” must be text"),
        ("lowest = 0", "lowest = 900", WrongValue, "“lowest” is more than “highest”"),
        ("decimals = 1", "decimals = 9", WrongValue, "“decimals” must be from 0 to 3"),
        ("required = false", "requierd = false", UnknownName, "nobody knows what “requierd” means"),
        ("required = false", 'required = "no"', WrongValue, "“required” must be true or false"),
        ("required = false", 'informed_by = "sellers"', WrongValue, "“informed_by” must be a list"),
        ("required = false", 'informed_by = ["stars"]', WrongValue, "“informed_by” is 'stars'; it must be one of"),
        ("version = 2", "version = ", NotToml, "Line 3: This is not TOML"),
    ],
)
def test_a_broken_instrument_is_refused_with_name_and_place(old, new, error, why):
    assert old in FORM

    with pytest.raises(error, match=why):
        read_instrument(FORM.replace(old, new, 1))


def test_items_that_hang_on_each_other_in_a_circle_are_refused():
    broken = FORM.replace('wording = "Sourced?"', 'wording = "Sourced?"\nshow_if = { item = "why" }')

    with pytest.raises(HangsOnItself, match="in a circle: “sourced” → “why” → “how_well” → “sourced”") as refusal:
        read_instrument(broken)

    assert refusal.value.line == 23


def test_an_item_may_hang_on_a_later_one():
    form = read_instrument(FORM.replace('wording = "Sourced?"', 'wording = "Sourced?"\nshow_if = { item = "read" }'))

    assert next(item.key for item in form.visible({"read": "attested"})) == "sourced"
    assert "sourced" not in [item.key for item in form.visible({})]


def test_a_definition_that_hangs_together_everywhere_is_read_at_once():
    hangs = [f'{{ item = "k{other}" }}' for other in range(200)]
    items = [
        f'[[items]]\nkey = "k{n}"\nkind = "text"\nwording = "?"\nshow_if = [{", ".join(hangs[max(0, n - 20) : n])}]'
        for n in range(200)
    ]

    form = read_instrument('slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n' + "\n".join(items))

    assert len(form.items) == 200


def test_a_form_about_claims_asks_something_of_everybody():
    items = '[[items]]\nkey = "k"\nkind = "text"\nwording = "?"\n'

    with pytest.raises(ValueMissing, match="a question that is required and always asked"):
        read_instrument(f'slug = "a"\nversion = 1\ntitle = "A"\nabout = "claim"\n{items}')


def test_too_many_items_are_refused():
    items = "".join(f'[[items]]\nkey = "k{n}"\nkind = "text"\nwording = "?"\n' for n in range(201))

    with pytest.raises(WrongValue, match="has 201 entries; at most 200"):
        read_instrument(f'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n{items}')


def test_an_instrument_without_items_is_refused():
    with pytest.raises(NotAnInstrument, match="at least one item"):
        read_instrument('slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"')


@pytest.mark.parametrize(
    "wrong",
    [
        "options = 3",
        "items = 3",
        "scoring = 3",
        "[options]\na = 3",
        "[scoring]\nmethod = 3",
        "[scoring]\nmethod = 'none'\nitems = 3",
    ],
)
def test_tables_of_another_shape_are_refused(wrong):
    items = "" if wrong.startswith("items") else '[[items]]\nkey = "k"\nkind = "text"\nwording = "?"\n'

    with pytest.raises(NotAnInstrument):
        read_instrument(f'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n{wrong}\n{items}')
