"""Where a quote stands in a text, and whether it still does.

The form is the W3C Web Annotation model's (2017): TextQuoteSelector and TextPositionSelector together.
Offsets count Unicode code points, as Python does. A browser counts UTF-16 units, so it sends words and never offsets.
"""

from dataclasses import dataclass

from reviews.core.reading.errors import AnchorOutsideText


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote, what stands before and after it, and its half-open place `text[start:end]`."""

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int


def anchor_at(text: str, start: int, end: int, context: int = 32) -> Anchor:
    """Return the anchor of `text[start:end]` with up to `context` characters on each side.

    Raises AnchorOutsideText for an empty stretch or one beyond the text.
    """
    if not 0 <= start < end <= len(text):
        raise AnchorOutsideText
    return Anchor(
        quote=text[start:end],
        prefix=text[max(0, start - context) : start],
        suffix=text[end : end + context],
        start=start,
        end=end,
    )


def stands_in(anchor: Anchor, text: str) -> bool:
    """Whether quote, prefix and suffix all stand at the anchor's own place."""
    before = anchor.start - len(anchor.prefix)
    if before < 0 or not anchor.quote or anchor.end - anchor.start != len(anchor.quote):
        return False
    return text[before : anchor.end + len(anchor.suffix)] == anchor.prefix + anchor.quote + anchor.suffix


def locate(quote: str, text: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Return the one place of the exact quote, or None.

    A quote that stands once needs no context. One that stands more often is settled by prefix and suffix
    together, and by nothing less: a guess would move a claim to words that nobody marked.
    """
    start = sole_place(quote, text)
    if start is None and (prefix or suffix):
        before = sole_place(prefix + quote + suffix, text)
        start = None if before is None else before + len(prefix)
    if start is None or not quote:
        return None
    return start, start + len(quote)


def sole_place(sought: str, text: str) -> int | None:
    """Return where the sought string stands, if it stands exactly once."""
    first = text.find(sought)
    if first < 0 or text.find(sought, first + 1) >= 0:
        return None
    return first
