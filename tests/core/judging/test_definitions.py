"""Instruments are read loudly: what is wrong has a name, a sentence and a line."""

import re

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
    shipped_definitions,
    shipped_instruments,
)
from reviews.core.judging.instruments import CarryOver, Condition, Item, Option, Scoring
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


def test_definitions_ship_in_the_order_of_their_files():
    slugs = [read_instrument(definition).slug for definition in shipped_definitions()]

    assert slugs == ["discern", "healthnewsreview-release", "healthnewsreview", "jama", "quest"]


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
        ('slug = "form"', "", ValueMissing, "^In the instrument, “slug” must be text, and it is missing"),
        ('title = "A form"', "title = 3", WrongValue, "^In the instrument, “title” must be text\\."),
        ('title = "A form"', 'title = " "', WrongValue, "^In the instrument, “title” must be text\\."),
        (
            'title = "A form"',
            f'title = "{"x" * 121}"',
            WrongValue,
            "^In the instrument, “title” is too long: 121 characters, at most 120\\.",
        ),
        (
            "version = 2",
            'version = 2\ncolour = "red"',
            UnknownName,
            "^In the instrument, nobody knows what “colour” means; known are: about, introduction, items, options, "
            "scoring, slug, title, version\\.",
        ),
        (
            'code = "0"',
            'code = "0"\ncolour = "red"',
            UnknownName,
            "^Line 7: In option 1 of “degree”, nobody knows what “colour” means; known are: alone, code, points",
        ),
        (
            'code = "0"',
            'code = "0"\npoints = 10_001',
            WrongValue,
            "^Line 7: In option 1 of “degree”, “points” must be a whole number of 0 or more",
        ),
        ('code = "0"', 'code = "0"\nalone = 1', WrongValue, "In option 1 of “degree”, “alone” must be true or false"),
        ('key = "sourced"', "key = 3", WrongValue, "^Line 23: In item 1, “key” must be text"),
        ('key = "sourced"', 'key = ""', WrongValue, "^Line 23: In item 1, “key” must be text"),
        ('key = "sourced"', 'key = "-"', WrongValue, "^Line 23: In item 1 \\(“-”\\), “key” has small letters"),
        ('key = "sourced"', f'key = "{"k" * 61}"', WrongValue, "“key” is too long: 61 characters, at most 60"),
        (
            'kind = "attestation"',
            'kind = "promise"',
            WrongValue,
            "^Line 78: In item 7 \\(“read”\\), “kind” is 'promise'; it must be one of: choice, scale, multi_choice, "
            "number, text, date, attestation\\.",
        ),
        ("lowest = 0", 'lowest = "none"', WrongValue, "In item 5 \\(“dose”\\), “lowest” must be a whole number"),
        ("lowest = 0", "lowest = false", WrongValue, "“lowest” must be a whole number"),
        ("highest = 500", "highest = 0.5", WrongValue, "“highest” must be a whole number"),
        ("decimals = 1", "decimals = 4", WrongValue, "“decimals” must be from 0 to 3"),
        ("decimals = 1", "weight = 101", WrongValue, "“weight” must be from 1 to 100"),
        ("decimals = 1", "weight = 0", WrongValue, "“weight” must be from 1 to 100"),
        ("decimals = 1", "weight = true", WrongValue, "“weight” must be from 1 to 100"),
        ('unit = "mg"', f'unit = "{"m" * 31}"', WrongValue, "“unit” is too long: 31 characters, at most 30"),
        ('unit = "mg"', "unit = 3", WrongValue, "“unit” must be text"),
        ("may_not_apply = true", "may_not_apply = 1", WrongValue, "“may_not_apply” must be true or false"),
        ('wording = "Why?"', f'wording = "{"w" * 4001}"', WrongValue, "too long: 4,001 characters, at most 4,000"),
        ("at_least = 100", 'at_least = "much"', WrongValue, "“at_least” must be a whole number"),
        ("at_least = 100", "at_most = 0.5", WrongValue, "“at_most” must be a whole number"),
        ("at_least = 100", "at_least = 9, at_most = 8", WrongValue, "“at_least” is more than “at_most”"),
        ('answers = ["yes"]', "at_most = 1", WrongValue, "“sourced” is not a number: name its “answers”"),
        ('answers = ["yes"]', "answers = [0.5]", WrongValue, "the “answers” of “show_if” must be a list"),
        (
            'answers = ["yes"]',
            'answer = "yes"',
            UnknownName,
            "In item 2 \\(“how_well”\\), nobody knows what “answer” means; known are: answers, at_least, at_most",
        ),
        ('{ item = "sourced", answers = ["yes"] }', "3", WrongValue, "“show_if” must be a list of tables"),
        ('{ item = "sourced", answers = ["yes"] }', "[3]", WrongValue, "“show_if” must be a list of tables"),
        (
            '{ item = "sourced", answers = ["yes"] }',
            "[" + '{ item = "sourced" }, ' * 21 + "]",
            WrongValue,
            "“show_if” has 21 entries; at most 20",
        ),
        ('answers = ["yes"]', 'answers = ["yess"]', UnknownName, "“yess” is no answer to “sourced”. Choose one of the"),
        (
            'method = "total"',
            "colour = 3",
            UnknownName,
            "^Line 83: In the scoring, nobody knows what “colour” means; known are: items, me",
        ),
        ('method = "total"', "", WrongValue, "^Line 83: In the scoring, “method” is None"),
        (
            'items = ["how_well"]',
            'items = "how_well"',
            WrongValue,
            "^Line 83: In the scoring, “items” must be a list",
        ),
        (
            'items = ["how_well"]',
            'items = ["how_well"]\nnot_rated_limit = -1',
            WrongValue,
            "“not_rated_limit” must be a whole number of 0",
        ),
        ('items = ["how_well"]', 'items = ["how_well"]\nnot_asked = "none"', WrongValue, "“not_asked” is 'none'"),
        ('items = ["how_well"]', 'items = ["how_well"]\nnote = 3', WrongValue, "In the scoring, “note” must be text"),
    ],
)
def test_a_broken_instrument_is_refused_with_name_and_place(old, new, error, why):
    assert old in FORM

    with pytest.raises(error, match=why):
        read_instrument(FORM.replace(old, new, 1))


