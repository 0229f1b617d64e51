"""The article as a whole, in words, and what it leaves out."""

from dataclasses import replace

import pytest

from reviews.core.judging.definitions import shipped_instruments
from reviews.core.judging.report import AdjudicationInput, ReviewInput, compile_panel
from tests.core.judging.panels import HEALTHNEWSREVIEW, claim, panel, review

JAMA = next(form for form in shipped_instruments() if form.slug == "jama")


def article(*levels, headline=(), high_harm=(), left_open=()):
    """An article on whose claims two reviewers agree; ``None`` is a claim that they are a world apart on."""
    claims = [
        claim(number, is_headline=number in headline, is_high_harm=number in high_harm)
        for number in range(1, len(levels) + 1)
    ]
    first, second = (review(*(level or extreme for level in levels)) for extreme in ("accurate", "inaccurate"))
    decisions = {number: AdjudicationInput(None, "It cannot be told.") for number in left_open}
    return compile_panel(panel(first, second, claims=claims, adjudications=decisions)).body["article"]


@pytest.mark.parametrize(
    ("levels", "flags", "words"),
    [
        (["accurate"], {}, "Accurate: claim 1 is."),
        (["misleading", "misleading", "accurate"], {}, "Misleading: claims 1, 2 are."),
        (
            ["accurate", "accurate", "accurate", "inaccurate"],
            {},
            "Accurate: claims 1, 2, 3 are.",
        ),
        (
            ["accurate", "accurate", "inaccurate"],
            {"headline": [3]},
            "Inaccurate: no better than its worst headline or high-harm claim (claim 3).",
        ),
        (
            ["accurate", "misleading", "misleading", "accurate"],
            {"headline": [2], "high_harm": [3]},
            "Misleading: no better than its worst headline or high-harm claim (claims 2, 3).",
        ),
        (
            ["inaccurate", "inaccurate", "accurate"],
            {"headline": [3]},
            "Inaccurate: the commonest verdict of its claims.",
        ),
        (["accurate", None], {"high_harm": [2]}, "No overall finding: claim 2 has no verdict."),
        (
            [None, "accurate", None],
            {"headline": [1], "high_harm": [3]},
            "No overall finding: claims 1, 3 have no verdict.",
        ),
        (
            ["inaccurate", "accurate", "accurate", "inaccurate"],
            {"headline": [4]},
            "Inaccurate: no better than its worst headline or high-harm claim (claim 4).",
        ),
        (["accurate", *[None] * 8], {}, "Accurate: the commonest verdict of its claims."),
        ([None], {}, "No claim of the article itself has a verdict yet."),
    ],
)
def test_the_finding_reads_as_what_it_rests_on(levels, flags, words):
    assert article(*levels, **flags)["finding"]["words"] == words


def test_verdicts_are_counted_and_so_is_what_has_none():
    counts = article("accurate", "accurate", None, None, left_open=[3])["distribution"]

    assert counts == {
        "accurate": 2,
        "mostly_accurate": 0,
        "misleading": 0,
        "inaccurate": 0,
        "unsupported": 0,
        "disputed": 1,
        "left_open": 1,
        "pending": 0,
    }
    waiting = compile_panel(panel(review("accurate"), outstanding=1)).body["article"]
    assert waiting["distribution"]["pending"] == 1


def test_omissions_stand_by_how_many_named_them_and_notes_in_no_reviewers_order():
    said = [
        ReviewInput(omissions={"harms": "Water retention.", "cost": " Dear. "}),
        ReviewInput(omissions={"harms": "Bleeding.", "dose": "", "cost": ""}),
        ReviewInput(omissions={"harms": ""}),
    ]

    omissions = compile_panel(panel(*said, claims=[claim(1)])).body["article"]["omissions"]

    assert [(one["kind"], one["title"], one["count"], one["reviewers"], one["notes"]) for one in omissions] == [
        ("harms", "Harms", 3, 3, ["Bleeding.", "Water retention."]),
        ("cost", "Cost", 2, 3, ["Dear."]),
    ]


def test_of_two_versions_of_an_instrument_each_says_which_it_is():
    newer = replace(HEALTHNEWSREVIEW, version=7)

    parts = compile_panel(panel(review("accurate"), instruments=[newer, HEALTHNEWSREVIEW, JAMA])).body["instruments"]

    assert [(part["key"], part["version"], part["title"]) for part in parts] == [
        *((one.key, one.version, f"{one.title} (version {one.version})") for one in (HEALTHNEWSREVIEW, newer)),
        (JAMA.key, JAMA.version, JAMA.title),
    ]


def test_an_instrument_is_told_in_full():
    codes = {item.key: "met" for item in JAMA.items}
    first, second = JAMA.items[:2]
    reviews = [
        replace(review("accurate"), answers={JAMA.key: answers}) for answers in (codes, codes | {first.key: "not_met"})
    ]

    [part] = compile_panel(panel(*reviews, review("accurate"), instruments=[JAMA])).body["instruments"]

    assert {name: part[name] for name in ("slug", "version", "title", "about", "reviewers")} == {
        "slug": "jama",
        "version": JAMA.version,
        "title": JAMA.title,
        "about": "article",
        "reviewers": 2,
    }
    assert part["items"][1] == {
        "key": second.key,
        "section": second.section,
        "wording": second.wording,
        "kind": "choice",
        "answer": "met",
        "title": "Met",
        "counts": {"met": 2},
    }
    [whole] = compile_panel(panel(reviews[0], instruments=[JAMA])).body["instruments"]
    assert whole["score"]["words"] == f"4 on a range of 0 to 4. {JAMA.scoring.note}"


def test_only_claims_of_the_article_itself_are_counted():
    claims = [claim(1), claim(2, counts_for_article=False), claim(3)]

    part = compile_panel(panel(review("accurate", "accurate", "accurate"), claims=claims)).body["article"]

    assert (part["claims"], part["with_source"], part["with_source_share"]) == (2, 0, "0.000")


def test_an_instrument_says_which_it_is_and_why_an_item_has_no_answer():
    cost, benefit, harm = (item.key for item in HEALTHNEWSREVIEW.items[:3])
    first = {cost: "satisfactory", benefit: "satisfactory"}
    second = {**first, benefit: "not_satisfactory"}
    reviews = [review("accurate", answers=answers) for answers in (first, second)]

    [part] = compile_panel(panel(*reviews, instruments=[HEALTHNEWSREVIEW])).body["instruments"]

    assert (part["slug"], part["key"], part["reviewers"]) == ("healthnewsreview", HEALTHNEWSREVIEW.key, 2)
    titles = {item["key"]: item["title"] for item in part["items"]}
    assert (titles[cost], titles[benefit], titles[harm]) == ("Satisfactory", "Not settled", "Not answered")
