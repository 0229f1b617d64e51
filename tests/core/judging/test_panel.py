"""How a panel's votes become a label, and what holds it for the editor. Every row of the rules, and its
edges.
"""

from collections import Counter
from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.core.judging.evidence import Evidence, Reading, read_source, weigh_evidence
from reviews.core.judging.panel import (
    QuorumTooSmall,
    above_evidence_ceiling,
    against_evidence,
    can_still_change,
    conflict_decides,
    not_supported_as_stated,
    not_unanimous,
    panel_label,
    stance_split,
)
from reviews.core.judging.rule import Rule
from reviews.core.judging.scales import ACCURACY, Level, Scale, UnknownLevel

LETTERS = {
    "a": "accurate",
    "m": "mostly_accurate",
    "l": "misleading",
    "i": "inaccurate",
    "u": "unsupported",
    "-": None,
}
APART = ", which are no neighbours on the scale."
STARS = Scale(tuple(Level(f"star{n}", f"Star {n}", "", n, n > 3) for n in range(6)))


def votes(letters):
    return [LETTERS[letter] for letter in letters]


@pytest.mark.parametrize(
    ("letters", "label"),
    [
        # fewer than the quorum
        ("", None),
        ("a", None),
        ("a--", None),
        # two: the same level
        ("aa", "a"),
        ("ii", "i"),
        ("uu", "u"),
        ("aa--", "a"),
        # two: adjacent on the axis, the more cautious
        ("am", "m"),
        ("ml", "l"),
        ("li", "i"),
        # two: else none
        ("al", None),
        ("ai", None),
        ("mi", None),
        ("au", None),
        ("iu", None),
        # three or more: unsupported has more than half
        ("uua", "u"),
        ("uuuai", "u"),
        ("uuui", "u"),
        # three or more: the median of the votes on the axis
        ("aaa", "a"),
        ("aai", "a"),
        ("ali", "l"),
        ("ami", "m"),
        ("aau", "a"),
        ("amlli", "l"),
        # two medians, adjacent: the more cautious
        ("aamm", "m"),
        ("alli", "l"),
        ("mmll", "l"),
        ("amu", "m"),
        ("liu", "i"),
        # two medians, not adjacent
        ("aall", None),
        ("aaii", None),
        ("aiu", None),
        ("mmii", None),
        # neither has more than half
        ("uuaa", None),
        ("uuli", None),
        ("uuuaai", None),
    ],
)
def test_the_label_follows_the_table(letters, label):
    assert panel_label(votes(letters)).label == (LETTERS[label] if label else None)


def test_the_quorum_is_the_rounds():
    assert panel_label(votes("aa"), quorum=3).label is None
    assert panel_label(votes("aaa"), quorum=3).label == "accurate"


@pytest.mark.parametrize("quorum", [1, 0, -1])
def test_a_quorum_below_two_is_refused(quorum):
    with pytest.raises(QuorumTooSmall):
        panel_label(votes("aa"), quorum=quorum)


def test_a_vote_off_the_scale_is_refused():
    with pytest.raises(UnknownLevel):
        panel_label(["accurate", "splendid"])


def test_counts_have_every_level_and_could_not_assess_is_no_vote():
    panel = panel_label(votes("aal-"))

    assert panel.counts == {"accurate": 2, "mostly_accurate": 0, "misleading": 1, "inaccurate": 0, "unsupported": 0}
    assert (panel.votes, panel.could_not_assess) == (3, 1)


@pytest.mark.parametrize(
    ("letters", "held"),
    [
        ("aa", ()),
        ("am", ()),
        ("li", ()),
        ("aaml", ()),  # the lesser side beyond the line is one of four
        ("aaal", ()),
        ("aau", ()),  # off the axis is on neither side of the line
        ("aaui", ()),  # one of four votes
        ("ml", ("split_across_harm_line",)),  # adjacent levels, but one of two across the line
        ("mml", ("split_across_harm_line",)),  # one of three: a third
        ("mmmll", ("split_across_harm_line",)),  # two votes
        ("mmmmmmmll", ("split_across_harm_line",)),  # two votes of nine
        ("mmmmmmmml", ()),
        ("aal", ("split_levels_apart", "split_across_harm_line")),
        ("mmi", ("split_levels_apart", "split_across_harm_line")),
        ("amli", ("split_across_harm_line",)),  # one of four lies two levels from the others
        ("aaaaii", ("split_levels_apart", "split_across_harm_line")),
        ("al", ("no_label", "split_levels_apart", "split_across_harm_line")),
        ("uuli", ("no_label",)),
        ("a", ("no_label",)),
        ("--", ("no_label",)),
        ("", ("no_label",)),
    ],
)
def test_votes_alone_hold_a_claim(letters, held):
    assert panel_label(votes(letters)).held == held


