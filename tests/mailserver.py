"""A real mail server for tests: it answers as it is told, and keeps what it accepted."""

import socket
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_UP = "hang up"


class Answering:
    """``replies`` are used up one by one, then everything is accepted. ``HANG_UP`` breaks the connection."""

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.to_recipient: list[str] = []
        self.to_body: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        reply = self.to_body.pop(0) if self.to_body else "250 Kept"
        if reply == HANG_UP:
            server.transport.abort()
            return "421 Gone"
        if reply.startswith("250"):
            self.accepted.append(message_from_bytes(envelope.content or b"", policy=policy.default))
        return reply


class MailServer:
    """Runs on loopback, on a port of its own, as long as the context lasts."""

    def __init__(self) -> None:
        self.answers = Answering()
        self.controller = Controller(self.answers, hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()

    @property
    def port(self) -> int:
        return int(self.controller.port)

    @property
    def accepted(self) -> list[EmailMessage]:
        return self.answers.accepted

    def times_accepted(self) -> Counter[str]:
        """How often each message was accepted, by its ID."""
        return Counter(str(message["Message-ID"]) for message in self.accepted)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
