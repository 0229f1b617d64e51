"""A person opens an account by invitation, signs in, resets a password and sets up a second factor."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from tests.factories import EditorFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"
NEW_PASSWORD = "another stapled horse"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Let each test sign in as often as it likes: allauth counts attempts in the cache."""
    cache.clear()


def sign_in_by_hand(page, *, email, password=PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def six_digits(secret):
    """Return what an authenticator app shows now for a secret."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/signup/", "Reviewers join by invitation"),
        ("/accounts/password/reset/", "Reset your password"),
        ("/accounts/password/reset/done/", "Look into your mail"),
        ("/accounts/password/reset/key/no-such/", "This link no longer works"),
        ("/accounts/password/reset/key/done/", "Your password is changed"),
        ("/accounts/confirm-email/", "Confirm your address"),
        ("/accounts/confirm-email/no-such/", "Confirm your address"),
        ("/accounts/inactive/", "This account is closed"),
        ("/nowhere/", "There is no such page"),
    ],
)
def test_a_door_is_open_to_everybody(page, is_accessible, address, heading):
    page.goto(address)

    assert page.get_by_role("heading", level=1).inner_text() == heading
    is_accessible(page)


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/email/", "Email addresses"),
        ("/accounts/password/change/", "Change your password"),
        ("/accounts/2fa/", "Second factor"),
        ("/accounts/logout/", "Sign out"),
        ("/accounts/reauthenticate/", "Is it still you?"),
    ],
)
def test_an_account_page_is_good_to_use(page, sign_in, is_accessible, address, heading):
    sign_in(page, UserFactory())

    page.goto(address)

    assert page.get_by_role("heading", level=1).inner_text() == heading
    is_accessible(page)


def test_a_wrong_password_is_said_and_loses_nothing(page, is_accessible):
    ada = UserFactory()

    sign_in_by_hand(page, email=ada.email, password="wrong")

    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Email").input_value() == ada.email
    is_accessible(page)


def test_the_menu_works_by_keyboard_and_signs_out(page, is_accessible):
    sign_in_by_hand(page, email=UserFactory().email)

    menu = page.get_by_role("navigation", name="Main").locator("details")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_by_role("link", name="Password").is_visible()
    is_accessible(page)
    page.keyboard.press("Escape")
    assert not menu.get_by_role("link", name="Password").is_visible()

    page.keyboard.press("Enter")
    menu.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("link", name="Sign in", exact=True).is_visible()


def test_the_first_thing_reached_by_keyboard_leads_to_the_content(page):
    page.goto("/accounts/login/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_forgotten_password_is_chosen_anew(page, mailoutbox, is_accessible):
    ada = UserFactory()

    page.goto("/accounts/password/reset/")
    page.get_by_label("Email").fill(ada.email)
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("Choose a new password", [ada.email])]

    page.goto(re.search(r"/accounts/password/reset/key/\S+", mailoutbox[0].body)[0])
    is_accessible(page)
    page.locator("#id_password1").fill(NEW_PASSWORD)
    page.locator("#id_password2").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save the password").click()
    page.get_by_role("heading", name="Your password is changed").wait_for()

    sign_in_by_hand(page, email=ada.email, password=NEW_PASSWORD)
    assert page.get_by_text("You are signed in.").is_visible()


def test_a_second_factor_is_set_up_asked_for_and_switched_off(page, new_context, is_accessible):
    editor = EditorFactory()
    sign_in_by_hand(page, email=editor.email)

    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Set up the authenticator app").wait_for()
    is_accessible(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill("000000")
    page.get_by_role("button", name="Switch it on").click()
    assert page.locator(".errorlist").is_visible()
    page.get_by_label("Authenticator code").fill(six_digits(secret))
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    is_accessible(page)
    recovery_code = page.get_by_role("list", name="Unused codes").get_by_role("listitem").first.inner_text()
    page.goto("/accounts/2fa/")
    is_accessible(page)
    page.goto("/accounts/2fa/recovery-codes/generate/")
    is_accessible(page)

    elsewhere = new_context().new_page()
    sign_in_by_hand(elsewhere, email=editor.email)
    is_accessible(elsewhere)
    elsewhere.get_by_label("Code").fill(recovery_code)
    elsewhere.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert elsewhere.get_by_text("You are signed in.").is_visible()

    page.goto("/accounts/2fa/totp/deactivate/")
    is_accessible(page)
    page.get_by_role("button", name="Switch it off").click()
    assert page.get_by_text("Your second factor is off.").is_visible()


def test_an_address_is_added_confirmed_and_removed(page, mailoutbox, is_accessible):
    sign_in_by_hand(page, email=UserFactory().email)

    page.goto("/accounts/email/")
    page.get_by_label("Email").fill("second@hospital.example")
    page.get_by_role("button", name="Add it").click()
    assert page.get_by_text("Not confirmed").is_visible()
    is_accessible(page)

    page.goto(re.search(r"/accounts/confirm-email/\S+", mailoutbox[0].body)[0])
    is_accessible(page)
    page.get_by_role("button", name="Yes, it is mine").click()
    page.goto("/accounts/email/")
    assert not page.get_by_text("Not confirmed").is_visible()

    page.get_by_label("second@hospital.example").check()
    page.get_by_role("button", name="Remove it").click()
    assert page.get_by_text("second@hospital.example is removed.").is_visible()
