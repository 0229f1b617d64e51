"""An immutable text of an article, and what the machine noticed in it."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.article import Article, Intake, keeps_stage
from reviews.models.vocabulary import CUE_KINDS, REGION_KINDS
from reviews.models.words import index_of_words, vector_of_text

WORDS = vector_of_text("text")
"""What is searched of a text."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> Self:
        """The last text of each article: what the next round is about."""
        newer = self.model._default_manager.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
        return self.exclude(Exists(newer))

    def annotate_use(self) -> Self:
        """Add ``rounds_held`` and ``wanted``: how many rounds were on it, and how many claims stand on its list."""
        return self.annotate(
            rounds_held=Count("rounds", distinct=True),
            wanted=Count("claims", filter=Q(claims__state="accepted"), distinct=True),
        )


class Revision(models.Model):
    """A clean text of an article. Marks belong to it, so it never changes."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="revision")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2, blank=True, help_text=_("ISO 639-1; empty where it cannot be told."))
    build = models.JSONField(
        default=dict,
        help_text=_('Its structure: {"parts": [[role, level, start, end]], "links": [[start, end, address]]}.'),
    )
    read_at = models.DateTimeField()

    SEARCHED = WORDS
    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["article", "number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sha256"], name="revisions_by_text"),
            index_of_words(WORDS, name="texts_by_words"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["article", "number"], name="one_revision_per_number"),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="revision_never_changes", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="a_revision_differs_from_the_one_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.sha256 = (
                        SELECT r.sha256 FROM reviews_revision r
                        WHERE r.article_id = NEW.article_id ORDER BY r.number DESC LIMIT 1
                    ) THEN
                        RAISE EXCEPTION 'the article has this very text already'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_revision_differs_from_the_one_before';
                    END IF;
                    RETURN NEW;
                """,
            ),
            keeps_stage("a_text_moves_its_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, revision {self.number}"

    @property
    def is_superseded(self) -> bool:
        """Whether a newer text of the article came in: asks the database."""
        return self._newer.exists()

    @property
    def newer_at(self) -> datetime | None:
        """When the newest text of the article came in, where that is a later one: asks the database."""
        return self._newer.order_by("-number").values_list("read_at", flat=True).first()

    @property
    def _newer(self) -> RevisionQuerySet:
        return Revision.objects.filter(article=self.article_id, number__gt=self.number)


class Region(models.Model):
    """What a stretch of a revision is. Claims outside title and body do not count against the article."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="regions")
    kind = models.CharField(max_length=20, choices=REGION_KINDS)
    start = models.PositiveIntegerField(help_text=_("In Unicode code points from the beginning of the text."))
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["revision", "start"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="region_begins_before_it_ends"),
            ExclusionConstraint(
                name="regions_of_a_revision_do_not_overlap",
                expressions=[
                    (
                        Func(F("start"), F("end"), function="int4range", output_field=IntegerRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                    ("revision", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"


class Sentence(models.Model):
    """One sentence of a revision: ``text[start:end]``."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="sentences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["revision", "start"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="sentence_begins_before_it_ends"),
            models.UniqueConstraint(fields=["revision", "start"], name="one_sentence_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


class Cue(models.Model):
    """A machine's remark on a stretch of a sentence. It explains, it never decides."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="cues")
    kind = models.CharField(max_length=30, choices=CUE_KINDS)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar[list[str]] = ["revision", "start"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="cue_begins_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"
