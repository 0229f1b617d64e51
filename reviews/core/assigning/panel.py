"""A panel for a round: who knows the field, has room for it and is no party to it, and why each of them.

The choice is by points, so that each can be said in words: they order people, they measure nothing. Whoever has a
conflict, is asked already or has no room is not weighed at all. For several rounds at once the work that one choice
brings counts in the next, and the round that finds the fewest who know its field chooses first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reviews.core.assigning.interests import normal

KNOWS = 30.0
"""What knowing the field is worth, in claims of work in hand."""

LATE = 20.0
"""What handing in late every time costs; late every second time costs half of it."""

SLOW = 1.0
"""What a day of usual pace costs."""

SHORT_WORDS = 3
"""Words as short as this ("and", "of") name no field."""


@dataclass(frozen=True)
class Record:
    """What a person's past reviews say.

    ``pace`` is the median of days from accepting to handing in, None where nothing was handed in yet; ``late`` of
    ``handed_in`` came after their day; ``declined`` requests were declined.
    """

    handed_in: int = 0
    late: int = 0
    declined: int = 0
    pace: float | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody who could review: what they know, how many claims they have in hand, and how many they take at most."""

    key: int
    expertise: str = ""
    load: int = 0
    most: int | None = None
    record: Record = Record()


@dataclass(frozen=True)
class Need:
    """A round that needs reviewers: how many, its number of claims, what it is about, and whom it cannot have.

    ``kept_out`` gives for a candidate's key why: a conflict of interest, or that this person is asked already.
    """

    key: int
    seats: int
    claims: int
    topic: str = ""
    kept_out: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Choice:
    """One person for one round, with the reasons in words."""

    need: int
    candidate: int
    reasons: tuple[str, ...]


def suggest(needs: Iterable[Need], *, candidates: Collection[Candidate]) -> list[Choice]:
    """Return who should be asked for which round, in the order of the rounds; fewer than are needed where too few can.

    The same people and rounds give the same choice.
    """
    listed = list(needs)
    free = {candidate.key: candidate for candidate in candidates}
    chosen: dict[int, list[Choice]] = {}
    for need in sorted(listed, key=lambda need: (_knowing(need, free.values()), need.key)):
        chosen[need.key] = []
        for candidate in _best(need, candidates=list(free.values())):
            chosen[need.key].append(Choice(need.key, candidate.key, reasons_for(candidate, need=need)))
            free[candidate.key] = replace(candidate, load=candidate.load + need.claims)
    return [choice for need in listed for choice in chosen[need.key]]


def has_room(candidate: Candidate, *, claims: int) -> bool:
    """Whether these claims would leave somebody within what they take at most."""
    return candidate.most is None or candidate.load + claims <= candidate.most


def shared_fields(expertise: str, topic: str) -> list[str]:
    """Return the words that name a field in both, in the order of the topic."""
    known = set(_fields(expertise))
    return [word for word in dict.fromkeys(_fields(topic)) if word in known]


def reasons_for(candidate: Candidate, *, need: Need) -> tuple[str, ...]:
    """Return in words what speaks for and against asking somebody."""
    fields, record = shared_fields(candidate.expertise, need.topic), candidate.record
    return (
        f"knows {', '.join(fields)}" if fields else "another field",
        f"{candidate.load} claim{'' if candidate.load == 1 else 's'} in hand" if candidate.load else "nothing in hand",
        _on_time(record),
        *([f"takes {record.pace:.0f} days as a rule"] if record.pace and record.pace >= 1 else []),
    )


def _best(need: Need, *, candidates: Sequence[Candidate]) -> list[Candidate]:
    barred = need.kept_out or {}
    able = [who for who in candidates if who.key not in barred and has_room(who, claims=need.claims)]
    return sorted(able, key=lambda who: (_cost(who, need=need), who.key))[: max(need.seats, 0)]


def _cost(candidate: Candidate, *, need: Need) -> float:
    record = candidate.record
    share_late = record.late / record.handed_in if record.handed_in else 0.0
    knows = KNOWS if shared_fields(candidate.expertise, need.topic) else 0.0
    return candidate.load + LATE * share_late + SLOW * (record.pace or 0.0) - knows


def _knowing(need: Need, candidates: Iterable[Candidate]) -> int:
    """Return how many could be asked who know the field of a round, beyond those it needs."""
    barred = need.kept_out or {}
    knowing = [who for who in candidates if who.key not in barred and shared_fields(who.expertise, need.topic)]
    return len(knowing) - need.seats


def _fields(text: str) -> list[str]:
    return [word for word in normal(text).split() if len(word) > SHORT_WORDS]


def _on_time(record: Record) -> str:
    if not record.handed_in:
        return "no review so far"
    count = f"{record.handed_in} review{'' if record.handed_in == 1 else 's'}"
    return f"{count}, {record.late} of them late" if record.late else f"{count}, all in time"
