"""Choices at the moment of sending: never, later, or together with others in one mail."""

from datetime import datetime, time, timedelta

import pytest

from reviews.jobs.notice import MOST_ATTEMPTS, claim_notice, owe_notice, pause_after, send_notice
from reviews.models import Assignment, MailChoice, MailHours, Notice, Suppression
from tests.factories import NOON, AssignmentFactory, EditorFactory, NoticeFactory, ReviewFactory, UserFactory

pytestmark = pytest.mark.django_db
MORNING = datetime.combine(NOON.date() + timedelta(days=1), time(8), tzinfo=NOON.tzinfo)
NEXT_MONDAY = MORNING + timedelta(days=6)


@pytest.fixture
def ada():
    return UserFactory(name="Ada Nox", email="ada@example.org")


@pytest.fixture
def owed(ada):
    """Return what owes Ada a mail of a kind about a review of hers that she has accepted."""

    def owe(kind, at=NOON):
        review = ReviewFactory(assignment__reviewer=ada)
        request = review.assignment
        return owe_notice(
            kind,
            key=f"{kind}:{request.pk}",
            address=ada.email,
            recipient=ada,
            round=request.round,
            assignment=request,
            at=at,
        )

    return owe


def choose(person, pace, kind="accepted"):
    MailChoice.objects.create(person=person, kind=kind, pace=pace)


def state_of(notice):
    notice.refresh_from_db()
    return notice.state


def test_whoever_wants_a_kind_never_gets_none_and_the_row_says_why(ada, owed, mailoutbox):
    choose(ada, "never")
    notice = owed("accepted")

    sent = [send_notice(notice.pk, at=NOON) for _ in range(2)]

    assert (sent, state_of(notice), mailoutbox) == ([False, False], "dropped", [])
    assert notice.error == "Its reader does not want mails of this kind."


def test_an_invitation_comes_at_once_whatever_was_chosen_for_the_rest(ada, mailoutbox):
    for kind in ("accepted", "due_soon", "overdue"):
        choose(ada, "never", kind)
    request = AssignmentFactory(reviewer=ada)
    notice = NoticeFactory(kind="invited", recipient=ada, assignment=request, round=request.round)

    assert send_notice(notice.pk, at=NOON) is True
    assert len(mailoutbox) == 1


def test_three_mails_of_a_day_come_in_one_the_next_morning_and_never_again(ada, owed, mailoutbox):
    choose(ada, "daily")
    notices = [owed("accepted") for _ in range(3)]
    for notice in notices:
        send_notice(notice.pk, at=NOON)
    digest = Notice.objects.get(kind="digest")

    early = send_notice(digest.pk, at=MORNING - timedelta(seconds=1))
    sent = [send_notice(digest.pk, at=MORNING) for _ in range(2)]
    again = [send_notice(notice.pk, at=MORNING) for notice in notices]

    (mail,) = mailoutbox
    assert (early, sent, again) == (False, [True, False], [False] * 3)
    assert [state_of(notice) for notice in notices] == ["gathered"] * 3
    assert mail.subject.startswith("3 messages from Assay")
    assert mail.body.count("\n- ") == 3
    assert [name for name, _, _ in mail.attachments] == ["due-date.ics", "due-date-2.ics", "due-date-3.ics"]


def test_a_digest_without_anything_to_tell_is_not_sent(ada, owed, mailoutbox):
    choose(ada, "daily")
    notice = owed("accepted")
    send_notice(notice.pk, at=NOON)
    Assignment.objects.update(withdrawn_at=NOON)

    sent = send_notice(Notice.objects.get(kind="digest").pk, at=MORNING)

    assert (sent, mailoutbox, state_of(notice)) == (False, [], "dropped")
    assert Notice.objects.get(kind="digest").state == "dropped"


