"""An editor at the desk, and a round whose panel disagrees."""

import pytest
from django.test import Client

from reviews.jobs.report import compile_report
from reviews.models import Round, User
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

CANARY = "Canary-rationale"


@pytest.fixture
def editor(db: None) -> User:
    return EditorFactory(name="Edna Editor")


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def disputed(editor: User) -> Round:
    """A closed, compiled round: claim 1 is held, claim 2 is not; every rationale bears the canary's name."""
    round = RoundFactory(editors=[editor])
    for number, levels in enumerate((["accurate", "misleading"], ["inaccurate", "misleading"])):
        ReviewFactory(
            round=round,
            assignment__reviewer__name=f"Panel Member{number}",
            marks=levels,
            marks__rationale=f"{CANARY}-{number}",
            submitted=True,
        )
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)
