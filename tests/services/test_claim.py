"""How editors make a list of claims."""

import pytest

from reviews.core.reading.errors import AnchorOutsideText
from reviews.errors import (
    ClaimIsFrozen,
    ClaimIsMerged,
    ClaimIsOffTheList,
    ClaimIsUnlisted,
    ClaimStandsAlready,
    ClaimWithoutWording,
    MergeIntoNothing,
    MergeNeedsTwo,
    SplitIntoOne,
    SplitOutsideTheQuote,
    TextIsSuperseded,
)
from reviews.models import Claim
from reviews.services.claim import (
    accept_claim,
    add_claim,
    merge_claims,
    order_as_in_text,
    reject_claim,
    restore_claim,
    reword_claim,
    shift_claim,
    split_claim,
)
from tests.factories import (
    CLAIMS,
    TEXT,
    CitationFactory,
    ClaimFactory,
    EditorFactory,
    RevisionFactory,
    RoundFactory,
    SourceFactory,
)

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


HALVES = ("A cup holds 40 mg of lunarin", "lunarin, which blocks the waking receptor.")


def halves(*quotes):
    return [{"quote": quote, "wording": ""} for quote in quotes or HALVES]


def test_a_claim_is_split_into_two_that_stand_where_their_words_do():
    claim = ClaimFactory(quote=CLAIMS[1], kind="mechanism", is_high_harm=True)
    source = CitationFactory(claim=claim).source

    parts = split_claim(
        claim, parts=[{"quote": HALVES[0], "wording": "It holds 40 mg."}, halves()[1]], by=EditorFactory()
    )

    text = claim.revision.text
    assert [text[part.start : part.end] for part in parts] == list(HALVES)
    assert [part.wording for part in parts] == ["It holds 40 mg.", HALVES[1]]
    assert {(part.state, part.kind, part.is_high_harm) for part in parts} == {("accepted", "mechanism", True)}
    assert [citation.source for part in parts for citation in part.citations.all()] == [source, source]
    assert state_of(claim) == "rejected"


def test_one_part_may_be_all_of_the_quote():
    claim = ClaimFactory(quote=CLAIMS[1])

    whole, _ = split_claim(claim, parts=halves(CLAIMS[1], HALVES[0]), by=EditorFactory())

    assert whole == claim
    assert state_of(claim) == "accepted"


@pytest.mark.parametrize(
    ("quotes", "refusal"),
    [
        (("A cup", "A mug"), SplitOutsideTheQuote),
        (("A cup", "Studies have shown"), SplitOutsideTheQuote),
        (("A cup", "o"), SplitOutsideTheQuote),
        (("A cup", " A cup "), SplitIntoOne),
    ],
)
def test_parts_that_are_not_two_stretches_of_the_quote_change_nothing(quotes, refusal):
    claim = ClaimFactory(quote=CLAIMS[1])

    with pytest.raises(refusal):
        split_claim(claim, parts=halves(*quotes), by=EditorFactory())

    assert state_of(claim) == "accepted"
    assert claim.revision.claims.count() == 1


def test_a_claim_that_a_round_has_is_not_split():
    claim = RoundFactory(claims=2).claims.get(number=2).claim

    with pytest.raises(ClaimIsFrozen):
        split_claim(claim, parts=halves(), by=EditorFactory())


def test_a_claim_off_the_list_is_not_split_so_that_twice_makes_no_four():
    claim = ClaimFactory(quote=CLAIMS[1])
    split_claim(claim, parts=halves(), by=EditorFactory())

    with pytest.raises(ClaimIsOffTheList):
        split_claim(claim, parts=halves(), by=EditorFactory())


def order_of(revision):
    return list(revision.claims.listed())


def test_a_claim_is_moved_on_the_list_and_goes_no_further_than_the_end():
    first, second, third = three_claims("accepted")

    assert shift_claim(third, by=-1) == 2
    assert order_of(first.revision) == [first, third, second]
    assert shift_claim(third, by=-40) == 1
    assert shift_claim(third, by=-1) == 1
    assert order_of(first.revision) == [third, first, second]
    assert shift_claim(first, by=40) == 3
    assert order_of(first.revision) == [third, second, first]


def test_a_move_that_goes_nowhere_writes_nothing():
    first, *_ = three_claims("accepted")

    shift_claim(first, by=-1)

    assert set(Claim.objects.values_list("place", flat=True)) == {None}


def test_a_list_goes_as_the_text_goes_again():
    first, second, third = three_claims("accepted")
    shift_claim(third, by=-2)

    order_as_in_text(first.revision)

    assert order_of(first.revision) == [first, second, third]


def test_what_comes_on_an_ordered_list_comes_last_and_what_leaves_it_loses_its_place():
    first, second, third = three_claims("accepted")
    reject_claim(first)
    shift_claim(third, by=-1)

    accept_claim(first)
    assert order_of(first.revision) == [third, second, first]
    reject_claim(third)
    accept_claim(third)
    assert order_of(first.revision) == [second, first, third]


def test_only_a_claim_on_the_list_is_moved_there():
    suggested, *_ = three_claims()

    with pytest.raises(ClaimIsUnlisted):
        shift_claim(suggested, by=1)


def test_the_claims_of_a_text_that_was_replaced_stay_in_their_order():
    first, *_ = three_claims("accepted")
    RevisionFactory(article=first.revision.article, number=2, text="Another text.")

    with pytest.raises(TextIsSuperseded):
        shift_claim(first, by=1)
    with pytest.raises(TextIsSuperseded):
        order_as_in_text(first.revision)


def test_what_goes_into_a_claim_without_a_place_gives_it_its_own():
    first, second, third = three_claims("accepted")
    shift_claim(third, by=-2)
    Claim.objects.filter(pk=second.pk).update(state="suggested", place=None)

    merge_claims([third], into=second)

    assert order_of(first.revision) == [second, first]


def test_the_parts_of_a_claim_take_its_place():
    first, second, third = three_claims("accepted")
    shift_claim(third, by=-2)
    shift_claim(second, by=-1)

    made = split_claim(second, parts=halves(), by=EditorFactory())

    assert order_of(first.revision) == [third, *made, first]


def test_each_move_is_on_the_trail():
    first, second, _ = three_claims("accepted")
    shift_claim(second, by=-1)

    changes = Claim.pgh_event_model.objects.filter(pgh_label="update").order_by("pgh_id")

    assert set(changes.filter(pgh_obj=second).values_list("place", flat=True)) == {1}
    assert set(changes.filter(pgh_obj=first).values_list("place", flat=True)) == {2}
