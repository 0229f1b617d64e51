"""Sources at the desk."""

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.errors import TextIsSuperseded
from reviews.jobs.lookup import do_lookup
from reviews.models import Citation, Source
from tests.factories import CLAIMS, CitationFactory, ClaimFactory, RevisionFactory, SourceFactory
from tests.gateways.registry_server import DOI, TITLE

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


def test_a_source_stays_on_a_claim_of_a_text_that_was_replaced(desk):
    citation = CitationFactory()
    RevisionFactory(article=citation.claim.revision.article, number=2, text="Another text.")

    said = desk.post(reverse("admin:citation-remove", args=[citation.pk]), follow=True).content.decode()

    assert html.escape(str(TextIsSuperseded())) in said
    assert Citation.objects.exists()


def test_a_source_is_looked_up_by_a_button_only_and_says_what_came_of_it(desk, answers):
    source = SourceFactory(doi=DOI, title="As the desk wrote it", design="")
    page, address = (
        reverse("admin:reviews_source_change", args=[source.pk]),
        reverse("admin:source-look-up", args=[source.pk]),
    )

    assert desk.get(address).status_code == 405
    desk.post(address)
    assert "It is being looked up" in desk.get(page).content.decode()

    do_lookup(source.jobs.get().pk, at=timezone.now())

    said = desk.get(page).content.decode()
    assert "Europe PMC" in said
    assert f"Title there: {TITLE}" in said
    assert "doi:10.5555/invented.notice" in said


def test_a_source_without_identifiers_says_what_is_missing(desk):
    source = SourceFactory(doi="")

    said = desk.post(reverse("admin:source-look-up", args=[source.pk]), follow=True).content.decode()

    assert "Give it a DOI, PMID or PMCID first" in said


def test_a_proposed_design_is_confirmed_by_a_person(desk):
    source = SourceFactory(title="A randomised trial of tea in adults", design="", text="Registered: NCT00000001.")
    page = reverse("admin:reviews_source_change", args=[source.pk])

    assert "Its title says “randomised trial”." in desk.get(page).content.decode()
    desk.post(reverse("admin:source-design", args=[source.pk]), {"design": "rumour"})
    desk.post(reverse("admin:source-design", args=[source.pk]), {"design": "randomised_trial"})

    source.refresh_from_db()
    assert (source.design, source.nct) == ("randomised_trial", "NCT00000001")
    assert "Proposed study design" not in desk.get(page).content.decode()
