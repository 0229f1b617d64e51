"""A scale is an axis with one harm line, and at most one level off it."""

from dataclasses import replace

import pytest

from reviews.core.judging.scales import ACCURACY, Level, NotAScale, Scale, UnknownLevel

ACCURATE, MOSTLY, MISLEADING, INACCURATE, UNSUPPORTED = ACCURACY.levels


def test_the_accuracy_scale_runs_from_best_to_worst():
    assert [(level.name, level.position, level.beyond_harm_line) for level in ACCURACY] == [
        ("accurate", 0, False),
        ("mostly_accurate", 1, False),
        ("misleading", 2, True),
        ("inaccurate", 3, True),
        ("unsupported", None, False),
    ]
    assert (ACCURACY.best, ACCURACY.worst, ACCURACY.unsupported) == (ACCURATE, INACCURATE, UNSUPPORTED)


def test_the_axis_is_in_order_whatever_order_the_levels_have():
    shuffled = Scale((UNSUPPORTED, INACCURATE, ACCURATE, MISLEADING, MOSTLY))

    assert shuffled.axis == (ACCURATE, MOSTLY, MISLEADING, INACCURATE)


def test_levels_sort_by_severity_with_unsupported_past_the_harm_line():
    ranked = sorted(ACCURACY.names, key=ACCURACY.severity)

    assert ranked == ["accurate", "mostly_accurate", "misleading", "unsupported", "inaccurate"]


def test_only_levels_before_the_harm_line_reassure():
    assert [name for name in ACCURACY.names if ACCURACY.reassures(name)] == ["accurate", "mostly_accurate"]


def test_an_unknown_level_is_refused_by_name():
    with pytest.raises(UnknownLevel, match="“splendid” is not a level of this scale"):
        ACCURACY.level("splendid")


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ((), "two levels or more"),
        ((ACCURATE,), "two levels or more"),
        ((ACCURATE, ACCURATE), "the same name"),
        ((ACCURATE, MISLEADING), "positions 0, 1, 2"),
        ((ACCURATE, MOSTLY, UNSUPPORTED, replace(UNSUPPORTED, name="unknown")), "At most one level"),
        ((replace(ACCURATE, beyond_harm_line=True), MOSTLY), "The harm line"),
        ((ACCURATE, MOSTLY, replace(UNSUPPORTED, beyond_harm_line=True)), "The harm line"),
    ],
)
def test_what_makes_no_scale_is_refused_with_the_reason(levels, why):
    with pytest.raises(NotAScale, match=why):
        Scale(levels)


def test_the_level_off_the_axis_sorts_just_after_the_first_beyond_the_harm_line():
    levels = [Level(f"l{place}", "", "", place, place > 2) for place in range(5)]
    scale = Scale((*levels, Level("off", "", "", None, False)))

    assert sorted(scale.names, key=scale.severity) == ["l0", "l1", "l2", "l3", "off", "l4"]
    assert scale.severity("l3") < scale.severity("off") < scale.severity("l4")
    assert ACCURACY.severity("misleading") < ACCURACY.severity("unsupported") < ACCURACY.severity("inaccurate")
