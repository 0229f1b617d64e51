"""What readers see of a verdict while something speaks against it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviews.jobs.report import compile_report
from reviews.models import Job, Publication, Round
from reviews.services.assignment import count_marks_again, set_aside_marks
from reviews.services.publication import publish_report
from tests.factories import NOON, EditorFactory, ReviewFactory, RevisionFactory, RoundFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)
AGAIN = "Being checked again since"


@pytest.fixture
def publication() -> Publication:
    round = RoundFactory()
    for _ in range(3):
        ReviewFactory(round=round, marks=["misleading", "misleading"], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    report = compile_report(round, at=NOON)
    return publish_report(report, summary="", correction="", by=EditorFactory(), at=NOON)


def pages(client, publication):
    slug = publication.article.slug
    names = ("reviews:publication", "reviews:publication-method")
    return [client.get(reverse(name, args=[slug])).content.decode() for name in names]


def compiled(round):
    Job.objects.all().delete()
    return compile_report(round, at=LATER)


def test_a_stale_verdict_says_since_when_and_why_until_its_correction_is_out(client, publication):
    round = publication.report.round
    quiet = pages(client, publication)

    set_aside_marks(round.assignments.first(), reason="A friend of the author.", at=LATER)
    at_once = pages(client, publication)
    newer = compiled(round)
    still = pages(client, publication)
    publish_report(newer, summary="", correction="One review counts no more.", by=EditorFactory(), at=LATER)
    corrected = pages(client, publication)

    assert [AGAIN in page for page in (*quiet, *at_once, *still, *corrected)] == [False, False] + [True] * 4 + [
        False,
        False,
    ]
    assert "5 March 2026</time></strong>, because the marks of a reviewer count no more." in at_once[0]
    assert "friend" not in at_once[0]


def test_a_verdict_that_stands_after_all_is_not_stale_any_more(client, publication):
    assignment = publication.report.round.assignments.first()

    set_aside_marks(assignment, reason="A friend of the author.", at=LATER)
    count_marks_again(assignment, at=LATER)
    compiled(publication.report.round)

    assert [AGAIN in page for page in pages(client, publication)] == [False, False]


def test_a_verdict_says_that_a_newer_text_came_in_since(client, publication):
    article = publication.article
    verdict = lambda: pages(client, publication)[0]  # noqa: E731
    before = verdict()

    RevisionFactory(article=article, number=2, text="Another text.", read_at=LATER)
    after = verdict()

    assert "The article has changed since." not in before
    assert 'A newer text of it was taken in on <time datetime="2026-03-05">5 March 2026</time>.' in after
    assert "This verdict is about the text of 2 March 2026." in after


def test_a_verdict_on_the_newest_text_does_not_mind_the_older_ones(client):
    revision = RevisionFactory(number=2)
    RevisionFactory(article=revision.article, number=1, text="An older text.")
    round = RoundFactory(revision=revision)
    for _ in range(2):
        ReviewFactory(round=round, marks=["misleading", "misleading"], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    report = compile_report(round, at=NOON)
    publication = publish_report(report, summary="", correction="", by=EditorFactory(), at=NOON)

    assert "The article has changed since." not in pages(client, publication)[0]
