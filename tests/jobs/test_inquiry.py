"""Looking up a reviewer's own source: filled for that reviewer, and the same whatever anybody has stored."""

from datetime import timedelta

import pytest

from reviews.core.citing.records import Record
from reviews.jobs.inquiry import do_inquiry, filled
from reviews.jobs.lookup import do_lookup, owe_lookup
from reviews.jobs.work import MOST_ATTEMPTS
from reviews.models import Appraisal, Finding, Inquiry, Job, Review, Round, RoundCitation, Source
from reviews.services.citation import add_own_source
from reviews.services.history import versions_of_row
from reviews.services.mark import record_appraisal
from tests.factories import NOON, ReviewFactory, RoundCitationFactory, SourceFactory
from tests.gateways.registry_server import DOI, PMID, TITLE

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)
NAMED = Record(title=f"DOI {DOI}", doi=DOI)


@pytest.fixture
def review():
    return ReviewFactory()


def added(review, record=NAMED) -> RoundCitation:
    return add_own_source(review, claim=review.round.claims.first(), record=record, at=NOON)


def done(citation, *, at=LATER) -> bool:
    return do_inquiry(Job.objects.get(inquiry__citation=citation).pk, at=at)


def record_of(citation) -> Record:
    citation.refresh_from_db()
    return Record.from_csl(citation.record)


def test_a_source_that_is_only_named_is_filled_for_its_reviewer(answers, review):
    citation = added(review)

    assert done(citation) is True

    found = record_of(citation)
    assert (found.title, found.year, found.doi, found.pmid) == (TITLE, 2018, DOI, PMID)
    inquiry = Inquiry.objects.get()
    assert (inquiry.state, inquiry.retraction, Record.from_csl(inquiry.typed)) == ("found", "retracted", NAMED)
    assert inquiry.settled_at == LATER


def test_an_inquiry_is_made_once(answers, review):
    citation = added(review)

    assert [done(citation) for _ in range(2)] == [True, False]


def test_what_the_reviewer_typed_stands(answers, review):
    citation = added(review, Record(title="As I read it", authors=("Me, Myself",), doi=DOI))

    done(citation)

    found = record_of(citation)
    assert (found.title, found.authors, found.year) == ("As I read it", ("Me, Myself",), 2018)


def test_a_pmid_leads_to_the_services_that_only_know_dois(answers, review):
    citation = added(review, Record(title=f"PMID {PMID}", pmid=PMID))

    done(citation)

    assert set(Inquiry.objects.get().heard) == {"PubMed", "Crossref", "Europe PMC", "OpenAlex"}
    assert record_of(citation).doi == DOI


def test_a_source_without_such_an_identifier_is_not_looked_up(review):
    added(review, Record(title="By hand", nct="NCT01234567"))

    assert not Job.objects.exists()


def nobody_knows(answers) -> None:
    for path in list(answers.said):
        answers.say(path, "", status=404)


def test_what_nobody_knows_is_said_to_be_unknown(answers, review):
    nobody_knows(answers)
    citation = added(review)

    assert done(citation) is True

    assert (Inquiry.objects.get().state, record_of(citation)) == ("unknown", NAMED)


def test_without_a_network_it_is_tried_again_and_given_up_in_the_end(review, settings, caplog):
    settings.LOOKUP_SERVICES = dict.fromkeys(settings.LOOKUP_SERVICES, "http://127.0.0.1:9")
    citation = added(review)

    waiting = []
    for attempt in range(MOST_ATTEMPTS):
        is_done = done(citation, at=NOON + attempt * timedelta(hours=1))
        waiting.append((is_done, Inquiry.objects.get().state))

    assert waiting == [(False, "waiting")] * (MOST_ATTEMPTS - 1) + [(True, "unreachable")]
    assert record_of(citation) == NAMED
    lines = [line for line in caplog.records if line.name == "reviews.jobs.work"]
    assert [(line.levelname, line.exc_info) for line in lines] == [("WARNING", None)] * (MOST_ATTEMPTS - 1)


def test_only_the_missing_service_is_asked_again(answers, review):
    answers.say("/crossref/works/", "", status=418)
    citation = added(review)
    assert (done(citation), record_of(citation).title) == (False, TITLE)
    answers.asked.clear()
    answers.__init__()

    assert done(citation, at=LATER + timedelta(hours=1)) is True

    assert [one.split("/")[1] for one in answers.asked] == ["crossref"]
    assert Inquiry.objects.get().retraction == "retracted"


