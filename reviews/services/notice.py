"""What an editor may do about a mail: hold it, word it otherwise, send it again."""

from datetime import datetime

from django.db import transaction

from reviews.emails import write
from reviews.errors import DigestWasSent, NoticeIsUnderWay, NoticeNotOwed, NoticeWordless
from reviews.jobs.notice import TASK, owe_notice
from reviews.jobs.nudge import nudge_after_commit
from reviews.models import Notice, User


@transaction.atomic
def hold_notice(notice: Notice, *, by: User, at: datetime) -> None:
    """Keep an owed mail back until an editor releases it. Raises NoticeNotOwed."""
    notice = _owed(notice)
    if notice.held_at is None:
        notice.held_at, notice.held_by = at, by
        notice.save(update_fields=["held_at", "held_by"])


@transaction.atomic
def release_notice(notice: Notice) -> None:
    """Let a held mail go when its time has come. Raises NoticeNotOwed."""
    notice = _owed(notice)
    notice.held_at = notice.held_by = None
    notice.save(update_fields=["held_at", "held_by"])
    nudge_after_commit(TASK, notice.pk)


@transaction.atomic
def reword_notice(notice: Notice, *, subject: str, text: str, by: User, at: datetime) -> None:
    """Give an owed mail other words; the trail keeps those that the machine would have sent.

    Its HTML is made of the text. Raises NoticeWordless, NoticeNotOwed.
    """
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or not text:
        raise NoticeWordless
    notice = _owed(notice)
    if notice.edited_at is None:
        letter = write(notice)
        notice.subject, notice.text = letter.subject, letter.text
        notice.save(update_fields=["subject", "text"])
    notice.subject, notice.text, notice.edited_at, notice.edited_by = subject, text + "\n", at, by
    notice.save(update_fields=["subject", "text", "edited_at", "edited_by"])


@transaction.atomic
def send_again(notice: Notice, *, at: datetime) -> Notice:
    """Owe a mail once more, by an editor's decision; return the row that is owed.

    One that is uncertain or failed is owed itself. One that was sent stays as it is, and a copy is owed. Raises
    NoticeIsUnderWay for any other, and DigestWasSent.
    """
    notice = _locked(notice)
    if not is_resendable(notice):
        raise DigestWasSent if notice.state == Notice.State.SENT else NoticeIsUnderWay
    if notice.state == Notice.State.SENT:
        return _copied(notice, at=at)
    notice.state, notice.attempts, notice.due_at, notice.error = Notice.State.OWED, 0, at, ""
    notice.save(update_fields=["state", "attempts", "due_at", "error"])
    nudge_after_commit(TASK, notice.pk)
    return notice


def is_resendable(notice: Notice) -> bool:
    """Whether a mail can be sent again: one that is uncertain, failed or sent; but a digest goes out once."""
    if notice.state == Notice.State.SENT:
        return notice.kind != Notice.Kind.DIGEST
    return notice.state in {Notice.State.UNCERTAIN, Notice.State.FAILED}


def _copied(notice: Notice, *, at: datetime) -> Notice:
    copies = Notice.objects.filter(key__startswith=f"{notice.key}:again:").count()
    copy = owe_notice(
        notice.kind,
        key=f"{notice.key}:again:{copies + 1}",
        address=notice.address,
        recipient=notice.recipient,
        round=notice.round,
        assignment=notice.assignment,
        report=notice.report,
        source=notice.source,
        export=notice.export,
        at=notice.owed_at,
        due_at=at,
    )
    nudge_after_commit(TASK, copy.pk)
    if notice.edited_at:
        words = {"subject": notice.subject, "text": notice.text}
        Notice.objects.filter(pk=copy.pk).update(edited_at=notice.edited_at, edited_by=notice.edited_by, **words)
    return copy


def _owed(notice: Notice) -> Notice:
    notice = _locked(notice)
    if notice.state != Notice.State.OWED:
        raise NoticeNotOwed
    return notice


def _locked(notice: Notice) -> Notice:
    chosen = Notice.objects.select_related("recipient", "round__revision__article", "assignment__round", "report")
    return chosen.select_for_update(of=("self",)).get(pk=notice.pk)