def test_what_is_no_longer_wanted_is_taken_out_of_a_digest(ada, owed, mailoutbox):
    choose(ada, "daily")
    choose(ada, "daily", "sent_back")
    kept, unwanted = owed("accepted"), owed("sent_back")
    unwanted.assignment.review.__class__.objects.update(sent_back_at=NOON, sent_back_note="Claim 2, please.")
    for notice in (kept, unwanted):
        send_notice(notice.pk, at=NOON)
    MailChoice.objects.filter(kind="sent_back").update(pace="never")

    send_notice(Notice.objects.get(kind="digest").pk, at=MORNING)

    assert [state_of(notice) for notice in (kept, unwanted)] == ["gathered", "dropped"]
    assert mailoutbox[0].subject.startswith("1 message from Assay")


def test_a_weekly_digest_leaves_on_monday_and_is_the_same_as_that_days(ada, owed):
    choose(ada, "weekly")
    choose(ada, "daily", "due_soon")
    send_notice(owed("accepted").pk, at=NOON)
    sunday = NEXT_MONDAY - timedelta(hours=20)
    send_notice(owed("due_soon", at=sunday).pk, at=sunday)

    (digest,) = Notice.objects.filter(kind="digest")

    assert digest.due_at == NEXT_MONDAY
    assert digest.gathered.count() == 2


def test_a_digest_that_somebody_has_begun_to_send_takes_nothing_more(ada, owed):
    choose(ada, "daily")
    send_notice(owed("accepted").pk, at=NOON)
    first = Notice.objects.get(kind="digest")
    claim_notice(first.pk, at=MORNING)
    late = owed("accepted")

    send_notice(late.pk, at=NOON)

    late.refresh_from_db()
    assert late.digest != first
    assert late.digest.due_at == MORNING + timedelta(days=1)


def test_a_digest_that_could_not_be_sent_is_tried_again_with_the_same_in_it(ada, owed, mailoutbox, settings):
    choose(ada, "daily")
    send_notice(owed("accepted").pk, at=NOON)
    digest = Notice.objects.get(kind="digest")
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "no.such.Backend"
    send_notice(digest.pk, at=MORNING)
    settings.EMAIL_BACKEND = backend

    sent = send_notice(digest.pk, at=MORNING + pause_after(1))

    assert (sent, len(mailoutbox), digest.gathered.count()) == (True, 1, 1)


def test_a_mail_in_quiet_hours_waits_for_their_end_and_costs_no_attempt(ada, owed, mailoutbox):
    MailHours.objects.create(person=ada, time_zone="Asia/Tokyo", quiet_from=time(20), quiet_until=time(7))
    notice = owed("accepted")  # noon in Greenwich is nine in the evening in Tokyo
    end = NOON + timedelta(hours=10)

    for _ in range(MOST_ATTEMPTS + 1):
        send_notice(notice.pk, at=NOON)
    put_off = (state_of(notice), notice.due_at, notice.attempts, notice.error)
    sent = send_notice(notice.pk, at=end)

    assert put_off == ("owed", end, 0, "")
    assert (sent, len(mailoutbox)) == (True, 1)


def test_a_mail_in_an_editors_words_comes_by_itself(ada, owed, mailoutbox):
    choose(ada, "weekly")
    notice = owed("accepted")
    Notice.objects.update(subject="A word", text="Of mine.", edited_at=NOON, edited_by=EditorFactory())

    assert send_notice(notice.pk, at=NOON) is True
    assert mailoutbox[0].subject == "A word"


def test_nothing_is_sent_to_an_address_from_which_mail_came_back_and_the_row_says_so(ada, owed, mailoutbox):
    Suppression.objects.create(address="Ada@example.org", reason="bounced", words="550 No such user", since=NOON)
    notice = owed("accepted")

    send_notice(notice.pk, at=NOON)

    assert (state_of(notice), mailoutbox) == ("failed", [])
    assert notice.error == "Nothing is sent to this address: mail came back. 550 No such user"
