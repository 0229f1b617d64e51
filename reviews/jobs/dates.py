"""What a day brings: reminders around the due date, and rounds whose day has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reviews.jobs.assignment import key_of_request, tell_of_request
from reviews.jobs.round import close_due_rounds
from reviews.models import Assignment, Notice, Round
from reviews.models.round import REMINDER_DAYS

EARLIEST = timedelta(days=-min(REMINDER_DAYS))
ABOUT = ("reviewer", "round")
BY_HAND = "now"
"""Stands in the key of a reminder that an editor sent."""

SHORTEST_PAUSE = timedelta(days=1)
"""Nobody is reminded twice within it, of one review."""


@dataclass(frozen=True)
class Reminder:
    """One mail of a round's schedule to one reviewer; ``days`` is how far it lies from the due date."""

    assignment: Assignment
    days: int

    @property
    def on(self) -> date:
        return self.assignment.due_on + timedelta(days=self.days)

    @property
    def kind(self) -> Notice.Kind:
        return Notice.Kind.OVERDUE if self.days > 0 else Notice.Kind.DUE_SOON

    @property
    def cause(self) -> str:
        return f"{self.assignment.due_on:%Y%m%d}:{self.days}"

    @property
    def key(self) -> str:
        """The key of its mail."""
        return key_of_request(self.kind, self.assignment, cause=self.cause)


def keep_dates(*, today: date, at: datetime) -> None:
    """Close the rounds whose day has passed with a quorum, then remind of what is due soon or overdue, once a date."""
    close_due_rounds(today=today, at=at)
    remind_of_what_is_due(today=today, at=at)


def remind_of_what_is_due(*, today: date, at: datetime) -> None:
    """Owe each reviewer the newest reminder whose day has come, once. A due date that was moved is reminded of anew;
    whoever an editor reminded within the last day is left in peace until that is over.
    """
    by_hand = Notice.objects.filter(owed_at__gt=at - SHORTEST_PAUSE, key__contains=f":{BY_HAND}:")
    reminded = set(by_hand.exclude(state=Notice.State.DROPPED).values_list("assignment", flat=True))
    out = Assignment.objects.open().filter(due_on__lte=today + EARLIEST).exclude(pk__in=reminded)
    kinds = [Notice.Kind.DUE_SOON, Notice.Kind.OVERDUE]
    owed = set(Notice.objects.filter(kind__in=kinds, assignment__in=out).values_list("key", flat=True))
    for assignment in out.select_related(*ABOUT):
        come = [reminder for reminder in reminders_of(assignment) if reminder.on <= today]
        if come and come[-1].key not in owed:
            tell_of_request(come[-1].kind, assignment, cause=come[-1].cause, at=at)


def reminders_of(assignment: Assignment) -> list[Reminder]:
    """Return a reviewer's reminders in the order of their days; none on a day on which they were not asked yet."""
    planned = (Reminder(assignment, days) for days in sorted(assignment.round.reminders))
    return [reminder for reminder in planned if reminder.on > assignment.assigned_on]


def reminders_ahead(round: Round, *, today: date) -> Iterable[Reminder]:
    """Return who will be reminded when, as things stand: of open work, from today on, what is not owed yet."""
    owed = set(Notice.objects.filter(round=round).values_list("key", flat=True))
    out = round.assignments.open().select_related(*ABOUT)
    planned = (reminder for assignment in out for reminder in reminders_of(assignment) if reminder.on >= today)
    ahead = (each for each in planned if each.key not in owed)
    return sorted(ahead, key=lambda reminder: (reminder.on, reminder.assignment.pk))
