"""The rule of the rulings: its versions, drafting one, trying it on past rounds, adopting it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from reviews.admin.report import rounds_told
from reviews.admin.room import ReadingRoom, accepted, done, editor, number_in, page, paged, posted, room_view
from reviews.admin.site import desk
from reviews.core.judging.rule_words import spoken_rule
from reviews.core.judging.scales import ACCURACY, Scale
from reviews.forms.rule import RuleForm, initial_of
from reviews.jobs.instrument import SCALE_SLUG
from reviews.models import Job, Report, Round, RuleTrial, RuleVersion
from reviews.models import Scale as ScaleVersion
from reviews.services.rule import adopt_rule, draft_rule, try_rule

AT_WORK = (Job.State.OWED, Job.State.RUNNING)


@admin.register(RuleVersion, site=desk)
class RuleRoom(ReadingRoom):
    """Everybody at the desk reads the versions; chief editors draft, try and adopt them."""

    list_title = gettext_lazy("Rules")
    list_display = ("__str__", "state", "reason", "drafted_by", "drafted_at")
    empty_words = gettext_lazy("The command set_up installs the rule that Assay ships with.")
    actions = None
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).is_chief

    def get_queryset(self, request: HttpRequest) -> "QuerySet[RuleVersion]":
        return with_state(RuleVersion.objects.all())

    @admin.display(description=gettext_lazy("state"))
    def state(self, rule: Any) -> str:
        if rule.stands:
            return _("in force")
        return _("was in force") if rule.adopted else _("draft")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return draft(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return show(request, get_object_or_404(self.get_queryset(request), pk=number_in(object_id)))

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/try/", try_on_past, name="rule-try"),
            path("<int:pk>/adopt/", adopt, name="rule-adopt"),
            path("trials/<int:pk>/", trial, name="trial"),
            *super().get_urls(),
        ]


def with_state(rules: "QuerySet[RuleVersion]") -> "QuerySet[Any]":
    """Add ``stands``, how often a version is in force now (once or never), and ``adopted``, how often it ever was."""
    return rules.select_related("drafted_by").annotate(
        stands=Count("adoptions", filter=Q(adoptions__isnull=False, adoptions__next=None)), adopted=Count("adoptions")
    )


def chief(request: HttpRequest) -> None:
    """Turn away whoever is no chief editor."""
    if not editor(request).is_chief:
        raise PermissionDenied(_("Only a chief editor changes the rule."))


def scale_now() -> Scale:
    """Return the scale that the next round is marked on, for naming levels."""
    newest = ScaleVersion.objects.filter(slug=SCALE_SLUG).prefetch_related("levels").order_by("-version").first()
    return newest.value if newest else ACCURACY


def show(request: HttpRequest, rule: Any) -> HttpResponse:
    """One version in words, beside the one in force; its adoptions, its trials, and what can be done with it."""
    in_force = RuleVersion.objects.in_force().first()
    return page(
        request,
        "reviews/rule/rule.html",
        title=str(rule),
        rule=rule,
        in_force=in_force,
        parts=compared(rule, in_force),
        adoptions=rule.adoptions.select_related("adopted_by"),
        trials=rule.trials.select_related("against", "asked_by"),
        is_chief=editor(request).is_chief,
    )


def compared(rule: RuleVersion, other: RuleVersion | None) -> list[dict[str, Any]]:
    """Return the parts of a version in words, each with what another one says where that is something else."""
    scale = scale_now()
    known = {part.name: part.words for part in spoken_rule(other.value, scale=scale)} if other else {}
    parts = spoken_rule(rule.value, scale=scale)
    changed = {part.name: known[part.name] for part in parts if part.name in known and known[part.name] != part.words}
    return [{"title": part.title, "words": part.words, "other": changed.get(part.name, "")} for part in parts]


def draft(request: HttpRequest) -> HttpResponse:
    """Draft a version after another: after the one named in the address, or the one in force."""
    chief(request)
    in_force = RuleVersion.objects.in_force().first()
    after = RuleVersion.objects.filter(pk=number_in(request.GET.get("after", ""))).first() or in_force
    initial = initial_of(after.value) if after else {}
    form = RuleForm(posted(request), initial=initial, scale=scale_now())
    if request.method == "POST" and form.is_valid():
        name, reason, by, at = form.cleaned_data["name"], form.cleaned_data["reason"], editor(request), timezone.now()
        drafted: list[RuleVersion] = []
        if accepted(form, lambda: drafted.append(draft_rule(form.values, name=name, reason=reason, by=by, at=at))):
            messages.success(request, _("Drafted. Nothing has changed yet: try it on past rounds first."))
            return redirect("admin:reviews_ruleversion_change", drafted[0].pk)
    return page(request, "reviews/rule/draft.html", title=_("Draft a rule"), form=form, after=after)


@room_view
@require_POST
def try_on_past(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what a version would turn in past rounds."""
    chief(request)
    rule = get_object_or_404(RuleVersion, pk=pk)
    asked: list[RuleTrial] = []
    if done(request, lambda: asked.append(try_rule(rule, by=editor(request), at=timezone.now()))):
        return redirect("admin:trial", asked[0].pk)
    return redirect("admin:reviews_ruleversion_change", pk)


@room_view
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version would turn, round by round, in the rounds of which this editor may know everything."""
    trial = get_object_or_404(RuleTrial.objects.select_related("rule", "against", "asked_by"), pk=pk)
    known = trial.tried.filter(round__in=rounds_told(request)).select_related("round__revision__article")
    told = list(known.defer("round__revision__text").order_by("-round__closed_at", "-pk"))
    differing = [tried for tried in told if tried.differences]
    verdicts = [one for tried in differing for one in tried.differences if one["aspect"] == "verdict"]
    tried = trial.tried.count()
    return page(
        request,
        "reviews/rule/trial.html",
        title=str(trial),
        trial=trial,
        tried=tried,
        total=trial.rounds().count(),
        told=len(told),
        left_out=tried - len(told),
        differing=paged(request, differing),
        verdicts=len(verdicts),
        misfits=[one.round for one in told if not one.fits],
        at_work=trial.jobs.filter(state__in=AT_WORK).exists(),
        is_chief=editor(request).is_chief,
        in_force=RuleVersion.objects.in_force().first(),
    )


@room_view
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a version in force, after saying what becomes stale by it."""
    chief(request)
    rule = get_object_or_404(with_state(RuleVersion.objects.all()), pk=pk)
    if request.method == "POST":
        by, at, rounds = editor(request), timezone.now(), []
        if done(request, lambda: rounds.append(adopt_rule(rule, by=by, at=at))):
            messages.success(request, _adopted(rule, rounds=rounds[0]))
        return redirect("admin:reviews_ruleversion_change", pk)
    in_force = RuleVersion.objects.in_force().first()
    reports = Report.objects.filter(next=None)
    return page(
        request,
        "reviews/rule/adopt.html",
        title=_("Adopt %(rule)s") % {"rule": rule},
        rule=rule,
        in_force=in_force,
        parts=[part for part in compared(rule, in_force) if part["other"]],
        reports=reports.count(),
        public=Round.objects.filter(reports__publication__isnull=False, reports__publication__withdrawn_at=None)
        .distinct()
        .count(),
        trial=rule.trials.filter(against=in_force, finished_at__isnull=False).first(),
    )


def _adopted(rule: RuleVersion, *, rounds: int) -> str:
    again = ngettext("%(count)d round is compiled again.", "%(count)d rounds are compiled again.", rounds)
    return _("%(rule)s is in force.") % {"rule": rule} + " " + again % {"count": rounds}
