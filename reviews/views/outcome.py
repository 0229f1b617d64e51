"""What came of a review, once the round is closed: how the panel ruled, and one's own marks beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reviews.core.citing.records import Record
from reviews.errors import Refusal
from reviews.forms.statement import StatementForm
from reviews.models import (
    KnownAnswer,
    Level,
    Mark,
    MinorityStatement,
    Report,
    Review,
    RoundClaim,
    SecondLook,
    SecondMark,
    standing_marks,
)
from reviews.models.vocabulary import COULD_NOT_ASSESS
from reviews.services.statement import may_state_minority, state_minority
from reviews.views.workspace import ReviewerRequest


@dataclass(frozen=True)
class Ruling:
    """One claim: what the report says of it, and the own mark."""

    claim: Mapping[str, Any]
    verdict: Level | None
    votes: list[tuple[Level, int]]
    sources: list[tuple[Record, Mapping[str, Any]]]
    mark: Mark | SecondMark | None
    statement: MinorityStatement | None
    known: KnownAnswer | None

    @property
    def may_dissent(self) -> bool:
        """Whether a minority statement could be attached: the own mark is a level other than the verdict."""
        return self.mark is not None and self.mark.level is not None and self.mark.level != self.verdict

    @property
    def comparison(self) -> str:
        """How the own mark compares, in words."""
        if self.mark is None or self.mark.level is None:
            reason = str(dict(COULD_NOT_ASSESS).get(self.mark.could_not_assess, "")) if self.mark else ""
            return _could_not_assess(reason) if reason else _("You did not mark it.")
        if self.verdict is None:
            return _("There is no verdict to compare it with.")
        return _("The same as the verdict.") if self.mark.level == self.verdict else _("Different from the verdict.")


@never_cache
@require_http_methods(["GET", "POST"])
def statement(request: ReviewerRequest, key: UUID, number: int) -> HttpResponse:
    """Attach a minority statement to a claim, change it, or take it back."""
    review = get_object_or_404(Review.objects.revealed_to(request.user).counted(), key=key)
    claim = get_object_or_404(RoundClaim.objects.filter(round=review.assignment.round_id), number=number)
    said = MinorityStatement.objects.filter(review=review, claim=claim).first()
    form = StatementForm(
        request.POST if request.method == "POST" else None, initial={"text": said.text if said else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            state_minority(review, claim=claim, text=form.cleaned_data["text"], at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. The next version of the report has it."), extra_tags=request.path)
            return redirect(f"{reverse('reviews:outcome', args=[review.key])}#claim-{number}")
    context = {
        "review": review,
        "claim": claim,
        "form": form,
        "said": said,
        "may_state": said is not None or may_state_minority(review, claim=claim),
    }
    return render(request, "reviews/statement.html", context)


@never_cache
@require_safe
def outcome(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show the newest report to a reviewer who handed in; before the round is closed there is nothing here."""
    review = get_object_or_404(
        Review.objects.revealed_to(request.user).select_related("assignment__round__scale"), key=key
    )
    report = Report.objects.filter(round=review.round).order_by("-number").first()
    context: dict[str, Any] = {"review": review, "article": review.round.revision.article, "report": report}
    context["is_set_aside"] = review.assignment.set_aside_at is not None
    context["looks"] = not context["is_set_aside"] and SecondLook.objects.asked_of(review).exists()
    if report:
        body = report.body
        levels = {level.name: level for level in review.round.scale.levels.all()}
        context |= {
            "body": body,
            "finding": levels.get(body["article"]["finding"]["level"]),
            "rulings": _rulings(body, review=review, levels=levels),
        }
    return render(request, "reviews/outcome.html", context)


def _could_not_assess(reason: str) -> str:
    return _("You could not assess it: %(reason)s.") % {"reason": f"{reason[0].lower()}{reason[1:]}"}


def _rulings(body: Mapping[str, Any], *, review: Review, levels: Mapping[str, Level]) -> list[Ruling]:
    marks = standing_marks(review)
    statements = {said.claim.number: said for said in review.statements.select_related("claim")}
    answers = KnownAnswer.objects.filter(claim__round=review.assignment.round_id).select_related("claim", "level")
    known = {answer.claim.number: answer for answer in answers}
    return [
        Ruling(
            claim=claim,
            verdict=levels.get(claim["verdict"]["level"]),
            votes=[(level, claim["panel"]["counts"].get(name, 0)) for name, level in levels.items()],
            sources=[(Record.from_csl(source["record"]), source) for source in claim["evidence"]["sources"]],
            mark=marks.get(claim["number"]),
            statement=statements.get(claim["number"]),
            known=known.get(claim["number"]),
        )
        for claim in body["claims"]
    ]
