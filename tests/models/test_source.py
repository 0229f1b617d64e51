import pytest

from reviews.models import Citation, Source
from tests.factories import CitationFactory, SourceFactory


@pytest.mark.parametrize(
    ("identifier", "value"), [("doi", "10.5555/same"), ("pmid", "31415926"), ("pmcid", "PMC2718281")]
)
def test_an_identifier_belongs_to_one_source(refused, identifier, value):
    SourceFactory(**{identifier: value})

    with refused(f"one_source_per_{identifier}"):
        SourceFactory(**{identifier: value})


def test_sources_without_identifiers_stand_beside_each_other(db):
    SourceFactory(doi="")
    SourceFactory(doi="")

    assert Source.objects.filter(doi="").count() == 2


def test_a_source_has_a_title(refused):
    with refused("source_has_a_title"):
        SourceFactory(title="")


def test_a_year_is_a_year(refused):
    with refused("source_year_is_a_year"):
        SourceFactory(year=19)


def test_a_source_is_put_to_a_claim_once(refused):
    citation = CitationFactory()

    with refused("one_citation_per_claim_and_source"):
        CitationFactory(claim=citation.claim, source=citation.source)


def test_a_reviewers_source_is_cited_in_the_round_only(refused):
    CitationFactory()

    with refused("a_reviewers_source_is_cited_in_the_round_only"):
        Citation.objects.update(origin="reviewer")
