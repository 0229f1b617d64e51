"""The report is one value: the same whatever order its parts came in, and open to being checked."""

import json
from collections import Counter
from dataclasses import replace
from statistics import median_high, median_low

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.core.judging.definitions import read_instrument, shipped_instruments
from reviews.core.judging.evidence import Evidence
from reviews.core.judging.panel import panel_label
from reviews.core.judging.report import (
    AdjudicationInput,
    AppraisalInput,
    CitationInput,
    InputsDisagree,
    MarkInput,
    PanelInputs,
    ReviewInput,
    SourceInput,
    compile_panel,
)
from reviews.core.judging.rule import Rule
from reviews.core.judging.ruling import dissent_words, evidence_words
from reviews.core.judging.scales import ACCURACY
from tests.core.judging.forms import FORM_VALUE
from tests.core.judging.panels import HEALTHNEWSREVIEW, MICE, TRIAL, claim, mark, panel, panels, review

AXIS = ["accurate", "mostly_accurate", "misleading", "inaccurate"]
RELAXED = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


def claims_of(inputs):
    return compile_panel(inputs).body["claims"]


def names(reasons):
    return [reason["name"] for reason in reasons]


# What anybody can check from the report alone: the rules of the panel, written a second time.


def label_again(counts, quorum):
    votes = sum(counts.values())
    on_axis = sorted(AXIS.index(name) for name in counts if name in AXIS for _ in range(counts[name]))
    if votes < quorum:
        return None
    if votes == 2 and len(on_axis) == 1:
        return None
    if len(on_axis) * 2 > votes:
        low, high = median_low(on_axis), median_high(on_axis)
        return AXIS[high] if high - low < 2 else None
    return "unsupported" if counts["unsupported"] * 2 > votes else None


def split_again(one, other, votes):
    lesser = min(one, other)
    return lesser >= 2 or (lesser == 1 and votes <= 3)


def holds_again(ruled, outstanding):
    counts, label, evidence = ruled["panel"]["counts"], ruled["panel"]["label"], ruled["evidence"]
    a, m, l, i = (counts[name] for name in AXIS)  # noqa: E741
    votes = sum(counts.values())
    stances = [source["stance"]["counts"] for source in evidence["sources"] if not source["retracted"]]
    finding = evidence["finding"]
    about_people = ruled["kind"] in ("effect", "risk")
    return {
        "no_label": label is None and not outstanding,
        "split_levels_apart": split_again(a, l + i, votes) or split_again(a + m, i, votes),
        "split_across_harm_line": split_again(a + m, l + i, votes),
        "split_on_source": any(
            split_again(count.get("supports", 0), count.get("contradicts", 0), sum(count.values())) for count in stances
        ),
        "against_best_evidence": (label in AXIS[:2] and finding == "contradicted")
        or (label == "inaccurate" and finding == "supported")
        or (label == "unsupported" and finding in ("supported", "contradicted")),
        "evidence_ceiling": bool(about_people and label in AXIS[:2] and evidence["ceiling"]),
        "high_harm_not_unanimous": ruled["is_high_harm"] and sum(count > 0 for count in counts.values()) > 1,
    }


def assert_checks_out(ruled, *, quorum, outstanding):
    """Recompute one claim's label and every hold from the structured reasons and counts of the report."""
    assert ruled["panel"]["label"] == label_again(ruled["panel"]["counts"], quorum)
    expected = {name for name, holds in holds_again(ruled, outstanding).items() if holds}
    assert set(names(ruled["held"])) - {"conflict_decides"} == expected
    for reason in ruled["held"]:
        if reason["name"] == "conflict_decides":
            rest = Counter(ruled["panel"]["counts"]) - Counter(reason["facts"]["left_out"])
            assert reason["facts"]["label"] == ruled["panel"]["label"]
            assert reason["facts"]["label_without"] == label_again(rest, quorum) != ruled["panel"]["label"]


@given(panels(), st.randoms(use_true_random=False))
@RELAXED
def test_the_same_inputs_in_any_order_give_the_same_bytes(inputs, random):
    def shuffled(items):
        return random.sample(list(items), len(items))

    def turned(one):
        return replace(
            one,
            marks={number: replace(said, flaws=shuffled(said.flaws)) for number, said in shuffled(one.marks.items())},
            appraisals=dict(shuffled(one.appraisals.items())),
            omissions=dict(shuffled(one.omissions.items())),
        )

    other = replace(
        inputs,
        claims=shuffled(inputs.claims),
        sources=shuffled(inputs.sources),
        citations=shuffled([*inputs.citations, *inputs.citations]),
        reviews=[turned(one) for one in shuffled(inputs.reviews)],
        instruments=shuffled(inputs.instruments),
    )

    assert compile_panel(other).canonical() == compile_panel(inputs).canonical()
    assert compile_panel(other).fingerprint == compile_panel(inputs).fingerprint


def read_off(because):
    """The label that the row of the rule gives, from its facts alone."""
    facts = because["facts"]
    if because["name"] in ("below_quorum", "two_apart", "medians_apart", "no_majority"):
        return None
    counts = Counter(facts["counts"])
    assert set(facts["levels"]) <= set(counts)
    return facts["levels"][-1]


