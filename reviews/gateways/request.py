"""What is let in at the door at all: text in UTF-8, and no more of it than a form can need."""

from collections.abc import Callable

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

LARGEST = 24_000_000
"""Bytes of a request with its files: far above what any form takes, so that a form can still say what is too long."""


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
        if _length_of(request) > LARGEST:
            raise RequestDataTooBig("The request is larger than any form.")
        return self.get_response(request)


def _length_of(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length") or "0"
    return int(length[:20]) if length.isdecimal() else 0
