"""One claim: its mark, and the sources put to it."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.citing.records import Record
from reviews.forms.mark import AppraisalForm, MarkForm, initial_of_appraisal, initial_of_mark
from reviews.models import Appraisal, Level, Mark, Review, RoundCitation
from reviews.services.mark import record_appraisal, record_mark
from reviews.services.progress import ClaimWork, Progress, SheetWork, progress_of
from reviews.views.answer import saved_sheet, sheet_part
from reviews.views.workspace import (
    Part,
    ReviewerRequest,
    claim_work_of,
    held_review,
    is_fragment,
    render_pane,
    save_draft,
    was_sent,
)


@dataclass(frozen=True)
class Slot:
    """One source put to the claim, as the page shows it."""

    citation: RoundCitation
    record: Record
    part: Part
    appraisal: Appraisal | None

    @property
    def is_own(self) -> bool:
        return self.citation.added_in_id is not None

    @property
    def is_retracted(self) -> bool:
        """Said of the desk's sources alone: of an own one it would tell that somebody else had stored it."""
        return not self.is_own and self.citation.source.retraction == "retracted"

    @property
    def quote_remark(self) -> str:
        """``found``, ``not_found`` or ``unchecked``; empty where nothing is quoted."""
        if self.appraisal is None or not self.appraisal.quote:
            return ""
        return {True: "found", False: "not_found", None: "unchecked"}[self.appraisal.quote_found]


@dataclass(frozen=True)
class Sheet:
    """One instrument about the claim, as the page shows it."""

    work: SheetWork
    part: Part


@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: ReviewerRequest, key: UUID, number: int) -> HttpResponse:
    """Show a claim and save what is marked; by a script the answer is the pane alone."""
    review = held_review(request, key)
    progress = progress_of(review)
    work = claim_work_of(progress, number)
    levels = list(review.round.scale.levels.all())
    if request.method == "GET":
        slots = [_slot(citation, work=work) for citation in work.citations]
        sheets = [Sheet(sheet, sheet_part(sheet)) for sheet in work.sheets]
        mark = _mark_part(review, work.mark, levels)
        return _page(request, review, progress, number=number, mark=mark, slots=slots, sheets=sheets)
    mark = _saved_mark(request, review, work=work, levels=levels)
    parts = {citation: _saved_appraisal(request, review, work=work, citation=citation) for citation in work.citations}
    answered = [saved_sheet(request, review, work=sheet) for sheet in work.sheets]
    if not is_fragment(request) and all(part.is_safe for part in [mark, *parts.values(), *answered]):
        messages.success(request, f"Claim {number} is saved.")
        return redirect("reviews:claim", review.key, _next(progress, number) if "next" in request.POST else number)
    progress = progress_of(review)
    work = claim_work_of(progress, number)
    slots = [_slot(citation, work=work, part=part) for citation, part in parts.items()]
    sheets = [Sheet(sheet, part) for sheet, part in zip(work.sheets, answered, strict=True)]
    return _page(request, review, progress, number=number, mark=mark, slots=slots, sheets=sheets)


def _page(
    request: ReviewerRequest,
    review: Review,
    progress: Progress,
    *,
    number: int,
    mark: Part,
    slots: list[Slot],
    sheets: list[Sheet],
) -> HttpResponse:
    context: dict[str, Any] = {
        "work": claim_work_of(progress, number),
        "mark": mark,
        "slots": slots,
        "sheets": sheets,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < progress.total else None,
    }
    parts = [mark, *(slot.part for slot in slots), *(sheet.part for sheet in sheets)]
    return render_pane(
        request,
        review,
        pane="claim",
        title=f"Claim {number}",
        progress=progress,
        parts=parts,
        current=number,
        context=context,
    )


def _saved_mark(request: ReviewerRequest, review: Review, *, work: ClaimWork, levels: list[Level]) -> Part:
    form = MarkForm(request.POST, levels=levels, rationale=review.round.rationale)
    record = partial(record_mark, review, claim=work.claim, at=timezone.now())

    def shown(row: Mark | None) -> MarkForm:
        return MarkForm(initial=initial_of_mark(row), levels=levels, rationale=review.round.rationale)

    return save_draft(form, record=record, shown=shown) if was_sent(form) else Part(shown(work.mark))


def _saved_appraisal(request: ReviewerRequest, review: Review, *, work: ClaimWork, citation: RoundCitation) -> Part:
    form = AppraisalForm(request.POST, citation=citation)
    record = partial(record_appraisal, review, citation=citation, at=timezone.now())

    def shown(row: Appraisal | None) -> AppraisalForm:
        return AppraisalForm(initial=initial_of_appraisal(row), citation=citation)

    saved = work.appraisals.get(citation.pk)
    return save_draft(form, record=record, shown=shown) if was_sent(form) else Part(shown(saved))


def _mark_part(review: Review, mark: Mark | None, levels: list[Level]) -> Part:
    return Part(MarkForm(initial=initial_of_mark(mark), levels=levels, rationale=review.round.rationale))


def _slot(citation: RoundCitation, *, work: ClaimWork, part: Part | None = None) -> Slot:
    appraisal = work.appraisals.get(citation.pk)
    return Slot(
        citation=citation,
        record=Record.from_csl(citation.record),
        part=part or Part(AppraisalForm(initial=initial_of_appraisal(appraisal), citation=citation)),
        appraisal=appraisal,
    )


def _next(progress: Progress, number: int) -> int:
    return number + 1 if number < progress.total else number