def hold_stands(reason, *, label):
    """Whether the facts of a reason suffice for it, by the rule written a second time."""
    facts = reason["facts"]
    return {
        "no_label": lambda: facts["outstanding"] == 0 and label is None,
        "split_levels_apart": lambda: split_again(facts["better"], facts["worse"], facts["votes"]),
        "split_across_harm_line": lambda: split_again(facts["before"], facts["beyond"], facts["votes"]),
        "split_on_source": lambda: split_again(facts["supports"], facts["contradicts"], facts["votes"]),
        "against_best_evidence": lambda: (
            facts["label"] == label
            and (facts["label"], facts["finding"])
            in {
                ("accurate", "contradicted"),
                ("mostly_accurate", "contradicted"),
                ("inaccurate", "supported"),
                ("unsupported", "supported"),
                ("unsupported", "contradicted"),
            }
        ),
        "evidence_ceiling": lambda: (
            facts["label"] == label in AXIS[:2]
            and facts["claim_kind"] in ("effect", "risk")
            and facts["ceiling"] in ("no_source_on_topic", "no_evidence_in_people")
        ),
        "high_harm_not_unanimous": lambda: len(facts["counts"]) > 1,
        "conflict_decides": lambda: facts["label"] == label != facts["label_without"] and bool(facts["left_out"]),
    }[reason["name"]]()


def assert_reasons_suffice(ruled):
    """Recompute one claim's label and each of its holds from the structured reasons alone."""
    because = ruled["panel"]["because"]
    label = label_again(Counter(because["facts"]["counts"]), because["facts"]["quorum"])
    assert read_off(because) == label == because["facts"]["label"] == ruled["panel"]["label"]
    assert because["facts"]["votes"] == sum(because["facts"]["counts"].values())
    assert all(hold_stands(reason, label=label) for reason in ruled["held"])


@given(panels())
@settings(RELAXED, max_examples=50)
def test_a_report_can_be_checked_by_anybody_who_has_it(inputs):
    report = compile_panel(inputs)
    body = json.loads(report.canonical())

    assert body == report.body
    for ruled in body["claims"]:
        assert_checks_out(ruled, quorum=body["quorum"], outstanding=body["outstanding"])
        assert_reasons_suffice(ruled)
        by_editor = inputs.adjudications.get(ruled["number"])
        settled = by_editor.level if by_editor else None if ruled["held"] else ruled["panel"]["label"]
        assert ruled["verdict"]["level"] == settled


BASE = panel(review("accurate", stances=["supports"]), review("accurate", stances=["supports"]))


def test_the_fingerprint_is_a_sha256():
    assert len(compile_panel(BASE).fingerprint) == 64
    assert set(compile_panel(BASE).fingerprint) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"claims": [claim(1), claim(1)]}, "The claim 1 is given twice"),
        ({"sources": [TRIAL, TRIAL]}, "The source 'doi:10.1000/trial' is given twice"),
        ({"citations": [CitationInput(7, TRIAL.key, "article")]}, "The claim 7 is not among"),
        ({"citations": [CitationInput(1, "doi:10.1000/none", "article")]}, "The source 'doi:10.1000/none'"),
        ({"adjudications": {7: AdjudicationInput(None, "x")}}, "The claim 7"),
        ({"adjudications": {1: AdjudicationInput("splendid", "x")}}, "The level 'splendid'"),
        ({"reviews": [ReviewInput(marks={7: MarkInput("accurate")})]}, "The claim 7"),
        ({"reviews": [ReviewInput(marks={1: MarkInput("splendid")})]}, "The level 'splendid'"),
        ({"reviews": [ReviewInput(appraisals={(1, "no"): AppraisalInput("mixed")})]}, "The source 'no'"),
        ({"reviews": [ReviewInput(answers={"form@1": {}})]}, "The instrument 'form@1'"),
        ({"reviews": [ReviewInput(first_marks={7: MarkInput("accurate")})]}, "The claim 7"),
        ({"reviews": [ReviewInput(marks={1: MarkInput("accurate", flaws=["dull"])})]}, "The flaw 'dull'"),
        ({"reviews": [ReviewInput(marks={1: MarkInput("accurate", certainty="sure")})]}, "The certainty 'sure'"),
        ({"reviews": [ReviewInput(appraisals={(1, TRIAL.key): AppraisalInput("for")})]}, "The stance 'for'"),
        ({"reviews": [ReviewInput(appraisals={(1, TRIAL.key): AppraisalInput("", design="poll")})]}, "design 'poll'"),
        (
            {
                "reviews": [
                    ReviewInput(),
                    ReviewInput(appraisals={(1, TRIAL.key): AppraisalInput("", risk_of_bias="x")}),
                ]
            },
            r"The risk of bias 'x' is not among those of this round \(review 2\)",
        ),
        ({"reviews": [ReviewInput(omissions={"joy": ""})]}, "The omission 'joy'"),
        ({"claims": [claim(1, kind="miracle")]}, "The kind of claim 'miracle'"),
        ({"citations": [CitationInput(1, TRIAL.key, "rumour")]}, "The origin 'rumour'"),
        ({"outstanding": -1}, "-1 reviews cannot be out"),
        ({"sources": [TRIAL, MICE, TRIAL, MICE]}, "The source 'doi:10.1000/trial' is given twice"),
        ({"instruments": [FORM_VALUE, FORM_VALUE]}, "The instrument 'form@2' is given twice"),
        ({"reviews": [ReviewInput(statements={7: "No."})]}, r"The claim 7 is not among .* \(review 1\)"),
        ({"reviews": [ReviewInput(appraisals={(7, TRIAL.key): AppraisalInput("mixed")})]}, r"The claim 7 .*review 1\)"),
        ({"reviews": [ReviewInput(claim_answers={(7, "form@2"): {}})]}, r"The claim 7 is not among .*review 1\)"),
    ],
)
def test_inputs_that_disagree_are_refused(parts, why):
    with pytest.raises(InputsDisagree, match=why):
        replace(BASE, **parts)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"attribution": "guessed"}, "The attribution 'guessed' is not among those of this round (review 2)"),
        ({"confidence": "sky-high"}, "The confidence 'sky-high' is not among those of this round (review 2)"),
        (
            {"could_not_assess": "asleep"},
            "The reason not to assess 'asleep' is not among those of this round (review 2)",
        ),
        (
            {"certainty_start": "animal"},
            "The start of the certainty 'animal' is not among those of this round (review 2)",
        ),
        (
            {"certainty_start": "randomised", "certainty_reasons": ["imprecision_3"]},
            "The reason for the certainty 'imprecision_3' is not among those of this round (review 2)",
        ),
    ],
)
def test_a_mark_that_says_what_nobody_can_choose_is_refused_with_its_place(said, why):
    with pytest.raises(InputsDisagree) as refused:
        panel(review("accurate"), ReviewInput(marks={1: MarkInput("accurate", **said)}))

    assert str(refused.value) == f"{why}."


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"directness": "sideways"}, "The directness 'sideways' is not among those of this round (review 1)."),
        ({"indirect_in": ["colour"]}, "The indirectness 'colour' is not among those of this round (review 1)."),
    ],
)
def test_an_appraisal_that_says_what_nobody_can_choose_is_refused_with_its_place(said, why):
    with pytest.raises(InputsDisagree) as refused:
        panel(ReviewInput(appraisals={(1, TRIAL.key): AppraisalInput("supports", **said)}), claims=[claim(1)])

    assert str(refused.value) == why


