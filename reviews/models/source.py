"""What is put to a claim: bibliographic records."""

from dataclasses import fields
from hashlib import sha256
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.records import Record
from reviews.models.claim import Claim
from reviews.models.event import tracked
from reviews.models.user import User
from reviews.models.vocabulary import DESIGNS, SOURCE_KINDS
from reviews.models.words import index_of_spelling, index_of_words, vector, vector_of_text

WORDS = vector("title") + vector("authors", "container", weight="B") + vector_of_text("text")
"""What is searched of a source."""


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
    A round that has a source which was merged into this one weighed it too.
    """
    return pgtrigger.Trigger(
        name="changed_source_makes_reports_stale",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*WEIGHED),
        func="""
            PERFORM FROM reviews_round r WHERE r.id IN (
                SELECT claim.round_id FROM reviews_roundclaim claim
                JOIN reviews_roundcitation citation ON citation.claim_id = claim.id
                JOIN reviews_source cited ON cited.id = citation.source_id
                    AND NEW.id IN (cited.id, cited.merged_into_id)
            ) ORDER BY r.id FOR NO KEY UPDATE;
            INSERT INTO reviews_recheck (report_id, cause, source_id, since)
            SELECT DISTINCT ON (report.round_id) report.id,
                CASE WHEN NEW.retraction = 'retracted' AND OLD.retraction <> 'retracted' THEN 'retracted'
                     ELSE 'record' END,
                NEW.id, now()
            FROM reviews_report report
            JOIN reviews_roundclaim claim ON claim.round_id = report.round_id
            JOIN reviews_roundcitation citation ON citation.claim_id = claim.id
                JOIN reviews_source cited ON cited.id = citation.source_id
                    AND NEW.id IN (cited.id, cited.merged_into_id)
            ORDER BY report.round_id, report.number DESC
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        """,
    )


class SourceQuerySet(models.QuerySet["Source"]):
    def standing(self) -> Self:
        """Sources that were not merged into another."""
        return self.filter(merged_into=None)


@tracked()
class Source(models.Model):
    """A bibliographic record, once for the whole desk; CSL-JSON at heart.

    Identifiers are stored in their normal form (``reviews.core.citing.identifiers``): a bare lower-case DOI, digits
    for PMID, ``PMC`` and digits, a trial's number as its registry writes it, an ISBN in thirteen digits. One that was
    merged into another gave its identifiers away; only rounds that opened before still name it.
    """

    class Retraction(models.TextChoices):
        NONE = "none", _("not retracted")
        CORRECTED = "corrected", _("corrected")
        CONCERN = "concern", _("expression of concern")
        RETRACTED = "retracted", _("retracted")

    title = models.CharField(max_length=1000)
    kind = models.CharField(max_length=20, choices=SOURCE_KINDS, blank=True)
    authors = models.TextField(blank=True, help_text=_("One a line: Family, Given."))
    editors = models.TextField(blank=True, help_text=_("One a line: Family, Given."))
    container = models.CharField(_("journal or site"), max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    volume = models.CharField(max_length=40, blank=True)
    issue = models.CharField(max_length=40, blank=True)
    pages = models.CharField(max_length=60, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    doi = models.CharField("DOI", max_length=300, blank=True)
    pmid = models.CharField("PMID", max_length=20, blank=True)
    pmcid = models.CharField("PMCID", max_length=20, blank=True)
    nct = models.CharField(
        _("trial registration"),
        max_length=40,
        blank=True,
        help_text=_("NCT number: papers of one trial count once."),
    )
    isbn = models.CharField("ISBN", max_length=13, blank=True, help_text=_("Chapters of one book share it."))
    url = models.URLField(_("address"), max_length=1000, blank=True)
    design = models.CharField(_("study design"), max_length=30, choices=DESIGNS, blank=True)
    text = models.TextField(
        _("stored text"),
        blank=True,
        help_text=_("Abstract or passage. Quotes of reviewers are checked against it."),
    )
    retraction = models.CharField(max_length=12, choices=Retraction, default=Retraction.NONE)
    retraction_note = models.CharField(max_length=300, blank=True)
    publication_types = ArrayField(models.CharField(max_length=200), default=list, blank=True, editable=False)
    keywords = ArrayField(models.CharField(max_length=200), default=list, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed", editable=False
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    SEARCHED = WORDS
    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["title"]
        indexes: ClassVar[list[models.Index]] = [
            index_of_words(WORDS, name="sources_by_words"),
            index_of_spelling("title", name="sources_by_spelling"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            _one_source_per("doi"),
            _one_source_per("pmid"),
            _one_source_per("pmcid"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1500, 2200)),
                name="source_year_is_a_year",
                violation_error_message=_("Give the year with four digits."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(doi="", pmid="", pmcid=""),
                name="merged_source_gave_its_identifiers_away",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="source_is_not_merged_into_itself"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            makes_reports_stale(),
            pgtrigger.Trigger(
                name="source_is_merged_into_one_that_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                func="""
                    IF EXISTS (
                        SELECT FROM reviews_source s WHERE s.id = NEW.merged_into_id AND s.merged_into_id IS NOT NULL
                    ) OR EXISTS (SELECT FROM reviews_source s WHERE s.merged_into_id = NEW.id) THEN
                        RAISE EXCEPTION 'source % is merged itself', NEW.merged_into_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_merged_into_one_that_stands';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.record.short()

    @property
    def record(self) -> Record:
        return Record(
            title=self.title,
            kind=self.kind,
            authors=tuple(self.authors.splitlines()),
            editors=tuple(self.editors.splitlines()),
            container=self.container,
            year=self.year,
            volume=self.volume,
            issue=self.issue,
            pages=self.pages,
            publisher=self.publisher,
            doi=self.doi,
            pmid=self.pmid,
            pmcid=self.pmcid,
            nct=self.nct,
            isbn=self.isbn,
            url=self.url,
        )

    @record.setter
    def record(self, record: Record) -> None:
        for name in RECORD_FIELDS:
            value = getattr(record, name)
            setattr(self, name, "\n".join(value) if isinstance(value, tuple) else value)


