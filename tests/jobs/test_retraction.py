"""Retractions: kept once, marked, told to the editors, whoever brings the news."""

from datetime import date

import pytest

from reviews.core.citing.notices import EditorialNotice as Said
from reviews.jobs.relevance import still_true
from reviews.jobs.retraction import import_notices, record_notices
from reviews.models import EditorialNotice, Job, Notice, Source
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


def recorded(source, *said):
    new = record_notices(source, said=said, said_by="Retraction Watch", at=NOON)
    source.refresh_from_db()
    return new


def test_a_retraction_marks_the_source_and_says_why():
    source = SourceFactory(doi=DOI)

    recorded(source, RETRACTED)

    assert source.retraction == "retracted"
    assert source.retraction_note == "Retraction Watch, 02.03.2020 doi:10.5555/n: Fraud"


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