def test_the_order_of_answers_on_claims_means_nothing():
    answers = {(number, FORM_VALUE.key): {"sourced": code} for number, code in ((1, "yes"), (2, "no"), (3, "yes"))}
    turned = dict(reversed(answers.items()))
    claims = [claim(number) for number in (1, 2, 3)]

    bytes_of = {
        panel(ReviewInput(claim_answers=said), claims=claims, instruments=[FORM_VALUE]).canonical()
        for said in (answers, turned)
    }

    assert len(bytes_of) == 1
    [review_said] = json.loads(bytes_of.pop())["reviews"]
    assert [(row["claim"], row["instrument"], row["answers"]) for row in review_said["claim_answers"]] == [
        (number, "form@2", said) for (number, _), said in answers.items()
    ]


def test_a_claim_is_told_under_these_names():
    said = mark("accurate", flaws=["leaves_out_harms"], certainty="low", rationale="So.", confidence="high")
    source = AppraisalInput("supports", design="randomised_trial", risk_of_bias="low", quote="Yes.", locator="p. 3")
    one = ReviewInput(marks={1: said}, appraisals={(1, TRIAL.key): source}, statements={1: "No."})

    [told] = claims_of(panel(one, ReviewInput(marks={1: said}, statements={1: "Never."})))

    assert set(told) == {
        *("number", "wording", "quote", "kind", "counts_for_article", "is_headline", "is_high_harm", "panel", "held"),
        *("can_still_change", "adjudication", "verdict", "evidence", "certainty", "confidence", "flaws", "attribution"),
        *("instruments", "rationales", "minority_statements", "dissent", "would_change"),
    }
    assert set(told["panel"]) == {
        *("label", "title", "line", "words", "because", "counts", "votes", "could_not_assess", "could_not_assess_why"),
    }
    assert set(told["evidence"]) == {
        *("finding", "level", "studies", "ceiling", "words", "article_gives_source", "sources"),
    }
    assert set(told["evidence"]["sources"][0]) == {
        *("key", "record", "retracted", "trial", "origins", "readings", "stance", "stance_title", "design"),
        *("design_title", "level", "risk", "risk_title", "risk_of_bias", "directness", "indirect_in", "on_topic"),
        *("decides", "quotes"),
    }
    assert set(told["certainty"]) == {
        *("median", "lowest", "highest", "ratings", "word", "words", "reasons", "other_than_reasons"),
    }
    assert (told["number"], told["wording"], told["quote"]) == (1, "Claim 1", "claim 1")
    assert (told["confidence"], told["minority_statements"]) == ({"high": 2}, ["Never.", "No."])
    assert told["flaws"] == [{"code": "leaves_out_harms", "title": "Leaves out harms", "count": 2}]
    assert told["rationales"] == [{"level": "accurate", "title": "Accurate", "text": "So."}] * 2
    assert (told["evidence"]["level"], told["evidence"]["studies"]) == (2, 1)
    assert told["evidence"]["sources"][0]["quotes"] == [{"quote": "Yes.", "locator": "p. 3", "found": None}]
    assert (told["panel"]["votes"], told["panel"]["could_not_assess"], told["panel"]["line"]) == (2, 0, "")
    assert told["verdict"] == {"status": "panel", "level": "accurate", "title": "Accurate", "line": ""}


