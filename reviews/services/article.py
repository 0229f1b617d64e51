"""How an import is ended, and how a text is received again: where it could not be read, or has changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from reviews.errors import IntakeIsOver, TextIsOnItsWay
from reviews.jobs.article import receive
from reviews.models import Article, Intake, User

CANCELLED = gettext_noop("The desk cancelled this import.")


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
    """Take in once more what failed: the same bytes, or the same address fetched anew.

    Raises IntakeIsOver for what was read, and TextIsOnItsWay.
    """
    if intake.read_at:
        raise IntakeIsOver
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
    return receive(article, received=received, form=form, file_name=file_name, address=address, by=by, at=at)
