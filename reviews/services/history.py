"""What a reviewer had saved before: every version of a mark, an appraisal, a sheet or the omissions, from the trail."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from reviews.models import Answer, AnswerSheet, Appraisal, Mark, Omission, Review, RoundCitation, RoundClaim
from reviews.models.event import versions_of


@dataclass(frozen=True)
class Version:
    """What was saved at a time: a row with the fields of a mark or an appraisal, or what was said by item or kind."""

    number: int
    at: datetime
    row: Any = None
    said: tuple[tuple[str, str], ...] = ()
    considered: bool = False


def versions_of_row(row: Mark | Appraisal) -> list[Version]:
    """Return every version of a mark or an appraisal, newest first. Of one that a look-up came to later, its end."""
    return _ends(versions_of(row))


@dataclass(frozen=True)
class RemovedSource:
    """An own source that was taken off its claim, as it was then, and every version of what had been said of it."""

    citation: RoundCitation
    versions: list[Version]


def removed_sources(review: Review, *, claim: RoundClaim) -> list[RemovedSource]:
    """Return the sources that a reviewer has removed from a claim, in the order of removing them, in two queries."""
    gone = list(_changes_of(RoundCitation).filter(added_in_id=review.pk, claim_id=claim.pk, pgh_label="delete"))
    said = _changes_of(Appraisal).filter(citation_id__in=[event.pgh_obj_id for event in gone])
    saved = list(said.exclude(pgh_label="delete").order_by("-pgh_id"))
    return [
        RemovedSource(
            citation=RoundCitation(key=event.key, claim=claim, record=event.record, added_in=review),
            versions=_ends(one for one in saved if one.citation_id == event.pgh_obj_id),
        )
        for event in gone
    ]


def _ends(events: Iterable[Any]) -> list[Version]:
    """Return each version as it was at its end, of its events with the newest first."""
    newest: dict[int, Version] = {}
    for event in events:
        newest.setdefault(event.version, Version(event.version, event.saved_at, row=event))
    return list(newest.values())


def versions_of_sheet(sheet: AnswerSheet) -> list[Version]:
    """Return every version of an instrument's answers, newest first."""
    saved = versions_of(sheet).order_by("pgh_id")
    changes = _changes_of(Answer).filter(sheet_id=sheet.pk)
    states = _replayed(changes, at=[event.pgh_created_at for event in saved], said=lambda one: (one.item, one.value))
    versions = [
        Version(event.version, event.pgh_created_at, said=said) for event, said in zip(saved, states, strict=True)
    ]
    return versions[::-1]


def versions_of_omissions(review: Review) -> list[Version]:
    """Return every version of what a review says is left out, newest first."""
    saved: dict[int, Any] = {}
    for event in versions_of(review).exclude(omissions_version=0).order_by("pgh_id"):
        saved.setdefault(event.omissions_version, event)
    changes = _changes_of(Omission).filter(review_id=review.pk)
    times = [event.pgh_created_at for event in saved.values()]
    states = _replayed(changes, at=times, said=lambda one: (one.kind, one.note))
    versions = [
        Version(number, event.pgh_created_at, said=said, considered=event.omissions_considered)
        for (number, event), said in zip(saved.items(), states, strict=True)
    ]
    return versions[::-1]


def _changes_of(model: type[Answer | Omission | Appraisal | RoundCitation]) -> Any:
    return cast("Any", model).pgh_event_model.objects.order_by("pgh_id")


def _replayed(
    changes: Iterable[Any], *, at: Iterable[datetime], said: Callable[[Any], tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield what was said at each of these times, in order.

    A save is one transaction, and the trail gives all changes of a transaction one time.
    """
    waiting, state = list(changes)[::-1], dict[str, str]()
    for time in at:
        while waiting and waiting[-1].pgh_created_at <= time:
            change = waiting.pop()
            name, value = said(change)
            if change.pgh_label == "delete":
                state.pop(name, None)
            else:
                state[name] = value
        yield tuple(state.items())
