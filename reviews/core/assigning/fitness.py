"""How well a person suits a round: what speaks for and against asking them, in points and in words.

Fewer points are better. They only order people: a point is about ten claims in hand, a week of waiting, or a third of
all reviews late. Whatever is not known of a person counts a little against them, so that neither the newcomer nor the
old hand is asked for ever.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from reviews.core.assigning.interests import conflicts, normal
from reviews.core.assigning.specialties import singular, specialties_in
from reviews.core.phrases import Counted, Phrase, Said

CLAIMS_TO_A_POINT = 10
ANOTHER_FIELD = 3.0
NO_FIELD = 2.5
ANOTHER_LANGUAGE = 4.0
LANGUAGES_NOT_KNOWN = 1.0
DAYS_TO_A_POINT = 7
LONGEST_PACE = 3.0
PACE_NOT_KNOWN = 1.0
ALWAYS_LATE = 3.0
ALWAYS_DECLINES = 3.0
SURMISED = 2
"""How many past requests a share is drawn towards nothing by: one late review of one is not "always late"."""

EVERY_FIELD = {"and", "care", "clinical", "disease", "diseases", "for", "general", "health", "in", "medicine", "of"}
EVERY_FIELD |= {"practice", "research", "science", "sciences", "studies", "the", "trials", "with"}
"""Words that stand in the names of many fields: alone they bring nobody and nothing together."""


@dataclass(frozen=True)
class Candidate:
    """A person who could be asked. ``due`` are the reviews that were handed in or are overdue, ``late`` those of them
    that came after their day; ``median_days`` lie between the request and the review. ``interests`` are in normal form.
    """

    key: str
    open_claims: int = 0
    most_claims: int | None = None
    fields: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    asked: int = 0
    declined: int = 0
    due: int = 0
    late: int = 0
    median_days: float | None = None


@dataclass(frozen=True)
class Task:
    """A round that needs ``size`` more people for its ``claims`` claims.

    ``language`` holds the names of the text's language in whatever tongue, the one to be shown first; empty where it
    cannot be told. ``parties`` is who may make a conflict, by role; ``barred`` says of whom else why they cannot be
    asked.
    """

    key: str
    size: int
    claims: int
    topic: str = ""
    language: tuple[str, ...] = ()
    parties: Mapping[str, str] = field(default_factory=dict)
    barred: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """One thing that is weighed: its points, and what it is in words ("" where there is nothing to say)."""

    points: float
    words: Said


def bar_to(candidate: Candidate, *, task: Task, others: int = 0) -> Said:
    """Return why a person cannot be proposed, or "". ``others`` are claims that are proposed to them besides."""
    if candidate.key in task.barred:
        return task.barred[candidate.key]
    if met := conflicts(candidate.interests, parties=task.parties):
        parts = (
            Phrase("“%(interest)s” is the %(role)s", interest=interest, role=Phrase(role)) for interest, role in met
        )
        return Phrase("conflict of interest: %(parts)s", parts=tuple(parts))
    total = candidate.open_claims + others + task.claims
    if candidate.most_claims is not None and total > candidate.most_claims:
        return Phrase(
            "would have %(total)s claims in hand, and wants no more than %(most)s",
            total=total,
            most=candidate.most_claims,
        )
    return ""


def weigh(candidate: Candidate, *, task: Task, others: int = 0) -> tuple[Term, ...]:
    """Return all that is weighed, always in the same order: load, field, language, pace, lateness, declines."""
    return (
        _load(candidate.open_claims + others),
        _field(candidate, topic=task.topic),
        _language(candidate, names=task.language),
        _pace(candidate),
        _lateness(candidate),
        _declines(candidate),
    )


def points(terms: Iterable[Term]) -> float:
    """Return the sum of the terms' points, rounded so that equal people are equal."""
    return round(sum(term.points for term in terms), 6)


def lot(candidate: Candidate, *, task: Task) -> str:
    """Return what decides between equals: the same on every call, and favouring nobody over all rounds."""
    return sha256(f"{task.key}\n{candidate.key}".encode()).hexdigest()


def phrases_in(text: str) -> tuple[str, ...]:
    """Return the parts of a list in prose ("Sleep medicine, trials") as they stand."""
    return tuple(part.strip() for part in re.split(r"[,;/\n]", text) if part.strip())


def in_common(fields: Iterable[str], *, topic: str) -> list[Said]:
    """Return those of a person's fields that meet the topic of an article, in words.

    They share a word of some meaning with it ("Sleep medicine"), or a specialty, which is said: "Cardiology because the
    article is about “blood pressure”".
    """
    wanted, about = _stems(topic), specialties_in(topic)
    found: list[Said] = []
    for named in fields:
        shared = [about[name] for name in specialties_in(named) if name in about]
        if _stems(named) & wanted:
            found.append(named)
        elif shared:
            found.append(Phrase("%(field)s because the article is about “%(topic)s”", field=named, topic=shared[0]))
    return found


def _stems(text: str) -> set[str]:
    words = [word for word in normal(text).split() if len(word) > 1 and word not in EVERY_FIELD]
    return {singular(word) for word in words}


def _load(claims: int) -> Term:
    if not claims:
        return Term(0, Phrase("nothing in hand"))
    return Term(claims / CLAIMS_TO_A_POINT, Counted("%(count)s open claim", "%(count)s open claims", count=claims))


def _field(candidate: Candidate, *, topic: str) -> Term:
    if not _stems(topic):
        return Term(0, "")
    if shared := in_common(candidate.fields, topic=topic):
        return Term(0, tuple(shared))
    if not candidate.fields:
        return Term(NO_FIELD, Phrase("field not known"))
    return Term(ANOTHER_FIELD, Phrase("another field"))


def _language(candidate: Candidate, *, names: tuple[str, ...]) -> Term:
    if not names:
        return Term(0, "")
    if not candidate.languages:
        return Term(LANGUAGES_NOT_KNOWN, Phrase("languages not known"))
    read = {word for phrase in candidate.languages for word in normal(phrase).split()}
    if any(set(normal(name).split()) <= read for name in names):
        return Term(0, Phrase("reads %(language)s", language=names[0]))
    return Term(ANOTHER_LANGUAGE, Phrase("does not list %(language)s", language=names[0]))


def _pace(candidate: Candidate) -> Term:
    if candidate.median_days is None:
        return Term(PACE_NOT_KNOWN, Phrase("no review so far"))
    words: Phrase = Counted(
        "answers in %(count)s day on median",
        "answers in %(count)s days on median",
        count=round(candidate.median_days),
    )
    if candidate.median_days < 0.5:
        words = Phrase("answers in less than a day on median")
    return Term(min(candidate.median_days / DAYS_TO_A_POINT, LONGEST_PACE), words)


def _lateness(candidate: Candidate) -> Term:
    if not candidate.due:
        return Term(0, "")
    if not candidate.late:
        return Term(0, Phrase("never late"))
    words = Counted(
        "%(late)s of %(count)s review late",
        "%(late)s of %(count)s reviews late",
        count=candidate.due,
        late=candidate.late,
    )
    return Term(ALWAYS_LATE * candidate.late / (candidate.due + SURMISED), words)


def _declines(candidate: Candidate) -> Term:
    if not candidate.declined:
        return Term(0, "")
    words = Counted(
        "declined %(declined)s of %(count)s request",
        "declined %(declined)s of %(count)s requests",
        count=candidate.asked,
        declined=candidate.declined,
    )
    return Term(ALWAYS_DECLINES * candidate.declined / (candidate.asked + SURMISED), words)
