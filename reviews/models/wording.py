"""What is said together, as the desk's language joins it."""

from collections.abc import Iterable

from django.utils.translation import gettext


def listed(words: Iterable[object]) -> str:
    """Return words as a list in a sentence."""
    return gettext(", ").join(map(str, words))
