"""What public services know of a publication, asked over a real connection."""

from datetime import date

import pytest
from django.core.cache import caches

from reviews.core.citing.identifiers import Identifier
from reviews.core.citing.notices import EditorialNotice
from reviews.gateways import polite
from reviews.gateways.polite import Unreachable
from reviews.gateways.registries import REGISTRIES, Crossref, EuropePmc, OpenAlex, PubMed, usable
from tests.gateways.registry_server import DOI, PMID, TITLE

BY_DOI, BY_PMID = Identifier("doi", DOI), Identifier("pmid", PMID)


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
def test_every_service_tells_the_same_publication(answers, registry):
    finding = registry.look_up(usable(registry, [BY_DOI, BY_PMID]))

    record = finding.entry.record
    assert finding.service == registry.name
    assert (record.title, record.year, record.volume, record.pages) == (TITLE, 2018, "378", "1865-1876")
    assert record.doi == DOI
    assert record.authors[0].startswith("O'Byrne, Paul M")


def test_pubmed_gives_the_abstract_the_types_and_the_headings(answers):
    entry = PubMed().look_up(BY_DOI).entry

    assert entry.abstract == "RESULTS: An invented sentence of results."
    assert (entry.types, entry.keywords) == (("Randomized Controlled Trial",), ("Humans",))
    assert answers.parameters("/pubmed/esearch")["term"] == [f"{DOI}[doi]"]


def test_pubmed_is_asked_by_a_pmcid_too(answers):
    finding = PubMed().look_up(Identifier("pmcid", "PMC5959871"))

    assert finding.entry.record.title == TITLE
    assert answers.parameters("/pubmed/esearch")["term"] == ["PMC5959871[pmcid]"]


def test_a_doi_of_two_publications_is_of_none(answers):
    answers.say("/pubmed/esearch.fcgi", {"esearchresult": {"idlist": ["1", "2"]}})

    assert PubMed().look_up(BY_DOI) is None


def test_retractions_and_corrections_come_along(answers):
    retracted = EditorialNotice("retracted", doi=DOI, notice_doi="10.5555/invented.notice", said_on=date(2020, 3, 2))
    corrected = EditorialNotice("corrected", pmid=PMID, reasons="Invented J. 2019;1:1")

    assert Crossref().look_up(BY_DOI).notices == (retracted,)
    assert EuropePmc().look_up(BY_PMID).notices == (corrected,)


def test_openalex_says_whether_it_is_retracted_and_turns_its_abstract_upright(answers):
    finding = OpenAlex().look_up(BY_DOI)
    assert (finding.entry.abstract, finding.notices) == ("An invented sentence", ())


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
def test_what_a_service_does_not_know_is_none(answers, registry):
    answers.said.clear()

    assert registry.look_up(usable(registry, [BY_DOI, BY_PMID])) is None


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
@pytest.mark.parametrize(
    "body", ["<html>Be right back</html>", "[1, 2", '{"message": 1}', "", "[]", '{"resultList": []}']
)
def test_an_answer_of_another_kind_is_no_answer(answers, registry, body):
    for path in answers.said:
        answers.say(path, body)

    try:
        found = registry.look_up(usable(registry, [BY_PMID, BY_DOI]))
    except Unreachable:
        found = None

    assert found is None


def test_who_asks_says_who_it_is(answers):
    Crossref().look_up(BY_DOI)

    assert answers.agents == {"Assay (mailto:desk@example.org)"}
    assert answers.parameters("/crossref/")["mailto"] == ["desk@example.org"]


def test_the_same_question_is_asked_once_a_day(answers):
    for _ in range(3):
        Crossref().look_up(BY_DOI)
        Crossref().look_up(Identifier("doi", "10.5555/unknown"))

    assert len(answers.asked) == 2


def test_what_services_answer_takes_no_room_from_what_limits_count(answers):
    Crossref().look_up(BY_DOI)
    caches["answers"].clear()
    Crossref().look_up(BY_DOI)

    assert len(answers.asked) == 2


def test_a_service_that_asks_for_rest_is_left_alone(answers):
    answers.say("/crossref/works/", "slow down", status=429, Retry_After="120")

    for _ in range(2):
        with pytest.raises(Unreachable) as refusal:
            Crossref().look_up(BY_DOI)

    assert len(answers.asked) == 1
    assert 100 < refusal.value.wait.total_seconds() <= 120


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("7", 7, 7), ("nonsense", 30, 30), ("Wed, 01 Jan 2020 00:00:00 GMT", 1, 1), ("", 30, 30)],
)
def test_how_long_to_wait_is_read_as_seconds_or_as_a_date(said, least, most):
    assert least <= polite._seconds_of(said) <= most


def test_an_answer_without_end_is_cut_off(answers):
    answers.say("/crossref/works/", "x" * (polite.MOST_BYTES + 1))

    with pytest.raises(Unreachable, match="more than"):
        Crossref().look_up(BY_DOI)


@pytest.mark.parametrize("status", [301, 500, 503, 418])
def test_a_redirect_or_a_fault_is_no_answer(answers, status):
    answers.say("/crossref/works/", "", status=status, Location="http://127.0.0.1:1/")

    with pytest.raises(Unreachable):
        Crossref().look_up(BY_DOI)


def test_nobody_at_home_is_said_soon(settings):
    settings.LOOKUP_SERVICES = {"crossref": "http://127.0.0.1:9"}

    with pytest.raises(Unreachable, match="Crossref cannot be reached"):
        Crossref().look_up(BY_DOI)