def test_why_a_claim_could_not_be_assessed_is_counted_where_it_was_not():
    odd = mark("accurate", could_not_assess="outside_my_field")

    [told] = claims_of(panel(ReviewInput(marks={1: odd}), ReviewInput(marks={1: mark(None)}), review("accurate")))

    assert told["panel"]["could_not_assess"] == 1
    assert told["panel"]["could_not_assess_why"] == {"outside_my_field": 1}


def test_what_is_not_supported_as_stated_is_so_until_an_editor_gives_it_a_level():
    split = panel(review("misleading"), review("unsupported"))

    [held] = claims_of(split)
    [settled] = claims_of(replace(split, adjudications={1: AdjudicationInput("misleading", "So it is.")}))

    assert (held["verdict"]["line"], held["panel"]["line"]) == ("Not supported as stated",) * 2
    assert (settled["verdict"]["line"], settled["panel"]["line"]) == ("", "Not supported as stated")


@pytest.mark.parametrize(
    ("level", "studies", "words"),
    [
        (2, 1, "level 2 (randomised trials; 1 study)"),
        (1, 3, "level 1 (systematic reviews of randomised trials; 3 studies)"),
        (5, 1, "level 5 (animal and laboratory studies, mechanism and opinion; 1 source)"),
        (5, 2, "level 5 (animal and laboratory studies, mechanism and opinion; 2 sources)"),
    ],
)
def test_the_best_evidence_is_told_with_its_kind_and_number(level, studies, words):
    evidence = Evidence("contested", level, studies, (), "")

    assert evidence_words(evidence) == f"The best evidence, {words}, is contested."


@pytest.mark.parametrize(
    ("cast", "verdict", "words"),
    [
        (["accurate", "accurate"], "accurate", ""),
        (["accurate", "accurate"], None, ""),
        (["accurate", "accurate", "misleading"], "accurate", "1 of 3 reviewers saw it otherwise: misleading."),
        (
            ["accurate", "accurate", "misleading", "inaccurate"],
            "accurate",
            "2 of 4 reviewers saw it otherwise: 1 misleading, 1 inaccurate.",
        ),
        (["accurate", "inaccurate"], None, "The reviewers did not agree: 1 accurate, 1 inaccurate."),
    ],
)
def test_who_differs_from_the_verdict_is_told(cast, verdict, words):
    assert dissent_words(panel_label(cast), verdict=verdict, scale=ACCURACY) == words


def test_of_certainty_the_commonest_reasons_stand_first_and_other_marks_are_counted():
    def said(certainty, start, *reasons):
        return ReviewInput(
            marks={1: mark("accurate", certainty=certainty, certainty_start=start, certainty_reasons=reasons)}
        )

    reviews = [
        said("low", "randomised", "risk_of_bias_2"),
        said("high", "randomised", "risk_of_bias_2", "imprecision_1"),
        said("moderate", ""),
        said("high", "randomised"),
        said("", "randomised", "imprecision_1", "risk_of_bias_2"),
        said("low", "observational", "indirectness_1"),
    ]

    certainty = claims_of(panel(*reviews))[0]["certainty"]

    assert [(one["code"], one["count"]) for one in certainty["reasons"]] == [
        ("risk_of_bias_2", 3),
        ("imprecision_1", 2),
        ("indirectness_1", 1),
    ]
    assert certainty["other_than_reasons"] == 2
    assert (certainty["lowest"], certainty["highest"]) == ("very_low", "high")


def test_what_was_not_said_is_not_counted():
    blank = mark("accurate", rationale="  ")
    marks = [mark("accurate", confidence=code) for code in ("low", "high", "")]
    reading = ReviewInput(marks={1: blank}, appraisals={(1, TRIAL.key): AppraisalInput("supports")})

    [told] = claims_of(
        panel(reading, *(ReviewInput(marks={1: one}) for one in marks), claims=[claim(1, asks_for_source=True)])
    )

    assert list(told["confidence"].items()) == [("high", 1), ("low", 1)]
    assert (told["rationales"], told["evidence"]["sources"][0]["quotes"]) == ([], [])
    assert told["attribution"] == {"code": None, "title": "Not assessed", "counts": {}}


@pytest.mark.parametrize(("record", "named"), [({"title": "A trial"}, "“A trial”"), ({}, "one source")])
def test_a_split_on_a_source_names_it_where_it_has_a_title(record, named):
    inputs = replace(
        panel(review("accurate", stances=["supports"]), review("accurate", stances=["contradicts"])),
        sources=[replace(TRIAL, record=record), MICE],
    )

    [reason] = [one for one in claims_of(inputs)[0]["held"] if one["name"] == "split_on_source"]

    assert reason["words"].startswith(f"Reviewers read {named} in opposite ways: ")


