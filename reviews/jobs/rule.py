"""The rule that reports are compiled under, and the shipped one as the first version of it."""

from datetime import datetime

from django.db import transaction

from reviews.core.judging.rule import RULE, Rule
from reviews.models import RuleAdoption, RuleVersion


def rule_in_force() -> Rule:
    """Return the rule in force; before anything is installed that is the shipped one."""
    version = RuleVersion.objects.in_force().first()
    return version.value if version else RULE


@transaction.atomic
def install_rule(*, at: datetime) -> list[RuleVersion]:
    """Put the shipped rule in force as version 1 where there is none yet, and return it if it is new. Twice is once."""
    version, is_new = RuleVersion.objects.get_or_create(
        number=1, defaults={"name": RULE.name, "plain": RULE.plain(), "drafted_at": at}
    )
    RuleAdoption.objects.get_or_create(number=1, defaults={"rule": version, "adopted_at": at})
    return [version] if is_new else []
