"""What is answered: instruments about the article or a claim, and what the article leaves out."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.errors import FormHasMoved
from reviews.forms.answer import OmissionsForm, SheetForm, initial_of_omissions, initial_of_sheet
from reviews.gateways.request import is_fragment
from reviews.models import AnswerSheet, Instrument, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.progress import SheetWork, given_answers, sheets_of
from reviews.views.workspace import (
    Part,
    ReviewerRequest,
    held_review,
    render_pane,
    render_saved,
    save_draft,
    sheet_work_of,
    was_sent,
)


@never_cache
@require_http_methods(["GET", "POST"])
def instrument(request: ReviewerRequest, key: UUID, slug: str) -> HttpResponse:
    """Show an instrument and save its answers."""
    review = held_review(request, key)
    work = sheet_work_of(sheets_of(review), slug)
    part = sheet_part(work)
    if request.method == "POST":
        part = saved_sheet(request, review, work=work)
        if is_fragment(request):
            work = sheet_work_of(sheets_of(review), slug)
            context: dict[str, Any] = {"work": work, "now_saved": sheet_part(work)}
            return render_saved(request, review, pane="instrument", parts=[part], context=context)
        if part.is_safe:
            messages.success(request, _("%(form)s is saved.") % {"form": work.instrument.title})
            return redirect("reviews:instrument", review.key, slug)
    context = {"work": work, "part": part}
    return render_pane(request, review, pane="instrument", title=work.instrument.title, parts=[part], context=context)


@never_cache
@require_http_methods(["GET", "POST"])
def omissions(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show what an article may leave out and save what this one does."""
    review = held_review(request, key)
    part = Part(omissions_form(review))
    if request.method == "POST":
        form = omissions_form(review, request.POST)
        part = save_draft(form, row=review, record=partial(record_omissions, review), shown=omissions_form)
        if is_fragment(request):
            return render_saved(request, review, pane="omissions", parts=[part], context={})
        if part.is_safe:
            messages.success(request, _("What the article leaves out is saved."))
            return redirect("reviews:omissions", review.key)
    return render_pane(
        request, review, pane="omissions", title=_("What is left out"), parts=[part], context={"part": part}
    )


def sheet_part(work: SheetWork) -> Part:
    """Return an instrument's form as it is saved."""
    return Part(sheet_form(work)(work.sheet), row=work.sheet)


def saved_sheet(request: ReviewerRequest, review: Review, *, work: SheetWork) -> Part:
    """Save an instrument's form, if the page that was sent had it."""
    if not was_sent(request, prefix=work.prefix):
        return sheet_part(work)
    if earlier := _earlier_form(request, work=work):
        return Part(earlier, state="refused", refusal=str(FormHasMoved()), row=work.sheet)
    shown = sheet_form(work)
    form = shown(work.sheet, request.POST)
    record = partial(record_answers, review, instrument=work.instrument, claim=work.claim)
    return save_draft(form, row=work.sheet, record=record, shown=shown)


def _earlier_form(request: ReviewerRequest, *, work: SheetWork) -> SheetForm | None:
    """Return what was sent as the form that it was typed into, where the desk has moved the review since."""
    edition = request.POST.get(f"{work.prefix}-edition", "")
    if not edition.isdecimal() or edition == str(work.instrument.version):
        return None
    before = Instrument.objects.filter(slug=work.instrument.slug, version=int(edition[:9])).first()
    return SheetForm(request.POST, instrument=before.form, prefix=work.prefix) if before else None


def sheet_form(work: SheetWork) -> Callable[..., SheetForm]:
    """Return what makes a form of a sheet, or of none, and of what was sent."""
    form = work.instrument.form

    def made(sheet: AnswerSheet | None, sent: Mapping[str, Any] | None = None) -> SheetForm:
        version, answers = work.version, work.answers
        if sheet is not work.sheet:
            version, stored = (sheet.version, sheet.stored()) if sheet else (0, {})
            answers = given_answers(stored, instrument=work.instrument)
        initial = initial_of_sheet(version, answers, instrument=form)
        return SheetForm(sent, initial=initial, instrument=form, prefix=work.prefix, carried=work.carried)

    return made


def omissions_form(review: Review, sent: Mapping[str, Any] | None = None) -> OmissionsForm:
    """Make a form of what a review says is left out, and of what was sent."""
    return OmissionsForm(sent, initial=initial_of_omissions(review))
