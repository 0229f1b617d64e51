"""What one had saved before, and how to have it back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.citing.records import Record
from reviews.forms.answer import initial_of_sheet, omissions_as_shown
from reviews.forms.draft import DraftForm, Words
from reviews.forms.mark import initial_of_appraisal, initial_of_mark
from reviews.models import AnswerSheet, Instrument, Level, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.history import Version, removed_sources, versions_of_omissions, versions_of_row, versions_of_sheet
from reviews.services.mark import record_appraisal, record_mark
from reviews.services.progress import ClaimWork, Forms, SheetWork, claim_work, given_answers, levels_of, sheets_of
from reviews.views.answer import omissions_form, sheet_form
from reviews.views.mark import appraisal_form, mark_form
from reviews.views.workspace import ReviewerRequest, held_review, render_pane, save_draft, sheet_work_of

ON_A_PAGE = 20


@dataclass(frozen=True)
class Past:
    """One form of a page: how it is made, how it is saved, and what was saved of it."""

    title: str
    current: int
    row: Any
    form: Callable[..., DraftForm]
    record: Callable[..., Any]
    initial_of: Callable[[Version], Mapping[str, Any]]
    versions: Sequence[Version]
    is_left: bool = False
    """Whether it has no place any more, and is only shown: the desk moved the review to another version of the form,
    or the reviewer removed the source.
    """


class Entry(NamedTuple):
    """One version, as the page shows it; ``past`` is the place of its form among those of the page."""

    past: int
    title: str
    version: Version
    current: int
    words: list[Words]
    is_left: bool

    @property
    def is_current(self) -> bool:
        return not self.is_left and self.version.number == self.current


@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: ReviewerRequest, key: UUID, number: int) -> HttpResponse:
    """Every version of one's mark of a claim, and of what one said of its sources."""
    review = held_review(request, key)
    levels = levels_of(review)
    work = claim_work(review, number, levels=levels, forms=Forms.of(review, about=Instrument.About.CLAIM))
    if work is None:
        raise Http404
    pasts = list(_pasts_of_claim(review, work=work, levels=levels))
    return _history(request, review, pasts=pasts, of=_("claim %(number)s") % {"number": number}, current=number)


@never_cache
@require_http_methods(["GET", "POST"])
def instrument(request: ReviewerRequest, key: UUID, slug: str) -> HttpResponse:
    """Every version of one's answers to an instrument."""
    review = held_review(request, key)
    work = sheet_work_of(sheets_of(review), slug)
    pasts = [_past_of_sheet(review, work=work, sheet=work.sheet)] if work.sheet else []
    pasts += _pasts_left(review, work=work)
    return _history(request, review, pasts=pasts, of=work.instrument.title)


