"""The key in a mail that stops mails of its kind for its reader, and is good for nothing else (RFC 8058)."""

from datetime import timedelta

from django.core import signing

from reviews.models import Notice, User

PURPOSE = "reviews.emails.stop"
GOOD_FOR = timedelta(days=400)
STOPPABLE = {kind for kind in Notice.Kind if kind is not Notice.Kind.INVITED}


class StopKeyWrong(ValueError):
    """This key was not made here, was made for something else, or is too old."""


def stop_key(person: User, *, kind: str) -> str:
    """Return the key that stops one kind of mail to one person."""
    return signing.dumps([person.pk, kind], salt=PURPOSE)


def read_stop_key(key: str) -> tuple[User, Notice.Kind]:
    """Return whom a key is for and what it stops; raises StopKeyWrong."""
    try:
        pk, kind = signing.loads(key, salt=PURPOSE, max_age=GOOD_FOR)
        return User.objects.get(pk=pk), Notice.Kind(kind)
    except (signing.BadSignature, ValueError, User.DoesNotExist) as error:
        raise StopKeyWrong from error
