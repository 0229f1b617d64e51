"""Every mail, one function each."""

from collections.abc import Callable

from reviews.emails.desk import desk_summary
from reviews.emails.digest import digest
from reviews.emails.export import export_ready
from reviews.emails.invitation import accepted, due_moved, ended, invited
from reviews.emails.letter import Letter, reworded
from reviews.emails.message import question, reply
from reviews.emails.publication import published
from reviews.emails.reminder import due_soon, overdue
from reviews.emails.review import second_look, sent_back
from reviews.emails.round import disputed, round_complete
from reviews.emails.source import retracted_source
from reviews.emails.summary import editor_summary, reviewer_summary
from reviews.models import Notice

WRITERS: dict[Notice.Kind, Callable[[Notice], Letter]] = {
    Notice.Kind.INVITED: invited,
    Notice.Kind.ACCEPTED: accepted,
    Notice.Kind.DUE_SOON: due_soon,
    Notice.Kind.OVERDUE: overdue,
    Notice.Kind.SENT_BACK: sent_back,
    Notice.Kind.ROUND_COMPLETE: round_complete,
    Notice.Kind.EDITOR_SUMMARY: editor_summary,
    Notice.Kind.REVIEWER_SUMMARY: reviewer_summary,
    Notice.Kind.PUBLISHED: published,
    Notice.Kind.QUESTION: question,
    Notice.Kind.REPLY: reply,
    Notice.Kind.DUE_MOVED: due_moved,
    Notice.Kind.ENDED: ended,
    Notice.Kind.DISPUTED: disputed,
    Notice.Kind.DESK_SUMMARY: desk_summary,
    Notice.Kind.DIGEST: lambda notice: digest(notice, write=write),
    Notice.Kind.RETRACTED_SOURCE: retracted_source,
    Notice.Kind.SECOND_LOOK: second_look,
    Notice.Kind.EXPORT_READY: export_ready,
}


def write(notice: Notice) -> Letter:
    """Write the mail of a notice, from its rows as they are now, or in an editor's words where there are such."""
    letter = WRITERS[Notice.Kind(notice.kind)](notice)
    return reworded(letter, notice=notice) if notice.edited_at else letter
