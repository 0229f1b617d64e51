"""What is put to a claim: bibliographic records."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from reviews.core.citing.records import Record
from reviews.core.judging.vocabulary import DESIGNS
from reviews.models.claim import Claim
from reviews.models.user import User


def _one_source_per(identifier: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[identifier],
        condition=~Q(**{identifier: ""}),
        name=f"one_source_per_{identifier}",
        violation_error_message=f"Another source has this {identifier.upper()} already: use that one.",
    )


WEIGHED = (
    "title",
    "authors",
    "container",
    "year",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "pmcid",
    "nct",
    "url",
    "retraction",
)
"""What a report may rest on: the record, and whether it is retracted. A change of any makes reports stale."""


def makes_reports_stale() -> pgtrigger.Trigger:
    """Return the trigger that writes a recheck for every newest report that weighed a source which changes now.

    A source is written from several places; the trigger sees them all, plain SQL included. It takes the rounds' rows
    first, in order, as a compile does: a compile that has begun without the change cannot settle what it has not seen.
    """
    return pgtrigger.Trigger(
        name="changed_source_makes_reports_stale",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*WEIGHED),
        func="""
            PERFORM FROM reviews_round r WHERE r.id IN (
                SELECT claim.round_id FROM reviews_roundclaim claim
                JOIN reviews_roundcitation citation ON citation.claim_id = claim.id AND citation.source_id = NEW.id
            ) ORDER BY r.id FOR NO KEY UPDATE;
            INSERT INTO reviews_recheck (report_id, cause, source_id, since)
            SELECT DISTINCT ON (report.round_id) report.id,
                CASE WHEN NEW.retraction = 'retracted' AND OLD.retraction <> 'retracted' THEN 'retracted'
                     ELSE 'record' END,
                NEW.id, now()
            FROM reviews_report report
            JOIN reviews_roundclaim claim ON claim.round_id = report.round_id
            JOIN reviews_roundcitation citation ON citation.claim_id = claim.id AND citation.source_id = NEW.id
            ORDER BY report.round_id, report.number DESC
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        """,
    )


@pghistory.track()
class Source(models.Model):
    """A bibliographic record, once for the whole desk; CSL-JSON at heart.

    Identifiers are stored in their normal form (``reviews.core.citing.identifiers``): a bare lower-case DOI, digits
    for PMID, ``PMC`` and digits, ``NCT`` and eight digits.
    """

    class Retraction(models.TextChoices):
        NONE = "none", "not retracted"
        CONCERN = "concern", "expression of concern"
        RETRACTED = "retracted", "retracted"

    title = models.CharField(max_length=1000)
    authors = models.TextField(blank=True, help_text="One a line: Family, Given.")
    container = models.CharField("journal or site", max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    volume = models.CharField(max_length=40, blank=True)
    issue = models.CharField(max_length=40, blank=True)
    pages = models.CharField(max_length=60, blank=True)
    doi = models.CharField("DOI", max_length=300, blank=True)
    pmid = models.CharField("PMID", max_length=20, blank=True)
    pmcid = models.CharField("PMCID", max_length=20, blank=True)
    nct = models.CharField(
        "trial registration",
        max_length=20,
        blank=True,
        help_text="NCT number: papers of one trial count once.",
    )
    url = models.URLField("address", max_length=1000, blank=True)
    design = models.CharField("study design", max_length=30, choices=DESIGNS, blank=True)
    text = models.TextField(
        "stored text",
        blank=True,
        help_text="Abstract or passage. Quotes of reviewers are checked against it.",
    )
    retraction = models.CharField(max_length=12, choices=Retraction, default=Retraction.NONE)
    retraction_note = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            _one_source_per("doi"),
            _one_source_per("pmid"),
            _one_source_per("pmcid"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1500, 2200)),
                name="source_year_is_a_year",
                violation_error_message="Give the year with four digits.",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [makes_reports_stale()]

    def __str__(self) -> str:
        return self.record.short()

    @property
    def record(self) -> Record:
        return Record(
            title=self.title,
            authors=tuple(self.authors.splitlines()),
            container=self.container,
            year=self.year,
            volume=self.volume,
            issue=self.issue,
            pages=self.pages,
            doi=self.doi,
            pmid=self.pmid,
            pmcid=self.pmcid,
            nct=self.nct,
            url=self.url,
        )


@pghistory.track()
class Citation(models.Model):
    """A source put to a claim, by the article itself or by an editor. A round takes a copy when it opens."""

    class Origin(models.TextChoices):
        ARTICLE = "article", "cited by the article"
        EDITOR = "editor", "put by the desk"
        REVIEWER = "reviewer", "added by a reviewer"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.EDITOR)

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "source"],
                name="one_citation_per_claim_and_source",
                violation_error_message="This source is put to this claim already.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="reviewer"), name="a_reviewers_source_is_cited_in_the_round_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} on {self.claim}"
