"""What every mail has in common."""

import re

import pytest
from icalendar import Calendar

from reviews.emails import WRITERS, write
from reviews.emails.letter import message_id
from reviews.models import Notice, SecondLook
from tests.emails.conftest import TITLE
from tests.factories import DUE, NOON, SourceFactory

OF_REVIEWERS = ["invited", "accepted", "due_soon", "overdue", "sent_back", "reply", "reviewer_summary", "published"]
OF_REVIEWERS += ["second_look"]
OF_EDITORS = ["round_complete", "editor_summary", "question", "retracted_source"]


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
        return write(notice(kind, report=report, recipient=recipient, source=source))

    return written


def test_every_kind_of_mail_has_a_writer():
    assert set(WRITERS) == set(Notice.Kind)
    assert {*OF_REVIEWERS, *OF_EDITORS} == set(Notice.Kind)


@pytest.mark.parametrize("kind", Notice.Kind.values)
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


def test_a_mail_to_somebody_without_an_account_says_how_to_get_one(notice):
    mail = write(notice("invited", recipient=None, address="guest@example.org"))

    assert "Hello," in mail.text
    assert "sign up with this very address (guest@example.org)" in mail.text


def test_whoever_accepts_gets_the_due_date_for_the_calendar(notice):
    owed = notice("accepted")

    (event,) = Calendar.from_ical(write(owed).calendar).walk("VEVENT")
    message = write(owed).message_to(owed)

    assert event["DTSTART"].dt == DUE
    assert TITLE in event["SUMMARY"]
    assert [name for name, _, _ in message.attachments] == ["due-date.ics"]


def test_a_message_keeps_its_id_and_shares_it_with_no_other():
    one, other = Notice(key="a"), Notice(key="b")

    assert message_id(one) == message_id(one) != message_id(other)


def test_a_title_in_two_lines_stays_in_the_subjects_one(notice, review):
    review.round.revision.article.title = "One\r\nBcc: everybody@example.org"

    assert "One Bcc: everybody" in write(notice("invited")).subject
