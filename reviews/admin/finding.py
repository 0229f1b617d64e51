"""One search over articles, claims and sources: ranked, highlighted, and only of what the editor may see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank, TrigramWordSimilarity
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat, Left, Replace
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reviews.admin.count import MOST, told
from reviews.admin.room import articles_before, claims_before, page, room_view
from reviews.admin.sight import named, sources_before
from reviews.models import Article, Claim, Revision, Source
from reviews.models.words import CONFIG, asked, long_words, saying, spelt_like

SHOWN = 10
RANKED = 100
"""So many of what has the words are ranked, the newest: of a word that everything has, no order is the right one."""

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
    title: str
    rows: Callable[[HttpRequest], "QuerySet[Any]"]
    searched: Any
    spelling: str
    headline: str
    text: Any
    beside: Callable[[Any], str]

    def url(self, row: Any) -> str:
        return reverse(f"admin:reviews_{self.name}_change", args=[row.pk])

    def saying(self, rows: "QuerySet[Any]", *, words: str) -> "QuerySet[Any]":
        """Return the rows that have these words; of an article, its text has them too."""
        if self.name == "source" and (identifier := named(words)):
            return rows.filter(identifier)
        among = saying(rows, searched=self.searched, words=words)
        if self.name != "article":
            return among
        texts = saying(Revision.objects.order_by(), searched=Revision.SEARCHED, words=words)
        fields = saying(Article.objects.order_by(), searched=self.searched, words=words)
        return rows.filter(pk__in=fields.values("pk").union(texts.values("article")))

    def found(self, rows: "QuerySet[Any]", *, words: str) -> tuple["QuerySet[Any]", bool]:
        """Return the rows that have these words, or, where none has, those spelt nearly so; and whether it is these."""
        words = words.replace("\x00", "").strip()[:LONGEST_QUESTION]
        if not words:
            return rows, False
        exact = self.saying(rows, words=words)
        if exact.exists():
            return exact, False
        return spelt_like(rows, field=self.spelling, words=words), True


def _article_beside(article: Any) -> str:
    return " · ".join(part for part in (article.publisher, article.author, article.get_stage_display()) if part)


def _text_of_article() -> Any:
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    return Subquery(newest.values(part=Left("text", LONGEST_HEADLINE))[:1], output_field=TextField())


ARTICLES = Kind(
    "article", "Articles", articles_before, Article.SEARCHED, "title", "title", _text_of_article(), _article_beside
)
CLAIMS = Kind(
    "claim",
    "Claims",
    claims_before,
    Claim.SEARCHED,
    "wording",
    "wording",
    Left("quote", LONGEST_HEADLINE),
    lambda claim: f"{claim.get_state_display()} · {claim.revision.article}",
)
SOURCES = Kind(
    "source",
    "Sources",
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
    return SOURCES.found(rows, words=words)[0] if words.strip() else rows.none()


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
    count: int
    is_alike: bool
    url: str

    @property
    def told(self) -> str:
        return told(self.count)


@room_view
def search(request: HttpRequest) -> HttpResponse:
    """Search everything at once; each kind shows its best, and leads to its list for the rest."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    findings = [finding for kind in KINDS if (finding := find(request, kind, words=words)).hits] if words else []
    return page(
        request,
        "reviews/search/search.html",
        title=f"Search: {words}" if words else "Search",
        words=words,
        findings=findings,
        alike=bool(findings) and all(finding.is_alike for finding in findings),
    )


def find(request: HttpRequest, kind: Kind, *, words: str) -> Finding:
    """Return the best rows of one kind; the number of queries does not depend on how many there are."""
    among, is_alike = kind.found(kind.rows(request), words=words)
    keys = list(among.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    rank = _likeness(kind, words) if is_alike else SearchRank(kind.searched, asked(words))
    best = kind.rows(request).filter(pk__in=keys[:RANKED]).alias(fits=rank).order_by("-fits", "-pk")
    shown = list(best.values_list("pk", flat=True)[:SHOWN])
    rows = {row.pk: row for row in _told(kind.rows(request).filter(pk__in=shown), kind=kind, words=words)}
    listed = reverse(f"admin:reviews_{kind.name}_changelist", query={"q": words})
    return Finding(kind, [_hit(rows[pk], kind=kind) for pk in shown], len(keys), is_alike, listed)


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
