"""A work under review, and what was received of it."""

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar, Self

import pgtrigger
from django.db import connections, models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.user import User
from reviews.models.wording import kept
from reviews.models.words import index_of_spelling, index_of_words, vector

LONGEST_SLUG = 80
PARTIES = ("vendor", "product", "publisher", "author")
"""Whoever may make a conflict of interest."""

UNTITLED = "Untitled article"

WORDS = vector("title") + vector("topic", "product", "vendor", "publisher", "author", weight="B")
"""What is searched of an article beside its text."""


def keeps_stage(name: str, article: str = "{row}.article_id") -> pgtrigger.Trigger:
    """Return the trigger that keeps an article's stage true to the rows that it follows from.

    ``article`` is the SQL that finds the article's id from ``{row}``, the changed row. The first of these that there is
    decides: an open round, a report newer than what is published, a standing publication, a closed round, a text,
    something that waits to be read.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("touched", "reviews_article.id%TYPE")],
        func=f"""
            touched := {article.format(row="NEW")};
            UPDATE reviews_article a SET stage = s.stage, stage_since = s.since
            FROM (
                SELECT stage, since FROM (
                    SELECT 1 AS step, 'panel' AS stage, min(r.opened_at) AS since
                    FROM reviews_round r JOIN reviews_revision v ON v.id = r.revision_id
                    WHERE v.article_id = touched AND r.closed_at IS NULL
                    UNION ALL
                    SELECT 2, 'compiled', max(c.compiled_at)
                    FROM reviews_report c JOIN reviews_round r ON r.id = c.round_id
                    JOIN reviews_revision v ON v.id = r.revision_id
                    WHERE v.article_id = touched AND NOT EXISTS (
                        SELECT FROM reviews_publication p WHERE p.article_id = touched
                          AND (p.report_id = c.id OR p.published_at > c.compiled_at)
                    )
                    UNION ALL
                    SELECT 3, 'published', max(p.published_at)
                    FROM reviews_publication p WHERE p.article_id = touched AND p.withdrawn_at IS NULL
                    UNION ALL
                    SELECT 4, 'compiled', max(r.closed_at)
                    FROM reviews_round r JOIN reviews_revision v ON v.id = r.revision_id WHERE v.article_id = touched
                    UNION ALL
                    SELECT 5, 'curating', max(v.read_at) FROM reviews_revision v WHERE v.article_id = touched
                    UNION ALL
                    SELECT 6, 'reading', max(i.received_at)
                    FROM reviews_intake i WHERE i.article_id = touched AND i.read_at IS NULL AND i.failed_at IS NULL
                    UNION ALL
                    SELECT 7, 'failed', max(i.failed_at) FROM reviews_intake i WHERE i.article_id = touched
                ) steps WHERE since IS NOT NULL ORDER BY step LIMIT 1
            ) s
            WHERE a.id = touched AND (a.stage, a.stage_since) IS DISTINCT FROM (s.stage, s.since);
            RETURN NULL;
        """,  # noqa: S608 - nothing in it comes from outside
    )


SCHEMES = ("https", "http")


def as_kept(address: str) -> str:
    """Return an address as an article keeps it: of the page, not of a part of it, with one slash at its end if any.

    What follows "#" stays where it is a way ("#/tea", "#!tea"): there are sites that have all their pages behind it.
    """
    whole, mark, part = address.strip().partition("#")
    if part[:1] in {"/", "!"}:
        whole = f"{whole}{mark}{part}"
    bare = whole.rstrip("/")
    scheme, separator, rest = (bare + "/" if bare != whole else bare).partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{separator}{host.lower()}{slash}{path}"


def place_of(address: str) -> str:
    """Return where an address leads, whether by http or https, with a slash at the end or without, to a part or not."""
    return as_kept(address).partition("://")[2].rstrip("/")


class ArticleQuerySet(models.QuerySet["Article"]):
    def before(self, user: User) -> Self:
        """Articles that lie on this person's desk: all, or the own ones where the role says so.

        One's own is what one looks after, what one added and nobody else looks after, and what one edits a round of.
        """
        if user.sees_every_article:
            return self
        edited = self.model._default_manager.filter(revisions__rounds__editors=user)
        return self.filter(Q(editor=user) | Q(editor=None, added_by=user) | Q(pk__in=edited.values("pk")))

    def at_address(self, address: str) -> Self:
        """Articles that readers find at this address, by whichever scheme and with a slash at the end or without."""
        return self.at_addresses([address])

    def at_addresses(self, addresses: Iterable[str]) -> Self:
        """Articles that readers find at any of these addresses."""
        places = {place_of(address) for address in addresses} - {""}
        spellings = [f"{scheme}://{place}{slash}" for place in places for scheme in SCHEMES for slash in ("", "/")]
        return self.filter(url__in=spellings)

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


@tracked(exclude=["stage", "stage_since", "parties"])
class Article(models.Model):
    """A work under review. What it says stands in its revisions."""

    class Stage(models.TextChoices):
        """From what was received to what readers see."""

        FAILED = "failed", _("could not be read")
        READING = "reading", _("being read")
        CURATING = "curating", _("claims to choose")
        PANEL = "panel", _("before the panel")
        COMPILED = "compiled", _("panel is done")
        PUBLISHED = "published", _("published")

    title = models.CharField(max_length=500, blank=True, help_text=_("Left empty, it is taken from the text."))
    slug = models.SlugField(max_length=90, unique=True, editable=False)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True, help_text=_("Where readers find it."))
    topic = models.CharField(max_length=120, blank=True, help_text=_("What it is about, in a few words."))
    vendor = models.CharField(
        max_length=200, blank=True, help_text=_("Who sells what it praises, where somebody does.")
    )
    product = models.CharField(
        max_length=200, blank=True, help_text=_("What it praises or warns of, by its trade name.")
    )
    published_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    editor = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
        help_text=_("Empty: whoever added it."),
    )
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.READING, editable=False)
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    parties = models.GeneratedField(
        expression=Lower(
            Func(
                Concat(Value(" "), *[part for name in PARTIES for part in (name, Value(" | "))]),
                Value("[^[:alnum:]|]+"),
                Value(" "),
                Value("g"),
                function="regexp_replace",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    """Whoever may make a conflict of interest, in the form of ``reviews.core.assigning.interests.normal``."""

    SEARCHED = WORDS
    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stage", "stage_since"], name="articles_by_stage"),
            models.Index(fields=["-added_at"], name="articles_newest_first"),
            models.Index(fields=["url"], name="articles_by_address"),
            index_of_words(WORDS, name="articles_by_words"),
            index_of_spelling("title", name="articles_by_spelling"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(stage__in=["failed", "reading", "curating", "panel", "compiled", "published"]),
                name="a_stage_is_one_of_the_board",
            ),
        ]

    def __str__(self) -> str:
        return self.title or UNTITLED

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.url = as_kept(self.url)
        super().save(*args, **kwargs)


class IntakeQuerySet(models.QuerySet["Intake"]):
    def waiting(self) -> Self:
        return self.filter(read_at=None, failed_at=None)


class Intake(models.Model):
    """What was received of an article, as it came: kept beside the clean text that was read from it."""

    class Form(models.TextChoices):
        TEXT = "text", _("plain text")
        HTML = "html", _("HTML")
        DOCX = "docx", _("a Word file")
        PDF = "pdf", _("a PDF")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="intakes")
    form = models.CharField(max_length=10, choices=Form)
    file_name = models.CharField(max_length=255, blank=True, help_text=_("Empty where the text was pasted or fetched."))
    address = models.URLField(max_length=1000, blank=True, help_text=_("Where it is fetched from; empty otherwise."))
    fetched_at = models.DateTimeField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True, help_text=_("What the server said of it, by header's name."))
    received = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True, help_text=_("Why it could not be read, for the editor."))
    same_as = models.ForeignKey(
        "reviews.Revision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="received_again",
        help_text=_("The text of the article that it turned out to be, word for word."),
    )

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
            models.CheckConstraint(
                condition=Q(same_as=None) | Q(read_at__isnull=False), name="what_is_the_same_text_again_was_read"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [keeps_stage("an_intake_moves_its_article")]

    def __str__(self) -> str:
        day = date_format(timezone.localtime(self.received_at))
        return f"{self.file_name or self.address or gettext('pasted text')}, {day}"

    @property
    def why(self) -> str:
        """Why it could not be read, in the desk's language."""
        return kept(self.failure)