def test_no_label_holds_only_when_no_vote_is_out():
    assert panel_label(votes("a"), outstanding=1).held == ()
    assert panel_label(votes("a"), outstanding=0).held == ("no_label",)


def test_two_levels_apart_is_a_reason_of_its_own_on_a_longer_scale():
    panel = panel_label(["star0", "star0", "star2"], scale=STARS)

    assert (panel.label, panel.held) == ("star0", ("split_levels_apart",))


@pytest.mark.parametrize("letters", ["aal", "amli", "uuli", "aamm-", "aiu"])
def test_the_order_of_votes_means_nothing(letters):
    assert {panel_label(votes(order)).words for order in permutations(letters)} == {panel_label(votes(letters)).words}
    assert {panel_label(votes(order)).label for order in permutations(letters)} == {panel_label(votes(letters)).label}


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("llli", "3 of 4 reviewers: misleading; 1: inaccurate"),
        ("a-", "1 of 2 needed reviews"),
        ("", "0 of 2 needed reviews"),
        ("am", "1 of 2 reviewers: mostly accurate; 1: accurate"),
        ("aamll", "2 of 5 reviewers: accurate; 2: misleading; 1: mostly accurate"),
        ("uu", "2 of 2 reviewers: unsupported"),
    ],
)
def test_a_ruling_reads_aloud(letters, words):
    assert panel_label(votes(letters)).words == words


@pytest.mark.parametrize(
    ("letters", "so"),
    [("uuli", True), ("lu", True), ("iu", True), ("uula", False), ("ll", False), ("u", False), ("au", False)],
)
def test_not_supported_as_stated_where_no_vote_reassures(letters, so):
    assert not_supported_as_stated(panel_label(votes(letters))) is so


@given(st.lists(st.sampled_from("amliu-"), max_size=6), st.integers(0, 3), st.integers(2, 4))
@settings(deadline=None, max_examples=60)
def test_can_still_change_is_what_trying_everything_says(letters, outstanding, quorum):
    now = panel_label(votes(letters), quorum=quorum).label
    futures = {
        panel_label(votes([*letters, *more]), quorum=quorum).label
        for more in combinations_with_replacement("amliu-", outstanding)
    }

    assert can_still_change(votes(letters), outstanding=outstanding, quorum=quorum) is (futures != {now})


@given(
    st.lists(st.sampled_from([level.name for level in STARS]), max_size=5),
    st.integers(0, 3),
    st.sampled_from(["more_cautious", "none"]),
)
@settings(deadline=None, max_examples=60)
def test_can_still_change_is_exact_on_any_scale_and_under_any_rule(cast, outstanding, neighbours):
    rule = Rule(neighbours=neighbours)
    choices = [None, *STARS.names]
    now = panel_label(cast, scale=STARS, rule=rule).label
    futures = {
        panel_label([*cast, *more], scale=STARS, rule=rule).label
        for more in combinations_with_replacement(choices, outstanding)
    }

    assert can_still_change(cast, outstanding=outstanding, scale=STARS, rule=rule) is (futures != {now})


@given(st.lists(st.sampled_from("amliu-"), max_size=9), st.integers(2, 4))
def test_a_vote_for_the_label_never_moves_it_away(letters, quorum):
    label = panel_label(votes(letters), quorum=quorum).label

    if label is not None:
        assert panel_label([*votes(letters), label], quorum=quorum).label == label


