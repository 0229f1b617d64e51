"""A proposed design, with its level and its reasons; a person confirms it."""

import pytest

from reviews.core.citing.designs import propose


@pytest.mark.parametrize(
    ("title", "types", "keywords", "design", "level"),
    [
        ("Tea and sleep", ["Randomized Controlled Trial", "Journal Article"], ["Humans"], "randomised_trial", 2),
        ("Tea and sleep", ["Systematic Review", "Review"], [], "systematic_review", 1),
        ("Tea and sleep: a meta-analysis of cohort studies", [], [], "observational_review", 3),
        ("Tea and sleep: a meta-analysis of randomised trials and cohort studies", [], [], "systematic_review", 1),
        ("Tea and sleep: a randomised, double-blind trial in adults", [], [], "randomised_trial", 2),
        ("Tea and sleep in nurses: a prospective study", [], [], "controlled_cohort", 3),
        ("Tea drinking and hip fracture: a case-control study", [], [], "case_control", 4),
        ("Tea and sleep in patients", ["Journal Article"], ["Humans", "Retrospective Studies"], "controlled_cohort", 3),
        ("Three patients who slept", ["Case Reports"], ["Humans"], "case_series", 4),
        ("Tea for insomnia: guideline", ["Practice Guideline"], [], "opinion", 5),
        ("Tea and sleep", ["Review"], [], "opinion", 5),
        ("Tea prolongs sleep in mice", ["Journal Article"], [], "animal", 5),
        ("A randomised trial of tea in beagles", [], ["Animals", "Dogs"], "animal", 5),
        ("Lunarin blocks the receptor in cultured cells", [], [], "laboratory", 5),
        ("Systematic review of animal studies of tea", [], [], "animal", 5),
        ("Comment on: Tea and sleep, a randomised trial", ["Comment"], [], "opinion", 5),
        ("Reply to tea: a randomised trial in adults", [], [], "randomised_trial", 2),
        ("Tea sells well", ["News"], [], "not_a_study", None),
    ],
)
def test_a_design_is_proposed_with_its_level(title, types, keywords, design, level):
    proposal = propose(title=title, types=types, keywords=keywords)

    assert (proposal.design, proposal.level) == (design, level)
    assert proposal.reasons


def test_nothing_is_proposed_where_nothing_tells():
    assert propose(title="Tea and sleep", types=["Journal Article"]) is None


def test_a_registered_trial_is_named():
    proposal = propose(title="A randomised trial of tea", abstract="Registered as NCT00000001.")

    assert proposal.trials == ("NCT00000001",)
    assert tuple(map(str, proposal.reasons)) == (
        "Its title says “randomised trial”.",
        "It names a registered trial: NCT00000001.",
    )


def test_people_go_before_animals_where_both_are_named():
    assert (
        propose(title="A trial of tea in women, randomised trial", abstract="As in mice before.").subjects == "people"
    )


def test_a_trial_that_is_only_planned_is_unclear():
    assert propose(title="Protocol for a trial of tea").design == "unclear"
