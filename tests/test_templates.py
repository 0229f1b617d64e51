import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_compiles(path):
    assert get_template(str(path.relative_to(TEMPLATES)))


INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\s(?:hx-)?on[a-z:-]+\s*=|javascript:", re.IGNORECASE
)
"""What the content security policy would keep from running, and nobody would see why."""
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if path.parent.name != "emails"]  # mails must bring a style


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_page_has_no_script_and_no_style_of_its_own(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "inline",
    [
        "<style>",
        "<script>",
        "<script type='module'>",
        '<p style="x">',
        '<a onclick="x">',
        "<a hx-on:click='x'>",
        '<a href="javascript:x">',
    ],
)
def test_what_is_inline_is_found(inline):
    assert INLINE.search(inline)
