"""What readers see of a verdict, without logging in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reviews.core.citing.records import Record
from reviews.core.judging.claim_review import Appearance, Desk, claim_reviews
from reviews.core.judging.rule import Rule
from reviews.core.judging.rule_words import spoken_rule
from reviews.models import Article, Level, Publication, Recheck, Report
from reviews.models.vocabulary import DISAGREEMENTS
from reviews.pictures.agreement import told_agreement
from reviews.pictures.evidence import evidence_map


@login_not_required
@require_safe
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """The verdict on an article, or why it was withdrawn."""
    newest = _newest_of(slug)
    if newest.withdrawn_at:
        return render(request, "reviews/verdict_withdrawn.html", {"publication": newest})
    return render_publication(request, newest.report, publication=newest)


@login_not_required
@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """How the panel came to it, with the numbers that a general reader is spared."""
    newest = _newest_of(slug)
    if newest.withdrawn_at:
        raise Http404
    report = newest.report
    context = {
        "publication": newest,
        "round": report.round,
        "report": report,
        "body": report.body,
        "rule": spoken_rule(Rule.from_plain(report.body["rule"]), scale=report.round.scale.value),
        "agreement": told_agreement(report.body["agreement"], levels=titles_of(report.body)),
        "rechecks": Recheck.objects.standing_against(report)[report.pk],
    }
    return render(request, "reviews/verdict_method.html", context)


def render_publication(
    request: HttpRequest, report: Report, *, publication: Publication | None = None, preview: bool = False
) -> HttpResponse:
    """Render a report as readers see it; as a preview it is marked as one and speaks to no search engine."""
    article = report.round.revision.article
    body = report.body
    levels = {level.name: level for level in report.round.scale.levels.all()}
    published_at = publication.published_at if publication else timezone.now()
    context = {
        "article": article,
        "report": report,
        "body": body,
        "claims": [_as_shown(claim, levels=levels) for claim in body["claims"]],
        "map": evidence_map(body["claims"]),
        "finding": levels.get(body["article"]["finding"]["level"]),
        "distribution": [(levels[name], count) for name, count in _verdicts(body) if name in levels],
        "without_verdict": sum(count for name, count in _verdicts(body) if name not in levels),
        "publication": publication,
        "published_at": published_at,
        "history": article.publications.newest_first() if publication else (),
        "preview": preview,
        "rechecks": Recheck.objects.standing_against(report)[report.pk] if publication else (),
        "newer_text_at": report.round.revision.newer_at,
        "linked_data": None
        if preview
        else _linked_data(article, body, published_on=timezone.localdate(published_at).isoformat()),
    }
    return render(request, "reviews/verdict.html", context)


def titles_of(body: dict[str, Any]) -> dict[str, str]:
    """Return the titles of a report's levels by name."""
    return {level["name"]: level["title"] for level in body["scale"]}


def _newest_of(slug: str) -> Publication:
    versions = Publication.objects.filter(article__slug=slug).newest_first()
    newest = versions.select_related("article", "report__round__revision__article").first()
    if newest is None:
        raise Http404
    return newest


def _verdicts(body: dict[str, Any]) -> list[tuple[str, int]]:
    return [(name, count) for name, count in body["article"]["distribution"].items() if count]


def _as_shown(claim: dict[str, Any], *, levels: dict[str, Level]) -> dict[str, Any]:
    sources = [{**source, "reference": Record.from_csl(source["record"])} for source in claim["evidence"]["sources"]]
    votes = [(level, claim["panel"]["counts"].get(name, 0)) for name, level in levels.items()]
    adjudication = claim["adjudication"] or {}
    return {
        **claim,
        "sources": sources,
        "votes": votes,
        "level": levels.get(claim["verdict"]["level"]),
        "disagreement": dict(DISAGREEMENTS).get(adjudication.get("disagreement", ""), ""),
    }


def _linked_data(article: Article, body: dict[str, Any], *, published_on: str) -> dict[str, Any]:
    path = reverse("reviews:publication", args=[article.slug])
    return claim_reviews(
        body,
        desk=Desk(name=settings.DESK_NAME, url=f"{settings.BASE_URL}/"),
        appearance=Appearance(
            headline=article.title,
            url=article.url,
            publisher=article.publisher,
            author=article.author,
            published_on=article.published_on.isoformat() if article.published_on else "",
        ),
        url=f"{settings.BASE_URL}{path}",
        published_on=published_on,
    )
