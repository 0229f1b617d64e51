"""What every mail has in common."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from reviews.emails import WRITERS, write
from reviews.emails.letter import AddressNotMailable, ValueMissing, compose, headers_of, mailable, message_id
from reviews.models import Notice, SecondLook
from tests.emails.conftest import TITLE
from tests.factories import DUE, NOON, TODAY, ExportFactory, SourceFactory

OF_REVIEWERS = [
    "invited",
    "accepted",
    "due_moved",
    "due_soon",
    "overdue",
    "ended",
    "sent_back",
    "reply",
    "reviewer_summary",
    "published",
    "digest",
    "second_look",
]
OF_EDITORS = [
    "round_complete",
    "editor_summary",
    "question",
    "disputed",
    "desk_summary",
    "retracted_source",
    "export_ready",
]
OF_MANY = ["digest", "desk_summary"]
"""Mails about no article of their own."""

OF_ONE = sorted(set(Notice.Kind.values) - set(OF_MANY))


@pytest.fixture
def letter(notice, report, review, editor, say):
    """Return a mail of each kind, about a round that has everything."""
    review.sent_back_note = "See claim <2> & 3."
    review.assignment.round.revision.article.publications.create(report=report, published_at=NOON, published_by=editor)
    SecondLook.objects.create(claim=review.round.claims.first(), asked_by=editor, asked_at=NOON)
    say("Per cup <or> per day?", by=editor)
    source = SourceFactory(title="Tea <or> not", retraction="retracted", retraction_note="Retraction Watch")

    def written(kind):
        recipient = editor if kind in OF_EDITORS else review.assignment.reviewer
        fields = {"round": None} if kind in OF_MANY else {}
        if kind == "export_ready":
            fields = {"export": ExportFactory(round=review.round, asked_by=editor)}
        owed = notice(kind, report=report, recipient=recipient, source=source, **fields)
        if kind == "digest":
            for member in sorted(set(OF_REVIEWERS) - {"digest"}):
                notice(member, report=report, state="gathered", digest=owed)
        return write(owed)

    return written


def test_every_kind_of_mail_has_a_writer():
    assert set(WRITERS) == set(Notice.Kind)
    assert {*OF_REVIEWERS, *OF_EDITORS} == set(Notice.Kind)


@pytest.mark.parametrize("kind", OF_ONE)
def test_a_mail_names_the_article_and_leads_somewhere(kind, letter):
    mail = letter(kind)

    links = set(re.findall(r"http://127\.0\.0\.1\S+/(?:desk|reviews|invitations|verdicts)/[^\s\"<]*", mail.text))
    assert "\n" not in mail.subject
    assert TITLE in mail.subject
    assert TITLE in mail.text
    assert "Tea &amp; “calm” &lt;nights&gt;" in mail.html
    assert len(links) == 1
    assert all(f'href="{link}"' in mail.html for link in links)


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_a_mails_text_is_not_escaped_and_its_html_is(kind, letter):
    mail = letter(kind)

    assert not re.search(r"&(?:amp|lt|gt|quot|#x27|#39);", mail.text)
    assert "<nights>" not in mail.html
    assert "<or>" not in mail.html


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_a_mails_html_stands_alone_with_one_button(kind, letter):
    mail = letter(kind)

    assert not re.search(r"<(?:script|img|link|iframe|form)\b|url\(|@import", mail.html)
    assert len(re.findall(r'class="button"', mail.html)) == 1
    assert re.search(r'<a class="button"[^>]*style="[^"]*background-color', mail.html)
    assert "prefers-color-scheme: dark" in mail.html


@pytest.mark.parametrize("kind", OF_REVIEWERS)
def test_a_mail_to_a_reviewer_names_nobody_else(kind, letter):
    mail = letter(kind)

    whole = f"{mail.subject}\n{mail.text}\n{mail.html}"
    assert not re.search(r"canary|Edith|Orr", whole, re.IGNORECASE)


def test_a_mail_about_a_file_of_many_rounds_says_which_and_until_when(notice, editor):
    export = ExportFactory(asked_by=editor, rounds=12, since=TODAY, expires_at=NOON + timedelta(days=3))

    mail = write(notice("export_ready", recipient=editor, round=None, export=export))

    assert mail.subject == "Ready to download: marks"
    assert f"12 of your desk, closed from {TODAY:%-d %B %Y}" in mail.text
    assert "Marks, as CSV" in mail.text
    assert f"{NOON + timedelta(days=3):%-d %B %Y}" in mail.text
    assert TITLE not in mail.text


def test_a_mail_to_somebody_without_an_account_says_how_to_get_one(notice):
    mail = write(notice("invited", recipient=None, address="guest@example.org"))

    assert "Hello," in mail.text
    assert "sign up with this very address (guest@example.org)" in mail.text


def test_whoever_accepts_gets_the_due_date_for_the_calendar(notice):
    owed = notice("accepted")

    (event,) = Calendar.from_ical(write(owed).calendars[0]).walk("VEVENT")
    message = write(owed).message_to(owed)

    assert event["DTSTART"].dt == DUE
    assert TITLE in event["SUMMARY"]
    assert [name for name, _, _ in message.attachments] == ["due-date.ics"]


def event_of(owed):
    (event,) = Calendar.from_ical(write(owed).calendars[0]).walk("VEVENT")
    return event


def test_a_moved_day_moves_in_the_calendar_and_an_ended_review_leaves_it(notice, review):
    accepted, moved, again, ended = (notice(kind) for kind in ("accepted", "due_moved", "due_moved", "ended"))
    first = event_of(accepted)
    review.assignment.due_on += timedelta(days=3)

    events = [event_of(owed) for owed in (accepted, moved, again, ended)]

    assert {str(event["UID"]) for event in events} == {str(first["UID"])}
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    assert {event["DTSTART"].dt for event in (events[1], events[2])} == {DUE + timedelta(days=3)}
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert [str(Calendar.from_ical(write(owed).calendars[0])["METHOD"]) for owed in (moved, ended)] == [
        "PUBLISH",
        "CANCEL",
    ]
    assert [event["SEQUENCE"] for event in (event_of(moved), event_of(moved))] == [1, 1]


def test_a_calendar_file_says_what_a_calendar_is_to_do_with_it(notice):
    owed = notice("ended")

    (*_, calendar) = write(owed).message_to(owed).message().walk()

    assert (calendar.get_content_type(), calendar.get_param("method")) == ("text/calendar", "CANCEL")


@pytest.mark.parametrize("kind", ["due_moved", "ended"])
def test_whoever_only_was_invited_gets_no_calendar_file(kind, notice, review):
    review.assignment.accepted_at = None

    assert write(notice(kind)).calendars == ()


def test_a_template_that_names_a_missing_value_is_an_error_and_says_which(notice):
    with pytest.raises(ValueMissing, match=r"emails/due_moved\.subject\.txt .*: assignment\.due_on"):
        compose(notice("due_moved"), article="Tea", has_begun=True, link="/", assignment=None)


@pytest.mark.parametrize(
    "address",
    ["jörg@example.org", "ada@example.org\nBcc: all@example.org", "ada @example.org", "@example.org", "nobody"],
)
def test_an_address_that_no_mail_server_could_be_told_is_refused(address):
    with pytest.raises(AddressNotMailable):
        mailable(address)


def test_a_domain_may_have_any_letters(notice):
    owed = notice("invited", address="ada@exämple.org")

    assert write(owed).message_to(owed).message()["To"] == "ada@xn--exmple-cua.org"


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_the_longest_names_leave_the_subject_within_its_bounds(kind, letter, review):
    review.assignment.reviewer.name = "N" * 150
    review.assignment.round.revision.article.title = "T" * 300

    assert len(letter(kind).subject) <= 300


def test_a_message_keeps_its_id_and_shares_it_with_no_other():
    one, other = Notice(key="a"), Notice(key="b")

    assert message_id(one) == message_id(one) != message_id(other)


def test_a_title_in_two_lines_stays_in_the_subjects_one(notice, review):
    review.round.revision.article.title = "One\r\nBcc: everybody@example.org"

    assert "One Bcc: everybody" in write(notice("invited")).subject


def test_a_digest_tells_of_every_mail_in_it_and_leads_where_each_leads(letter):
    mail = letter("digest")

    assert mail.subject.startswith(f"{len(OF_REVIEWERS) - 1} messages from Assay: “{TITLE}")
    assert mail.text.count("\n- ") == len(OF_REVIEWERS) - 1
    assert len(mail.calendars) == 3


def test_the_mails_of_one_round_to_one_person_make_one_thread(notice):
    first, second, other = notice("invited"), notice("accepted"), notice("accepted", address="else@example.org")

    threads = [headers_of(owed)["References"] for owed in (first, second, other)]

    assert threads[0] == threads[1] != threads[2]
    assert headers_of(first)["In-Reply-To"] == threads[0]
    assert len({headers_of(owed)["Message-ID"] for owed in (first, second, other)} | set(threads)) == 5


def test_a_mail_that_may_be_stopped_says_so_to_mail_programs_and_in_its_foot(notice):
    owed = notice("due_soon")
    mail, headers = write(owed), headers_of(owed)

    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("http://127.0.0.1:8000/mail/stop/")
    assert address in mail.text
    assert f'href="{address}"' in mail.html


@pytest.mark.parametrize(("kind", "recipient"), [("invited", True), ("due_soon", False)])
def test_a_mail_that_cannot_be_stopped_offers_nothing(notice, kind, recipient):
    owed = notice(kind) if recipient else notice(kind, recipient=None, address="guest@example.org")

    assert "List-Unsubscribe" not in headers_of(owed)
    assert "/mail/stop/" not in write(owed).text


def test_whoever_leaves_reads_the_editors_note(review, notice):
    request = review.assignment
    request.withdrawn_at, request.withdrawn_note = NOON, "Thank you <all> the same."
    request.save()

    letter = write(notice("ended"))

    assert "The editors write:\n\nThank you <all> the same.\n\nThank you for the time" in letter.text
    assert "Thank you &lt;all&gt; the same." in letter.html
