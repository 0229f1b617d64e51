"""How an article comes in."""

import pytest

from reviews.errors import TextIsOnItsWay
from reviews.jobs.article import add_article
from reviews.models import Article, Job
from reviews.services.article import receive_again
from tests.factories import NOON, TEXT, ArticleFactory, EditorFactory, IntakeFactory

pytestmark = pytest.mark.django_db


def test_an_article_comes_in_as_it_was_received_and_its_reading_is_owed():
    editor = EditorFactory()

    article = add_article(
        received=TEXT.encode(), form="text", file_name="", title="", by=editor, at=NOON, publisher="The Daily Herb"
    )

    intake = article.intakes.get()
    assert (article.publisher, article.added_by) == ("The Daily Herb", editor)
    assert (bytes(intake.received), intake.received_by, intake.read_at) == (TEXT.encode(), editor, None)
    assert [(job.kind, job.intake) for job in Job.objects.all()] == [("read_intake", intake)]


def test_a_slug_is_made_of_the_title_and_never_taken_twice():
    ArticleFactory(slug="moonflower-tea")

    assert Article.objects.free_slug("Moonflower tea!") != "moonflower-tea"
    assert Article.objects.free_slug("Moonflower tea!").startswith("moonflower-tea-")
    assert Article.objects.free_slug("Poppy milk") == "poppy-milk"


def test_an_article_without_title_or_file_has_a_slug_all_the_same():
    assert Article.objects.free_slug("").startswith("article-")
    assert Article.objects.free_slug("", file_name="night tea.txt") == "night-tea"


def test_a_long_title_makes_a_slug_that_fits():
    slug = Article.objects.free_slug("sleep " * 40)
    Article.objects.create(slug=slug, added_by=EditorFactory())

    assert len(Article.objects.free_slug("sleep " * 40)) <= 90


def test_a_text_that_could_not_be_read_is_received_again():
    intake = IntakeFactory(failed_at=NOON, failure="No sentence was found.")

    again = receive_again(
        intake.article, received=b"Better.", form="text", file_name="", by=intake.received_by, at=NOON
    )

    assert Job.objects.get().intake == again


def test_one_text_of_an_article_is_read_at_a_time():
    intake = IntakeFactory()

    with pytest.raises(TextIsOnItsWay):
        receive_again(intake.article, received=b"Other.", form="text", file_name="", by=intake.received_by, at=NOON)


def test_an_article_that_is_read_takes_another_text():
    intake = IntakeFactory(read_at=NOON)

    again = receive_again(intake.article, received=b"Other.", form="text", file_name="", by=intake.received_by, at=NOON)

    assert again.article.intakes.count() == 2
