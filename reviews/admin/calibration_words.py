"""Calibration in words: shares with their number and interval, severity in levels."""

from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext

from reviews.core.judging.calibration import Misses, Tally
from reviews.models.wording import listed

SMALL = 10
"""Compared claims below which a share says little: no interval is given, and the page says so."""

LEAST_SEVERITY = Fraction(1, 20)


def share_words(tally: Tally) -> str:
    """Return "12 of 20 (60 %; 39 to 78 %)", of few only "2 of 4", and "nothing to compare" of none."""
    if tally.share is None:
        return gettext("nothing to compare")
    counted = {"hits": tally.hits, "trials": tally.trials}
    if tally.trials < SMALL:
        return gettext("%(hits)s of %(trials)s") % counted
    low, high = (round(100 * end) for end in tally.interval)
    words = gettext("%(hits)s of %(trials)s (%(percent)s %%; %(low)s to %(high)s %%)")
    return words % {**counted, "percent": round(100 * tally.share), "low": low, "high": high}


def severity_words(severity: Fraction | None) -> str:
    """Return by how many levels somebody is stricter or milder than the others' labels, to one decimal."""
    if severity is None:
        return gettext("nothing to compare")
    if abs(severity) < LEAST_SEVERITY:
        return gettext("as the panel")
    words = gettext("%(levels)s levels stricter") if severity > 0 else gettext("%(levels)s levels milder")
    return words % {"levels": number_format(f"{abs(float(severity)):.1f}")}


def minutes_words(minutes: float | None) -> str:
    """Return whole minutes, "under 1", or "unknown"."""
    if minutes is None:
        return gettext("unknown")
    return f"{minutes:.0f}" if minutes >= 1 else gettext("under 1")


def misses_words(misses: Misses) -> str:
    """Return "1 one level off, 2 by more, 1 off the axis; 2 stricter and 1 milder than what is right", or "none"."""
    far = [
        (misses.one, gettext("%(count)s one level off")),
        (misses.more, gettext("%(count)s by more")),
        (misses.off_axis, gettext("%(count)s to or from the level off the axis")),
    ]
    told = listed(words % {"count": count} for count, words in far if count)
    if not told:
        return gettext("none")
    if not misses.stricter + misses.milder:
        return told
    words = gettext("%(misses)s; %(stricter)s stricter and %(milder)s milder than what is right")
    return words % {"misses": told, "stricter": misses.stricter, "milder": misses.milder}
