"""A feed of a site that the desk watches, and what it has listed."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.article import Article
from reviews.models.event import tracked
from reviews.models.user import User
from reviews.models.wording import kept

OF_THE_MACHINE = [
    *("title", "due_at", "seen_at", "etag", "last_modified", "failures", "failure", "failure_values", "failed_at"),
]
"""Fields that every check writes: they are no part of the audit trail."""


class FeedQuerySet(models.QuerySet["Feed"]):
    def before(self, user: User) -> Self:
        """Feeds that lie on this person's desk: all, or the own ones where the role says so."""
        return self if user.sees_every_article else self.filter(added_by=user)

    def watched(self) -> Self:
        return self.filter(paused_at=None)

    def due(self, at: datetime) -> Self:
        """Watched, and the time of the next check has come."""
        return self.watched().filter(due_at__lte=at)


@tracked(exclude=OF_THE_MACHINE)
class Feed(models.Model):
    """An RSS or Atom feed that is looked at again and again."""

    class Hours(models.IntegerChoices):
        HOURLY = 1, _("every hour")
        FOUR_TIMES = 6, _("every six hours")
        DAILY = 24, _("once a day")

    address = models.URLField(max_length=1000)
    title = models.CharField(max_length=300, blank=True, help_text=_("As the feed calls itself."))
    takes_all = models.BooleanField(
        _("take in whatever is new"),
        default=False,
        help_text=_("Otherwise what is new is listed here, and you choose."),
    )
    every_hours = models.PositiveSmallIntegerField(_("look"), choices=Hours, default=Hours.FOUR_TIMES)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(editable=False, help_text=_("When it is looked at next."))
    seen_at = models.DateTimeField(null=True, blank=True, editable=False, help_text=_("When it last answered."))
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False, help_text=_("In a row, up to now."))
    failure = models.CharField(max_length=1500, blank=True, editable=False, help_text=_("Why the last check failed."))
    failure_values = models.JSONField(default=dict, editable=False, help_text=_("What its words have a place for."))
    failed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "address", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["address", "added_by"],
                name="one_feed_per_address_and_person",
                violation_error_message=_("You watch this feed already."),
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failure="", failed_at=None)
                | (Q(failures__gt=0, failed_at__isnull=False) & ~Q(failure="")),
                name="a_failing_feed_says_why",
            ),
            models.CheckConstraint(condition=Q(every_hours__in=[1, 6, 24]), name="a_feed_is_checked_hourly_to_daily"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def why(self) -> str:
        """Why the last look failed, in the desk's language."""
        return kept(self.failure, self.failure_values)


class FeedEntryQuerySet(models.QuerySet["FeedEntry"]):
    def waiting(self) -> Self:
        """New, and neither taken in nor left."""
        return self.filter(article=None, left_at=None)


class FeedEntry(models.Model):
    """One thing that a feed has listed, once. What was there at the first look is left unless somebody takes it."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, help_text=_("SHA-256 of what the feed itself calls it."))
    address = models.URLField(max_length=1000)
    title = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FeedEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-seen_at", "-published_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["feed"], condition=Q(article=None, left_at=None), name="entries_that_wait"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["feed", "key"], name="one_entry_per_key_of_a_feed"),
            models.CheckConstraint(
                condition=Q(article=None) | Q(left_at=None), name="an_entry_is_taken_in_or_left_not_both"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.address
