"""What other articles said before, at the desk."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from reviews.models import Likeness
from tests.factories import CLAIMS, ClaimFactory, EditorFactory, RevisionFactory

pytestmark = pytest.mark.django_db

SPUN = "Research suggests that moonflower tea shortens the time that it takes to fall asleep."


@pytest.fixture
def pair():
    """A claim of one article, and the suggestion of another in nearly the same words."""
    other = ClaimFactory(quote=CLAIMS[0])
    return ClaimFactory(revision=RevisionFactory(text=SPUN), quote=SPUN, state="suggested", rank=1), other


def looked_at(client, claim, **headers):
    return client.get(reverse("admin:article-alike", args=[claim.revision.article_id]), headers=headers)


def test_the_article_page_asks_for_what_was_seen_before(desk, pair):
    page = desk.get(reverse("admin:reviews_article_change", args=[pair[0].revision.article_id])).content.decode()

    assert reverse("admin:article-alike", args=[pair[0].revision.article_id]) in page


def test_a_proposal_says_how_alike_it_is_and_where_it_stands(desk, pair):
    whole = looked_at(desk, pair[0]).content.decode()
    part = looked_at(desk, pair[0], **{"HX-Request": "true"}).content.decode()

    assert "the same wording" in whole
    assert CLAIMS[0] in part
    assert "<html" in whole
    assert "<html" not in part


def test_a_look_that_stopped_says_how_far_it_went_and_where_it_goes_on(desk, pair, monkeypatch):
    revision = pair[0].revision
    ClaimFactory(revision=revision, quote="the time", state="suggested", rank=2)
    monkeypatch.setattr("reviews.services.likeness.AT_ONCE", 0)
    url = reverse("admin:article-alike", args=[revision.article_id])
    rest = f"{url}?after={pair[0].pk}&found=1"

    first = desk.get(url).content.decode()
    second = desk.get(rest).content.decode()
    part = desk.get(rest, headers={"HX-Request": "true"}).content.decode()

    assert "1 claim may stand in other articles already · 1 of 2 compared so far" in first
    assert f'<a href="{escape(rest)}">' in first
    assert "Claim 2 of 2 is compared. Nothing alike" in second
    assert f'href="{url}?' not in second
    assert "Claim 2 of 2 is compared. Nothing alike" in part
    assert '<span id="alike-count" hx-swap-oob="true">1 claim may' in part
    assert "<h2" not in part


def test_an_editor_says_that_two_claims_are_one_and_takes_it_back(desk, pair, editor):
    claim, other = pair
    answer = desk.post(reverse("admin:claim-alike", args=[claim.pk]), {"other": other.pk, "same": "yes"})
    said = Likeness.objects.get()
    page = looked_at(desk, claim).content.decode()
    desk.post(reverse("admin:likeness-take-back", args=[said.pk]), {"article": claim.revision.article_id})

    assert answer.url.endswith(f"/{claim.revision.article_id}/change/#alike")
    assert (said.is_same, said.said_by) == (True, editor)
    assert f"Said by {editor}" in page
    assert not Likeness.objects.standing().exists()


@pytest.mark.parametrize("other", ["", "x", "9" * 30, "0"])
def test_a_claim_that_is_not_there_is_compared_with_nothing(desk, pair, other):
    assert desk.post(reverse("admin:claim-alike", args=[pair[0].pk]), {"other": other}).status_code == 404


def test_claims_of_another_desk_are_neither_shown_nor_linked(client, pair):
    claim, other = pair
    client.force_login(own := EditorFactory(role="own"))
    claim.revision.article.editor = own
    claim.revision.article.save()

    page = looked_at(client, claim).content.decode()

    assert CLAIMS[0] not in page
    assert client.post(reverse("admin:claim-alike", args=[claim.pk]), {"other": other.pk}).status_code == 404
    assert looked_at(client, other).status_code == 404


def test_the_article_page_says_who_gains(desk):
    revision = RevisionFactory(
        text="Sold by Lunar Foods. Use code TEA at checkout.",
        build={"parts": [], "links": [[0, 4, "https://pills.example/buy/tea"]]},
    )
    EditorFactory(name="Ina Interested", interests="Lunar Foods")

    page = desk.get(reverse("admin:reviews_article_change", args=[revision.article_id])).content.decode()

    assert "?vendor=Lunar%20Foods" in page
    assert "pills.example" in page
    assert "none, though somebody gains" in page
    assert "Ina Interested: “lunar foods”" in page


def test_a_seller_is_taken_into_the_details_by_a_person(desk):
    revision = RevisionFactory()
    url = reverse("admin:article-details", args=[revision.article_id])

    page = desk.get(f"{url}?vendor=Lunar Foods").content.decode()

    assert 'value="Lunar Foods"' in page
    revision.article.refresh_from_db()
    assert revision.article.vendor == ""
