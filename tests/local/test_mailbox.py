import os
import smtplib
import socket
import time
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest

from portal.local.places import ROOT
from portal.local.processes import spawn, stop
from portal.local.services import python
from portal.local.up import listen, port_of


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "desk@assay.example", "ada@assay.example", "Verdict – “misleading”"
    mail.set_content("A line.\n.\nA line after a lonely dot: ünï.\n")
    return mail


def captured(folder: Path) -> list[Path]:
    end = time.monotonic() + 5
    while not list(folder.glob("*.eml")) and time.monotonic() < end:
        time.sleep(0.02)
    return sorted(folder.iterdir())


@pytest.mark.enable_socket
def test_a_mail_sent_is_a_file_in_the_folder(tmp_path, ledger):
    listener = listen(0)
    argv = python("portal.local.mailbox", str(listener.fileno()), tmp_path / "mail")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = spawn(argv, ledger=ledger, env=environment, pass_fds=[listener.fileno()])

    with smtplib.SMTP("127.0.0.1", port_of(listener), timeout=10) as connection:
        connection.send_message(message())

    [file] = captured(tmp_path / "mail")
    kept = message_from_bytes(file.read_bytes())
    assert kept["To"] == "ada@assay.example"
    assert kept.get_payload(decode=True).decode().splitlines()[:2] == ["A line.", "."]
    stop(process, ledger=ledger)
    listener.close()


@pytest.mark.enable_socket
def test_the_port_is_kept_from_others_while_the_listener_lives():
    listener = listen(0)

    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port_of(listener)))

    listener.close()
