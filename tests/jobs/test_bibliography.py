"""Lists of references in the queue: nothing is done twice, and what was lost is said to be lost."""

from datetime import timedelta

import pytest

from reviews.jobs import bibliography as lists
from reviews.jobs.bibliography import do_importing, do_reading_references, give_up_lists
from reviews.jobs.sweep import sweep
from reviews.jobs.work import LEASE, MOST_ATTEMPTS
from reviews.models import Bibliography, Job, Source
from reviews.services.bibliography import ask_for_import, bring_in_lists, receive_bibliography
from tests.factories import NOON, EditorFactory

pytestmark = pytest.mark.django_db

RIS = b"TY  - JOUR\nTI  - Moonflower tea and sleep\nDO  - 10.5555/m\nER  - \n"


@pytest.fixture
def unread():
    (bibliography,) = bring_in_lists([("a.ris", RIS)], by=EditorFactory(), at=NOON)
    return bibliography


@pytest.fixture
def asked():
    bibliography = receive_bibliography(RIS, file_name="a.ris", by=EditorFactory(), at=NOON)
    ask_for_import(bibliography, choices={}, at=NOON)
    return bibliography


def test_a_reading_that_is_done_twice_lists_each_reference_once(unread):
    job = Job.objects.get()

    assert [do_reading_references(job.pk, at=NOON), do_reading_references(job.pk, at=NOON)] == [True, False]
    Job.objects.update(state="owed")
    assert do_reading_references(job.pk, at=NOON) is True

    assert unread.entries.count() == 1


def test_an_import_that_is_done_twice_makes_each_source_once(asked):
    job = Job.objects.get(kind="import_references")

    assert [do_importing(job.pk, at=NOON), do_importing(job.pk, at=NOON)] == [True, False]

    assert Source.objects.count() == 1
    assert Bibliography.objects.get().state == "settled"


def test_a_step_that_breaks_down_leaves_nothing_behind_and_is_owed_again(asked, monkeypatch):
    job = Job.objects.get(kind="import_references")
    monkeypatch.setattr(lists, "finish_job", lambda *_, **__: 1 / 0)

    assert do_importing(job.pk, at=NOON) is False

    job.refresh_from_db()
    assert (job.state, Source.objects.count(), asked.entries.get().outcome) == ("owed", 0, "")


@pytest.mark.parametrize(("kind", "state"), [("read_references", "failed"), ("import_references", "waiting")])
def test_a_list_whose_every_worker_died_says_so(request, kind, state):
    request.getfixturevalue("unread" if kind == "read_references" else "asked")
    Job.objects.update(state="running", attempts=MOST_ATTEMPTS, lease_until=NOON)

    sweep(NOON + LEASE + timedelta(seconds=1))

    bibliography = Bibliography.objects.get()
    assert bibliography.state == state
    assert bibliography.failure.startswith("Something went wrong here while")


def test_a_list_that_waits_for_a_worker_is_not_given_up(unread):
    assert give_up_lists() == 0
    assert Bibliography.objects.get().state == "reading"


def test_a_list_that_failed_for_a_fault_of_ours_is_imported_when_it_is_asked_for_again(asked):
    Job.objects.update(state="failed", finished_at=NOON)
    assert give_up_lists() == 1

    ask_for_import(asked, choices={}, at=NOON)
    assert give_up_lists() == 0
    assert do_importing(Job.objects.get(state="owed").pk, at=NOON) is True

    assert (Bibliography.objects.get().state, Source.objects.count()) == ("settled", 1)
