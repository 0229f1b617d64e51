"""What no browser sends is turned away at the door, before anything tries to store it."""

import pytest
from django.test import Client

from reviews.gateways.request import LARGEST

pytestmark = pytest.mark.django_db
HALF_A_CHARACTER = b"\\ud800+2AA-"


def sent(charset: str) -> int:
    """Return the status that a form gets whose words are to be decoded by this encoding."""
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n' + HALF_A_CHARACTER + b"\r\n--x--\r\n"
    client = Client(raise_request_exception=False)
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    return client.generic("POST", "/accounts/login/", body, content_type=kind).status_code


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "rot13", "idna", "undefined"])
def test_an_encoding_that_could_smuggle_in_half_a_character_is_refused(charset):
    assert sent(charset) == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_text_in_utf_8_comes_in(charset):
    assert sent(charset) == 200


@pytest.mark.parametrize(("length", "status"), [(LARGEST + 1, 400), ("9" * 30, 400), ("nonsense", 403)])
def test_what_is_larger_than_any_form_is_refused_before_it_is_read(length, status):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {"login": "ada@example.org"}, headers={"Content-Length": str(length)})

    assert answer.status_code == status
