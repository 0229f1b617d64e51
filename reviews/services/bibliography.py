"""How a list of references comes in: received, read, looked through, then imported, all of it or some."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from reviews.core.citing.reading import read_references
from reviews.errors import BibliographyHasMovedOn, BibliographyIsImported, BibliographyIsSettled
from reviews.jobs.bibliography import keep_batch, owe_import
from reviews.jobs.work import owe
from reviews.models import Bibliography, BibliographyEntry, Job, User


@transaction.atomic
def receive_bibliography(received: bytes, *, file_name: str, by: User, at: datetime) -> Bibliography:
    """Read a short list at once and keep it, with each reference beside it. Raises UnreadableReferences."""
    batch = read_references(received)
    bibliography = _received(received, file_name=file_name, by=by, at=at)
    keep_batch(batch, bibliography=bibliography, at=at)
    return bibliography


@transaction.atomic
def bring_in_lists(files: Iterable[tuple[str, bytes]], *, by: User, at: datetime) -> list[Bibliography]:
    """Keep lists as they came, each a name and its bytes, and owe their reading: one that is broken costs itself."""
    lists = [_received(received, file_name=name, by=by, at=at) for name, received in files]
    for bibliography in lists:
        owe(Job.Kind.REFERENCES, bibliography=bibliography, at=at)
    return lists


def _received(received: bytes, *, file_name: str, by: User, at: datetime) -> Bibliography:
    return Bibliography.objects.create(
        received=received,
        sha256=sha256(received).hexdigest(),
        file_name=file_name[-255:],
        added_at=at,
        added_by=by,
    )


@transaction.atomic
def ask_for_import(bibliography: Bibliography, *, choices: Mapping[int, str], at: datetime) -> None:
    """Have the worker make sources of a list, once. ``choices`` are values of ``BibliographyEntry.Choice`` by number.

    Raises BibliographyHasMovedOn, BibliographyIsSettled.
    """
    bibliography = hold(bibliography)
    to_do = bibliography.entries.filter(outcome="")
    for choice in ("", *BibliographyEntry.Choice.values):
        numbers = [number for number, chosen in choices.items() if chosen == choice]
        (to_do.filter(number__in=numbers) if choice else to_do).update(choice=choice)
    bibliography.asked_at, bibliography.failure = at, ""
    bibliography.save(update_fields=["asked_at", "failure"])
    owe_import(bibliography, at=at)


@transaction.atomic
def cancel_list(bibliography: Bibliography, *, at: datetime) -> None:
    """End the reading or the import of a list. What was imported stays; the rest waits again.

    Raises BibliographyHasMovedOn.
    """
    if Bibliography.objects.being_imported().filter(pk=bibliography.pk).update(asked_at=None):
        return
    if not Bibliography.objects.unread().filter(pk=bibliography.pk).update(cancelled_at=at):
        raise BibliographyHasMovedOn


@transaction.atomic
def read_again(bibliography: Bibliography, *, at: datetime) -> None:
    """Owe the reading of a list that was cancelled or could not be read. Raises BibliographyHasMovedOn."""
    unread = Bibliography.objects.filter(pk=bibliography.pk, read_at=None)
    ended = unread.exclude(cancelled_at=None, failure="")
    if not ended.update(cancelled_at=None, failure=""):
        raise BibliographyHasMovedOn
    owe(Job.Kind.REFERENCES, bibliography=bibliography, at=at)


@transaction.atomic
def put_away(bibliography: Bibliography, *, at: datetime) -> None:
    """Import nothing more of a list; it is kept. Raises BibliographyHasMovedOn, BibliographyIsSettled."""
    bibliography = hold(bibliography)
    bibliography.entries.filter(outcome="").update(outcome=BibliographyEntry.Outcome.SKIPPED)
    bibliography.settled_at = at
    bibliography.save(update_fields=["settled_at"])


@transaction.atomic
def take_up_again(bibliography: Bibliography) -> None:
    """Have a list wait again that was put away, or of which everything was left out. Raises BibliographyIsImported."""
    bibliography = Bibliography.objects.select_for_update().get(pk=bibliography.pk)
    if bibliography.entries.exclude(source=None).exists():
        raise BibliographyIsImported
    bibliography.entries.update(outcome="", why_refused="")
    bibliography.settled_at = None
    bibliography.save(update_fields=["settled_at"])


def hold(bibliography: Bibliography) -> Bibliography:
    """Return a list that waits for its editor, locked."""
    bibliography = Bibliography.objects.select_for_update().get(pk=bibliography.pk)
    if bibliography.settled_at:
        raise BibliographyIsSettled
    if bibliography.state != Bibliography.State.WAITING:
        raise BibliographyHasMovedOn
    return bibliography
