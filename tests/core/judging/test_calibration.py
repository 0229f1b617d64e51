"""Calibration: counts that anybody can do by hand, and a model held to a truth that is known."""

import random
from dataclasses import replace
from fractions import Fraction
from math import exp

import pytest
from scipy.special import digamma

from reviews.core.judging.calibration import (
    MarkedTwice,
    MarkRow,
    Misses,
    ReviewRow,
    Tally,
    calibrate,
    dawid_skene,
    disagreements,
)
from reviews.core.judging.scales import ACCURACY, UnknownLevel

LEVELS = ACCURACY.names


def rows(table, **parts):
    """Marks from one line per claim, one letter per reviewer ann, bob, cyd, dee; "-" could not assess."""
    letters = dict(zip("amliu", LEVELS, strict=True))
    return [
        MarkRow(reviewer, number, letters.get(letter), **parts)
        for number, line in enumerate(table, 1)
        for reviewer, letter in zip(("ann", "bob", "cyd", "dee"), line, strict=False)
        if letter != " "
    ]


def test_a_reviewer_is_compared_with_the_label_of_the_others():
    ann = calibrate(rows(["aaaa", "iaaa", "mll", "a-a", "-aa", "uuu"]))[0]

    assert (ann.reviewer, ann.marks, ann.could_not_assess) == ("ann", 5, 1)
    assert ann.with_panel == Tally(2, 4)  # with one other vote there is no label to compare with
    assert {name: tally for name, tally in ann.by_level.items() if tally.trials} == {
        "accurate": Tally(1, 2),
        "misleading": Tally(0, 1),
        "unsupported": Tally(1, 1),
    }
    assert ann.severity == Fraction(0 + 3 - 1, 3)


def test_severity_is_above_nought_for_the_strict_and_below_for_the_mild():
    ann, bob, cyd = calibrate(rows(["lma", "lma", "lml"]))

    assert (ann.severity, bob.severity, cyd.severity) == (Fraction(2, 3), -1, Fraction(-4, 3))


def test_what_cannot_be_compared_is_none_and_not_nought():
    ann, _ = calibrate(rows(["aa"]))

    assert (ann.with_panel.share, ann.severity, ann.days) == (None, None, None)
    assert ann.with_panel.interval == (0, 1)


def test_fields_are_kept_apart():
    marks = [*rows(["aaa"], field="heart"), *[MarkRow(who, 9, "accurate", field="skin") for who in ("bob", "cyd")]]
    marks.append(MarkRow("ann", 9, "inaccurate", field="skin"))

    ann = calibrate(marks)[0]

    assert ann.by_field == {"heart": Tally(1, 1), "skin": Tally(0, 1)}
    assert list(calibrate(marks[::-1])[0].by_field) == ["heart", "skin"]
    assert list(calibrate(rows(["aaa"]))[0].by_field) == [""]


def test_known_answers_are_counted_where_they_are_known():
    marks = [*rows(["am", "i-"], known="accurate"), MarkRow("ann", 7, "accurate")]

    ann, bob = calibrate(marks)

    assert (ann.known, bob.known) == (Tally(1, 2), Tally(0, 1))


def test_misses_say_how_far_and_in_which_direction():
    right = {"misleading": "ammliu-", "unsupported": "au"}
    marks = [
        MarkRow("ann", (known, number), dict(zip("amliu", LEVELS, strict=True)).get(letter), known=known)
        for known, letters in right.items()
        for number, letter in enumerate(letters)
    ]

    [ann] = calibrate(marks)

    assert ann.known == Tally(2, 8)
    assert ann.misses == Misses(one=3, more=1, off_axis=2, stricter=1, milder=3)


def test_speed_and_quotes_come_from_the_reviews():
    reviews = [
        ReviewRow("ann", 2.0, 5, 1, (4.0, 1.0)),
        ReviewRow("ann", 9.0, 3, 0, [9.0]),
        ReviewRow("ann", None, 1, 1),
    ]

    ann, zoe = calibrate([], [*reviews, ReviewRow("zoe")])

    assert (ann.reviews, ann.days, ann.quotes, ann.quotes_not_found) == (3, 5.5, 9, 2)
    assert ann.minutes == 4.0
    assert (zoe.reviews, zoe.days, zoe.minutes, zoe.marks) == (1, None, None, 0)
    assert (zoe.quotes, zoe.quotes_not_found) == (0, 0)


