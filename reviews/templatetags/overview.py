"""The lists of the overview: written in Python, for a long article has hundreds of claims, and as many gaps.

A sign is drawn once, out of sight, and the chips refer to it: drawn on every line, they would be a third of the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from reviews.templatetags.components import Level, level_icon

register = template.Library()


class Claim(Protocol):
    """A claim, as far as its line shows it."""

    @property
    def number(self) -> int: ...
    @property
    def wording(self) -> str: ...


class Mark(Protocol):
    """A mark, as far as a line shows it."""

    @property
    def level(self) -> Level | None: ...
    @property
    def could_not_assess(self) -> str: ...


class Work(Protocol):
    """A claim with what its reviewer did: ``state`` is a key of ``STATES``."""

    @property
    def claim(self) -> Claim: ...
    @property
    def mark(self) -> Mark | None: ...
    @property
    def state(self) -> str: ...


class Gap(Protocol):
    """Something missing: the room of the review, the place in it, and the form field that would fill it."""

    @property
    def room(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def words(self) -> str: ...


STATES = {
    "done": (gettext_lazy("done"), "green"),
    "begun": (gettext_lazy("begun"), "amber"),
    "new": (gettext_lazy("to do"), "grey"),
}
"""For each state of a claim its words and its colour. The stylesheet draws its sign: two hundred of them are felt."""

ROOMS = {"claim": "claims/{}/", "instrument": "instruments/{}/", "omissions": "omissions/"}
"""Where a gap is filled, from the review's own address on."""

LONGEST_WORDING = 140


@register.simple_tag
def claim_list(works: Sequence[Work], *, address: str) -> SafeString:
    """Write a line per claim: its wording, its level, its state. ``address`` is the review's."""
    states = {state: _chip(str(words), colour) for state, (words, colour) in STATES.items()}
    levels = {work.mark.level.name: work.mark.level for work in works if work.mark and work.mark.level}
    verdicts = {name: _chip(level.title, level.colour, sign=level.icon) for name, level in levels.items()}
    abstained = _chip(gettext("could not assess"), "grey")
    lines = "".join(
        f'<li><a href="{address}claims/{work.claim.number}/"><span class="claim-number">{work.claim.number}</span>'
        f" <bdi>{_shortened(work.claim.wording)}</bdi>"
        f"{_ruling(work.mark, verdicts, abstained=abstained)}{states[work.state]}</a></li>"
        for work in works
    )
    signs = {level.icon for level in levels.values()}
    drawn = "".join(level_icon(sign).replace("<svg ", f'<svg id="sign-{escape(sign)}" ', 1) for sign in sorted(signs))
    return mark_safe(f'<span hidden>{drawn}</span><ol class="work-list">{lines}</ol>')  # noqa: S308 - all is escaped


def _ruling(mark: Mark | None, verdicts: Mapping[str, str], *, abstained: str) -> str:
    if mark and mark.level:
        return verdicts[mark.level.name]
    return abstained if mark and mark.could_not_assess else ""


def _shortened(wording: str) -> str:
    return escape(wording if len(wording) <= LONGEST_WORDING else Truncator(wording).chars(LONGEST_WORDING))


def _chip(words: str, colour: str, *, sign: str = "") -> str:
    drawn = f'<svg class="icon" aria-hidden="true"><use href="#sign-{escape(sign)}"/></svg>' if sign else ""
    return f'<span class="chip" data-colour="{escape(colour)}">{drawn}{escape(words)}</span>'


@register.simple_tag
def gap_list(gaps: Iterable[Gap], *, address: str) -> SafeString:
    """Write what is missing, each with the way to the very field. ``address`` is the review's."""
    lines = "".join(
        f'<li><a href="{address}{ROOMS[gap.room].format(escape(gap.place))}#at-{escape(gap.field)}">'
        f"{escape(str(gap.words))}</a></li>"
        for gap in gaps
    )
    return mark_safe(f'<ul class="gaps">{lines}</ul>')  # noqa: S308 - all is escaped
