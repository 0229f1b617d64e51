"""Many mails while workers keep dying: whatever the moment, each is accepted once, or its row says uncertain."""

import time
from collections import Counter

import psutil

from reviews.emails.letter import message_id
from reviews.models import Notice
from tests.crash.stage import let_leases_run_out, settled, sweep_until, wait_until
from tests.factories import NOON, AssignmentFactory, RoundFactory

MAILS = 100
KILLS = 12


def kill_one_child(worker):
    """Kill a process of the worker's pool, as the system does when memory runs out."""
    parent = psutil.Process(worker.process.pid)
    wait_until(lambda: bool(parent.children()))
    for child in parent.children()[:1]:
        child.kill()


def test_a_hundred_mails_under_kills(cast, count):
    round = RoundFactory()
    requests = AssignmentFactory.create_batch(MAILS, round=round)
    Notice.objects.bulk_create(
        Notice(
            kind="invited",
            key=f"invited:{request.pk}",
            address=request.reviewer.email,
            recipient=request.reviewer,
            round=round,
            assignment=request,
            owed_at=NOON,
            due_at=NOON,
        )
        for request in requests
    )
    worker = cast.healthy().wait_until_ready()

    for _ in range(KILLS):
        cast.queue.send("sweep")
        time.sleep(0.4)
        kill_one_child(worker)
    let_leases_run_out()
    sweep_until(settled, queue=cast.queue)

    accepted = cast.mails.times_accepted()
    states = Counter(notice.state for notice in Notice.objects.all())
    count(owed=MAILS, kills=KILLS, **states, most_copies_of_one=max(accepted.values()))
    assert set(accepted.values()) == {1}
    assert set(states) <= {"sent", "uncertain"}
    sent = Notice.objects.filter(state="sent")
    assert {message_id(notice) for notice in sent} <= set(accepted)
    assert states["sent"] > MAILS / 2