@never_cache
@require_http_methods(["GET", "POST"])
def omissions(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Every version of what one found left out."""
    review = held_review(request, key)
    past = Past(
        title=_("What is left out"),
        current=review.omissions_version,
        row=review,
        form=omissions_form,
        record=partial(record_omissions, review),
        initial_of=lambda version: omissions_as_shown(
            version.number, notes=dict(version.said), considered=version.considered
        ),
        versions=versions_of_omissions(review),
    )
    return _history(request, review, pasts=[past], of=_("what is left out"))


def _pasts_of_claim(review: Review, *, work: ClaimWork, levels: Sequence[Level]) -> Iterable[Past]:
    if mark := work.mark:
        yield Past(
            title=_("Your mark"),
            current=mark.version,
            row=mark,
            form=mark_form(review, work=work, levels=levels),
            record=partial(record_mark, review, claim=work.claim, at=timezone.now()),
            initial_of=lambda version: initial_of_mark(version.row),
            versions=versions_of_row(mark),
        )
    for citation in work.citations:
        if appraisal := work.appraisals.get(citation.pk):
            yield Past(
                title=Record.from_csl(citation.record).short(),
                current=appraisal.version,
                row=appraisal,
                form=appraisal_form(citation),
                record=partial(record_appraisal, review, citation=citation, at=timezone.now()),
                initial_of=lambda version: initial_of_appraisal(version.row),
                versions=versions_of_row(appraisal),
            )
    yield from _pasts_removed(review, work=work)
    for answered in work.sheets:
        if answered.sheet:
            yield _past_of_sheet(review, work=answered, sheet=answered.sheet)
        yield from _pasts_left(review, work=answered)


def _pasts_removed(review: Review, *, work: ClaimWork) -> Iterable[Past]:
    """Yield what was said of sources that the reviewer has removed from the claim since."""
    for removed in removed_sources(review, claim=work.claim):
        citation = removed.citation
        yield Past(
            title=_("%(source)s, removed") % {"source": Record.from_csl(citation.record).short()},
            current=0,
            row=None,
            form=appraisal_form(citation),
            record=partial(record_appraisal, review, citation=citation, at=timezone.now()),
            initial_of=lambda version: initial_of_appraisal(version.row),
            versions=removed.versions,
            is_left=True,
        )


def _pasts_left(review: Review, *, work: SheetWork) -> Iterable[Past]:
    """Yield what was answered on versions of a form from which the desk has moved the review; it costs a query then."""
    if work.moved_at is None:
        return
    sheets = review.sheets.filter(instrument__slug=work.instrument.slug, claim=work.claim)
    for sheet in sheets.exclude(instrument=work.instrument).select_related("instrument"):
        before = SheetWork(
            instrument=sheet.instrument, claim=work.claim, sheet=sheet, answers={}, carried={}, gaps=work.gaps
        )
        title = _("%(title)s, version %(version)s of the form") % {
            "title": sheet.instrument.title,
            "version": sheet.instrument.version,
        }
        yield replace(_past_of_sheet(review, work=before, sheet=sheet), title=title, is_left=True)


def _past_of_sheet(review: Review, *, work: SheetWork, sheet: AnswerSheet) -> Past:
    return Past(
        title=work.instrument.title,
        current=sheet.version,
        row=sheet,
        form=sheet_form(work),
        record=partial(record_answers, review, instrument=work.instrument, claim=work.claim),
        initial_of=lambda version: initial_of_sheet(
            version.number,
            given_answers(dict(version.said), instrument=work.instrument),
            instrument=work.instrument.form,
        ),
        versions=versions_of_sheet(sheet),
    )


def _history(
    request: ReviewerRequest,
    review: Review,
    *,
    pasts: Sequence[Past],
    of: str,
    current: int | None = None,
) -> HttpResponse:
    """Show the versions of all forms of a page, newest first, or put one back."""
    back = request.path.removesuffix("history/")
    if request.method == "POST":
        return _restored(request, pasts) or redirect(back)
    every = [(place, past, version) for place, past in enumerate(pasts) for version in past.versions]
    every.sort(key=lambda one: one[2].at, reverse=True)
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": [_entry(*one) for one in page], "of": of, "back": back}
    title = _("Earlier versions: %(page)s") % {"page": of}
    return render_pane(request, review, pane="history", title=title, current=current, context=context)


def _entry(place: int, past: Past, version: Version) -> Entry:
    words = [words for words in _shown(past, version).in_words() if words.words]
    return Entry(place, past.title, version, past.current, words, past.is_left)


def _shown(past: Past, version: Version) -> DraftForm:
    """Return the form as it was saved in that version."""
    form = past.form(past.row)
    form.initial = dict(past.initial_of(version))
    return form


def _restored(request: ReviewerRequest, pasts: Sequence[Past]) -> HttpResponse | None:
    """Save an earlier version as a new one; lead back to the list where it cannot be, and say why."""
    past, version = _chosen(request, pasts)
    form = _shown(past, version)
    sent = {form.add_prefix(name): value for name, value in form.initial.items() if value not in (None, False)}
    sent[form.add_prefix("version")] = request.POST.get("current", "")
    part = save_draft(past.form(past.row, sent), row=past.row, record=past.record, shown=past.form)
    if part.is_safe:
        time = date_format(localtime(version.at), "DATETIME_FORMAT")
        messages.success(request, _("Put back as it was saved on %(time)s.") % {"time": time})
        return None
    messages.error(request, part.refusal)
    return redirect(request.path)


def _chosen(request: ReviewerRequest, pasts: Sequence[Past]) -> tuple[Past, Version]:
    place, number = request.POST.get("past", ""), request.POST.get("version", "")
    for at, past in enumerate(pasts):
        for version in past.versions:
            if not past.is_left and (str(at), str(version.number)) == (place, number):
                return past, version
    raise Http404
