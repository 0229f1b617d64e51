"""Mails about a source."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.round import round_of
from reviews.models import Notice


class NoSource(ValueError):
    """This mail is about a source, and its row names none."""


def retracted_source(notice: Notice) -> Letter:
    """Tell an editor that a source of a round was retracted or doubted."""
    if notice.source is None:
        raise NoSource(f"{notice.kind} {notice.pk}")
    round = round_of(notice)
    return compose(
        notice, source=notice.source, round=round, article=round.revision.article, link=links.to_round(round)
    )
