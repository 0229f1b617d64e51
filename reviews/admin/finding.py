"""One search over articles, claims and sources: ranked, highlighted, and only of what the editor may see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.postgres.search import SearchHeadline, SearchRank, TrigramWordSimilarity
from django.db import OperationalError, connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat, Left, Replace
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise
from psycopg.errors import QueryCanceled

from reviews.admin.count import told
from reviews.admin.room import articles_before, claims_before, page, room_view
from reviews.admin.sight import named, sources_before
from reviews.models import Article, Claim, Revision, Source
from reviews.models.words import CONFIG, asked, long_words, saying, spelt_like

SHOWN = 10
RANKED = 100
"""So many of what has the words are ranked, the newest: of a word that everything has, no order is the right one."""

LISTED = 1000
"""So many of what has the words a list holds, the newest: whoever looks for more asks for more words."""

PATIENCE = 500
"""Milliseconds after which the database is told to look through the newest rows alone: a phrase whose words stand in
every text, but never side by side, would have it read all of them.
"""

LOOKED_THROUGH = 500
TIMEOUT = "statement_timeout"
ENDS_EARLY = _(
    "To look through everything would take too long. Only the newest %(count)s were read for these words: add a word "
    "that is rarer, or filter."
)

LONGEST_HEADLINE = 50_000
LONGEST_QUESTION = 200
BEGIN, END, LESS = "\ue000", "\ue001", " \ue002 "
"""Marks around a found word in what the database answers, and what stands for "<", of which it would make tags and drop
them: of Unicode's private use, so in no text with a meaning. Blanks keep words apart that it kept apart.
"""


@dataclass(frozen=True)
class Kind:
    """One kind of rows that can be searched, and how the page shows one."""

    name: str
    title: StrPromise
    rows: Callable[[HttpRequest], "QuerySet[Any]"]
    searched: Any
    spelling: str
    headline: str
    text: Any
    beside: Callable[[Any], str]

    def url(self, row: Any) -> str:
        return reverse(f"admin:reviews_{self.name}_change", args=[row.pk])

    def newest(self, rows: "QuerySet[Any]", *, words: str, most: int) -> "Newest":
        """Return the rows that have these words, or, where none has, those spelt nearly so, ``most`` at most.

        The database walks from the newest and stops when it has enough, so that a word that everything has costs no
        more than a rare one. Of few rows (the own articles, a rare stage) it reads those alone.
        """
        words = words.replace("\x00", "").strip()[:LONGEST_QUESTION]
        if not any(word.strip("-") and not word.startswith("-") for word in words.split()):
            return Newest([])  # what only says what it is without would be everything else
        rows = _by_key_if_few(rows)
        saying_so = self._saying(rows, words=words, most=most)
        if saying_so.keys:
            return saying_so
        alike = _newest(spelt_like(rows, field=self.spelling, words=words), among=rows, most=most)
        return Newest(alike.keys, is_alike=True, is_whole=saying_so.is_whole and alike.is_whole)

    def found(self, rows: "QuerySet[Any]", *, words: str, request: HttpRequest) -> "QuerySet[Any]":
        """Return the rows of a list that have these words, or those spelt nearly so: ``LISTED`` at most."""
        if not words.replace("\x00", "").strip():
            return rows
        newest = self.newest(rows, words=words, most=LISTED)
        say_where_it_ends(request, newest)
        return rows.filter(pk__in=newest.keys)

    def _saying(self, rows: "QuerySet[Any]", *, words: str, most: int) -> "Newest":
        if self.name == "source" and (identifier := named(words)):
            return _newest(rows.filter(identifier), among=rows, most=most)
        newest = _newest(saying(rows, searched=self.searched, words=words), among=rows, most=most)
        if self.name != "article" or len(newest.keys) == most:
            return newest
        texts = _newest_by_text(rows, words=words, besides=newest.keys, most=most - len(newest.keys))
        return Newest(newest.keys + texts.keys, is_whole=newest.is_whole and texts.is_whole)


@dataclass(frozen=True)
class Newest:
    """The keys of the newest rows that have some words; whether they are only spelt nearly so, and whether the database
    looked through all rows there are, as far as it had to.
    """

    keys: list[int]
    is_alike: bool = False
    is_whole: bool = True


def say_where_it_ends(request: HttpRequest, *newest: Newest) -> None:
    """Tell whoever searches where not everything was looked through."""
    if not all(one.is_whole for one in newest):
        messages.warning(request, ENDS_EARLY % {"count": LOOKED_THROUGH})


def _newest(hits: "QuerySet[Any]", *, among: "QuerySet[Any]", most: int, key: str = "pk") -> Newest:
    """Return the newest rows of ``hits``, which are those ``among`` rows that have some words; ``key`` leads to what is
    wanted of them. Where the database does not come to an end in time it looks through the newest rows alone.
    """
    keys = hits.order_by(f"-{key}").values_list(key, flat=True).distinct()
    found = _in_time(keys[:most])
    if found is not None:
        return Newest(found)
    latest = among.order_by(f"-{key}").values_list("pk", flat=True)[:LOOKED_THROUGH]
    return Newest(_in_time(keys.filter(pk__in=list(latest))[:most]) or [], is_whole=False)


def _in_time(keys: "QuerySet[Any]") -> list[int] | None:
    """Return the keys, or None where the database has not found them within ``PATIENCE``."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT current_setting('{TIMEOUT}'), set_config('{TIMEOUT}', '{PATIENCE}ms', true)")
            usual, _ = cursor.fetchone()
            found = list(keys)
            cursor.execute(f"SELECT set_config('{TIMEOUT}', %s, true)", [usual])
            return found
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            return None
        raise


