"""Somebody without an account is asked to review."""

import re

import pytest
from playwright.sync_api import expect

from reviews.models import Review, User
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven blue herons wade"


def test_an_invitation_by_address_leads_from_the_mail_to_the_review(page, transactional_db, mailoutbox, is_accessible):
    invitation = AssignmentFactory(reviewer=None, invited_email="luna@example.org")
    page.goto(f"/invitations/{invitation.key}/")
    is_accessible(page)
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Email").fill("luna@example.org")
    page.get_by_label("Your name").fill("Luna Selene")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main").get_by_role("button").click()
    (letter,) = mailoutbox
    page.goto(re.search(r"https?://\S+/confirm-email/\S+", letter.body)[0])
    page.locator("main").get_by_role("button").first.click()
    page.get_by_label("Email").fill("luna@example.org")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()

    page.goto("/reviews/")
    page.get_by_role("link", name="Moonflower tea calms restless nights").click()
    page.get_by_label("I have one to declare").check()
    page.get_by_role("button", name="Accept and begin").click()
    expect(page.get_by_text("Say what the conflict of interest is.").first).to_be_visible()
    is_accessible(page)
    page.get_by_label("What it is").fill("Shares in a rival tea.")
    page.get_by_role("button", name="Accept and begin").click()

    expect(page.get_by_role("heading", name="Your review", exact=True)).to_be_visible()
    assignment = Review.objects.get().assignment
    assert assignment.reviewer == User.objects.get(email="luna@example.org")
    assert assignment.conflict_statement == "Shares in a rival tea."