START = 'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n'
ASKED = '[[items]]\nkey = "k"\nkind = "text"\nwording = "?"\n'


def test_what_is_not_said_is_left_open():
    form = read_instrument(f"{START}{ASKED}")

    assert (form.introduction, form.scoring) == ("", Scoring("none", ("k",), 0, "left_out", ""))
    assert form.items == (Item("k", 1, "?", "", "text", (), False, (), "", None, None),)
    assert FORM_VALUE.item("sourced").options == (Option("yes", "Yes"), Option("no", "No"))
    options = [
        [(one.code, one.points, one.alone) for one in FORM_VALUE.item(key).options] for key in ("how_well", "settings")
    ]
    assert options == [
        [("0", None, False), ("3", None, False), ("not_applicable", None, True)],
        [("home", None, False), ("clinic", None, False), ("none", None, True)],
    ]


def test_what_is_said_is_read():
    form = read_instrument(
        f'''{START}introduction = " Look first. "
[[items]]
key = "dose"
kind = "number"
wording = " How much? "
guidance = "As printed."
section = "Doses"
required = false
lowest = 3
highest = 3
decimals = 3
unit = "{"m" * 30}"
may_not_apply = true
weight = 100
carry_over = {{ instrument = "b", item = "amount", answers = {{ three = "3", none = "not_applicable" }} }}
[scoring]
method = "total"
not_rated_limit = 4
not_asked = "lowest"
note = "Nothing is scored."
'''
    )

    carry = CarryOver("b", "amount", (("none", "not_applicable"), ("three", "3")))
    assert form.introduction == "Look first."
    assert form.items == (
        Item(
            "dose",
            1,
            "How much?",
            "As printed.",
            "number",
            (),
            False,
            (),
            "Doses",
            3,
            3,
            3,
            "m" * 30,
            True,
            100,
            (carry,),
        ),
    )
    assert form.scoring == Scoring("total", ("dose",), 4, "lowest", "Nothing is scored.")
    assert FORM_VALUE.item("seen_on").show_if == (Condition("dose", at_least=100),)
    assert FORM_VALUE.item("dose").show_if == (Condition("settings", answers=("home",)), Condition("sourced"))
    at_most = read_instrument(FORM.replace("at_least = 100", "at_most = 100"))
    assert at_most.item("seen_on").show_if == (Condition("dose", at_most=100),)


