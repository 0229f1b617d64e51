"""What the mail provider tells afterwards, in its own format and with its signature."""

import hashlib
import hmac
import json

import pytest
from django.test import Client

from reviews.models import Suppression
from reviews.services.suppression import suppress_address
from tests.factories import NOON

pytestmark = pytest.mark.django_db
KEY = "key-for-the-tests-only"
ADDRESS = "/mail/events/mailgun/"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.MAIL_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_API_KEY": "unused", "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def told(event, *, recipient="ada@example.org", key=KEY, **details):
    """Post an event as Mailgun does: JSON with a block that signs its own token and time."""
    timestamp, token = "1772452800", "a" * 50
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    body = {
        "signature": {"timestamp": timestamp, "token": token, "signature": signature},
        "event-data": {
            "event": event,
            "id": "ncV2XwymRUKbPek_MIM-Gw",
            "timestamp": 1772452800.5,
            "log-level": "error",
            "recipient": recipient,
            "message": {"headers": {"to": recipient, "message-id": "1@example.org", "subject": "Overdue"}},
            **details,
        },
    }
    return Client().post(ADDRESS, json.dumps(body), content_type="application/json")


def bounced(severity="permanent", **details):
    status = {"code": 550, "message": "No such user here", "description": "5.1.1"}
    return told("failed", severity=severity, reason="generic", **{"delivery-status": status}, **details)


def standing():
    return [(row.address, row.reason) for row in Suppression.objects.standing()]


def test_an_address_from_which_mail_comes_back_gets_no_more():
    answers = [bounced().status_code for _ in range(2)]

    assert answers == [200, 200]
    assert standing() == [("ada@example.org", "bounced")]
    assert "No such user here" in Suppression.objects.get().words


def test_whoever_reports_a_mail_as_spam_gets_no_more():
    told("complained")

    assert standing() == [("ada@example.org", "complained")]


@pytest.mark.parametrize("event", ["delivered", "opened", "clicked"])
def test_a_mail_that_arrives_stops_nothing(event):
    assert told(event).status_code == 200
    assert standing() == []


def test_a_mail_that_is_only_late_stops_nothing():
    assert bounced(severity="temporary").status_code == 200
    assert standing() == []


def test_a_message_with_another_signature_is_refused_and_changes_nothing():
    answer = bounced(key="somebody elses")

    assert (answer.status_code, standing()) == (400, [])


@pytest.mark.parametrize("provider", ["", "postmark"])
def test_a_provider_that_does_not_send_our_mail_is_not_listened_to(settings, provider):
    settings.MAIL_PROVIDER = provider

    assert (bounced().status_code, standing()) == (404, [])


def test_a_provider_that_signs_nothing_needs_a_password(settings):
    settings.MAIL_PROVIDER = "postmark"
    bounce = {"RecordType": "Bounce", "Type": "HardBounce", "BouncedAt": "2026-03-02T12:00:00Z"}
    body = {**bounce, "Email": "ada@example.org"}
    sent = {"data": json.dumps(body), "content_type": "application/json"}

    without = Client().post("/mail/events/postmark/", **sent).status_code
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:password"}
    wrong = Client().post("/mail/events/postmark/", **sent).status_code
    right = Client().post("/mail/events/postmark/", **sent, HTTP_AUTHORIZATION="Basic dXNlcjpwYXNzd29yZA==").status_code

    assert (without, wrong, right) == (404, 400, 200)
    assert standing() == [("ada@example.org", "bounced")]


def test_an_address_said_twice_keeps_the_first_reason():
    for reason in Suppression.Reason:
        suppress_address("ada@example.org", reason=reason, words="", at=NOON)

    assert standing() == [("ada@example.org", "bounced")]
