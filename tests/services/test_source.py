"""How the desk keeps its sources."""

import pytest
from django.db import IntegrityError, transaction

from reviews.errors import ClaimIsOffTheList, MergeOfOneSource, NotMergedNow, SourceIsMerged
from reviews.jobs.merging import merge_sources
from reviews.models import Citation, Job, Source, SourceMerge
from reviews.services.source import (
    cite_source,
    cite_source_for,
    part_sources,
    remove_citation,
    save_source,
)
from tests.factories import (
    CLAIMS,
    NOON,
    CitationFactory,
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


def test_every_text_of_a_source_is_kept_once():
    source = SourceFactory(text="The first.")

    for text in ("The first.", "The second.", "The first.", ""):
        source.text = text
        save_source(source, by=EditorFactory(), at=NOON)

    assert [kept.text for kept in source.texts.order_by("pk")] == ["The first.", "The second."]
    assert source.texts.first().sha256 != source.texts.last().sha256


@pytest.fixture
def pair():
    """One source with a DOI, and the same work with a PMID and a citation."""
    kept = SourceFactory(doi="10.5555/one", pmid="", volume="", year=2019)
    absorbed = SourceFactory(doi="10.5555/two", pmid="42", volume="3", year=2018, retraction="concern")
    return kept, absorbed


def test_of_two_sources_one_takes_what_it_lacks_and_all_citations(pair):
    kept, absorbed = pair
    shared = ClaimFactory()
    CitationFactory(claim=shared, source=kept)
    CitationFactory(claim=shared, source=absorbed, origin="article")
    alone = CitationFactory(source=absorbed)

    merge_sources(kept, absorbed=absorbed, by=EditorFactory(), at=NOON)

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.doi, kept.pmid, kept.volume, kept.year, kept.retraction) == ("10.5555/one", "42", "3", 2019, "concern")
    assert (absorbed.doi, absorbed.pmid, absorbed.merged_into) == ("", "", kept)
    assert set(kept.citations.values_list("claim", flat=True)) == {shared.pk, alone.claim_id}
    assert not absorbed.citations.exists()


def test_what_was_merged_is_parted_again(pair):
    kept, absorbed = pair
    shared, by = ClaimFactory(), EditorFactory()
    CitationFactory(claim=shared, source=kept)
    CitationFactory(claim=shared, source=absorbed, origin="article")
    alone = CitationFactory(source=absorbed)
    merge = merge_sources(kept, absorbed=absorbed, by=by, at=NOON)
    Source.objects.filter(pk=kept.pk).update(volume="99")

    part_sources(merge, by=by, at=NOON)

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.doi, kept.pmid, kept.retraction) == ("10.5555/one", "", "none")
    assert kept.volume == "99"  # somebody put it right since
    assert (absorbed.doi, absorbed.pmid, absorbed.merged_into) == ("10.5555/two", "42", None)
    assert {(c.claim_id, c.origin) for c in absorbed.citations.all()} == {
        (shared.pk, "article"),
        (alone.claim_id, "editor"),
    }
    with pytest.raises(NotMergedNow):
        part_sources(merge, by=by, at=NOON)


def test_a_source_goes_into_another_one_only_and_once(pair):
    kept, absorbed = pair
    by, third = EditorFactory(), SourceFactory()
    with pytest.raises(MergeOfOneSource):
        merge_sources(kept, absorbed=kept, by=by, at=NOON)

    merge_sources(kept, absorbed=absorbed, by=by, at=NOON)

    for one, other in ((third, absorbed), (absorbed, third), (third, kept)):
        with pytest.raises(SourceIsMerged):
            merge_sources(one, absorbed=other, by=by, at=NOON)
    assert SourceMerge.objects.count() == 1


def test_a_retraction_reaches_rounds_that_have_what_was_merged(pair):
    kept, absorbed = pair
    closed = RoundFactory(claims=0, closed_at=NOON, closing="editor")
    RoundCitationFactory(source=absorbed, claim__round=closed)
    merge_sources(kept, absorbed=absorbed, by=EditorFactory(), at=NOON)
    Job.objects.all().delete()

    kept.refresh_from_db()
    kept.retraction = "retracted"
    save_source(kept, by=EditorFactory(), at=NOON)

    assert [job.round for job in Job.objects.filter(kind="compile_report")] == [closed]
