"""References in and out of the desk: lists imported and exported, sources merged and parted."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from reviews.admin.finding import sources_found
from reviews.admin.room import accepted, done, editor, number_in, page, posted, room_view
from reviews.admin.sight import sources_before
from reviews.core.citing.duplicates import look_alikes
from reviews.core.citing.entries import FORMAT_TITLES
from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.records import Record
from reviews.core.citing.writing import OUTPUTS, Output, lost_in, write_references
from reviews.forms.bibliography import MOST_TOGETHER, BibliographyForm, ExportForm, ImportForm
from reviews.gateways.request import is_fragment, takes_up_to
from reviews.jobs.bibliography import weigh
from reviews.jobs.merging import merge_sources
from reviews.models import Bibliography, BibliographyEntry, Source, SourceMerge
from reviews.models.source import RECORD_FIELDS
from reviews.models.wording import listed, said
from reviews.services.bibliography import (
    ask_for_import,
    bring_in_lists,
    cancel_list,
    put_away,
    read_again,
    receive_bibliography,
    take_up_again,
)
from reviews.services.source import part_sources

MOST_EXPORTED = 200
MOST_LISTED = 20
MOST_LISTS = 100
READ_AT_ONCE = 100_000
"""Bytes of what is pasted: a tenth of a second at most."""


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the sources' own to take in."""
    return [
        path("import/", bring_in, name="sources-import"),
        path("import/<int:pk>/", look_through, name="bibliography"),
        path("import/<int:pk>/cancel/", cancel, name="bibliography-cancel"),
        path("import/<int:pk>/again/", again, name="bibliography-again"),
        path("import/<int:pk>/put-away/", leave, name="bibliography-put-away"),
        path("import/<int:pk>/take-up/", take_up, name="bibliography-take-up"),
        path("export/", take_out, name="sources-export"),
        path("alike/", alike, name="sources-alike"),
        path("<int:pk>/merge/", merge, name="source-merge"),
        path("part/<int:pk>/", part, name="merge-part"),
    ]