@pytest.mark.parametrize("limits", ["", "lowest = 3", "highest = 3"])
def test_a_number_may_be_open_at_either_end(limits):
    form = read_instrument(f'{START}[[items]]\nkey = "k"\nkind = "number"\nwording = "?"\n{limits}')

    assert [form.items[0].lowest, form.items[0].highest] == [
        3 if name in limits else None for name in ("lowest", "highest")
    ]
    with pytest.raises(WrongValue, match="sums “k”, whose answers have no “points”"):
        read_instrument(
            f'{START}[[items]]\nkey = "k"\nkind = "number"\nwording = "?"\n{limits}\n[scoring]\nmethod = "total"'
        )


@pytest.mark.parametrize(
    ("carry", "error", "why"),
    [
        ('"b"', WrongValue, "“carry_over” must be a list of tables"),
        ('{ instrument = "b", item = "i" }', WrongValue, "the “answers” of “carry_over” must be a table of texts"),
        ('{ instrument = "b", item = "i", answers = ["yes"] }', WrongValue, "must be a table of texts"),
        ('{ instrument = "b", item = "i", answers = { y = "yes", n = 1 } }', WrongValue, "must be a table of texts"),
        ('{ item = "i", answers = { y = "yes" } }', ValueMissing, "“instrument” must be text, and it is missing"),
        ('{ instrument = "b", answers = { y = "yes" } }', ValueMissing, "“item” must be text, and it is missing"),
        (
            '{ instrument = "b", item = "i", answers = { y = "maybe" } }',
            UnknownName,
            "“maybe” is no answer to “sourced”",
        ),
        (
            '{ instrument = "b", item = "i", answers = { y = "yes" }, at_least = 1 }',
            UnknownName,
            "nobody knows what “at_least” means; known are: answers, instrument, item",
        ),
    ],
)
def test_an_answer_is_carried_over_from_somewhere_to_something(carry, error, why):
    with pytest.raises(error, match=why):
        read_instrument(FORM.replace('wording = "Sourced?"', f'wording = "Sourced?"\ncarry_over = {carry}'))


def test_a_scale_has_a_number():
    options = '[[options.none]]\ncode = "not_applicable"\ntitle = "-"\n'

    with pytest.raises(WrongValue, match=r"Line 8: .*the options of a scale are whole numbers or “not_applicable”"):
        read_instrument(f'{START}{options}[[items]]\nkey = "k"\nkind = "scale"\nwording = "?"\noptions = "none"')


def test_what_ends_too_soon_is_refused_where_it_ends():
    with pytest.raises(NotToml, match=r"^Line 3: This is not TOML: ") as refusal:
        read_instrument('slug = "a"\nversion = 1\ntitle = ')

    assert refusal.value.line == 3


def test_no_line_is_named_where_nobody_can_tell():
    items = '[{ key = "k", kind = "text", wording = "?" }, { key = "k", kind = "text", wording = "?" }]'

    for text, words in (
        (f"{START}items = {items}", "Two items have the key “k”."),
        (f'{START.replace("1", "0")}introduction = """\n[]\n"""\n{ASKED}', "In the instrument, “version” must be a"),
    ):
        with pytest.raises(NotAnInstrument) as refusal:
            read_instrument(text)
        assert refusal.value.line is None
        assert str(refusal.value).startswith(words)


def test_options_are_at_most_sixty():
    options = "".join(f'[[options.many]]\ncode = "{n}"\ntitle = "{n}"\n' for n in range(61))

    with pytest.raises(WrongValue, match=r"^Line 5: In the options “many”, “many” has 61 entries; at most 60"):
        read_instrument(f"{START}{options}{ASKED}")