def test_only_what_the_rule_names_holds_a_claim():
    inputs = panel(
        review("accurate"), review("accurate"), review("mostly_accurate"), claims=[claim(1, is_high_harm=True)]
    )

    names = [
        [reason["name"] for reason in compile_panel(inputs, rule).body["claims"][0]["held"]]
        for rule in (None, Rule(version="2", triggers=("no_label",)))
    ]

    assert names == [["high_harm_not_unanimous"], []]


@pytest.mark.parametrize(
    ("retracted", "words"),
    [
        (0, ""),
        (1, " A retracted source does not count."),
        (2, " 2 retracted sources do not count."),
        (4, " 4 retracted sources do not count."),
    ],
)
def test_retracted_sources_are_told_by_their_number(retracted, words):
    evidence = Evidence("none", None, 0, (), "no_source_on_topic", retracted=retracted)

    assert evidence_words(evidence) == f"No study that addresses the claim was put to it.{words}"


@pytest.mark.parametrize(
    ("origins", "given"), [([], False), (["editor"], False), (["reviewer", "editor", "article"], True)]
)
def test_who_put_a_source_to_a_claim_is_told(origins, given):
    inputs = panel(
        review("accurate", stances=["supports"]), citations=[CitationInput(1, TRIAL.key, origin) for origin in origins]
    )

    evidence = claims_of(inputs)[0]["evidence"]

    assert evidence["sources"][0]["origins"] == (sorted(origins) or ["reviewer"])
    assert evidence["article_gives_source"] is given


def test_an_adjudication_names_a_known_cause():
    with pytest.raises(InputsDisagree, match="The cause of a disagreement 'fate' is not among those of this round"):
        panel(review("accurate"), adjudications={1: AdjudicationInput(None, "x", disagreement="fate")})


def test_a_clean_claim_gets_the_panels_label():
    [ruled] = claims_of(panel(review("misleading"), review("misleading"), review("misleading"), review("inaccurate")))

    assert ruled["panel"]["words"] == "3 of 4 reviewers: misleading; 1: inaccurate"
    assert ruled["held"] == []
    assert ruled["verdict"] == {"status": "panel", "level": "misleading", "title": "Misleading", "line": ""}
    assert ruled["dissent"] == "1 of 4 reviewers saw it otherwise: inaccurate."


@pytest.mark.parametrize(
    ("kind", "design", "words"),
    [
        ("effect", "", "A study in people that addresses this claim could change what can be said."),
        ("effect", "animal", "A study in people that addresses this claim could change what can be said."),
        (
            "risk",
            "controlled_cohort",
            "A randomised trial, or a systematic review of trials, with another result could change it.",
        ),
        (
            "effect",
            "randomised_trial",
            "A larger trial, or a systematic review of trials, with another result could change it.",
        ),
        (
            "effect",
            "systematic_review",
            "Only large new trials, or a new review of them, with another result could change it.",
        ),
        ("definition", "", "A source that addresses this claim could change what can be said."),
        ("definition", "opinion", "Better evidence that says something else could change it."),
    ],
)
def test_what_could_change_a_ruling_hangs_on_the_claim_and_its_evidence(kind, design, words):
    said = {(1, TRIAL.key): AppraisalInput("supports", design=design)} if design else {}
    reviews = [ReviewInput(marks={1: mark("misleading")}, appraisals=said) for _ in range(2)]
    closed = panel(*reviews, claims=[claim(1, kind=kind)])

    assert claims_of(closed)[0]["would_change"] == words
    [open_one] = claims_of(replace(closed, outstanding=2))
    assert open_one["would_change"] == f"Reviews that are still out could change it. {words}"


@pytest.mark.parametrize(
    ("designs", "retracted", "words"),
    [
        ([], 0, "No study that addresses the claim was put to it."),
        (["animal"], 1, "No study that addresses the claim was put to it. A retracted source does not count."),
        (["animal", "animal"], 2, "No study that addresses the claim was put to it. 2 retracted sources do not count."),
        (
            ["opinion"],
            0,
            "The best evidence, level 5 (animal and laboratory studies, mechanism and opinion; 1 source), supports the "
            "claim.",
        ),
        (["randomised_trial"] * 2, 0, "The best evidence, level 2 (randomised trials; 2 studies), supports the claim."),
        (
            ["systematic_review", "randomised_trial"],
            1,
            "The best evidence, level 2 (randomised trials; 1 study), supports the claim. A retracted source does not "
            "count.",
        ),
    ],
)
def test_the_evidence_in_words_counts_studies_and_says_what_does_not_count(designs, retracted, words):
    sources = [SourceInput(f"pmid:{n}", {}, retracted=n < retracted) for n in range(len(designs))]
    said = {(1, f"pmid:{n}"): AppraisalInput("supports", design=design) for n, design in enumerate(designs)}
    reviews = [ReviewInput(marks={1: mark("unsupported")}, appraisals=said) for _ in range(2)]

    [ruled] = claims_of(PanelInputs(claims=[claim(1)], sources=sources, reviews=reviews))

    assert ruled["evidence"]["words"] == words


def test_a_held_claim_is_disputed_and_keeps_its_label():
    [ruled] = claims_of(panel(review("accurate"), review("accurate"), review("misleading")))

    assert ruled["panel"]["label"] == "accurate"
    assert ruled["verdict"]["status"] == "disputed"
    assert ruled["verdict"]["level"] is None


