"""Brokers, a mail server and a healthy worker for the tests that kill workers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest

from portal.local.errors import ServerMissing
from portal.local.processes import Ledger
from portal.local.valkey import Valkey
from reviews.jobs import nudge
from tests.conftest import COUNTED
from tests.crash.stage import Queue, Worker, reachable, without_password
from tests.mailserver import MailServer

AMQP_URL = os.environ.get("ASSAY_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//")


@pytest.fixture
def count(request: pytest.FixtureRequest, broker_name: str, record_property) -> Callable[..., None]:
    """Say at the end of the run what was counted here."""

    def say(**counts: object) -> None:
        told = ", ".join(f"{what.replace('_', ' ')} {number}" for what, number in counts.items())
        name = request.node.originalname.removeprefix("test_").replace("_", " ")
        point = request.node.callspec.params.get("point", "")
        record_property(COUNTED, f"{broker_name:<8} {name}{f' ({point})' if point else ''}: {told}")

    return say


@pytest.fixture(scope="session", params=["valkey", "rabbitmq"])
def broker_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A broker of the tests' own, which they may stop."""
    folder = tmp_path_factory.mktemp("valkey")
    try:
        server = Valkey(folder, ledger=Ledger(folder / "ledger"), halt=Event())
    except ServerMissing as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must kill workers on a real broker, but: {reason}")
        pytest.skip(str(reason))
    server.start()
    yield server
    server.stop()
    server.remove()


@pytest.fixture(scope="session")
def broker_url(broker_name: str, request: pytest.FixtureRequest) -> str:
    if broker_name == "valkey":
        return str(request.getfixturevalue("valkey").url)
    if not reachable(AMQP_URL):
        reason = f"no RabbitMQ answers at {without_password(AMQP_URL)} (ASSAY_TEST_AMQP_URL names another)"
        if os.environ.get("ASSAY_REQUIRE_AMQP") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return AMQP_URL


@pytest.fixture
def mails() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def queue(broker_url: str) -> Iterator[Queue]:
    """The healthy worker's queue."""
    own = Queue(broker_url)
    yield own
    own.remove()


@pytest.fixture
def quick_path(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the portal publishes in this process goes to the healthy worker. Without this it goes nowhere, so that a
    test decides itself who gets which message.
    """
    monkeypatch.setattr(nudge, "current_app", queue.app)
    nudge._down_since.clear()
    yield
    nudge._down_since.clear()


@pytest.fixture
def doomed_queue(broker_url: str) -> Iterator[Queue]:
    """The queue of the worker that is killed: nobody else looks into it."""
    own = Queue(broker_url)
    yield own
    own.remove()


class Cast(NamedTuple):
    """Who plays: a worker that is killed at a point, a healthy one, what each listens to, and the mail server."""

    doomed: Callable[[str], Worker]
    healthy: Callable[[], Worker]
    doomed_queue: Queue
    queue: Queue
    mails: MailServer


@pytest.fixture
def cast(
    transactional_db: None, queue: Queue, doomed_queue: Queue, mails: MailServer, tmp_path: Path
) -> Iterator[Cast]:
    started: list[Worker] = []

    def start(queue: Queue, pool: str, crash_at: str) -> Worker:
        started.append(Worker(queue, mail_port=mails.port, folder=tmp_path, pool=pool, crash_at=crash_at))
        return started[-1]

    yield Cast(
        doomed=lambda point: start(doomed_queue, "solo", point),
        healthy=lambda: start(queue, "prefork", ""),
        doomed_queue=doomed_queue,
        queue=queue,
        mails=mails,
    )
    for running in started:
        running.kill()
