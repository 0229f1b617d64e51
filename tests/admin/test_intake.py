"""What came in at the desk: lists of addresses, progress, and imports that are cancelled or tried again."""

import pytest
from django.urls import reverse

from reviews.models import Article, Intake
from tests.factories import NOON, ArticleFactory, IntakeFactory

pytestmark = pytest.mark.django_db

LIST = "http://a.example/tea\n\nhttps://b.example/zinc\nhttps://a.example/tea/#dose\n"


def sent(desk, name, *args, **form):
    return desk.post(reverse(name, args=args), form, follow=True).content.decode()


def test_each_address_of_a_list_becomes_an_article_that_is_fetched_by_itself(desk, editor):
    ArticleFactory(url="https://b.example/zinc")

    said = sent(desk, "admin:intake-addresses", addresses=LIST)

    assert "1 taken in" in said
    assert "1 stood here already" in said
    assert [(i.address, i.article.url, i.received_by) for i in Intake.objects.all()] == [
        ("http://a.example/tea", "http://a.example/tea", editor)
    ]


def test_a_line_that_is_no_address_is_named_and_nothing_is_taken_in(desk):
    said = sent(desk, "admin:intake-addresses", addresses="http://a.example/\nfile:///etc/passwd")

    assert "Line 2" in said
    assert "file:///etc/passwd</textarea>" in said
    assert Article.objects.count() == 0


def test_too_many_addresses_are_refused(desk):
    many = "\n".join(f"http://a.example/{n}" for n in range(101))

    assert "at most 100 addresses" in sent(desk, "admin:intake-addresses", addresses=many)


def test_an_address_given_by_a_bookmark_stands_in_the_form(desk):
    answer = desk.get(reverse("admin:reviews_article_add"), {"url": "https://a.example/?a=1&b=<b>"})

    assert 'value="https://a.example/?a=1&amp;b=&lt;b&gt;"' in answer.content.decode()


def test_an_address_is_the_articles_own_where_no_other_is_given(desk):
    desk.post(reverse("admin:reviews_article_add"), {"address": "https://a.example/tea"})

    article = Article.objects.get()
    assert (article.url, article.intakes.get().address) == ("https://a.example/tea", "https://a.example/tea")


def test_an_import_under_way_can_be_cancelled_and_tried_again(desk):
    intake = IntakeFactory(received=b"", address="https://a.example/tea")

    assert "Cancelled" in sent(desk, "admin:intake-cancel", intake.pk)
    assert "This import is over" in sent(desk, "admin:intake-cancel", intake.pk)
    sent(desk, "admin:intake-again", intake.pk)

    latest = Intake.objects.latest("pk")
    assert (latest.address, latest.failed_at, latest.article) == (intake.address, None, intake.article)


def test_what_is_read_is_not_tried_again(desk):
    intake = IntakeFactory(read_at=NOON)

    assert "Try it again" not in desk.get(reverse("admin:reviews_intake_change", args=[intake.pk])).content.decode()
    sent(desk, "admin:intake-again", intake.pk)
    assert Intake.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_imports_takes_the_same_queries_however_long(desk, rows, django_assert_max_num_queries):
    for number in range(rows):
        IntakeFactory(failed_at=NOON if number else None, failure="No page answered." if number else "")

    with django_assert_max_num_queries(12):
        said = desk.get(reverse("admin:reviews_intake_changelist")).content.decode()

    assert said.count("under way</td>") == 1
    assert said.count("No page answered.") == rows - 1
