"""No regular expression of the craft takes more than linear time, whatever it is made to read."""

import re

import pytest

from tests.fuzz.loop import TooSlow, no_longer_than
from tests.hostile.patterns import MOST_GROWTH, Adversary, adversaries, growth_of, patterns, worst_of

PATTERNS = patterns()
LONG, TIMES = 64_000, 6
MOST_SECONDS = 5
"""Of work, for all that is done to one pattern: a quadratic one would keep the tests waiting."""


def grows(pattern: re.Pattern[str], made: list[Adversary]) -> list[Adversary]:
    """Return the texts on which a pattern takes more than linear time, each time: a busy machine errs once."""
    return [one for one in made if all(growth_of(pattern, one, length=LONG)[1] > MOST_GROWTH for _ in range(TIMES))]


def test_every_pattern_is_found():
    names = set(PATTERNS)

    assert len(names) > 200
    assert {"reviews.core.reading.litter.PAGE_NUMBERS", "reviews.core.citing.prose._AUTHORS"} <= names
    assert any(name.startswith("reviews.core.reading.cues.RULES") for name in names)
    assert any(re.fullmatch(r"reviews\.core\.citing\.prose:\d+", name) for name in names)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_group_is_possessive(name):
    """Python before 3.11.5 loses its place in a group that is repeated possessively; an atomic group says the same."""
    assert not re.search(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+", PATTERNS[name].pattern)


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"\s+x", r"(?:\.{2,3})*\d", r"[^,]+,;"])
def test_a_pattern_that_wears_out_would_be_noticed(bad):
    pattern = re.compile(bad)

    with pytest.raises((TooSlow, AssertionError)), no_longer_than(1):
        assert grows(pattern, adversaries(pattern)) == []


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_wears_out(name):
    pattern = PATTERNS[name]

    with no_longer_than(MOST_SECONDS):
        assert grows(pattern, worst_of(pattern)) == []
