"""How editors make a list of claims."""

import pytest

from reviews.core.reading.errors import AnchorOutsideText
from reviews.errors import ClaimIsMerged, ClaimStandsAlready, ClaimWithoutWording, MergeIntoNothing, MergeNeedsTwo
from reviews.services.claim import (
    accept_claim,
    add_claim,
    merge_claims,
    reject_claim,
    restore_claim,
    reword_claim,
)
from tests.factories import CLAIMS, TEXT, CitationFactory, ClaimFactory, EditorFactory, RevisionFactory, SourceFactory

pytestmark = pytest.mark.django_db
WORDS = {"kind": "risk", "is_headline": True, "is_high_harm": False}


def three_claims(state="suggested"):
    revision = RevisionFactory()
    return [
        ClaimFactory(revision=revision, quote=quote, state=state, rank=rank)
        for rank, quote in enumerate(CLAIMS, start=1)
    ]


def state_of(claim):
    claim.refresh_from_db()
    return claim.state


def test_a_suggestion_is_accepted_rejected_and_restored():
    claim = ClaimFactory(state="suggested", rank=1)

    accept_claim(claim)
    assert state_of(claim) == "accepted"
    reject_claim(claim)
    assert state_of(claim) == "rejected"
    restore_claim(claim)
    assert state_of(claim) == "suggested"


def test_a_claim_that_a_person_added_is_restored_to_the_list():
    claim = ClaimFactory(state="rejected", rank=None, added_by=EditorFactory())

    restore_claim(claim)

    assert state_of(claim) == "accepted"


def test_a_claim_is_said_in_other_words_and_stays_where_it_stands():
    claim = ClaimFactory(state="suggested")

    reword_claim(claim, wording="  Moonflower tea brings sleep sooner. ", **WORDS, accept=True)

    claim.refresh_from_db()
    assert (claim.wording, claim.kind, claim.is_headline, claim.state, claim.quote) == (
        "Moonflower tea brings sleep sooner.",
        "risk",
        True,
        "accepted",
        CLAIMS[0],
    )


def test_a_claim_is_never_left_without_words():
    with pytest.raises(ClaimWithoutWording):
        reword_claim(ClaimFactory(), wording=" \n", **WORDS)


def test_merged_claims_give_their_sources_and_flags_to_the_one_that_stays():
    kept, second, third = three_claims()
    shared, own = SourceFactory(), SourceFactory()
    CitationFactory(claim=kept, source=shared)
    CitationFactory(claim=second, source=shared)
    CitationFactory(claim=third, source=own, origin="article")
    reword_claim(third, wording="Third", kind="risk", is_headline=False, is_high_harm=True)

    merge_claims([kept, second, third], into=kept)

    kept.refresh_from_db()
    assert (kept.state, kept.is_high_harm) == ("accepted", True)
    assert [state_of(claim) for claim in (second, third)] == ["merged", "merged"]
    assert [(c.source, c.origin) for c in kept.citations.all()] == [(shared, "editor"), (own, "article")]


def test_claims_that_went_into_a_merged_one_go_on_with_it():
    first, second, third = three_claims()
    merge_claims([first, second], into=second)

    merge_claims([second, third], into=third)

    first.refresh_from_db()
    assert first.merged_into == third


def test_a_merged_claim_is_neither_accepted_nor_reworded_until_it_is_restored():
    first, second, _ = three_claims()
    merge_claims([first, second], into=second)

    for refused in (accept_claim, reject_claim):
        with pytest.raises(ClaimIsMerged):
            refused(first)
    with pytest.raises(ClaimIsMerged):
        reword_claim(first, wording="Other", **WORDS)
    restore_claim(first)

    assert state_of(first) == "suggested"


def test_one_claim_alone_is_not_merged():
    claim = ClaimFactory()

    with pytest.raises(MergeNeedsTwo):
        merge_claims([claim], into=claim)


def test_claims_of_two_texts_are_not_merged():
    here, there = ClaimFactory(), ClaimFactory()

    with pytest.raises(MergeIntoNothing):
        merge_claims([here, there], into=here)


def test_nothing_is_merged_into_a_rejected_claim():
    first, second, _ = three_claims()
    reject_claim(second)

    with pytest.raises(MergeIntoNothing):
        merge_claims([first, second], into=second)


def test_an_added_claim_stands_at_its_place_with_its_surroundings():
    revision, editor = RevisionFactory(), EditorFactory()
    start = TEXT.index(CLAIMS[1])

    claim = add_claim(revision, start=start, end=start + len(CLAIMS[1]), wording="", by=editor, **WORDS)

    claim.refresh_from_db()
    assert (claim.quote, claim.wording, claim.state, claim.added_by) == (CLAIMS[1], CLAIMS[1], "accepted", editor)
    assert TEXT[: claim.start].endswith(claim.prefix)
    assert TEXT[claim.end :].startswith(claim.suffix)


def test_words_that_are_on_the_list_are_not_added_twice():
    claim = ClaimFactory()

    with pytest.raises(ClaimStandsAlready):
        add_claim(claim.revision, start=claim.start, end=claim.end, wording="", by=EditorFactory())


def test_words_that_were_rejected_are_taken_up_again():
    claim = ClaimFactory(state="rejected", rank=7)

    again = add_claim(claim.revision, start=claim.start, end=claim.end, wording="Anew", by=EditorFactory())

    assert (again.pk, again.state, again.wording, again.rank, again.added_by) == (claim.pk, "accepted", "Anew", 7, None)


def test_a_claim_cannot_stand_outside_the_text():
    with pytest.raises(AnchorOutsideText):
        add_claim(RevisionFactory(), start=5, end=len(TEXT) + 1, wording="", by=EditorFactory())
