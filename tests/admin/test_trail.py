"""Searching the audit trail."""

from datetime import timedelta

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.admin.audit import LINES
from reviews.models import Article, Notice, Round
from reviews.services.adjudication import renounce
from tests.factories import NOON, ArticleFactory, AssignmentFactory, EditorFactory, NoticeFactory, RoundFactory

pytestmark = pytest.mark.django_db


def lines(desk, **asked):
    page = desk.get(reverse("admin:trail"), asked)
    return [(line.by, line.what, line.kind, str(line.row)) for line in page.context["trail"]]


def trail(desk, **asked):
    return desk.get(reverse("admin:trail"), asked).context["trail"]


def reword(notice, words):
    Notice.objects.filter(pk=notice.pk).update(text=words)


def edited(article, *, by, **fields):
    with pghistory.context(user=by.pk):
        Article.objects.filter(pk=article.pk).update(**fields)


@pytest.fixture
def herb(editor):
    article = ArticleFactory(title="Moonflower tea", publisher="The Daily Herb")
    edited(article, by=editor, publisher="The Weekly Herb")
    return article


def test_a_change_tells_who_what_and_from_what_to_what(desk, herb):
    page = desk.get(reverse("admin:trail"), {"kind": "article", "words": "weekly"})

    [line] = page.context["trail"]
    assert (line.by, line.what, line.kind, line.row) == ("Edna Editor", "changed", "article", herb)
    assert [(change.field, change.before, change.after) for change in line.changes] == [
        ("publisher", "The Daily Herb", "The Weekly Herb")
    ]
    assert line.url == reverse("admin:reviews_article_change", args=[herb.pk])
    assert "<ins>The Weekly Herb</ins>" in page.content.decode()


def test_who_acted_is_found_by_name_by_address_and_as_the_machine(desk, editor, herb):
    changed = ("Edna Editor", "changed", "article", "Moonflower tea")
    added = ("the machine", "added", "article", "Moonflower tea")

    assert lines(desk, kind="article", who="edna") == lines(desk, kind="article", who=editor.email) == [changed]
    assert lines(desk, kind="article", who="the machine") == [added]
    assert lines(desk, kind="article") == [changed, added]


def test_a_day_is_counted_from_its_midnight_to_its_end(desk, herb):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)

    assert len(lines(desk, kind="article", since=today, until=today)) == 2
    assert lines(desk, until=yesterday) == []
    assert desk.get(reverse("admin:trail"), {"since": today, "until": yesterday}).context["form"].errors


def test_people_in_a_change_have_their_names(desk, herb, editor):
    edited(herb, by=editor, editor=EditorFactory(name="Ned Newcomer"))

    [line, *_] = desk.get(reverse("admin:trail"), {"kind": "article"}).context["trail"]

    assert [(change.before, change.after) for change in line.changes] == [("nothing", "Ned Newcomer")]


def test_the_trail_has_pages(desk):
    for number in range(LINES + 1):
        ArticleFactory(title=f"Number {number}")

    first = desk.get(reverse("admin:trail"), {"kind": "article"})
    second = desk.get(reverse("admin:trail"), {"kind": "article", "after": first.context["earlier"]})

    assert [str(line.row) for line in first.context["trail"]] == [f"Number {n}" for n in range(LINES, 0, -1)]
    assert [str(line.row) for line in second.context["trail"]] == ["Number 0"]
    assert (second.context["earlier"], second.context["later"]) == (None, 0)


def test_nobody_finds_what_is_kept_from_them(desk, editor):
    own = RoundFactory(revision__article__title="My own")
    AssignmentFactory(round=own, reviewer=editor)
    other = AssignmentFactory(round=own, reviewer__name="Panel Member")

    found = lines(desk, kind="round") + lines(desk, kind="assignment") + lines(desk, words=other.invited_email or "x@")

    assert [line for line in found if "Panel Member" in line[3]] == []
    assert Round.objects.exists()
    assert lines(desk, kind="round") == []


def test_the_words_of_a_mail_that_are_kept_from_an_editor_are_not_found_in_the_trail(desk, editor, disputed):
    told = [NoticeFactory(round=disputed, kind=kind) for kind in ("editor_summary", "reviewer_summary")]
    told.append(NoticeFactory(kind="desk_summary", recipient=EditorFactory()))
    for notice in told:
        reword(notice, "Canary-words")
    own = NoticeFactory(kind="desk_summary", recipient=editor)
    reword(own, "Canary-words")

    before = trail(desk, words="canary-words")
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)
    after = trail(desk, words="canary-words")

    assert [line.row for line in before] == [own]
    assert {line.row for line in after} == {own, *told[:2]}


def test_a_page_of_the_trail_costs_the_same_with_one_line_and_with_thirty(desk, editor, herb):
    address = reverse("admin:trail")
    desk.get(address)
    with CaptureQueriesContext(connection) as with_few:
        desk.get(address)
    for _ in range(30):
        edited(ArticleFactory(), by=editor, editor=EditorFactory())

    with CaptureQueriesContext(connection) as with_many:
        desk.get(address)

    assert len(with_many) <= len(with_few) + 1  # articles and people have trails of their own


def test_an_odd_address_is_answered(desk):
    for odd in ({"after": "-1"}, {"after": "x"}, {"kind": "mark"}, {"since": "0001-01-01"}, {"until": "9999-12-31"}):
        assert desk.get(reverse("admin:trail"), odd).status_code == 200
