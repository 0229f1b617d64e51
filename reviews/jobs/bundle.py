"""How a round leaves the house: with everything that its report was compiled from."""

from dataclasses import replace

from django.db import transaction

from reviews.core.judging.bundle import write_bundle
from reviews.core.judging.report import Rule, compile_panel
from reviews.errors import NoReportYet, ReportIsStale, RoundIsOpen
from reviews.jobs.inputs import panel_inputs
from reviews.models import Round


@transaction.atomic
def bundle_of(round: Round) -> bytes:
    """Return a closed round and its newest report as one zip, without a person's name or a key of ours.

    The rule in it is the one that the report names, whichever is in force now.
    Raises RoundIsOpen, NoReportYet, and ReportIsStale where the round has moved on since its newest report.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("revision", "scale").get(pk=round.pk)
    if round.is_open:
        raise RoundIsOpen
    newest = round.reports.order_by("-number").first()
    if newest is None:
        raise NoReportYet
    inputs = replace(panel_inputs(round), rule=Rule.from_plain(newest.body["rule"]))
    if compile_panel(inputs).fingerprint != newest.fingerprint:
        raise ReportIsStale
    return write_bundle(inputs, newest.canonical.encode())
