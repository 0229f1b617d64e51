"""Making two sources one, whoever asks for it: a person, or a list that is imported."""

from datetime import datetime
from typing import Any

from django.db import transaction

from reviews.core.citing.identifiers import OF_ONE_PUBLICATION
from reviews.errors import MergeOfOneSource, SourceIsMerged
from reviews.jobs.retraction import worse_of
from reviews.jobs.source import DESK, keep_text, owe_reports_on
from reviews.models import Source, SourceMerge, User
from reviews.models.source import RECORD_FIELDS

FILLED = (*RECORD_FIELDS[1:], "design", "text", "publication_types", "keywords")
"""What the source that is kept takes from the other where it has nothing itself."""


@transaction.atomic
def merge_sources(kept: Source, *, absorbed: Source, by: User, at: datetime) -> SourceMerge:
    """Make two sources one: the one kept takes the other's citations and identifiers, and whatever it lacks itself.

    Rounds that have opened keep their copies, and a merge can be undone. Raises MergeOfOneSource, SourceIsMerged where
    one of them is merged already or holds another.
    """
    if kept.pk == absorbed.pk:
        raise MergeOfOneSource
    rows = Source.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    locked = {source.pk: source for source in rows}
    kept, absorbed = locked[kept.pk], locked[absorbed.pk]
    if kept.merged_into_id or absorbed.merged_into_id or absorbed.absorbed.exists():
        raise SourceIsMerged
    taken = _taken(kept, absorbed=absorbed)
    given_away = {name: getattr(absorbed, name) for name in OF_ONE_PUBLICATION if getattr(absorbed, name)}
    merge = SourceMerge(kept=kept, absorbed=absorbed, merged_at=at, merged_by=by)
    merge.before = {"kept": {name: getattr(kept, name) for name in taken}, "absorbed": given_away, "taken": taken}
    _hand_over(merge)
    Source.objects.filter(pk=absorbed.pk).update(merged_into=kept, **dict.fromkeys(OF_ONE_PUBLICATION, ""))
    Source.objects.filter(pk=kept.pk).update(**taken)
    merge.save()
    kept.refresh_from_db()
    keep_text(kept, origin=DESK, at=at, by=by)
    owe_reports_on(kept, at=at)
    return merge


def _taken(kept: Source, *, absorbed: Source) -> dict[str, Any]:
    """Return what the one kept takes over, by field."""
    taken = {name: getattr(absorbed, name) for name in FILLED if not getattr(kept, name) and getattr(absorbed, name)}
    worst = worse_of(kept.retraction, absorbed.retraction)
    if worst != kept.retraction:
        taken |= {"retraction": worst, "retraction_note": absorbed.retraction_note}
    return taken


def _hand_over(merge: SourceMerge) -> None:
    """Let the citations follow; a claim that has both sources keeps one, and the other is remembered."""
    present = set(merge.kept.citations.values_list("claim", flat=True))
    for citation in merge.absorbed.citations.order_by("pk"):
        if citation.claim_id in present:
            merge.dropped.append([citation.claim_id, citation.origin])
            citation.delete()
        else:
            merge.moved.append(citation.pk)
            citation.source = merge.kept
            citation.save(update_fields=["source"])
