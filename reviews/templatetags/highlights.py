"""The article with every claim where it stands: written in Python, for a long article has hundreds of pieces."""

from collections.abc import Container, Iterable, Sequence
from functools import partial
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()


class Remark(Protocol):
    """What the machine noticed: its title, and why."""

    @property
    def title(self) -> str: ...
    @property
    def reason(self) -> str: ...


class Words(Protocol):
    """Some words, and the remark on them."""

    @property
    def text(self) -> str: ...
    @property
    def remark(self) -> Remark | None: ...


class Shown(Protocol):
    """A piece of the text: its words, the claims that cover it, the one that a click means, and those that begin."""

    @property
    def words(self) -> Sequence[Words]: ...
    @property
    def covered_by(self) -> Sequence[str]: ...
    @property
    def means(self) -> int | None: ...
    @property
    def opens(self) -> Sequence[int]: ...


class Finding(Protocol):
    """What the machine noticed: its title, why, and in which words."""

    @property
    def title(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...


@register.simple_tag
def cue_list(findings: Iterable[Finding]) -> SafeString:
    """Write what the machine noticed as the entries of a list, each with the words that it was noticed in."""
    return mark_safe("".join(map(_finding, findings)))  # noqa: S308  # every word went through escape()


def _finding(finding: Finding) -> str:
    words = " · ".join([f'<q dir="auto">{escape(words)}</q>' for words in finding.words])
    return f"<li><strong>{escape(finding.title)}:</strong> {escape(finding.reason)} {words}</li>"


@register.simple_tag
def paragraphs(
    shown: Iterable[Iterable[Shown]], *, address: str, current: int | None, done: Container[int]
) -> SafeString:
    """Write paragraphs with a ``<mark>`` where a claim stands, its number before it, and both one way to the claim.

    ``address`` is the review's; ``current`` is the number of the claim that the page is about, ``done`` are the numbers
    of those that are done.
    """
    said = escape(gettext("Claim"))  # once: looking a word up two hundred times is felt
    piece = partial(_piece, address=f"{address}claims/", current=current, done=done, said=said)
    written = "".join([f'<p dir="auto">{"".join(map(piece, pieces))}</p>' for pieces in shown])
    return mark_safe(written)  # noqa: S308  # every word of the article went through escape()


def _piece(piece: Shown, *, address: str, current: int | None, done: Container[int], said: str) -> str:
    claim, words = piece.means, "".join([_words(one) for one in piece.words])
    if claim is None:
        return words
    was = "marked" if claim in done else "open"
    state = f'"current" data-was="{was}"' if claim == current else f'"{was}"'
    before = [f'<a href="{address}{one}/">{_number(one, said=said)}</a>' for one in piece.opens if one != claim]
    own = _number(claim, said=said) if claim in piece.opens else ""
    return (
        f'<mark data-claims="{" ".join(piece.covered_by)}" data-state={state}>{"".join(before)}'
        f'<a href="{address}{claim}/">{own}{words}</a></mark>'
    )


def _number(claim: int, *, said: str) -> str:
    return f'<span class="claim-number" id="claim-{claim}"><span class="visually-hidden">{said} </span>{claim}</span>'


def _words(words: Words) -> str:
    if words.remark is None:
        return escape(words.text)
    said = f"{words.remark.title}: {words.remark.reason}"
    return f'<span class="cue" title="{escape(said)}">{escape(words.text)}</span>'
