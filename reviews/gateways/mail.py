"""The mail server: what it said of a message, told apart from what nobody can know."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum

from anymail.exceptions import AnymailAPIError, AnymailError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

TOO_MANY = 429


class Outcome(Enum):
    """How handing a message over ended."""

    ACCEPTED = "accepted"
    NOT_NOW = "not now"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Handover:
    """How it ended, and in whose words."""

    outcome: Outcome
    words: str = ""


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """Connect to the mail server; whatever it raises on the way in, no message has left yet."""
    connection = get_connection()
    connection.open()
    try:
        yield connection
    finally:
        # The message was accepted or not before this: a server that says no goodbye changes nothing of it.
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def hand_over(message: EmailMessage, *, connection: BaseEmailBackend) -> Handover:
    """Hand one message to one person over, and return how it ended.

    A reply of the server is certain (RFC 5321, 4.2.1: 4xx not now, 5xx no), and so is what a provider's programming
    interface refuses (RFC 9110, 15.5: 4xx no, 429 not now). A connection that breaks is not, nor a provider's own
    trouble (5xx): the message may have been taken, and only the answer was lost.
    """
    try:
        accepted = connection.send_messages([message])
    except Exception as error:  # its kind says whether it is an answer
        return _ended(error)
    return Handover(Outcome.ACCEPTED) if accepted else Handover(Outcome.REFUSED, "The message names no recipient.")


def _ended(error: Exception) -> Handover:
    """Return what an error says of the message: an answer is certain, anything else is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answered(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    if isinstance(error, AnymailAPIError):
        return _said_by_provider(error)
    if isinstance(error, (smtplib.SMTPNotSupportedError, AnymailError)):  # refused before anything left
        return Handover(Outcome.REFUSED, str(error))
    return Handover(Outcome.UNKNOWN, f"{type(error).__name__}: {error}")  # broken, too slow, or in mid-sentence


def _said_by_provider(answer: AnymailAPIError) -> Handover:
    status = answer.status_code or 0
    refused = Outcome.NOT_NOW if status == TOO_MANY else Outcome.REFUSED
    return Handover(refused if status // 100 == 4 else Outcome.UNKNOWN, str(answer))


def _answered(code: int, said: bytes | str) -> Handover:
    words = f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    outcome = {4: Outcome.NOT_NOW, 5: Outcome.REFUSED}.get(code // 100, Outcome.UNKNOWN)
    return Handover(outcome, words)
