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
    """What the machine noticed: which of all that it noticed in the text."""

    @property
    def number(self) -> int: ...


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
    """Underline what has a remark. Why stands in a list of its own: hundreds of reasons would double the page."""
    if words.remark is None:
        return escape(words.text)
    return f'<span class="cue" data-cue="{words.remark.number}">{escape(words.text)}</span>'
