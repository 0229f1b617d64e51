"""The editors' summary of the desk."""

from datetime import timedelta

import pytest

from reviews.emails.desk import figures_for
from reviews.jobs.desk import owe_desk_summaries
from reviews.jobs.notice import send_notice
from reviews.models import MailChoice, Notice, Review
from tests.factories import NOON, TODAY, ArticleFactory, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
"""NOON is that of a Monday."""


@pytest.fixture
def editor():
    return EditorFactory(name="Edna")


def owed_over(days):
    """Keep so many days in a row, twice each; return what is owed."""
    for day in range(days):
        for _ in range(2):
            owe_desk_summaries(at=NOON + timedelta(days=day))
    return list(Notice.objects.order_by("pk").values_list("kind", "owed_at"))


def test_an_editor_is_owed_one_summary_a_week_on_monday(editor):
    assert owed_over(8) == [("desk_summary", NOON), ("desk_summary", NOON + WEEK)]


def test_whoever_wants_it_daily_is_owed_one_a_day_and_whoever_wants_none_none(editor):
    MailChoice.objects.create(person=editor, kind="desk_summary", pace="daily")
    MailChoice.objects.create(person=EditorFactory(), kind="desk_summary", pace="never")

    assert len(owed_over(3)) == 3


def test_a_summary_with_nothing_to_tell_is_not_sent(editor, mailoutbox):
    owe_desk_summaries(at=NOON)

    assert send_notice(Notice.objects.get().pk, at=NOON) is False
    assert (Notice.objects.get().state, mailoutbox) == ("dropped", [])


def test_a_summary_tells_what_came_in_beside_the_weeks_before(editor, mailoutbox):
    for weeks in (0, 1, 1, 2):
        ArticleFactory(added_by=editor, added_at=NOON - weeks * WEEK - timedelta(hours=1))
    owe_desk_summaries(at=NOON)

    assert send_notice(Notice.objects.get(recipient=editor).pk, at=NOON) is True
    assert "- Articles added: 1 / 2 / 0.8" in mailoutbox[0].body


def test_an_editor_is_told_what_waits(editor):
    round = RoundFactory(revision__article__added_by=editor)
    AssignmentFactory(round=round, assigned_on=TODAY - timedelta(days=2))
    AssignmentFactory(round=round)  # asked too lately to be asked after
    AssignmentFactory(round=round, accepted=True, due_on=NOON.date())

    figures = figures_for(editor, until=NOON + timedelta(days=1), span=WEEK)

    assert figures.waiting == ["1 review is late", "1 invitation has no answer"]


def test_a_round_that_the_editor_reviews_is_in_no_figure(editor):
    round = RoundFactory(revision__article__added_by=editor)
    AssignmentFactory(round=round, reviewer=editor)
    before = figures_for(editor, until=NOON + WEEK, span=WEEK)

    ReviewFactory(round=round, submitted=True)
    AssignmentFactory(round=round)

    assert figures_for(editor, until=NOON + WEEK, span=WEEK) == before
    assert Review.objects.submitted().count() == 1
