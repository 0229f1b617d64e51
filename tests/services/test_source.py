"""How the desk keeps its sources."""

import pytest
from django.db import IntegrityError, transaction

from reviews.errors import ClaimIsOffTheList
from reviews.models import Citation, Job, Source
from reviews.services.source import cite_source, cite_source_for, remove_citation, save_source
from tests.factories import (
    CLAIMS,
    NOON,
    ClaimFactory,
    EditorFactory,
    RevisionFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def test_whoever_adds_a_source_is_named_and_whoever_mends_it_is_not():
    first, second = EditorFactory(), EditorFactory()

    source = save_source(Source(title="A trial"), by=first, at=NOON)
    save_source(source, by=second, at=NOON)

    assert source.added_by == first


def test_an_identifier_belongs_to_one_source():
    source = SourceFactory()

    with pytest.raises(IntegrityError, match="one_source_per_doi"), transaction.atomic():
        save_source(Source(title="Another", doi=source.doi), by=EditorFactory(), at=NOON)


def test_a_source_serves_many_claims_each_once():
    revision, source = RevisionFactory(), SourceFactory()
    claims = [ClaimFactory(revision=revision, quote=quote) for quote in CLAIMS]

    cite_source_for(claims, source=source, origin="editor")
    cite_source(claims[0], source=source, origin="article")

    assert list(source.citations.values_list("claim", "origin")) == [
        (claims[0].pk, "article"),
        (claims[1].pk, "editor"),
        (claims[2].pk, "editor"),
    ]


def test_a_claim_that_is_off_the_list_takes_no_source():
    with pytest.raises(ClaimIsOffTheList):
        cite_source(ClaimFactory(state="rejected"), source=SourceFactory(), origin="editor")


def test_a_source_taken_off_a_claim_stays_in_the_rounds_that_have_it():
    frozen = RoundCitationFactory()
    citation = cite_source(frozen.claim.claim, source=frozen.source, origin="editor")

    remove_citation(citation)

    frozen.refresh_from_db()
    assert not Citation.objects.exists()


def test_a_retraction_asks_for_a_new_report_of_closed_rounds_only():
    source = SourceFactory()
    closed = RoundCitationFactory(source=source, claim__round=RoundFactory(claims=0, closed_at=NOON, closing="editor"))
    RoundCitationFactory(source=source)

    source.retraction = "retracted"
    save_source(source, by=EditorFactory(), at=NOON)

    assert [job.round for job in Job.objects.filter(kind="compile_report")] == [closed.claim.round]