def test_an_adjudication_stands_beside_the_panels_own_ruling():
    split = panel(review("accurate"), review("inaccurate"))
    decided = replace(split, adjudications={1: AdjudicationInput("misleading", "Both are half right.")})
    left = replace(split, adjudications={1: AdjudicationInput(None, "It cannot be told.")})

    [ruled], [open_one] = claims_of(decided), claims_of(left)

    assert (ruled["verdict"]["status"], ruled["verdict"]["level"]) == ("adjudicated", "misleading")
    assert ruled["adjudication"] == {"level": "misleading", "reasoning": "Both are half right.", "disagreement": ""}
    assert (ruled["panel"], ruled["held"]) == (open_one["panel"], open_one["held"])
    assert (open_one["verdict"]["status"], open_one["verdict"]["title"]) == ("left_open", "No verdict")


def test_dissent_is_measured_against_the_verdict_that_stands():
    split = panel(review("mostly_accurate"), review("mostly_accurate"), review("misleading"))
    decided = replace(split, adjudications={1: AdjudicationInput("misleading", "The trial was small.")})

    [held], [ruled] = claims_of(split), claims_of(decided)

    assert held["panel"]["label"] == "mostly_accurate"
    assert held["dissent"] == "The reviewers did not agree: 2 mostly accurate, 1 misleading."
    assert ruled["dissent"] == "2 of 3 reviewers saw it otherwise: mostly accurate."


def test_a_claim_that_waits_for_votes_is_pending():
    [ruled] = claims_of(panel(review("accurate"), outstanding=1))

    assert (ruled["verdict"]["status"], ruled["held"], ruled["can_still_change"]) == ("pending", [], True)
    assert ruled["panel"]["words"] == "1 of 2 needed reviews"


def test_not_supported_as_stated_stands_as_a_line():
    [ruled] = claims_of(panel(review("unsupported"), review("inaccurate")))

    assert ruled["verdict"]["line"] == ruled["panel"]["line"] == "Not supported as stated"


def test_the_evidence_table_has_what_a_reader_needs():
    inputs = panel(
        review("accurate", stances=["supports"]),
        review("accurate", stances=["supports"]),
        citations=[CitationInput(1, TRIAL.key, "article"), CitationInput(1, MICE.key, "editor")],
    )

    [ruled] = claims_of(inputs)
    trial, mice = ruled["evidence"]["sources"]

    assert ruled["evidence"]["words"] == "The best evidence, level 2 (randomised trials; 1 study), supports the claim."
    assert (trial["stance_title"], trial["design_title"], trial["level"]) == (
        "Supports the claim",
        "Randomised trial",
        2,
    )
    assert (trial["origins"], trial["decides"], trial["record"]["title"]) == (["article"], True, "A trial")
    assert trial["quotes"] == [{"quote": "So it was.", "locator": "", "found": True}]
    assert (mice["stance_title"], mice["origins"], mice["on_topic"]) == ("Not assessed", ["editor"], False)


def test_a_retracted_source_neither_decides_nor_splits():
    inputs = panel(
        review("accurate", stances=["contradicts"]),
        review("accurate", stances=["supports"]),
        claims=[claim(1, kind="effect")],
    )

    assert names(claims_of(inputs)[0]["held"]) == ["split_on_source"]
    retracted = replace(inputs, sources=[replace(TRIAL, retracted=True), MICE])
    assert names(claims_of(retracted)[0]["held"]) == ["evidence_ceiling"]


def test_marks_are_summed_up_without_names():
    marks = [
        MarkInput("misleading", flaws=["cherry_picked", "out_of_date", "out_of_date"], certainty="low", rationale="B"),
        MarkInput("misleading", flaws=["cherry_picked"], certainty="high", rationale="A"),
        MarkInput(None, could_not_assess="no_access", rationale=" Behind a wall. "),
    ]

    [ruled] = claims_of(panel(*(ReviewInput(marks={1: one}) for one in marks)))

    assert [(flaw["code"], flaw["count"]) for flaw in ruled["flaws"]] == [("cherry_picked", 2), ("out_of_date", 1)]
    assert [(one["title"], one["text"]) for one in ruled["rationales"]] == [
        ("Misleading", "A"),
        ("Misleading", "B"),
        ("Could not assess", "Behind a wall."),
    ]
    assert (ruled["certainty"]["median"], ruled["certainty"]["word"]) == ("low", "may")
    assert ruled["panel"]["could_not_assess_why"] == {"no_access": 1}


def test_agreement_has_raw_and_alpha_side_by_side():
    agreement = compile_panel(
        panel(
            review("accurate", "misleading", "unsupported", stances=["supports"]),
            review("accurate", "inaccurate", "unsupported", stances=["supports"]),
        )
    ).body["agreement"]

    assert (agreement["levels"]["raw"], agreement["levels"]["pairs"]) == ("0.667", 3)
    assert (agreement["levels"]["metric"], agreement["levels"]["off_axis"]) == ("ordinal", 2)
    assert agreement["levels"]["alpha_units"] == 2
    assert (agreement["stance"]["alpha"], agreement["stance"]["alpha_undefined"]) == (None, "no_variation")
    assert agreement["stance"]["words"] == (
        "1 of 1 pairs of reviewers' answers are the same; alpha is undefined: all ratings that it compares are the "
        "same, so there is no variation to measure agreement by; AC1 is 1.000 (too few to say how sure)."
    )


