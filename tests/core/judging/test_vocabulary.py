"""Codes are stored for ever: unique, short, and plain."""

import pytest

from reviews.core.judging import vocabulary
from reviews.core.judging.vocabulary import DESIGN_FACTS, STANCES, title_of

LEVELS = (1, 2, 3, 4, 5, None)
LISTS = {name: value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, tuple)}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_codes_are_unique_and_titles_are_words(name):
    codes = [code for code, _ in LISTS[name]]

    assert len(set(codes)) == len(codes) > 1
    assert all(code.isidentifier() and code == code.lower() and len(code) <= 30 for code in codes)
    assert all(title[:1].isupper() for _, title in LISTS[name])


def test_a_code_has_a_title():
    assert title_of("mixed", choices=STANCES) == "Mixed"
    with pytest.raises(KeyError):
        title_of("splendid", choices=STANCES)


def test_designs_have_their_levels_of_evidence():
    by_level = {level: {code for code, facts in DESIGN_FACTS.items() if facts.level == level} for level in LEVELS}

    assert by_level == {
        1: {"systematic_review"},
        2: {"randomised_trial"},
        3: {"observational_review", "controlled_cohort"},
        4: {"case_control", "cross_sectional", "case_series"},
        5: {"animal", "laboratory", "mechanism", "opinion"},
        None: {"not_a_study", "unclear"},
    }
