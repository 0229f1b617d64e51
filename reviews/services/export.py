"""How an editor takes something out of the house: asked for, written by the worker, fetched while it may be."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from reviews.errors import ExportIsGone, ExportTellsTooMuch, NothingToExport, RoundHoldsClaims
from reviews.jobs.export import owe_export, parts_of
from reviews.jobs.exportable import rounds_for, tells_too_much
from reviews.models import Export, Round, User, Verdict


@transaction.atomic
def ask_for_export(
    *,
    content: str,
    form: str,
    round: Round | None = None,
    since: date | None = None,
    until: date | None = None,
    by: User,
    at: datetime,
) -> Export:
    """Owe an editor a file; the same that waits already is not written twice, and one that failed is tried again.

    Without a round it is of every compiled round on the desk that was closed from ``since`` to ``until``. Raises
    NothingToExport, and RoundHoldsClaims where a whole round is asked for of which the editor may not know all.
    """
    wanted = {"content": content, "form": form, "round": round, "since": since, "until": until, "asked_by": by}
    rounds = rounds_for(Export(**wanted), editor=by)
    if not rounds.exists():
        raise NothingToExport
    if content == Export.Content.BUNDLE and Verdict.objects.veiled_from(by).claims_by_round(rounds):
        raise RoundHoldsClaims
    Export.objects.bulk_create([Export(**wanted, asked_at=at)], ignore_conflicts=True)
    export = Export.objects.filter(**wanted, made_at=None).latest("asked_at")
    owe_export(export, at=at)
    return export


@transaction.atomic
def fetch_export(export: Export, *, by: User, at: datetime) -> Iterator[bytes]:
    """Return the bytes of a file, part by part, and note that they were fetched.

    What the editor may see is looked at once more. Raises ExportIsGone, ExportTellsTooMuch.
    """
    export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if not Export.objects.of(by).to_fetch(at).filter(pk=export.pk).exists():
        raise ExportIsGone
    if tells_too_much(export, editor=by):
        raise ExportTellsTooMuch
    export.fetched_at = at
    export.save(update_fields=["fetched_at"])
    return parts_of(export)