def overall(*levels, flagged=(), counting=None):
    """The overall finding on claims that two reviewers agree on; ``None`` is a claim they split over."""
    first = [level or "accurate" for level in levels]
    second = [level or "inaccurate" for level in levels]
    numbers = range(1, len(levels) + 1)
    claims = [
        claim(number, is_headline=number in flagged, counts_for_article=counting is None or number in counting)
        for number in numbers
    ]
    finding = compile_panel(panel(review(*first), review(*second), claims=claims)).body["article"]["finding"]
    return finding["level"], finding["capped_by"]


@pytest.mark.parametrize(
    ("levels", "flagged", "finding"),
    [
        (["accurate", "accurate", "accurate", "misleading"], (), ("accurate", [1, 2, 3])),
        (["accurate", "accurate", "misleading"], (), ("misleading", [3])),  # a third of the claims
        (["accurate", "accurate", "accurate", "misleading"], (4,), ("misleading", [4])),
        (["accurate", "inaccurate", "inaccurate"], (1,), ("inaccurate", [])),  # a cap is no floor
        (["accurate", "unsupported", "misleading"], (2, 3), ("unsupported", [2])),
        (["accurate", None], (2,), (None, [2])),
        (["inaccurate", None], (1, 2), ("inaccurate", [1])),
        (["accurate", None], (), ("accurate", [1])),
        ([None, None], (), (None, [])),
    ],
)
def test_the_overall_finding_is_capped_by_its_worst_flagged_claim(levels, flagged, finding):
    assert overall(*levels, flagged=flagged) == finding


def test_claims_outside_title_and_body_do_not_count_against_the_article():
    assert overall("accurate", "inaccurate", flagged=(2,), counting=(1,)) == ("accurate", [1])


def test_the_article_has_a_distribution_and_a_share_with_sources():
    inputs = panel(
        review("accurate", "accurate", "misleading"),
        review("accurate", "inaccurate", "misleading"),
        citations=[CitationInput(1, TRIAL.key, "article"), CitationInput(2, TRIAL.key, "editor")],
    )

    article = compile_panel(inputs).body["article"]

    assert {name: count for name, count in article["distribution"].items() if count} == {
        "accurate": 1,
        "misleading": 1,
        "disputed": 1,
    }
    assert (article["with_source"], article["with_source_share"]) == (1, "0.333")


def test_an_omission_stands_when_half_the_reviewers_name_it():
    reviews = [review("accurate", omissions=kinds) for kinds in (["harms", "cost"], ["harms"], [], [])]

    [omission] = compile_panel(panel(*reviews)).body["article"]["omissions"]

    assert (omission["kind"], omission["count"], omission["reviewers"]) == ("harms", 2, 4)


def test_instruments_are_scored_per_panel():
    answers = {item.key: "satisfactory" for item in HEALTHNEWSREVIEW.items}
    reviews = [
        review("accurate", answers=answers),
        review("accurate", answers={**answers, "costs": "not_satisfactory"}),
    ]

    [scored] = compile_panel(panel(*reviews, instruments=[HEALTHNEWSREVIEW])).body["instruments"]

    assert scored["score"]["words"] == "9 of 9 items satisfactory: 5 of 5 stars."
    assert (scored["items"][0]["answer"], scored["items"][0]["title"]) == (None, "Not settled")
    assert (scored["items"][1]["answer"], scored["items"][1]["title"]) == ("satisfactory", "Satisfactory")


def test_an_empty_round_compiles():
    body = compile_panel(panel(claims=[claim(1)])).body

    assert body["claims"][0]["panel"]["words"] == "0 of 2 needed reviews"
    assert body["article"]["finding"]["words"] == "No claim of the article itself has a verdict yet."
    assert body["agreement"]["levels"]["alpha_undefined"] == "fewer_than_two_raters"


def test_a_record_may_hold_what_csl_holds():
    odd = SourceInput("doi:10.1000/odd", {"title": "É", "issued": {"date-parts": [[2019]]}, "x": None, "score": 0.5})
    inputs = replace(BASE, sources=[TRIAL, odd], citations=[CitationInput(1, odd.key, "article")])

    sources = claims_of(inputs)[0]["evidence"]["sources"]

    assert sources[0]["record"] == {"title": "É", "issued": {"date-parts": [[2019]]}, "x": None, "score": "0.500"}


def test_totals_and_medians_read_as_people_write_them():
    discern = shipped_instruments()[0]
    low, high = ({item.key: number for item in discern.items} for number in (3, 4))
    reviews = [ReviewInput(answers={discern.key: answers}) for answers in (low, high)]

    [scored] = compile_panel(panel(*reviews, claims=[claim(1)], instruments=[discern])).body["instruments"]

    assert scored["score"]["words"] == "52.5 on a range of 15 to 75."
    assert (scored["items"][0]["answer"], scored["items"][0]["title"]) == ("3.500", "3.5")
    [settled] = compile_panel(panel(reviews[0], claims=[claim(1)], instruments=[discern])).body["instruments"]
    assert settled["score"]["words"] == "45 on a range of 15 to 75."
    assert (settled["items"][0]["answer"], settled["items"][0]["title"]) == (3, "In part")


