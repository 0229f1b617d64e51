"""A reminder that an editor sends now, beside those of the round's schedule."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from reviews.errors import AssignmentIsOver, RemindedToday, ReminderIsWaiting, RemindersUnwanted
from reviews.jobs.assignment import tell_of_request
from reviews.jobs.choice import USUAL_PACE
from reviews.jobs.dates import BY_HAND, SHORTEST_PAUSE
from reviews.models import Assignment, MailChoice, Notice, Pace, Round

KINDS = (Notice.Kind.DUE_SOON, Notice.Kind.OVERDUE)
WAITING = (Notice.State.OWED, Notice.State.CLAIMED, Notice.State.SENDING, Notice.State.GATHERED)
GONE = (Notice.State.SENT, Notice.State.UNCERTAIN)


@transaction.atomic
def remind_now(assignment: Assignment, *, today: date, at: datetime) -> Notice:
    """Owe somebody whose work is out a reminder; it goes as its reader wants such mails.

    Raises AssignmentIsOver, ReminderIsWaiting, RemindedToday, RemindersUnwanted.
    """
    Round.objects.select_for_update().get(pk=assignment.round_id)
    open_work = Assignment.objects.open().select_related("reviewer", "round").filter(pk=assignment.pk).first()
    if open_work is None:
        raise AssignmentIsOver
    refuse_reminder(open_work, told=reminders_told([open_work]), paces=paces_of([open_work]), today=today, at=at)
    return tell_of_request(kind_of(open_work, today=today), open_work, cause=f"{BY_HAND}:{at:%Y%m%d%H%M}", at=at)


def refuse_reminder(
    assignment: Assignment,
    *,
    told: Mapping[int, Sequence[Notice]],
    paces: Mapping[tuple[int, str], Pace],
    today: date,
    at: datetime,
) -> Pace:
    """Return how a reminder would reach somebody, or refuse it. ``told`` is of ``reminders_told``, ``paces`` of
    ``paces_of``. Raises ReminderIsWaiting, RemindedToday, RemindersUnwanted.
    """
    earlier = told.get(assignment.pk, ())
    if any(notice.state in WAITING for notice in earlier):
        raise ReminderIsWaiting
    if any((notice.sent_at or notice.owed_at) > at - SHORTEST_PAUSE for notice in earlier):
        raise RemindedToday
    kind = kind_of(assignment, today=today)
    pace = paces.get((assignment.reviewer_id or 0, kind.value), USUAL_PACE.get(kind, Pace.AT_ONCE))
    if pace is Pace.NEVER:
        raise RemindersUnwanted
    return pace


def reminders_told(assignments: Iterable[Assignment]) -> dict[int, list[Notice]]:
    """Return the reminders that went or wait, by request."""
    told: dict[int, list[Notice]] = {}
    mails = Notice.objects.filter(assignment__in=[one.pk for one in assignments], kind__in=KINDS)
    for notice in mails.filter(state__in=[*WAITING, *GONE]).only("assignment", "state", "sent_at", "owed_at"):
        told.setdefault(notice.assignment_id or 0, []).append(notice)
    return told


def paces_of(assignments: Iterable[Assignment]) -> dict[tuple[int, str], Pace]:
    """Return what the reviewers chose for reminders, by person and kind."""
    people = [one.reviewer_id for one in assignments if one.reviewer_id]
    chosen = MailChoice.objects.filter(person__in=people, kind__in=KINDS)
    return {(choice.person_id, choice.kind): Pace(choice.pace) for choice in chosen}


def kind_of(assignment: Assignment, *, today: date) -> Notice.Kind:
    """Return which reminder it is: ahead of the day or on it, or after it."""
    return Notice.Kind.OVERDUE if assignment.due_on < today else Notice.Kind.DUE_SOON
