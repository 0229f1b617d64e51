"""Days and lists in the forms of several languages."""

from datetime import date

import pytest
from django.utils.translation import override

from reviews.templatetags.wording import listed, with_weekday

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en-gb", "DATE_FORMAT", "Thursday 26 November 2026"),
        ("en-gb", "MONTH_DAY_FORMAT", "Thursday 26 November"),
        ("de", "DATE_FORMAT", "Donnerstag 26. November 2026"),
        ("ja", "DATE_FORMAT", "木曜日 2026年11月26日"),
    ],
)
def test_a_day_is_written_as_its_language_does_with_the_weekday_before_it(language, form, words):
    with override(language):
        assert with_weekday(DAY, form) == words


def test_a_list_is_joined_as_in_a_sentence():
    assert listed(["dose", 2, "route"]) == "dose, 2, route"
