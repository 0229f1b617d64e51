"""Scales and instruments as versioned data."""

from functools import cached_property
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.judging import instruments, scales
from reviews.core.judging.definitions import read_instrument
from reviews.models.event import tracked


class ScaleQuerySet(models.QuerySet["Scale"]):
    def current(self) -> Self:
        """The newest version of every scale."""
        return self.order_by("slug", "-version").distinct("slug")


class Scale(models.Model):
    """A version of a scale. Marks keep the version they were made on."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=120)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["slug", "version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_scale_per_slug_and_version"),
        ]

    def __str__(self) -> str:
        return gettext("%(form)s (version %(version)s)") % {"form": self.title, "version": self.version}

    @cached_property
    def value(self) -> scales.Scale:
        """The scale as the judging room knows it."""
        return scales.Scale(
            levels=tuple(
                scales.Level(
                    name=level.name,
                    title=level.title,
                    definition=level.definition,
                    position=level.position,
                    beyond_harm_line=level.beyond_harm_line,
                )
                for level in self.levels.all()
            )
        )


class Level(models.Model):
    """One level of a scale: a place on its one axis, best first, or none."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="levels")
    name = models.SlugField(max_length=40, help_text=_("As reports name it, with underscores."))
    title = models.CharField(max_length=60)
    definition = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("0 is best; empty is off the axis."))
    beyond_harm_line = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=30, help_text=_("The name of a colour token."))
    icon = models.CharField(max_length=30, help_text=_("The name of an icon."))

    class Meta:
        ordering: ClassVar[list[str]] = ["scale", "order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scale", "name"], name="one_level_per_name"),
            models.UniqueConstraint(fields=["scale", "order"], name="one_level_per_order"),
            models.UniqueConstraint(
                fields=["scale", "position"],
                condition=Q(position__isnull=False),
                name="one_level_per_position",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def current(self) -> Self:
        """The newest version of every instrument."""
        return self.order_by("slug", "-version").distinct("slug")


@tracked()
class Instrument(models.Model):
    """A version of a structured form. Once answered it is frozen for ever: an edit makes a new version."""

    class About(models.TextChoices):
        ARTICLE = "article", _("the article")
        CLAIM = "claim", _("a claim")

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=10, choices=About)
    definition = models.TextField(help_text=_("Items, guidance and scoring, as TOML."))

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["slug", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_instrument_per_slug_and_version"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="answered_instrument_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT FROM reviews_answersheet s WHERE s.instrument_id = OLD.id) THEN
                        RAISE EXCEPTION 'this version of the instrument has answers'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'answered_instrument_is_frozen';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(form)s (version %(version)s)") % {"form": self.title, "version": self.version}

    @cached_property
    def form(self) -> instruments.Instrument:
        """The instrument as the judging room knows it."""
        return read_instrument(self.definition)
