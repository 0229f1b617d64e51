"""Files that leave the house: asked for, on their way, there for some days, gone."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from reviews.admin.room import accepted, done, editor, number_in, page, posted, room_view, round_before, rounds_before
from reviews.admin.site import for_readers_too
from reviews.errors import Refusal
from reviews.forms.export import TakeOutForm
from reviews.gateways.request import is_fragment
from reviews.jobs.export import remove_export
from reviews.models import Export, Job, Round
from reviews.services.export import ask_for_export, fetch_export

MOST_LISTED = 30
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
ASKED = _("It is being written: it stands below, and this page shows how far it is.")


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("exports/", exports, name="exports"),
        path("<int:pk>/bundle/", bundle, name="round-bundle"),
        path("exports/<uuid:key>/file/", fetch, name="export-file"),
        path("exports/<uuid:key>/remove/", remove, name="export-remove"),
    ]


@dataclass(frozen=True)
class Line:
    """An export as the page tells it; ``job`` is where its writing stands."""

    export: Export
    job: str

    @property
    def state(self) -> str:
        """One of "ready", "gone", "failed", "running" and "waiting"."""
        if self.export.made_at:
            return "gone" if self.export.removed_at else "ready"
        return {"failed": "failed", "running": "running"}.get(self.job, "waiting")

    @property
    def is_under_way(self) -> bool:
        return self.state in {"running", "waiting"}


def lines_of(request: HttpRequest) -> list[Line]:
    """Return what this editor asked for, newest first; two queries, however many."""
    newest = Job.objects.filter(export=OuterRef("pk")).order_by("-pk").values("state")[:1]
    asked = Export.objects.of(editor(request)).select_related("round__revision__article").defer("round__revision__text")
    rows: Any = asked.annotate(job_state=Subquery(newest))[:MOST_LISTED]
    now = timezone.now()
    return [Line(row, job=row.job_state or "") for row in rows if not (row.removed_at and row.expires_at < now)]


@room_view
@for_readers_too
def exports(request: HttpRequest) -> HttpResponse:
    """What was asked for, and the form to ask for more."""
    rounds = rounds_before(request).closed().select_related("revision__article").defer("revision__text")
    round = rounds.filter(pk=number_in(request.GET.get("round", ""))).first()
    form = TakeOutForm(posted(request), rounds=rounds, initial={"round": round})
    if request.method == "POST" and form.is_valid() and _asked(request, form):
        return redirect("admin:exports")
    lines = lines_of(request)
    listed = {"lines": lines, "is_under_way": any(line.is_under_way for line in lines)}
    if is_fragment(request):
        return page(request, "reviews/export/_exports.html", title=gettext("Exports"), **listed)
    return page(
        request,
        "reviews/export/exports.html",
        title=gettext("Exports"),
        **listed,
        form=form,
        round=form.cleaned_data.get("round") if form.is_bound and form.is_valid() else round,
    )


def _asked(request: HttpRequest, form: TakeOutForm) -> bool:
    by, at = editor(request), timezone.now()
    is_asked = accepted(form, lambda: ask_for_export(**form.cleaned_data, by=by, at=at))
    if is_asked:
        messages.success(request, ASKED)
    return is_asked


@room_view
@for_readers_too
@require_POST
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the zip of a whole round."""
    round = round_before(request, pk)
    if done(request, lambda: _ask_for_bundle(request, round), said=ASKED):
        return redirect("admin:exports")
    return redirect("admin:reviews_round_change", pk)


def _ask_for_bundle(request: HttpRequest, round: Round) -> None:
    ask_for_export(
        content=Export.Content.BUNDLE, form=Export.Form.ZIP, round=round, by=editor(request), at=timezone.now()
    )


@room_view
@require_safe
def fetch(request: HttpRequest, key: str) -> HttpResponseBase:
    """Send a file to who asked for it, while it is there and all of it may be known."""
    export = get_object_or_404(Export.objects.of(editor(request)).exclude(made_at=None), key=key)
    try:
        parts = fetch_export(export, by=editor(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:exports")
    answer = StreamingHttpResponse(parts, content_type=MEDIA_TYPES[export.form])
    answer["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    answer["Content-Length"] = str(export.size)
    return answer


@room_view
@for_readers_too
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a file away before its time."""
    export = get_object_or_404(Export.objects.of(editor(request)), key=key)
    if remove_export(export, at=timezone.now()):
        messages.success(request, gettext("The file is gone. It can be written again at any time."))
    return redirect("admin:exports")
