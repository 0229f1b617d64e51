from datetime import timedelta

import pytest

from reviews.models import Round, RoundCitation, RoundClaim
from tests.factories import (
    CLAIMS,
    NOON,
    TODAY,
    AssignmentFactory,
    ClaimFactory,
    EditorFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundClaimFactory,
    RoundFactory,
)


@pytest.fixture
def panel(db):
    return RoundFactory()


def test_a_text_is_before_one_open_panel(refused, panel):
    with refused("one_open_round_per_revision"):
        RoundFactory(revision=panel.revision)


def test_a_closed_round_makes_way_for_another(panel):
    Round.objects.update(closed_at=NOON, closing="editor")

    assert RoundFactory(revision=panel.revision).is_open


def test_a_quorum_is_two_at_least(refused, panel):
    with refused("quorum_is_two_at_least"):
        Round.objects.update(quorum=1)


def test_a_round_is_due_after_it_opens(refused, panel):
    with refused("round_is_due_after_it_opens"):
        Round.objects.update(due_on=TODAY - timedelta(days=1))


def test_a_closed_round_says_how(refused, panel):
    with refused("closed_round_says_how"):
        Round.objects.update(closed_at=NOON)


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({}, True),
        ({"accepted": True}, True),
        ({"accepted": True, "withdrawn_at": NOON}, True),
        ({"accepted": True, "released_at": NOON}, True),
        ({"declined_at": NOON, "decline_reason": "No time."}, False),
        ({"withdrawn_at": NOON}, False),
        ({"released_at": NOON}, False),
    ],
)
def test_a_round_is_kept_from_whoever_reviews_it_and_from_nobody_who_never_did(panel, fields, is_kept):
    AssignmentFactory(round=panel)
    editor = EditorFactory()
    AssignmentFactory(round=panel, reviewer=editor, **fields)

    assert Round.objects.kept_from(editor).exists() is is_kept
    assert Round.objects.before(editor).exists() is not is_kept


def test_who_is_asked_again_after_a_withdrawal_reviews_the_round(panel):
    editor = EditorFactory()
    for withdrawn_at in (NOON, None):
        AssignmentFactory(round=panel, reviewer=editor, withdrawn_at=withdrawn_at)

    assert Round.objects.kept_from(editor).distinct().count() == 1
    assert not Round.objects.before(editor).exists()


def test_numbers_of_claims_differ(refused, panel):
    with refused("one_claim_per_number_in_a_round"):
        RoundClaimFactory(round=panel, claim=ClaimFactory(revision=panel.revision, quote=CLAIMS[2]), number=1)


def test_a_claim_stands_once_before_a_panel(refused, panel):
    with refused("one_number_per_claim_in_a_round"):
        RoundClaimFactory(round=panel, claim=panel.claims.first().claim, number=9)


def test_a_claim_before_a_panel_never_changes(protected, panel):
    with protected("claim_before_a_panel_never_changes"):
        RoundClaim.objects.update(wording="Moonflower tea cures everything.")


def test_the_desk_puts_a_source_to_a_claim_once(refused, panel):
    citation = RoundCitationFactory(claim=panel.claims.first())

    with refused("one_source_of_the_desk_per_claim_in_a_round"):
        RoundCitationFactory(claim=citation.claim, source=citation.source, origin="article")


def test_a_reviewer_adds_a_source_once(refused, panel):
    review = ReviewFactory(round=panel)
    citation = RoundCitationFactory(claim=panel.claims.first(), origin="reviewer", added_in=review)

    with refused("one_source_of_a_reviewer_per_claim"):
        RoundCitationFactory(claim=citation.claim, source=citation.source, origin="reviewer", added_in=review)


def test_two_reviewers_may_add_the_same_source(panel):
    first = RoundCitationFactory(claim=panel.claims.first(), origin="reviewer", added_in=ReviewFactory(round=panel))

    second = RoundCitationFactory(
        claim=first.claim, source=first.source, origin="reviewer", added_in=ReviewFactory(round=panel)
    )

    assert second.source == first.source


def test_a_reviewers_citation_names_the_review(refused, panel):
    with refused("a_reviewers_citation_names_the_review"):
        RoundCitationFactory(claim=panel.claims.first(), origin="reviewer")


def test_a_citation_before_a_panel_never_changes(protected, panel):
    RoundCitationFactory(claim=panel.claims.first())

    with protected("citation_before_a_panel_never_changes"):
        RoundCitation.objects.update(record={})


def test_of_a_reviewers_citation_only_the_record_changes(protected, panel):
    review = ReviewFactory(round=panel)
    RoundCitationFactory(claim=panel.claims.first(), origin="reviewer", added_in=review)

    RoundCitation.objects.update(record={"title": "As looked up"})

    with protected("citation_before_a_panel_never_changes"):
        RoundCitation.objects.update(claim=panel.claims.last())


def test_reminders_go_on_days_that_can_be_chosen(refused):
    with refused("reminders_go_on_days_that_can_be_chosen"):
        RoundFactory(reminders=[-2, 5])


def test_what_was_found_for_a_round_stands(protected, panel):
    with protected("what_was_found_for_a_round_stands"):
        Round.objects.update(found={"sellers": {"count": 0, "places": []}})
