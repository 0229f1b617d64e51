import pytest

from reviews.core.citing.identifiers import normal_nct
from reviews.models import Citation, Source, SourceMerge, SourceText
from reviews.models.source import hash_of
from tests.factories import NOON, AppraisalFactory, CitationFactory, EditorFactory, SourceFactory


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


def test_a_merged_source_gave_its_identifiers_away(refused):
    kept, absorbed = SourceFactory(), SourceFactory()

    with refused("merged_source_gave_its_identifiers_away"):
        Source.objects.filter(pk=absorbed.pk).update(merged_into=kept)


def test_a_source_is_not_merged_into_itself(refused):
    source = SourceFactory(doi="")

    with refused("source_is_not_merged_into_itself"):
        Source.objects.filter(pk=source.pk).update(merged_into=source)


def test_a_source_is_merged_into_one_that_stands(refused):
    last = SourceFactory(doi="")
    middle, first = SourceFactory(doi="", merged_into=last), SourceFactory(doi="")

    with refused("source_is_merged_into_one_that_stands"):
        Source.objects.filter(pk=first.pk).update(merged_into=middle)
    with refused("source_is_merged_into_one_that_stands"):
        Source.objects.filter(pk=last.pk).update(merged_into=first)


def test_a_merged_source_is_not_cited(refused):
    merged = SourceFactory(doi="", merged_into=SourceFactory())

    with refused("cited_source_stands"):
        CitationFactory(source=merged)


@pytest.fixture
def merge(db):
    kept, absorbed, by = SourceFactory(), SourceFactory(), EditorFactory()
    return SourceMerge(kept=kept, absorbed=absorbed, before={}, merged_at=NOON, merged_by=by)


def test_a_source_is_absorbed_once_at_a_time(merge, refused):
    merge.save()
    merge.pk = None

    with refused("one_standing_merge_per_absorbed_source"):
        merge.save()


def test_a_merge_is_of_two_sources(merge, refused):
    merge.absorbed = merge.kept

    with refused("merge_is_of_two_sources"):
        merge.save()


def test_a_parted_merge_says_when_and_by_whom(merge, refused):
    merge.parted_at = NOON

    with refused("parted_merge_says_when_and_by_whom"):
        merge.save()


def text_of(source, text="It helped."):
    return SourceText.objects.create(source=source, text=text, sha256=hash_of(text), origin="the desk", added_at=NOON)


def test_a_text_is_kept_once_per_source(refused):
    source = SourceFactory()
    text_of(source)

    with refused("one_row_per_text_of_a_source"):
        text_of(source)


def test_a_text_of_a_source_says_something(refused):
    source = SourceFactory()

    with refused("text_of_a_source_says_something"):
        text_of(source, text="")


def test_a_text_that_was_seen_never_changes(protected):
    kept = text_of(SourceFactory())

    with protected("text_of_a_source_never_changes"):
        SourceText.objects.filter(pk=kept.pk).update(text="Otherwise.")


def test_a_quote_that_was_looked_up_says_in_what_when_and_how(refused):
    appraisal = AppraisalFactory()
    appraisal.quote_match = "verbatim"

    with refused("looked_up_quote_says_in_what_when_and_how"):
        appraisal.save()


def test_only_a_close_quote_has_differences(refused):
    appraisal = AppraisalFactory()
    appraisal.quote_differences = [["ten", "twelve"]]

    with refused("only_a_close_quote_has_differences"):
        appraisal.save()


@pytest.mark.parametrize("number", ["IRCT20080901001157N17", "PACTR2011050002956000", "ChiCTR-INTERNAL1900021234"])
def test_the_longest_numbers_of_a_registry_fit_where_they_are_kept(number):
    assert len(normal_nct(number)) <= Source._meta.get_field("nct").max_length
