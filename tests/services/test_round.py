"""How a round is opened, moved and ended."""

from datetime import date, timedelta

import pytest

from reviews.errors import DueInThePast, NobodyEdits, NoClaimsAccepted, QuorumTooSmall, RoundIsClosed, RoundIsOpen
from reviews.models import Instrument, Job
from reviews.services.claim import order_as_in_text, reword_claim, shift_claim
from reviews.services.round import end_round, extend_round, open_round
from reviews.services.source import cite_source
from tests.factories import (
    CLAIMS,
    DUE,
    NOON,
    TODAY,
    AssignmentFactory,
    CitationFactory,
    ClaimFactory,
    EditorFactory,
    ReviewFactory,
    RevisionFactory,
    RoundFactory,
    ScaleFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def opened(revision=None, **changes):
    ScaleFactory()
    if revision is None:
        revision = ClaimFactory().revision
    editor = revision.article.added_by
    how = {"quorum": 2, "due_on": DUE, "instruments": [], "editors": [editor], "rationale": "below", "by": editor}
    return open_round(revision, **{**how, "today": TODAY, "at": NOON, **changes})


def test_a_round_takes_a_copy_of_the_accepted_claims_in_the_order_of_the_text():
    revision = RevisionFactory()
    ClaimFactory(revision=revision, quote=CLAIMS[2], is_high_harm=True)
    ClaimFactory(revision=revision, quote=CLAIMS[0], wording="Sooner asleep")
    ClaimFactory(revision=revision, quote=CLAIMS[1], state="suggested")

    round = opened(revision)

    assert [(claim.number, claim.wording, claim.is_high_harm) for claim in round.claims.all()] == [
        (1, "Sooner asleep", False),
        (2, CLAIMS[2], True),
    ]


def test_a_round_takes_the_order_of_the_desk_and_keeps_it():
    revision = RevisionFactory()
    _, second, third = (ClaimFactory(revision=revision, quote=quote) for quote in CLAIMS)
    shift_claim(third, by=-2)

    round = opened(revision)
    shift_claim(second, by=-2)
    order_as_in_text(revision)

    assert [claim.quote for claim in round.claims.all()] == [CLAIMS[2], CLAIMS[0], CLAIMS[1]]


def test_a_round_takes_a_copy_of_the_sources_as_they_stand():
    citation = CitationFactory(origin="article", source__title="As it was")

    round = opened(citation.claim.revision)
    citation.source.title = "Mended"
    citation.source.save()

    copy = round.claims.get().citations.get()
    assert (copy.source, copy.origin, copy.record["title"]) == (citation.source, "article", "As it was")


@pytest.mark.parametrize(
    ("cues", "origin", "asks"),
    [
        (["vague_attribution"], None, True),
        (["vague_attribution"], "editor", True),
        (["vague_attribution"], "article", False),
        (["hedge"], None, False),
    ],
)
def test_an_unnamed_source_is_asked_for_where_the_article_gives_none(cues, origin, asks):
    claim = ClaimFactory(cues=cues)
    if origin:
        CitationFactory(claim=claim, origin=origin)

    assert opened(claim.revision).claims.get().asks_for_source == asks


def test_what_changes_later_serves_the_next_round():
    claim = ClaimFactory(wording="As it was")
    round = opened(claim.revision)

    reword_claim(claim, wording="Otherwise", kind="risk", is_headline=True, is_high_harm=True)
    cite_source(claim, source=SourceFactory(), origin="editor")

    frozen = round.claims.get()
    assert (frozen.wording, frozen.kind, frozen.is_headline, frozen.citations.count()) == (
        "As it was",
        "effect",
        False,
        0,
    )


def test_a_round_keeps_its_instruments_and_editors():
    instrument = Instrument.objects.create(slug="five", title="Five questions", about="article", definition="")
    first, second = EditorFactory(), EditorFactory()

    round = opened(instruments=[instrument], editors=[first, second])

    assert list(round.instruments.all()) == [instrument]
    assert set(round.editors.all()) == {first, second}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, DueInThePast),
        ({"quorum": 1}, QuorumTooSmall),
        ({"editors": []}, NobodyEdits),
    ],
)
def test_a_round_is_not_opened_when(changes, refusal):
    with pytest.raises(refusal):
        opened(**changes)


