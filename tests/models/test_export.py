"""A file that leaves the house, and what its row may say."""

from datetime import timedelta

import pytest

from reviews.models import Export, Notice
from tests.factories import NOON, TODAY, EditorFactory, ExportFactory, NoticeFactory, RoundFactory


@pytest.fixture
def waiting(db):
    return Export.objects.create(content="marks", form="csv", asked_by=EditorFactory(), asked_at=NOON)


@pytest.mark.parametrize(("content", "form"), [("bundle", "zip"), ("bundle", "csv"), ("marks", "zip")])
def test_an_export_is_a_table_or_the_zip_of_one_round(waiting, refused, content, form):
    with refused("an_export_is_a_table_or_the_zip_of_one_round"):
        Export.objects.update(content=content, form=form)


@pytest.mark.parametrize("lack", [{"size": None}, {"sha256": ""}, {"expires_at": None}, {"expires_at": NOON}])
def test_a_written_export_has_a_size_a_hash_and_an_end(refused, lack):
    ExportFactory()

    with refused("a_written_export_has_a_size_a_hash_and_an_end"):
        Export.objects.update(**lack)


@pytest.mark.parametrize("said", ["fetched_at", "removed_at"])
def test_only_a_written_export_is_fetched_or_removed(waiting, refused, said):
    with refused("only_a_written_export_is_fetched_or_removed"):
        Export.objects.update(**{said: NOON})


def test_a_period_of_an_export_ends_after_it_begins(waiting, refused):
    with refused("a_period_of_an_export_ends_after_it_begins"):
        Export.objects.update(since=TODAY, until=TODAY - timedelta(days=1))


def test_an_editor_waits_for_the_same_file_once(waiting, refused):
    with refused("one_waiting_export_of_a_kind_per_editor"):
        Export.objects.create(content="marks", form="csv", asked_by=waiting.asked_by, asked_at=NOON)


def test_a_part_has_a_number_of_its_own(waiting, refused):
    waiting.parts.create(number=0, held=b"one")

    with refused("one_part_of_an_export_per_number"):
        waiting.parts.create(number=0, held=b"two")


def test_an_export_tells_of_a_round_once(waiting, refused):
    round = RoundFactory()
    waiting.covers.create(round=round)

    with refused("an_export_tells_of_a_round_once"):
        waiting.covers.create(round=round)


@pytest.mark.parametrize("kind", ["export_ready", "question"])
def test_a_mail_that_an_export_is_ready_names_it_and_no_other_does(refused, kind):
    notice = NoticeFactory(kind="export_ready", export=ExportFactory())

    with refused("a_mail_that_an_export_is_ready_names_it"):
        Notice.objects.filter(pk=notice.pk).update(kind=kind, export=None if kind == "export_ready" else notice.export)


def test_of_another_ones_export_only_the_chief_editor_knows_the_mail(db):
    asked, other, chief = EditorFactory(), EditorFactory(role="editor"), EditorFactory(role="chief")
    own, foreign = EditorFactory(role="own"), ExportFactory(asked_by=asked, round=RoundFactory())
    notice = NoticeFactory(kind="export_ready", export=foreign, round=foreign.round, recipient=asked)

    known = [list(Notice.objects.known_to(person)) for person in (asked, other, chief, own)]

    assert known == [[notice], [], [notice], []]
