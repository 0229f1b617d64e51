"""Mails about a verdict before readers."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.round import round_of
from reviews.models import Notice, Publication


def published(notice: Notice) -> Letter:
    """Tell whoever worked on it that a verdict is public, or corrected."""
    article = round_of(notice).revision.article
    publication = Publication.objects.get(report=notice.report_id)
    return compose(
        notice,
        article=article,
        publication=publication,
        finding=publication.report.body["article"]["finding"]["words"],
        link=links.to_verdict(article),
    )
