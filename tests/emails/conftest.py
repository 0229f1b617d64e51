"""A round with everything that a mail may be about, and canary words where a mail must not look."""

from collections.abc import Callable

import pytest

from reviews.jobs.report import compile_report
from reviews.jobs.round import close_round
from reviews.models import Message, Notice, Report, Review, Round
from tests.factories import NOON, EditorFactory, NoticeFactory, ReviewFactory, RoundFactory, UserFactory

TITLE = "Tea & “calm” <nights>"


@pytest.fixture
def editor(db: None):
    return EditorFactory(name="Edith Orr", email="edith@example.org")


@pytest.fixture
def round(editor) -> Round:
    return RoundFactory(revision__article__title=TITLE, editors=[editor], claims=3)


@pytest.fixture
def review(round: Round) -> Review:
    """Ada's: accurate, misleading, inaccurate; not handed in yet."""
    return ReviewFactory(
        round=round,
        assignment__reviewer=UserFactory(name="Ada Nox", email="ada@example.org"),
        marks=["accurate", "misleading", "inaccurate"],
    )


@pytest.fixture
def peers(round: Round, review: Review) -> list[Review]:
    """Two others, handed in, with canary words in whatever they wrote. Claims 1 and 2 will be held."""
    return [
        ReviewFactory(
            round=round,
            assignment__reviewer=UserFactory(name=f"Canary Person{number}", email=f"canary{number}@example.org"),
            marks=["inaccurate", level, "inaccurate"],
            marks__rationale="canary rationale",
            submitted=True,
        )
        for number, level in enumerate(["misleading", "mostly_accurate"])
    ]


@pytest.fixture
def report(round: Round, review: Review, peers: list[Review]) -> Report:
    review.submitted_at, review.omissions_considered = NOON, True
    review.save()
    close_round(round, closing=Round.Closing.COMPLETE, at=NOON)
    return compile_report(round, at=NOON)


@pytest.fixture
def notice(review: Review) -> Callable[..., Notice]:
    """Return a mail to Ada about her request, or whatever the fields say."""

    def owed(kind: str, **fields: object) -> Notice:
        known = {"assignment": review.assignment, "round": review.round, "recipient": review.assignment.reviewer}
        return NoticeFactory(kind=kind, **{**known, **fields})

    return owed


@pytest.fixture
def say(review: Review) -> Callable[..., Message]:
    def said(text: str, *, by) -> Message:
        return Message.objects.create(review=review, author=by, text=text, sent_at=NOON)

    return said
