"""The lists of the desk, when somebody has put nonsense into their address."""

import pytest
from django.urls import reverse

from reviews.admin.article import ArticleRoom
from tests.factories import CLAIMS, ClaimFactory, RevisionFactory

pytestmark = pytest.mark.django_db
LISTS = ("article", "claim", "source", "round", "notice", "user", "instrument", "scale")
NONSENSE = ("a\x00b", "9" * 30, "9" * 5000, "-1", "2026-99-99", "x" * 3000)
FILTERS = (
    "q",
    "p",
    "o",
    "all",
    "stage",
    "state__exact",
    "kind__exact",
    "design__exact",
    "due_on__year",
    "due_on__gte",
    "is_staff__exact",
    "closed_at__isempty",
)


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda words: repr(words[:8]))
@pytest.mark.parametrize("name", LISTS)
def test_a_filter_that_is_none_shows_the_list_or_leads_back_to_it(desk, name, nonsense):
    address = reverse(f"admin:reviews_{name}_changelist")

    for given in FILTERS:
        answer = desk.get(address, {given: nonsense})

        assert answer.status_code in {200, 302}, given
        if answer.status_code == 302:
            assert answer.url.startswith((address, "?")), given


@pytest.mark.parametrize("name", ["article", "claim", "source", "round", "notice", "user"])
@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "0", "nonsense", "\x00", "٣"])
def test_a_row_that_cannot_be_is_not_there(desk, name, number):
    answer = desk.get(reverse("admin:index") + f"reviews/{name}/{number}/change/")

    assert answer.status_code == 404


@pytest.mark.parametrize("order", ["", "1", "-1", "4", "-4", "6"])
def test_the_pages_of_a_list_are_its_rows_one_after_another(desk, monkeypatch, order):
    for number in range(10):
        revision = RevisionFactory(article__title=f"Number {number % 4}")
        for quote in CLAIMS[: number % 3]:
            ClaimFactory(revision=revision, quote=quote)

    def rows(page):
        listed = desk.get(reverse("admin:reviews_article_changelist"), {"o": order, "p": page}).context["cl"]
        return [(article.pk, article.accepted) for article in listed.result_list]

    whole = rows(1)
    monkeypatch.setattr(ArticleRoom, "list_per_page", 3)
    pages = [rows(page) for page in range(1, 5)]

    assert [len(page) for page in pages] == [3, 3, 3, 1]
    assert [row for page in pages for row in page] == whole
