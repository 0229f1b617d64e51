"""What the mail provider tells of mails afterwards: they came back, or somebody reported them as spam."""

from datetime import UTC, datetime
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, tracking
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from reviews.models import Suppression
from reviews.services.suppression import suppress_address

REASONS = {
    EventType.BOUNCED: Suppression.Reason.BOUNCED,
    EventType.REJECTED: Suppression.Reason.BOUNCED,
    EventType.COMPLAINED: Suppression.Reason.COMPLAINED,
}
"""Events after which nothing more is sent. What is only delayed, or a machine's answer, is none of them."""


@login_not_required
@csrf_exempt  # a provider has no cookie: its signature or its password is what counts
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """Pass a provider's message on to django-anymail, which checks who sent it and tells ``hear`` what it says.

    Only the provider that sends our mail is listened to, and only where it signs or has a password: else there is no
    such page.
    """
    if provider != settings.MAIL_PROVIDER:
        raise Http404
    view = _view_of(provider)
    signs = not view.view_class.warn_if_no_basic_auth
    if not signs and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    answer: HttpResponse = view(request)
    return answer


@receiver(tracking)
def hear(event: AnymailTrackingEvent, **_sender: object) -> None:
    """Stop mail to an address that a provider's verified message says is dead, or unwilling."""
    reason = REASONS.get(event.event_type)
    if reason and event.recipient:
        words = " ".join(str(part) for part in (event.mta_response, event.description) if part)
        suppress_address(event.recipient, reason=reason, words=words, at=_moment(event.timestamp))


def _view_of(provider: str) -> Any:
    for path in (f"/{provider}/tracking/", f"/{provider}/"):
        try:
            return resolve(path, urlconf="anymail.urls").func
        except Resolver404:
            continue
    raise Http404


def _moment(told: datetime | None) -> datetime:
    """Return when it happened, as far as the provider says so and its clock is not ahead of ours."""
    now = timezone.now()
    return min(told.astimezone(UTC), now) if told else now
