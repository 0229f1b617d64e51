"""What needs an editor now: each a count that opens its list."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from reviews.admin.stage import Stage, with_stage
from reviews.models import (
    Adjudication,
    Article,
    Job,
    Message,
    Notice,
    Publication,
    Recheck,
    Report,
    Review,
    Round,
    User,
    Verdict,
)


@dataclass(frozen=True)
class Need:
    """One kind of work that waits: in words for one and for many, how much, and where."""

    one: str
    many: str
    count: int
    url: str
    icon: str
    is_urgent: bool = False

    @property
    def words(self) -> str:
        return self.one if self.count == 1 else self.many


def needs_of(editor: User) -> list[Need]:
    """Return all that waits for this editor, what went wrong first; nothing of rounds that the editor reviews."""
    needs = [*_of_rounds(editor), *_of_articles(), *_of_mails(editor)]
    return sorted((need for need in needs if need.count), key=lambda need: not need.is_urgent)


def _of_rounds(editor: User) -> Iterator[Need]:
    kinds = [
        ("report could not be compiled", "reports could not be compiled", uncompiled, "reports-uncompiled", "error"),
        ("report is being checked again", "reports are being checked again", stale, "reports-stale", "refresh"),
        ("reviewer waits for an answer", "reviewers wait for an answer", unanswered, "questions", "question"),
        ("claim is held for an editor", "claims are held for an editor", undecided, "claims-held", "held"),
        ("report can be published", "reports can be published", publishable, "reports-publishable", "document"),
    ]
    for one, many, waiting, page, icon in kinds:
        yield Need(one, many, waiting(editor).count(), reverse(f"admin:{page}"), icon, is_urgent=icon == "error")


def _of_articles() -> Iterator[Need]:
    stages = with_stage(Article.objects.all()).order_by().values("stage").annotate(count=Count("pk", distinct=True))
    counts = {row["stage"]: row["count"] for row in stages}
    kinds = [
        ("article could not be read", "articles could not be read", Stage.FAILED, "error"),
        ("article has claims to choose", "articles have claims to choose", Stage.CURATING, "list"),
        ("article is being read", "articles are being read", Stage.READING, "clock"),
    ]
    for one, many, stage, icon in kinds:
        url = f"{reverse('admin:reviews_article_changelist')}?stage={stage}"
        yield Need(one, many, counts.get(stage, 0), url, icon, is_urgent=stage == Stage.FAILED)


def _of_mails(editor: User) -> Iterator[Need]:
    states = Notice.objects.known_to(editor).order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in states}
    kinds = [
        ("mail may or may not have arrived", "mails may or may not have arrived", "uncertain"),
        ("mail could not be sent", "mails could not be sent", "failed"),
    ]
    for one, many, state in kinds:
        url = f"{reverse('admin:reviews_notice_changelist')}?state__exact={state}"
        yield Need(one, many, counts.get(state, 0), url, "mail", is_urgent=True)


def open_rounds(editor: User) -> "QuerySet[Round]":
    """Return the open rounds, the one that is due first at the top, with how many were asked and handed in."""
    seen = Round.objects.judged_by_others_than(editor).open()
    return seen.select_related("revision__article").annotate_progress().order_by("due_on", "pk")


def undecided(editor: User) -> "QuerySet[Verdict]":
    """Return the verdicts of newest reports that are held and that nobody has decided yet."""
    decided = Adjudication.objects.decided().filter(claim=OuterRef("claim"))
    return (
        Verdict.objects.held()
        .filter(report__next=None, report__round__in=Round.objects.judged_by_others_than(editor))
        .exclude(Exists(decided))
        .select_related("claim", "report__round__revision__article")
        .order_by("report__compiled_at", "claim__number")
    )


def publishable(editor: User) -> "QuerySet[Report]":
    """Return the newest reports that nothing holds back and that readers have not seen."""
    held = Verdict.objects.held().filter(report=OuterRef("pk"))
    later = Publication.objects.filter(
        article=OuterRef("round__revision__article"), published_at__gt=OuterRef("compiled_at")
    )
    return (
        Report.objects.filter(
            next=None, publication=None, round__in=Round.objects.judged_by_others_than(editor).closed()
        )
        .exclude(Exists(held))
        .exclude(Exists(later))
        .exclude(round__reports__rechecks__in=Recheck.objects.open())
        .select_related("round__revision__article")
        .order_by("compiled_at")
    )


def stale(editor: User) -> "QuerySet[Report]":
    """Return the newest reports with something against them that was not looked into yet, and the published ones that
    a newer version contradicts.
    """
    against = Recheck.objects.filter(report__round=OuterRef("round"))
    newest = Report.objects.filter(round=OuterRef("round")).order_by("-number")
    is_public = Q(publication__in=Publication.objects.newest_of_each().order_by(), publication__withdrawn_at=None)
    overtaken = ~Q(fingerprint=F("newest")) & Exists(against.filter(report__number__gte=OuterRef("number")))
    return (
        Report.objects.filter(round__in=Round.objects.judged_by_others_than(editor))
        .annotate(newest=Subquery(newest.values("fingerprint")[:1]))
        .filter((Q(next=None) | is_public) & Exists(against.open()) | is_public & overtaken)
        .select_related("round__revision__article")
        .order_by("compiled_at", "pk")
    )


def uncompiled(editor: User) -> "QuerySet[Round]":
    """Return the rounds whose last compile was given up."""
    jobs = Job.objects.filter(round=OuterRef("pk"), kind=Job.Kind.COMPILE).order_by("-owed_at", "-pk")
    return (
        Round.objects.judged_by_others_than(editor)
        .annotate(last_compile=Subquery(jobs.values("state")[:1]))
        .filter(last_compile=Job.State.FAILED)
        .select_related("revision__article")
    )


def unanswered(editor: User) -> "QuerySet[Review]":
    """Return the reviews whose last message is the reviewer's own."""
    newest = Message.objects.filter(review=OuterRef("pk")).order_by("-sent_at", "-pk").values("author")[:1]
    return (
        Review.objects.filter(assignment__round__in=Round.objects.judged_by_others_than(editor))
        .annotate(last_author=Subquery(newest))
        .filter(last_author=F("assignment__reviewer"))
        .select_related("assignment__reviewer", "assignment__round__revision__article")
    )