@pytest.mark.parametrize(
    ("letters", "row", "words"),
    [
        ("a", "below_quorum", "1 of 2 needed reviews are in."),
        ("aa", "two_alike", "Both reviewers say “accurate”."),
        ("uu", "two_alike", "Both reviewers say “unsupported”."),
        (
            "ml",
            "two_adjacent",
            "The two reviewers say “mostly accurate” and “misleading”, which are neighbours: the more cautious one, "
            "“misleading”, stands.",
        ),
        ("al", "two_apart", "The two reviewers say “accurate” and “misleading”, which are no neighbours on the scale."),
        (
            "ua",
            "two_apart",
            "The two reviewers say “accurate” and “unsupported”, which are no neighbours on the scale.",
        ),
        ("uua", "off_axis_majority", "More than half of the 3 reviewers say “unsupported”."),
        ("ll", "two_alike", "Both reviewers say “misleading”."),
        ("ali", "median", "The vote in the middle is “misleading”."),
        ("mll", "median", "The vote in the middle is “misleading”."),
        ("mllu", "median", "The vote in the middle of those on the scale is “misleading”."),
        ("lll", "median", "All 3 reviewers say “misleading”."),
        ("uuuu", "off_axis_majority", "All 4 reviewers say “unsupported”."),
        (
            "mmll",
            "medians_adjacent",
            "The two votes in the middle are “mostly accurate” and “misleading”, which are neighbours: the more "
            "cautious one, “misleading”, stands.",
        ),
        ("aall", "medians_apart", f"The two votes in the middle are “accurate” and “misleading”{APART}"),
        ("uula", "no_majority", "Half of the votes are on the scale and half are off it."),
    ],
)
def test_every_row_of_the_rule_says_why(letters, row, words):
    because = panel_label(votes(letters)).because

    assert (because.name, because.words) == (row, words)


def test_a_label_carries_the_facts_that_led_to_it():
    assert panel_label(votes("ml")).because.facts == {
        "counts": {"mostly_accurate": 1, "misleading": 1},
        "votes": 2,
        "quorum": 2,
        "levels": ["mostly_accurate", "misleading"],
        "label": "misleading",
    }
    assert panel_label(votes("a")).because.facts["label"] is None


def test_nobody_can_vote_off_an_axis_that_has_nothing_beside_it():
    """Two votes for the worse of two levels: two for the better one leave the more cautious label where it is."""
    best, worst = Level("good", "Good", "", 0, False), Level("bad", "Bad", "", 1, True)
    beside = Level("neither", "Neither", "", None, False)

    assert not can_still_change(["bad", "bad"], outstanding=2, scale=Scale((best, worst)))
    assert can_still_change(["bad", "bad"], outstanding=2, scale=Scale((best, worst, beside)))


def test_on_a_scale_without_a_level_off_the_axis_evidence_speaks_against_its_ends():
    contradicted, supported = (
        weigh_evidence([read_source("k", readings=[Reading(stance, "randomised_trial", "")])])
        for stance in ("contradicts", "supports")
    )

    assert [reason.name for reason in against_evidence("star0", contradicted, scale=STARS)] == ["against_best_evidence"]
    assert [reason.name for reason in against_evidence("star5", supported, scale=STARS)] == ["against_best_evidence"]
    assert against_evidence("star4", supported, scale=STARS) == []


def test_every_future_is_tried_on_small_panels():
    for size, outstanding in product(range(4), range(3)):
        for letters in combinations_with_replacement("amliu", size):
            for quorum in (2, 4):
                now = panel_label(votes(letters), quorum=quorum).label
                futures = {
                    panel_label(votes([*letters, *more]), quorum=quorum).label
                    for more in combinations_with_replacement("amliu-", outstanding)
                }
                expected = futures != {now}
                assert can_still_change(votes(letters), outstanding=outstanding, quorum=quorum) is expected


def test_neighbours_need_not_give_a_label():
    strict = Rule(version="2", neighbours="none")

    for letters in ("ml", "mmll"):
        panel = panel_label(votes(letters), rule=strict)
        assert (panel.label, panel.held[0]) == (None, "no_label")
        assert panel.because.words.endswith("the rule lets neither stand.")


def test_a_rule_may_ask_for_more_votes_and_draw_the_harm_line_elsewhere():
    assert panel_label(votes("aa"), rule=Rule(version="2", quorum_floor=3)).words == "2 of 3 needed reviews"
    harm = Rule(version="2", harm_line="inaccurate")
    assert panel_label(votes("mmll"), rule=harm).held == ()
    assert panel_label(votes("llii"), rule=harm).held == ("split_across_harm_line",)
    assert panel_label(votes("ai"), rule=Rule(version="2", triggers=("split_levels_apart",))).held == (
        "split_levels_apart",
    )


def test_a_conflicted_vote_reads_aloud():
    [one] = conflict_decides([("accurate", True), ("accurate", False)])
    [two] = conflict_decides([("accurate", True), ("accurate", True), ("misleading", False), ("misleading", False)])

    assert one.words == "Without the vote of a reviewer with a declared conflict there would be no label."
    assert two.words == "Without the vote of a reviewer with a declared conflict there would be “misleading”."
    [both] = conflict_decides([(vote, vote == "accurate") for vote in votes("aammll")])
    assert both.words == "Without 2 votes of reviewers with a declared conflict there would be “misleading”."
    assert both.facts == {
        "left_out": ["accurate", "accurate"],
        "label": "mostly_accurate",
        "label_without": "misleading",
    }


