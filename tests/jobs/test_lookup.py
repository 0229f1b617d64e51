"""Looking sources up: once, politely, and without harm where nobody answers."""

from datetime import timedelta

import pytest

from reviews.jobs.lookup import AGAIN_AFTER, do_lookup, owe_due_lookups, owe_lookup
from reviews.models import Finding, Job, Source
from tests.factories import NOON, CitationFactory, RoundCitationFactory, SourceFactory
from tests.gateways.registry_server import DOI, PMID, TITLE

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def source():
    return SourceFactory(title=f"DOI {DOI}", doi=DOI, authors="", container="", year=None, text="", design="")


def test_a_source_that_is_only_named_is_filled_by_what_services_know(answers, source):
    job = owe_lookup(source, at=NOON)

    assert do_lookup(job.pk, at=LATER) is True

    source.refresh_from_db()
    assert (source.title, source.year, source.pmid) == (TITLE, 2018, PMID)
    assert source.text == "RESULTS: An invented sentence of results."
    assert [text.origin for text in source.texts.all()] == ["PubMed"]
    assert source.publication_types == ["Randomized Controlled Trial"]
    assert source.retraction == "retracted"
    assert set(Finding.objects.values_list("service", flat=True)) == {"PubMed", "Crossref", "Europe PMC", "OpenAlex"}


def test_what_the_desk_wrote_stands(answers):
    source = SourceFactory(doi=DOI, title="As the desk wrote it", year=2017, volume="")

    do_lookup(owe_lookup(source, at=NOON).pk, at=LATER)

    source.refresh_from_db()
    assert (source.title, source.year, source.volume) == ("As the desk wrote it", 2017, "378")


def test_what_a_round_rests_on_is_not_filled_by_itself(answers):
    source = RoundCitationFactory(source__doi=DOI, source__volume="").source

    do_lookup(owe_lookup(source, at=NOON).pk, at=LATER)

    source.refresh_from_db()
    assert (source.volume, source.retraction) == ("", "retracted")


def test_a_look_up_is_owed_once_and_done_once(answers, source):
    job = owe_lookup(source, at=NOON)

    assert owe_lookup(source, at=LATER) == job
    assert [do_lookup(job.pk, at=LATER) for _ in range(2)] == [True, False]
    assert Finding.objects.filter(source=source).count() == 4


def test_a_source_without_an_identifier_cannot_be_looked_up():
    assert owe_lookup(SourceFactory(doi=""), at=NOON) is None
    assert not Job.objects.exists()


def test_a_service_that_cannot_be_reached_costs_nothing_but_its_answer(answers, source):
    answers.say("/crossref/works/", "", status=503, Retry_After="600")
    job = owe_lookup(source, at=NOON)

    assert do_lookup(job.pk, at=LATER) is False

    job.refresh_from_db()
    assert source.findings.count() == 3
    assert (job.state, job.due_at - LATER > timedelta(minutes=9)) == ("owed", True)
    assert "Crossref answered 503" in job.error


def test_only_the_missing_service_is_asked_again(answers, source, settings):
    answers.say("/crossref/works/", "", status=418)
    job = owe_lookup(source, at=NOON)
    do_lookup(job.pk, at=LATER)
    answers.asked.clear()
    answers.__init__()

    assert do_lookup(job.pk, at=LATER + timedelta(hours=1)) is True

    assert [one.split("/")[1] for one in answers.asked] == ["crossref"]
    assert source.findings.count() == 4


def test_without_a_network_the_source_stands_as_it_was(settings, source):
    settings.LOOKUP_SERVICES = dict.fromkeys(settings.LOOKUP_SERVICES, "http://127.0.0.1:9")
    job = owe_lookup(source, at=NOON)

    assert do_lookup(job.pk, at=LATER) is False

    assert not Finding.objects.exists()
    assert Job.objects.get().state == "owed"


def test_sources_that_claims_rest_on_are_looked_up_weekly():
    used, seen, _ = CitationFactory().source, CitationFactory().source, SourceFactory()
    CitationFactory(source=SourceFactory(doi=""))
    Finding.objects.create(source=seen, service="Crossref", fetched_at=NOON)

    assert owe_due_lookups(at=LATER) == 1
    assert owe_due_lookups(at=LATER) == 0
    assert [job.source for job in Job.objects.all()] == [used]

    Job.objects.all().delete()
    assert owe_due_lookups(at=LATER + AGAIN_AFTER) == 2
    assert Source.objects.count() == 4
