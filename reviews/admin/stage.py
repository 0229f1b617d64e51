"""The board: how far the articles of a desk have come."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from reviews.admin.count import Sight, Text, counting, rows_of, told
from reviews.models import Article, Claim, Revision, Round, User
from reviews.models.article import UNTITLED

Stage = Article.Stage
COLOURS = {
    Stage.FAILED: "red",
    Stage.READING: "grey",
    Stage.CURATING: "amber",
    Stage.PANEL: "blue",
    Stage.COMPILED: "violet",
    Stage.PUBLISHED: "green",
}
SHOWN = 20


@dataclass(frozen=True)
class Card:
    """An article on the board: for how many days it has been in its stage, and when its open round is due."""

    title: str
    url: str
    days: int
    due_on: date | None
    is_late: bool

    @property
    def age(self) -> str:
        if not self.days:
            return gettext("since today")
        return ngettext("for a day", "for %(count)s days", self.days) % {"count": self.days}

    @property
    def item(self) -> str:
        """The card as an item of a list, in HTML."""
        late = ' class="desk-late"' if self.is_late else ""
        due = ""
        if self.due_on:
            words = gettext("due %(day)s") % {"day": date_format(self.due_on, "MONTH_DAY_FORMAT")}
            due = f", <span{late}>{escape(words)}</span>"
        return f'<li><a href="{self.url}">{escape(self.title)}</a> <span class="note">{self.age}{due}</span></li>'


@dataclass(frozen=True)
class Column:
    """One stage of the board: how many articles are there, and those that have been there longest."""

    stage: str
    title: str
    colour: str
    count: int
    oldest: list[Card]
    url: str

    @property
    def told(self) -> str:
        return told(self.count)

    @property
    def cards(self) -> SafeString:
        """The oldest as items of a list: a hundred of them by a template would take longer than all that is counted."""
        return mark_safe("\n".join(card.item for card in self.oldest))  # noqa: S308 - each escapes its title


def board_of(sight: Sight) -> list[Column]:
    """Return the stages in which this editor has articles, in the order of the work; two queries, however many."""
    oldest = _oldest(sight)
    [counts] = rows_of(_counting(sight))
    listed = reverse("admin:reviews_article_changelist")
    return [
        Column(
            stage=stage,
            title=str(stage.label),
            colour=COLOURS[stage],
            count=count,
            oldest=oldest[stage],
            url=f"{listed}?stage={stage}&o=5",
        )
        for stage, count in zip(Stage, counts, strict=True)
        if count
    ]


def with_accepted(articles: "QuerySet[Article]") -> "QuerySet[Any]":
    """Add to each article ``accepted``: how many claims are on the list of its newest text."""
    newest = Revision.objects.filter(article=OuterRef(OuterRef("pk"))).order_by("-number").values("pk")[:1]
    listed = Claim.objects.accepted().filter(revision=Subquery(newest)).order_by().values("revision")
    return articles.annotate(accepted=Coalesce(Subquery(listed.annotate(count=Count("pk")).values("count")), 0))


def _oldest(sight: Sight) -> dict[str, list[Card]]:
    """Return for each stage the twenty articles that have been there longest."""
    there = reverse("admin:reviews_article_change", args=[0])
    cards: dict[str, list[Card]] = {stage: [] for stage in Stage}
    here = timezone.get_current_timezone()
    for stage, since, pk, title, due_on in sorted(rows_of(_listing(sight)), key=lambda row: row[1]):
        days = max((sight.today - since.astimezone(here).date()).days, 0)
        is_late = due_on is not None and due_on < sight.today
        cards[stage].append(Card(title or UNTITLED, there.replace("/0/", f"/{pk}/"), days, due_on, is_late))
    return cards


@lru_cache(maxsize=256)
def _counting(sight: Sight) -> Text:
    return counting(_by_stage(sight).values())


@lru_cache(maxsize=256)
def _listing(sight: Sight) -> Text:
    due = Round.objects.open().filter(revision__article=OuterRef("pk")).order_by("due_on").values("due_on")[:1]
    parts = [
        articles.annotate(due_on=Subquery(due))
        .values_list("stage", "stage_since", "pk", "title", "due_on")
        .order_by("stage_since")[:SHOWN]
        for articles in _by_stage(sight).values()
    ]
    together, values = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    return f"SELECT * FROM ({together}) AS rows", values  # noqa: S608 - the ORM's own text, values apart


def _by_stage(sight: Sight) -> "dict[str, QuerySet[Article]]":
    articles = Article.objects.before(User.objects.get(pk=sight.person))
    return {stage: articles.filter(stage=stage) for stage in Stage}
