"""How the desk drafts a rule, tries it on past rounds and puts it in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from reviews.core.judging.rule import Rule, RuleDoesNotFit
from reviews.errors import (
    ReasonMissing,
    RuleFitsNotEveryRound,
    RuleIsInForce,
    RuleIsNothingNew,
    TrialIsUnderWay,
)
from reviews.jobs.recheck import owe_rechecks_of_all
from reviews.jobs.rule import install_rule
from reviews.jobs.trial import owe_trial
from reviews.models import Job, Recheck, Round, RuleAdoption, RuleTrial, RuleVersion, Scale, User

FRAME = ("name", "version")


@transaction.atomic
def draft_rule(values: Mapping[str, Any], *, name: str, reason: str, by: User, at: datetime) -> RuleVersion:
    """Write down the next version of the rule; nothing changes by it. ``values`` are fields of ``Rule``.

    Raises NotARule, ReasonMissing, RuleIsNothingNew.
    """
    if not reason.strip():
        raise ReasonMissing
    install_rule(at=at)
    first = RuleVersion.objects.select_for_update().get(number=1)
    newest = RuleVersion.objects.order_by("-number").first() or first
    number = newest.number + 1
    rule = Rule.from_plain({**values, "name": name.strip(), "version": str(number)})
    if alike := next((known for known in RuleVersion.objects.all() if _says(known.plain) == _says(rule.plain())), None):
        raise RuleIsNothingNew(
            gettext("Version %(number)s (%(name)s) says the very same.") % {"number": alike.number, "name": alike.name}
        )
    return RuleVersion.objects.create(
        number=number, name=rule.name, plain=rule.plain(), reason=reason.strip(), drafted_by=by, drafted_at=at
    )


def _says(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in plain.items() if name not in FRAME
    }


@transaction.atomic
def try_rule(rule: RuleVersion, *, by: User, at: datetime) -> RuleTrial:
    """Ask what a version would turn in past rounds, beside the one in force. Raises RuleIsInForce, TrialIsUnderWay."""
    rule = RuleVersion.objects.select_for_update().get(pk=rule.pk)
    against = RuleVersion.objects.in_force().get()
    if rule == against:
        raise RuleIsInForce
    if Job.objects.filter(trial__rule=rule, state__in=[Job.State.OWED, Job.State.RUNNING]).exists():
        raise TrialIsUnderWay
    trial = RuleTrial.objects.create(rule=rule, against=against, asked_by=by, asked_at=at)
    owe_trial(trial, at=at)
    return trial


@transaction.atomic
def adopt_rule(rule: RuleVersion, *, by: User, at: datetime) -> int:
    """Put a version in force and compile every closed round again; return how many. Their reports are stale till then.

    Raises RuleIsInForce, RuleFitsNotEveryRound.
    """
    RuleAdoption.objects.select_for_update().get(number=1)  # one at a time: the next sees the one before it
    last = RuleAdoption.objects.in_force().get()
    if last.rule_id == rule.pk:
        raise RuleIsInForce
    _refuse_what_does_not_fit(rule)
    RuleAdoption.objects.create(number=last.number + 1, rule=rule, previous=last, adopted_by=by, adopted_at=at)
    return owe_rechecks_of_all(cause=Recheck.Cause.RULE, at=at)


def _refuse_what_does_not_fit(rule: RuleVersion) -> None:
    for scale in Scale.objects.filter(pk__in=Round.objects.values("scale")).prefetch_related("levels"):
        try:
            rule.value.drawn_on(scale.value)
        except RuleDoesNotFit:
            raise RuleFitsNotEveryRound from None
