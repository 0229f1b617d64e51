"""What a panel found, as an editor may see it: of a held claim only that it is held, until the editor may know more."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext

from reviews.admin.need import publishable, stale, uncompiled, undecided
from reviews.admin.room import editor, page, paged, room_view, rounds_before
from reviews.core.citing.records import Record
from reviews.core.judging.agreement import ordinal_variation
from reviews.models import (
    Adjudication,
    Calibration,
    Job,
    Level,
    Publication,
    Recheck,
    Report,
    Round,
    RoundClaim,
    RuleVersion,
    Verdict,
)
from reviews.models.report import PublicationQuerySet
from reviews.models.round import RoundQuerySet
from reviews.pictures.agreement import told_agreement
from reviews.pictures.evidence import evidence_map
from reviews.views.publication import render_publication, titles_of


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("held/", held, name="claims-held"),
        path("publishable/", ready, name="reports-publishable"),
        path("stale/", overtaken, name="reports-stale"),
        path("uncompiled/", failed, name="reports-uncompiled"),
        path("reports/<int:pk>/", show, name="report"),
        path("reports/<int:pk>/preview/", preview, name="report-preview"),
    ]


def held_claims(round: Round) -> set[int]:
    """Return the numbers of the claims that wait for an editor's decision in the newest report of a round."""
    return Verdict.objects.held().filter(report__next=None).claims_of(round)


def rounds_compiled(request: HttpRequest) -> RoundQuerySet:
    """Return the closed rounds with a report that this editor may see."""
    return rounds_before(request).closed().filter(reports__number=1)


def rounds_told(request: HttpRequest) -> RoundQuerySet:
    """Return those of them of which the editor may know everything: what is said of all claims of the others together
    would tell of a held claim that the editor has neither marked nor renounced.
    """
    veiled = Verdict.objects.veiled_from(editor(request)).filter(report__round=OuterRef("pk"))
    return rounds_compiled(request).exclude(Exists(veiled))


@room_view
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a report, with its verdicts, its differences from the one before, and what can be done next."""
    report = report_before(request, pk)
    round = report.round
    veiled = Verdict.objects.veiled_from(editor(request)).claims_of(round)
    finding = report.finding_told(veiled=veiled)
    levels = {level.name: level for level in round.scale.levels.all()}
    rechecks = _standing_against(report)
    return page(
        request,
        "reviews/report/report.html",
        title=str(round.revision.article),
        round=round,
        report=report,
        body=report.body,
        is_calibration=Calibration.objects.filter(round=round).exists(),
        rule=RuleVersion.objects.filter(plain=report.body["rule"]).first(),
        claims=[told(claim, levels=levels, veiled=veiled) for claim in report.body["claims"]],
        map=evidence_map([claim for claim in report.body["claims"] if claim["number"] not in veiled]),
        agreement=[] if veiled else told_agreement(report.body["agreement"], levels=titles_of(report.body)),
        veiled=sorted(veiled),
        held=sorted(held_claims(round)),
        renounced=set(
            Adjudication.objects.of(editor(request))
            .filter(claim__round=round, renounced_at__isnull=False)
            .values_list("claim__number", flat=True)
        ),
        changes=report.changes_told(veiled=veiled),
        finding=finding,
        finding_level=levels.get((finding or {}).get("level") or ""),
        versions=list(round.reports.select_related("publication")),
        is_newest=not round.reports.filter(number__gt=report.number).exists(),
        rechecks=rechecks,
        recheck_words=_recheck_words(rechecks),
        compiling=round.jobs.filter(state__in=[Job.State.OWED, Job.State.RUNNING]).exists(),
        publication=round.revision.article.publications.newest_first().first(),
    )


@room_view
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page exactly as it will be; not while it would show a held claim to who must not know it yet."""
    report = report_before(request, pk)
    if Verdict.objects.veiled_from(editor(request)).claims_of(report.round):
        raise Http404
    return render_publication(request, report, publication=None, preview=True)


@room_view
def held(request: HttpRequest) -> HttpResponse:
    """All claims that wait for an editor's decision, the most divided first; nothing says how."""
    verdicts = most_divided_first(undecided(editor(request)))
    return page(request, "reviews/report/held.html", title=gettext("Held claims"), verdicts=paged(request, verdicts))


