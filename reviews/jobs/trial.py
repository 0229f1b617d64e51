"""Trying a rule on past rounds: a few at a time, each written down once, nothing else touched."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from reviews.core.judging.report import RuleDoesNotFit
from reviews.core.judging.trial import would_differ
from reviews.jobs.inputs import panel_inputs
from reviews.jobs.work import do_job, finish_job, owe
from reviews.models import Job, Round, RuleTrial, TriedRound

AT_A_TIME = 10
"""Rounds in one job: a large one takes half a second, and every step shows on the page."""


def owe_trial(trial: RuleTrial, *, at: datetime) -> Job:
    """Owe the next rounds of a trial, once at a time."""
    return owe(Job.Kind.TRY_RULE, trial=trial, at=at)


def do_trying(pk: int, *, at: datetime) -> bool:
    """Do an owed step of a trial; return whether it was done here. What is left is owed as the next step."""

    def work(job: Job) -> None:
        assert job.trial is not None  # noqa: S101 - held by job_names_what_it_works_on
        with transaction.atomic():
            try_some(job.trial, at=at)
            finish_job(job, at=at)

    return do_job(pk, kind=Job.Kind.TRY_RULE, at=at, work=work)


@transaction.atomic
def try_some(trial: RuleTrial, *, at: datetime) -> None:
    """Try the rule on the next rounds, and owe the step after them or finish the trial."""
    trial = RuleTrial.objects.select_for_update(of=("self",)).select_related("rule", "against").get(pk=trial.pk)
    for round in trial.untried().select_related("revision", "scale")[:AT_A_TIME]:
        _try_on(round, trial=trial)
    if trial.untried().exists():
        owe_trial(trial, at=at)
    elif trial.finished_at is None:
        trial.finished_at = at
        trial.save(update_fields=["finished_at"])


def _try_on(round: Round, *, trial: RuleTrial) -> None:
    try:
        found = would_differ(panel_inputs(round), rule=trial.rule.value, against=trial.against.value)
    except RuleDoesNotFit:
        TriedRound.objects.create(trial=trial, round=round, fits=False)
    else:
        TriedRound.objects.create(trial=trial, round=round, differences=[asdict(one) for one in found])