def test_an_instrument_without_a_score_has_none():
    form = read_instrument(
        'slug = "notes"\nversion = 1\ntitle = "Notes"\nabout = "article"\n'
        '[[items]]\nkey = "note"\nkind = "text"\nwording = "Anything else?"\n'
    )
    said = ReviewInput(answers={form.key: {"note": "No."}})

    [part] = compile_panel(panel(said, claims=[claim(1)], instruments=[form])).body["instruments"]

    assert (part["score"], part["items"][0]["title"]) == (None, "Answered in words")


def test_an_instrument_about_claims_is_compiled_claim_by_claim():
    said = {"sourced": "yes", "how_well": 3, "read": "attested"}
    reviews = [
        ReviewInput(marks={1: mark("accurate"), 2: mark("accurate")}, claim_answers={(1, FORM_VALUE.key): answers})
        for answers in (said, said, {**said, "how_well": 1})
    ]

    body = compile_panel(panel(*reviews, instruments=[FORM_VALUE, HEALTHNEWSREVIEW])).body

    [first], [second] = (claim["instruments"] for claim in body["claims"])
    assert [part["title"] for part in body["instruments"]] == [HEALTHNEWSREVIEW.title]
    assert (first["reviewers"], first["score"]["words"]) == (3, "3 on a range of 0 to 3.")
    assert (second["reviewers"], second["score"]["value"]) == (0, None)


def test_an_answer_about_a_claim_changes_the_fingerprint_and_must_name_a_claim_of_the_round():
    reviews = [
        ReviewInput(marks={1: mark("accurate")}, claim_answers={(1, FORM_VALUE.key): {"sourced": answer}})
        for answer in ("yes", "no")
    ]
    prints = {compile_panel(panel(one, instruments=[FORM_VALUE])).fingerprint for one in reviews}

    assert len(prints) == 2
    with pytest.raises(InputsDisagree, match="The claim 1 is not among those"):
        panel(reviews[0], claims=[claim(2)], instruments=[FORM_VALUE])
    with pytest.raises(InputsDisagree, match="The instrument 'form@2' is not among those"):
        panel(reviews[0])


def test_the_reasons_of_certainty_are_counted_and_stand_in_where_nobody_said_more():
    reasons = {"certainty_start": "randomised", "certainty_reasons": ["imprecision_1", "risk_of_bias_1"]}
    marks = [
        mark("accurate", **reasons),
        mark("accurate", **{**reasons, "certainty_reasons": ["imprecision_1"]}, certainty="low"),
        mark("accurate", **reasons, certainty="low"),
    ]

    [ruled] = compile_panel(panel(*(ReviewInput(marks={1: one}) for one in marks))).body["claims"]

    assert (ruled["certainty"]["median"], ruled["certainty"]["ratings"]) == ("low", 3)
    assert [(reason["title"], reason["count"]) for reason in ruled["certainty"]["reasons"]] == [
        ("imprecision, down 1", 3),
        ("risk of bias, down 1", 2),
    ]
    assert ruled["certainty"]["other_than_reasons"] == 1


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (["found", "found", "not_identifiable"], "Found: it is among the sources"),
        (["found", "not_identifiable"], "Not settled"),
        (["", ""], "Not assessed"),
    ],
)
def test_the_search_for_an_unnamed_source_is_settled_by_plurality(said, title):
    reviews = [ReviewInput(marks={1: mark("accurate", attribution=one)}) for one in said]

    [ruled] = compile_panel(panel(*reviews, claims=[claim(1, asks_for_source=True)])).body["claims"]
    [unasked] = compile_panel(panel(*reviews)).body["claims"]

    assert (ruled["attribution"]["title"], unasked["attribution"]) == (title, None)


@pytest.mark.parametrize(
    "more", [{"attribution": "found"}, {"certainty_start": "other"}, {"certainty_reasons": ["imprecision_1"]}]
)
def test_every_new_word_of_a_mark_changes_the_fingerprint(more):
    plain, said = (compile_panel(panel(ReviewInput(marks={1: mark("accurate", **parts)}))) for parts in ({}, more))

    assert plain.fingerprint != said.fingerprint


def test_the_order_of_reasons_means_nothing():
    both = ["imprecision_1", "risk_of_bias_1"]
    marks = [mark("accurate", certainty_start="other", certainty_reasons=order) for order in (both, both[::-1])]

    assert len({compile_panel(panel(ReviewInput(marks={1: one}))).fingerprint for one in marks}) == 1


def test_what_a_mark_or_a_reading_does_not_say_is_empty():
    assert MarkInput("accurate") == MarkInput("accurate", "", (), "", "", "", "", (), "")
    assert AppraisalInput("supports") == AppraisalInput("supports", "", "", None, "", "", "", ())
    assert SourceInput("key", {}) == SourceInput("key", {}, retracted=False, trial="")
    assert AdjudicationInput(None, "Weighed.") == AdjudicationInput(None, "Weighed.", "")
    assert ReviewInput() == ReviewInput(False, {}, {}, {}, {}, {}, {}, {})
