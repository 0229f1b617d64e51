"""Sources at the desk."""

import pytest
from django.urls import reverse

from reviews.models import Citation, Source
from tests.factories import CLAIMS, CitationFactory, ClaimFactory, RevisionFactory, SourceFactory

pytestmark = pytest.mark.django_db
NEW = {"title": "Moonflower and sleep", "retraction": "none"}


def test_identifiers_are_brought_into_their_normal_form(desk, editor):
    pasted = {"doi": "https://doi.org/10.5555/Moon.1", "pmid": "PMID: 123", "pmcid": "pmc 77", "nct": "nct00000001"}

    desk.post(reverse("admin:reviews_source_add"), {**NEW, **pasted, "authors": " Nox,  Ada \n\nSelene, Luna"})

    source = Source.objects.get()
    assert (source.doi, source.pmid, source.pmcid, source.nct) == ("10.5555/moon.1", "123", "PMC77", "NCT00000001")
    assert (source.authors, source.added_by) == ("Nox, Ada\nSelene, Luna", editor)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("doi", "eleven", "is not a DOI"),
        ("pmid", "12a", "is not a PMID"),
        ("pmcid", "12", "is not a PMCID"),
        ("nct", "NCT1", "is not a trial number"),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
        ("year", "19", "Give the year with four digits."),
        ("design", "rumour", "not one of the available choices"),
    ],
)
def test_what_is_no_identifier_or_year_is_told_so_and_kept(desk, field, value, sentence):
    page = desk.post(reverse("admin:reviews_source_add"), {**NEW, "container": "The Journal", field: value})

    assert sentence in page.content.decode()
    assert 'value="The Journal"' in page.content.decode()
    assert not Source.objects.exists()


def test_an_identifier_that_is_known_offers_the_source_that_has_it(desk):
    known = SourceFactory(doi="10.5555/moon.1")

    page = desk.post(reverse("admin:reviews_source_add"), {**NEW, "doi": "doi:10.5555/MOON.1"}).content.decode()

    assert reverse("admin:reviews_source_change", args=[known.pk]) in page
    assert Source.objects.count() == 1


def test_a_new_source_is_put_to_many_claims_at_once(desk):
    revision = RevisionFactory()
    claims = [ClaimFactory(revision=revision, quote=quote) for quote in CLAIMS[:2]]
    form = {f"new-{name}": value for name, value in NEW.items()}

    desk.post(
        reverse("admin:citation-add", args=[revision.pk]),
        {**form, "claims": [claim.pk for claim in claims], "origin": "article"},
    )

    assert {(c.claim, c.source.title, c.origin) for c in Citation.objects.all()} == {
        (claim, "Moonflower and sleep", "article") for claim in claims
    }


@pytest.mark.parametrize(
    "words", ["10.5555/moon.9", "https://doi.org/10.5555/MOON.9", "selene onset", "Invented Herbs"]
)
def test_a_source_that_is_there_is_found_and_used(desk, words):
    claim, source = ClaimFactory(), SourceFactory(doi="10.5555/moon.9")
    url = reverse("admin:citation-add", args=[claim.revision_id])

    found = desk.get(url, {"q": words, "claims": claim.pk})
    desk.post(url, {"claims": [claim.pk], "origin": "editor", "source": source.pk})

    assert found.context["found"] == [source]
    assert claim.citations.get().source == source


def test_nothing_is_cited_of_what_is_forged_and_nothing_typed_is_lost(desk):
    claim, foreign = ClaimFactory(), ClaimFactory()
    url = reverse("admin:citation-add", args=[claim.revision_id])
    form = {"new-title": "What I typed", "new-retraction": "none"}

    pages = [
        desk.post(url, {**form, "claims": [foreign.pk], "origin": "editor"}),
        desk.post(url, {**form, "claims": [claim.pk], "origin": "reviewer"}),
        desk.post(url, {**form, "origin": "editor"}),
    ]

    assert all("What I typed" in page.content.decode() for page in pages)
    assert desk.post(url, {"claims": [claim.pk], "origin": "editor", "source": "999999"}).status_code == 200
    assert not Citation.objects.exists()
    assert not Source.objects.exists()


def test_a_source_is_taken_off_a_claim_by_a_button_only(desk):
    citation = CitationFactory()
    url = reverse("admin:citation-remove", args=[citation.pk])

    assert desk.get(url).status_code == 405
    desk.post(url)

    assert not Citation.objects.exists()
