"""What answers come to, as the instruments' makers say."""

import json
from fractions import Fraction
from itertools import permutations

import pytest

from reviews.core.judging.definitions import read_instrument, shipped_instruments
from reviews.core.judging.scoring import panel_answers, points_range, score, stars_of
from tests.core.judging.forms import FORM, FORM_VALUE

DISCERN, HEALTHNEWSREVIEW, RELEASE, JAMA, QUEST = shipped_instruments()
BEST = {
    "authorship": "named_and_qualified",
    "attribution": "mostly_identifiable",
    "type_of_study": "trials",
    "conflict_of_interest": "unbiased",
    "currency": "recent",
    "complementarity": "supported",
    "tone": "balanced",
}


def rated(satisfactory, not_satisfactory, not_applicable, form=HEALTHNEWSREVIEW):
    codes = ["satisfactory"] * satisfactory + ["not_satisfactory"] * not_satisfactory
    codes += ["not_applicable"] * not_applicable
    return dict(zip((item.key for item in form.items), codes, strict=True))


def degrees(*numbers):
    return dict(zip((item.key for item in DISCERN.items), numbers, strict=True))


def scored(form, *answers):
    return score(form, panel_answers(form, answers))


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

    assert {result.key: result.answer for result in results if result.counts} == {"sourced": "no"}


def test_the_order_of_reviewers_means_nothing():
    panel = [degrees(*[n] * 16) for n in (1, 2, 2, 5)]

    assert len({str(panel_answers(DISCERN, order)) for order in permutations(panel)}) == 1


def test_no_scoring_is_no_score():
    form = read_instrument(FORM.partition("[scoring]")[0])

    assert score(form, panel_answers(form, [])) is None


def test_a_news_release_is_scored_like_a_story():
    result = scored(RELEASE, rated(6, 2, 2, RELEASE))

    assert (result.value, result.stars) == (Fraction(3, 4), 4)


@pytest.mark.parametrize(("met", "total"), [(0, 0), (3, 3), (4, 4)])
def test_jama_counts_what_is_met_and_says_that_this_is_later_custom(met, total):
    codes = ["met"] * met + ["not_met"] * (4 - met)

    result = scored(JAMA, dict(zip((item.key for item in JAMA.items), codes, strict=True)))

    assert (result.value, result.lowest, result.highest) == (total, 0, 4)
    assert result.note == "The four were published without a total; counting them from 0 to 4 is later custom."


def test_quest_goes_from_0_to_28():
    worst = {item.key: item.options[0].code for item in QUEST.items}

    best, least = scored(QUEST, BEST), scored(QUEST, worst)

    assert (best.value, best.lowest, best.highest) == (28, 0, 28)
    assert (least.value, least.lowest, least.highest) == (0, 0, 28)


@pytest.mark.parametrize(
    ("item", "answer", "total"),
    [
        ("authorship", "some_sign", 27),
        ("attribution", "one_identifiable", 25),
        ("type_of_study", "observational", 27),
        ("conflict_of_interest", "promotes_service", 25),
        ("currency", "older", 27),
        ("complementarity", "not_supported", 27),
        ("tone", "mostly_support", 25),
    ],
)
def test_quest_weighs_its_items(item, answer, total):
    assert scored(QUEST, {**BEST, item: answer}).value == total


def test_quest_scores_no_type_of_study_where_no_study_can_be_found():
    result = scored(QUEST, {**BEST, "attribution": "vague"})

    assert (result.value, result.highest) == (28 - 6 - 2, 28)


def test_the_panel_decides_whether_the_type_of_study_is_asked():
    vague = {key: code for key, code in BEST.items() if key != "type_of_study"} | {"attribution": "vague"}

    assert scored(QUEST, BEST, BEST, vague).value == 28
    assert scored(QUEST, BEST, vague, vague).value == 20
    assert scored(QUEST, BEST, vague).reason == "No total: 1 of 7 items have no settled answer."


