"""A mail is in one language, the desk's: whatever it says was marked for translation, or is somebody's own words."""

import re
from threading import Thread

import pytest
from django.test import override_settings
from django.utils.translation import get_language
from icalendar import Calendar

from tests.emails.states import ACCOUNT, Desk, of_accounts
from tests.factories import NOON
from tests.pseudo import CLOSES, LEFT_TO_RIGHT, OPENS, RIGHT_TO_LEFT, installed, spoken
from tests.unmarked import found_by_makemessages, sentences_of_others, stored_words, unmarked, unmarked_in_text

ANYBODYS = frozenset(
    {
        *map(str, ACCOUNT.values()),
        "example.org",
        "Tea <or> not",
        "Our own words",
        "See <this>.",
        "See claim <2> & 3.",
        "Thank you <all> the same.",
        "Claim 3 has another verdict now.",
    }
)
"""What is said by whoever wrote these tests."""


@pytest.fixture
def desk(review, report, editor, say) -> Desk:
    return Desk(review, report=report, editor=editor, say=say)


def own_words(editor) -> frozenset[str]:
    words = {word for each in stored_words() | ANYBODYS for word in (each, each.rstrip("."))}
    return frozenset(words | {editor.name, "ada@example.org", "guest@example.org"})


def page_of(html: str) -> str:
    """Return a mail's HTML without the addresses that it shows."""
    return re.sub(r">https?://[^<]+<", "><", re.sub(r"https?://[^\s<\"]+", "", html))


def test_every_mail_in_each_of_its_states_is_marked_for_translation(desk, editor):
    with spoken(LEFT_TO_RIGHT):
        letters = dict(desk.states())
    own = own_words(editor)

    found = {
        name: [
            *unmarked_in_text(f"{letter.subject}\n\n{letter.text}", own_words=own),
            *unmarked(page_of(letter.html), own_words=own),
        ]
        for name, letter in letters.items()
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_every_account_mail_is_marked_for_translation(editor):
    with spoken(LEFT_TO_RIGHT):
        mails = dict(of_accounts(editor))
    own = own_words(editor)

    found = {name: unmarked_in_text(mail, own_words=own) for name, mail in mails.items()}

    assert {name: words for name, words in found.items() if words} == {}


def test_the_day_in_the_calendar_and_its_reminder_are_in_the_desks_language(desk):
    with spoken(LEFT_TO_RIGHT):
        (file,) = desk.mail("accepted").calendars

    (event,) = Calendar.from_ical(file).walk("VEVENT")
    (alarm,) = Calendar.from_ical(file).walk("VALARM")
    assert str(event["SUMMARY"]).startswith(f"{OPENS}Review due: ")
    assert str(alarm["DESCRIPTION"]).startswith(f"{OPENS}A review is due tomorrow")


def test_whatever_a_mail_asks_of_a_catalogue_is_found_by_makemessages(desk, editor, tmp_path):
    found = found_by_makemessages(tmp_path)

    with spoken(LEFT_TO_RIGHT) as language:
        list(desk.states())
        list(of_accounts(editor))

    assert language.asked - found - sentences_of_others() == set()


def test_a_sentence_of_a_mail_that_is_not_marked_is_found():
    text = f"{OPENS}Marked{CLOSES} Nobody marked <this>\nhttps://example.org/nor/this"

    assert unmarked_in_text(text, own_words=frozenset()) == ["Nobody marked <this>"]


def test_the_same_sentence_in_text_and_html_is_asked_for_once(desk):
    """So that a translator has each sentence once, and the two versions of a mail say the same."""
    letter = desk.mail("overdue")

    sentences = [line for line in letter.text.splitlines() if line.endswith(".") and "http" not in line]
    assert [line for line in sentences if line not in letter.html] == []


def test_a_mail_in_a_language_that_is_written_from_the_right_says_so(desk):
    with spoken(RIGHT_TO_LEFT):
        letter = desk.mail("invited")

    assert '<html lang="ar-xb" dir="rtl"' in letter.html
    assert "text-align: left" not in letter.html.partition("</head>")[2].partition("trends")[0]


def test_the_words_of_an_article_and_an_address_keep_their_own_direction(desk):
    with spoken(RIGHT_TO_LEFT):
        html = dict(desk.states())["reviewer summary"].html

    assert '<span dir="auto">Children can drink it too, and nobody has ever come to harm.</span>' in html
    assert [tag for tag in re.findall(r"<([^<>]*)>http", html) if 'dir="ltr"' not in tag] == []


def test_the_values_on_top_of_a_mail_stand_under_one_another_however_long_the_labels_are(desk):
    with spoken(LEFT_TO_RIGHT):
        lines = desk.mail("sent_back").text.splitlines()[:2]

    columns = [re.search(r":\s+(?=\S)", line).end() for line in lines]
    assert columns[0] == columns[1]


def test_a_thread_of_its_own_as_a_worker_is_speaks_the_desks_language():
    said = []

    with spoken(RIGHT_TO_LEFT), installed(LEFT_TO_RIGHT), override_settings(LANGUAGE_CODE=LEFT_TO_RIGHT):
        thread = Thread(target=lambda: said.append(get_language()))
        thread.start()
        thread.join()

    assert said == [LEFT_TO_RIGHT]


def test_an_edited_mail_keeps_the_editors_words(desk, editor):
    edited = desk.owed("invited", subject="Ours", text="Ours too.", edited_at=NOON, edited_by=editor)

    with spoken(LEFT_TO_RIGHT):
        letter = desk.mail_of(edited)

    assert (letter.subject, letter.text) == ("Ours", "Ours too.")