def test_a_settled_claim_can_no_longer_change():
    assert can_still_change(votes("aaa"), outstanding=2) is False
    assert can_still_change(votes("aaa"), outstanding=4) is True
    assert can_still_change(votes("a"), outstanding=0) is False
    assert can_still_change(votes("a"), outstanding=1) is True


def test_a_label_always_lies_between_the_votes_on_the_axis():
    for letters in combinations_with_replacement("amliu", 5):
        label = panel_label(votes(letters)).label
        positions = [ACCURACY.level(vote).position for vote in votes(letters) if vote != "unsupported"]
        if label not in (None, "unsupported"):
            assert min(positions) <= ACCURACY.level(label).position <= max(positions)


@pytest.mark.parametrize(
    ("stances", "held"),
    [
        ({"supports": 1, "contradicts": 1}, True),
        ({"supports": 2, "contradicts": 1}, True),
        ({"supports": 3, "contradicts": 1}, False),
        ({"supports": 7, "contradicts": 2}, True),
        ({"supports": 1, "contradicts": 1, "mixed": 2}, False),
        ({"supports": 3, "does_not_address": 3}, False),
        ({}, False),
    ],
)
def test_a_source_read_both_ways_holds_the_claim(stances, held):
    assert [reason.name for reason in stance_split("doi:10.1000/a", stances)] == ["split_on_source"] * held


def evidence(finding, ceiling=""):
    return Evidence(finding=finding, level=2, studies=1, deciding=("doi:10.1000/a",), ceiling=ceiling)


def test_a_label_against_the_best_evidence_is_held():
    against = {
        (label, finding)
        for label in ACCURACY.names
        for finding in ("supported", "contradicted", "contested", "none")
        if against_evidence(label, evidence(finding))
    }

    assert against == {
        ("accurate", "contradicted"),
        ("mostly_accurate", "contradicted"),
        ("inaccurate", "supported"),
        ("unsupported", "supported"),
        ("unsupported", "contradicted"),
    }
    assert against_evidence(None, evidence("contradicted")) == []


def test_a_label_against_the_evidence_says_which_and_how():
    [over] = against_evidence("accurate", evidence("contradicted"))
    [under] = against_evidence("inaccurate", evidence("supported"))

    assert over.words == "The panel's label is “accurate”, yet the best evidence (level 2) contradicts the claim."
    assert over.facts == {"label": "accurate", "finding": "contradicted", "level": 2}
    assert under.words == "The panel's label is “inaccurate”, yet the best evidence (level 2) supports the claim."


def test_a_source_read_both_ways_says_by_how_many():
    [reason] = stance_split("doi:10.1000/a", {"supports": 2, "contradicts": 3, "mixed": 1})

    assert reason.facts == {"source": "doi:10.1000/a", "supports": 2, "contradicts": 3, "votes": 6}


def test_the_evidence_ceiling_says_what_is_missing():
    nothing = weigh_evidence([])
    gone = weigh_evidence([read_source("a", readings=[Reading("supports", "randomised_trial", "")], retracted=True)])
    mice = weigh_evidence([read_source("b", readings=[Reading("supports", "animal", "")])])

    said = [above_evidence_ceiling("accurate", found, claim_kind="effect")[0].words for found in (nothing, gone, mice)]

    assert said == [
        "A claim about people is labelled “accurate”, and no source that is on topic was put to it.",
        "A claim about people is labelled “accurate”, and no source that is on topic was put to it (what is retracted "
        "does not count).",
        "A claim about people is labelled “accurate”, and everything put to it is animal, laboratory or mechanism.",
    ]


@pytest.mark.parametrize("ceiling", ["no_source_on_topic", "no_evidence_in_people"])
def test_the_evidence_ceiling_holds_reassuring_labels_of_effect_and_risk(ceiling):
    held = {
        (label, kind)
        for label in (*ACCURACY.names, None)
        for kind in ("effect", "risk", "frequency", "mechanism", "definition", "other")
        if above_evidence_ceiling(label, evidence("none", ceiling), claim_kind=kind)
    }

    assert held == set(product(("accurate", "mostly_accurate"), ("effect", "risk")))
    assert above_evidence_ceiling("accurate", evidence("supported"), claim_kind="effect") == []


