"""Files of retractions."""

import pytest

from reviews.models import Job, RetractionFile
from reviews.services.retraction import bring_in_retractions
from tests.factories import NOON, EditorFactory


@pytest.fixture
def file(db):
    return bring_in_retractions(b"a,b\n", file_name="watch.csv", by=EditorFactory(), at=NOON)


@pytest.mark.parametrize(
    "ends",
    [
        {"finished_at": NOON, "cancelled_at": NOON},
        {"finished_at": NOON, "failure": "No."},
        {"cancelled_at": NOON, "failure": "No."},
    ],
)
def test_a_file_ends_in_one_way(refused, file, ends):
    with refused("a_file_of_retractions_ends_in_one_way"):
        RetractionFile.objects.update(**ends)


def test_no_more_is_gone_through_than_there_is(refused, file):
    with refused("no_more_is_gone_through_than_there_is"):
        RetractionFile.objects.update(gone_through=5)


def test_a_file_is_owed_one_going_through(refused, file):
    with refused("one_owed_going_through_per_file"):
        Job.objects.create(kind="read_retractions", retraction_file=file, owed_at=NOON, due_at=NOON)
