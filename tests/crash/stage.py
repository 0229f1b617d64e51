"""The stage of these tests: real brokers, real workers that can be killed, and what is waited for."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from celery import Celery
from django.db import connection
from django.utils import timezone
from kombu import Connection
from psycopg.conninfo import make_conninfo

from reviews.models import Job, Notice

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0


class Stuck(AssertionError):
    """What was waited for did not come about."""


class Queue:
    """One queue of our own on a broker: messages go in by task name, as the portal's nudges do."""

    def __init__(self, broker_url: str) -> None:
        self.broker_url = broker_url
        self.name = f"assay-test-{secrets.token_hex(6)}"
        self.app = Celery(self.name, set_as_current=False)
        self.app.conf.update(
            broker_write_url=broker_url,  # the one setting that goes before CELERY_BROKER_URL in the environment
            task_default_queue=self.name,
            task_default_queue_type="quorum" if broker_url.startswith("amqp") else "classic",
            task_publish_retry=False,
            broker_transport_options={"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0},
        )

    def send(self, task: str, *arguments: object) -> None:
        self.app.send_task(f"reviews.{task}", args=list(arguments))

    def remove(self) -> None:
        self.app.close()
        if self.broker_url.startswith("amqp"):
            with Connection(self.broker_url) as broker:
                broker.default_channel.queue_delete(self.name)


class Worker:
    """A real Celery worker on the test's database, its output in a file."""

    def __init__(
        self, queue: Queue, *, mail_port: int, folder: Path, pool: str, crash_at: str = "", database_url: str = ""
    ) -> None:
        self.log = folder / f"worker-{secrets.token_hex(4)}.log"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.crash.settings",
            "ASSAY_TEST_QUEUE": queue.name,
            "ASSAY_CRASH_AT": crash_at,
            "CELERY_BROKER_URL": queue.broker_url,
            "DATABASE_URL": database_url or database_of_this_test(),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "SECRET_KEY": "for the tests only, and for nothing else, never",
            "BASE_URL": "http://127.0.0.1:8000",
            "ALLOWED_HOSTS": "127.0.0.1",
            "ASSAY_LOCAL": "1",
        }
        argv = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--queues", queue.name, "--loglevel", "INFO"]
        argv += ["--pool", pool, "--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                argv, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
            )

    def wait_until_ready(self) -> "Worker":
        wait_until(lambda: b" ready." in self.log.read_bytes() or self.process.poll() is not None)
        if self.process.poll() is not None:
            raise Stuck(f"The worker ended with {self.process.returncode}:\n{self.log.read_text()}")
        return self

    def wait_for_end(self) -> int:
        """Return how it ended: minus nine for SIGKILL."""
        return self.process.wait(timeout=PATIENCE)

    def kill(self) -> None:
        """Kill it and all its children outright, as a machine that loses its power does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def database_of_this_test() -> str:
    """Return how a worker reaches the database that this test writes to."""
    settings = connection.settings_dict
    parts = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{name: settings[key] for name, key in parts.items() if settings[key]})


def let_leases_run_out() -> None:
    """Make the time pass that a dead worker's lease still has."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.exclude(lease_until=None).update(lease_until=past)
    Notice.objects.exclude(lease_until=None).update(lease_until=past)


def settled() -> bool:
    """Whether nothing is in anybody's hands any more, nor owed before tomorrow."""
    tomorrow = timezone.now() + timedelta(days=1)
    jobs = Job.objects.filter(state__in=["owed", "running"])
    notices = Notice.objects.filter(state__in=["owed", "claimed", "sending"], due_at__lt=tomorrow)
    return not jobs.exists() and not notices.exists()


def sweep_until(done: Callable[[], bool], *, queue: Queue) -> None:
    """Be the beat: ask for a sweep every half second until it is done. Raises Stuck."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise Stuck(
                f"Still not done after {PATIENCE:.0f} s: {list(Job.objects.all())} {list(Notice.objects.all())}"
            )
        queue.send("sweep")
        time.sleep(0.5)


def wait_until(done: Callable[[], bool]) -> None:
    """Wait for something to come about. Raises Stuck."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise Stuck(f"It did not come about in {PATIENCE:.0f} s.")
        time.sleep(0.05)


def reachable(url: str) -> bool:
    """Whether a broker answers there."""
    try:
        with Connection(url, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, interval_max=0, timeout=3)
    except Exception:  # whatever the transport raises
        return False
    return True


def without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}"
