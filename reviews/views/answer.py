"""What is answered: instruments about the article or a claim, and what the article leaves out."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.judging.instruments import Answer
from reviews.forms.answer import OmissionsForm, SheetForm, initial_of_omissions, initial_of_sheet
from reviews.models import AnswerSheet, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.progress import SheetWork, given_answers, progress_of
from reviews.views.workspace import (
    Part,
    ReviewerRequest,
    held_review,
    is_fragment,
    render_pane,
    save_draft,
    sheet_work_of,
    was_sent,
)


@never_cache
@require_http_methods(["GET", "POST"])
def instrument(request: ReviewerRequest, key: UUID, slug: str) -> HttpResponse:
    """Show an instrument and save its answers."""
    review = held_review(request, key)
    progress = progress_of(review)
    work = sheet_work_of(progress, slug)
    part = sheet_part(work)
    if request.method == "POST":
        part = saved_sheet(request, review, work=work)
        if part.is_safe and not is_fragment(request):
            messages.success(request, f"{work.instrument.title} is saved.")
            return redirect("reviews:instrument", review.key, slug)
        progress = progress_of(review)
    context: dict[str, Any] = {"work": sheet_work_of(progress, slug), "part": part}
    return render_pane(
        request,
        review,
        pane="instrument",
        title=work.instrument.title,
        progress=progress,
        parts=[part],
        context=context,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def omissions(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show what an article may leave out and save what this one does."""
    review = held_review(request, key)
    part = Part(OmissionsForm(initial=initial_of_omissions(review)))
    if request.method == "POST":
        form = OmissionsForm(request.POST)
        part = save_draft(form, record=partial(record_omissions, review), shown=_shown_omissions)
        if part.is_safe and not is_fragment(request):
            messages.success(request, "What the article leaves out is saved.")
            return redirect("reviews:omissions", review.key)
        review = held_review(request, key)
    return render_pane(
        request, review, pane="omissions", title="What is left out", parts=[part], context={"part": part}
    )


def sheet_part(work: SheetWork) -> Part:
    """Return an instrument's form as it is saved."""
    return Part(_sheet_form(work, version=work.sheet.version if work.sheet else 0, answers=work.answers))


def saved_sheet(request: ReviewerRequest, review: Review, *, work: SheetWork) -> Part:
    """Save an instrument's form, if the page that was sent had it."""
    form = SheetForm(request.POST, instrument=work.instrument.form, prefix=work.prefix, carried=work.carried)
    record = partial(record_answers, review, instrument=work.instrument, claim=work.claim)

    def shown(sheet: AnswerSheet) -> SheetForm:
        saved = sheet if sheet.pk else None
        answers = given_answers(saved, instrument=work.instrument)
        return _sheet_form(work, version=sheet.version, answers=answers)

    return save_draft(form, record=record, shown=shown) if was_sent(form) else sheet_part(work)


def _sheet_form(work: SheetWork, *, version: int, answers: Mapping[str, Answer]) -> SheetForm:
    form = work.instrument.form
    initial = initial_of_sheet(version, answers, instrument=form)
    return SheetForm(initial=initial, instrument=form, prefix=work.prefix, carried=work.carried)


def _shown_omissions(review: Review) -> OmissionsForm:
    return OmissionsForm(initial=initial_of_omissions(review))
