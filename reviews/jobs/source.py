"""What is done to a source whoever asks for it, a person or a look-up: texts kept, gaps filled, reports owed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.core.citing.entries import Entry, stand_in
from reviews.core.citing.identifiers import OF_ONE_PUBLICATION
from reviews.core.citing.records import Record
from reviews.jobs.work import owe_report
from reviews.models import Citation, Round, RoundCitation, Source, SourceText, User
from reviews.models.source import RECORD_FIELDS, SourceQuerySet, hash_of

DESK = "the desk"


def sources_seen_by(editor: User) -> "QuerySet[Source]":
    """Return the sources that an editor may see, without those that were merged into others."""
    return sources_known_to(editor).standing()


def sources_known_to(editor: User) -> "SourceQuerySet":
    """Return the sources that an editor may see, and those of them that were merged into others.

    Whoever reviews a round does not see what the other reviewers of that round brought to it, unless the desk uses it.
    """
    brought = RoundCitation.objects.filter(source=OuterRef("pk"), added_in__isnull=False)
    unseen = brought.exclude(claim__round__in=Round.objects.before(editor))
    unseen = unseen.exclude(added_in__assignment__reviewer=editor)
    used = Citation.objects.filter(source=OuterRef("pk"))
    return Source.objects.filter(Q(added_by=editor) | Exists(used) | ~Exists(unseen))


def keep_text(source: Source, *, origin: str, at: datetime, by: User | None = None) -> SourceText | None:
    """Keep a source's text as it is now, once; ``None`` where it has none."""
    return keep_passage(source, source.text, origin=origin, at=at, by=by)


def keep_passage(source: Source, text: str, *, origin: str, at: datetime, by: User | None = None) -> SourceText | None:
    """Keep a text of a source, once, whatever the source goes by; ``None`` where it says nothing."""
    if not text.strip():
        return None
    kept, _ = SourceText.objects.get_or_create(
        source=source, sha256=hash_of(text), defaults={"text": text, "origin": origin, "added_at": at, "added_by": by}
    )
    return kept


def owe_reports_on(source: Source, *, at: datetime) -> list[Round]:
    """Owe a new report to every closed round that weighed a source, or one that was merged into it; return them."""
    same = [source.pk, *source.absorbed.values_list("pk", flat=True)]
    rounds = list(Round.objects.closed().filter(claims__citations__source__in=same).distinct())
    for round in rounds:
        owe_report(round, at=at)
    return rounds


def lacking(source: Source, *, record: Record) -> dict[str, object]:
    """Return what a record knows and a source does not, by field; identifiers of other sources are left out."""
    mine = source.record
    found: dict[str, object] = {}
    for name in RECORD_FIELDS:
        value = getattr(record, name)
        is_empty = not getattr(mine, name) or (name == "title" and is_stand_in(source))
        is_empty &= name != "kind" or not mine.container  # what stands in a journal is an article
        if value and is_empty and value != getattr(mine, name) and not (name == "title" and is_stand_in_of(record)):
            found[name] = value
    for name in OF_ONE_PUBLICATION:
        if name in found and Source.objects.exclude(pk=source.pk).filter(**{name: found[name]}).exists():
            del found[name]
    return found


def is_stand_in(source: Source) -> bool:
    """Whether a source's title is only its identifier, said because nobody knew the title."""
    return is_stand_in_of(source.record)


def is_stand_in_of(record: Record) -> bool:
    named = {name: getattr(record, name) for name in (*OF_ONE_PUBLICATION, "nct", "isbn") if getattr(record, name)}
    possible = {stand_in({name: value}).casefold() for name, value in named.items()} | {record.url.casefold()}
    return record.title.casefold() in possible


@transaction.atomic
def fill_source(
    source: Source, *, entry: Entry, origin: str, at: datetime, by: User | None = None
) -> Mapping[str, object]:
    """Give a source what it lacks, from what came in; nothing that stands is overwritten. Return what was filled.

    Raises IntegrityError where another source took one of the identifiers in this very moment.
    """
    found = lacking(source, record=entry.record)
    for name, value in found.items():
        setattr(source, name, "\n".join(value) if isinstance(value, tuple) else value)
    if entry.abstract and not source.text.strip():
        source.text = entry.abstract
        found["text"] = entry.abstract
    source.publication_types = source.publication_types or list(entry.types)
    source.keywords = source.keywords or list(entry.keywords)
    source.save()
    keep_text(source, origin=origin, at=at, by=by)
    if found:
        owe_reports_on(source, at=at)
    return found
