"""Which sources an editor may see: whoever reviews a round must not learn what the others brought to it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from reviews.admin.room import editor, rounds_before
from reviews.core.citing.identifiers import NotAnIdentifier, identify
from reviews.models import Citation, RoundCitation, Source


def sources_before(request: HttpRequest) -> "QuerySet[Source]":
    """Return the sources that this editor may see, without those that were merged into others.

    Whoever reviews a round does not see what the other reviewers of that round brought to it, unless the desk uses it.
    """
    me = editor(request)
    brought = RoundCitation.objects.filter(source=OuterRef("pk"), added_in__isnull=False)
    unseen = brought.exclude(claim__round__in=rounds_before(request)).exclude(added_in__assignment__reviewer=me)
    used = Citation.objects.filter(source=OuterRef("pk"))
    return Source.objects.standing().filter(Q(added_by=me) | Exists(used) | ~Exists(unseen))


def named(words: str) -> Q | None:
    """Return the condition that finds a source by its identifier, or None where the words are none."""
    try:
        identifier = identify(words)
    except NotAnIdentifier:
        return None
    return Q(**{str(identifier.kind): identifier.value})