def _by_key_if_few(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return rows by their keys where a condition leaves few of them: else the database, which cannot foresee that,
    would walk past all others.
    """
    if not rows.query.where:
        return rows
    keys = list(rows.order_by().values_list("pk", flat=True)[: LISTED + 1])
    return rows.model._default_manager.filter(pk__in=keys) if len(keys) <= LISTED else rows


def _newest_by_text(articles: "QuerySet[Any]", *, words: str, besides: list[int], most: int) -> Newest:
    """Return the articles ``besides`` those known of which a text has these words: to read a long text is what costs,
    so whoever has enough by title need not ask.
    """
    texts = Revision.objects.filter(article__in=articles.order_by().values("pk")).exclude(article__in=besides)
    hits = saying(texts, searched=Revision.SEARCHED, words=words)
    return _newest(hits, among=texts, most=most, key="article_id")


def _article_beside(article: Any) -> str:
    return " · ".join(part for part in (article.publisher, article.author, article.get_stage_display()) if part)


def _text_of_article() -> Any:
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    return Subquery(newest.values(part=Left("text", LONGEST_HEADLINE))[:1], output_field=TextField())


ARTICLES = Kind(
    "article", _("Articles"), articles_before, Article.SEARCHED, "title", "title", _text_of_article(), _article_beside
)
CLAIMS = Kind(
    "claim",
    _("Claims"),
    claims_before,
    Claim.SEARCHED,
    "wording",
    "wording",
    Left("quote", LONGEST_HEADLINE),
    lambda claim: f"{claim.get_state_display()} · {claim.revision.article}",
)
SOURCES = Kind(
    "source",
    _("Sources"),
    sources_before,
    Source.SEARCHED,
    "title",
    "title",
    Concat("authors", Value(" … "), "container", Value(" … "), Left("text", LONGEST_HEADLINE)),
    lambda source: source.record.short(),
)
KINDS = (ARTICLES, CLAIMS, SOURCES)


def sources_found(request: HttpRequest, words: str) -> "QuerySet[Source]":
    """Return the sources that an editor searches for, by any identifier or by words; nothing where none is given."""
    rows = sources_before(request)
    return SOURCES.found(rows, words=words, request=request) if words.strip() else rows.none()


@dataclass(frozen=True)
class Hit:
    """One row that was found: where it is, its words with those that were asked for marked, and what stands beside."""

    url: str
    headline: SafeString
    beside: str
    excerpt: SafeString | None


@dataclass(frozen=True)
class Finding:
    """What was found of one kind, the best first."""

    kind: Kind
    hits: list[Hit]
    newest: Newest
    url: str

    @property
    def count(self) -> int:
        return len(self.newest.keys)

    @property
    def is_alike(self) -> bool:
        return self.newest.is_alike

    @property
    def told(self) -> str:
        return told(self.count, most=RANKED)


@room_view
def search(request: HttpRequest) -> HttpResponse:
    """Search everything at once; each kind shows its best, and leads to its list for the rest."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    findings = [find(request, kind, words=words) for kind in KINDS] if words else []
    say_where_it_ends(request, *(finding.newest for finding in findings))
    findings = [finding for finding in findings if finding.hits]
    return page(
        request,
        "reviews/search/search.html",
        title=gettext("Search: %(words)s") % {"words": words} if words else gettext("Search"),
        words=words,
        findings=findings,
        alike=bool(findings) and all(finding.is_alike for finding in findings),
    )


def find(request: HttpRequest, kind: Kind, *, words: str) -> Finding:
    """Return the best rows of one kind; the number of queries does not depend on how many there are."""
    newest = kind.newest(kind.rows(request), words=words, most=RANKED + 1)
    rank = _likeness(kind, words) if newest.is_alike else SearchRank(kind.searched, asked(words))
    best = kind.rows(request).filter(pk__in=newest.keys[:RANKED]).alias(fits=rank).order_by("-fits", "-pk")
    shown = list(best.values_list("pk", flat=True)[:SHOWN])
    rows = {row.pk: row for row in _told(kind.rows(request).filter(pk__in=shown), kind=kind, words=words)}
    listed = reverse(f"admin:reviews_{kind.name}_changelist", query={"q": words})
    return Finding(kind, [_hit(rows[pk], kind=kind) for pk in shown], newest, listed)


def _likeness(kind: Kind, words: str) -> Any:
    likeness = [TrigramWordSimilarity(word, kind.spelling) for word in long_words(words)]
    return sum(likeness[1:], start=likeness[0]) if likeness else Value(0.0)


def _told(rows: "QuerySet[Any]", *, kind: Kind, words: str) -> "QuerySet[Any]":
    excerpts = {"max_fragments": 2, "min_words": 8, "max_words": 24, "fragment_delimiter": " … "}
    marked: QuerySet[Any] = rows.annotate(
        marked=_headline(kind.headline, words, highlight_all=True), excerpt=_headline(kind.text, words, **excerpts)
    )
    return marked


def _headline(text: Any, words: str, **how: Any) -> SearchHeadline:
    whole = Replace(text, Value("<"), Value(LESS))
    return SearchHeadline(whole, asked(words), config=CONFIG, start_sel=BEGIN, stop_sel=END, **how)


def _hit(row: Any, *, kind: Kind) -> Hit:
    is_said = kind is CLAIMS and BEGIN in row.marked  # the quote would say the same once more
    excerpt = marked(row.excerpt) if BEGIN in (row.excerpt or "") and not is_said else None
    return Hit(kind.url(row), marked(row.marked) or str_of(row), kind.beside(row), excerpt)


def str_of(row: Any) -> SafeString:
    """Return a row that has no words of its own as it is called elsewhere."""
    return format_html("{}", str(row))


def marked(text: str) -> SafeString:
    """Return text as HTML, escaped, with the found words marked; marks that do not pair are dropped."""
    pieces = re.split(f"{BEGIN}([^{BEGIN}{END}]*){END}", text)
    strays = str.maketrans({BEGIN: "", END: "", LESS.strip(): "<"})
    parts = [
        format_html("<mark>{}</mark>" if place % 2 else "{}", piece.replace(LESS, "<").translate(strays))
        for place, piece in enumerate(pieces)
    ]
    return format_html_join("", "{}", ((part,) for part in parts))
