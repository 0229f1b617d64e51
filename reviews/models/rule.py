"""The rule of the rulings as the desk keeps it: numbered versions, which of them is in force, and trials of others."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.judging.rule import Rule
from reviews.models.event import tracked
from reviews.models.round import Round
from reviews.models.user import User


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def in_force(self) -> Self:
        """The one version that reports are compiled under; none before the shipped one is installed."""
        return self.filter(pk__in=RuleAdoption.objects.in_force().values("rule"))


@tracked()
class RuleVersion(models.Model):
    """One version of the rule. It never changes: another wish is another version."""

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=60, help_text=_("As reports name it."))
    plain = models.JSONField(help_text=_("The whole rule, as the judging room reads it."))
    reason = models.TextField(max_length=2000, blank=True, help_text=_("What it is meant to do better."))
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: it was shipped.")
    )
    drafted_at = models.DateTimeField()

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Exact(KeyTextTransform("version", "plain"), Cast(F("number"), TextField()))
                & Exact(KeyTextTransform("name", "plain"), Cast(F("name"), TextField())),
                name="a_rule_says_its_own_name_and_number",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(drafted_by__isnull=False, reason__gt=""),
                name="every_rule_but_the_shipped_one_says_who_and_why",
                violation_error_message=_("Say what this rule is meant to do better."),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="rule_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def value(self) -> Rule:
        """The rule as the judging room knows it."""
        return Rule.from_plain(self.plain)


class RuleAdoptionQuerySet(models.QuerySet["RuleAdoption"]):
    def in_force(self) -> Self:
        return self.filter(next=None)


@tracked()
class RuleAdoption(models.Model):
    """A version put in force, until the next adoption. They make one chain, so that its end is the one in force."""

    number = models.PositiveIntegerField(unique=True)
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="adoptions")
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next")
    adopted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: it was shipped.")
    )
    adopted_at = models.DateTimeField()

    objects = RuleAdoptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="every_adoption_but_the_first_follows_another",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(adopted_by__isnull=False),
                name="every_adoption_but_the_first_says_who",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="adoption_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="an_adoption_follows_the_one_in_force",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__number__gt=1),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM reviews_ruleadoption a
                        WHERE a.id = NEW.previous_id AND a.number = NEW.number - 1 AND a.rule_id <> NEW.rule_id
                    ) THEN
                        RAISE EXCEPTION 'an adoption follows the one in force, with another rule'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_adoption_follows_the_one_in_force';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(rule)s, adopted %(day)s") % {
            "rule": self.rule,
            "day": date_format(localtime(self.adopted_at)),
        }


class RuleTrial(models.Model):
    """What a version would turn in past rounds, beside the one that was in force then. Nothing of it is a report."""

    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="trials")
    against = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(rule=F("against")), name="a_trial_compares_two_rules"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("asked_at")),
                name="a_trial_is_finished_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Trial of %(rule)s") % {"rule": self.rule}

    def rounds(self) -> "models.QuerySet[Round]":
        """The rounds that it is about: closed when it was asked for, with a report."""
        return Round.objects.filter(closed_at__lte=self.asked_at, reports__number=1)

    def untried(self) -> "models.QuerySet[Round]":
        """Those of them that are still to be tried, the newest first."""
        return self.rounds().exclude(tried__trial=self).order_by("-closed_at", "-pk")


class TriedRound(models.Model):
    """What would differ in one round. ``fits`` is false where the rule names a level that the round's scale lacks."""

    trial = models.ForeignKey(RuleTrial, on_delete=models.PROTECT, related_name="tried")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tried")
    fits = models.BooleanField(default=True)
    differences = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["trial", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["trial", "round"], name="a_round_is_tried_once_in_a_trial"),
            models.CheckConstraint(
                condition=Q(fits=True) | Q(differences=[]), name="what_does_not_fit_has_no_differences"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="tried_round_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.trial}"
