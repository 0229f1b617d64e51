"""Who is told what a panel found, and when again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from reviews.jobs.notice import owe_notice
from reviews.models import Notice, Report, Review, User

PATIENCE = timedelta(days=3)
"""How long held claims may wait before the editors are reminded of them."""


def owe_summaries(report: Report, *, at: datetime) -> None:
    """Owe each editor the report, and each reviewer who handed in how the panel ruled; call it in the transaction
    that writes the report.

    The first version goes to all of them. A later one goes to the editors, and to the reviewers only where a verdict
    is another. An editor who was asked to review this round is no editor of it. Where claims are held the editors are
    reminded of them after some days, if they still wait then.
    """
    _owe(Notice.Kind.EDITOR_SUMMARY, report, people=editors_told(report), at=at)
    if report.verdicts.held().exists():
        _owe(Notice.Kind.DISPUTED, report, people=editors_told(report), at=at, due_at=at + PATIENCE)
    if report.previous is None or verdicts_changed(report):
        _owe(Notice.Kind.REVIEWER_SUMMARY, report, people=reviewers_told(report), at=at)


def editors_told(report: Report) -> Iterable[User]:
    """The round's editors who may see what its panel found."""
    editors = report.round.editors.filter(is_active=True, is_staff=True)
    return editors.exclude(assignments__round=report.round)


def reviewers_told(report: Report) -> Iterable[User]:
    """Whoever handed a review in, and was not taken off the round."""
    submitted = Review.objects.submitted().filter(assignment__round=report.round, assignment__withdrawn_at=None)
    return User.objects.filter(is_active=True, assignments__review__in=submitted)


def verdicts_changed(report: Report) -> bool:
    """Whether any claim's verdict is another than in the version before."""
    before = report.previous.verdicts.values_list("claim", "final") if report.previous else ()
    return set(before) != set(report.verdicts.values_list("claim", "final"))


def _owe(
    kind: Notice.Kind, report: Report, *, people: Iterable[User], at: datetime, due_at: datetime | None = None
) -> None:
    for person in people:
        owe_notice(
            kind,
            key=f"{kind}:{report.pk}:{person.pk}",
            address=person.email,
            recipient=person,
            round=report.round,
            report=report,
            at=at,
            due_at=due_at,
        )
