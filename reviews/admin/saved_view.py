"""Saved views: a list with its filters under a name, one's own or shared with the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext

from reviews.admin.room import accepted, editor, page, posted, room_view
from reviews.forms.saved_view import NewViewForm, ViewForm
from reviews.models import SavedView
from reviews.services.saved_view import delete_view, rename_view, save_view


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the articles' own to take in."""
    return [
        path("views/", views, name="saved-views"),
        path("views/save/", save, name="saved-view-save"),
        path("views/<int:pk>/", rename, name="saved-view"),
        path("views/<int:pk>/delete/", delete, name="saved-view-delete"),
    ]


@room_view
def views(request: HttpRequest) -> HttpResponse:
    """All views that this person finds on the lists."""
    known = SavedView.objects.seen_by(editor(request)).select_related("owner").order_by("room", "name")
    return page(request, "reviews/saved_view/views.html", title=gettext("Saved views"), views=known, me=editor(request))


@room_view
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list that somebody comes from under a name."""
    initial = {"room": request.GET.get("room", ""), "query": request.GET.get("query", "")}
    form = NewViewForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "by": editor(request), "at": timezone.now()}
        if accepted(form, lambda: save_view(**fields)):
            messages.success(request, gettext("Kept. You find it above the list."))
            return redirect(f"{list_of(fields['room'])}?{fields['query']}")
    return page(request, "reviews/saved_view/save.html", title=gettext("Keep this view"), form=form)


@room_view
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an own view otherwise, or share it."""
    view = get_object_or_404(SavedView.objects.of(editor(request)), pk=pk)
    form = ViewForm(posted(request), initial={"name": view.name, "is_shared": view.is_shared})
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and accepted(form, lambda: rename_view(view, **form.cleaned_data)):
        messages.success(request, gettext("Saved."))
        return redirect("admin:saved-views")
    return page(
        request, "reviews/saved_view/save.html", title=gettext("View: %(name)s") % {"name": view}, form=form, view=view
    )


@room_view
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an own view, after asking."""
    view = get_object_or_404(SavedView.objects.of(editor(request)), pk=pk)
    if request.method == "POST":
        delete_view(view)
        messages.success(request, gettext("The view is gone. The list is as it was."))
        return redirect("admin:saved-views")
    return page(
        request,
        "reviews/saved_view/delete.html",
        title=gettext("Delete the view “%(name)s”?") % {"name": view},
        view=view,
    )


def list_of(room: str) -> str:
    """Return where the list of a view is."""
    return reverse(f"admin:reviews_{room}_changelist")
