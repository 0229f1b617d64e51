"""What editors do with claims that lost their place, and what they cannot do to a text that is not the newest."""

import pytest

from reviews.errors import ClaimStandsAlready, OrphanIsDecided, ProposedWordsGone, RoundIsOpen, TextIsSuperseded
from reviews.models import Reanchoring
from reviews.services.claim import accept_claim, add_claim, merge_claims, reject_claim, restore_claim, reword_claim
from reviews.services.proposal import take_proposal
from reviews.services.reanchoring import leave_orphan, place_orphan, reopen_orphan
from reviews.services.round import open_round
from reviews.services.source import cite_source, remove_citation
from tests.factories import (
    CLAIMS,
    DUE,
    NOON,
    TODAY,
    CitationFactory,
    ClaimFactory,
    EditorFactory,
    OrphanFactory,
    ProposalFactory,
    RevisionFactory,
    RoundFactory,
    ScaleFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def orphan():
    return OrphanFactory()


@pytest.fixture
def editor():
    return EditorFactory()


def place_in(revision, quote):
    start = revision.text.index(quote)
    return {"start": start, "end": start + len(quote)}


def test_an_orphan_gets_its_place_with_its_words_and_sources(editor):
    orphan = OrphanFactory(claim__wording="The tea works.")
    source = CitationFactory(claim=orphan.claim).source

    claim = place_orphan(orphan, **place_in(orphan.revision, CLAIMS[1]), by=editor, at=NOON)

    orphan.refresh_from_db()
    assert (claim.wording, claim.quote, claim.state) == ("The tea works.", CLAIMS[1], "accepted")
    assert [citation.source for citation in claim.citations.all()] == [source]
    assert (orphan.successor, orphan.decided_by, orphan.decided_at) == (claim, editor, NOON)


def test_an_orphan_takes_the_place_of_a_suggestion(orphan, editor):
    there = ClaimFactory(revision=orphan.revision, quote=CLAIMS[1], state="suggested", rank=1)

    claim = place_orphan(orphan, start=there.start, end=there.end, by=editor, at=NOON)

    assert (claim.pk, claim.state, orphan.revision.claims.count()) == (there.pk, "accepted", 1)


def test_an_orphan_cannot_stand_where_a_claim_is_decided(orphan, editor):
    there = ClaimFactory(revision=orphan.revision, quote=CLAIMS[1])

    with pytest.raises(ClaimStandsAlready):
        place_orphan(orphan, start=there.start, end=there.end, by=editor, at=NOON)


def test_an_orphan_is_left_out_and_looked_for_again(orphan, editor):
    leave_orphan(orphan, by=editor, at=NOON)
    assert not Reanchoring.objects.open().exists()

    reopen_orphan(orphan)
    assert Reanchoring.objects.open().get() == orphan


def test_an_orphan_is_decided_once(orphan, editor):
    where = place_in(orphan.revision, CLAIMS[1])
    place_orphan(orphan, **where, by=editor, at=NOON)

    for again in (
        lambda: place_orphan(orphan, **where, by=editor, at=NOON),
        lambda: leave_orphan(orphan, by=editor, at=NOON),
        lambda: reopen_orphan(orphan),
    ):
        with pytest.raises(OrphanIsDecided):
            again()


def test_an_orphan_of_a_text_that_was_replaced_again_is_not_decided_any_more(orphan, editor):
    RevisionFactory(article=orphan.revision.article, number=3, text="Another text of one sentence.")

    with pytest.raises(TextIsSuperseded):
        leave_orphan(orphan, by=editor, at=NOON)


OF_AN_OLD_TEXT = {
    "accept": lambda claim, _: accept_claim(claim),
    "reject": lambda claim, _: reject_claim(claim),
    "restore": lambda claim, _: restore_claim(claim),
    "reword": lambda claim, _: reword_claim(claim, wording="X", kind="effect", is_headline=False, is_high_harm=False),
    "add": lambda claim, by: add_claim(claim.revision, start=0, end=9, wording="", by=by),
    "merge": lambda claim, _: merge_claims([ClaimFactory(revision=claim.revision, quote=CLAIMS[2])], into=claim),
    "cite": lambda claim, _: cite_source(claim, source=SourceFactory(), origin="editor"),
    "take off": lambda claim, _: remove_citation(CitationFactory(claim=claim)),
    "open a round": lambda claim, by: open_round(
        claim.revision,
        quorum=2,
        due_on=DUE,
        instruments=[],
        editors=[by],
        rationale="below",
        by=by,
        today=TODAY,
        at=NOON,
    ),
}


@pytest.mark.parametrize("work", OF_AN_OLD_TEXT.values(), ids=OF_AN_OLD_TEXT.keys())
def test_nothing_is_done_to_the_claims_of_a_text_that_was_replaced(orphan, editor, work):
    """An editor may still have it open in a tab: what is changed there would be lost."""
    ScaleFactory()

    with pytest.raises(TextIsSuperseded):
        work(orphan.claim, editor)


def test_the_next_round_waits_for_the_one_that_is_open_on_the_text_before(orphan, editor):
    RoundFactory(revision=orphan.claim.revision)
    ClaimFactory(revision=orphan.revision, quote=CLAIMS[1])

    with pytest.raises(RoundIsOpen):
        open_round(
            orphan.revision,
            quorum=2,
            due_on=DUE,
            instruments=[],
            editors=[editor],
            rationale="below",
            by=editor,
            today=TODAY,
            at=NOON,
        )


def test_a_proposal_is_taken_where_its_words_stand_in_the_newest_text(editor):
    proposal = ProposalFactory()
    newest = RevisionFactory(
        article=proposal.review.round.revision.article,
        number=2,
        text="A new line.\n\n" + proposal.review.round.revision.text,
    )

    claim = take_proposal(proposal, by=editor, at=NOON)

    assert (claim.revision, claim.quote) == (newest, proposal.quote)


def test_a_proposal_whose_words_are_gone_is_not_put_anywhere(editor):
    proposal = ProposalFactory()
    RevisionFactory(article=proposal.review.round.revision.article, number=2, text="Another text of one sentence.")

    with pytest.raises(ProposedWordsGone):
        take_proposal(proposal, by=editor, at=NOON)
