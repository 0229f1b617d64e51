"""Mail capture: an SMTP server that delivers nothing and keeps every message as a file.

Run as ``python -m portal.local.mailbox FD FOLDER``, FD being the number of a listening socket.
"""

import asyncio
import signal
import socket
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """A folder of captured messages, oldest first by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    # The name and the arguments are aiosmtpd's.
    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one message; the file appears in one step, whole."""
        name = f"{time.time_ns()}.eml"
        half_written = self.folder / f"{name}.half"
        half_written.write_bytes(envelope.original_content or b"")
        half_written.rename(self.folder / name)
        print(f"to {', '.join(envelope.rcpt_tos)}: {self.folder / name}", flush=True)
        return "250 Kept"


async def serve(listener: socket.socket, *, folder: Path) -> None:
    """Take mails until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    mailbox = Mailbox(folder)
    server = await loop.create_server(lambda: SMTP(mailbox, loop=loop, hostname="localhost"), sock=listener)
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    async with server:
        await asked.wait()


if __name__ == "__main__":
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), folder=Path(sys.argv[2])))
