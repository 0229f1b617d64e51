"""What needs an editor now: each a count that opens its list."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from reviews.admin.count import Sight, Text, counting, rows_of, told
from reviews.admin.stage import Column, Stage
from reviews.models import (
    Article,
    Assignment,
    Calibration,
    Feed,
    FeedEntry,
    Job,
    Notice,
    Publication,
    Reanchoring,
    Recheck,
    Report,
    Review,
    Round,
    User,
    Verdict,
)

PATIENCE_WITH_FEEDS = 2
"""How often in a row a feed may fail before somebody should look at it."""

T = TypeVar("T", bound=Model)

Kept = Collection[int] | None
"""The keys of the rounds that are kept from an editor, or None where they are not known."""


@dataclass(frozen=True)
class Need:
    """One kind of work that waits: in words that fit how much, how much, and where."""

    words: str
    count: int
    url: str
    icon: str
    is_urgent: bool = False

    @property
    def told(self) -> str:
        return told(self.count)


KINDS = (
    ("late", ngettext_lazy("review is late", "reviews are late"), "reviews-late", "clock"),
    (
        "short",
        ngettext_lazy("round asks too few people for its quorum", "rounds ask too few people for their quorum"),
        "reviews_round_changelist?state=short",
        "people",
    ),
    (
        "invited",
        ngettext_lazy("invitation has no answer", "invitations have no answer"),
        "invitations-unanswered",
        "mail",
    ),
    ("asking", ngettext_lazy("reviewer waits for an answer", "reviewers wait for an answer"), "questions", "question"),
    (
        "uncompiled",
        ngettext_lazy("report could not be compiled", "reports could not be compiled"),
        "reports-uncompiled",
        "error",
    ),
    (
        "stale",
        ngettext_lazy("report is being checked again", "reports are being checked again"),
        "reports-stale",
        "refresh",
    ),
    ("held", ngettext_lazy("claim is held for an editor", "claims are held for an editor"), "claims-held", "held"),
    (
        "publishable",
        ngettext_lazy("report can be published", "reports can be published"),
        "reports-publishable",
        "document",
    ),
    (
        "orphaned",
        ngettext_lazy(
            "article has claims that lost their place in a newer text",
            "articles have claims that lost their place in a newer text",
        ),
        "reviews_article_changelist?lost=yes",
        "question",
    ),
    (
        "listed",
        ngettext_lazy(
            "new entry of a watched feed waits for a choice", "new entries of watched feeds wait for a choice"
        ),
        "reviews_feed_changelist?state=new",
        "inbox",
    ),
    (
        "silent",
        ngettext_lazy("watched feed does not answer as it should", "watched feeds do not answer as they should"),
        "reviews_feed_changelist?state=failing",
        "warn",
    ),
    (
        "uncertain",
        ngettext_lazy("mail may or may not have arrived", "mails may or may not have arrived"),
        "reviews_notice_changelist?state__exact=uncertain",
        "mail",
    ),
    (
        "unsent",
        ngettext_lazy("mail could not be sent", "mails could not be sent"),
        "reviews_notice_changelist?state__exact=failed",
        "mail",
    ),
)
"""For each list its name, what it is in words for one and for many, the page that shows it, and an icon."""

OWN = "own"
NAMES = (*(name for name, *_ in KINDS), OWN)
URGENT = {"late", "uncompiled", "uncertain", "unsent"}


def needs_of(counts: dict[str, int], *, board: list[Column]) -> list[Need]:
    """Return all that waits for an editor, what went wrong first; nothing of rounds that the editor may not judge.

    ``counts`` are those of ``counts_of``, ``board`` has counted the articles; both are of one and the same editor.
    """
    needs = [*_of_articles(board)]
    for name, words, place, icon in (kind for kind in KINDS if counts[kind[0]]):
        page, _, query = place.partition("?")
        url = reverse(f"admin:{page}") + (f"?{query}" if query else "")
        needs.append(Need(words % counts[name], counts[name], url, icon, is_urgent=name in URGENT))
    return sorted(needs, key=lambda need: not need.is_urgent)


def lists_of(editor: User, *, today: date, kept: Kept = None) -> "dict[str, QuerySet[Any]]":
    """Return whatever waits for this editor beside articles, by the names of ``KINDS``; and the ``own`` reviews."""
    mails = Notice.objects.known_to(editor, kept=kept)
    feeds = Feed.objects.before(editor)
    return {
        "late": late(editor, today=today, kept=kept),
        "short": without_quorum(judged(Round.objects.all(), by=editor, through="pk", kept=kept)),
        "invited": unanswered_invitations(editor, today=today, kept=kept),
        "asking": unanswered(editor, kept=kept),
        "uncompiled": uncompiled(editor, kept=kept),
        "stale": stale(editor, kept=kept),
        "held": undecided(editor, kept=kept),
        "publishable": publishable(editor, kept=kept),
        "orphaned": with_orphans(Article.objects.before(editor)),
        "listed": FeedEntry.objects.waiting().filter(feed__in=feeds),
        "silent": feeds.watched().filter(failures__gte=PATIENCE_WITH_FEEDS),
        "uncertain": mails.filter(state=Notice.State.UNCERTAIN),
        "unsent": mails.filter(state=Notice.State.FAILED),
        OWN: Assignment.objects.held_by(editor).filter(round__closed_at=None),
    }


def counts_of(sight: Sight) -> dict[str, int]:
    """Return how long each of ``lists_of`` is, in one query; of the longest, that there are more than ``MOST``."""
    [counts] = rows_of(_counting(sight))
    return dict(zip(NAMES, counts, strict=True))


@lru_cache(maxsize=256)
def _counting(sight: Sight) -> Text:
    lists = lists_of(User.objects.get(pk=sight.person), today=sight.today, kept=sight.kept)
    return counting(lists[name] for name in NAMES)


def _of_articles(board: list[Column]) -> Iterator[Need]:
    columns = {column.stage: column for column in board}
    kinds = [
        (ngettext_lazy("article could not be read", "articles could not be read"), Stage.FAILED, "error"),
        (ngettext_lazy("article has claims to choose", "articles have claims to choose"), Stage.CURATING, "list"),
        (ngettext_lazy("article is being read", "articles are being read"), Stage.READING, "clock"),
    ]
    for words, stage, icon in kinds:
        if column := columns.get(stage):
            yield Need(words % column.count, column.count, column.url, icon, is_urgent=stage == Stage.FAILED)


def judged(rows: "QuerySet[T]", *, by: User, through: str = "round", kept: Kept = None) -> "QuerySet[T]":
    """Leave out of rows what belongs to a round that is not on this editor's desk; ``through`` leads to the round.

    Whoever sees every article is kept from few rounds, if any: to leave these out costs less than to look for the rest.
    ``kept`` are their keys, where they are known.
    """
    if by.sees_every_article and kept is not None:
        return rows.exclude(**{f"{through}__in": kept}) if kept else rows
    if by.sees_every_article:
        return rows.exclude(Exists(Round.objects.kept_from(by).filter(pk=OuterRef(through))))
    return rows.filter(**{f"{through}__in": Round.objects.before(by)})


def with_orphans(articles: "QuerySet[Article]") -> "QuerySet[Article]":
    """Return the articles of whose newest text a claim of the text before found no place, and nobody has decided it."""
    return articles.filter(pk__in=Reanchoring.objects.open().order_by().values("revision__article"))


def without_quorum(rounds: "QuerySet[Round]") -> "QuerySet[Round]":
    """Return the open rounds that ask too few people to ever have their quorum."""
    asked = Assignment.objects.live().filter(round=OuterRef("pk")).order_by().values("round")
    count = Subquery(asked.annotate(count=Count("pk")).values("count"))
    return rounds.filter(closed_at=None).annotate(standing=Coalesce(count, 0)).filter(standing__lt=F("quorum"))


def late(editor: User, *, today: date, kept: Kept = None) -> "QuerySet[Assignment]":
    """Return the work that is still out after its day, the longest overdue first."""
    return _told(judged(Assignment.objects.late(today), by=editor, kept=kept)).order_by("due_on", "pk")


def unanswered_invitations(editor: User, *, today: date, kept: Kept = None) -> "QuerySet[Assignment]":
    """Return the requests that nobody has answered for some days, the oldest first."""
    return _told(judged(Assignment.objects.unanswered(today), by=editor, kept=kept)).order_by("assigned_on", "pk")


def _told(assignments: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
    return assignments.select_related("reviewer", "round__revision__article").defer("round__revision__text")


def undecided(editor: User, *, kept: Kept = None) -> "QuerySet[Verdict]":
    """Return the verdicts of newest reports that are held and that nobody has decided yet."""
    return (
        judged(Verdict.objects.undecided().filter(report__next=None), by=editor, through="report__round", kept=kept)
        .select_related("claim", "report__round__revision__article")
        .defer("report__round__revision__text")
        .order_by("report__compiled_at", "claim__number")
    )


def publishable(editor: User, *, kept: Kept = None) -> "QuerySet[Report]":
    """Return the newest reports that nothing holds back and that readers have not seen.

    What speaks against one is looked up report by report: as joins of a dozen tables that would take longer to plan
    than to read.
    """
    held = Verdict.objects.held().filter(report=OuterRef("pk")).order_by().values("pk")[:1]
    doubted = Recheck.objects.open().filter(report__round=OuterRef("round")).order_by().values("pk")[:1]
    public = Publication.objects.filter(article=OuterRef("round__revision__article")).order_by("-published_at")
    last_published = Coalesce(Subquery(public.values("published_at")[:1]), F("compiled_at"))
    against = {
        "newer": Report.objects.filter(previous=OuterRef("pk")).order_by().values("pk")[:1],
        "published": Publication.objects.filter(report=OuterRef("pk")).order_by().values("pk")[:1],
        "calibrates": Calibration.objects.filter(round=OuterRef("round")).order_by().values("pk")[:1],
        "held": held,
        "doubted": doubted,
    }
    return (
        judged(Report.objects.all(), by=editor, kept=kept)
        .filter(round__closed_at__isnull=False, round__revision__article__stage=Stage.COMPILED)
        .filter(compiled_at__gte=last_published)
        .alias(**{name: Subquery(rows) for name, rows in against.items()})
        .filter(**dict.fromkeys(against))
        .select_related("round__revision__article")
        .defer("canonical", "round__revision__text")
        .order_by("compiled_at")
    )


def stale(editor: User, *, kept: Kept = None) -> "QuerySet[Report]":
    """Return the newest reports with something against them that was not looked into yet, and the published ones that
    a newer version contradicts.
    """
    against = Recheck.objects.filter(report__round=OuterRef("round"))
    newest = Report.objects.filter(round=OuterRef("round")).order_by("-number")
    is_public = Q(publication__in=Publication.objects.newest_of_each().order_by(), publication__withdrawn_at=None)
    overtaken = ~Q(fingerprint=F("newest")) & Exists(against.filter(report__number__gte=OuterRef("number")))
    return (
        judged(Report.objects.filter(round__in=Recheck.objects.values("report__round")), by=editor, kept=kept)
        .annotate(newest=Subquery(newest.values("fingerprint")[:1]))
        .filter((Q(next=None) | is_public) & Exists(against.open()) | is_public & overtaken)
        .select_related("round__revision__article")
        .defer("canonical", "round__revision__text")
        .order_by("compiled_at", "pk")
    )


def uncompiled(editor: User, *, kept: Kept = None) -> "QuerySet[Round]":
    """Return the rounds whose last compile was given up."""
    jobs = Job.objects.filter(round=OuterRef("pk"), kind=Job.Kind.COMPILE).order_by("-owed_at", "-pk")
    return (
        judged(Round.objects.all(), by=editor, through="pk", kept=kept)
        .filter(pk__in=Job.objects.filter(kind=Job.Kind.COMPILE, state=Job.State.FAILED).values("round"))
        .annotate(last_compile=Subquery(jobs.values("state")[:1]))
        .filter(last_compile=Job.State.FAILED)
        .select_related("revision__article")
        .defer("revision__text")
        .order_by("closed_at", "pk")
    )


def unanswered(editor: User, *, kept: Kept = None) -> "QuerySet[Review]":
    """Return the reviews whose reviewer wrote last, the longest waiting first."""
    return judged(Review.objects.asking(), by=editor, through="assignment__round", kept=kept).select_related(
        "assignment__reviewer", "assignment__round__revision__article"
    )