@room_view
@takes_up_to(MOST_TOGETHER)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Paste or upload references; nothing is imported before it was looked through."""
    lists = _mine(request)[:MOST_LISTS]
    if is_fragment(request):
        return _told(request, "_lists.html", in_hand=any(one.is_in_hand for one in lists), lists=lists)
    form = BibliographyForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and (brought := _brought(request, form)):
        if names := form.cleaned_data.get("too_long"):
            messages.warning(request, gettext("Longer than 4 MB, and left out: %(files)s") % {"files": listed(names)})
        if len(brought) == 1:
            return redirect("admin:bibliography", brought[0].pk)
        return redirect("admin:sources-import")
    return page(
        request,
        "reviews/bibliography/bring_in.html",
        title=gettext("Import references"),
        form=form,
        lists=lists,
        is_in_hand=any(one.is_in_hand for one in lists),
    )


def _brought(request: HttpRequest, form: BibliographyForm) -> list[Bibliography]:
    """Take in what was sent: what is short and pasted is read at once, anything else by the worker."""
    sent, by, at = form.cleaned_data["sent"], editor(request), timezone.now()
    (name, received), *others = sent
    if name or others or len(received) > READ_AT_ONCE:
        return bring_in_lists(sent, by=by, at=at)
    try:
        return [receive_bibliography(received, file_name="", by=by, at=at)]
    except UnreadableReferences as refusal:
        form.add_error("text", said(refusal.phrase))
        return []


def _told(request: HttpRequest, fragment: str, *, in_hand: bool, **context: Any) -> HttpResponse:
    """How far the worker is: what a page asks for every two seconds, until it is loaded anew."""
    answer = page(request, f"reviews/bibliography/{fragment}", title="", is_in_hand=in_hand, **context)
    if not in_hand:
        answer["HX-Refresh"] = "true"
    return answer


def _mine(request: HttpRequest) -> "QuerySet[Bibliography]":
    """Return the lists that this editor brought in: what another imports may tell what one must not see."""
    return Bibliography.objects.filter(added_by=editor(request)).defer("received")


@room_view
def look_through(request: HttpRequest, pk: int) -> HttpResponse:
    """Look through a list, each reference with what it meets, and import it."""
    bibliography = get_object_or_404(_mine(request), pk=pk)
    if is_fragment(request):
        far = _how_far(bibliography)
        return _told(request, "_progress.html", in_hand=bibliography.is_in_hand, bibliography=bibliography, **far)
    rows = list(bibliography.entries.select_related("source"))
    to_do = [row for row in rows if not row.outcome] if bibliography.state == Bibliography.State.WAITING else []
    weighed = weigh(to_do, seen=sources_before(request))
    form = ImportForm(posted(request), weighed=weighed)
    if request.method == "POST" and form.is_valid():
        ask = lambda: ask_for_import(bibliography, choices=form.choices, at=timezone.now())  # noqa: E731
        if accepted(form, ask):
            return redirect("admin:bibliography", bibliography.pk)
    return page(
        request,
        "reviews/bibliography/bibliography.html",
        title=str(bibliography),
        bibliography=bibliography,
        format=dict(FORMAT_TITLES).get(bibliography.format, bibliography.format),  # type: ignore[call-overload]
        rows=rows,
        done=[row for row in rows if row.outcome],
        is_in_hand=bibliography.is_in_hand,
        is_put_away=bool(bibliography.settled_at) and not any(row.source_id for row in rows),
        weighed=[
            (one, form[name] if (name := f"entry-{one.entry.number}") in form.fields else None) for one in weighed
        ],
        broken=sum(not row.csl for row in rows),
        form=form,
        **_how_far(bibliography),
    )


def _how_far(bibliography: Bibliography) -> dict[str, int]:
    """Return how many references a list has, of how many it is known what became of them, and how many are sources."""
    return bibliography.entries.aggregate(
        count=Count("pk"), settled=Count("pk", filter=~Q(outcome="")), imported=Count("source")
    )


@room_view
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End the reading or the import of a list."""
    bibliography = get_object_or_404(_mine(request), pk=pk)
    said = (
        gettext("Cancelled. What was imported by then stays; the rest waits.")
        if bibliography.asked_at
        else gettext("Cancelled.")
    )
    done(request, lambda: cancel_list(bibliography, at=timezone.now()), said=said)
    return redirect("admin:bibliography", pk)


@room_view
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a list read once more."""
    bibliography = get_object_or_404(_mine(request), pk=pk)
    done(request, lambda: read_again(bibliography, at=timezone.now()))
    return redirect("admin:bibliography", pk)


@room_view
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Import nothing of a list."""
    bibliography = get_object_or_404(_mine(request), pk=pk)
    said = gettext("Put away: nothing more is imported.")
    done(request, lambda: put_away(bibliography, at=timezone.now()), said=said)
    return redirect("admin:bibliography", pk)


