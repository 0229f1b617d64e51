"""How an article comes in, and how its text is received again: where it could not be read, or has changed."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from reviews.errors import IntakeIsOver, TextIsOnItsWay
from reviews.jobs.work import owe_reading
from reviews.models import Article, Intake, User

CANCELLED = "The desk cancelled this import."


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
    _receive(article, received=received, form=form, file_name=file_name, address=address, by=by, at=at)
    return article


@transaction.atomic
def add_addresses(addresses: Iterable[str], *, by: User, at: datetime) -> list[Article]:
    """Take in a list of addresses, one article each, in their order; one that is here already is not taken again.

    Each is fetched and read by itself: one that cannot be costs itself alone.
    """
    wanted = list(dict.fromkeys(addresses))
    here = set(Article.objects.filter(url__in=wanted).values_list("url", flat=True))
    return [
        add_article(
            received=b"", form=Intake.Form.HTML, file_name="", title="", by=by, at=at, address=address, url=address
        )
        for address in wanted
        if address not in here
    ]


@transaction.atomic
def cancel_intake(intake: Intake, *, at: datetime) -> None:
    """End an import that is not read yet; what was received stays. Raises IntakeIsOver."""
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if intake.read_at or intake.failed_at:
        raise IntakeIsOver
    intake.failed_at, intake.failure = at, CANCELLED
    intake.save(update_fields=["failed_at", "failure"])


@transaction.atomic
def try_again(intake: Intake, *, by: User, at: datetime) -> Intake:
    """Take the same in once more: the same bytes, or the same address fetched anew. Raises TextIsOnItsWay."""
    return receive_again(
        intake.article,
        received=b"" if intake.address else bytes(intake.received),
        form=intake.form,
        file_name=intake.file_name,
        address=intake.address,
        by=by,
        at=at,
    )


@transaction.atomic
def receive_again(
    article: Article, *, received: bytes, form: str, file_name: str, by: User, at: datetime, address: str = ""
) -> Intake:
    """Take an article's text in once more: after a try that failed, or since it changed where it stands.

    A changed text becomes the article's next revision. Raises TextIsOnItsWay while another is being read.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.intakes.waiting().exists():
        raise TextIsOnItsWay
    return _receive(article, received=received, form=form, file_name=file_name, address=address, by=by, at=at)


def _receive(
    article: Article, *, received: bytes, form: str, file_name: str, address: str, by: User, at: datetime
) -> Intake:
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
