"""What sources add up to: the best level decides, codes are never averaged, a tie is not settled."""

import pytest

from reviews.core.judging.evidence import (
    CERTAINTY_SENTENCES,
    CERTAINTY_WORDS,
    CertaintyRange,
    Reading,
    plurality,
    read_source,
    summarise_certainty,
    weigh_evidence,
)
from reviews.core.judging.vocabulary import CERTAINTIES, DESIGN_FACTS, DESIGNS


def source(key, stance, design, *, retracted=False, trial=""):
    return read_source(key, readings=[Reading(stance, design, "low")], retracted=retracted, trial=trial)


def test_the_commonest_code_stands_and_a_tie_is_not_settled():
    assert plurality(["supports", "supports", "mixed", ""]).code == "supports"
    tie = plurality(["supports", "mixed"])
    assert (tie.code, tie.leaders) == (None, ("mixed", "supports"))
    assert plurality(["", ""]).leaders == ()


def test_a_source_is_folded_into_one_row():
    readings = [
        Reading("supports", "randomised_trial", "high"),
        Reading("supports", "randomised_trial", "low"),
        Reading("mixed", "controlled_cohort", "unclear"),
    ]

    folded = read_source("doi:10.1000/a", readings=readings, trial="NCT01234567")

    assert (folded.stance.code, folded.design.code, folded.level) == ("supports", "randomised_trial", 2)
    assert folded.risk_of_bias == ("low", "high")
    assert (folded.risk.code, folded.risk.leaders) == (None, ("high", "low", "unclear"))
    assert folded.on_topic


@pytest.mark.parametrize(
    ("risks", "code", "spread"),
    [
        (["low", "low", "high"], "low", ("low", "high")),
        (["some_concerns", ""], "some_concerns", ("some_concerns", "some_concerns")),
        (["unclear", "unclear", "high"], "unclear", ("high", "high")),
        (["unclear"], "unclear", ("unclear", "unclear")),
        ([""], None, None),
    ],
)
def test_risk_of_bias_is_what_most_say_with_its_range(risks, code, spread):
    folded = read_source("k", readings=[Reading("supports", "randomised_trial", risk) for risk in risks])

    assert (folded.risk.code, folded.risk_of_bias) == (code, spread)


@pytest.mark.parametrize(
    ("designs", "level", "human"),
    [
        (["systematic_review", "randomised_trial"], 2, True),  # at least this good, whoever is right
        (["animal", "laboratory"], 5, False),
        (["animal", "randomised_trial"], 5, True),
        (["unclear", "randomised_trial"], None, True),
        (["not_a_study"], None, True),
        ([], None, True),
    ],
)
def test_a_tie_of_designs_takes_the_lowest_level(designs, level, human):
    folded = read_source("k", readings=[Reading("supports", design, "") for design in designs])

    assert (folded.level, folded.human) == (level, human)


@pytest.mark.parametrize(
    ("stances", "finding"),
    [
        (["supports"], "supported"),
        (["contradicts", "contradicts"], "contradicted"),
        (["supports", "contradicts"], "contested"),
        (["supports", "mixed"], "contested"),
        (["mixed"], "contested"),
        (["does_not_address"], "none"),
        ([], "none"),
    ],
)
def test_the_best_level_supports_contradicts_or_is_contested(stances, finding):
    sources = [source(f"doi:10.1000/{n}", stance, "randomised_trial") for n, stance in enumerate(stances)]

    assert weigh_evidence(sources).finding == finding


def test_lower_levels_cannot_overturn_the_best():
    cohorts = [source(f"doi:10.1000/{n}", "supports", "controlled_cohort") for n in range(9)]
    trial = source("doi:10.1000/trial", "contradicts", "randomised_trial")

    evidence = weigh_evidence([*cohorts, trial])

    assert (evidence.finding, evidence.level, evidence.deciding) == ("contradicted", 2, ("doi:10.1000/trial",))


def test_a_better_source_that_is_off_topic_leaves_the_decision_to_the_next_level():
    review = source("doi:10.1000/review", "does_not_address", "systematic_review")
    trial = source("doi:10.1000/trial", "supports", "randomised_trial")

    assert weigh_evidence([review, trial]).level == 2


