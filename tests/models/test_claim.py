import pytest
from django.db.models import F

from reviews.models import Claim
from tests.factories import CLAIMS, ClaimFactory, EditorFactory, RevisionFactory


@pytest.fixture
def claim(db):
    return ClaimFactory()


@pytest.mark.parametrize(
    "shift",
    [
        {"start": 1},
        {"quote": "Moonflower tea cures"},
        {"prefix": "not what stands before"},
        {"suffix": "nor after"},
    ],
)
def test_a_claim_stands_where_its_anchor_says(refused, claim, shift):
    with refused("claim_quote_stands_in_its_revision"):
        Claim.objects.update(**shift)


def test_an_anchor_counts_code_points(db):
    text = "\N{HERB} Ǆ 𝔐oonflower tea calms. It does."
    quote = "𝔐oonflower tea calms."

    claim = ClaimFactory(revision=RevisionFactory(text=text), quote=quote)

    assert text[claim.start : claim.end] == quote


def test_a_claim_begins_before_it_ends(refused, claim):
    with refused("claim_begins_before_it_ends"):
        Claim.objects.update(end=F("start"), quote="", suffix="")


def test_a_claim_has_a_wording(refused, claim):
    with refused("claim_has_a_wording"):
        Claim.objects.update(wording="")


def test_a_merged_claim_names_the_one_it_went_into(refused, claim):
    with refused("merged_claim_names_the_one_it_went_into"):
        Claim.objects.update(state="merged")


def test_a_claim_is_not_merged_into_itself(refused, claim):
    with refused("claim_is_not_merged_into_itself"):
        Claim.objects.update(state="merged", merged_into=claim)


def test_a_rank_is_given_once(refused):
    first = ClaimFactory(rank=1)

    with refused("one_suggestion_per_rank"):
        ClaimFactory(revision=first.revision, quote=CLAIMS[1], rank=1)


def test_a_claim_is_the_machines_or_a_persons(refused):
    with refused("claim_is_suggested_or_added_by_a_person"):
        ClaimFactory(rank=1, added_by=EditorFactory())


def test_two_claims_have_no_place_on_a_list_in_common(refused):
    first = ClaimFactory(place=1)

    with refused("one_claim_per_place_on_a_list"):
        ClaimFactory(revision=first.revision, quote=CLAIMS[1], place=1)


def test_two_claims_change_places_in_one_statement(db):
    first = ClaimFactory(place=1)
    second = ClaimFactory(revision=first.revision, quote=CLAIMS[1], place=2)

    Claim.objects.update(place=3 - F("place"))

    assert list(Claim.objects.listed()) == [second, first]


def test_only_a_claim_on_the_list_has_a_place(refused, claim):
    with refused("only_a_claim_on_the_list_has_a_place"):
        Claim.objects.update(state="suggested", place=1)
