"""Counting many lists in one query, no further than anybody reads.

To put a dozen lists into SQL takes longer than to count them: whoever counts keeps the text of the query for each
``Sight``; what it finds is never kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import connection
from django.db.models import QuerySet

from reviews.models import Round, User

MOST = 1000
"""Beyond this many, a list is told to be longer: to count to the end costs more with every year of work."""

MOST_KEPT = 100
"""So many rounds that are kept from an editor are named one by one."""

Text = tuple[str, Sequence[Any]]
"""SQL and its values."""


@dataclass(frozen=True)
class Sight:
    """All that the text of such a query depends on: who looks, from where, and on which day."""

    person: int
    sees_every_article: bool
    is_chief: bool
    interests: str
    kept: tuple[int, ...] | None
    today: date

    @classmethod
    def of(cls, editor: User, *, today: date) -> "Sight":
        """Return what an editor sees now; one query."""
        who = (editor.pk, editor.sees_every_article, editor.is_chief, editor.interests)
        return cls(*who, kept_rounds(editor), today)


def kept_rounds(editor: User) -> tuple[int, ...] | None:
    """Return the keys of the rounds that are kept from an editor, where they are few and quickly found: to leave these
    out takes a query less work than to ask of every row whether its round is one. Else None.
    """
    if editor.names_of_interest:
        return None
    rounds = Round.objects.kept_from(editor).order_by().values_list("pk", flat=True)
    kept = list(rounds[: MOST_KEPT + 1])  # one as often as they were asked: to make them distinct is what would cost
    return tuple(sorted(set(kept))) if len(kept) <= MOST_KEPT else None


def counting(lists: "Iterable[QuerySet[Any]]") -> Text:
    """Return the query that counts the lists, each up to one more than ``MOST``."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in lists:
        sql, given = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS rows)")  # noqa: S608 - the ORM's own text, values apart
        values += given
    return f"SELECT {', '.join(parts)}", values


def rows_of(text: Text) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*text)
        return list(cursor.fetchall())


def told(count: int, *, most: int = MOST) -> str:
    """Return a count as a page tells it: "17", "1,000+"."""
    return f"{intcomma(most)}+" if count > most else intcomma(count)
