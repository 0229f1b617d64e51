"""The full fault run: ``ASSAY_STORM=1 ./assay test tests/crash/test_storm.py``. It takes some minutes.

Fifty kills at random moments while 1,000 mails and 200 reports are owed; meanwhile the broker is restarted, loses its
memory, and PostgreSQL is away for ten seconds. The shorter runs beside this one are in every run of the tests.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from threading import Event

import psutil
import psycopg
import pytest

from portal.local.postgres import Postgres
from portal.local.processes import Ledger
from tests.crash.stage import ROOT, Stuck, Worker, wait_until

pytestmark = pytest.mark.skipif(
    os.environ.get("ASSAY_STORM") != "1", reason="the full fault run takes minutes: ASSAY_STORM=1 asks for it"
)
MAILS, REPORTS, KILLS = 1000, 200, 50
RESTART, FORGET, NO_DATABASE = 12, 24, 36
"""After how many kills the broker is restarted, loses its memory, and the database is stopped."""

AWAY = 10
LONGEST = 1800.0
LEASES = [
    f"update reviews_{table} set lease_until = now() - interval '1 s' where lease_until is not null"  # noqa: S608
    for table in ("notice", "job")
]
"""Make the time pass that the leases of dead workers still have."""


@pytest.fixture(scope="session", params=["valkey"])
def broker_name(request):
    """Only a broker of our own may be stopped."""
    return request.param


@pytest.fixture
def postgres(tmp_path):
    """A cluster that nobody else uses."""
    server = Postgres(tmp_path, ledger=Ledger(tmp_path / "ledger"), halt=Event(), hasty=True)
    server.start()
    yield server
    server.stop()
    server.remove()


def asked(postgres, question):
    with psycopg.connect(postgres.url) as connection:
        return connection.execute(question).fetchall()


def told(postgres, order):
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(order)


class Storm:
    """A worker that is killed again and again, its broker and its database that come and go."""

    def __init__(self, *, queue, valkey, postgres, mails, folder):
        self.queue, self.valkey, self.postgres, self.mails, self.folder = queue, valkey, postgres, mails, folder
        self.chance = random.Random(5)  # noqa: S311 - a storm that can be told again
        self.killed = 0
        self.worker = self.another()

    def another(self):
        worker = Worker(
            self.queue,
            mail_port=self.mails.port,
            folder=self.folder,
            pool="prefork",
            database_url=self.postgres.url,
        )
        return worker.wait_until_ready()

    def kill(self):
        """Kill one process of the pool, or now and then the worker with all of them, as when the power fails."""
        parent = psutil.Process(self.worker.process.pid)
        if self.chance.random() < 0.2:
            self.killed += 1 + len(parent.children())
            self.worker.kill()
            self.worker = self.another()
            return
        wait_until(lambda: bool(parent.children()))
        self.chance.choice(parent.children()).kill()
        self.killed += 1

    def befall(self, number):
        if number in {RESTART, FORGET}:
            self.valkey.stop()
            if number == FORGET:
                for file in (self.valkey.home / "appendonlydir").iterdir():
                    file.unlink()
            self.valkey.start()
        if number == NO_DATABASE:
            self.postgres.stop()
            time.sleep(AWAY)
            self.postgres.start()

    def sweep(self):
        self.queue.send("sweep")


@pytest.fixture
def storm(queue, valkey, postgres, mails, tmp_path):
    """Everything owed, and a worker at it."""
    own = {"DATABASE_URL": postgres.url, "DJANGO_SETTINGS_MODULE": "tests.settings", "CELERY_BROKER_URL": "memory://"}
    fill = [sys.executable, "-m", "tests.crash.fill", str(MAILS), str(REPORTS)]
    subprocess.run(fill, cwd=ROOT, env={**os.environ, **own}, check=True)
    running = Storm(queue=queue, valkey=valkey, postgres=postgres, mails=mails, folder=tmp_path)
    yield running
    running.worker.kill()


def settle(storm, postgres):
    """Let leases run out and sweep until nothing is owed or in anybody's hands."""
    deadline = time.monotonic() + LONGEST
    open_work = (
        "select (select count(*) from reviews_notice where state in ('owed', 'claimed', 'sending'))"
        " + (select count(*) from reviews_job where state in ('owed', 'running'))"
    )
    while asked(postgres, open_work) != [(0,)]:
        if time.monotonic() > deadline:
            raise Stuck("Something is still owed.")
        storm.sweep()
        time.sleep(2)


def test_a_thousand_mails_and_two_hundred_reports_under_fifty_kills(storm, postgres, mails, count):
    began = time.monotonic()
    for number in range(1, KILLS + 1):
        storm.sweep()
        time.sleep(storm.chance.uniform(0.2, 1.5))
        storm.kill()
        storm.befall(number)
    in_storm = len(mails.accepted)
    for table in LEASES:
        told(postgres, table)
    settle(storm, postgres)

    accepted = mails.times_accepted()
    states = Counter(dict(asked(postgres, "select state, count(*) from reviews_notice group by state")))
    reports = Counter(number for (number,) in asked(postgres, "select number from reviews_report"))
    count(
        owed_mails=MAILS + 3 * REPORTS,
        owed_reports=REPORTS,
        kills=KILLS,
        killed_processes=storm.killed,
        seconds=round(time.monotonic() - began),
        accepted_before_the_storm_was_over=in_storm,
        reports=sum(reports.values()),
        **states,
        accepted=len(accepted),
        most_copies_of_one=max(accepted.values()),
    )
    assert reports == {1: REPORTS}
    assert set(accepted.values()) == {1}
    assert set(states) <= {"sent", "uncertain"}
    assert states.total() == MAILS + 3 * REPORTS
    assert states["uncertain"] <= storm.killed
    assert states["sent"] <= len(accepted) <= states["sent"] + states["uncertain"]