def test_a_round_may_be_due_today():
    assert opened(due_on=TODAY).due_on == TODAY


def test_a_text_without_accepted_claims_goes_before_no_panel():
    claim = ClaimFactory(state="suggested")

    with pytest.raises(NoClaimsAccepted):
        opened(claim.revision)

    assert not claim.revision.rounds.exists()


def test_a_text_is_before_one_panel_at_a_time():
    round = opened()

    with pytest.raises(RoundIsOpen):
        opened(round.revision)


def test_a_text_may_go_before_a_panel_again():
    round = RoundFactory(closed_at=NOON, closing="editor")

    assert opened(round.revision).is_open


def test_those_due_with_the_round_move_along_with_it_and_nobody_is_due_after_it():
    round = RoundFactory()
    along = AssignmentFactory(round=round)
    earlier = AssignmentFactory(round=round, due_on=date(2026, 3, 9))
    handed_in = ReviewFactory(assignment__round=round, submitted=True).assignment

    extend_round(round, due_on=date(2026, 3, 30), today=TODAY, at=NOON)
    moved = [type(a).objects.get(pk=a.pk).due_on for a in (along, earlier, handed_in)]
    extend_round(round, due_on=date(2026, 3, 6), today=TODAY, at=NOON + timedelta(hours=1))
    pulled = [type(a).objects.get(pk=a.pk).due_on for a in (along, earlier, handed_in)]

    assert moved == [date(2026, 3, 30), date(2026, 3, 9), DUE]
    assert pulled == [date(2026, 3, 6), date(2026, 3, 6), DUE]
    assert [a.notices.filter(kind="due_moved").count() for a in (along, earlier, handed_in)] == [2, 1, 0]


def test_a_round_is_not_moved_into_the_past():
    with pytest.raises(DueInThePast):
        extend_round(RoundFactory(), due_on=TODAY - timedelta(days=1), today=TODAY, at=NOON)


def test_an_editor_ends_a_round_which_releases_open_reviews_and_owes_the_report():
    round = RoundFactory()
    out = AssignmentFactory(round=round)
    handed_in = ReviewFactory(assignment__round=round, submitted=True).assignment

    end_round(round, at=NOON)

    round.refresh_from_db()
    assert (round.closed_at, round.closing) == (NOON, "editor")
    assert [type(a).objects.get(pk=a.pk).released_at for a in (out, handed_in)] == [NOON, None]
    assert [[notice.kind for notice in a.notices.all()] for a in (out, handed_in)] == [["ended"], []]
    assert [job.round for job in Job.objects.filter(kind="compile_report")] == [round]


def test_a_closed_round_is_neither_ended_nor_moved():
    round = RoundFactory(closed_at=NOON, closing="complete")

    with pytest.raises(RoundIsClosed):
        end_round(round, at=NOON)
    with pytest.raises(RoundIsClosed):
        extend_round(round, due_on=DUE, today=TODAY, at=NOON)


def test_a_round_keeps_what_the_machine_found_of_who_gains():
    text = "# Tea\n\nMoonflower tea helps. It is sold by Lunar Foods and it is good.\n\nBuy two now."
    revision = RevisionFactory(text=text, build={"parts": [], "links": [[70, 73, "https://lunar.example/buy/?aff=7"]]})
    ClaimFactory(revision=revision, quote="Moonflower tea helps.")

    found = opened(revision).found

    assert found["sellers"] == {
        "count": 1,
        "places": [
            {
                "before": "Moonflower tea helps. It is sold by ",
                "words": "Lunar Foods",
                "after": " and it is good.",
                "why": "",
            }
        ],
    }
    assert [place["words"] for place in found["links"]["places"]] == ["lunar.example"]
    assert (found["disclosures"]["count"], found["coupons"]["count"], found["products"]["count"]) == (0, 0, 0)