def test_animal_evidence_alone_cannot_carry_an_accurate_claim_of_effect():
    mice = read_source("doi:10.1000/mice", readings=[Reading("supports", "animal", "low")])

    [reason] = above_evidence_ceiling("accurate", weigh_evidence([mice]), claim_kind="effect")

    assert reason.facts["ceiling"] == "no_evidence_in_people"
    assert reason.words == (
        "A claim about people is labelled “accurate”, and everything put to it is animal, laboratory or mechanism."
    )


def test_a_high_harm_claim_must_be_unanimous():
    assert not_unanimous(panel_label(votes("aam")), is_high_harm=True)[0].facts == {
        "counts": {"accurate": 2, "mostly_accurate": 1}
    }
    assert not_unanimous(panel_label(votes("aa-")), is_high_harm=True) == []
    assert not_unanimous(panel_label(votes("aam")), is_high_harm=False) == []


@pytest.mark.parametrize(
    ("declared", "free", "held"),
    [
        ("", "aa", False),
        ("a", "aaa", False),
        ("a", "a", True),  # without it the quorum is not met
        ("a", "aii", True),
        ("i", "aaa", False),
        ("u", "aa", False),
        ("aa", "laa", False),
        ("aa", "llm", True),  # either alone would change nothing
        ("-", "aa", False),
        ("", "", False),
    ],
)
def test_a_conflicted_vote_that_decides_holds_the_claim(declared, free, held):
    cast = [(vote, True) for vote in votes(declared)] + [(vote, False) for vote in votes(free)]

    for order in permutations(cast):
        assert [reason.name for reason in conflict_decides(order)] == ["conflict_decides"] * held


def test_a_conflict_reason_is_the_same_in_any_order():
    cast = [("accurate", True), ("inaccurate", True), ("accurate", False), ("inaccurate", False)]

    assert len({str(conflict_decides(order)) for order in permutations(cast)}) == 1


def test_reasons_carry_the_numbers_that_led_to_them():
    wide, harm = panel_label(votes("aal")).reasons

    assert (wide.name, wide.facts) == (
        "split_levels_apart",
        {"better": 2, "worse": 1, "votes": 3, "levels_apart": 2},
    )
    assert (harm.name, harm.facts) == ("split_across_harm_line", {"before": 2, "beyond": 1, "votes": 3})
    assert wide.words == "The panel lies 2 levels or more apart: 2 of 3 reviewers on the better side, 1 on the worse."
    assert harm.words == "The panel is split on whether the claim misleads: 2 of 3 reviewers say no, 1 yes."


def test_a_split_says_how_many_and_of_what():
    [wide] = panel_label(votes("aal"), rule=Rule(version="2", levels_apart=1, triggers=("split_levels_apart",))).reasons
    [harm] = panel_label(votes("mll")).reasons
    [named] = stance_split("doi:10.1000/a", {"supports": 1, "contradicts": 2, "mixed": 0}, title="A trial")
    [nameless] = stance_split("doi:10.1000/a", {"supports": 2, "contradicts": 2})

    assert wide.words == "The panel lies 1 level or more apart: 2 of 3 reviewers on the better side, 1 on the worse."
    assert harm.words == "The panel is split on whether the claim misleads: 1 of 3 reviewers says no, 2 yes."
    assert named.words == "Reviewers read “A trial” in opposite ways: 1 of 3 as support, 2 as contradiction."
    assert nameless.words == "Reviewers read one source in opposite ways: 2 of 4 as support, 2 as contradiction."


def test_a_claim_without_a_label_says_what_is_missing():
    assert [reason.words for reason in panel_label(votes("a")).reasons] == [
        "Only 1 of 2 needed reviews are in, and no more will come."
    ]
    [reason] = panel_label(votes("a--")).reasons
    assert reason.words == "Only 1 of 2 needed reviews are in: 2 could not assess the claim, and no more will come."
    assert reason.facts == {"votes": 1, "quorum": 2, "outstanding": 0, "could_not_assess": 2}
    assert next(reason.words for reason in panel_label(votes("uula")).reasons) == "The votes add up to no verdict."


def test_every_split_that_the_rule_names_is_found():
    for letters in combinations_with_replacement("amliu", 6):
        count = Counter(letters)
        lesser = min(count["a"] + count["m"], count["l"] + count["i"])
        held = "split_across_harm_line" in panel_label(votes(letters)).held

        assert held is (lesser >= 2)
