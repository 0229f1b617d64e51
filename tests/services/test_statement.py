"""How a reviewer speaks up against a verdict."""

import pytest

from reviews.errors import NoMinority
from reviews.jobs.report import compile_report
from reviews.models import Job, MinorityStatement, Recheck, Round
from reviews.services.assignment import set_aside_marks
from reviews.services.statement import state_minority
from tests.factories import NOON, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    """A closed and compiled round: the third reviewer sees claim 1 otherwise, and could not assess claim 2."""
    round = RoundFactory()
    for marks in (["misleading", "misleading"], ["misleading", "misleading"], ["inaccurate", None]):
        ReviewFactory(assignment__round=round, marks=marks, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


@pytest.fixture
def dissenter(round):
    return round.assignments.order_by("pk").last().review


def compiled(round):
    Job.objects.all().delete()
    return compile_report(round, at=NOON)


def test_a_statement_is_in_the_next_version_and_goes_when_taken_back(round, dissenter):
    claim = round.claims.get(number=1)

    state_minority(dissenter, claim=claim, text=" The trial says the opposite. ", at=NOON)
    state_minority(dissenter, claim=claim, text="The trial says the opposite.", at=NOON)
    causes = list(Recheck.objects.values_list("cause", flat=True))
    second = compiled(round)
    state_minority(dissenter, claim=claim, text="", at=NOON)
    third = compiled(round)

    assert causes == ["statement"]
    assert second.body["claims"][0]["minority_statements"] == ["The trial says the opposite."]
    assert "claim 1: " in second.changes[0]["words"]
    assert third.canonical == round.reports.get(number=1).canonical
    assert not MinorityStatement.objects.exists()


def test_who_agrees_could_not_assess_or_counts_no_more_has_no_minority_to_state(round, dissenter):
    agreeing = round.assignments.order_by("pk").first().review

    with pytest.raises(NoMinority):
        state_minority(agreeing, claim=round.claims.get(number=1), text="I agree.", at=NOON)
    with pytest.raises(NoMinority):
        state_minority(dissenter, claim=round.claims.get(number=2), text="I do not know.", at=NOON)
    set_aside_marks(dissenter.assignment, reason="A friend of the author.", at=NOON)
    with pytest.raises(NoMinority):
        state_minority(dissenter, claim=round.claims.get(number=1), text="But.", at=NOON)


def test_a_round_that_is_open_takes_no_statement():
    review = ReviewFactory(marks=["accurate"])

    with pytest.raises(NoMinority):
        state_minority(review, claim=review.round.claims.first(), text="But.", at=NOON)
