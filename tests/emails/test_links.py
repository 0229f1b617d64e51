"""Where a mail leads: through the door to its own page, and a forwarded mail gives nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from reviews.emails import write
from reviews.models import Notice, Round, SecondLook
from tests.factories import NOON, EditorFactory, ExportFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db
TO_REVIEWERS = ["accepted", "due_moved", "due_soon", "overdue", "sent_back", "reply", "reviewer_summary", "second_look"]
TO_EDITORS = ["round_complete", "editor_summary", "question", "disputed", "retracted_source", "export_ready"]


@pytest.fixture
def path(notice, report, review, editor, say):
    """Return the path that a mail of a kind leads to."""
    review.sent_back_note = "Once more."
    say("Per cup?", by=editor)
    SecondLook.objects.create(claim=review.round.claims.first(), asked_by=editor, asked_at=NOON)

    def leads_to(kind):
        recipient = editor if kind in TO_EDITORS else review.assignment.reviewer
        about = {"source": SourceFactory(retraction="retracted")}
        if kind == "export_ready":
            about = {"export": ExportFactory(round=review.round, asked_by=editor)}
        return write(notice(kind, report=report, recipient=recipient, **about)).link.removeprefix(
            "http://127.0.0.1:8000"
        )

    return leads_to


def answers(path, *people):
    clients = [Client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        if person:
            client.force_login(person)
    return [client.get(path) for client in clients]


@pytest.mark.parametrize("kind", TO_REVIEWERS)
def test_a_forwarded_mail_to_a_reviewer_opens_nothing(kind, path, review):
    anonymous, stranger, other_editor, own = answers(
        path(kind), None, UserFactory(), EditorFactory(), review.assignment.reviewer
    )

    assert anonymous["Location"] == f"{reverse('account_login')}?next={path(kind)}"
    assert [answer.status_code for answer in (stranger, other_editor, own)] == [404, 404, 200]


@pytest.mark.parametrize("kind", TO_EDITORS)
def test_a_forwarded_mail_to_an_editor_opens_nothing(kind, path, editor):
    anonymous, stranger, own = answers(path(kind), None, UserFactory(), editor)

    assert anonymous["Location"] == f"{reverse('account_login')}?next={path(kind)}"
    assert (stranger.status_code, own.status_code) == (302, 200)
    assert "login" in stranger["Location"]


def test_an_invitation_by_address_opens_nothing_any_more_when_its_round_is_closed(notice, review):
    request = review.assignment
    request.reviewer, request.invited_email, request.accepted_at = None, "guest@example.org", None
    request.conflict = "not_asked"
    request.save()
    link = write(notice("invited", recipient=None, address="guest@example.org")).link
    path = link.removeprefix("http://127.0.0.1:8000")

    before = answers(path, None)[0].status_code
    Round.objects.update(closed_at=NOON, closing="editor")
    after = answers(path, None)[0]

    assert (before, after.status_code) == (200, 410)
    assert "Tea" not in after.content.decode()


def test_every_kind_is_looked_at():
    without_a_page_of_their_own = {"invited", "ended", "published", "digest", "desk_summary"}

    assert {*TO_REVIEWERS, *TO_EDITORS, *without_a_page_of_their_own} == set(Notice.Kind.values)
