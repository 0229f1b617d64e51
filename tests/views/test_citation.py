"""The reviewer's own sources, as pages."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.core.citing.records import Record
from reviews.errors import ReviewIsLocked
from reviews.jobs.inquiry import do_inquiry
from reviews.models import Inquiry, Job, Review, RoundCitation
from reviews.views.mark import ASKED_ABOUT_FOR
from tests.factories import AppraisalFactory, ReviewFactory, RoundCitationFactory, SourceFactory
from tests.gateways.registry_server import CROSSREF, DOI, TITLE

pytestmark = pytest.mark.django_db
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def add(review: Review, number: int = 1) -> str:
    return reverse("reviews:add-source", args=[review.key, number])


def remove(review: Review, citation: RoundCitation) -> str:
    return reverse("reviews:remove-source", args=[review.key, citation.key])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give an identifier, or at least the title."),
        ({"own-identifier": "nonsense"}, "nonsense"),
        ({"own-title": "T", "own-year": "19"}, "Give the year with four digits."),
        ({"own-title": "t" * 1_001}, "at most 1000 characters"),
        ({"own-title": "T", "own-url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_a_source_that_does_not_do_is_refused_in_words(client, review, typed, sentence):
    page = client.post(add(review), typed).content.decode()

    assert sentence in page
    assert not RoundCitation.objects.exists()


def test_a_doi_known_to_the_desk_answers_byte_for_byte_like_a_new_one(client, client_of, review):
    SourceFactory(doi="10.5555/known", title="CANARY", text="CANARY TEXT", retraction="retracted")
    pages = []

    for doi in ("10.5555/known", "10.5555/fresh"):
        client.post(add(review), {"own-identifier": doi}, follow=True)
        citation = RoundCitation.objects.get(record__DOI=doi)
        page = client.get(reverse("reviews:claim", args=[review.key, 1])).content.decode()
        pages.append(_plain(page, citation=citation, doi=doi))
        client.post(remove(review, citation), follow=True)

    assert pages[0] == pages[1]


def _plain(page: str, *, citation: RoundCitation, doi: str) -> str:
    """The page without what differs by itself: tokens, this citation's key, and the DOI that was typed."""
    lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(str(citation.key), "KEY").replace(doi, "DOI")


def found(citation: RoundCitation) -> str:
    return reverse("reviews:found-source", args=[citation.added_in.key, citation.key])


def change(citation: RoundCitation) -> str:
    return reverse("reviews:change-source", args=[citation.added_in.key, citation.key])


def fragment(client, citation: RoundCitation) -> str:
    return client.get(found(citation), HTTP_HX_REQUEST="true").content.decode()


def own_of(client, review, doi=DOI) -> RoundCitation:
    client.post(add(review), {"own-identifier": doi})
    return RoundCitation.objects.get(record__DOI=doi)


def test_the_page_asks_by_itself_until_something_is_found(client, review, answers):
    citation = own_of(client, review)
    waiting = fragment(client, citation)

    do_inquiry(Job.objects.get().pk, at=timezone.now())
    there = fragment(client, citation)

    assert ("Being looked up" in waiting, 'hx-trigger="every 2s"' in waiting) == (True, True)
    assert ("Being looked up" in there, "hx-trigger" in there) == (False, False)
    assert (TITLE in there, "retracted" in there) == (True, True)


def test_what_is_found_says_at_once_whether_the_quote_stands_in_it(client, review, answers):
    citation = own_of(client, review)
    AppraisalFactory(review=review, citation=citation, quote="An invented sentence of results.", quote_found=None)
    waiting = fragment(client, citation)

    do_inquiry(Job.objects.get().pk, at=timezone.now())
    there = fragment(client, citation)

    assert "There is no stored text of this source" in waiting
    assert (f'id="remark-{citation.key}"' in there, 'hx-swap-oob="true"' in there) == (True, True)
    assert "found word for word in the stored text" in there


def test_after_a_while_the_page_asks_no_more_by_itself(client, review):
    citation = own_of(client, review)
    Inquiry.objects.update(asked_at=timezone.now() - ASKED_ABOUT_FOR)

    page = fragment(client, citation)

    assert ("hx-trigger" in page, "take long to answer" in page) == (False, True)