def test_a_retracted_source_counts_for_nothing():
    gone = source("doi:10.1000/gone", "contradicts", "systematic_review", retracted=True)
    trial = source("doi:10.1000/trial", "supports", "randomised_trial")

    assert weigh_evidence([gone, trial]).finding == "supported"
    assert weigh_evidence([gone]).ceiling == "no_source_on_topic"


def test_a_source_without_a_level_is_on_topic_and_decides_nothing():
    page = source("a page", "supports", "not_a_study")

    alone, beside = weigh_evidence([page]), weigh_evidence([page, source("trial", "contradicts", "randomised_trial")])

    assert (alone.finding, alone.level, alone.ceiling) == ("none", None, "")
    assert (beside.finding, beside.level, beside.deciding) == ("contradicted", 2, ("trial",))


def test_what_decides_is_named_in_order_of_its_key():
    pair = [source("b", "supports", "randomised_trial"), source("a", "supports", "randomised_trial")]

    assert weigh_evidence(pair) == weigh_evidence(pair[::-1])
    assert weigh_evidence(pair).deciding == ("a", "b")


def test_papers_of_one_trial_count_once():
    papers = [source(f"doi:10.1000/{n}", "supports", "randomised_trial", trial="NCT01234567") for n in range(3)]
    other = source("doi:10.1000/other", "supports", "randomised_trial")

    evidence = weigh_evidence([*papers, other])

    assert (evidence.studies, len(evidence.deciding)) == (2, 4)


def test_a_stance_that_is_not_settled_contests():
    split = read_source(
        "k", readings=[Reading("supports", "randomised_trial", ""), Reading("does_not_address", "randomised_trial", "")]
    )

    assert weigh_evidence([split]).finding == "contested"


@pytest.mark.parametrize(
    ("designs", "ceiling"),
    [
        (["animal", "laboratory", "mechanism"], "no_evidence_in_people"),
        (["animal", "case_series"], ""),
        (["unclear"], ""),
        ([], "no_source_on_topic"),
    ],
)
def test_the_ceiling_is_low_without_evidence_in_people(designs, ceiling):
    sources = [source(f"k{n}", "supports", design) for n, design in enumerate(designs)]

    assert weigh_evidence(sources).ceiling == ceiling


def test_an_off_topic_study_in_people_does_not_lift_the_ceiling():
    sources = [source("a", "supports", "animal"), source("b", "does_not_address", "randomised_trial")]

    assert weigh_evidence(sources).ceiling == "no_evidence_in_people"


@pytest.mark.parametrize(
    ("certainties", "median"),
    [
        (["high"], "high"),
        (["high", "low", "low"], "low"),
        (["high", "moderate"], "moderate"),  # of two medians the lower
        (["high", "very_low", "", ""], "very_low"),
    ],
)
def test_certainty_is_a_median_with_its_range(certainties, median):
    summary = summarise_certainty(certainties)
    order = [code for code, _ in CERTAINTIES]
    rated = sorted((code for code in certainties if code), key=order.index)

    assert summary == CertaintyRange(median, lowest=rated[-1], highest=rated[0], ratings=len(rated))


def test_each_certainty_has_the_lay_word_of_grade():
    assert CERTAINTY_WORDS == {"high": "does", "moderate": "likely", "low": "may", "very_low": "very uncertain"}
    assert CERTAINTY_WORDS.keys() == CERTAINTY_SENTENCES.keys() == {code for code, _ in CERTAINTIES}


def test_a_source_belongs_to_no_trial_unless_it_says_so():
    papers = [read_source(key, readings=[Reading("supports", "randomised_trial", "low")]) for key in ("a", "b")]

    assert (weigh_evidence(papers).studies, papers[0].trial, papers[0].retracted) == (2, "", False)


def test_no_rating_is_no_certainty():
    assert summarise_certainty(["", ""]) is None


def test_every_design_has_its_facts():
    assert [code for code, _ in DESIGNS] == list(DESIGN_FACTS)
    assert {code for code, facts in DESIGN_FACTS.items() if not facts.human} == {"animal", "laboratory", "mechanism"}
