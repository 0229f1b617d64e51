"""Retractions: kept once, marked, told to the editors, whoever brings the news."""

from datetime import date, timedelta
from itertools import count

import pytest

from reviews.core.citing.notices import EditorialNotice as Said
from reviews.errors import RetractionsAreOver, RetractionsUnderWay
from reviews.jobs import retraction
from reviews.jobs.relevance import still_true
from reviews.jobs.retraction import AT_ONCE, do_retractions, import_notices, owe_retractions, record_notices
from reviews.jobs.sweep import sweep
from reviews.jobs.work import LEASE, MOST_ATTEMPTS
from reviews.models import EditorialNotice, Job, Notice, RetractionFile, Source
from reviews.services.retraction import bring_in_retractions, cancel_retractions, go_through_again
from tests.factories import (
    NOON,
    TODAY,
    AssignmentFactory,
    CitationFactory,
    EditorFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

DOI = "10.5555/moon.r"
RETRACTED = Said("retracted", doi=DOI, notice_doi="10.5555/n", said_on=date(2020, 3, 2), reasons="Fraud")


HEAD = "Record ID,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"


def watch_file(*rows):
    return bring_in_retractions((HEAD + "".join(rows)).encode(), file_name="watch.csv", by=EditorFactory(), at=NOON)


def gone_through(file, *, at=NOON):
    assert do_retractions(owe_retractions(file, at=at).pk, clock=lambda: at) is True
    file.refresh_from_db()
    return file


def row(doi, nature="Retraction"):
    return f"1,3/2/2020 0:00,10.5555/n,{doi},0,{nature},+Fraud;\n"


def recorded(source, *said):
    new = record_notices(source, said=said, said_by="Retraction Watch", at=NOON)
    source.refresh_from_db()
    return new


def test_a_retraction_marks_the_source_and_says_why():
    source = SourceFactory(doi=DOI)

    recorded(source, RETRACTED)

    assert source.retraction == "retracted"
    assert source.retraction_note == "Retraction Watch, 2020-03-02 doi:10.5555/n: Fraud"


def test_twice_is_once_whoever_says_it():
    source = RoundCitationFactory(source__doi=DOI).source
    recorded(source, RETRACTED)
    mails = Notice.objects.count()

    assert recorded(source, RETRACTED, Said("retracted", pmid="42")) == []
    assert (EditorialNotice.objects.count(), Notice.objects.count(), mails) == (1, 1, 1)


def test_closed_rounds_get_a_new_report_and_editors_a_mail():
    editor = EditorFactory()
    closed = RoundFactory(claims=0, closed_at=NOON, closing="editor", editors=[editor])
    source = RoundCitationFactory(source__doi=DOI, claim__round=closed).source

    recorded(source, RETRACTED)

    assert [job.round for job in Job.objects.filter(kind="compile_report")] == [closed]
    (mail,) = Notice.objects.all()
    assert (mail.kind, mail.recipient, mail.round, mail.source) == ("retracted_source", editor, closed, source)
    assert still_true(mail, today=TODAY)


def test_an_editor_who_reviews_the_round_is_not_told():
    editor = EditorFactory()
    round = RoundFactory(claims=0, editors=[editor])
    AssignmentFactory(round=round, reviewer=editor)
    recorded(RoundCitationFactory(source__doi=DOI, claim__round=round).source, RETRACTED)

    assert not still_true(Notice.objects.get(), today=TODAY)


def test_a_mail_is_dropped_where_the_source_stands_again():
    source = RoundCitationFactory(source__doi=DOI).source
    recorded(source, RETRACTED)
    Source.objects.filter(pk=source.pk).update(retraction="none")

    assert not still_true(Notice.objects.get(), today=TODAY)


def test_a_correction_is_marked_and_mailed_to_nobody():
    source = RoundCitationFactory(source__doi=DOI).source

    recorded(source, Said("corrected", doi=DOI))

    assert (source.retraction, Notice.objects.exists()) == ("corrected", False)


def test_the_worst_counts_until_it_is_taken_back():
    source = SourceFactory(doi=DOI)
    recorded(source, Said("concern", doi=DOI, said_on=date(2019, 1, 1)), RETRACTED, Said("corrected", doi=DOI))
    assert source.retraction == "retracted"

    recorded(source, Said("reinstated", doi=DOI, said_on=date(2021, 1, 1)))
    assert source.retraction == "corrected"

    recorded(source, Said("retracted", doi=DOI, notice_doi="10.5555/again", said_on=date(2022, 1, 1)))
    assert source.retraction == "retracted"


def test_an_editors_word_stands_until_something_new_is_said():
    source = SourceFactory(doi=DOI)
    recorded(source, RETRACTED)
    Source.objects.filter(pk=source.pk).update(retraction="none")

    recorded(source, RETRACTED)

    assert source.retraction == "none"


def test_of_a_file_only_what_is_ours_is_kept():
    by_doi, by_pmid = SourceFactory(doi=DOI), SourceFactory(doi="", pmid="42")
    CitationFactory(source=by_doi)
    said = [RETRACTED, Said("concern", pmid="42"), *(Said("retracted", doi=f"10.5555/other.{n}") for n in range(600))]

    assert import_notices(said, said_by="Retraction Watch", at=NOON) == (2, 2)
    assert import_notices(said, said_by="Retraction Watch", at=NOON) == (2, 0)

    by_doi.refresh_from_db()
    by_pmid.refresh_from_db()
    assert (by_doi.retraction, by_pmid.retraction) == ("retracted", "concern")


def test_a_file_is_gone_through_marks_what_is_ours_and_names_what_cannot_be_used():
    source = SourceFactory(doi=DOI)

    file = gone_through(watch_file(row(DOI), row("unavailable"), row("10.5555/x", "Rumour"), row("10.5555/y", "")))

    source.refresh_from_db()
    assert (source.retraction, file.rows, file.bad_rows, file.percent) == ("retracted", 4, 3, 100)
    assert (file.finished_at, file.failure) == (NOON, "")
    assert file.bad_in_words == [
        (3, "It names no publication by DOI or PMID: “unavailable 0”."),
        (4, "“Rumour” is no kind of notice that we know."),
        (5, "It says no kind of notice."),
    ]


def test_going_through_a_file_twice_is_once():
    SourceFactory(doi=DOI)
    file = watch_file(row(DOI))
    job = owe_retractions(file, at=NOON)

    assert [do_retractions(job.pk, clock=lambda: NOON) for _ in range(2)] == [True, False]
    RetractionFile.objects.update(finished_at=None)
    gone_through(file)

    assert EditorialNotice.objects.count() == 1


def test_a_file_whose_every_worker_died_says_so_and_is_gone_through_again():
    file = watch_file(row(DOI))
    Job.objects.update(state="running", attempts=MOST_ATTEMPTS, lease_until=NOON)

    sweep(NOON + LEASE)

    file.refresh_from_db()
    assert file.failure.startswith("Something went wrong here while this file was gone through.")
    go_through_again(file, at=NOON)
    assert gone_through(file).percent == 100


def test_a_long_file_keeps_its_lease_and_names_the_first_bad_rows_only(monkeypatch):
    monkeypatch.setattr("reviews.jobs.retraction.AT_ONCE", 2)
    monkeypatch.setattr("reviews.jobs.retraction.MOST_BAD", 3)
    file = watch_file(*[row("unavailable")] * 5)
    times = (NOON + timedelta(minutes=minute) for minute in count())

    assert do_retractions(owe_retractions(file, at=NOON).pk, clock=lambda: next(times)) is True

    file.refresh_from_db()
    assert (file.rows, file.bad_rows, [line for line, _ in file.bad_in_words]) == (5, 5, [2, 3, 4])


def test_what_is_no_such_file_says_why():
    file = bring_in_retractions(b"a,b\n1,2\n", file_name="a.csv", by=EditorFactory(), at=NOON)

    assert "are missing: is it Retraction Watch's?" in gone_through(file).why
    assert file.finished_at is None


def test_a_file_is_cancelled_while_it_is_gone_through_and_can_be_gone_through_again(monkeypatch):
    SourceFactory(doi=DOI)
    file = watch_file(*[row(f"10.5555/other.{number}") for number in range(AT_ONCE)], row(DOI))
    found = retraction.import_notices
    monkeypatch.setattr(
        retraction, "import_notices", lambda *args, **how: (cancel_retractions(file, at=NOON), found(*args, **how))
    )

    gone_through(file)
    assert (file.cancelled_at, file.finished_at, EditorialNotice.objects.count()) == (NOON, None, 0)
    monkeypatch.undo()
    with pytest.raises(RetractionsAreOver):
        cancel_retractions(file, at=NOON)
    go_through_again(file, at=NOON)
    gone_through(file)

    assert (file.cancelled_at, file.finished_at, EditorialNotice.objects.count()) == (None, NOON, 1)
    with pytest.raises(RetractionsUnderWay):
        go_through_again(file, at=NOON)