def test_items_that_hang_on_each_other_in_a_circle_are_refused():
    broken = FORM.replace('wording = "Sourced?"', 'wording = "Sourced?"\nshow_if = { item = "why" }')

    with pytest.raises(HangsOnItself, match="in a circle: “sourced” → “why” → “how_well” → “sourced”") as refusal:
        read_instrument(broken)

    assert refusal.value.line == 23


def test_what_is_unknown_is_named_first_by_alphabet_or_as_it_stands():
    words = "".join(f"{letter}{letter} = 1\n" for letter in "zyxwvutsrqb")

    with pytest.raises(UnknownName, match="nobody knows what “bb” means"):
        read_instrument(f"{START}{words}{ASKED}")
    with pytest.raises(UnknownName, match="The scoring names the item “y”, which is not there"):
        read_instrument(f'{START}{ASKED}[scoring]\nmethod = "none"\nitems = ["y", "x"]')


def test_an_item_may_hang_on_how_much_a_scale_says():
    form = read_instrument(FORM.replace("answers = [0, 1]", "at_least = 1"))

    assert form.item("why").show_if == (Condition("how_well", at_least=1),)


RATED = """
[[options.rated]]
code = "satisfactory"
title = "Satisfactory"
points = 2
[[options.rated]]
code = "not_satisfactory"
title = "Not"
points = 0
[[options.rated]]
code = "not_applicable"
title = "-"
[[items]]
key = "k"
kind = "choice"
wording = "?"
options = "rated"
lowest = 1
highest = 2
[scoring]
method = "total"
"""


def test_a_choice_is_summed_where_each_of_its_answers_has_points():
    share = RATED.replace("points = 2\n", "").replace('method = "total"', 'method = "satisfactory_share"')
    both = share.replace('[[options.rated]]\ncode = "not_applicable"\ntitle = "-"\n', "")

    assert [option.points for option in read_instrument(START + RATED).items[0].options] == [2, 0, None]
    assert read_instrument(START + share).scoring.method == "satisfactory_share"
    assert read_instrument(START + both).scoring.method == "satisfactory_share"
    with pytest.raises(WrongValue, match="sums “k”, whose answers have no “points”"):
        read_instrument(START + RATED.replace("points = 2\n", ""))


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
    assert len(form.visible({item.key: "Well." for item in form.items})) == 200


def test_a_form_about_claims_asks_something_of_everybody():
    sometimes = ASKED.replace('"k"', '"then"') + 'required = true\nshow_if = { item = "k" }\n'

    for items in (ASKED, ASKED + sometimes):
        with pytest.raises(ValueMissing, match=r"^A form about claims needs a question that is required and always"):
            read_instrument(START.replace("article", "claim") + items)
    assert read_instrument(START.replace("article", "claim") + ASKED + "required = true").about == "claim"


def test_too_many_items_are_refused():
    items = "".join(f'[[items]]\nkey = "k{n}"\nkind = "text"\nwording = "?"\n' for n in range(201))

    with pytest.raises(WrongValue, match="has 201 entries; at most 200"):
        read_instrument(f'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n{items}')


def test_an_instrument_without_items_is_refused():
    with pytest.raises(ValueMissing, match=r"^An instrument needs at least one item"):
        read_instrument('slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"')


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("options = 3", "“options” are written as [[options.NAME]]."),
        ("items = 3", "In the instrument, “items” must be a list of tables."),
        ("items = [3]", "In the instrument, “items” must be a list of tables."),
        ("scoring = 3", "“scoring” is written as a table: [scoring]."),
        ("[options]\na = 3", "In the options “a”, “a” must be a list of tables."),
        ("[scoring]\nmethod = 3", "Line 5: In the scoring, “method” is 3;"),
        ("[scoring]\nmethod = 'none'\nitems = 3", "Line 5: In the scoring, “items” must be a list of keys."),
    ],
)
def test_tables_of_another_shape_are_refused(wrong, why):
    items = "" if wrong.startswith("items") else '[[items]]\nkey = "k"\nkind = "text"\nwording = "?"\n'

    with pytest.raises(NotAnInstrument, match=f"^{re.escape(why)}"):
        read_instrument(f'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n{wrong}\n{items}')
