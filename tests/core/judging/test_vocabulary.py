"""Codes are stored for ever: unique, short, and plain."""

import pytest

from reviews.core.judging import vocabulary
from reviews.core.judging.vocabulary import STANCES, title_of

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
