"""Mails as rows: owed with their cause, written, handed to the mail server once, and never again when in doubt.

owed -> claimed -> (written) -> sending -> sent. The row says *sending*, committed, before the first byte of a message
leaves: whoever dies after that leaves a mail of which nobody knows whether it was accepted. It becomes *uncertain*,
which a person sees, and is never sent again by itself.

Before it is written a mail is looked at once more: it is dropped where it is no longer true or not wanted, put off in
quiet hours, and put into a digest where its reader wants that. A digest is a mail too; a row is in one at most.
"""

import logging
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop

from reviews.emails import write
from reviews.emails.letter import AddressNotMailable
from reviews.gateways.mail import Handover, Outcome, hand_over, mail_server
from reviews.jobs import crash
from reviews.jobs.choice import end_of_quiet, next_digest, pace_of, zone_of
from reviews.jobs.nudge import nudge_after_commit
from reviews.jobs.relevance import still_true
from reviews.models import Assignment, Export, Notice, Pace, Report, Round, Source, Suppression, User

log = logging.getLogger(__name__)

TASK = "reviews.send_notice"
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 2000
PATIENCE = (1, 2, 4, 8, 16)
"""Seconds between the tries to write down what the mail server said: all in all less than the worker's time limit."""

NO_LONGER_TRUE = gettext_noop("It was no longer true when its turn came.")
NOT_WANTED = gettext_noop("Its reader does not want mails of this kind.")
NOBODY_KNOWS = gettext_noop(
    "The worker ended while this was being handed to the mail server: nobody knows whether it was accepted."
)
ONLY_DEAD_WORKERS = gettext_noop("Every attempt ended with a dead worker.")


class NoticeLost(Exception):
    """Somebody else took this mail over."""


@transaction.atomic
def owe_notice(
    kind: Notice.Kind | str,
    *,
    key: str,
    address: str,
    recipient: User | None = None,
    round: Round | None = None,
    assignment: Assignment | None = None,
    report: Report | None = None,
    source: Source | None = None,
    export: Export | None = None,
    at: datetime,
    due_at: datetime | None = None,
) -> Notice:
    """Owe a mail, once per key: what caused it and whom it is for, at most 120 characters."""
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "address": address,
            "recipient": recipient,
            "round": round,
            "assignment": assignment,
            "report": report,
            "source": source,
            "export": export,
            "owed_at": at,
            "due_at": due_at or at,
        },
    )
    if is_new and notice.due_at <= at:
        nudge_after_commit(TASK, notice.pk)
    return notice


def send_notice(pk: int, *, at: datetime) -> bool:
    """Send a mail that is due; return whether it was sent here and now.

    Nothing happens where it was sent before, is in somebody's hands, or its time has not come.
    """
    notice = claim_notice(pk, at=at)
    if notice is None:
        return False
    crash.point("mail.claimed")
    try:
        return _send(notice, at=at)
    except NoticeLost:
        log.warning("Mail %s was taken over by another worker", pk)
        return False


def claim_notice(pk: int, *, at: datetime) -> Notice | None:
    """Take a mail that is due, or return ``None``."""
    taken = (
        Notice.objects.due(at)
        .filter(pk=pk, attempts__lt=MOST_ATTEMPTS)
        .update(state=Notice.State.CLAIMED, attempts=F("attempts") + 1, lease_until=at + LEASE)
    )
    chosen = Notice.objects.select_related(
        "recipient", "round__revision__article", "assignment__round", "report", "source", "export"
    )
    return chosen.get(pk=pk) if taken else None


def say_what_is_uncertain(*, at: datetime) -> int:
    """Say of every mail whose worker died during the hand-over that nobody knows, and give up the mails whose worker
    died every time before it; return how many changed.
    """
    lost = Notice.objects.lost_at_hand_over(at).update(
        state=Notice.State.UNCERTAIN, lease_until=None, error=NOBODY_KNOWS
    )
    given_up = (
        Notice.objects.due(at)
        .filter(attempts__gte=MOST_ATTEMPTS)
        .update(state=Notice.State.FAILED, lease_until=None, error=ONLY_DEAD_WORKERS)
    )
    return lost + given_up


def _send(notice: Notice, *, at: datetime) -> bool:
    """Write a claimed mail and hand it over; raises NoticeLost.

    Until the connection stands nothing has left: whatever goes wrong before is tried again.
    """
    with ExitStack() as stack:
        try:
            if not _goes_now(notice, at=at):
                return False
            message = _written(notice)
            crash.point("mail.stored")
            connection = stack.enter_context(mail_server())
        except NoticeLost:
            raise
        except AddressNotMailable as error:
            _own(notice, state=Notice.State.FAILED, lease_until=None, error=str(error))
            return False
        except Exception as error:
            log.exception("Mail %s could not be made ready on attempt %s", notice.pk, notice.attempts)
            _put_back(notice, error=f"{type(error).__name__}: {error}", at=at)
            return False
        _own(notice, state=Notice.State.SENDING)
        handover = hand_over(message, connection=connection)
        crash.point("mail.handed_over")
        _settle_for_sure(notice, handover, at=at)
        crash.point("mail.committed")
    return handover.outcome is Outcome.ACCEPTED


