"""What a panel found: immutable, numbered, with a fingerprint; and its publication."""

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.judging.differences import OVERALL_FINDING
from reviews.models.article import Article, keeps_stage
from reviews.models.event import tracked
from reviews.models.round import Round, RoundClaim
from reviews.models.user import User


class Report(models.Model):
    """The compiled result of a round: one numbered version, as canonical JSON, that never changes."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of the inputs and of the rule's version."))
    canonical = models.TextField(help_text=_("The same inputs and the same rule give the same bytes."))
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next")
    changes = models.JSONField(default=list, help_text=_("What is different from the version before."))
    compiled_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["round", "-number"]
        get_latest_by = "number"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "number"], name="one_report_per_number"),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="every_report_but_the_first_follows_another",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="report_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            keeps_stage(
                "a_report_moves_its_article",
                "(SELECT v.article_id FROM reviews_round r JOIN reviews_revision v ON v.id = r.revision_id"
                " WHERE r.id = {row}.round_id)",
            ),
        ]

    def __str__(self) -> str:
        words = gettext("Report %(number)s on %(article)s")
        return words % {"number": self.number, "article": self.round.revision.article}

    @cached_property
    def body(self) -> dict[str, Any]:
        """The canonical JSON, parsed."""
        body: dict[str, Any] = json.loads(self.canonical)
        return body

    def finding_told(self, *, veiled: Collection[int]) -> dict[str, Any] | None:
        """Return the overall finding, or None while claims are veiled: all claims make it together, in whichever
        version, so it tells of each.
        """
        finding: dict[str, Any] = self.body["article"]["finding"]
        return None if veiled else finding

    def changes_told(self, *, veiled: Collection[int]) -> list[str]:
        """Return what is different from the version before, in words that tell nothing of veiled claims."""
        subjects = {f"claim {number}" for number in veiled}
        aspects = {OVERALL_FINDING} if veiled else set()
        told = (one for one in self.changes if one["subject"] not in subjects and one["aspect"] not in aspects)
        return [change["words"] for change in told]


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def held(self) -> Self:
        """Verdicts that wait for an editor's decision."""
        return self.exclude(held=[]).filter(is_adjudicated=False)

    def undecided(self) -> Self:
        """Held verdicts that nobody has decided, though the report that says so may not be compiled yet."""
        return self.held().exclude(claim__adjudications__decided_at__isnull=False)

    def veiled_from(self, editor: User) -> Self:
        """Held verdicts of newest reports of which this editor may know no more than that, having neither marked nor
        renounced: nothing else of their claims may be shown, in no version of the report.
        """
        return self.held().filter(report__next=None).exclude(claim__adjudications__editor=editor)

    def claims_of(self, round: Round) -> set[int]:
        """Return the numbers of the claims of a round that are ruled on."""
        return self.claims_by_round([round.pk]).get(round.pk, set())

    def claims_by_round(self, rounds: "models.QuerySet[Round] | list[int]") -> dict[int, set[int]]:
        """Return the numbers of the claims that are ruled on, by the key of the round; of those that have any."""
        numbers: dict[int, set[int]] = {}
        ruled_on = self.filter(report__round__in=rounds).order_by()
        for round, number in ruled_on.values_list("report__round", "claim__number"):
            numbers.setdefault(round, set()).add(number)
        return numbers


class Verdict(models.Model):
    """A report's ruling on one claim, as a row to search by; the whole of it stands in the report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="verdicts")
    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, related_name="verdicts")
    label = models.CharField(max_length=40, null=True, blank=True, help_text=_("The panel's label; empty: none."))
    final = models.CharField(max_length=40, null=True, blank=True, help_text=_("After adjudication; empty: none."))
    held = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_adjudicated = models.BooleanField(default=False)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["report", "claim"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "claim"], name="one_verdict_per_claim"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report"], condition=Q(is_adjudicated=False) & ~Q(held=[]), name="verdicts_held"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="verdict_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.final or 'no verdict'}: {self.claim}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def newest_of_each(self) -> Self:
        """The newest publication of every article, newest first."""
        later = self.model._default_manager.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later)).select_related("article").newest_first()


@tracked()
class Publication(models.Model):
    """A report put before readers. A later one of the same article corrects it; it can be withdrawn with a note."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="publications")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="publication")
    summary = models.TextField(blank=True, max_length=2000, help_text=_("The desk's own words above the verdicts."))
    correction = models.TextField(
        blank=True, max_length=2000, help_text=_("What this publication corrects, for readers.")
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal = models.TextField(blank=True, max_length=2000, help_text=_("Why it was withdrawn, for readers."))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-published_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal="")),
                name="a_withdrawal_has_a_day_a_person_and_a_note",
                violation_error_message=_("Tell readers why it is withdrawn."),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            keeps_stage("a_publication_moves_its_article"),
            pgtrigger.Trigger(
                name="a_calibration_is_never_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT FROM reviews_calibration k JOIN reviews_report r ON r.round_id = k.round_id
                        WHERE r.id = NEW.report_id
                    ) THEN
                        RAISE EXCEPTION 'this round is a calibration'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_calibration_is_never_published';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        words = gettext("%(article)s, published %(day)s")
        return words % {"article": self.article, "day": date_format(localtime(self.published_at))}
