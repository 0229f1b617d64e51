"""What an editor may do about a mail of which nobody knows whether it arrived."""

from datetime import datetime

from django.db import transaction

from reviews.errors import NoticeIsUnderWay
from reviews.jobs.notice import TASK
from reviews.jobs.nudge import nudge_after_commit
from reviews.models import Notice


@transaction.atomic
def send_again(notice: Notice, *, at: datetime) -> None:
    """Owe an uncertain or failed mail once more, by an editor's decision. Raises NoticeIsUnderWay for any other."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.state not in {Notice.State.UNCERTAIN, Notice.State.FAILED}:
        raise NoticeIsUnderWay
    notice.state, notice.attempts, notice.due_at, notice.error = Notice.State.OWED, 0, at, ""
    notice.save(update_fields=["state", "attempts", "due_at", "error"])
    nudge_after_commit(TASK, notice.pk)