def test_of_several_choices_a_panel_makes_those_of_more_than_half():
    panel = [
        {"settings": ("home", "clinic")},
        {"settings": ("home",)},
        {"settings": ("clinic",)},
        {"settings": ("home",)},
    ]

    result = {one.key: one for one in panel_answers(FORM_VALUE, panel)}["settings"]

    assert (result.answer, result.counts) == (("home",), {"clinic": 2, "home": 3})


def test_choices_that_half_a_panel_makes_are_not_settled():
    half = {one.key: one for one in panel_answers(FORM_VALUE, [{"settings": ("home",)}, {"settings": ("clinic",)}])}
    alone = {one.key: one for one in panel_answers(FORM_VALUE, [{"settings": ("home",)}])}

    assert (half["settings"].answer, alone["settings"].answer) == (None, ("home",))


@pytest.mark.parametrize(("numbers", "answer"), [(3, 3), (2, "not_applicable"), (1, "not_applicable")])
def test_most_of_a_panel_say_whether_an_item_applies(numbers, answer):
    panel = [{"sourced": "yes", "how_well": 3}] * numbers
    panel += [{"sourced": "yes", "how_well": "not_applicable"}] * (5 - numbers)

    assert {one.key: one for one in panel_answers(FORM_VALUE, panel)}["how_well"].answer == answer


def test_a_share_goes_from_0_to_1_and_says_nothing_more():
    result = scored(HEALTHNEWSREVIEW, rated(5, 5, 0))

    assert (result.lowest, result.highest, result.rated, result.reason, result.note) == (0, 1, 10, "", "")


def test_of_nothing_that_was_rated_there_is_no_share_and_no_total():
    lenient = read_instrument(
        'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n'
        '[[options.rated]]\ncode = "satisfactory"\ntitle = "Yes"\n'
        '[[options.rated]]\ncode = "not_satisfactory"\ntitle = "No"\n'
        '[[items]]\nkey = "k"\nkind = "choice"\nwording = "?"\noptions = "rated"\n'
        '[scoring]\nmethod = "satisfactory_share"\nnot_rated_limit = 1\n'
    )

    share, total = scored(lenient, {}), scored(FORM_VALUE, {"sourced": "yes", "how_well": "not_applicable"})

    assert (share.value, share.reason) == (None, "No score: more than 1 of 1 items are not applicable or not settled.")
    assert (total.value, total.reason) == (None, "No total: 0 of 1 items have no settled answer.")
    assert scored(FORM_VALUE, {"sourced": "yes", "how_well": 3}).reason == ""


def test_an_item_has_the_range_of_its_points():
    rated = read_instrument(
        'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n'
        '[[options.rated]]\ncode = "good"\ntitle = "Good"\npoints = 4\n'
        '[[options.rated]]\ncode = "bad"\ntitle = "Bad"\npoints = 1\n'
        '[[options.rated]]\ncode = "not_applicable"\ntitle = "-"\n'
        '[[items]]\nkey = "k"\nkind = "choice"\nwording = "?"\noptions = "rated"\n[scoring]\nmethod = "total"\n'
    )

    result = scored(rated, {"k": "good"})

    assert (result.value, result.lowest, result.highest) == (4, 1, 4)
    ranges = {key: points_range(FORM_VALUE.item(key)) for key in ("sourced", "how_well", "why", "dose")}
    assert ranges == {"sourced": (0, 0), "how_well": (0, 3), "why": (0, 0), "dose": (0, 500)}


def test_a_panel_takes_the_median_of_a_number():
    said = {"sourced": "yes", "settings": ("home",)}
    panel = [{**said, "dose": 10}, {**said, "dose": Fraction(25, 2)}, {**said, "dose": "not_applicable"}]

    result = {one.key: one for one in panel_answers(FORM_VALUE, panel)}["dose"]

    assert (result.answer, result.counts) == (Fraction(45, 4), {"10": 1, "12.5": 1, "not_applicable": 1})
