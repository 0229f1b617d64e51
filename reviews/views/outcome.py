"""What came of a review, once the round is closed: how the panel ruled, and one's own marks beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reviews.core.citing.records import Record
from reviews.core.judging.vocabulary import COULD_NOT_ASSESS
from reviews.models import Level, Mark, Report, Review
from reviews.views.workspace import ReviewerRequest


@dataclass(frozen=True)
class Ruling:
    """One claim: what the report says of it, and the own mark."""

    claim: Mapping[str, Any]
    verdict: Level | None
    votes: list[tuple[Level, int]]
    sources: list[tuple[Record, Mapping[str, Any]]]
    mark: Mark | None

    @property
    def comparison(self) -> str:
        """How the own mark compares, in words."""
        if self.mark is None or self.mark.level is None:
            reason = dict(COULD_NOT_ASSESS).get(self.mark.could_not_assess, "") if self.mark else ""
            return f"You could not assess it: {reason[0].lower()}{reason[1:]}." if reason else "You did not mark it."
        if self.verdict is None:
            return "There is no verdict to compare it with."
        return "The same as the verdict." if self.mark.level == self.verdict else "Another than the verdict."


@never_cache
@require_safe
def outcome(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show the newest report to a reviewer who handed in; before the round is closed there is nothing here."""
    review = get_object_or_404(
        Review.objects.revealed_to(request.user).select_related("assignment__round__scale"), key=key
    )
    report = Report.objects.filter(round=review.round).order_by("-number").first()
    context: dict[str, Any] = {"review": review, "article": review.round.revision.article, "report": report}
    if report:
        body = report.body
        levels = {level.name: level for level in review.round.scale.levels.all()}
        context |= {
            "body": body,
            "finding": levels.get(body["article"]["finding"]["level"]),
            "rulings": _rulings(body, review=review, levels=levels),
        }
    return render(request, "reviews/outcome.html", context)


def _rulings(body: Mapping[str, Any], *, review: Review, levels: Mapping[str, Level]) -> list[Ruling]:
    marks = {mark.claim.number: mark for mark in review.marks.select_related("claim", "level")}
    return [
        Ruling(
            claim=claim,
            verdict=levels.get(claim["verdict"]["level"]),
            votes=[(level, claim["panel"]["counts"].get(name, 0)) for name, level in levels.items()],
            sources=[(Record.from_csl(source["record"]), source) for source in claim["evidence"]["sources"]],
            mark=marks.get(claim["number"]),
        )
        for claim in body["claims"]
    ]