def test_a_mark_given_twice_and_an_unknown_level_are_refused():
    twice = [MarkRow("ann", 1, "accurate"), MarkRow("ann", 1, None)]

    for wrong, error, why in (
        (twice, MarkedTwice, "The reviewer 'ann' marked 1 2 times"),
        ([MarkRow("ann", 1, "splendid")], UnknownLevel, "splendid"),
    ):
        with pytest.raises(error, match=why):
            calibrate(wrong)
    with pytest.raises(MarkedTwice):
        dawid_skene([twice[0], twice[0]])
    with pytest.raises(UnknownLevel):
        dawid_skene([MarkRow("ann", 1, "splendid")])


ACCURACIES = {"ann": 0.9, "bob": 0.85, "cyd": 0.8, "dee": 0.45}


def simulated(items=160, *, accuracies=ACCURACIES, seed=4):
    """A truth for each claim, and marks of reviewers who meet it as often as they are accurate."""
    dice = random.Random(seed)  # noqa: S311 - the same panel every time
    truth = {item: dice.choice(LEVELS) for item in range(items)}
    marks = [
        MarkRow(who, item, level if dice.random() < often else dice.choice([one for one in LEVELS if one != level]))
        for item, level in truth.items()
        for who, often in accuracies.items()
    ]
    return truth, marks


def best(posterior):
    return {item: max(levels, key=levels.get) for item, levels in posterior.items.items()}


def test_the_model_finds_a_truth_that_is_known():
    truth, marks = simulated()

    posterior = dawid_skene(marks)

    assert (posterior.undefined, posterior.words, posterior.converged) == (None, "", True)
    assert sum(best(posterior)[item] == level for item, level in truth.items()) >= 0.94 * len(truth)
    for who, often in ACCURACIES.items():
        hits = sum(posterior.raters[who][level][level] for level in LEVELS) / len(LEVELS)
        assert hits == pytest.approx((often * 32 + 8 * 0.6) / (32 + 8), abs=0.08)  # 32 claims a level, and the prior
    assert posterior.prevalence == pytest.approx(
        {level: (3 + sum(q[level] for q in posterior.items.values())) / (3 * 5 + 160) for level in LEVELS}
    )


def test_the_model_trusts_the_reliable_more_than_the_many():
    truth, marks = simulated(accuracies={"ann": 0.97, "bob": 0.95, "cyd": 0.3, "dee": 0.3, "eve": 0.3}, items=300)
    found = best(dawid_skene(marks))
    votes = {item: [mark.level for mark in marks if mark.item == item] for item in truth}

    by_model = sum(found[item] == level for item, level in truth.items())
    by_votes = sum(max(LEVELS, key=votes[item].count) == level for item, level in truth.items())

    assert by_model > by_votes


def test_what_the_model_answers_is_a_fixed_point_of_its_equations():
    _, marks = simulated(items=60)
    posterior = dawid_skene(marks)
    q = posterior.items

    def mean_log(weights, name):
        return digamma(weights[name]) - digamma(sum(weights.values()))

    prevalence = {k: 3 + sum(q[item][k] for item in q) for k in LEVELS}
    for item in (0, 17, 59):
        logs = {}
        for k in LEVELS:
            logs[k] = mean_log(prevalence, k)
            for mark in (mark for mark in marks if mark.item == item):
                theta = {
                    answer: (4.8 if answer == k else 0.8)
                    + sum(q[one.item][k] for one in marks if (one.reviewer, one.level) == (mark.reviewer, answer))
                    for answer in LEVELS
                }
                logs[k] += mean_log(theta, mark.level)
        total = sum(exp(log) for log in logs.values())
        assert {k: exp(log) / total for k, log in logs.items()} == pytest.approx(q[item], abs=1e-6)