def test_without_a_script_the_claims_page_tells_how_far_it_is(client, review):
    citation = own_of(client, review)

    answer = client.get(found(citation))

    assert answer.url.endswith(f"/claims/1/#source-{citation.key}")
    assert "Being looked up" in client.get(reverse("reviews:claim", args=[review.key, 1])).content.decode()


def test_what_no_service_knows_is_described_by_hand_and_keeps_what_was_typed(client, review, answers):
    answers.said.clear()
    client.post(add(review), {"own-identifier": DOI, "own-container": "As I typed it"})
    citation = RoundCitation.objects.get()
    do_inquiry(Job.objects.get().pk, at=timezone.now())

    page = client.get(reverse("reviews:claim", args=[review.key, 1])).content.decode()
    form = client.get(change(citation)).content.decode()
    client.post(change(citation), {"own-title": "By hand", "own-container": "As I typed it", "own-year": "2001"})

    assert "No service knows this identifier." in page
    assert 'value="As I typed it"' in form
    citation.refresh_from_db()
    record = Record.from_csl(citation.record)
    assert (record.title, record.container, record.year, record.doi) == ("By hand", "As I typed it", 2001, DOI)


def test_a_description_that_does_not_do_keeps_what_was_typed(client, review):
    citation = own_of(client, review)

    page = client.post(change(citation), {"own-title": "My long title", "own-year": "19"}).content.decode()

    assert ("Give the year with four digits." in page, 'value="My long title"' in page) == (True, True)


def test_what_a_service_filled_in_meanwhile_is_not_emptied_by_an_older_page(client, review, answers):
    citation = own_of(client, review)
    do_inquiry(Job.objects.get().pk, at=timezone.now())

    client.post(change(citation), {"own-url": "https://example.org/paper", "initial-own-title": ""})

    citation.refresh_from_db()
    assert Record.from_csl(citation.record).url == "https://example.org/paper"


def test_a_locked_review_changes_no_source(client, review):
    citation = own_of(client, review)
    Review.objects.update(submitted_at=timezone.now(), omissions_considered=True)

    page = client.post(change(citation), {"own-title": "Too late"}).content.decode()

    citation.refresh_from_db()
    assert citation.record["title"] == f"DOI {DOI}"
    assert str(ReviewIsLocked()) in html.unescape(page)


def test_a_doi_known_to_the_desk_is_looked_up_byte_for_byte_like_a_new_one(client, review, answers):
    """Three looks at two DOIs: added, some services out of reach, all heard. Their answers differ in the DOI alone."""
    pages = {"10.5555/known": [], "10.5555/fresh": []}
    SourceFactory(doi="10.5555/known", title="CANARY", text="CANARY TEXT", retraction="retracted")
    for doi, seen in pages.items():
        citation = own_of(client, review, doi)
        answers.__init__()
        answers.say("/crossref/works/", CROSSREF, only=doi)
        fetch = answers.said["/pubmed/efetch.fcgi"]
        answers.say("/pubmed/efetch.fcgi", "", status=418)
        job = Job.objects.get(inquiry__citation=citation)
        AppraisalFactory(review=review, citation=citation, quote="CANARY TEXT", quote_found=None)
        for at in (TOMORROW, TOMORROW + timedelta(hours=1)):
            seen.append(_plain(fragment(client, citation), citation=citation, doi=doi))
            do_inquiry(job.pk, at=at)
            answers.said["/pubmed/efetch.fcgi"] = fetch
        seen.append(_plain(fragment(client, citation), citation=citation, doi=doi))
        seen.append(str(Job.objects.get(pk=job.pk).attempts))
        client.post(remove(review, citation))

    assert pages["10.5555/known"] == pages["10.5555/fresh"]
    assert len(set(pages["10.5555/known"])) == 3


def test_an_own_source_is_removed_after_a_question(client, review):
    client.post(add(review), {"own-title": "By hand"})
    citation = RoundCitation.objects.get()

    assert "Remove this source?" in client.get(remove(review, citation)).content.decode()
    client.post(remove(review, citation))

    assert not RoundCitation.objects.exists()


def test_sources_of_the_desk_and_of_peers_cannot_be_removed(client, review):
    claim = review.round.claims.first()
    peer = ReviewFactory(round=review.round)
    others = [RoundCitationFactory(claim=claim), RoundCitationFactory(claim=claim, origin="reviewer", added_in=peer)]

    assert [client.post(remove(review, citation)).status_code for citation in others] == [404, 404]
    assert RoundCitation.objects.count() == 2
