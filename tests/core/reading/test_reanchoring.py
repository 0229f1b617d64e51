"""Claims find their places in a changed text, or say that they cannot."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviews.core.reading.anchors import anchor_at, stands_in
from reviews.core.reading.reanchoring import KEPT, MOVED, ORPHANED, Text, reanchor
from reviews.core.reading.sentences import split_sentences

TEA = "Moonflower tea shortens the time that it takes to fall asleep in most adults."
LUNARIN = "A cup holds 40 mg of lunarin, which blocks the waking receptor of the brain."
CHILDREN = "Children can drink it too, and nobody has ever come to harm."


def text_of(*paragraphs):
    text = "\n\n".join(paragraphs)
    return Text(text, split_sentences(text))


def placed(quote, *, old, new):
    start = old.text.index(quote)
    [found] = reanchor([anchor_at(old.text, start, start + len(quote))], old=old, new=new)
    return found


def test_a_claim_whose_surroundings_are_the_same_is_kept_wherever_it_stands_now():
    found = placed(LUNARIN, old=text_of(TEA, LUNARIN, CHILDREN), new=text_of("A new lead.", TEA, LUNARIN, CHILDREN))

    assert (found.outcome, found.anchor.start) == (KEPT, len("A new lead.") + len(TEA) + 4)


def test_a_claim_whose_surroundings_changed_is_moved():
    new = text_of(CHILDREN, LUNARIN, TEA)
    found = placed(LUNARIN, old=text_of(TEA, LUNARIN, CHILDREN), new=new)

    assert (found.outcome, found.likeness) == (MOVED, 1.0)
    assert new.text[found.anchor.start : found.anchor.end] == LUNARIN


REWORDED = {
    "a slip of the pen": "Moonflower tea shortens the time it takes to fall asleep in most adults.",
    "another word": "Moonflower tea shortens the period that it takes to fall asleep in most adults.",
}


@pytest.mark.parametrize("words", REWORDED.values(), ids=REWORDED.keys())
def test_a_sentence_that_is_nearly_the_same_and_says_the_same_is_moved(words):
    new = text_of(words, LUNARIN, CHILDREN)
    found = placed(TEA, old=text_of(TEA, LUNARIN, CHILDREN), new=new)

    assert (found.outcome, found.anchor.quote) == (MOVED, words)
    assert 0.8 <= found.likeness < 1


DOUBTFUL = {
    "another direction": (TEA, [TEA.replace("shortens", "lengthens")], "what goes up or down differs"),
    "a denial": (TEA, [TEA.replace("shortens", "never shortens")], "differ|denies|otherwise"),
    "another dose": (LUNARIN, [LUNARIN.replace("40 mg", "400 mg")], "the numbers differ"),
    "another group": (TEA, [TEA.replace("adults", "mice")], "different groups"),
    "too far away": (TEA, ["Moonflower tea is a drink that people take to fall asleep."], "do not stand"),
    "two that are like it": (
        TEA,
        [TEA.replace("time", "span"), TEA.replace("time", "period")],
        "another one is, too",
    ),
}


@pytest.mark.parametrize(("quote", "instead", "why"), DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_a_sentence_that_may_say_something_else_is_not_taken_for_the_old_one(quote, instead, why):
    old = text_of(TEA, LUNARIN, CHILDREN)
    found = placed(quote, old=old, new=text_of(*instead, CHILDREN))

    assert (found.outcome, found.anchor) == (ORPHANED, None)
    assert re.search(why, found.reason)


def test_a_sentence_that_the_old_text_had_beside_the_claim_is_not_its_successor():
    twin = TEA.replace("time", "span")

    found = placed(TEA, old=text_of(TEA, twin, CHILDREN), new=text_of(twin, CHILDREN))

    assert found.outcome == ORPHANED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((TEA, LUNARIN), (TEA, LUNARIN, "Once more:", TEA, CHILDREN)),
        ((TEA, LUNARIN, TEA), (LUNARIN, TEA, CHILDREN)),
        ((TEA, LUNARIN, TEA), (TEA, CHILDREN, TEA)),
    ],
    ids=["there twice now", "there twice before", "twice both times"],
)
def test_words_that_stand_twice_are_orphaned_unless_their_surroundings_tell(old, new):
    start = text_of(*old).text.rindex(TEA)
    anchor = anchor_at(text_of(*old).text, start, start + len(TEA))
    [found] = reanchor([anchor], old=text_of(*old), new=text_of(CHILDREN, *new[::-1]))

    assert found.outcome == ORPHANED
    assert found.anchor is None


def test_a_part_of_a_sentence_is_found_word_for_word_or_not_at_all():
    old, part = text_of(TEA, LUNARIN), "blocks the waking receptor"

    assert placed(part, old=old, new=text_of(LUNARIN, TEA)).outcome in {KEPT, MOVED}
    assert placed(part, old=old, new=text_of(TEA, LUNARIN.replace("waking", "wake"))).outcome == ORPHANED


word = st.text("abcde", min_size=1, max_size=6)
sentence = st.lists(word, min_size=3, max_size=9).map(lambda words: " ".join(words).capitalize() + ".")
paragraphs = st.lists(sentence, min_size=1, max_size=6, unique=True)


@given(paragraphs, paragraphs, paragraphs, st.data())
def test_paragraphs_put_around_a_text_keep_every_claim_that_stands_once(above, body, below, data):
    old, new = text_of(*body), text_of(*above, *body, *below)
    place = data.draw(st.integers(0, len(body) - 1))
    quote = body[place]
    assume(new.text.count(quote) == 1)

    found = placed(quote, old=old, new=new)

    assert found.outcome in {KEPT, MOVED}
    assert new.text[found.anchor.start : found.anchor.end] == quote
    assert stands_in(found.anchor, new.text)


@given(paragraphs, paragraphs, st.data())
def test_whatever_is_kept_or_moved_stands_where_it_is_said_to(old_paragraphs, fresh, data):
    old = text_of(*old_paragraphs)
    left = data.draw(st.lists(st.sampled_from([*old_paragraphs, *fresh]), min_size=1, max_size=8))
    new = text_of(*left)
    anchors = [anchor_at(old.text, span.start, span.end) for span in old.sentences]

    for anchor, found in zip(anchors, reanchor(anchors, old=old, new=new), strict=True):
        if found.outcome == ORPHANED:
            assert found.anchor is None
            assert found.reason
        else:
            assert stands_in(found.anchor, new.text)
            assert found.likeness >= 0.8
            if found.outcome == KEPT:
                assert found.anchor.quote == anchor.quote


@given(paragraphs, st.data())
def test_a_twin_without_its_own_surroundings_is_always_orphaned(body, data):
    quote = "It calms the heart of anybody who drinks it at night."
    twice = text_of(*body, quote, "", quote, *body)
    place = data.draw(st.sampled_from([twice.text.index(quote), twice.text.rindex(quote)]))
    anchor = anchor_at(twice.text, place, place + len(quote), context=0)

    [found] = reanchor([anchor], old=twice, new=text_of(*body, quote))

    assert found.outcome == ORPHANED


@given(paragraphs)
def test_the_same_text_keeps_every_claim_that_stands_once_and_orphans_only_twins(body):
    text = text_of(*body)
    anchors = [anchor_at(text.text, span.start, span.end) for span in text.sentences]

    for anchor, found in zip(anchors, reanchor(anchors, old=text, new=text), strict=True):
        around = anchor.prefix + anchor.quote + anchor.suffix
        assert (found.outcome == KEPT) == (text.text.count(around) == 1 or text.text.count(anchor.quote) == 1)
        assert found.outcome == ORPHANED or found.anchor == anchor


@pytest.mark.parametrize(
    ("part", "old", "new", "why"),
    [
        ("effective in adults", "It is effective in adults.", "It is ineffective in adults.", "part of other words"),
        ("5 mg daily for a week", "Take 5 mg daily for a week.", "Take 25 mg daily for a week.", "part of other words"),
        ("effective in adults", "It is effective in adults.", "It is not effective in adults.", "denies"),
        ("stops pain", "The tea stops pain in women.", "Of late the tea stops pain in men.", "different groups"),
    ],
)
def test_the_same_words_in_a_sentence_that_says_something_else_are_orphaned(part, old, new, why):
    found = placed(part, old=text_of(TEA, old), new=text_of(new, TEA))

    assert found.outcome == ORPHANED
    assert why in found.reason
