"""A mail as it is stored and sent: a subject, plain text, and the same as HTML."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import parseaddr
from functools import cache
from hashlib import sha256

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.backends.django import DjangoTemplates

from reviews.emails import links
from reviews.emails.stop import STOPPABLE, stop_key
from reviews.models import Notice

INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
"""Mail programs drop style sheets: rules become attributes. Rules for dark schemes cannot, and stay."""


class ValueMissing(ValueError):
    """A template names a value that nobody gave it: a mail with a gap is not sent."""


class AddressNotMailable(ValueError):
    """No mail can be sent to this address."""


class Absent(str):
    """What Django's templates would put where a value is missing: here an error instead of a gap."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return True  # so that Django says which value it is

    def __mod__(self, variable: object) -> str:
        raise ValueMissing(str(variable))


@dataclass(frozen=True)
class Letter:
    """What is written to one person; ``link`` is where it leads, ``calendars`` are iCalendar files."""

    subject: str
    text: str
    html: str
    link: str = ""
    calendars: tuple[bytes, ...] = ()

    def message_to(self, notice: Notice) -> EmailMultiAlternatives:
        """Return the message: the same ID every time that it is tried, so that a second copy can be told.

        Raises AddressNotMailable.
        """
        message = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[mailable(notice.address)],
            headers=headers_of(notice),
        )
        message.attach_alternative(self.html, "text/html")
        for number, calendar in enumerate(self.calendars, start=1):
            method = "CANCEL" if b"METHOD:CANCEL" in calendar else "PUBLISH"
            name = "due-date.ics" if number == 1 else f"due-date-{number}.ics"
            message.attach(name, calendar.decode(), f"text/calendar; method={method}")
        return message


def compose(notice: Notice, *, link: str, calendars: Iterable[bytes] = (), **context: object) -> Letter:
    """Write a mail with the three templates of its kind. Raises ValueMissing.

    Each knows ``notice``, the ``desk`` (its name), the ``name`` of the reader (may be empty) and ``home``, beside
    the given context.
    """
    known = {**_known(notice), "link": link, **context}
    subject, text, html = (rendered(f"emails/{notice.kind}.{part}", known) for part in ("subject.txt", "txt", "html"))
    return Letter(
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=INLINER.inline(html),
        link=link,
        calendars=tuple(calendars),
    )


def reworded(letter: Letter, *, notice: Notice) -> Letter:
    """Return a mail with the subject and the text that an editor gave it, and whatever is attached as it was."""
    html = rendered("emails/_reworded.html", _known(notice))
    return replace(letter, subject=notice.subject, text=notice.text, html=INLINER.inline(html))


def rendered(template: str, context: dict[str, object]) -> str:
    """Return a template with its values in place; raises ValueMissing where one is not there."""
    try:
        return str(_templates().get_template(template).render(context))
    except ValueMissing as gap:
        raise ValueMissing(f"{template} names a value that is not there: {gap}") from gap


def mailable(address: str) -> str:
    """Return the address; raises AddressNotMailable where a mail server could only be told of another one.

    A domain may have any letters: it is said in ASCII (RFC 5891). What stands before the @ has no other way of being
    said than SMTPUTF8 (RFC 6531), which few mail servers take and Django does not speak.
    """
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or any(character.isspace() for character in address):
        raise AddressNotMailable(f"{address!r} is no e-mail address.")
    if not local.isascii():
        raise AddressNotMailable(f"{address}: before the @ stands a letter that no mail can be sent to.")
    return address


@cache
def _templates() -> DjangoTemplates:
    """The project's templates, in which a missing value is an error."""
    folders = settings.TEMPLATES[0]["DIRS"]
    options = {"string_if_invalid": Absent("absent")}
    return DjangoTemplates({"NAME": "letters", "DIRS": folders, "APP_DIRS": False, "OPTIONS": options})


def _known(notice: Notice) -> dict[str, object]:
    return {
        "notice": notice,
        "desk": settings.DESK_NAME,
        "name": notice.recipient.name if notice.recipient else "",
        "home": links.absolute("/"),
        "choices": links.to_choices() if notice.recipient else "",
        "stop": stop_link(notice),
    }


def headers_of(notice: Notice) -> dict[str, str]:
    """Return what mail programs go by: who sent it, what it belongs to, and how to be rid of its kind.

    All mails to one person about one round answer the same message, which was never sent, so that they make one thread
    (RFC 5322, 3.6.4). Where a kind may be stopped, one click of the mail program does it (RFC 8058).
    """
    headers = {"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"}
    if notice.round_id:
        thread = _named(f"thread:{notice.round_id}:{notice.address.lower()}")
        headers |= {"In-Reply-To": thread, "References": thread}
    if link := stop_link(notice):
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def stop_link(notice: Notice) -> str:
    """Return where mails of this kind are stopped for its reader, or an empty string where they cannot be."""
    if notice.recipient is None or notice.kind not in STOPPABLE:
        return ""
    return links.to_stop(stop_key(notice.recipient, kind=notice.kind))


def message_id(notice: Notice) -> str:
    """Return an ID made of what caused the mail, at the domain that it comes from."""
    return _named(notice.key)


def _named(cause: str) -> str:
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{sha256(cause.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
