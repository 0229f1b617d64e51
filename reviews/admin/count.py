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

from reviews.models import User

MOST = 1000
"""Beyond this many, a list is told to be longer: to count to the end costs more with every year of work."""

Text = tuple[str, Sequence[Any]]
"""SQL and its values."""


@dataclass(frozen=True)
class Sight:
    """All that the text of such a query depends on: who looks, from where, and on which day."""

    person: int
    sees_every_article: bool
    is_chief: bool
    interests: str
    today: date

    @classmethod
    def of(cls, editor: User, *, today: date) -> "Sight":
        return cls(editor.pk, editor.sees_every_article, editor.is_chief, editor.interests, today)


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