def _goes_now(notice: Notice, *, at: datetime) -> bool:
    """Whether a claimed mail is to be sent now and by itself; otherwise its row says what became of it."""
    today, pace = localdate(at), pace_of(notice)
    if notice.kind == Notice.Kind.DIGEST:
        _drop_from(notice, today=today)
    if pace is Pace.NEVER:
        _own(notice, state=Notice.State.DROPPED, lease_until=None, error=NOT_WANTED)
    elif not still_true(notice, today=today):
        _own(notice, state=Notice.State.DROPPED, lease_until=None, error=NO_LONGER_TRUE)
    elif refusal := Suppression.objects.of(notice.address).first():
        words = gettext("Nothing is sent to this address: %(reason)s.") % {"reason": refusal.get_reason_display()}
        words = f"{words} {refusal.words}".strip()
        _own(notice, state=Notice.State.FAILED, lease_until=None, error=words[:LONGEST_ERROR])
    elif pace in {Pace.DAILY, Pace.WEEKLY} and notice.recipient:
        _gather(notice, person=notice.recipient, pace=pace, at=at)
    elif notice.recipient and (later := end_of_quiet(notice.recipient, at=at)):
        _own(notice, state=Notice.State.OWED, due_at=later, lease_until=None, attempts=notice.attempts - 1)
    else:
        return True
    return False


@transaction.atomic
def _gather(notice: Notice, *, person: User, pace: Pace, at: datetime) -> None:
    """Put a mail into the next digest of its reader that nobody has begun to send."""
    zone = zone_of(person)
    slot = next_digest(pace, zone=zone, after=at)
    while not (digest := _digest_at(slot, person=person, at=at)).is_untouched:
        slot = next_digest(pace, zone=zone, after=slot)
    _own(notice, state=Notice.State.GATHERED, digest=digest, lease_until=None)


def _digest_at(slot: datetime, *, person: User, at: datetime) -> Notice:
    """Return a person's digest of one moment, locked: whoever sends it waits until it is filled."""
    digest = owe_notice(
        Notice.Kind.DIGEST,
        key=f"{Notice.Kind.DIGEST}:{person.pk}:{slot.astimezone(UTC):%Y%m%dT%H%M}",
        address=person.email,
        recipient=person,
        at=at,
        due_at=slot,
    )
    return Notice.objects.select_for_update().get(pk=digest.pk)


def _drop_from(digest: Notice, *, today: date) -> None:
    """Take out of a digest what is no longer true, or no longer wanted."""
    about = digest.gathered.select_related("recipient", "round", "assignment", "report")
    for member in about.filter(state=Notice.State.GATHERED):
        unwanted = pace_of(member) is Pace.NEVER
        if unwanted or not still_true(member, today=today):
            reason = NOT_WANTED if unwanted else NO_LONGER_TRUE
            digest.gathered.filter(pk=member.pk).update(state=Notice.State.DROPPED, error=reason)


def _written(notice: Notice) -> EmailMessage:
    """Write the mail and keep its words in the row."""
    letter = write(notice)
    body = "\n".join((letter.subject, letter.text, letter.html))
    _own(
        notice,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        body_sha256=sha256(body.encode()).hexdigest(),
    )
    message = letter.message_to(notice)
    message.message()  # a header that cannot be said is found out before the hand-over
    return message


def _settle_for_sure(notice: Notice, handover: Handover, *, at: datetime) -> None:
    """Write down how a hand-over ended; where the database is away for a moment, wait for it: only we know."""
    for pause in PATIENCE:
        try:
            return _settle(notice, handover, at=at)
        except (InterfaceError, OperationalError):
            log.warning("Mail %s was handed over, and the database is away", notice.pk)
            connections["default"].close()
            time.sleep(pause)
    return _settle(notice, handover, at=at)


def _settle(notice: Notice, handover: Handover, *, at: datetime) -> None:
    """Write down how a hand-over ended."""
    if handover.outcome is Outcome.ACCEPTED:
        _accepted(notice, at=at)
    elif handover.outcome is Outcome.NOT_NOW:
        _put_back(notice, error=handover.words, at=at)
    else:
        refused = handover.outcome is Outcome.REFUSED
        state = Notice.State.FAILED if refused else Notice.State.UNCERTAIN
        _own(notice, state=state, lease_until=None, error=handover.words[:LONGEST_ERROR])


def _accepted(notice: Notice, *, at: datetime) -> None:
    """Write down that the mail server took it, even where the sweep has called it uncertain meanwhile."""
    mine = Notice.objects.filter(
        pk=notice.pk, attempts=notice.attempts, state__in=[Notice.State.SENDING, Notice.State.UNCERTAIN]
    )
    if not mine.update(state=Notice.State.SENT, sent_at=at, lease_until=None, error=""):
        raise NoticeLost


def _put_back(notice: Notice, *, error: str, at: datetime) -> None:
    """Owe the mail again after a while: nothing of it was accepted. Give it up after the last attempt."""
    last = notice.attempts >= MOST_ATTEMPTS
    _own(
        notice,
        state=Notice.State.FAILED if last else Notice.State.OWED,
        due_at=at + pause_after(notice.attempts),
        lease_until=None,
        error=error[:LONGEST_ERROR],
    )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait before the next attempt: one minute, then twice as long each time, an hour at most."""
    return min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_PAUSE)


def _own(notice: Notice, **changes: object) -> None:
    mine = Notice.objects.filter(
        pk=notice.pk, attempts=notice.attempts, state__in=[Notice.State.CLAIMED, Notice.State.SENDING]
    )
    if not mine.update(**changes):
        raise NoticeLost
