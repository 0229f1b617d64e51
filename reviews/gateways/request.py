"""What is let in at the door at all, and what it asks for: text in UTF-8, no more of it than the form behind it can
need, a whole page or a part of one.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

LARGEST = 24_000_000
"""Bytes of a request with its files, where its door does not say otherwise."""

ROOM = 2_000_000
"""Bytes of a request beside what its form takes, so that the form can still say what is too long."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def takes_up_to(most: int) -> Callable[[View], View]:
    """Let whoever works at the desk send so many bytes to a form's door, and no other sender more than anywhere."""

    def widened(view: View) -> View:
        view.largest = most + ROOM  # type: ignore[attr-defined]
        return view

    return widened


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page (htmx). A step back in the history asks for the whole page."""
    asking: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(asking) and not asking.history_restore_request


class PlainRequests:
    """Turns away what no browser sends.

    Django decodes a form by whatever encoding the request names: one can smuggle in half a character, which no database
    takes, or have no text at all. It also writes a file of any size to disk before a form can refuse it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = (request.content_params or {}).get("charset", "utf-8")
        if named.lower() not in {"utf-8", "utf8"}:
            raise BadRequest("The request is not in UTF-8.")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: object, _named: object) -> None:
        """Refuse what is too long for a door, before anything reads it: the first of all to be asked."""
        length = _length_of(request)
        if length > LARGEST and not (length <= getattr(view, "largest", LARGEST) and request.user.is_staff):
            raise RequestDataTooBig("The request is larger than its form.")


def _length_of(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length") or "0"
    return int(length[:20]) if length.isdecimal() else 0
