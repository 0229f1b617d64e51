"""Calibration in words: shares with their number and interval, severity in levels."""

from fractions import Fraction

from reviews.core.judging.calibration import Misses, Tally

SMALL = 10
"""Compared claims below which a share says little: no interval is given, and the page says so."""

LEAST_SEVERITY = Fraction(1, 20)


def share_words(tally: Tally) -> str:
    """Return "12 of 20 (60 %; 39 to 78 %)", of few only "2 of 4", and "nothing to compare" of none."""
    if tally.share is None:
        return "nothing to compare"
    if tally.trials < SMALL:
        return f"{tally.hits} of {tally.trials}"
    low, high = (round(100 * end) for end in tally.interval)
    return f"{tally.hits} of {tally.trials} ({round(100 * tally.share)} %; {low} to {high} %)"


def severity_words(severity: Fraction | None) -> str:
    """Return by how many levels somebody is stricter or milder than the others' labels, to one decimal."""
    if severity is None:
        return "nothing to compare"
    if abs(severity) < LEAST_SEVERITY:
        return "as the panel"
    return f"{abs(float(severity)):.1f} levels {'stricter' if severity > 0 else 'milder'}"


def minutes_words(minutes: float | None) -> str:
    """Return whole minutes, "under 1", or "unknown"."""
    if minutes is None:
        return "unknown"
    return f"{minutes:.0f}" if minutes >= 1 else "under 1"


def misses_words(misses: Misses) -> str:
    """Return "1 one level off, 2 by more, 1 off the axis; 2 stricter and 1 milder than what is right", or "none"."""
    far = [
        (misses.one, "one level off"),
        (misses.more, "by more"),
        (misses.off_axis, "to or from the level off the axis"),
    ]
    told = ", ".join(f"{count} {words}" for count, words in far if count)
    directed = misses.stricter + misses.milder
    direction = f"; {misses.stricter} stricter and {misses.milder} milder than what is right" if directed else ""
    return told + direction if told else "none"
