"""One claim: its mark, and the sources put to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.citing.records import Record
from reviews.core.judging.certainty import start_of
from reviews.forms.mark import AppraisalForm, MarkForm, initial_of_appraisal, initial_of_mark
from reviews.gateways.request import is_fragment
from reviews.models import Appraisal, Inquiry, Instrument, Level, Mark, Review, RoundCitation
from reviews.services.mark import write_appraisal, write_mark
from reviews.services.outline import Outline, claims_done, outline_of
from reviews.services.progress import ClaimWork, Forms, SheetWork, claim_work, levels_of
from reviews.views.answer import saved_sheet, sheet_part
from reviews.views.text import remarks_on
from reviews.views.workspace import (
    Part,
    ReviewerRequest,
    held_review,
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

    @cached_property
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
        """``found``, ``close``, ``not_found`` or ``unchecked``; empty where nothing is quoted."""
        if self.appraisal is None or not self.appraisal.quote:
            return ""
        if self.appraisal.quote_match == "close":
            return "close"
        return {True: "found", False: "not_found", None: "unchecked"}[self.appraisal.quote_found]


@dataclass(frozen=True)
class Sheet:
    """One instrument about the claim, as the page shows it."""

    work: SheetWork
    part: Part


@dataclass(frozen=True)
class Desk:
    """A claim with the forms of its page, shown or saved."""

    review: Review
    work: ClaimWork
    mark: Part
    slots: Sequence[Slot]
    sheets: Sequence[Sheet]

    @property
    def parts(self) -> list[Part]:
        slots = [slot.part for slot in self.slots if slot.part]
        return [self.mark, *slots, *(sheet.part for sheet in self.sheets)]


@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: ReviewerRequest, key: UUID, number: int) -> HttpResponse:
    """Show a claim and save what is marked; a script is answered what changed, and nothing else."""
    if request.method == "POST":
        return _answer_saved(request, _saved(request, key, number))
    review = held_review(request, key)
    outline, levels = outline_of(review), levels_of(review)
    work = _work(review, number, levels=levels, has_forms=outline.asks_about_claims)
    desk = Desk(
        review,
        work,
        mark=Part(mark_form(review, work=work, levels=levels)(work.mark), row=work.mark),
        slots=[_slot(citation, part=Part(appraisal_form(citation)(row), row=row)) for citation, row in _read(work)],
        sheets=[Sheet(sheet, sheet_part(sheet)) for sheet in work.sheets],
    )
    return _page(request, desk, outline=outline)


@transaction.atomic
def _saved(request: ReviewerRequest, key: UUID, number: int) -> Desk:
    """Save what was sent. All of it is read after the review is locked, so that nothing has to be read again."""
    review = held_review(request, key, for_writing=True)
    levels = levels_of(review)
    work = _work(review, number, levels=levels, has_forms=True)
    return Desk(
        review,
        work,
        mark=_saved_mark(request, review, work=work, levels=levels),
        slots=[
            _slot(citation, part=_saved_appraisal(request, review, citation=citation, row=row))
            for citation, row in _read(work)
        ],
        sheets=[Sheet(sheet, saved_sheet(request, review, work=sheet)) for sheet in work.sheets],
    )


def _answer_saved(request: ReviewerRequest, desk: Desk) -> HttpResponse:
    review, claim = desk.review, desk.work.claim
    if is_fragment(request):
        done = claims_done([review])[review.pk]
        context = {
            "mark": desk.mark,
            "claim": claim,
            "done": done,
            "is_done": claim.pk in done.claims,
            "slots": desk.slots,
        }
        return render_saved(request, review, pane="claim", parts=desk.parts, context=context)
    if all(part.is_safe for part in desk.parts):
        messages.success(request, _("Claim %(number)s is saved.") % {"number": claim.number})
        leads_on = "next" in request.POST and review.round.claims.filter(number=claim.number + 1).exists()
        return redirect("reviews:claim", review.key, claim.number + 1 if leads_on else claim.number)
    return _page(request, desk, outline=outline_of(review))


def _work(review: Review, number: int, *, levels: Sequence[Level], has_forms: bool) -> ClaimWork:
    """Read a claim; one that is not in the review is not there."""
    forms = Forms.of(review, about=Instrument.About.CLAIM) if has_forms else Forms(())
    work = claim_work(review, number, levels=levels, forms=forms)
    if work is None:
        raise Http404
    return work


def _page(request: ReviewerRequest, desk: Desk, *, outline: Outline) -> HttpResponse:
    number = desk.work.claim.number
    context: dict[str, Any] = {
        "work": desk.work,
        "is_done": number in outline.numbers_done,
        "remarks": remarks_on(desk.work.claim, outline=outline),
        "mark": desk.mark,
        "slots": desk.slots,
        "sheets": desk.sheets,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < outline.total else None,
    }
    return render_pane(
        request,
        desk.review,
        pane="claim",
        title=_("Claim %(number)s") % {"number": number},
        parts=desk.parts,
        current=number,
        outline=outline,
        context=context,
    )


def _saved_mark(request: ReviewerRequest, review: Review, *, work: ClaimWork, levels: Sequence[Level]) -> Part:
    shown = mark_form(review, work=work, levels=levels)
    if not was_sent(request, prefix=MarkForm.prefix):
        return Part(shown(work.mark), row=work.mark)
    record = partial(write_mark, work.mark or Mark(review=review, claim=work.claim), at=timezone.now())
    return save_draft(shown(work.mark, request.POST), row=work.mark, record=record, shown=shown)


def _saved_appraisal(
    request: ReviewerRequest, review: Review, *, citation: RoundCitation, row: Appraisal | None
) -> Part:
    shown = appraisal_form(citation)
    if not was_sent(request, prefix=AppraisalForm.prefix_of(citation)):
        return Part(shown(row), row=row)
    appraisal = row or Appraisal(review=review, citation=citation)
    record = partial(write_appraisal, appraisal, citation=citation, at=timezone.now())
    return save_draft(shown(row, request.POST), row=row, record=record, shown=shown)


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
