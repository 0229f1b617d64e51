"""Which sources an editor may see: whoever reviews a round must not learn what the others brought to it."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from reviews.admin.room import editor
from reviews.core.citing.identifiers import NotAnIdentifier, identify
from reviews.jobs.source import sources_seen_by
from reviews.models import Source


def sources_before(request: HttpRequest) -> "QuerySet[Source]":
    """Return the sources that this editor may see."""
    return sources_seen_by(editor(request))


def named(words: str) -> Q | None:
    """Return the condition that finds a source by its identifier, or None where the words are none."""
    try:
        identifier = identify(words)
    except NotAnIdentifier:
        return None
    return Q(**{str(identifier.kind): identifier.value})
