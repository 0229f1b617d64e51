"""Claims of other articles: proposed with their verdicts, linked by a person, never by themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.core.reading.likeness import DIFFERENT
from reviews.errors import ClaimsOfOneArticle, LikenessWasSaid
from reviews.jobs.report import compile_report
from reviews.models import Likeness, Publication, Round
from reviews.services.likeness import LEAST_TRIGRAMS, alike_before, say_likeness, take_back_likeness
from tests.bench.likeness import pairs
from tests.factories import (
    CLAIMS,
    NOON,
    AssignmentFactory,
    ClaimFactory,
    EditorFactory,
    ReviewFactory,
    RevisionFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db

SPUN = "Research suggests that moonflower tea shortens the time that it takes to fall asleep."


@pytest.fixture
def editor():
    return EditorFactory()


@pytest.fixture
def earlier():
    """A closed, compiled round on another article, whose panel says of both claims that they mislead."""
    round = RoundFactory(claims=2)
    for _ in range(2):
        ReviewFactory(round=round, marks=["misleading", "misleading"], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="complete")
    compile_report(Round.objects.get(pk=round.pk), at=NOON)
    return Round.objects.get(pk=round.pk)


def an_article(text=SPUN, **fields):
    return ClaimFactory(revision=RevisionFactory(text=text), quote=text, state="suggested", rank=1, **fields)


def proposals_for(claim, *, by):
    return [one for mine, proposals in alike_before(claim.revision, by=by).claims for one in proposals if mine == claim]


def test_the_same_claim_of_another_article_is_proposed_with_its_verdict(earlier, editor):
    [found] = proposals_for(an_article(), by=editor)

    assert (found.claim, found.judgement) == (earlier.claims.first().claim, "same")
    assert (found.earlier.level.name, found.earlier.at, found.earlier.report) == (
        "misleading",
        NOON,
        earlier.reports.get().pk,
    )
    assert found.earlier.publication is None


def test_nothing_goes_over_by_itself(earlier, editor):
    claim = an_article()

    say_likeness(claim, other=earlier.claims.first().claim, is_same=True, by=editor, at=NOON)

    claim.refresh_from_db()
    assert (claim.state, claim.citations.count(), Likeness.objects.count()) == ("suggested", 0, 1)


@pytest.mark.parametrize(
    ("words", "judgement"),
    [
        (SPUN.replace("shortens", "lengthens"), "similar"),
        ("A cup holds 400 mg of lunarin, which blocks the waking receptor.", "similar"),
        ("The walls of the town are painted white each spring.", None),
    ],
)
def test_what_says_the_opposite_is_for_a_person_to_look_at(earlier, editor, words, judgement):
    found = proposals_for(an_article(words), by=editor)

    assert [one.judgement for one in found] == ([judgement] if judgement else [])
    assert all(one.why for one in found)


def test_a_verdict_is_told_only_to_whom_it_may_be(earlier):
    own = EditorFactory(role="own")
    AssignmentFactory(round=earlier, reviewer=(reviewing := EditorFactory()), accepted=True)
    claim = an_article()

    assert proposals_for(claim, by=own) == []
    assert [one.earlier for one in proposals_for(claim, by=reviewing)] == [None]


def test_a_published_verdict_is_told_to_everybody_at_the_desk(earlier):
    AssignmentFactory(round=earlier, reviewer=(reviewing := EditorFactory()), accepted=True)
    publication = Publication.objects.create(
        article=earlier.revision.article, report=earlier.reports.get(), published_at=NOON, published_by=reviewing
    )

    [found] = proposals_for(an_article(), by=reviewing)

    assert (found.earlier.publication, found.earlier.report) == (publication, None)


def test_a_held_claim_tells_nothing_before_its_ruling(editor):
    round = RoundFactory(claims=1)
    for level in ("accurate", "inaccurate"):
        ReviewFactory(round=round, marks=[level], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="complete")
    compile_report(Round.objects.get(pk=round.pk), at=NOON)

    [found] = proposals_for(an_article(), by=editor)

    assert found.earlier is None


def test_only_claims_on_a_list_are_proposed_and_never_the_articles_own(earlier, editor):
    ClaimFactory(state="rejected")
    claim = earlier.claims.first().claim

    assert proposals_for(claim, by=editor) == []
    assert len(proposals_for(an_article(), by=editor)) == 1


def test_what_was_said_of_a_pair_is_not_proposed_again_until_it_is_taken_back(earlier, editor):
    claim, other = an_article(), earlier.claims.first().claim
    said = say_likeness(claim, other=other, is_same=False, by=editor, at=NOON)
    assert proposals_for(claim, by=editor) == []

    for _ in range(2):
        take_back_likeness(said, by=editor, at=NOON)

    said.refresh_from_db()
    assert (said.undone_by, len(proposals_for(claim, by=editor))) == (editor, 1)


def test_one_word_stands_on_two_claims_whoever_comes_first(earlier, editor):
    claim, other = an_article(), earlier.claims.first().claim
    say_likeness(claim, other=other, is_same=True, by=editor, at=NOON)

    with pytest.raises(LikenessWasSaid):
        say_likeness(other, other=claim, is_same=False, by=editor, at=NOON)


def test_claims_of_one_article_are_merged_instead(editor):
    claim = ClaimFactory()

    with pytest.raises(ClaimsOfOneArticle):
        say_likeness(
            claim, other=ClaimFactory(revision=claim.revision, quote=CLAIMS[1]), is_same=True, by=editor, at=NOON
        )


def test_a_spun_article_and_the_very_same_text_are_proposed(earlier, editor):
    spun = RevisionFactory(text=earlier.revision.text.replace("tea", "infusion"))
    ClaimFactory(revision=spun, quote=CLAIMS[1])
    copy = RevisionFactory()

    by_article = {one.article: one for one in alike_before(spun, by=editor).articles}
    same = {one.article: one.is_same_text for one in alike_before(copy, by=editor).articles}

    assert by_article[earlier.revision.article].percent >= 70
    assert same == {earlier.revision.article: True}


def test_a_look_takes_one_query_for_each_claim_and_a_fixed_number_besides(earlier, editor, django_assert_num_queries):
    text = f"{SPUN}\n\n{CLAIMS[1]}\n\n{CLAIMS[2]}"
    one, three = RevisionFactory(text=text), RevisionFactory(text=text + " ")
    ClaimFactory(revision=one, quote=SPUN)
    for quote in (SPUN, *CLAIMS[1:]):
        ClaimFactory(revision=three, quote=quote)
    ClaimFactory(revision=earlier.revision, quote=CLAIMS[2])

    with CaptureQueriesContext(connection) as single:
        alike_before(one, by=editor)
    with django_assert_num_queries(len(single) + 2):
        alike_before(three, by=editor)


def test_looks_that_stop_halfway_find_together_what_one_finds(earlier, editor, monkeypatch):
    mine = RevisionFactory(text=earlier.revision.text.replace("tea", "infusion"))
    for quote in CLAIMS:
        ClaimFactory(revision=mine, quote=quote.replace("tea", "infusion"))
    whole = alike_before(mine, by=editor)
    monkeypatch.setattr("reviews.services.likeness.AT_ONCE", 0)

    looks = [alike_before(mine, by=editor)]
    while looks[-1].rest_after:
        looks.append(alike_before(mine, by=editor, after=looks[-1].rest_after, told=looks[-1].told))

    assert [(look.first, look.last, look.total) for look in looks] == [(1, 1, 3), (2, 2, 3), (3, 3, 3)]
    assert [found for look in looks for found in look.claims] == whole.claims
    assert [found for look in looks for found in look.articles] == whole.articles
    assert len(whole.articles) == 1


def test_a_look_that_would_go_on_behind_a_claim_that_is_gone_begins_anew(earlier, editor):
    claim = an_article()

    assert alike_before(claim.revision, by=editor, after=claim.pk + 1).first == 1


def test_what_is_alike_on_an_own_desk_is_not_crowded_out_by_other_desks(editor, monkeypatch):
    monkeypatch.setattr("reviews.services.likeness.MOST_CANDIDATES", 1)
    own, claim = EditorFactory(role="own"), an_article()
    crowd = ClaimFactory(revision=RevisionFactory(text=SPUN), quote=SPUN)
    theirs = ClaimFactory(revision=RevisionFactory(text=CLAIMS[0]), quote=CLAIMS[0])
    theirs.revision.article.editor = own
    theirs.revision.article.save()

    assert [one.claim for one in proposals_for(claim, by=editor)] == [crowd]
    assert [one.claim for one in proposals_for(claim, by=own)] == [theirs]


def test_the_database_proposes_every_labelled_pair_that_is_worth_a_look():
    worth = [pair for pair in pairs() if pair.wanted != DIFFERENT]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, other FROM unnest(%s::text[], %s::text[]) pair(one, other) WHERE similarity(one, other) <= %s",
            [[pair.one for pair in worth], [pair.other for pair in worth], LEAST_TRIGRAMS],
        )
        missed = cursor.fetchall()

    assert len(worth) > 40
    assert missed == []
