"""What the desk's decisions say of the ranking."""

import pytest

from reviews.core.reading.learning import CUTS, Decision, compare, recall_at


def decision(article=1, *, kept=True, rank=1, cues=(), score=0.5):
    return Decision(article, kept, rank, score, cues, "effect", False, False, 12)


def test_recall_counts_kept_claims_among_the_first_suggestions_and_those_added_by_hand_as_missed():
    decisions = [decision(rank=1), decision(rank=7), decision(rank=None), decision(rank=2, kept=False)]

    assert recall_at(decisions, 5) == pytest.approx(1 / 3)
    assert recall_at(decisions, 10) == pytest.approx(2 / 3)


def test_nothing_kept_is_no_recall():
    assert recall_at([decision(kept=False)], 5) is None


def many(articles, each, keep):
    return [
        decision(article, kept=keep(place), rank=place + 1, cues=("causal_verb",) if keep(place) else ("hedge",))
        for article in range(articles)
        for place in range(each)
    ]


def test_a_model_learns_what_the_order_does_not_know():
    decisions = many(20, 30, lambda place: place >= 25)

    found = compare(decisions)

    assert (found.as_it_is[5], found.learnt[5]) == (0.0, 1.0)
    assert set(found.as_it_is) == set(CUTS)


@pytest.mark.parametrize(
    "decisions",
    [
        many(20, 24, lambda place: place % 2),
        many(4, 200, lambda place: place % 2),
        many(20, 30, lambda place: place >= 0),
    ],
    ids=["too few", "too few articles", "one answer"],
)
def test_too_little_is_not_compared(decisions):
    assert compare(decisions) is None


def test_claims_added_by_hand_are_missed_in_both_orders():
    decisions = [*many(20, 30, lambda place: place >= 25), *(decision(article, rank=None) for article in range(20))]

    found = compare(decisions)

    assert found.learnt[5] == pytest.approx(100 / 120)
