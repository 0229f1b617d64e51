"""Claims that reviewers propose, at the desk."""

import pytest
from django.urls import reverse

from reviews.models import Claim
from tests.factories import AssignmentFactory, EditorFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def decide(client, proposal, do: str):
    return client.post(reverse("admin:proposal-decide", args=[proposal.pk]), {"do": do}, follow=True)


def test_an_editor_takes_a_proposal_on_the_list_of_claims(client):
    proposal = ProposalFactory()
    client.force_login(EditorFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    listed = client.get(reverse("admin:proposals")).content.decode()

    after = decide(client, proposal, "take").content.decode()

    assert (proposal.quote in listed, proposal.quote in after) == (True, False)
    assert Claim.objects.get(quote=proposal.quote).state == "accepted"


def test_an_editor_leaves_a_proposal(client):
    proposal = ProposalFactory()
    client.force_login(EditorFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")

    page = decide(client, proposal, "leave").content.decode()

    assert "No claim is proposed" in page
    assert not Claim.objects.filter(quote=proposal.quote).exists()


def test_an_editor_who_reviews_the_round_sees_no_proposal_of_it(client):
    editor, proposal = EditorFactory(), ProposalFactory()
    AssignmentFactory(round=proposal.review.round, reviewer=editor, accepted=True)
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert proposal.quote not in client.get(reverse("admin:proposals")).content.decode()
    assert decide(client, proposal, "take").status_code == 404
