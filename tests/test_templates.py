import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FORMS = {"DATE_FORMAT", "DATETIME_FORMAT", "MONTH_DAY_FORMAT", "TIME_FORMAT"}
FORMS_FOR_MACHINES = {"c", "Y-m-d", "H:i:s", "T"}
"""And what looks the same in every language: a time to the second, the name of a time zone."""


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_compiles(path):
    assert get_template(str(path.relative_to(TEMPLATES)))


def test_a_date_has_a_form_of_its_language():
    said = [
        re.findall(r"\|(?:date|time|with_weekday)\b(?::_?\(?[\"']([^\"']*))?", path.read_text())
        for path in TEMPLATES.rglob("*.*")
    ]

    assert {form for forms in said for form in forms} - FORMS - FORMS_FOR_MACHINES == set()
