"""A changed article at the desk: what became of its claims, and the doors for those that lost their place."""

import pytest
from django.urls import reverse

from reviews.jobs.reading import read_intake
from reviews.models import Article, Claim, Reanchoring
from reviews.services.claim import accept_claim
from tests.factories import CLAIMS, NOON, TEXT, ArticleFactory, EditorFactory, IntakeFactory, OrphanFactory

pytestmark = pytest.mark.django_db


def page_of(article):
    return reverse("admin:reviews_article_change", args=[article.pk])


@pytest.fixture
def article():
    article = ArticleFactory(url="https://herb.example/tea")
    first = read_intake(IntakeFactory(article=article), at=NOON)
    for quote in CLAIMS:
        accept_claim(first.claims.get(quote=quote))
    return article


def test_a_new_text_by_hand_becomes_the_next_revision_and_the_page_says_what_changed(desk, article):
    answer = desk.post(reverse("admin:article-text", args=[article.pk]), {"text": TEXT.replace(CLAIMS[1], "")})
    assert answer.url == page_of(article)
    assert "Reading the article" in desk.get(page_of(article)).content.decode()

    read_intake(article.intakes.waiting().get(), at=NOON)
    page = desk.get(page_of(article)).content.decode()

    assert article.revisions.count() == 2
    assert "0 are kept, 2 moved, 1 lost its place" in page
    assert "revision 2" in page


def test_the_same_text_again_says_so(desk, article):
    desk.post(reverse("admin:article-text", args=[article.pk]), {"text": TEXT})
    read_intake(article.intakes.waiting().get(), at=NOON)

    assert "word for word this one" in desk.get(page_of(article)).content.decode()
    assert article.revisions.count() == 1


def test_a_new_text_that_cannot_be_read_leaves_the_old_one_and_says_why(desk, article):
    IntakeFactory(article=article, received_at=NOON.replace(hour=13), failed_at=NOON, failure="No page answered.")

    page = desk.get(page_of(article)).content.decode()

    assert "No page answered." in page
    assert CLAIMS[0] in page


def test_one_new_text_at_a_time(desk, article):
    url = reverse("admin:article-text", args=[article.pk])
    desk.post(url, {"address": article.url})

    answer = desk.post(url, {"text": "Another text. It is typed and not lost."})

    assert "being read at this moment" in answer.content.decode()
    assert "typed and not lost" in answer.content.decode()


@pytest.mark.parametrize("address", ["https://herb.example/tea", "http://herb.example/tea/"])
def test_an_address_that_is_known_is_asked_about_and_taken_in_again(desk, article, address):
    url, form = reverse("admin:reviews_article_add"), {"address": address, "vendor": "Lunar Ltd"}
    asked = desk.post(url, form).content.decode()
    answer = desk.post(url, {**form, "again": "1"})

    assert "An article has this address already" in asked
    assert 'value="Lunar Ltd"' in asked
    assert answer.url == page_of(article)
    assert (Article.objects.count(), article.intakes.waiting().count()) == (1, 1)


def test_a_known_address_may_be_another_article_all_the_same(desk, article):
    desk.post(reverse("admin:reviews_article_add"), {"address": article.url, "anyway": "1"})

    assert Article.objects.count() == 2


def test_an_orphan_is_given_its_place_by_the_texts_own_words(desk):
    orphan = OrphanFactory()
    url = reverse("admin:reanchoring-place", args=[orphan.pk])
    refused = desk.post(url, {"quote": "Nobody wrote this."}).content.decode()
    start = orphan.revision.text.index(CLAIMS[1])
    offered = desk.get(f"{url}?start={start}&end={start + len(CLAIMS[1])}").content.decode()

    answer = desk.post(url, {"quote": CLAIMS[1], "start": start})

    assert "does not say this word for word" in refused
    assert f'name="start" value="{start}"' in offered
    assert answer.status_code == 302
    assert Claim.objects.get(revision=orphan.revision).quote == CLAIMS[1]


def test_an_orphan_is_left_out_and_looked_for_again(desk, editor):
    orphan = OrphanFactory()

    desk.post(reverse("admin:reanchoring-leave", args=[orphan.pk]))
    left = Reanchoring.objects.get()
    shown = desk.get(page_of(orphan.revision.article)).content.decode()
    desk.post(reverse("admin:reanchoring-reopen", args=[orphan.pk]))

    assert left.decided_by == editor
    assert "Left out by Edna Editor" in shown
    assert Reanchoring.objects.open().exists()


def test_orphans_of_another_desk_are_not_there(client):
    orphan = OrphanFactory()
    client.force_login(EditorFactory(role="own"))

    assert client.get(reverse("admin:reanchoring-place", args=[orphan.pk])).status_code == 404
    assert client.post(reverse("admin:reanchoring-leave", args=[orphan.pk])).status_code == 404


def test_the_list_counts_the_claims_of_the_newest_text(desk, article):
    read_intake(IntakeFactory(article=article, received=TEXT.replace(CLAIMS[1], "").encode()), at=NOON)

    [row] = desk.get(reverse("admin:reviews_article_changelist")).context["cl"].result_list

    assert row.accepted == 2
