"""How somebody at the desk keeps a list as they like to see it."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from reviews.errors import ViewNameTaken, ViewTooLong
from reviews.models import SavedView, User

LONGEST = 1000
"""Characters of an address that a view keeps."""

OF_A_MOMENT = ("p", "e", "all")
"""What an address says only of the moment: which page, and that something was wrong."""


def lasting(query: str) -> str:
    """Return what a list's address says that is worth keeping, always in the same order."""
    given = QueryDict(query.replace("\x00", ""), mutable=True)
    for name in OF_A_MOMENT:
        given.pop(name, None)
    ordered = QueryDict(mutable=True)
    for name in sorted(given):
        ordered.setlist(name, [value for value in given.getlist(name) if value])
    return ordered.urlencode()


@transaction.atomic
def save_view(*, room: str, query: str, name: str, is_shared: bool, by: User, at: datetime) -> SavedView:
    """Keep a list under a name. Raises ViewTooLong, and ViewNameTaken where that person has one of this name there."""
    kept = lasting(query)
    if len(kept) > LONGEST:
        raise ViewTooLong
    _hold(by)
    if SavedView.objects.of(by).filter(room=room, name__iexact=name).exists():
        raise ViewNameTaken
    return SavedView.objects.create(owner=by, room=room, name=name, query=kept, is_shared=is_shared, saved_at=at)


@transaction.atomic
def rename_view(view: SavedView, *, name: str, is_shared: bool) -> None:
    """Call a view otherwise, share it or keep it to oneself. Raises ViewNameTaken."""
    _hold(view.owner)
    others = SavedView.objects.filter(owner=view.owner_id, room=view.room).exclude(pk=view.pk)
    if others.filter(name__iexact=name).exists():
        raise ViewNameTaken
    view.name, view.is_shared = name, is_shared
    view.save(update_fields=["name", "is_shared"])


def delete_view(view: SavedView) -> None:
    """Forget a view; the list itself stays as it is."""
    SavedView.objects.filter(pk=view.pk).delete()


def _hold(owner: User) -> None:
    """Let two of one person's savings come one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