def test_services_are_asked_alike_whether_anybody_asked_before_or_not(answers, review):
    """The same questions go out at once, although the day's answers are kept and the source is stored and looked up."""
    peer = ReviewFactory(round=review.round)
    counts = []
    for one in (peer, review):
        answers.asked.clear()
        done(added(one))
        counts.append(sorted(answers.asked))

    assert counts[0] == counts[1]
    own = [RoundCitation.objects.get(added_in=one) for one in (peer, review)]
    assert own[0].record == own[1].record
    assert own[0].source == own[1].source


def test_a_look_up_by_the_desk_does_not_shorten_it(answers, review):
    source = SourceFactory(doi=DOI, title="CANARY", text="CANARY", retraction="concern")
    do_lookup(owe_lookup(source, at=NOON).pk, at=NOON)
    owe_lookup(source, at=NOON)
    answers.asked.clear()
    citation = added(review)
    before = Inquiry.objects.get().state

    done(citation)

    assert before == "waiting"
    assert len(answers.asked) == 5
    assert "CANARY" not in str(citation.record)


def test_the_shared_source_of_a_reviewer_gets_its_record_for_the_report(answers, review):
    citation = added(review)

    done(citation)

    source = Source.objects.get(pk=citation.source_id)
    assert (source.title, source.retraction) == (TITLE, "retracted")
    assert Finding.objects.filter(source=source).count() == 4


def quoting(citation, quote, *, version=0) -> Appraisal:
    said = dict.fromkeys(("stance", "locator", "design", "risk_of_bias", "directness"), "")
    review = citation.added_in
    return record_appraisal(review, citation=citation, version=version, at=NOON, quote=quote, indirect_in=[], **said)


def test_a_quote_of_an_own_source_is_looked_up_in_the_abstract_that_was_found(answers, review):
    citation = added(review)
    done(citation)

    here = quoting(citation, "An invented sentence of results.")
    there = quoting(citation, "A sentence of nobody.", version=1)

    assert (here.quote_found, here.quote_match, here.seen_text.origin) == (True, "verbatim", "PubMed")
    assert (there.quote_found, there.quote_match) == (False, "absent")


def test_a_quote_that_was_saved_before_the_abstract_came_is_looked_up_then(answers, review):
    citation = added(review)
    saved = quoting(citation, "An invented sentence of results.")
    before = (saved.quote_found, saved.version)

    done(citation)

    saved.refresh_from_db()
    assert (before, saved.quote_found, saved.version) == ((None, 1), True, 1)
    assert (saved.seen_text, saved.seen_at) == (Inquiry.objects.get().found_text, LATER)
    assert [(one.number, one.row.quote_found) for one in versions_of_row(saved)] == [(1, True)]


def test_a_quote_that_was_handed_in_is_let_be(answers, review):
    citation = added(review)
    saved = quoting(citation, "An invented sentence of results.")
    Review.objects.update(submitted_at=NOON, omissions_considered=True)

    done(citation)

    saved.refresh_from_db()
    assert (saved.quote_found, Inquiry.objects.get().found_text.origin) == (None, "PubMed")


def test_what_the_desk_has_stored_of_an_own_source_is_not_looked_in(answers, review):
    SourceFactory(doi=DOI, text="CANARY of the desk.")
    citation = added(review)
    waiting = quoting(citation, "CANARY of the desk.")

    done(citation)

    waiting.refresh_from_db()
    assert (waiting.quote_found, waiting.seen_text.origin) == (False, "PubMed")


def test_after_the_round_has_closed_the_record_stays(answers, review):
    citation = added(review)
    Round.objects.update(closed_at=NOON, closing="editor")

    assert done(citation) is True

    assert record_of(citation) == NAMED
    assert Source.objects.get(pk=citation.source_id).title == NAMED.title


def test_a_source_that_was_removed_meanwhile_is_let_go(answers, review):
    citation = added(review)
    job = Job.objects.get()
    RoundCitation.objects.filter(pk=citation.pk).delete()

    assert do_inquiry(job.pk, at=LATER) is False


def test_nothing_that_stands_is_overwritten():
    mine = Record(title="Mine", year=2001, doi="10.5555/a")
    other = Record(title="Theirs", year=2002, pmid="7", container="Journal")

    both = filled(mine, known=other)

    assert both == Record(title="Mine", year=2001, doi="10.5555/a", pmid="7", container="Journal")


def test_a_retraction_of_the_desk_is_not_told_of_an_own_source(answers, review):
    nobody_knows(answers)
    SourceFactory(doi=DOI, retraction="retracted")
    RoundCitationFactory(claim=review.round.claims.last(), source=Source.objects.get(doi=DOI))
    citation = added(review)

    done(citation)

    assert Inquiry.objects.get().retraction == "none"
