"""How a review is handed in, taken back and sent back."""

import pytest

from reviews.errors import (
    AlreadyHandedIn,
    NotHandedIn,
    ReasonMissing,
    ReviewIncomplete,
    ReviewIsLocked,
    RoundIsClosed,
)
from reviews.models import Job, Notice, Review
from reviews.services.mark import record_mark
from reviews.services.review import (
    hold_for_writing,
    send_back_review,
    submit_review,
    take_back_review,
    what_is_missing,
)
from tests.factories import (
    NOON,
    AppraisalFactory,
    MarkFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db


def complete(**kwargs) -> Review:
    return ReviewFactory(marks=["accurate", None], omissions_considered=True, **kwargs)


def test_an_empty_review_misses_every_claim_and_the_omissions():
    review = ReviewFactory()

    assert [(gap.room, gap.place, gap.field) for gap in what_is_missing(review)] == [
        ("claim", "1", "mark-ruling"),
        ("claim", "2", "mark-ruling"),
        ("omissions", "", "omissions-considered"),
    ]


def test_a_complete_review_misses_nothing():
    assert what_is_missing(complete()) == ()


@pytest.mark.parametrize(
    ("rule", "level", "asked"),
    [
        ("below", "accurate", False),
        ("below", "mostly_accurate", False),
        ("below", "misleading", True),
        ("below", "unsupported", True),
        ("below", None, False),
        ("always", "accurate", True),
        ("always", None, False),
        ("never", "inaccurate", False),
    ],
)
def test_reasons_are_missing_where_the_round_asks_for_them(rule, level, asked):
    review = complete(round=RoundFactory(rationale=rule))
    claim = review.round.claims.first()
    review.marks.filter(claim=claim).delete()
    MarkFactory(review=review, claim=claim, level=level, rationale="")

    assert [gap.field for gap in what_is_missing(review) if gap.place == "1"] == ["mark-rationale"] * asked


def test_a_source_without_a_stance_is_missing_unless_the_claim_could_not_be_assessed():
    review = complete()
    first, second = review.round.claims.all()
    citation = RoundCitationFactory(claim=first)
    RoundCitationFactory(claim=second)

    assert [gap.field for gap in what_is_missing(review)] == [f"source-{citation.key}-stance"]

    AppraisalFactory(review=review, citation=citation)

    assert what_is_missing(review) == ()


def test_a_source_that_another_reviewer_added_is_not_asked_for():
    review, peer = complete(), ReviewFactory()
    RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=peer)

    assert what_is_missing(review) == ()


def test_an_incomplete_review_is_refused_with_what_is_missing():
    review = ReviewFactory()

    with pytest.raises(ReviewIncomplete) as refusal:
        submit_review(review, at=NOON)

    assert [gap.words for gap in refusal.value.gaps] == [
        "Claim 1: choose a level, or say why you could not assess it.",
        "Claim 2: choose a level, or say why you could not assess it.",
        "What the article leaves out: say that you went through the list.",
    ]


def test_handing_in_locks_the_review_and_leaves_the_round_open_while_others_are_out():
    review = complete(sent_back_at=NOON, sent_back_note="Look again.")

    submit_review(review, at=NOON)

    review.refresh_from_db()
    assert (review.submitted_at, review.sent_back_note, review.round.is_open) == (NOON, "", True)
    with pytest.raises(ReviewIsLocked):
        hold_for_writing(review)


def test_the_last_review_in_closes_the_round_and_owes_its_report():
    round = RoundFactory()
    complete(round=round, submitted=True)
    last = complete(round=round)

    submit_review(last, at=NOON)

    round.refresh_from_db()
    assert (round.closed_at, round.closing) == (NOON, "complete")
    assert [job.kind for job in Job.objects.filter(round=round)] == ["compile_report"]


def test_a_review_is_handed_in_only_once():
    review = complete(submitted=True)

    with pytest.raises(AlreadyHandedIn):
        submit_review(review, at=NOON)


def test_nothing_is_handed_in_to_a_closed_round():
    review = complete(round=RoundFactory(closed_at=NOON, closing="editor"))

    with pytest.raises(RoundIsClosed):
        submit_review(review, at=NOON)


def test_a_review_is_taken_back_while_its_round_is_open():
    review = complete(submitted=True)

    take_back_review(review)

    review.refresh_from_db()
    assert review.submitted_at is None
    with pytest.raises(NotHandedIn):
        take_back_review(review)


def test_a_review_of_a_closed_round_is_not_taken_back():
    review = complete(submitted=True, round=RoundFactory(closed_at=NOON, closing="editor"))

    with pytest.raises(RoundIsClosed):
        take_back_review(review)


def test_a_review_sent_back_says_why_and_owes_one_mail():
    review = complete(submitted=True)

    send_back_review(review, note=" Claim 1 needs a quote. ", at=NOON)

    review.refresh_from_db()
    assert (review.submitted_at, review.sent_back_at) == (None, NOON)
    assert review.sent_back_note == "Claim 1 needs a quote."
    (notice,) = Notice.objects.filter(kind="sent_back")
    assert notice.recipient == review.assignment.reviewer


def test_a_review_is_not_sent_back_without_a_word():
    with pytest.raises(ReasonMissing):
        send_back_review(complete(submitted=True), note="  ", at=NOON)


def test_a_locked_review_takes_no_mark():
    review = complete(submitted=True)

    with pytest.raises(ReviewIsLocked):
        record_mark(
            review,
            claim=review.round.claims.first(),
            version=1,
            level=None,
            could_not_assess="conflict",
            flaws=[],
            confidence="",
            certainty="",
            rationale="",
            at=NOON,
        )
