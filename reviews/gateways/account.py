"""allauth's way in: only who was invited may sign up."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from reviews.gateways.request import is_fragment
from reviews.models import Assignment, User

INVITATION = "invitation"
"""The session's key for the invitation that somebody followed here."""


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Opens sign-up to the bearer of a live invitation that nobody has taken up yet."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return self._invitation(request) is not None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the invitation that somebody came with, else to the desk or to the reviewer's queue."""
        if invitation := self._invitation(request):
            return reverse("reviews:invitation", args=[invitation.key])
        is_editor = isinstance(request.user, User) and request.user.is_staff
        return reverse("admin:index" if is_editor else "reviews:queue")

    def _invitation(self, request: HttpRequest) -> Assignment | None:
        key = request.session.get(INVITATION)
        return Assignment.objects.live().filter(key=key, reviewer=None).first() if key else None


class SignedIn(LoginRequiredMiddleware):
    """Sends whoever is not signed in to the door; a request from a script is told so, and gets no page to swap in."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is not None and is_fragment(request):
            return HttpResponse(status=401)
        return refusal


def verified_addresses(user: User) -> set[str]:
    """Return the addresses that a person has shown to be theirs, in lower case."""
    return verified_addresses_of([user])[user.pk]


def verified_addresses_of(people: Iterable[User]) -> dict[int, set[str]]:
    """Return for each of some people the addresses that they have shown to be theirs, in lower case."""
    addresses: dict[int, set[str]] = {person.pk: set() for person in people}
    found = EmailAddress.objects.filter(user__in=addresses, verified=True).values_list("user", "email")
    for person, address in found:
        addresses[person].add(address.lower())
    return addresses