RECORD_FIELDS = tuple(field.name for field in fields(Record))
"""The fields of a source that make up its record."""


class SourceText(models.Model):
    """A text of a source as it was at one time: the abstract, a passage, the whole. It never changes.

    A source's ``text`` is the newest of them; what a reviewer has quoted from stays as it was seen.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="texts")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=60, help_text=_("Who gave it: the desk, or a service by its name."))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["source", "-added_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "sha256"], name="one_row_per_text_of_a_source"),
            models.CheckConstraint(condition=~Q(text=""), name="text_of_a_source_says_something"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="text_of_a_source_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.origin}, {date_format(localtime(self.added_at))}"


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


class SourceMerge(models.Model):
    """Two sources that were found to be one: what each was before, and what moved, so that they can be parted again."""

    kept = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="merged_in")
    before = models.JSONField(help_text=_("Fields that changed, of kept and absorbed, as they were."))
    moved = models.JSONField(default=list, help_text=_("Citations that went over to the one kept."))
    dropped = models.JSONField(
        default=list, help_text=_("Claim and origin of citations that the one kept had already.")
    )
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-merged_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(parted_at=None), name="one_standing_merge_per_absorbed_source"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_is_of_two_sources"),
            models.CheckConstraint(
                condition=Q(parted_at=None, parted_by=None) | Q(parted_at__isnull=False, parted_by__isnull=False),
                name="parted_merge_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} into {self.kept}"


@tracked()
class Citation(models.Model):
    """A source put to a claim, by the article itself or by an editor. A round takes a copy when it opens."""

    class Origin(models.TextChoices):
        ARTICLE = "article", _("cited by the article")
        EDITOR = "editor", _("put by the desk")
        REVIEWER = "reviewer", _("added by a reviewer")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.EDITOR)

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "source"],
                name="one_citation_per_claim_and_source",
                violation_error_message=_("This source is put to this claim already."),
            ),
            models.CheckConstraint(
                condition=~Q(origin="reviewer"), name="a_reviewers_source_is_cited_in_the_round_only"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="cited_source_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT FROM reviews_source s WHERE s.id = NEW.source_id AND s.merged_into_id IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'source % is merged into another', NEW.source_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cited_source_stands';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} on {self.claim}"
