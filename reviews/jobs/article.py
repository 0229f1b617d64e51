"""How an article is taken in, whoever asks for it: as it came, with its reading owed."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from reviews.jobs.work import owe_reading
from reviews.models import Article, Intake, User
from reviews.models.article import place_of

ADDRESSES = 7_202
"""One list of addresses at a time: the key of a PostgreSQL advisory lock."""


@transaction.atomic
def add_article(
    *,
    received: bytes,
    form: str,
    file_name: str,
    title: str,
    by: User,
    at: datetime,
    address: str = "",
    **details: Any,
) -> Article:
    """Take an article in as it came and owe its reading; the title may be left to what is read.

    ``form`` is a value of ``Intake.Form``, ``file_name`` is empty for pasted text, ``details`` are further fields
    of the article. With an ``address`` nothing is received yet: the worker fetches it.
    """
    article = Article.objects.create(
        title=title, slug=Article.objects.free_slug(title, file_name=file_name), added_by=by, added_at=at, **details
    )
    receive(article, received=received, form=form, file_name=file_name, address=address, by=by, at=at)
    return article


@transaction.atomic
def add_addresses(addresses: Iterable[str], *, by: User, at: datetime) -> dict[str, Article]:
    """Take in a list of addresses, one article each, in their order; one that is here already is not taken again,
    however it is spelled.

    Each is fetched and read by itself: one that cannot be costs itself alone. Returns the article of each address that
    was taken in. Until this transaction ends, other lists wait: of two with one address the second finds it here.
    """
    wanted = {place_of(address): address for address in reversed(list(addresses))}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADDRESSES])
    here = {place_of(url) for url in Article.objects.at_addresses(wanted.values()).values_list("url", flat=True)}
    return {
        address: add_article(
            received=b"", form=Intake.Form.HTML, file_name="", title="", by=by, at=at, address=address, url=address
        )
        for place, address in reversed(wanted.items())
        if place not in here
    }


def receive(
    article: Article, *, received: bytes, form: str, file_name: str, address: str, by: User, at: datetime
) -> Intake:
    """Keep what came in of an article and owe its reading."""
    intake = Intake.objects.create(
        article=article,
        form=form,
        file_name=file_name,
        address=address,
        received=received,
        sha256=sha256(received).hexdigest(),
        received_at=at,
        received_by=by,
    )
    owe_reading(intake, at=at)
    return intake
