"""SIGKILL at every named point: nothing is lost, nothing is done twice, and a mail in doubt says so."""

import pytest

from reviews.jobs.bibliography import AT_A_TIME
from reviews.jobs.notice import owe_notice
from reviews.jobs.round import close_round, close_round_if_complete
from reviews.jobs.work import owe_reading
from reviews.models import Job, Notice, Report, Revision, Round, Source
from reviews.services.bibliography import ask_for_import, receive_bibliography
from tests.crash.stage import let_leases_run_out, settled, sweep_until, wait_until
from tests.factories import NOON, AssignmentFactory, EditorFactory, IntakeFactory, ReviewFactory, RoundFactory

SIGKILLED = -9


@pytest.fixture
def compile_job(transactional_db):
    """A round of two handed-in reviews that waits for its report; three people wait for their mail."""
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["misleading", "inaccurate"], submitted=True)
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    return Job.objects.get(round=round)


@pytest.fixture
def invitation(transactional_db):
    request = AssignmentFactory()
    return owe_notice(
        "invited",
        key=f"invited:{request.pk}",
        address=request.reviewer.email,
        recipient=request.reviewer,
        round=request.round,
        assignment=request,
        at=NOON,
    )


def kill_at(point, task, pk, *, cast):
    """Let a worker die over one task, and start a healthy one meanwhile."""
    doomed = cast.doomed(point)
    healthy = cast.healthy()
    doomed.wait_until_ready()
    cast.doomed_queue.send(task, pk)
    assert doomed.wait_for_end() == SIGKILLED
    healthy.wait_until_ready()


@pytest.mark.parametrize("point", ["compile.claimed", "compile.computed", "compile.committed"])
def test_a_compile_whose_worker_is_killed(point, cast, compile_job, count):
    kill_at(point, "compile_report", compile_job.pk, cast=cast)
    versions_at_once = Report.objects.count()
    let_leases_run_out()

    sweep_until(settled, queue=cast.queue)

    accepted = cast.mails.times_accepted()
    count(report_versions=Report.objects.count(), mails=len(accepted), most_copies_of_one=max(accepted.values()))
    assert versions_at_once == (1 if point == "compile.committed" else 0)
    assert list(Report.objects.values_list("number", flat=True)) == [1]
    assert list(accepted.values()) == [1, 1, 1]
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}
    assert Job.objects.get().state == "done"


@pytest.mark.parametrize("point", ["mail.claimed", "mail.stored", "mail.handed_over", "mail.committed"])
def test_a_mail_whose_worker_is_killed(point, cast, invitation, count):
    kill_at(point, "send_notice", invitation.pk, cast=cast)
    let_leases_run_out()

    sweep_until(settled, queue=cast.queue)
    for _ in range(3):
        cast.queue.send("sweep")
        cast.queue.send("send_notice", invitation.pk)
    revision = owe_reading(IntakeFactory(), at=NOON)
    sweep_until(lambda: Job.objects.get(pk=revision.pk).state == "done", queue=cast.queue)

    invitation.refresh_from_db()
    count(accepted=len(cast.mails.accepted), the_row_says=invitation.state)
    assert len(cast.mails.accepted) == 1
    assert invitation.state == ("uncertain" if point == "mail.handed_over" else "sent")


@pytest.mark.parametrize("point", ["read.claimed", "read.computed", "read.committed"])
def test_a_reading_whose_worker_is_killed(point, cast, count):
    job = owe_reading(IntakeFactory(), at=NOON)
    kill_at(point, "read_intake", job.pk, cast=cast)
    let_leases_run_out()

    sweep_until(settled, queue=cast.queue)

    count(revisions=Revision.objects.count(), attempts=Job.objects.get().attempts)
    assert Revision.objects.count() == 1
    assert Job.objects.get().state == "done"


@pytest.mark.parametrize("point", ["import.claimed", "import.computed", "import.committed"])
def test_an_import_of_references_whose_worker_is_killed(point, cast, count):
    listed = "".join(f"TY  - JOUR\nTI  - Number {n}\nER  - \n" for n in range(AT_A_TIME + 5))
    bibliography = receive_bibliography(listed.encode(), file_name="", by=EditorFactory(), at=NOON)
    ask_for_import(bibliography, choices={}, at=NOON)
    kill_at(point, "import_references", Job.objects.get().pk, cast=cast)
    at_once = Source.objects.count()
    let_leases_run_out()

    sweep_until(settled, queue=cast.queue)

    bibliography.refresh_from_db()
    count(at_once=at_once, sources=Source.objects.count(), steps=Job.objects.count())
    assert at_once == (AT_A_TIME if point == "import.committed" else 0)
    assert (bibliography.state, Source.objects.count()) == ("settled", AT_A_TIME + 5)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_a_message_that_is_delivered_twice(cast, compile_job, count):
    cast.healthy().wait_until_ready()

    for _ in range(2):
        cast.queue.send("compile_report", compile_job.pk)
    wait_until(Report.objects.exists)
    for notice in Notice.objects.all():
        for _ in range(2):
            cast.queue.send("send_notice", notice.pk)
    wait_until(settled)

    accepted = cast.mails.times_accepted()
    count(report_versions=Report.objects.count(), mails=len(accepted), most_copies_of_one=max(accepted.values()))
    assert Report.objects.count() == 1
    assert list(accepted.values()) == [1, 1, 1]


def test_a_round_that_closes_while_everything_runs(cast, quick_path, count):
    cast.healthy().wait_until_ready()
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["misleading", "inaccurate"], submitted=True)

    close_round_if_complete(round, at=NOON)
    wait_until(lambda: Notice.objects.count() == 4)
    wait_until(settled)

    accepted = cast.mails.times_accepted()
    count(report_versions=Report.objects.count(), mails=len(accepted), most_copies_of_one=max(accepted.values()))
    assert Report.objects.count() == 1
    assert list(accepted.values()) == [1, 1, 1, 1]
