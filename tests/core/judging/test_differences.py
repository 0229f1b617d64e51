"""What a new version of a report says that the one before did not."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from reviews.core.judging.definitions import shipped_instruments
from reviews.core.judging.report import (
    AdjudicationInput,
    CitationInput,
    MarkInput,
    ReviewInput,
    SourceInput,
    compile_panel,
    differences,
)
from reviews.core.judging.rule import Rule
from reviews.core.judging.scales import ACCURACY, Scale
from reviews.core.judging.vocabulary import OMISSIONS
from tests.core.judging.panels import HEALTHNEWSREVIEW, MICE, TRIAL, claim, panel, panels, review


def changes(before, after):
    return [difference.words for difference in differences(compile_panel(before).body, compile_panel(after).body)]


AGREED = panel(review("misleading"), review("misleading"), review("misleading"))


@given(panels(), panels())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_there_are_differences_exactly_where_reports_differ(before, after):
    bodies = compile_panel(before).body, compile_panel(after).body

    assert differences(bodies[0], bodies[0]) == []
    assert bool(differences(*bodies)) is (bodies[0] != bodies[1])


def test_a_new_mark_that_splits_the_panel_says_so():
    after = replace(AGREED, reviews=[*AGREED.reviews[:2], review("accurate")])

    assert changes(AGREED, after) == [
        "claim 1: misleading -> disputed, because the votes are now “2 of 3 reviewers: misleading; 1: accurate”; "
        "the panel lies 2 levels or more apart: 1 of 3 reviewers on the better side, 2 on the worse; "
        "the panel is split on whether the claim misleads: 1 of 3 reviewers says no, 2 yes",
        "article: overall finding: Misleading: claim 1 is. -> No claim of the article itself has a verdict yet.",
    ]


def test_an_adjudication_says_who_decided():
    split = panel(review("accurate"), review("inaccurate"))
    after = replace(split, adjudications={1: AdjudicationInput("inaccurate", "So it is.")})

    assert changes(split, after)[0] == (
        "claim 1: disputed -> inaccurate (decided by an editor), because an editor decided"
    )
    assert changes(after, split)[0] == (
        "claim 1: inaccurate (decided by an editor) -> disputed, because the editor's decision was taken back"
    )


def test_a_retraction_is_named():
    before = panel(
        review("accurate", stances=["supports"]),
        review("accurate", stances=["supports"]),
        citations=[CitationInput(1, TRIAL.key, "article")],
    )
    after = replace(before, sources=[replace(TRIAL, retracted=True), MICE])

    assert "claim 1: the source “A trial” (doi:10.1000/trial) is retracted" in changes(before, after)


def test_a_source_that_comes_or_goes_is_named():
    after = replace(AGREED, citations=[CitationInput(1, TRIAL.key, "editor")])

    assert changes(AGREED, after) == ["claim 1: new source “A trial” (doi:10.1000/trial)"]
    assert changes(after, AGREED) == ["claim 1: the source “A trial” (doi:10.1000/trial) is no longer put to it"]
    nameless = replace(after, sources=[replace(TRIAL, record={}), MICE])
    assert changes(nameless, AGREED) == ["claim 1: the source doi:10.1000/trial is no longer put to it"]


def test_what_changes_under_a_verdict_that_stays_is_told():
    split = panel(review("accurate"), review("accurate"), review("misleading"))
    wider = replace(split, claims=[replace(split.claims[0], is_high_harm=True)])
    strict = Rule(version="2", neighbours="none")
    even = panel(review("mostly_accurate"), review("misleading"), rule=Rule())

    assert changes(split, wider) == ["claim 1: now held as well: a high-harm claim on which the panel is not unanimous"]
    assert changes(wider, split) == ["claim 1: no longer held: a high-harm claim on which the panel is not unanimous"]
    assert changes(even, replace(even, rule=strict))[1:3] == [
        "claim 1: the panel's label: misleading -> none",
        "claim 1: now held as well: the votes add up to no verdict",
    ]


def test_a_list_in_a_rule_says_what_it_lost_and_gained():
    other = Rule(version="2", ceiling_kinds=("risk", "frequency"))

    assert changes(AGREED, replace(AGREED, rule=other)) == [
        "rule: version: 1 -> 2",
        "rule: ceiling kinds: without effect; with frequency",
    ]
    turned = replace(other, version="1", ceiling_kinds=("risk", "effect"))
    assert changes(AGREED, replace(AGREED, rule=turned)) == ["rule: ceiling kinds: in another order"]


def test_votes_that_change_no_verdict_are_told():
    after = replace(AGREED, reviews=[*AGREED.reviews, review("inaccurate")])

    assert changes(AGREED, after) == [
        "claim 1: votes: 3 of 3 reviewers: misleading -> 3 of 4 reviewers: misleading; 1: inaccurate",
        "panel: reviewers: 3 -> 4",
    ]


def test_a_new_rationale_is_a_detail():
    said = ReviewInput(marks={1: MarkInput("misleading", rationale="Look again.")})

    assert changes(AGREED, replace(AGREED, reviews=[*AGREED.reviews[:2], said])) == [
        "claim 1: same verdict; rationales changed"
    ]


def test_another_rule_is_named():
    after = replace(AGREED, rule=Rule(version="2"))

    assert changes(AGREED, after) == ["rule: version: 1 -> 2"]


def test_scores_and_omissions_are_told():
    answers = {item.key: "satisfactory" for item in HEALTHNEWSREVIEW.items}
    before = panel(review("accurate"), review("accurate"), instruments=[HEALTHNEWSREVIEW])
    after = replace(before, reviews=[review("accurate", answers=answers, omissions=["cost"]), review("accurate")])

    assert changes(before, after) == [
        "article: omission “Cost”: none -> 1",
        "article: HealthNewsReview criteria: No score: more than 2 of 10 items are not applicable or not settled. -> "
        "10 of 10 items satisfactory: 5 of 5 stars.",
    ]


def test_a_difference_is_structured_too():
    after = replace(AGREED, reviews=[*AGREED.reviews[:2], review("accurate")])

    verdict = differences(compile_panel(AGREED).body, compile_panel(after).body)[0]

    assert (verdict.subject, verdict.aspect) == ("claim 1", "verdict")
    assert (verdict.before["level"], verdict.after["status"]) == ("misleading", "disputed")
    assert len(verdict.because) == 3


def test_what_held_a_claim_and_holds_it_no_more_is_told():
    split = panel(review("accurate"), review("accurate"), review("misleading"))
    after = replace(split, reviews=[*split.reviews[:2], review("accurate")])

    assert changes(split, after)[0] == (
        "claim 1: disputed -> accurate, because the votes are now “3 of 3 reviewers: accurate”; what held it is settled"
    )


def test_a_verdict_that_another_rule_turns_says_so():
    split = panel(review("accurate"), review("accurate"), review("misleading"))
    lenient = Rule(version="2", lesser_side_votes=2, lesser_side_one_in=2)

    assert changes(split, replace(split, rule=lenient)) == [
        "claim 1: disputed -> accurate, because what held it is settled; the rule changed",
        "article: overall finding: No claim of the article itself has a verdict yet. -> Accurate: claim 1 is.",
        "rule: version: 1 -> 2",
        "rule: lesser side one in: 3 -> 2",
    ]


def test_another_scale_is_named():
    renamed = Scale(tuple(replace(level, definition="Said otherwise.") for level in ACCURACY))

    assert changes(AGREED, replace(AGREED, scale=renamed)) == ["scale: another scale"]


def structured(before, after):
    found = differences(compile_panel(before).body, compile_panel(after).body)
    return [(one.subject, one.aspect, one.before, one.after) for one in found]


def test_every_difference_says_what_it_is_of():
    cited = replace(AGREED, citations=[CitationInput(1, TRIAL.key, "editor")])
    retracted = replace(cited, sources=[replace(TRIAL, retracted=True), MICE])
    split = panel(review("accurate"), review("accurate"), review("misleading"))
    harmful = replace(split, claims=[replace(split.claims[0], is_high_harm=True)])
    more = panel(*AGREED.reviews, claims=[claim(1), claim(2)])
    renamed = Scale(tuple(replace(level, definition="Said otherwise.") for level in ACCURACY))
    kinds = Rule(ceiling_kinds=("risk", "frequency"))
    noted, other = (ReviewInput(omissions={"cost": words}) for words in ("Dear.", "Cheap."))

    assert structured(AGREED, cited) == [("claim 1", "source", None, TRIAL.key)]
    assert structured(cited, AGREED) == [("claim 1", "source", TRIAL.key, None)]
    assert structured(cited, retracted)[1] == ("claim 1", "retraction", False, True)
    assert structured(split, harmful) == [("claim 1", "held", None, "high_harm_not_unanimous")]
    assert structured(AGREED, more)[0] == ("claim 2", "added", None, "Claim 2")
    assert structured(more, AGREED)[0] == ("claim 2", "removed", "Claim 2", None)
    assert structured(AGREED, replace(AGREED, scale=renamed)) == [("scale", "levels", None, None)]
    assert structured(AGREED, replace(AGREED, rule=kinds)) == [
        ("rule", "ceiling kinds", "effect, risk", "risk, frequency")
    ]
    assert structured(replace(AGREED, reviews=[noted]), replace(AGREED, reviews=[other])) == [
        ("report", "details", None, None)
    ]


def test_claims_that_come_and_go_are_told_by_their_numbers():
    few, many = (panel(*AGREED.reviews, claims=[claim(n) for n in numbers]) for numbers in ([1], [1, 2, 3, 64]))

    assert changes(few, many)[:3] == ["claim 2: new", "claim 3: new", "claim 64: new"]
    assert changes(many, few)[:3] == [f"claim {number}: no longer there" for number in (2, 3, 64)]


def test_the_details_of_a_claim_are_told_by_name():
    said = ReviewInput(marks={1: MarkInput("misleading", rationale="Look again.")}, statements={1: "I do not agree."})

    assert changes(AGREED, replace(AGREED, reviews=[*AGREED.reviews[:2], said])) == [
        "claim 1: same verdict; minority statements, rationales changed"
    ]


def test_a_verdict_that_nothing_explains_says_that_its_inputs_changed():
    body = compile_panel(AGREED).body
    other = {**body["claims"][0], "verdict": {"status": "panel", "level": "accurate", "title": "Accurate", "line": ""}}

    assert [one.words for one in differences(body, {**body, "claims": [other]})] == [
        "claim 1: misleading -> accurate, because its inputs changed"
    ]


def test_where_an_editor_decides_it_is_not_said_that_what_held_the_claim_is_settled():
    split = panel(review("accurate"), review("inaccurate"))
    after = replace(
        split,
        reviews=[review("accurate"), review("accurate")],
        adjudications={1: AdjudicationInput("inaccurate", "So it is.")},
    )

    assert changes(split, after)[0] == (
        "claim 1: disputed -> inaccurate (decided by an editor), because an editor decided; "
        "the votes are now “2 of 2 reviewers: accurate”"
    )


def test_what_the_evidence_says_now_is_told():
    cited = replace(AGREED, citations=[CitationInput(1, TRIAL.key, "editor")])
    read = replace(cited, reviews=[*AGREED.reviews[:2], review("misleading", stances=["supports"])])

    told = changes(cited, read)

    assert told[0] == (
        "claim 1: evidence: No study that addresses the claim was put to it. -> "
        "The best evidence, level 2 (randomised trials; 1 study), supports the claim."
    )
    assert not any("retracted" in words for words in told)


def test_a_source_that_is_retracted_no_more_is_named():
    cited = replace(AGREED, citations=[CitationInput(1, TRIAL.key, "editor")])
    retracted = replace(cited, sources=[replace(TRIAL, retracted=True), MICE])

    assert changes(retracted, cited)[1] == "claim 1: the source “A trial” (doi:10.1000/trial) is no longer retracted"


def test_sources_that_go_are_told_in_order():
    sources = [SourceInput(f"key:{n}", {}) for n in range(9)]
    cited = replace(AGREED, sources=sources, citations=[CitationInput(1, one.key, "editor") for one in sources])

    assert changes(cited, replace(cited, citations=[])) == [
        f"claim 1: the source key:{n} is no longer put to it" for n in range(9)
    ]


def test_omissions_that_are_named_no_more_are_told_in_order():
    kinds = [code for code, _ in OMISSIONS]
    titles = sorted(title for _, title in OMISSIONS)
    named = replace(AGREED, reviews=[review("misleading", omissions=kinds)])

    assert changes(named, replace(named, reviews=[review("misleading")])) == [
        f"article: omission “{title}”: 1 -> none" for title in titles
    ]


def test_instruments_that_come_and_go_are_told_in_order():
    shipped = shipped_instruments()
    without = panel(review("accurate"), review("accurate"))
    words = {
        part["title"]: part["score"]["words"]
        for part in compile_panel(replace(without, instruments=shipped)).body["instruments"]
    }

    assert len(words) == 5
    assert changes(without, replace(without, instruments=shipped)) == [
        f"article: {title}: none -> {words[title]}" for title in sorted(words)
    ]
    assert changes(replace(without, instruments=shipped), without) == [
        f"article: {title}: {words[title]} -> none" for title in sorted(words)
    ]


def test_what_a_rule_did_not_say_before_is_told():
    body = compile_panel(AGREED).body
    old = {name: part for name, part in body["rule"].items() if name not in ("ceiling_kinds", "quorum", "triggers")}

    told = [one.words for one in differences({**body, "rule": old}, body)]
    back = [one.words for one in differences(body, {**body, "rule": old})]

    assert told[0] == "rule: ceiling kinds: none -> ['effect', 'risk']"
    assert back[0] == "rule: ceiling kinds: ['effect', 'risk'] -> none"
    assert [words.split(":")[1] for words in told] == sorted(words.split(":")[1] for words in told)


def test_the_parts_of_a_rule_are_told_by_name():
    other = Rule(name="Ours", version="2", neighbours="none", lesser_side_votes=3, ceiling_kinds=("risk",))

    names = [aspect for subject, aspect, *_ in structured(AGREED, replace(AGREED, rule=other)) if subject == "rule"]

    assert names == ["name", "version", "ceiling kinds", "lesser side votes", "neighbours"]


def test_whatever_else_changed_is_a_detail():
    before, after = ReviewInput(omissions={"cost": "Dear."}), ReviewInput(omissions={"cost": "Cheap."})

    assert changes(replace(AGREED, reviews=[before]), replace(AGREED, reviews=[after])) == ["report: details changed"]
