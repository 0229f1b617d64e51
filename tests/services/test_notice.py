"""What an editor may do about a mail."""

import pytest

from reviews.admin.trail import trail_of as lines_of
from reviews.emails import write
from reviews.errors import DigestWasSent, NoticeIsUnderWay, NoticeNotOwed, NoticeWordless
from reviews.jobs.notice import claim_notice, send_notice
from reviews.models import Notice
from reviews.services.notice import hold_notice, release_notice, reword_notice, send_again
from tests.factories import NOON, AssignmentFactory, EditorFactory, ExportFactory, NoticeFactory

pytestmark = pytest.mark.django_db
SENT = {"state": "sent", "sent_at": NOON, "subject": "Hello", "text": "Hello.\n", "body_sha256": "0"}


@pytest.fixture
def invitation():
    """An owed invitation that can be written and sent."""
    request = AssignmentFactory()
    return NoticeFactory(assignment=request, round=request.round, recipient=request.reviewer)


@pytest.fixture
def editor():
    return EditorFactory()


def trail_of(notice):
    """Return what the trail tells of a mail, newest first: what was done, and each field before and after."""
    return [
        (line.what, {part.field: (part.before, part.after) for part in line.changes}) for line in lines_of([notice])
    ]


@pytest.mark.parametrize("state", ["uncertain", "failed"])
def test_a_mail_that_went_wrong_is_owed_once_more(state):
    notice = NoticeFactory(state=state, attempts=8, body_sha256="0", error="The connection broke.")

    send_again(notice, at=NOON)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.due_at, notice.error) == ("owed", 0, NOON, "")
    assert [label for label, _ in trail_of(notice)] == ["changed", "added"]


@pytest.mark.parametrize("fields", [{"state": "owed"}, {"state": "dropped"}])
def test_a_mail_that_was_never_sent_is_not_sent_again(fields):
    with pytest.raises(NoticeIsUnderWay):
        send_again(NoticeFactory(**fields), at=NOON)


def test_of_a_sent_mail_a_copy_is_owed_each_time_and_the_first_stays():
    notice = NoticeFactory(**SENT, key="invited:7")

    copies = [send_again(notice, at=NOON) for _ in range(2)]

    notice.refresh_from_db()
    assert (notice.state, notice.sent_at) == ("sent", NOON)
    assert [(copy.key, copy.state, copy.address) for copy in copies] == [
        ("invited:7:again:1", "owed", notice.address),
        ("invited:7:again:2", "owed", notice.address),
    ]


def test_a_copy_of_the_mail_about_an_export_is_about_the_same():
    export = ExportFactory()
    notice = NoticeFactory(**SENT, kind="export_ready", export=export, recipient=export.asked_by)

    assert send_again(notice, at=NOON).export == export


def test_a_digest_that_was_sent_is_not_sent_again():
    with pytest.raises(DigestWasSent):
        send_again(NoticeFactory(**SENT, kind="digest"), at=NOON)


def test_a_copy_of_a_mail_in_an_editors_words_has_those_words(editor):
    notice = NoticeFactory(**SENT, edited_at=NOON, edited_by=editor)

    copy = send_again(notice, at=NOON)

    copy.refresh_from_db()
    assert (copy.subject, copy.text, copy.edited_by) == ("Hello", "Hello.\n", editor)


def test_a_held_mail_waits_for_an_editors_word(invitation, editor, mailoutbox):
    hold_notice(invitation, by=editor, at=NOON)
    assert send_notice(invitation.pk, at=NOON) is False

    release_notice(invitation)
    assert send_notice(invitation.pk, at=NOON) is True

    assert len(mailoutbox) == 1
    assert [set(parts) for _, parts in trail_of(invitation)] == [{"held at", "held by"}] * 2 + [set()]


def test_a_mail_that_was_held_before_stays_with_who_held_it(invitation, editor):
    for person in (editor, EditorFactory()):
        hold_notice(invitation, by=person, at=NOON)

    invitation.refresh_from_db()
    assert invitation.held_by == editor


def test_a_mail_in_an_editors_words_is_sent_in_them_and_the_trail_keeps_both(invitation, editor, mailoutbox):
    written = write(invitation).text
    reword_notice(invitation, subject="One\r\nmore thing", text="Please <read> this.", by=editor, at=NOON)

    send_notice(invitation.pk, at=NOON)

    (mail,) = mailoutbox
    ((html, _),) = mail.alternatives
    assert (mail.subject, mail.body) == ("One more thing", "Please <read> this.\n")
    assert "Please &lt;read&gt; this." in html
    assert [parts.get("text") for _, parts in trail_of(invitation)] == [
        (written, "Please <read> this.\n"),
        ("nothing", written),
        None,
    ]


@pytest.mark.parametrize(("subject", "text"), [(" ", "Something"), ("Something", "\n ")])
def test_a_mail_is_not_left_without_words(invitation, editor, subject, text):
    with pytest.raises(NoticeWordless):
        reword_notice(invitation, subject=subject, text=text, by=editor, at=NOON)


def test_a_mail_in_somebodys_hands_is_neither_held_nor_worded_otherwise(invitation, editor):
    claim_notice(invitation.pk, at=NOON)

    with pytest.raises(NoticeNotOwed):
        hold_notice(invitation, by=editor, at=NOON)
    with pytest.raises(NoticeNotOwed):
        release_notice(invitation)
    with pytest.raises(NoticeNotOwed):
        reword_notice(invitation, subject="Late", text="Too late.", by=editor, at=NOON)
    assert Notice.objects.get().held_at is None
