"""What needs an editor now, and where the articles are."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.admin.count import Sight, kept_rounds
from reviews.admin.need import KINDS, NAMES, counts_of, lists_of
from reviews.models import Article
from reviews.services.reanchoring import leave_orphan
from tests.factories import (
    CLAIMS,
    NOON,
    ArticleFactory,
    AssignmentFactory,
    ClaimFactory,
    EditorFactory,
    IntakeFactory,
    NoticeFactory,
    OrphanFactory,
    ReviewFactory,
    RevisionFactory,
    RoundFactory,
)
from tests.world import World

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def round_due(offset, **fields):
    return RoundFactory(opened_on=day(-30), due_on=day(offset), **fields)


def asked(round, offset=0, **fields):
    return AssignmentFactory(round=round, assigned_on=day(-10), due_on=day(offset), **fields)


def needs(desk):
    return {need.words: need.count for need in desk.get(reverse("admin:index")).context["needs"]}


def test_a_review_is_late_after_its_day(desk):
    round = round_due(9, quorum=2)
    ReviewFactory(round=round, assignment=asked(round, -1, accepted=True))
    ReviewFactory(round=round, assignment=asked(round, -1, accepted=True), submitted=True)
    asked(round, 0, accepted=True)

    page = desk.get(reverse("admin:reviews-late"))

    assert needs(desk) == {"review is late": 1}
    assert [row.due_on for row in page.context["waiting"]] == [day(-1)]


def test_an_invitation_is_looked_at_after_three_days(desk):
    round = round_due(9)
    asked(round, 5)
    AssignmentFactory(round=round, assigned_on=day(-2), due_on=day(5))

    page = desk.get(reverse("admin:invitations-unanswered"))

    assert needs(desk) == {"invitation has no answer": 1}
    assert [row.assigned_on for row in page.context["waiting"]] == [day(-10)]


def test_a_round_is_short_that_asks_too_few(desk):
    short, full = round_due(9, quorum=3), round_due(9, quorum=2)
    for round in (short, full):
        AssignmentFactory(round=round, assigned_on=day(0), due_on=day(5))
        AssignmentFactory(round=round, assigned_on=day(0), due_on=day(5))

    listed = desk.get(reverse("admin:reviews_round_changelist"), {"state": "short"}).context["cl"].queryset

    assert needs(desk) == {"round asks too few people for its quorum": 1}
    assert list(listed) == [short]


def test_every_count_is_as_long_as_the_list_it_opens(editor, django_assert_num_queries):
    world = World()
    world.peers_at_work()
    NoticeFactory(state="uncertain", body_sha256="0")
    today = timezone.localdate()

    sight = Sight.of(editor, today=today)
    counts = counts_of(sight)
    with django_assert_num_queries(1):
        again = counts_of(sight)

    assert counts == {name: rows.count() for name, rows in lists_of(editor, today=today).items()}
    assert again == counts
    assert set(counts) == set(NAMES)


def test_every_count_leads_somewhere(desk):
    pages = [place.partition("?")[0] for *_, place, _icon in KINDS]

    assert {desk.get(reverse(f"admin:{page}")).status_code for page in pages} == {200}


def test_the_board_shows_the_oldest_of_each_stage_and_how_many_there_are(desk):
    now = timezone.now()
    for number in range(22):
        RevisionFactory(article__title=f"Number {number}", read_at=now - timedelta(days=number))
    IntakeFactory()
    due = round_due(-2, opened_at=now).revision.article

    board = {column.stage: column for column in desk.get(reverse("admin:index")).context["board"]}

    assert {stage: column.count for stage, column in board.items()} == {"reading": 1, "curating": 22, "panel": 1}
    assert [card.title for card in board["curating"].oldest] == [f"Number {number}" for number in range(21, 1, -1)]
    assert board["curating"].oldest[0].age == "for 21 days"
    assert (board["panel"].oldest[0].due_on, board["panel"].oldest[0].age) == (day(-2), "since today")
    assert board["panel"].oldest[0].url == reverse("admin:reviews_article_change", args=[due.pk])


def test_a_column_opens_its_list_the_oldest_first(desk):
    new, old = (ArticleFactory(stage="curating", stage_since=timezone.now() - timedelta(days=age)) for age in (1, 9))

    column = desk.get(reverse("admin:index")).context["board"][0]

    assert list(desk.get(column.url).context["cl"].result_list) == [old, new]


def test_the_desk_of_own_articles_has_nothing_of_others(desk, editor):
    type(editor).objects.filter(pk=editor.pk).update(role="own")
    asked(round_due(-1), -1, accepted=True)
    RevisionFactory()
    NoticeFactory(state="failed")
    mine = RevisionFactory(article__added_by=editor).article

    page = desk.get(reverse("admin:index"))

    assert needs(desk) == {"article has claims to choose": 1}
    assert [card.url for column in page.context["board"] for card in column.oldest] == [
        reverse("admin:reviews_article_change", args=[mine.pk])
    ]


def test_an_article_is_handed_over_to_another_editor(desk, editor):
    article, other = ArticleFactory(), EditorFactory()

    desk.post(reverse("admin:article-details", args=[article.pk]), {"title": "Kept", "editor": other.pk})

    assert Article.objects.get(pk=article.pk).editor == other


def test_claims_that_lost_their_place_are_counted_by_article_until_somebody_decides(desk, editor):
    orphan, decided = OrphanFactory(), OrphanFactory()
    OrphanFactory(revision=orphan.revision, claim=ClaimFactory(revision=orphan.claim.revision, quote=CLAIMS[1]))
    leave_orphan(decided, by=editor, at=NOON)

    shown = needs(desk)
    listed = desk.get(reverse("admin:reviews_article_changelist"), {"lost": "yes"}).context["cl"].queryset

    assert shown["article has claims that lost their place in a newer text"] == 1
    assert [article.pk for article in listed] == [orphan.revision.article_id]


def test_whoever_is_kept_from_a_round_finds_it_in_no_count_however_many_they_are(desk, editor, monkeypatch):
    rounds = [round_due(-1) for _ in range(3)]
    for round in rounds:
        ReviewFactory(round=round, assignment=asked(round, -1, accepted=True))
    for round in rounds[:2]:
        asked(round, 5, reviewer=editor)

    named = needs(desk)
    monkeypatch.setattr("reviews.admin.count.MOST_KEPT", 1)

    assert named["review is late"] == 1
    assert needs(desk) == named


def test_many_requests_for_one_round_let_no_other_round_be_forgotten(desk, editor, monkeypatch):
    monkeypatch.setattr("reviews.admin.count.MOST_KEPT", 3)
    first, second, third = (round_due(9) for _ in range(3))
    for number in range(2):
        asked(first, 5, reviewer=editor, accepted=True, withdrawn_at=timezone.now() if number else None)
    asked(second, 5, reviewer=editor)

    assert kept_rounds(editor) == (first.pk, second.pk)
    asked(third, 5, reviewer=editor)
    assert kept_rounds(editor) is None


def test_a_title_on_the_board_is_text(desk):
    ArticleFactory(title="<b>Tea</b> & you")

    assert "&lt;b&gt;Tea&lt;/b&gt; &amp; you" in desk.get(reverse("admin:index")).content.decode()
