"""A mail as it is stored and sent: a subject, plain text, and the same as HTML."""

from dataclasses import dataclass
from email.utils import parseaddr
from hashlib import sha256

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from reviews.emails import links
from reviews.models import Notice

INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
"""Mail programs drop style sheets: rules become attributes. Rules for dark schemes cannot, and stay."""


@dataclass(frozen=True)
class Letter:
    """What is written to one person; ``calendar`` is an iCalendar file, or empty."""

    subject: str
    text: str
    html: str
    calendar: bytes = b""

    def message_to(self, notice: Notice) -> EmailMultiAlternatives:
        """Return the message: the same ID every time that it is tried, so that a second copy can be told."""
        message = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[notice.address],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(self.html, "text/html")
        if self.calendar:
            message.attach("due-date.ics", self.calendar.decode(), "text/calendar")
        return message


def compose(notice: Notice, *, calendar: bytes = b"", **context: object) -> Letter:
    """Write a mail with the three templates of its kind.

    Each knows ``notice``, the ``desk`` (its name), the ``name`` of the reader (may be empty) and ``home``, beside
    the given context.
    """
    known = {
        "notice": notice,
        "desk": settings.DESK_NAME,
        "name": notice.recipient.name if notice.recipient else "",
        "home": links.absolute("/"),
        **context,
    }
    subject, text, html = (
        render_to_string(f"emails/{notice.kind}.{part}", known) for part in ("subject.txt", "txt", "html")
    )
    return Letter(
        subject=" ".join(subject.split()), text=text.strip() + "\n", html=INLINER.inline(html), calendar=calendar
    )


def message_id(notice: Notice) -> str:
    """Return an ID made of what caused the mail, at the domain that it comes from."""
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{sha256(notice.key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
