"""Rounds: opened, watched, extended, closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews.admin import (
    adjudication,
    agreement,
    asked_form,
    assignment,
    calibration,
    disagreement,
    export,
    late,
    message,
    panel,
    proposal,
    publication,
    reminder,
    report,
    sheet,
)
from reviews.admin.claim import article_of
from reviews.admin.finding import ARTICLES, LISTED, say_where_it_ends
from reviews.admin.message import threads_of
from reviews.admin.need import without_quorum
from reviews.admin.room import (
    Room,
    accepted,
    articles_before,
    done,
    editor,
    number_in,
    page,
    posted,
    revision_before,
    room_view,
    round_before,
    rounds_before,
)
from reviews.admin.site import desk
from reviews.errors import NoClaimsAccepted, RoundIsOpen, TextIsSuperseded
from reviews.forms.round import DayForm, RoundForm
from reviews.models import Assignment, Calibration, Instrument, Job, KnownAnswer, Mark, Revision, Round
from reviews.models.article import ArticleQuerySet
from reviews.pictures.progress import Share, draw_progress
from reviews.services.calibration import may_set_answers
from reviews.services.report import ask_for_report
from reviews.services.round import end_round, extend_round, open_round

ROOMS = (
    adjudication,
    agreement,
    asked_form,
    assignment,
    calibration,
    disagreement,
    export,
    late,
    message,
    panel,
    proposal,
    publication,
    reminder,
    report,
    sheet,
)
"""What is done to a round, and to what belongs to one, each with doors of its own behind the rounds' address."""

USUAL_DAYS = 14
USUAL_INSTRUMENTS = ("healthnewsreview", "discern")


class OpenFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("open", gettext("open")),
            ("late", gettext("past its day")),
            ("short", gettext("without a quorum")),
            ("closed", gettext("closed")),
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() == "short":
            return without_quorum(queryset)
        if self.value() == "late":
            return queryset.filter(closed_at=None, due_on__lt=timezone.localdate())
        return queryset.filter(closed_at__isnull=self.value() == "open") if self.value() else queryset


class EditedFilter(admin.SimpleListFilter):
    title = _("edited by")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("me"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        mine = Round.editors.through.objects.filter(user=editor(request), round=OuterRef("pk"))
        return queryset.filter(Exists(mine)) if self.value() == "yes" else queryset


@admin.register(Round, site=desk)
class RoundRoom(Room):
    list_display = ("article", "state", "due_on", "progress", "opened_at")
    list_filter = (OpenFilter, EditedFilter)
    search_fields = ("revision__article__title",)
    most_found = LISTED
    ordering = ("-opened_at", "-pk")
    empty_words = _("Choose the claims of an article, then open a round on it.")
    change_list_template = "admin/reviews/round/list.html"
    actions = ("propose_panels",)
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a round is opened where its claims stand

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Round]":
        return rounds_before(request).annotate_progress().select_related("revision__article").defer("revision__text")

    @admin.action(description=_("Propose panels for these rounds"), permissions=["change"])
    def propose_panels(self, request: HttpRequest, rounds: "QuerySet[Round]") -> HttpResponse:
        chosen = QueryDict(mutable=True)
        chosen.setlist("rounds", [str(round.pk) for round in rounds])
        return redirect(f"{reverse('admin:rounds-panels')}?{chosen.urlencode()}")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Round]", search_term: str
    ) -> "tuple[QuerySet[Round], bool]":
        if not search_term.strip():
            return queryset, False
        articles = ARTICLES.newest(_reviewed_in(queryset, request), words=search_term, most=LISTED)
        say_where_it_ends(request, articles)
        return queryset.filter(revision__article__in=articles.keys), False

    @admin.display(description=_("article"), ordering="revision__article__title")
    def article(self, round: Round) -> str:
        return str(round.revision.article)

    @admin.display(description=_("state"), ordering="closed_at")
    def state(self, round: Round) -> str:
        if round.is_open:
            return gettext("open")
        return gettext("closed: %(how)s") % {"how": round.get_closing_display()}

    @admin.display(description=_("handed in"))
    def progress(self, round: Any) -> str:
        return gettext("%(done)s of %(asked)s") % {"done": round.handed_in, "asked": round.asked}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return show(request, round_before(request, number_in(object_id)))

    def trail_of(self, row: Round) -> list[models.Model]:
        known = KnownAnswer.objects.filter(claim__round=row)
        return [row, *row.assignments.all(), *Calibration.objects.filter(round=row), *known]

    def get_urls(self) -> list[URLPattern]:
        return [
            *(door for room in ROOMS for door in room.addresses()),
            path("open/<int:revision_pk>/", begin, name="round-open"),
            path("<int:pk>/extend/", extend, name="round-extend"),
            path("<int:pk>/end/", end, name="round-end"),
            path("<int:pk>/compile/", compile_again, name="round-compile"),
            *super().get_urls(),
        ]


