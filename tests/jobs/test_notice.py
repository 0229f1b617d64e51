"""Mails as rows: each is accepted once, or its row says that nobody knows."""

from datetime import timedelta

import pytest

from reviews.jobs.notice import (
    LEASE,
    MOST_ATTEMPTS,
    NOBODY_KNOWS,
    claim_notice,
    owe_notice,
    pause_after,
    say_what_is_uncertain,
    send_notice,
)
from reviews.models import Notice
from tests.factories import NOON, AssignmentFactory, UserFactory
from tests.mailserver import HANG_UP, MailServer, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        settings.EMAIL_TIMEOUT = 5
        yield running


@pytest.fixture
def notice():
    request = AssignmentFactory(reviewer=UserFactory(name="Ada Nox", email="ada@example.org"))
    return owe_notice(
        "invited",
        key="invited:1",
        address="ada@example.org",
        recipient=request.reviewer,
        round=request.round,
        assignment=request,
        at=NOON,
    )


def state_of(notice):
    notice.refresh_from_db()
    return notice.state


def test_a_mail_is_owed_once_per_cause(notice):
    again = owe_notice("invited", key="invited:1", address="ada@example.org", at=NOON)

    assert (again, Notice.objects.count()) == (notice, 1)


def test_a_mail_is_sent_once_and_kept_as_it_was_sent(notice, server):
    sent = [send_notice(notice.pk, at=NOON) for _ in range(3)]

    assert sent == [True, False, False]
    assert state_of(notice) == "sent"
    assert (notice.sent_at, notice.lease_until, notice.error) == (NOON, None, "")
    (message,) = server.accepted
    plain, html = message.iter_parts()
    assert message["To"] == "ada@example.org"
    assert message["Subject"].strip() == notice.subject
    assert plain.get_content().replace("\r\n", "\n") == notice.text
    assert html.get_content_type() == "text/html"


def test_a_mail_says_that_a_machine_sent_it_and_keeps_its_id(notice, server):
    server.answers.to_body = ["451 later"]
    send_notice(notice.pk, at=NOON)
    send_notice(notice.pk, at=NOON + pause_after(1))

    (message,) = server.accepted
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@assay.example>")
    assert message.get_content_type() == "multipart/alternative"


def test_a_mail_is_not_sent_before_its_time(notice, server):
    assert send_notice(notice.pk, at=NOON - timedelta(seconds=1)) is False
    assert server.accepted == []


@pytest.mark.parametrize("where", ["to_recipient", "to_body"])
def test_not_now_is_tried_again_later(notice, server, where):
    setattr(server.answers, where, ["451 try later"])

    assert send_notice(notice.pk, at=NOON) is False
    assert state_of(notice) == "owed"
    assert (notice.due_at, notice.error) == (NOON + pause_after(1), "451 try later")

    assert send_notice(notice.pk, at=NOON + pause_after(1)) is True
    assert len(server.accepted) == 1


@pytest.mark.parametrize("where", ["to_recipient", "to_body"])
def test_a_refusal_is_final(notice, server, where):
    setattr(server.answers, where, ["550 no such person"])

    send_notice(notice.pk, at=NOON)

    assert state_of(notice) == "failed"
    assert notice.error == "550 no such person"


def test_a_connection_that_breaks_in_mid_sentence_is_uncertain_and_never_tried_again(notice, server):
    server.answers.to_body = [HANG_UP]

    send_notice(notice.pk, at=NOON)

    assert state_of(notice) == "uncertain"
    assert notice.error.startswith("SMTPServerDisconnected")
    assert send_notice(notice.pk, at=NOON + timedelta(days=1)) is False
    assert server.accepted == []


def test_a_mail_server_that_is_away_is_tried_again_later(notice, server, settings):
    settings.EMAIL_PORT = free_port()

    send_notice(notice.pk, at=NOON)

    assert state_of(notice) == "owed"
    assert notice.error.startswith("ConnectionRefusedError")


def test_an_address_that_cannot_be_said_is_given_up_at_once_and_nothing_leaves(notice, server):
    Notice.objects.update(address="jörg@example.org")

    send_notice(notice.pk, at=NOON)

    assert (state_of(notice), notice.attempts) == ("failed", 1)
    assert notice.error.startswith("jörg@example.org: ")
    assert server.accepted == []


def test_a_domain_of_other_letters_reaches_the_mail_server_in_ascii(notice, server):
    Notice.objects.update(address="ada@exämple.org")

    send_notice(notice.pk, at=NOON)

    assert [mail["To"] for mail in server.accepted] == ["ada@xn--exmple-cua.org"]


def test_a_mail_is_given_up_after_many_attempts(notice, server):
    server.answers.to_body = ["451 never"] * MOST_ATTEMPTS

    for hour in range(MOST_ATTEMPTS):
        send_notice(notice.pk, at=NOON + timedelta(hours=2 * hour))

    assert state_of(notice) == "failed"
    assert server.accepted == []


def test_a_mail_whose_writer_died_is_written_again(notice, server):
    claim_notice(notice.pk, at=NOON)

    assert send_notice(notice.pk, at=NOON + LEASE + timedelta(seconds=1)) is True
    assert len(server.accepted) == 1


def test_a_mail_whose_sender_died_becomes_uncertain(notice, server):
    claim_notice(notice.pk, at=NOON)
    Notice.objects.update(state="sending", body_sha256="0" * 64)

    assert say_what_is_uncertain(at=NOON + LEASE) == 0
    assert say_what_is_uncertain(at=NOON + LEASE + timedelta(seconds=1)) == 1

    assert state_of(notice) == "uncertain"
    assert notice.error == NOBODY_KNOWS
    assert send_notice(notice.pk, at=NOON + timedelta(days=1)) is False


def test_a_mail_whose_writers_all_died_is_given_up(notice):
    for attempt in range(MOST_ATTEMPTS):
        claim_notice(notice.pk, at=NOON + 2 * attempt * LEASE)

    say_what_is_uncertain(at=NOON + 2 * MOST_ATTEMPTS * LEASE)

    assert state_of(notice) == "failed"


def test_a_mail_that_is_no_longer_true_is_dropped(notice, server):
    notice.assignment.withdrawn_at = NOON
    notice.assignment.save()

    assert send_notice(notice.pk, at=NOON) is False
    assert state_of(notice) == "dropped"
    assert server.accepted == []


def test_nobody_whose_account_was_closed_is_mailed(notice, server):
    notice.recipient.is_active = False
    notice.recipient.save()

    send_notice(notice.pk, at=NOON)

    assert state_of(notice) == "dropped"


def test_a_mail_that_cannot_be_written_is_tried_again_and_keeps_its_error(notice, server):
    Notice.objects.update(kind="reply")

    send_notice(notice.pk, at=NOON)

    assert state_of(notice) == "owed"
    assert notice.error.startswith("DoesNotExist")
