"""A list of references, and what its rows may say."""

import pytest

from reviews.models import Bibliography, BibliographyEntry, Job
from tests.factories import NOON, EditorFactory, SourceFactory


@pytest.fixture
def entry(db):
    bibliography = Bibliography.objects.create(
        received=b"x", sha256="0" * 64, format="ris", added_at=NOON, read_at=NOON, added_by=EditorFactory()
    )
    return BibliographyEntry(bibliography=bibliography, number=1, line=1, csl={"title": "A trial"})


def test_a_number_names_one_entry(entry, refused):
    entry.save()
    entry.pk = None

    with refused("one_entry_per_number_in_a_bibliography"):
        entry.save()


@pytest.mark.parametrize(("csl", "why"), [(None, ""), ({"title": "A trial"}, "broken")])
def test_an_entry_has_a_record_or_says_why_not(entry, refused, csl, why):
    entry.csl, entry.why_broken = csl, why

    with refused("entry_has_a_record_or_says_why_not"):
        entry.save()


def test_an_entry_that_became_a_source_names_it(entry, refused):
    entry.outcome = "new"
    with refused("entry_that_became_a_source_names_it"):
        entry.save()

    entry.outcome, entry.source = "skipped", SourceFactory()
    with refused("entry_that_became_a_source_names_it"):
        entry.save()


@pytest.mark.parametrize(("outcome", "why"), [("refused", ""), ("skipped", "No.")])
def test_an_entry_that_was_refused_says_why(entry, refused, outcome, why):
    entry.outcome, entry.why_refused = outcome, why

    with refused("an_entry_that_was_refused_says_why"):
        entry.save()


@pytest.mark.parametrize("later", [{"asked_at": NOON}, {"settled_at": NOON}])
def test_a_list_is_read_before_it_is_settled(entry, refused, later):
    with refused("a_list_is_read_before_it_is_settled"):
        Bibliography.objects.update(read_at=None, **later)


@pytest.mark.parametrize("also", [{"read_at": NOON}, {"read_at": None, "failure": "No."}])
def test_what_was_cancelled_was_not_read(entry, refused, also):
    with refused("what_was_cancelled_was_not_read"):
        Bibliography.objects.update(cancelled_at=NOON, **also)


def test_a_list_that_is_imported_has_not_failed(entry, refused):
    with refused("a_list_that_is_imported_has_not_failed"):
        Bibliography.objects.update(asked_at=NOON, failure="No.")


def test_a_list_is_owed_one_step_at_a_time(entry, refused):
    step = {"kind": "import_references", "bibliography": entry.bibliography, "owed_at": NOON, "due_at": NOON}
    Job.objects.create(**step)
    Job.objects.create(**step | {"kind": "read_references"})

    with refused("one_owed_step_per_bibliography"):
        Job.objects.create(**step)
