"""A changed text takes the claims of the one before along, with what hangs on them."""

from datetime import timedelta

import pytest

from reviews.jobs.reading import read_intake
from reviews.models import Citation, Claim, Reanchoring
from reviews.services.claim import accept_claim, add_claim, merge_claims, reject_claim, reword_claim, shift_claim
from reviews.services.reanchoring import leave_orphan, place_orphan
from tests.factories import (
    CLAIMS,
    NOON,
    TEXT,
    ArticleFactory,
    EditorFactory,
    IntakeFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
TEA, LUNARIN, CHILDREN = CLAIMS


@pytest.fixture
def article():
    return ArticleFactory()


def read(article, text=TEXT, *, at=NOON):
    return read_intake(IntakeFactory(article=article, received=text.encode(), received_at=at), at=at)


def claim_on(revision, quote):
    return revision.claims.get(quote=quote)


def outcomes(revision):
    return {row.claim.quote: row.outcome for row in revision.reanchorings.select_related("claim")}


def test_claims_in_hand_go_along_with_words_flags_and_sources(article):
    first = read(article)
    tea = claim_on(first, TEA)
    reword_claim(tea, wording="Moonflower tea works.", kind="effect", is_headline=True, is_high_harm=True, accept=True)
    source = SourceFactory()
    Citation.objects.create(claim=tea, source=source, origin="article")

    second = read(article, "A new first line stands here.\n\n" + TEXT, at=LATER)

    new = claim_on(second, TEA)
    assert (new.wording, new.state, new.is_headline, new.is_high_harm) == (
        "Moonflower tea works.",
        "accepted",
        True,
        True,
    )
    assert [(one.source, one.origin) for one in new.citations.all()] == [(source, "article")]
    assert (new.reanchored_from.claim, second.number) == (tea, 2)
    assert second.text[new.start : new.end] == TEA


def test_a_suggestion_that_nobody_touched_is_left_to_the_new_reading(article):
    read(article)

    second = read(article, TEXT.replace("falls", "sinks").replace("40 mg", "50 mg"), at=LATER)

    assert not second.reanchorings.exists()
    assert second.claims.suggested().count() > 1


def test_what_is_kept_moved_and_orphaned_is_written_down(article):
    first = read(article)
    for quote in CLAIMS:
        accept_claim(claim_on(first, quote))

    second = read(
        article, f"Moonflower tea calms restless nights\n\n{CHILDREN}\n\nMore follows here.\n\n{TEA}", at=LATER
    )

    assert outcomes(second) == {TEA: "moved", LUNARIN: "orphaned", CHILDREN: "moved"}
    assert {claim.quote for claim in second.claims.accepted()} == {TEA, CHILDREN}
    assert [row.claim.quote for row in Reanchoring.objects.open()] == [LUNARIN]


def test_the_order_of_the_list_goes_along_and_an_orphan_comes_back_to_its_place(article):
    first = read(article)
    tea, lunarin, children = (claim_on(first, quote) for quote in CLAIMS)
    for claim in (tea, lunarin, children):
        accept_claim(claim)
    shift_claim(children, by=-2)

    second = read(article, f"{TEA}\n\nMore follows here, of which nobody knew.\n\n{CHILDREN}", at=LATER)
    without = [claim.quote for claim in second.claims.listed()]
    words = "More follows here"
    start = second.text.index(words)
    orphan = Reanchoring.objects.open().get()
    place_orphan(orphan, start=start, end=start + len(words), by=EditorFactory(), at=LATER)

    assert without == [CHILDREN, TEA]
    assert [(claim.quote, claim.place) for claim in second.claims.listed()] == [(CHILDREN, 1), (TEA, 2), (words, 3)]


def test_words_that_stand_twice_now_are_never_guessed(article):
    accept_claim(claim_on(read(article), TEA))

    second = read(article, f"{TEA}\n\nIn short, this is it.\n\n{TEA}\n\nThe end of the page.", at=LATER)

    assert outcomes(second) == {TEA: "orphaned"}
    assert not second.claims.accepted().exists()


def test_what_was_rejected_stays_rejected_and_what_was_merged_stays_merged(article):
    first = read(article)
    tea, lunarin, children = (claim_on(first, quote) for quote in CLAIMS)
    merge_claims([lunarin], into=tea)
    reject_claim(children)

    second = read(article, TEXT + "\n\nA last line was put here.", at=LATER)

    assert claim_on(second, CHILDREN).state == "rejected"
    assert claim_on(second, LUNARIN).merged_into == claim_on(second, TEA)


def test_a_claim_whose_better_half_is_gone_is_a_suggestion_again(article):
    first = read(article)
    merge_claims([claim_on(first, LUNARIN)], into=claim_on(first, TEA))

    second = read(article, TEXT.replace(TEA, "Nothing of the kind stands here now."), at=LATER)

    assert (claim_on(second, LUNARIN).state, claim_on(second, LUNARIN).merged_into) == ("suggested", None)


def test_what_a_person_added_stays_a_persons(article):
    editor = EditorFactory()
    first = read(article)
    start = first.text.index("A cup holds")
    add_claim(first, start=start, end=start + len("A cup holds 40 mg"), wording="", by=editor)

    second = read(article, "Something new comes first.\n\n" + TEXT, at=LATER)

    new = claim_on(second, "A cup holds 40 mg")
    assert (new.rank, new.added_by, new.state) == (None, editor, "accepted")


def test_an_open_round_stays_on_the_text_that_it_was_opened_on(article):
    first = read(article)
    for quote in CLAIMS[:2]:
        accept_claim(claim_on(first, quote))
    round = RoundFactory(revision=first, claims=2)
    before = list(round.claims.values_list("claim", "start", "quote"))

    second = read(article, "Something new comes first.\n\n" + TEXT, at=LATER)

    round.refresh_from_db()
    assert (round.revision, list(round.claims.values_list("claim", "start", "quote"))) == (first, before)
    assert second.claims.accepted().count() == first.claims.accepted().count() == 2


def test_an_orphan_is_looked_for_once_more_in_the_text_after(article):
    accept_claim(claim_on(read(article), TEA))
    without = read(article, TEXT.replace(TEA, "Nothing of the kind stands here now."), at=LATER)
    assert outcomes(without) == {TEA: "orphaned"}

    third = read(article, TEXT + "\n\nA last line was put here.", at=LATER + timedelta(days=1))

    assert outcomes(third) == {TEA: "kept"}
    assert claim_on(third, TEA).state == "accepted"
    assert not Reanchoring.objects.open().exists()


def test_an_orphan_that_was_left_out_is_not_looked_for_again(article):
    accept_claim(claim_on(read(article), TEA))
    without = read(article, TEXT.replace(TEA, "Nothing of the kind stands here now."), at=LATER)
    leave_orphan(without.reanchorings.get(), by=EditorFactory(), at=LATER)

    third = read(article, TEXT + "\n\nA last line was put here.", at=LATER + timedelta(days=1))

    assert not third.reanchorings.exists()


def test_a_reworded_sentence_brings_its_words_where_nobody_had_worded_it(article):
    accept_claim(claim_on(read(article), LUNARIN))
    now = LUNARIN.replace("A cup", "One cup")

    second = read(article, TEXT.replace(LUNARIN, now.replace("One cup", "A mug")), at=LATER)

    moved = second.reanchorings.get()
    assert (moved.outcome, moved.successor.wording) == ("moved", moved.successor.quote)
    assert 0.8 <= moved.likeness < 1


def test_reading_the_changed_text_twice_carries_the_claims_once(article):
    accept_claim(claim_on(read(article), TEA))
    intake = IntakeFactory(article=article, received=("New. Line first.\n\n" + TEXT).encode())

    assert read_intake(intake, at=LATER) == read_intake(intake, at=LATER)

    assert Reanchoring.objects.count() == 1
    assert Claim.objects.accepted().count() == 2
