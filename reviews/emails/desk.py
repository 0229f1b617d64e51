"""The summary of the desk: what came in and went out, beside the weeks before, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrPromise

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.models import Article, Assignment, MailChoice, Notice, Pace, Publication, Review, Round, User, Verdict

BEFORE = 4
"""How many spans before this one make up the trend."""

MEASURES = {
    "added": _("Articles added"),
    "opened": _("Rounds opened"),
    "handed_in": _("Reviews handed in"),
    "days": _("Days to a review (median)"),
    "published": _("Verdicts published"),
}


class NoEditor(ValueError):
    """This mail goes to an editor, and its row names none."""


@dataclass(frozen=True)
class Trend:
    """One measure: in this span, in the one before, and on average in the four before this one."""

    title: StrPromise
    now: float | None
    last: float | None
    usual: float | None


@dataclass(frozen=True)
class Figures:
    """What an editor may know of the desk; nothing of rounds that are not on the own desk. ``waiting`` are sentences,
    one for each kind of work of which there is any.
    """

    trends: list[Trend]
    waiting: list[str]

    @property
    def is_empty(self) -> bool:
        return not any(trend.now for trend in self.trends) and not self.waiting


def desk_summary(notice: Notice) -> Letter:
    """Tell an editor how the desk's week, or day, went, and what waits."""
    if notice.recipient is None:
        raise NoEditor(f"{notice.kind} {notice.pk}")
    span = span_of(notice.recipient)
    figures = figures_for(notice.recipient, until=notice.owed_at, span=span)
    return compose(
        notice,
        link=links.to_desk(),
        is_daily=span.days == 1,
        begin=localdate(notice.owed_at - span),
        end=localdate(notice.owed_at),
        trends=figures.trends,
        waiting=figures.waiting,
    )


def span_of(editor: User) -> timedelta:
    """Return the span that an editor's summary covers: a week, unless they chose a day."""
    daily = MailChoice.objects.filter(person=editor, kind=Notice.Kind.DESK_SUMMARY, pace=Pace.DAILY)
    return timedelta(days=1 if daily.exists() else 7)


def figures_for(editor: User, *, until: datetime, span: timedelta) -> Figures:
    """Return the figures of a span that ends at a moment, and of the four before it."""
    begins = [until - span * (number + 1) for number in range(BEFORE + 1)]
    columns = [_measures(editor, begin=begin, end=begin + span) for begin in begins]
    trends = [
        Trend(title, now=columns[0][name], last=columns[1][name], usual=_mean([each[name] for each in columns[1:]]))
        for name, title in MEASURES.items()
    ]
    return Figures(trends=trends, waiting=_waiting(editor, today=localdate(until)))


def _measures(editor: User, *, begin: datetime, end: datetime) -> dict[str, float | None]:
    rounds = Round.objects.before(editor)
    handed_in = Review.objects.filter(
        assignment__round__in=rounds, submitted_at__gte=begin, submitted_at__lt=end
    ).values_list("assignment__accepted_at", "submitted_at")
    days = [(done - began).total_seconds() / 86_400 for began, done in handed_in if began and done]
    published = Publication.objects.filter(report__round__in=rounds, published_at__gte=begin, published_at__lt=end)
    return {
        "added": Article.objects.before(editor).filter(added_at__gte=begin, added_at__lt=end).count(),
        "opened": rounds.filter(opened_at__gte=begin, opened_at__lt=end).count(),
        "handed_in": len(handed_in),
        "days": round(median(days), 1) if days else None,
        "published": published.count(),
    }


def _waiting(editor: User, *, today: date) -> list[str]:
    rounds = Round.objects.before(editor)
    asked = Assignment.objects.filter(round__in=rounds)
    undecided = Verdict.objects.undecided().filter(report__next=None, report__round__in=rounds).count()
    mails = Notice.objects.known_to(editor).filter(state=Notice.State.UNCERTAIN).count()
    late, unanswered = asked.late(today).count(), asked.unanswered(today).count()
    kinds = [
        (late, ngettext("%(count)s review is late", "%(count)s reviews are late", late)),
        (
            unanswered,
            ngettext("%(count)s invitation has no answer", "%(count)s invitations have no answer", unanswered),
        ),
        (
            undecided,
            ngettext("%(count)s claim waits for a ruling", "%(count)s claims wait for a ruling", undecided),
        ),
        (mails, ngettext("%(count)s mail may not have arrived", "%(count)s mails may not have arrived", mails)),
    ]
    return [words % {"count": count} for count, words in kinds if count]


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 1) if known else None
