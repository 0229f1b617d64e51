"""How well suggestions meet the desk's decisions, from the shell."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from reviews.jobs.reading import read_intake
from reviews.models import Claim
from reviews.services.claim import accept_claim, reject_claim
from tests.factories import NOON, IntakeFactory

pytestmark = pytest.mark.django_db


def said(*options):
    out = StringIO()
    call_command("claim_recall", *options, stdout=out)
    return out.getvalue()


def test_recall_is_told_over_what_was_accepted_and_rejected():
    revision = read_intake(IntakeFactory(), at=NOON)
    first, second, *_ = revision.claims.order_by("rank")
    accept_claim(first)
    reject_claim(second)

    figures = json.loads(said("--json"))

    assert (figures["decisions"], figures["kept"], figures["recall"]["5"]) == (2, 1, 1.0)
    assert figures["unseen_articles"] is None


def test_the_decisions_can_be_taken_away_as_training_data():
    revision = read_intake(IntakeFactory(), at=NOON)
    accept_claim(revision.claims.order_by("rank").first())

    (line,) = said("--decisions").splitlines()

    assert (json.loads(line)["kept"], json.loads(line)["rank"]) == (True, 1)
    assert Claim.objects.decided().count() == 1


def test_without_a_decision_it_says_what_to_do():
    assert "Accept or reject suggestions first" in said()
