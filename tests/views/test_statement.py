"""A reviewer attaches a minority statement."""

import pytest
from django.urls import reverse

from reviews.jobs.report import compile_report
from reviews.models import Job, MinorityStatement, Round
from reviews.services.publication import publish_report
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """The dissenter's, in a closed and compiled round."""
    round = RoundFactory()
    for marks in (["misleading", "misleading"], ["misleading", "misleading"], ["inaccurate", "misleading"]):
        last = ReviewFactory(assignment__round=round, marks=marks, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return type(last).objects.get(pk=last.pk)


def test_a_dissenter_states_it_and_readers_see_it_without_a_name(client, client_of, review):
    own = client_of(review.assignment.reviewer)
    outcome = reverse("reviews:outcome", args=[review.key])
    url = reverse("reviews:statement", args=[review.key, 1])

    offered = own.get(outcome).content.decode()
    own.post(url, {"text": "The trial says the opposite."})
    kept = own.get(outcome).content.decode()
    Job.objects.all().delete()
    report = compile_report(review.round, at=NOON)
    publish_report(report, summary="", correction="", by=EditorFactory(), at=NOON)
    page = client.get(reverse("reviews:publication", args=[review.round.revision.article.slug])).content.decode()

    assert offered.count("Attach a minority statement") == 1
    assert "Your minority statement:" in kept
    assert "The trial says the opposite." in page
    assert review.assignment.reviewer.name not in page


def test_who_agrees_has_nothing_to_state(client_of, review):
    own = client_of(review.assignment.reviewer)
    url = reverse("reviews:statement", args=[review.key, 2])

    asked = own.get(url).content.decode()
    own.post(url, {"text": "But."})

    assert "there is nothing to state" in asked
    assert not MinorityStatement.objects.exists()


def test_a_peers_page_is_not_there(client_of, review):
    peer = review.round.assignments.order_by("pk").first().reviewer

    assert client_of(peer).get(reverse("reviews:statement", args=[review.key, 1])).status_code == 404
