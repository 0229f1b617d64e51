"""Claims and articles that are the same in other words, and those that only look it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.likeness import (
    DIFFERENT,
    SAME,
    SIMILAR,
    SPUN_ARTICLE,
    Texts,
    content_of,
    grams,
    judged,
)
from tests.bench.likeness import pairs, scores

TEA = "Moonflower tea shortens the time it takes to fall asleep."
OTHERS = ["Copper bracelets ease the pain of arthritis.", "Zinc shortens a cold.", "Coffee protects the liver."]


def judgement_of(one, other):
    likeness = Texts([one, other, *OTHERS]).likeness_to(one)[1]
    return judged(one, other, likeness=likeness)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Garlic lowers blood pressure.", "Garlic raises blood pressure."),
        ("A capsule holds 10 mg of melatonin.", "A capsule holds 100 mg of melatonin."),
        ("Vitamin C prevents colds.", "Vitamin C doesn't prevent colds."),
        ("The drops are safe in pregnancy.", "The drops are unsafe in pregnancy."),
        ("It slows tumours in mice.", "It slows tumours in women."),
        ("Cortisol raises oxytocin in the blood.", "Oxytocin raises cortisol in the blood."),
        ("Most patients sleep well.", "Few patients sleep well."),
    ],
)
def test_what_says_something_else_is_never_the_same_wording(one, other):
    assert judgement_of(one, other) == SIMILAR


@pytest.mark.parametrize(
    "other",
    [
        "Studies have shown that moonflower tea shortens the time that it takes to fall asleep",
        "Moonflower tea shortens the times it takes to fall asleep!",
    ],
)
def test_small_words_endings_and_frames_make_no_other_claim(other):
    assert judgement_of(TEA, other) == SAME


def test_other_claims_are_different():
    assert {judgement_of(TEA, other) for other in OTHERS} == {DIFFERENT}


def test_the_labelled_pairs_hold_what_the_bench_reports():
    """``python -m tests.bench.likeness`` prints these figures with the pairs that were judged otherwise."""
    same, near = scores([*pairs()])

    assert len([*pairs()]) >= 60
    assert (same.precision, same.recall) == (1.0, 1.0)
    assert near.precision >= 0.97
    assert near.recall == 1.0


@given(st.lists(st.text(max_size=40), max_size=5), st.text(max_size=40))
def test_a_likeness_lies_between_0_and_1_and_a_text_is_like_itself(texts, text):
    values = Texts([*texts, text]).likeness_to(text)

    assert all(-1e-9 <= value <= 1 + 1e-9 for value in values)
    assert values[-1] == pytest.approx(1.0 if grams(text) else 0.0)


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_claims_are_the_same_whichever_comes_first(one, other):
    there, back = Texts([one, other]).likeness_to(one)[1], Texts([other, one]).likeness_to(other)[1]

    assert there == pytest.approx(back)
    assert judged(one, other, likeness=there)[0] == judged(other, one, likeness=there)[0]


def test_nothing_is_like_nothing():
    assert Texts([]).likeness_to("words").size == 0
    assert content_of("It has been shown that the") == []


def spun(text):
    slips = {"reduces": "lessens", "people": "individuals", "sleep": "slumber", "doctors": "physicians", "help": "aid"}
    return " ".join(slips.get(word, word) for word in text.split())


ARTICLE = (
    "Moonflower tea helps people who lie awake. It reduces the time to sleep, say doctors who prescribe it to people "
    "with restless nights. A cup before bed calms the heart and may help people with worries. Doctors add that the "
    "herb has grown in hill gardens for centuries, where people drink it with honey. In a trial of forty adults the "
    "tea brought sleep twelve minutes sooner, and nobody came to harm."
)
UNRELATED = (
    "Running shoes with thick soles change how the foot lands. Coaches advise beginners to run short distances first, "
    "and to rest for a day between. Whoever feels pain in the knee should see a doctor before going on. New shoes cost "
    "about a hundred dollars, and last for five hundred miles on the road."
)


def test_a_spun_article_is_known_again_and_another_one_is_not():
    likeness = dict(zip(["spun", "unrelated"], Texts([spun(ARTICLE), UNRELATED]).likeness_to(ARTICLE), strict=True))

    assert likeness["spun"] >= SPUN_ARTICLE > 0.5 > likeness["unrelated"]


@pytest.mark.shared
def test_the_two_real_articles_on_one_subject_are_two_articles(shared):
    one, other = ((shared / "articles" / name).read_text() for name in ("injection-benefits.txt", "love-hormone.txt"))

    there = Texts([one, other, UNRELATED]).likeness_to(one)

    assert there[0] == pytest.approx(1)
    assert there[1] < SPUN_ARTICLE
