"""How editors keep the list of people."""

from datetime import datetime

from django.db import transaction

from reviews.models import Round, SecondLook, User
from reviews.services.second_look import end_answered_looks


@transaction.atomic
def save_user(user: User, *, at: datetime) -> None:
    """Write a person as a form has filled it. A new one has no password: the sign-in page mails a link to set one.

    Whoever is not active any more is waited for by no second look.
    """
    is_new = user.pk is None
    if is_new:
        user.set_unusable_password()
    user.save()
    if not is_new and not user.is_active:
        waiting = SecondLook.objects.filter(ended_at=None, claim__round__assignments__reviewer=user)
        for round in Round.objects.select_for_update().filter(pk__in=waiting.values("claim__round")):
            end_answered_looks(round, at=at)
