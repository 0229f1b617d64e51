"""Work that must happen: jobs and notices."""

import pytest

from reviews.models import Job, Notice
from tests.factories import NOON, ExportFactory, IntakeFactory, NoticeFactory, RoundFactory, SourceFactory


@pytest.fixture
def notice(db):
    return NoticeFactory()


def test_a_job_names_what_it_works_on(refused):
    with refused("job_names_what_it_works_on"):
        Job.objects.create(kind="compile_report", intake=IntakeFactory(), owed_at=NOON, due_at=NOON)


def test_a_round_is_owed_one_compile(refused):
    owed = Job.objects.create(kind="compile_report", round=RoundFactory(), owed_at=NOON, due_at=NOON)

    with refused("one_owed_compile_per_round"):
        Job.objects.create(kind="compile_report", round=owed.round, owed_at=NOON, due_at=NOON)


def test_a_running_compile_does_not_stand_in_the_way_of_the_next(db):
    running = Job.objects.create(
        kind="compile_report",
        round=RoundFactory(),
        state="running",
        lease_until=NOON,
        owed_at=NOON,
        due_at=NOON,
    )

    Job.objects.create(kind="compile_report", round=running.round, owed_at=NOON, due_at=NOON)

    assert Job.objects.count() == 2


def test_a_source_is_owed_one_look_up(refused):
    owed = Job.objects.create(kind="look_up_source", source=SourceFactory(), owed_at=NOON, due_at=NOON)

    with refused("one_owed_look_up_per_source"):
        Job.objects.create(kind="look_up_source", source=owed.source, owed_at=NOON, due_at=NOON)


def test_an_intake_is_read_once(refused):
    owed = Job.objects.create(kind="read_intake", intake=IntakeFactory(), owed_at=NOON, due_at=NOON)

    with refused("one_reading_per_intake"):
        Job.objects.create(kind="read_intake", intake=owed.intake, owed_at=NOON, due_at=NOON)


def test_an_export_is_written_once(refused):
    owed = Job.objects.create(kind="write_export", export=ExportFactory(), owed_at=NOON, due_at=NOON)

    with refused("one_writing_per_export"):
        Job.objects.create(kind="write_export", export=owed.export, owed_at=NOON, due_at=NOON)


def test_a_running_job_has_a_lease(refused):
    with refused("running_job_has_a_lease"):
        Job.objects.create(kind="read_intake", intake=IntakeFactory(), state="running", owed_at=NOON, due_at=NOON)


def test_a_cause_owes_a_person_one_mail(refused, notice):
    with refused("reviews_notice_key_key"):
        NoticeFactory(key=notice.key)


def test_a_sent_notice_has_a_time(refused, notice):
    with refused("sent_notice_has_a_time"):
        Notice.objects.update(state="sent", body_sha256="0" * 64)


def test_a_notice_is_written_before_it_is_handed_over(refused, notice):
    with refused("notice_is_written_before_it_is_handed_over"):
        Notice.objects.update(state="sending", lease_until=NOON)


def test_a_notice_in_hand_has_a_lease(refused, notice):
    with refused("notice_in_hand_has_a_lease"):
        Notice.objects.update(state="claimed")


def test_a_held_notice_says_by_whom(refused, notice):
    with refused("a_held_notice_says_by_whom"):
        Notice.objects.update(held_at=NOON)


def test_only_an_owed_notice_is_held(refused, notice):
    with refused("only_an_owed_notice_is_held"):
        Notice.objects.update(state="dropped", held_at=NOON, held_by=notice.recipient)


def test_an_edited_notice_has_words_and_says_whose(refused, notice):
    with refused("an_edited_notice_has_words_and_says_whose"):
        Notice.objects.update(edited_at=NOON, edited_by=notice.recipient, subject="Words", text="")


def test_a_gathered_notice_names_its_digest(refused, notice):
    with refused("a_gathered_notice_names_its_digest"):
        Notice.objects.update(state="gathered")


def test_a_digest_is_in_no_other_digest(refused, notice):
    with refused("a_digest_is_in_no_other_digest"):
        NoticeFactory(kind="digest", state="gathered", digest=notice)
