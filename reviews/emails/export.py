"""Mails about a file that somebody asked for."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.models import Notice


class NoExport(ValueError):
    """This mail is about an export, and its row names none."""


def export_ready(notice: Notice) -> Letter:
    """Tell an editor that a file is written and until when it can be fetched; of what is in it nothing."""
    if notice.export is None:
        raise NoExport(f"{notice.kind} {notice.pk}")
    return compose(
        notice,
        export=notice.export,
        article=notice.round.revision.article if notice.round else "",
        link=links.to_exports(),
    )
