"""A list of references, and what its rows may say."""

import pytest

from reviews.models import Bibliography, BibliographyEntry
from tests.factories import NOON, EditorFactory, SourceFactory


@pytest.fixture
def entry(db):
    bibliography = Bibliography.objects.create(
        received=b"x", sha256="0" * 64, format="ris", added_at=NOON, added_by=EditorFactory()
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
