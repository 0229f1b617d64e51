"""Whether a mail that was owed a while ago is still worth sending: nobody is mailed what is no longer true."""

from collections.abc import Callable
from datetime import date

from django.utils.timezone import localdate

from reviews.emails.desk import figures_for, span_of
from reviews.jobs.exportable import tells_too_much
from reviews.models import Assignment, Notice, Publication, Report, Review, Round, SecondLook
from reviews.models.assignment import AssignmentQuerySet
from reviews.models.round import RoundQuerySet


def still_true(notice: Notice, *, today: date) -> bool:
    """Whether what caused the mail still holds, and its recipient may still know it."""
    if notice.recipient and not notice.recipient.is_active:
        return False
    return CONDITIONS[Notice.Kind(notice.kind)](notice, today)


def _unanswered(notice: Notice, _today: date) -> bool:
    return _of_open_work(notice).filter(accepted_at=None).exists()


def _accepted(notice: Notice, _today: date) -> bool:
    return _of_open_work(notice).exclude(accepted_at=None).exists()


def _ahead(notice: Notice, today: date) -> bool:
    return _of_open_work(notice).filter(due_on__gte=today).exists()


def _behind(notice: Notice, today: date) -> bool:
    return _of_open_work(notice).overdue(today).exists()


def _sent_back(notice: Notice, _today: date) -> bool:
    return _of_open_work(notice).exclude(review__sent_back_at=None).exists()


def _closed_for_editor(notice: Notice, _today: date) -> bool:
    return _rounds_edited(notice).closed().exists()


def _judged_by_others(notice: Notice, _today: date) -> bool:
    if notice.recipient is None:
        return False
    return _rounds_edited(notice).closed().judged_by_others_than(notice.recipient).exists()


def _revealed(notice: Notice, _today: date) -> bool:
    if notice.recipient is None:
        return False
    return Review.objects.revealed_to(notice.recipient).filter(assignment__round=notice.round_id).exists()


def _public(notice: Notice, _today: date) -> bool:
    return Publication.objects.filter(report=notice.report_id, withdrawn_at=None).exists()


def _asked(notice: Notice, _today: date) -> bool:
    if notice.recipient is None:
        return False
    return _rounds_edited(notice).judged_by_others_than(notice.recipient).exists()


def _replied(notice: Notice, _today: date) -> bool:
    return notice.recipient is not None and _requests(notice).live().held_by(notice.recipient).exists()


def _newest_move_of_open_work(notice: Notice, _today: date) -> bool:
    later = Notice.objects.filter(kind=notice.kind, assignment=notice.assignment_id, pk__gt=notice.pk)
    return _of_open_work(notice).exists() and not later.exists()


def _over_and_was_asked(notice: Notice, _today: date) -> bool:
    """Whoever never had a mail about a request needs none that it is over."""
    had = Notice.objects.filter(assignment=notice.assignment_id, state__in=[Notice.State.SENT, Notice.State.UNCERTAIN])
    return had.exists() and not _requests(notice).live().exists()


def _held_still(notice: Notice, _today: date) -> bool:
    """Whether claims of the newest report still wait for a ruling, and its reader may rule."""
    if not _judged_by_others(notice, _today):
        return False
    newest = Report.objects.filter(round=notice.round_id).latest()
    undecided = newest.verdicts.undecided()
    return newest.pk == notice.report_id and undecided.exists()


def _says_something(notice: Notice, _today: date) -> bool:
    """Whether its reader still is an editor, and there is anything to tell."""
    editor = notice.recipient
    if editor is None or not editor.is_staff:
        return False
    return not figures_for(editor, until=notice.owed_at, span=span_of(editor)).is_empty


def _holds_something(notice: Notice, _today: date) -> bool:
    return notice.gathered.filter(state=Notice.State.GATHERED).exists()


def _in_doubt(notice: Notice, _today: date) -> bool:
    """Whether the source is retracted or doubted still, and the editor may know what the round rests on."""
    doubted = notice.source is not None and notice.source.retraction in {"retracted", "concern"}
    return doubted and _asked(notice, _today)


def _looks_again(notice: Notice, _today: date) -> bool:
    if notice.recipient is None:
        return False
    reviews = Review.objects.revealed_to(notice.recipient).counted().filter(assignment=notice.assignment_id)
    return any(SecondLook.objects.unanswered_by(review).exists() for review in reviews)


def _unfetched(notice: Notice, today: date) -> bool:
    """Whether a file is there that its editor never fetched, and would be given now."""
    export, editor = notice.export, notice.recipient
    if export is None or editor is None or not editor.is_staff or export.fetched_at or export.removed_at:
        return False
    is_there = export.expires_at is not None and localdate(export.expires_at) >= today
    return is_there and not tells_too_much(export, editor=editor)


def _requests(notice: Notice) -> AssignmentQuerySet:
    return Assignment.objects.filter(notices=notice)


def _of_open_work(notice: Notice) -> AssignmentQuerySet:
    return _requests(notice).open()


def _rounds_edited(notice: Notice) -> RoundQuerySet:
    """Return the notice's round, if its recipient still is an editor of it."""
    return Round.objects.filter(notices=notice, editors=notice.recipient, editors__is_staff=True)


CONDITIONS: dict[Notice.Kind, Callable[[Notice, date], bool]] = {
    Notice.Kind.INVITED: _unanswered,
    Notice.Kind.ACCEPTED: _accepted,
    Notice.Kind.DUE_SOON: _ahead,
    Notice.Kind.OVERDUE: _behind,
    Notice.Kind.SENT_BACK: _sent_back,
    Notice.Kind.ROUND_COMPLETE: _closed_for_editor,
    Notice.Kind.EDITOR_SUMMARY: _judged_by_others,
    Notice.Kind.REVIEWER_SUMMARY: _revealed,
    Notice.Kind.PUBLISHED: _public,
    Notice.Kind.QUESTION: _asked,
    Notice.Kind.REPLY: _replied,
    Notice.Kind.DUE_MOVED: _newest_move_of_open_work,
    Notice.Kind.ENDED: _over_and_was_asked,
    Notice.Kind.DISPUTED: _held_still,
    Notice.Kind.DESK_SUMMARY: _says_something,
    Notice.Kind.DIGEST: _holds_something,
    Notice.Kind.RETRACTED_SOURCE: _in_doubt,
    Notice.Kind.SECOND_LOOK: _looks_again,
    Notice.Kind.EXPORT_READY: _unfetched,
}
