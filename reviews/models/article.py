"""A work under review, and what was received of it."""

import secrets
from typing import ClassVar, Self

import pghistory
from django.db import connections, models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from reviews.models.user import User

LONGEST_SLUG = 80


class ArticleQuerySet(models.QuerySet["Article"]):
    def free_slug(self, title: str, *, file_name: str = "") -> str:
        """Return an address for an article: its words, and a few letters where another has them already.

        Until this transaction ends, whoever asks for the same words waits: of two articles of one title, added at the
        same moment, the second sees the first.
        """
        words = slugify(title) or slugify(file_name.rpartition(".")[0]) or "article"
        slug = words[:LONGEST_SLUG].strip("-")
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"article {slug}"])
        taken = slug == "article" or self.filter(slug=slug).exists()
        return f"{slug}-{secrets.token_hex(3)}" if taken else slug


@pghistory.track()
class Article(models.Model):
    """A work under review. What it says stands in its revisions."""

    title = models.CharField(max_length=500, blank=True, help_text="Left empty, it is taken from the text.")
    slug = models.SlugField(max_length=90, unique=True, editable=False)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    url = models.URLField("address", max_length=1000, blank=True, help_text="Where readers find it.")
    topic = models.CharField(max_length=120, blank=True, help_text="What it is about, in a few words.")
    vendor = models.CharField(max_length=200, blank=True, help_text="Who sells what it praises, where somebody does.")
    published_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at"]

    def __str__(self) -> str:
        return self.title or "Untitled article"


class IntakeQuerySet(models.QuerySet["Intake"]):
    def waiting(self) -> Self:
        return self.filter(read_at=None, failed_at=None)


class Intake(models.Model):
    """What was received of an article, as it came: kept beside the clean text that was read from it."""

    class Form(models.TextChoices):
        TEXT = "text", "plain text"
        HTML = "html", "HTML"
        DOCX = "docx", "a Word file"
        PDF = "pdf", "a PDF"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="intakes")
    form = models.CharField(max_length=10, choices=Form)
    file_name = models.CharField(max_length=255, blank=True, help_text="Empty where the text was pasted or fetched.")
    address = models.URLField(max_length=1000, blank=True, help_text="Where it is fetched from; empty otherwise.")
    fetched_at = models.DateTimeField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True, help_text="What the server said of it, by header's name.")
    received = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True, help_text="Why it could not be read, for the editor.")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(failed_at=None),
                name="intake_is_read_or_failed_not_both",
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None, failure="") | (Q(failed_at__isnull=False) & ~Q(failure="")),
                name="failed_intake_says_why",
            ),
            models.CheckConstraint(
                condition=Q(fetched_at=None) | ~Q(address=""),
                name="only_an_address_is_fetched",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(address="") | Q(fetched_at__isnull=False),
                name="an_address_is_fetched_before_it_is_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name or self.address or 'pasted text'}, {self.received_at:%d %B %Y}"
