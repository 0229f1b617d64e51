"""No regular expression of the craft takes more than linear time, whatever it is made to read."""

import re

import pytest

from tests.fuzz.loop import TooSlow, no_longer_than
from tests.hostile.patterns import adversaries, patterns, seconds

PATTERNS = patterns()
SHORT, LONG = 4_000, 64_000
MOST_SECONDS = 5
"""For LONG characters. A linear pattern takes milliseconds; one that is quadratic takes minutes."""


def worst_of(pattern: re.Pattern[str]) -> list[str]:
    """Return the two texts of SHORT characters that take a pattern the longest, as what they repeat."""
    with no_longer_than(MOST_SECONDS * 4):
        taken = {run: seconds(pattern, text) for run, text in adversaries(pattern, length=SHORT)}
    return sorted(taken, key=lambda run: taken[run])[-2:]


def test_every_pattern_is_found():
    names = set(PATTERNS)

    assert len(names) > 200
    assert {"reviews.core.reading.litter.PAGE_NUMBERS", "reviews.core.citing.prose._AUTHORS"} <= names
    assert any(name.startswith("reviews.core.reading.cues.RULES") for name in names)
    assert any(re.fullmatch(r"reviews\.core\.citing\.prose:\d+", name) for name in names)


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"\s+x", r"(?:\.{2,3})*\d", r"[^,]+,;"])
def test_a_pattern_that_wears_out_would_be_noticed(bad):
    pattern = re.compile(bad)

    texts = [text for _, text in adversaries(pattern, length=LONG)]

    with pytest.raises(TooSlow), no_longer_than(0.3):
        sum(seconds(pattern, text) for text in texts)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_wears_out(name):
    pattern = PATTERNS[name]
    made = dict(adversaries(pattern, length=LONG))

    with no_longer_than(MOST_SECONDS):
        for run in worst_of(pattern):
            seconds(pattern, made[run])
