"""One's own readings side by side."""

import pytest

from reviews.core.citing.records import Record
from reviews.services.citation import add_own_source
from reviews.services.matrix import matrix_of
from tests.factories import NOON, AppraisalFactory, ReviewFactory, RoundCitationFactory, RoundFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory(round=RoundFactory(claims=3))


def drawn(review) -> list[list[str]]:
    """The matrix as words: the stance, "?" where one has to be read, "" where there is no source."""
    matrix = matrix_of(review)
    return [
        [(line.readings[place].stance or "?") if place in line.readings else "" for place in range(len(matrix.columns))]
        for line in matrix.lines
    ]


def test_claims_stand_down_and_sources_across_with_gaps(review):
    first, second, _ = review.round.claims.all()
    shared = SourceFactory()
    read = RoundCitationFactory(claim=first, source=shared)
    RoundCitationFactory(claim=second, source=shared)
    RoundCitationFactory(claim=second)
    AppraisalFactory(review=review, citation=read, stance="mixed")

    matrix = matrix_of(review)

    assert drawn(review) == [["mixed", ""], ["?", "?"], ["", ""]]
    assert [column.letter for column in matrix.columns] == ["A", "B"]
    assert (matrix.total, matrix.unread, matrix.bare) == (3, 2, 1)


def test_nothing_of_a_peer_is_in_it(review):
    claim = review.round.claims.first()
    peer = ReviewFactory(round=review.round)
    cited = RoundCitationFactory(claim=claim)
    AppraisalFactory(review=peer, citation=cited, stance="contradicts")
    RoundCitationFactory(claim=claim, origin="reviewer", added_in=peer)

    assert drawn(review) == [["?"], [""], [""]]


def test_an_own_source_put_to_two_claims_is_one_column(review):
    first, second, _ = review.round.claims.all()
    for claim in (first, second):
        add_own_source(review, claim=claim, record=Record(title="By me", doi="10.5555/own"), at=NOON)

    assert drawn(review) == [["?"], ["?"], [""]]
    assert [column.is_own for column in matrix_of(review).columns] == [True]


def test_an_own_source_that_the_desk_put_to_another_claim_shares_its_column(review):
    first, second, _ = review.round.claims.all()
    RoundCitationFactory(claim=first, source=SourceFactory(doi="10.5555/desk"))
    add_own_source(review, claim=second, record=Record(title="DOI 10.5555/desk", doi="10.5555/desk"), at=NOON)

    assert drawn(review) == [["?"], ["?"], [""]]


def test_what_somebody_else_tied_together_stays_two_columns(review):
    first, second, _ = review.round.claims.all()
    SourceFactory(doi="10.5555/tied", pmid="777")
    add_own_source(review, claim=first, record=Record(title="DOI 10.5555/tied", doi="10.5555/tied"), at=NOON)
    add_own_source(review, claim=second, record=Record(title="PMID 777", pmid="777"), at=NOON)

    assert drawn(review) == [["?", ""], ["", "?"], ["", ""]]


def test_a_retraction_is_told_of_the_desks_sources_alone(review):
    first, second, _ = review.round.claims.all()
    RoundCitationFactory(claim=first, source=SourceFactory(retraction="retracted"))
    SourceFactory(doi="10.5555/known", retraction="retracted")
    add_own_source(review, claim=second, record=Record(title="By me", doi="10.5555/known"), at=NOON)

    assert [column.is_retracted for column in matrix_of(review).columns] == [True, False]


@pytest.mark.parametrize("number", [1, 3])
def test_the_matrix_is_read_in_two_queries(number, django_assert_num_queries):
    review = ReviewFactory(round=RoundFactory(claims=number))
    for claim in review.round.claims.all():
        AppraisalFactory(review=review, citation=RoundCitationFactory(claim=claim))

    with django_assert_num_queries(2):
        matrix_of(review)
