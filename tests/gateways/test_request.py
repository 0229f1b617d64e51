"""What no browser sends is turned away at the door, before anything tries to store it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from reviews.core.assigning import sheet
from reviews.core.reading.reading import MOST_BYTES, MOST_FILE_BYTES
from reviews.forms import bibliography, retraction
from reviews.gateways.request import LARGEST, PlainRequests
from tests.factories import EditorFactory, UserFactory

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


def is_let_in(door: str, *, by, length: int) -> bool:
    request = RequestFactory().post(reverse(door), headers={"Content-Length": str(length)})
    request.user = by
    try:
        PlainRequests(lambda _: None).process_view(request, resolve(request.path).func, (), {})
    except RequestDataTooBig:
        return False
    return True


@pytest.mark.parametrize(
    ("door", "most"),
    [
        ("admin:reviews_article_add", MOST_BYTES + MOST_FILE_BYTES),
        ("admin:assignments-sheet", sheet.MOST_BYTES),
        ("admin:sources-import", bibliography.MOST_TOGETHER),
        ("admin:retractions", retraction.MOST_BYTES),
    ],
)
def test_what_a_form_takes_comes_to_it_and_a_little_more_so_that_the_form_can_refuse_it(door, most):
    editor = EditorFactory()

    assert is_let_in(door, by=editor, length=most + 1_000_000)
    assert not is_let_in(door, by=editor, length=max(most, LARGEST) + 10_000_000)


@pytest.mark.parametrize("who", [AnonymousUser, UserFactory])
def test_only_the_desk_sends_more_than_anybody(who):
    assert not is_let_in("admin:retractions", by=who(), length=LARGEST + 1)
