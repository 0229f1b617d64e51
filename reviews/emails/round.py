"""Mails about a round as a whole."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.models import Notice, Review, Round, Verdict


class NoRound(ValueError):
    """This mail is about a round, and its row names none."""


def round_complete(notice: Notice) -> Letter:
    """Tell an editor that all reviews of a round are in: this much, and nothing of what they say."""
    round = round_of(notice)
    return compose(
        notice,
        round=round,
        article=round.revision.article,
        reviews=Review.objects.submitted().filter(assignment__round=round).count(),
        link=links.to_round(round),
    )


def disputed(notice: Notice) -> Letter:
    """Remind an editor that claims wait for a ruling: how many, and nothing of what the panel said."""
    round = round_of(notice)
    return compose(
        notice,
        round=round,
        article=round.revision.article,
        held=Verdict.objects.held().filter(report__round=round, report__next=None).count(),
        link=links.to_round(round),
    )


def round_of(notice: Notice) -> Round:
    """Return the round that a mail is about; raises NoRound."""
    if notice.round is None:
        raise NoRound(f"{notice.kind} {notice.pk}")
    return notice.round
