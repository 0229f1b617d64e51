"""Which mails a person gets, and the one click that stops a kind of them."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from reviews.emails.letter import stop_link
from reviews.emails.stop import stop_key
from reviews.models import MailChoice, MailHours, Suppression
from tests.factories import NOON, EditorFactory, NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db
CHOICES = "/mail/"
CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def ada():
    return UserFactory(email="ada@example.org")


@pytest.fixture
def browser(ada):
    client = Client()
    client.force_login(ada)
    return client


def chosen(page, **changes):
    """Return what the form on a page would send, with changes."""
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return {**sent, **changes}


def paces_of(person):
    return dict(person.mail_choices.values_list("kind", "pace"))


def stop(person, kind, said, **client):
    return Client(**client).post(reverse("reviews:mail-stop", args=[stop_key(person, kind=kind)]), said)


def test_a_persons_choices_are_kept_and_shown_again(ada, browser):
    page = browser.get(CHOICES)
    said = chosen(page, overdue="weekly", published="never", time_zone="Europe/Berlin", quiet_from="22:00")

    answer = browser.post(CHOICES, {**said, "quiet_until": "07:00"})

    again = chosen(browser.get(CHOICES))
    assert answer.status_code == 302
    assert (again["overdue"], again["published"], again["due_soon"]) == ("weekly", "never", "at_once")
    assert MailHours.objects.get(person=ada).time_zone == "Europe/Berlin"
    assert str(again["quiet_from"]) == "22:00:00"


def test_half_of_the_quiet_hours_is_asked_for_and_nothing_typed_is_lost(ada, browser):
    said = chosen(browser.get(CHOICES), overdue="weekly", quiet_from="22:00")

    page = browser.post(CHOICES, said)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["quiet_until"]
    assert page.context["form"]["overdue"].value() == "weekly"
    assert not MailChoice.objects.exists()


def test_quiet_hours_that_begin_when_they_end_are_refused(browser):
    page = browser.post(CHOICES, chosen(browser.get(CHOICES), quiet_from="07:00", quiet_until="07:00"))

    assert list(page.context["form"].errors) == ["quiet_until"]


def test_only_an_editor_chooses_among_the_mails_of_the_desk(browser):
    desk = Client()
    desk.force_login(EditorFactory())

    kinds = [set(client.get(CHOICES).context["form"].titles) for client in (browser, desk)]

    assert {kind.value for kind in kinds[1] - kinds[0]} == {
        "question",
        "round_complete",
        "editor_summary",
        "disputed",
        "retracted_source",
        "export_ready",
        "desk_summary",
    }
    assert not {"invited", "digest"} & {kind.value for kind in kinds[1]}


def test_whoever_gets_no_mail_is_told_so(browser):
    Suppression.objects.create(address="ADA@example.org", reason="bounced", since=NOON)

    assert "Nothing is sent to ada@example.org" in browser.get(CHOICES).content.decode()


def test_one_click_of_a_mail_program_stops_one_kind_without_a_cookie(ada):
    answer = stop(ada, "overdue", CLICK, enforce_csrf_checks=True)

    assert (answer.status_code, paces_of(ada)) == (200, {"overdue": "never"})


def test_a_scanner_that_looks_at_the_link_changes_nothing(ada):
    address = reverse("reviews:mail-stop", args=[stop_key(ada, kind="overdue")])

    looked = [Client().get(address), Client().head(address), stop(ada, "overdue", {})]

    assert paces_of(ada) == {}
    assert [answer.status_code for answer in looked] == [200, 405, 200]


def test_the_button_of_the_page_does_what_the_click_does(ada):
    page = Client().get(reverse("reviews:mail-stop", args=[stop_key(ada, kind="overdue")])).content.decode()

    assert 'name="List-Unsubscribe" value="One-Click"' in page
    assert "ada@example.org" not in page
    assert ada.name not in page


def test_stopping_a_digest_stops_what_comes_in_it_and_nothing_else():
    edna = EditorFactory()
    for kind, pace in (("overdue", "daily"), ("published", "weekly"), ("desk_summary", "weekly"), ("reply", "at_once")):
        MailChoice.objects.create(person=edna, kind=kind, pace=pace)

    stop(edna, "digest", CLICK)

    assert paces_of(edna) == {"overdue": "never", "published": "never", "desk_summary": "weekly", "reply": "at_once"}


@pytest.mark.parametrize("key", ["nothing", "WzEsIm92ZXJkdWUiXQ:1tabc:forged"])
def test_a_key_that_was_not_made_here_finds_nothing(key):
    assert Client().post(f"/mail/stop/{key}/", CLICK).status_code == 404


def test_a_key_made_for_another_purpose_stops_nothing(ada):
    key = signing.dumps([ada.pk, "overdue"], salt="something else")

    assert Client().post(f"/mail/stop/{key}/", CLICK).status_code == 404
    assert paces_of(ada) == {}


def test_a_key_in_a_mail_opens_no_account(ada):
    client = Client()
    client.post(stop_link(NoticeFactory(kind="overdue", recipient=ada)).removeprefix("http://127.0.0.1:8000"), CLICK)

    assert client.get(CHOICES).status_code == 302


def test_an_invitation_has_no_key_that_stops_it(ada):
    assert stop_link(NoticeFactory(kind="invited", recipient=ada)) == ""
