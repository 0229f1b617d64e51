"""The summary of the desk: what came in and went out, beside the weeks before, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils.timezone import localdate

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.models import Article, Assignment, MailChoice, Notice, Pace, Publication, Review, Round, User, Verdict

BEFORE = 4
"""How many spans before this one make up the trend."""


class NoEditor(ValueError):
    """This mail goes to an editor, and its row names none."""


@dataclass(frozen=True)
class Trend:
    """One measure: in this span, in the one before, and on average in the four before this one."""

    title: str
    now: float | None
    last: float | None
    usual: float | None


@dataclass(frozen=True)
class Waiting:
    """How much of one kind waits for somebody."""

    one: str
    many: str
    count: int

    @property
    def words(self) -> str:
        return f"{self.count} {self.one if self.count == 1 else self.many}"


@dataclass(frozen=True)
class Figures:
    """What an editor may know of the desk; nothing of rounds that are not on the own desk."""

    trends: list[Trend]
    waiting: list[Waiting]

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
        span="day" if span.days == 1 else "week",
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
        Trend(title, now=columns[0][title], last=columns[1][title], usual=_mean([each[title] for each in columns[1:]]))
        for title in columns[0]
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
        "Articles added": Article.objects.before(editor).filter(added_at__gte=begin, added_at__lt=end).count(),
        "Rounds opened": rounds.filter(opened_at__gte=begin, opened_at__lt=end).count(),
        "Reviews handed in": len(handed_in),
        "Days to a review": round(median(days), 1) if days else None,
        "Verdicts published": published.count(),
    }


def _waiting(editor: User, *, today: object) -> list[Waiting]:
    rounds = Round.objects.before(editor)
    out = Assignment.objects.open().filter(round__in=rounds)
    held = Verdict.objects.held().filter(report__next=None, report__round__in=rounds)
    undecided = held.exclude(claim__adjudications__decided_at__isnull=False)
    mails = Notice.objects.known_to(editor).filter(state=Notice.State.UNCERTAIN)
    kinds = [
        Waiting("review is late", "reviews are late", out.filter(due_on__lt=today).exclude(accepted_at=None).count()),
        Waiting("invitation has no answer", "invitations have no answer", out.filter(accepted_at=None).count()),
        Waiting("claim waits for a ruling", "claims wait for a ruling", undecided.count()),
        Waiting("mail may not have arrived", "mails may not have arrived", mails.count()),
    ]
    return [kind for kind in kinds if kind.count]


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 1) if known else None
