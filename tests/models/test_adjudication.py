import pytest

from reviews.models import Adjudication
from tests.factories import NOON, EditorFactory, RoundFactory


@pytest.fixture
def adjudication(db):
    panel = RoundFactory()
    return Adjudication.objects.create(
        claim=panel.claims.first(),
        editor=panel.opened_by,
        own_level=panel.scale.levels.get(name="misleading"),
        marked_at=NOON,
    )


def test_an_editor_adjudicates_a_claim_once(refused, adjudication):
    with refused("one_adjudication_per_claim_and_editor"):
        Adjudication.objects.create(claim=adjudication.claim, editor=adjudication.editor, renounced_at=NOON)


@pytest.mark.parametrize("change", [{"marked_at": None}, {"renounced_at": NOON}, {"own_level": None}])
def test_an_adjudicator_marked_blind_or_renounced(refused, adjudication, change):
    with refused("an_adjudicator_marked_blind_or_renounced"):
        Adjudication.objects.update(**change)


def test_a_claim_is_decided_once(refused, adjudication):
    Adjudication.objects.update(decided_at=NOON, reasoning="The trial is small.")

    with refused("one_decision_per_claim"):
        Adjudication.objects.create(
            claim=adjudication.claim,
            editor=EditorFactory(),
            own_level=adjudication.own_level,
            marked_at=NOON,
            decided_at=NOON,
            reasoning="It is not.",
        )


def test_a_decision_is_reasoned(refused, adjudication):
    with refused("a_decision_is_reasoned_and_made_by_who_marked"):
        Adjudication.objects.update(decided_at=NOON)


def test_who_renounced_does_not_decide(refused, adjudication):
    with refused("a_decision_is_reasoned_and_made_by_who_marked"):
        Adjudication.objects.update(
            marked_at=None, own_level=None, renounced_at=NOON, decided_at=NOON, reasoning="All the same."
        )


def test_a_cause_and_a_note_belong_to_a_decision(refused):
    claim = RoundFactory().claims.first()

    with refused("a_cause_and_a_note_belong_to_a_decision"):
        Adjudication.objects.create(claim=claim, editor=EditorFactory(), renounced_at=NOON, note="Too vague.")
