import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
OF_THE_WORKSPACE = {"_text.html", "_history.html", "_work.html", "_overview.html"}
"""Where a look into a catalogue is saved: their one date has the form of English."""


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_compiles(path):
    assert get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize(
    "path",
    sorted(path for path in TEMPLATES.rglob("*.*") if path.name not in OF_THE_WORKSPACE),
    ids=lambda path: str(path.relative_to(TEMPLATES)),
)
def test_the_form_of_a_date_is_a_languages_own_affair(path):
    """Where a month is named, what stands between it and the day is translated with it: ``date:_("j F Y")``."""
    assert re.findall(r"\|date:[\"'][^\"']*[DlFM][^\"']*", path.read_text()) == []
