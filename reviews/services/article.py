"""How an article comes in, and how its text is received again where the first could not be read."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from reviews.errors import ArticleIsRead
from reviews.jobs.work import owe_reading
from reviews.models import Article, Intake, User


@transaction.atomic
def add_article(
    *, received: bytes, form: str, file_name: str, title: str, by: User, at: datetime, **details: Any
) -> Article:
    """Take an article in as it came and owe its reading; the title may be left to what is read.

    ``form`` is a value of ``Intake.Form``, ``file_name`` is empty for pasted text, ``details`` are further fields
    of the article.
    """
    article = Article.objects.create(
        title=title, slug=Article.objects.free_slug(title, file_name=file_name), added_by=by, added_at=at, **details
    )
    _receive(article, received=received, form=form, file_name=file_name, by=by, at=at)
    return article


@transaction.atomic
def receive_again(article: Article, *, received: bytes, form: str, file_name: str, by: User, at: datetime) -> Intake:
    """Take another try at an article's text. Raises ArticleIsRead where one can be read or may be yet."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.intakes.filter(failed_at=None).exists():
        raise ArticleIsRead
    return _receive(article, received=received, form=form, file_name=file_name, by=by, at=at)


def _receive(article: Article, *, received: bytes, form: str, file_name: str, by: User, at: datetime) -> Intake:
    intake = Intake.objects.create(
        article=article,
        form=form,
        file_name=file_name,
        received=received,
        sha256=sha256(received).hexdigest(),
        received_at=at,
        received_by=by,
    )
    owe_reading(intake, at=at)
    return intake