@room_view
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a list wait again that was put away."""
    bibliography = get_object_or_404(_mine(request), pk=pk)
    done(request, lambda: take_up_again(bibliography), said=gettext("The list waits for you again."))
    return redirect("admin:bibliography", pk)


@room_view
def take_out(request: HttpRequest) -> HttpResponse:
    """Choose sources and a format; see what the format cannot say; download."""
    words = request.GET.get("q", "").strip()
    found = sources_found(request, words) if words else sources_before(request)
    form = ExportForm(request.GET if "form" in request.GET else None, sources=found.order_by("title"))
    offered = list(found.order_by("title")[:MOST_EXPORTED])
    form.fields["sources"].choices = [(source.pk, source.record.formatted()) for source in offered]  # type: ignore[attr-defined]
    if form.is_valid() and "download" in request.GET:
        return _file(form.cleaned_data["sources"], form=form.cleaned_data["form"])
    lost = _lost(form.cleaned_data["sources"], form=form.cleaned_data["form"]) if form.is_valid() else []
    return page(
        request,
        "reviews/bibliography/take_out.html",
        title=gettext("Export sources"),
        form=form,
        found=offered,
        search=words,
        lost=lost,
        written=form.is_valid()
        and write_references(_records(form.cleaned_data["sources"]), form=form.cleaned_data["form"]),
    )


def _records(sources: "QuerySet[Source]") -> list[Record]:
    return [source.record for source in sources.order_by("title")]


def _lost(sources: "QuerySet[Source]", *, form: Output) -> list[tuple[Source, tuple[str, ...]]]:
    told = [(source, lost_in(source.record, form=form)) for source in sources.order_by("title")[:MOST_EXPORTED]]
    return [(source, names) for source, names in told if names]


def _file(sources: "QuerySet[Source]", *, form: Output) -> HttpResponse:
    _, ending, media_type = OUTPUTS[form]
    written = write_references(_records(sources), form=form)
    answer = HttpResponse(written, content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sources.{ending}"'
    return answer


@room_view
def alike(request: HttpRequest) -> HttpResponse:
    """List the sources that look alike: the same title, or the same trial."""
    sources = list(sources_before(request).only(*RECORD_FIELDS).order_by("pk"))
    groups = look_alikes([(source, source.record) for source in sources])
    return page(request, "reviews/bibliography/alike.html", title=gettext("Sources that look alike"), groups=groups)


@room_view
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge two sources: choose the other, see both side by side, and say which stays."""
    kept = get_object_or_404(sources_before(request), pk=pk)
    other = sources_before(request).filter(pk=number_in(request.GET.get("other", ""))).exclude(pk=kept.pk).first()
    if request.method == "POST" and other:
        action = lambda: merge_sources(kept, absorbed=other, by=editor(request), at=timezone.now())  # noqa: E731
        if done(request, action, said=gettext("Merged. You can part them again on this page.")):
            return redirect("admin:reviews_source_change", kept.pk)
    words = request.GET.get("q", "").strip()
    found = sources_found(request, words).exclude(pk=kept.pk)[:MOST_LISTED] if words else ()
    return page(
        request,
        "reviews/bibliography/merge.html",
        title=gettext("Merge: %(source)s") % {"source": kept},
        kept=kept,
        other=other,
        rows=_side_by_side(kept, other) if other else [],
        differing=_differing(kept, other) if other else [],
        search=words,
        found=found,
    )


def _side_by_side(kept: Source, other: Source) -> list[tuple[str, object, object, object]]:
    """Return what each says, and what the one kept will say, by field; where both say nothing, nothing."""
    names = (*RECORD_FIELDS, "design", "retraction", "text")
    titles = {field.name: str(field.verbose_name) for field in Source._meta.concrete_fields}
    rows = []
    for name in names:
        one, two = getattr(kept, name), getattr(other, name)
        if one or two:
            rows.append(
                (titles[name], _in_words(kept, name), _in_words(other, name), _in_words(kept if one else other, name))
            )
    return rows


def _in_words(source: Source, name: str) -> object:
    """Return what a source says in a field, codes as the words that stand for them."""
    said = getattr(source, f"get_{name}_display", None)
    return said() if said else getattr(source, name)


def _differing(kept: Source, other: Source) -> list[tuple[str, str, str]]:
    """Return the identifiers that a work has once and of which these two have one each: the field, and both."""
    titles = {field.name: str(field.verbose_name) for field in Source._meta.concrete_fields}
    pairs = ((titles[name], getattr(kept, name), getattr(other, name)) for name in ("doi", "pmid", "pmcid"))
    return [(title, one, two) for title, one, two in pairs if one and two and one != two]


@room_view
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge."""
    merged = get_object_or_404(SourceMerge.objects.filter(kept__in=sources_before(request)), pk=pk)
    done(request, lambda: part_sources(merged, by=editor(request), at=timezone.now()), said=gettext("Parted again."))
    return redirect("admin:reviews_source_change", merged.kept_id)


def came_from(source: Source) -> Sequence[BibliographyEntry]:
    """Return the references in which a source came in."""
    lists = Prefetch("bibliography", Bibliography.objects.defer("received"))
    return list(source.entries.prefetch_related(lists))
