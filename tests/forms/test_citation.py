"""How a reviewer names a source."""

import pytest

from reviews.core.citing.records import Record
from reviews.forms.citation import OwnSourceForm


def sent(**fields) -> OwnSourceForm:
    return OwnSourceForm({f"own-{name}": value for name, value in fields.items()})


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        ("https://doi.org/10.5555/ABC", Record(title="DOI 10.5555/abc", doi="10.5555/abc")),
        ("PMID: 123", Record(title="PMID 123", pmid="123")),
        ("PMC45", Record(title="PMCID PMC45", pmcid="PMC45")),
        ("nct01234567", Record(title="Trial NCT01234567", nct="NCT01234567")),
    ],
)
def test_an_identifier_is_enough_and_stands_for_the_title(typed, record):
    form = sent(identifier=typed)

    assert form.is_valid()
    assert form.record() == record


def test_a_source_by_hand_has_one_author_a_line():
    form = sent(title="Tea", authors="Nox, Ada\n\n Selene, Luna ", year="2020", container="Herbs", url="example.org/a")

    assert form.is_valid()
    assert form.record() == Record(
        title="Tea", authors=("Nox, Ada", "Selene, Luna"), year=2020, container="Herbs", url="https://example.org/a"
    )
