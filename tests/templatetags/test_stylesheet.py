"""The house's colours are legible, its stylesheets are linked, and nothing in a template breaks the security policy."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
LEGIBLE = 4.5
"""Contrast of text, WCAG 2.2, success criterion 1.4.3 (level AA)."""
PERCEIVABLE = 3.0
"""Contrast of the edge of a control, WCAG 2.2, success criterion 1.4.11 (level AA)."""

TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", (CSS / "tokens.css").read_text()
    )
}
GROUNDS = ("paper", "surface", "sunk")
HUES = ("green", "blue", "amber", "red", "violet", "grey")
READ = [(ink, ground) for ink in ("ink", "ink-soft", "accent", "seal", *HUES) for ground in GROUNDS]
READ += [(hue, f"{hue}-wash") for hue in (*HUES, "accent")] + [("ink", f"{hue}-wash") for hue in HUES]
READ += [("on-accent", "accent"), ("on-accent", "accent-deep"), ("ink-soft", "accent-wash")]


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2, definition)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_is_legible_on_what_it_stands_on(ink, ground, scheme):
    assert contrast(TOKENS[ink][scheme], TOKENS[ground][scheme]) >= LEGIBLE


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_can_be_seen(ground, scheme):
    assert contrast(TOKENS["line-strong"][scheme], TOKENS[ground][scheme]) >= PERCEIVABLE


@pytest.mark.parametrize("component", sorted(path.name for path in (CSS / "components").glob("*.css")))
def test_every_component_is_linked(component):
    sheets = [sheet.read_text() for sheet in CSS.glob("*.css")]

    assert any(f'@import url("components/{component}")' in sheet for sheet in sheets)


# A mail must bring its styles along: it has no stylesheet to link.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts)
INLINE = re.compile(r'<style|\sstyle="|\son\w+="|javascript:|<script(?![^>]*(\ssrc=|type="application/(ld\+)?json"))')


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_a_style_or_a_script(template):
    assert INLINE.findall(template.read_text()) == []
