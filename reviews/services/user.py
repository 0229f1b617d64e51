"""How editors keep the list of people."""

from reviews.models import User


def save_user(user: User) -> None:
    """Write a person as a form has filled it. A new one has no password: the sign-in page mails a link to set one."""
    if user.pk is None:
        user.set_unusable_password()
    user.save()