def test_of_what_a_reviewer_never_met_the_prior_remains():
    marks = [MarkRow(who, item, "accurate") for item in range(60) for who in ("ann", "bob", "cyd")]
    marks.append(MarkRow("zoe", 0, "accurate"))

    zoe = dawid_skene(marks).raters["zoe"]

    assert zoe["inaccurate"]["inaccurate"] == pytest.approx(0.6, abs=0.01)
    assert zoe["inaccurate"]["accurate"] == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(
    ("items", "who", "undefined"),
    [
        (60, ["ann", "bob"], "fewer_than_three_raters"),
        (49, ["ann", "bob", "cyd"], "fewer_than_fifty_items"),
        (50, ["ann", "bob", "cyd"], None),
        (0, [], "fewer_than_three_raters"),
    ],
)
def test_of_too_little_the_model_says_nothing(items, who, undefined):
    marks = [MarkRow(one, item, "accurate") for item in range(items) for one in who]

    posterior = dawid_skene([*marks, *(MarkRow(one, 999, None) for one in who)])

    assert (posterior.undefined, posterior.converged) == (undefined, undefined is None)
    assert bool(posterior.words) is bool(posterior.undefined) is not bool(posterior.items)


def test_only_items_with_three_marks_count_towards_the_fifty():
    marks = [MarkRow(who, item, "accurate") for item in range(49) for who in ("ann", "bob", "cyd")]
    marks += [MarkRow(who, item, "accurate") for item in range(100, 200) for who in ("ann", "bob")]

    assert dawid_skene(marks).undefined == "fewer_than_fifty_items"


def test_a_model_that_is_stopped_before_it_stands_still_says_so(monkeypatch):
    truth, marks = simulated(items=60)
    monkeypatch.setattr("reviews.core.judging.calibration.MOST_ROUNDS", 1)

    posterior = dawid_skene(marks)

    assert (posterior.undefined, posterior.converged, posterior.items.keys()) == (None, False, truth.keys())


def test_a_claim_that_very_many_marked_has_its_probabilities_too():
    marks = [MarkRow(who, item, "accurate") for item in range(1, 50) for who in range(3)]
    marks += [MarkRow(who, 0, "accurate") for who in range(900)]

    posterior = dawid_skene(marks)

    assert posterior.items[0]["accurate"] == pytest.approx(1)
    assert sum(posterior.items[0].values()) == pytest.approx(1)


def test_the_order_of_marks_means_nothing():
    _, simulated_marks = simulated(items=60)
    numbers = {"ann": 64, "bob": 1, "cyd": 2, "dee": 3}
    marks = [replace(mark, item=f"claim {mark.item}", reviewer=numbers[mark.reviewer]) for mark in simulated_marks]
    turned = random.Random(1).sample(marks, len(marks))  # noqa: S311 - the same order every time

    assert dawid_skene(turned) == dawid_skene(marks)
    assert list(dawid_skene(turned).items) == sorted({mark.item for mark in marks})
    assert list(dawid_skene(turned).raters) == [1, 2, 3, 64]
    assert calibrate(turned) == calibrate(marks)


def test_the_model_disagrees_where_it_is_sure_and_the_label_is_another():
    truth, marks = simulated(accuracies={"ann": 0.98, "bob": 0.97, "cyd": 0.96})
    posterior = dawid_skene(marks)
    sure = max(posterior.items, key=lambda item: posterior.items[item][truth[item]])
    other = next(level for level in LEVELS if level != truth[sure])

    [flagged] = disagreements(posterior, {sure: other, 10**6: other})

    assert (flagged.item, flagged.label, flagged.model) == (sure, other, truth[sure])
    assert flagged.probability > 0.9
    assert disagreements(posterior, {sure: truth[sure]}) == []
    assert disagreements(posterior, {sure: None})[0].label is None
    assert disagreements(posterior, {sure: other}, least=1.1) == []
    assert disagreements(posterior, {sure: other}, least=flagged.probability) == [flagged]


def test_where_the_model_disagrees_is_told_in_order():
    _, marks = simulated(items=60)
    posterior = dawid_skene([replace(mark, item=f"claim {mark.item:02}") for mark in marks])

    flagged = disagreements(posterior, dict.fromkeys(posterior.items), least=0)

    assert [one.item for one in flagged] == [f"claim {item:02}" for item in range(60)]