def _reviewed_in(rounds: "QuerySet[Round]", request: HttpRequest) -> ArticleQuerySet:
    """Return the articles of some rounds: of few by their keys, else each by one look for a round of it, which lets the
    database stop when it has enough. As a join it might first bring all rounds together.
    """
    articles = articles_before(request)
    keys = list(rounds.order_by().values_list("revision__article", flat=True)[: LISTED + 1])
    if len(keys) <= LISTED:
        return articles.filter(pk__in=keys)
    one = rounds.order_by().filter(revision__article=OuterRef("pk")).values("pk")[:1]
    return articles.alias(reviewed=Subquery(one)).exclude(reviewed=None)


@room_view
def begin(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Ask how the panel shall work, show what will be frozen, and open the round."""
    revision = revision_before(request, revision_pk)
    form = RoundForm(posted(request), today=timezone.localdate(), initial=_usual(request))
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "confirmed" in request.POST and _opened(request, revision, form=form):
        return redirect("admin:round-assign", revision.rounds.open().get().pk)
    confirming = is_valid and not form.errors and "back" not in request.POST
    claims = revision.claims.listed().prefetch_related("citations__source")
    return page(
        request,
        "reviews/round/confirm.html" if confirming else "reviews/round/open.html",
        title=gettext("Open a round"),
        revision=revision,
        form=form,
        claims=claims,
        uncited=[claim for claim in claims if not claim.citations.all()],
        suggested=revision.claims.suggested().count(),
        refusal=refusal_to_open(revision),
        back=article_of(revision),
    )


def show(request: HttpRequest, round: Round) -> HttpResponse:
    """One round: who was asked, who is done with what, what reviewers ask; closed, the way to its report."""
    rows = progress_of(round)
    return page(
        request,
        "reviews/round/round.html",
        title=str(round.revision.article),
        round=round,
        today=timezone.localdate(),
        rows=rows,
        claims=round.claims.all(),
        out=sum(row.is_out for row in rows),
        handed_in=sum(row.counts for row in rows),
        bar=draw_progress(shares_of(rows), quorum=round.quorum),
        threads=threads_of(round),
        report=round.reports.order_by("-number").first(),
        compiling=round.jobs.filter(state__in=[Job.State.OWED, Job.State.RUNNING]).exists(),
        failed=round.jobs.filter(state=Job.State.FAILED).last(),
        offers=asked_form.offers_of(round),
        back=article_of(round.revision),
        calibration=Calibration.objects.filter(round=round).first(),
        may_set_answers=may_set_answers(round),
    )


@room_view
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the day on which a round is due."""
    round, today = round_before(request, pk), timezone.localdate()
    form = DayForm(posted(request), today=today, initial={"due_on": round.due_on})
    if request.method == "POST" and form.is_valid():
        due_on: date = form.cleaned_data["due_on"]
        if accepted(form, lambda: extend_round(round, due_on=due_on, today=today, at=timezone.now())):
            messages.success(request, gettext("Due on %(day)s now.") % {"day": date_format(due_on)})
            return redirect("admin:reviews_round_change", pk)
    return page(request, "reviews/round/extend.html", title=gettext("Another due date"), round=round, form=form)


@room_view
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round, after saying who is released by it."""
    round = round_before(request, pk)
    if request.method == "POST":
        done(
            request, lambda: end_round(round, at=timezone.now()), said=gettext("Closed. The report is being compiled.")
        )
        return redirect("admin:reviews_round_change", pk)
    released = round.assignments.open().select_related("reviewer")
    handed_in = round.assignments.filter(review__submitted_at__isnull=False, set_aside_at=None).count()
    return page(
        request,
        "reviews/round/end.html",
        title=gettext("Close this round"),
        round=round,
        released=released,
        handed_in=handed_in,
    )


@room_view
@require_POST
def compile_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Owe the report of a closed round once more, where its compile was given up."""
    round = round_before(request, pk)
    done(request, lambda: ask_for_report(round, at=timezone.now()), said=gettext("The report is being compiled again."))
    return redirect("admin:reviews_round_change", pk)


def refusal_to_open(revision: Revision) -> str:
    """Return why no round can be opened on a text, or an empty string."""
    if revision.is_superseded:
        return str(TextIsSuperseded.sentence())
    if Round.objects.open().filter(revision__article=revision.article_id).exists():
        return str(RoundIsOpen.sentence())
    if not revision.claims.accepted().exists():
        return str(NoClaimsAccepted.sentence())
    return ""


@dataclass(frozen=True)
class Row:
    """One reviewer's line in the table of a round: done or not, never what was marked."""

    assignment: Assignment
    state: str
    colour: str
    cells: tuple[bool, ...]

    @property
    def is_out(self) -> bool:
        return self.assignment.is_live and not submitted(self.assignment)

    @property
    def counts(self) -> bool:
        return submitted(self.assignment) and self.assignment.set_aside_at is None

    @property
    def done(self) -> int:
        return sum(self.cells)


def progress_of(round: Round) -> list[Row]:
    """Return a row per reviewer of a round."""
    marks = Mark.objects.filter(review__assignment__round=round).exclude(level=None, could_not_assess="")
    done = set(marks.values_list("review__assignment", "claim"))
    numbers = list(round.claims.values_list("pk", flat=True))
    rows = []
    for request in round.assignments.select_related("reviewer", "review"):
        state, colour = state_of(request)
        cells = tuple((request.pk, number) in done for number in numbers)
        rows.append(Row(assignment=request, state=state, colour=colour, cells=cells))
    return rows


def shares_of(rows: list[Row]) -> list[Share]:
    """Return how many of a round's reviewers are how far; whoever declined or left is in none."""
    at_work = sum(row.is_out and row.assignment.accepted_at is not None for row in rows)
    return [
        Share(sum(row.counts for row in rows), "green", gettext("handed in")),
        Share(at_work, "blue", gettext("at work")),
        Share(sum(row.is_out for row in rows) - at_work, "amber", gettext("invited")),
    ]


def submitted(assignment: Assignment) -> bool:
    """Whether the review of an assignment, fetched with it, was handed in."""
    review = getattr(assignment, "review", None)
    return review is not None and review.submitted_at is not None


def state_of(assignment: Assignment) -> tuple[str, str]:
    """Return how it stands with an assignment, in words and in a colour: the first of these that is true."""
    is_in = submitted(assignment)
    states = [
        (assignment.set_aside_at, (gettext("marks set aside"), "grey")),
        (assignment.withdrawn_at and is_in, (gettext("withdrawn, marks count"), "grey")),
        (assignment.withdrawn_at, (gettext("withdrawn"), "grey")),
        (assignment.declined_at, (gettext("declined"), "grey")),
        (is_in, (gettext("handed in"), "green")),
        (assignment.released_at, (gettext("released"), "grey")),
        (assignment.accepted_at, (gettext("at work"), "blue")),
    ]
    return next((said for is_true, said in states if is_true), (gettext("invited"), "amber"))


def _usual(request: HttpRequest) -> dict[str, Any]:
    return {
        "due_on": timezone.localdate() + timedelta(days=USUAL_DAYS),
        "quorum": 2,
        "rationale": Round.Rationale.BELOW,
        "instruments": [one.pk for one in Instrument.objects.current() if one.slug in USUAL_INSTRUMENTS],
        "editors": [editor(request).pk],
    }


def _opened(request: HttpRequest, revision: Revision, *, form: RoundForm) -> bool:
    by, today, at = editor(request), timezone.localdate(), timezone.now()
    opened = accepted(form, lambda: open_round(revision, **form.cleaned_data, by=by, today=today, at=at))
    if opened:
        messages.success(request, gettext("The round is open. Now choose who shall review."))
    return opened
