"""What is answered about the whole article: its instruments, and what it leaves out."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.judging.instruments import Answer
from reviews.forms.answer import OmissionsForm, SheetForm, initial_of_omissions, initial_of_sheet
from reviews.models import AnswerSheet, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.progress import SheetWork, given_answers, progress_of, sheets_of
from reviews.views.workspace import (
    Part,
    ReviewerRequest,
    held_review,
    is_fragment,
    render_pane,
    render_saved,
    save_draft,
    sheet_work_of,
)


@never_cache
@require_http_methods(["GET", "POST"])
def instrument(request: ReviewerRequest, key: UUID, slug: str) -> HttpResponse:
    """Show an instrument and save its answers."""
    review = held_review(request, key)
    work = sheet_work_of(sheets_of(review), slug)
    part = Part(_sheet_form(work, version=work.version, answers=work.answers))
    if request.method == "POST":
        part = _saved_sheet(request, review, work=work)
        if is_fragment(request):
            context: dict[str, Any] = {"work": sheet_work_of(sheets_of(review), slug)}
            return render_saved(request, review, pane="instrument", parts=[part], context=context)
        if part.is_safe:
            messages.success(request, f"{work.instrument.title} is saved.")
            return redirect("reviews:instrument", review.key, slug)
    progress = progress_of(review)
    context = {"work": sheet_work_of(progress.sheets, slug), "part": part}
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
    part = Part(_omissions_form(review))
    if request.method == "POST":
        form = _omissions_form(review, request.POST)
        part = save_draft(form, row=review, record=partial(record_omissions, review), shown=_omissions_form)
        if is_fragment(request):
            return render_saved(request, review, pane="omissions", parts=[part], context={})
        if part.is_safe:
            messages.success(request, "What the article leaves out is saved.")
            return redirect("reviews:omissions", review.key)
    return render_pane(
        request, review, pane="omissions", title="What is left out", parts=[part], context={"part": part}
    )


def _saved_sheet(request: ReviewerRequest, review: Review, *, work: SheetWork) -> Part:
    def shown(sheet: AnswerSheet | None) -> SheetForm:
        version, stored = (sheet.version, sheet.stored()) if sheet else (0, {})
        return _sheet_form(work, version=version, answers=given_answers(stored, instrument=work.instrument))

    form = _sheet_form(work, version=work.version, answers=work.answers, sent=request.POST)
    record = partial(record_answers, review, instrument=work.instrument)
    return save_draft(form, row=work.sheet, record=record, shown=shown)


def _sheet_form(
    work: SheetWork, *, version: int, answers: Mapping[str, Answer], sent: QueryDict | None = None
) -> SheetForm:
    return SheetForm(sent, initial=initial_of_sheet(version, answers), instrument=work.instrument.form)


def _omissions_form(review: Review, sent: QueryDict | None = None) -> OmissionsForm:
    return OmissionsForm(sent, initial=initial_of_omissions(review))
