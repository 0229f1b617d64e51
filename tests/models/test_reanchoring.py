"""What the database holds of re-anchored claims."""

import pytest

from reviews.models import Intake, Reanchoring, Revision
from tests.factories import NOON, ClaimFactory, EditorFactory, IntakeFactory, OrphanFactory, RevisionFactory


@pytest.fixture
def orphan(db):
    return OrphanFactory()


def test_a_claim_is_reanchored_once_per_text(refused, orphan):
    with refused("a_claim_is_reanchored_once_per_text"):
        OrphanFactory(claim=orphan.claim, revision=orphan.revision)


def test_the_machine_finds_a_place_or_a_person_decides(refused, orphan):
    with refused("only_a_person_finds_a_place_for_an_orphan"):
        Reanchoring.objects.update(outcome="kept")
    with refused("only_a_person_finds_a_place_for_an_orphan"):
        Reanchoring.objects.update(successor=ClaimFactory(revision=orphan.revision, quote="A cup holds 40 mg"))


def test_whoever_decides_is_named(refused, orphan):
    with refused("a_decided_orphan_says_by_whom"):
        Reanchoring.objects.update(decided_at=NOON)


def test_a_claim_is_not_its_own_successor(refused, orphan):
    with refused("a_claim_is_not_its_own_successor"):
        Reanchoring.objects.update(successor=orphan.claim, decided_at=NOON, decided_by=EditorFactory())


def test_what_is_the_same_text_again_was_read(refused, db):
    intake = IntakeFactory()

    with refused("what_is_the_same_text_again_was_read"):
        Intake.objects.filter(pk=intake.pk).update(same_as=RevisionFactory(article=intake.article))


def test_only_orphans_of_the_newest_text_wait_for_somebody(orphan):
    assert Revision.objects.newest().get() == orphan.revision
    assert Reanchoring.objects.open().get() == orphan

    newest = RevisionFactory(article=orphan.revision.article, number=3, text="Another text of one sentence.")

    assert Revision.objects.newest().get() == newest
    assert not Reanchoring.objects.open().exists()
