"""One claim: its mark, and the sources put to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.citing.records import Record
from reviews.core.judging.certainty import start_of
from reviews.forms.mark import AppraisalForm, MarkForm, initial_of_appraisal, initial_of_mark
from reviews.models import Appraisal, Inquiry, Level, Mark, Review, RoundCitation
from reviews.services.mark import record_appraisal, record_mark
from reviews.services.progress import ClaimWork, Progress, SheetWork, claim_work, claims_done, levels_of, progress_of
from reviews.views.answer import saved_sheet, sheet_part
from reviews.views.text import read_revision, remarks_on
from reviews.views.workspace import (
    Part,
    ReviewerRequest,
    claim_work_of,
    held_review,
    is_fragment,
    render_pane,
    render_saved,
    save_draft,
    was_sent,
)

ASKED_ABOUT_FOR = timedelta(minutes=2)


@dataclass(frozen=True)
class Slot:
    """One source put to the claim, as the page shows it."""

    citation: RoundCitation
    part: Part | None = None
    appraisal: Appraisal | None = None

    @property
    def record(self) -> Record:
        return Record.from_csl(self.citation.record)

    @property
    def inquiry(self) -> Inquiry | None:
        """The look-up of an own source; ``None`` where it had no identifier to ask by."""
        return getattr(self.citation, "inquiry", None) if self.is_own else None

    @property
    def is_asked_about(self) -> bool:
        """Whether the page asks by itself what came of the look-up; after a while a person has to."""
        if self.inquiry is None or self.inquiry.state != "waiting":
            return False
        return timezone.now() - self.inquiry.asked_at < ASKED_ABOUT_FOR

    @property
    def is_own(self) -> bool:
        return self.citation.added_in_id is not None

    @property
    def is_retracted(self) -> bool:
        """Of an own source only what its own look-up said: the desk's word would tell that somebody had stored it."""
        if self.is_own:
            return self.inquiry is not None and self.inquiry.retraction == "retracted"
        return self.citation.source_is == "retracted"

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
    """Show a claim and save what is marked; a script is answered what changed, and nothing else."""
    review = held_review(request, key)
    if request.method == "POST":
        return _save(request, review, number=number)
    progress = progress_of(review)
    work = claim_work_of(progress, number)
    mark = Part(mark_form(review, work=work, levels=progress.levels)(work.mark), row=work.mark)
    slots = [_slot(citation, part=Part(appraisal_form(citation)(row), row=row)) for citation, row in _read(work)]
    sheets = [Sheet(sheet, sheet_part(sheet)) for sheet in work.sheets]
    return _page(request, review, progress, number=number, mark=mark, slots=slots, sheets=sheets)


def _save(request: ReviewerRequest, review: Review, *, number: int) -> HttpResponse:
    levels = levels_of(review)
    work = claim_work(review, number, levels=levels)
    if work is None:
        raise Http404
    mark = _saved_mark(request, review, work=work, levels=levels)
    slots = [
        _slot(citation, part=_saved_appraisal(request, review, citation=citation, row=row))
        for citation, row in _read(work)
    ]
    sheets = [Sheet(sheet, saved_sheet(request, review, work=sheet)) for sheet in work.sheets]
    parts = [mark, *(slot.part for slot in slots if slot.part), *(sheet.part for sheet in sheets)]
    if is_fragment(request):
        done = claims_done([review])[review.pk]
        context = {
            "mark": mark,
            "claim": work.claim,
            "done": done,
            "is_done": work.claim.pk in done.claims,
            "slots": slots,
        }
        return render_saved(request, review, pane="claim", parts=parts, context=context)
    if all(part.is_safe for part in parts):
        messages.success(request, _("Claim %(number)s is saved.") % {"number": number})
        leads_on = "next" in request.POST and review.round.claims.filter(number=number + 1).exists()
        return redirect("reviews:claim", review.key, number + 1 if leads_on else number)
    return _page(request, review, progress_of(review), number=number, mark=mark, slots=slots, sheets=sheets)


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
    revision = read_revision(review)
    work = claim_work_of(progress, number)
    context: dict[str, Any] = {
        "work": work,
        "remarks": remarks_on(work.claim, revision=revision),
        "mark": mark,
        "slots": slots,
        "sheets": sheets,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < progress.total else None,
    }
    parts = [mark, *(slot.part for slot in slots if slot.part), *(sheet.part for sheet in sheets)]
    return render_pane(
        request,
        review,
        pane="claim",
        title=_("Claim %(number)s") % {"number": number},
        progress=progress,
        parts=parts,
        current=number,
        revision=revision,
        context=context,
    )


def _saved_mark(request: ReviewerRequest, review: Review, *, work: ClaimWork, levels: Sequence[Level]) -> Part:
    shown = mark_form(review, work=work, levels=levels)
    form = shown(work.mark, request.POST)
    if not was_sent(form):
        return Part(shown(work.mark), row=work.mark)
    record = partial(record_mark, review, claim=work.claim, at=timezone.now())
    return save_draft(form, row=work.mark, record=record, shown=shown)


def _saved_appraisal(
    request: ReviewerRequest, review: Review, *, citation: RoundCitation, row: Appraisal | None
) -> Part:
    shown = appraisal_form(citation)
    form = shown(row, request.POST)
    if not was_sent(form):
        return Part(shown(row), row=row)
    record = partial(record_appraisal, review, citation=citation, at=timezone.now())
    return save_draft(form, row=row, record=record, shown=shown)


def mark_form(review: Review, *, work: ClaimWork, levels: Sequence[Level]) -> Callable[..., MarkForm]:
    """Return what makes a form of a mark, or of none, and of what was sent."""
    made = partial(
        MarkForm,
        levels=levels,
        rationale=review.round.rationale,
        asks_for_source=work.claim.asks_for_source,
        start=start_of(appraisal.design for appraisal in work.appraisals.values()),
    )

    def form(row: Mark | None, sent: Mapping[str, Any] | None = None) -> MarkForm:
        return made(sent, initial=initial_of_mark(row))

    return form


def appraisal_form(citation: RoundCitation) -> Callable[..., AppraisalForm]:
    """Return what makes a form of an appraisal, or of none, and of what was sent."""

    def form(row: Appraisal | None, sent: Mapping[str, Any] | None = None) -> AppraisalForm:
        return AppraisalForm(sent, initial=initial_of_appraisal(row), citation=citation)

    return form


def _read(work: ClaimWork) -> list[tuple[RoundCitation, Appraisal | None]]:
    return [(citation, work.appraisals.get(citation.pk)) for citation in work.citations]


def _slot(citation: RoundCitation, *, part: Part) -> Slot:
    return Slot(citation, part=part, appraisal=part.row)
