"""Which sources an editor may see: whoever reviews a round must not learn what the others brought to it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from reviews.admin.room import editor, rounds_before
from reviews.core.citing.identifiers import NotAnIdentifier, identify
from reviews.models import Citation, RoundCitation, Source

MOST_WORDS = 8


def sources_before(request: HttpRequest) -> "QuerySet[Source]":
    """Return the sources that this editor may see, without those that were merged into others.

    Whoever reviews a round does not see what the other reviewers of that round brought to it, unless the desk uses it.
    """
    me = editor(request)
    brought = RoundCitation.objects.filter(source=OuterRef("pk"), added_in__isnull=False)
    unseen = brought.exclude(claim__round__in=rounds_before(request)).exclude(added_in__assignment__reviewer=me)
    used = Citation.objects.filter(source=OuterRef("pk"))
    return Source.objects.standing().filter(Q(added_by=me) | Exists(used) | ~Exists(unseen))


def sources_found(request: HttpRequest, words: str) -> "QuerySet[Source]":
    """Return what an editor searches for: by any identifier, or by words of title, authors and journal."""
    words = words.replace("\x00", "").strip()
    if not words:
        return Source.objects.none()
    try:
        identifier = identify(words)
    except NotAnIdentifier:
        among = Q()
        for word in words.split()[:MOST_WORDS]:
            among &= Q(title__icontains=word) | Q(authors__icontains=word) | Q(container__icontains=word)
    else:
        among = Q(**{str(identifier.kind): identifier.value})
    return sources_before(request).filter(among)
