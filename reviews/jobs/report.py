"""Compiling a round: what comes of its rows is the next version of its report."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from reviews.core.judging.report import PanelInputs, PanelReport, Rule, compile_panel, differences
from reviews.core.judging.trial import turned_by_rule
from reviews.errors import RoundIsOpen
from reviews.jobs import crash
from reviews.jobs.inputs import panel_inputs
from reviews.jobs.recheck import settle_rechecks
from reviews.jobs.summary import owe_summaries
from reviews.jobs.work import do_job, finish_job
from reviews.models import Job, Report, Round, Verdict


def do_compiling(pk: int, *, at: datetime) -> bool:
    """Do an owed compile; return whether it was done here."""

    def work(job: Job) -> None:
        crash.point("compile.claimed")
        with transaction.atomic():
            assert job.round is not None  # noqa: S101 - held by job_names_what_it_works_on
            compile_report(job.round, at=at)
            crash.point("compile.computed")
            finish_job(job, at=at)
        crash.point("compile.committed")

    return do_job(pk, kind=Job.Kind.COMPILE, at=at, work=work)


@transaction.atomic
def compile_report(round: Round, *, at: datetime) -> Report:
    """Compile a closed round under the rule in force; return its newest version, which is a new one only where
    something changed.

    Whatever had made the version before stale is settled by it. Where the rule alone is another, and says the same of
    this round, the version stands that names the rule it was compiled under.
    The round's row is locked: of two compiles at once the second finds the first one's version. Raises RoundIsOpen.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("revision", "scale").get(pk=round.pk)
    if round.is_open:
        raise RoundIsOpen
    inputs = panel_inputs(round)
    panel = compile_panel(inputs)
    newest = round.reports.order_by("-number").first()
    if newest and (newest.fingerprint == panel.fingerprint or _stands(newest, inputs=inputs, panel=panel)):
        settle_rechecks(newest, at=at)
        return newest
    report = _write_report(panel, round=round, previous=newest, at=at)
    settle_rechecks(report, at=at)
    owe_summaries(report, at=at)
    return report


def _stands(newest: Report, *, inputs: PanelInputs, panel: PanelReport) -> bool:
    """Whether nothing but the rule is another than in the newest version, and its report says the same under both."""
    known = newest.body
    if known["rule"] == panel.body["rule"] or turned_by_rule(known, panel.body):
        return False
    return compile_panel(inputs, Rule.from_plain(known["rule"])).fingerprint == newest.fingerprint


def _write_report(panel: PanelReport, *, round: Round, previous: Report | None, at: datetime) -> Report:
    changed = differences(previous.body, panel.body) if previous else []
    report = Report.objects.create(
        round=round,
        number=previous.number + 1 if previous else 1,
        fingerprint=panel.fingerprint,
        canonical=panel.canonical().decode(),
        previous=previous,
        changes=[asdict(difference) for difference in changed],
        compiled_at=at,
    )
    claims = dict(round.claims.values_list("number", "pk"))
    rulings = cast("list[dict[str, Any]]", panel.body["claims"])
    Verdict.objects.bulk_create([_verdict(ruling, report=report, claim=claims[ruling["number"]]) for ruling in rulings])
    return report


def _verdict(ruling: Mapping[str, Any], *, report: Report, claim: int) -> Verdict:
    return Verdict(
        report=report,
        claim_id=claim,
        label=ruling["panel"]["label"],
        final=ruling["verdict"]["level"],
        held=sorted({reason["name"] for reason in ruling["held"]}),
        is_adjudicated=ruling["adjudication"] is not None,
    )