def most_divided_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return verdicts in the order in which an adjudicator shall take them up.

    That is by ordinal variation of the votes, the level off the axis taken as its far end; of equally divided claims
    the one of which more reviewers say that they are sure.
    """
    known = list(verdicts)
    bodies = {report.pk: report.body for report in {verdict.report_id: verdict.report for verdict in known}.values()}

    def urgency(verdict: Verdict) -> tuple[float, int]:
        body = bodies[verdict.report_id]
        ruling = next(one for one in body["claims"] if one["number"] == verdict.claim.number)
        counts = [ruling["panel"]["counts"][level["name"]] for level in body["scale"]]
        return ordinal_variation(counts) or 0.0, ruling["confidence"].get("high", 0)

    return sorted(known, key=urgency, reverse=True)


@room_view
def ready(request: HttpRequest) -> HttpResponse:
    """All reports that could go before readers."""
    return page(
        request,
        "reviews/report/ready.html",
        title=gettext("Reports to publish"),
        reports=paged(request, publishable(editor(request))),
    )


@room_view
def overtaken(request: HttpRequest) -> HttpResponse:
    """All reports that something has overtaken, and what has to be done about each."""
    reports = paged(request, stale(editor(request)))
    rechecks = Recheck.objects.standing_against(*reports)
    lines = [(report, rechecks[report.pk], _recheck_words(rechecks[report.pk])) for report in reports]
    return page(
        request, "reviews/report/stale.html", title=gettext("Reports being checked again"), lines=lines, reports=reports
    )


@room_view
def failed(request: HttpRequest) -> HttpResponse:
    """All rounds whose report could not be compiled."""
    rounds = paged(request, uncompiled(editor(request)))
    return page(
        request, "reviews/report/failed.html", title=gettext("Reports that could not be compiled"), rounds=rounds
    )


def report_before(request: HttpRequest, pk: int) -> Report:
    """Return a report of a round that this editor may see."""
    reports = Report.objects.filter(round__in=rounds_before(request))
    return get_object_or_404(reports.select_related("round__revision__article", "round__scale", "previous"), pk=pk)


def publications_before(request: HttpRequest) -> PublicationQuerySet:
    """Return the publications of whose rounds this editor may see the work: theirs to correct and to withdraw."""
    return Publication.objects.filter(report__round__in=rounds_before(request))


def _recheck_words(rechecks: list[Recheck]) -> str:
    """Return what becomes of a report against which these stand."""
    if any(recheck.settled_at is None for recheck in rechecks):
        return gettext("It is compiled again by itself; where nothing comes of it, this remark goes away.")
    return gettext("A newer version says something else: publish it as a correction, or withdraw this one.")


def _standing_against(report: Report) -> list[Recheck]:
    """Return what makes a version stale that is the newest, or that readers see."""
    is_current = not hasattr(report, "next") or hasattr(report, "publication")
    return Recheck.objects.standing_against(report)[report.pk] if is_current else []


def told(claim: dict[str, Any], *, levels: dict[str, Level], veiled: set[int]) -> dict[str, Any]:
    """Return a claim of a report's body with its levels and references; veiled, only what was known before."""
    if claim["number"] in veiled:
        known = ("number", "wording", "quote", "kind", "is_headline", "is_high_harm", "counts_for_article")
        return {**{name: claim[name] for name in known}, "veiled": True}
    sources = [{**source, "reference": Record.from_csl(source["record"])} for source in claim["evidence"]["sources"]]
    adjudication = claim["adjudication"]
    return {
        **claim,
        "sources": sources,
        "level": levels.get(claim["verdict"]["level"] or ""),
        "panel_level": levels.get(claim["panel"]["label"] or ""),
        "decision": levels.get(adjudication["level"] or "") if adjudication else None,
        "counts": [(levels[name], count) for name, count in claim["panel"]["counts"].items() if name in levels],
    }


def told_of(claim: RoundClaim, *, levels: dict[str, Level], veiled: set[int]) -> dict[str, Any]:
    """Return one claim as the newest report of its round tells it."""
    report = claim.round.reports.order_by("-number").first()
    if report is None:
        raise Http404
    rulings = [ruling for ruling in report.body["claims"] if ruling["number"] == claim.number]
    return told(rulings[0], levels=levels, veiled=veiled)
