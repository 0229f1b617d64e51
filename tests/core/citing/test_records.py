"""One record behind every source."""

from dataclasses import replace

import pytest

from reviews.core.citing.records import Record

TRIAL = Record(
    title="A trial of something",
    authors=("Smith, Ada", "Jones, Ben", "WHO Group"),
    container="Lancet",
    year=2019,
    volume="393",
    issue="2",
    pages="11-19",
    doi="10.1000/abc",
    pmid="123",
    nct="NCT01234567",
    url="https://journal.example/abc",
)


@pytest.mark.parametrize(
    ("authors", "short"),
    [
        ((), "A trial of something 2019, Lancet"),
        (("Smith, Ada",), "Smith 2019, Lancet"),
        (("Smith, Ada", "Jones, Ben"), "Smith and Jones 2019, Lancet"),
        (("Smith, Ada", "Jones, Ben", "WHO Group"), "Smith et al. 2019, Lancet"),
    ],
)
def test_a_record_is_spoken_of_in_short(authors, short):
    assert replace(TRIAL, authors=authors).short() == short


def test_a_record_is_written_out():
    assert TRIAL.formatted() == (
        "Smith, Ada; Jones, Ben; WHO Group. (2019). A trial of something. Lancet 393(2):11-19. doi:10.1000/abc."
    )


@pytest.mark.parametrize(
    ("record", "written"),
    [
        (Record(title="Alone"), "Alone."),
        (Record(title="A page", url="https://site.example/a"), "A page. https://site.example/a."),
        (Record(title="A paper", container="BMJ", volume="3", pages="7"), "A paper. BMJ 3:7."),
        (Record(title="A paper", container="BMJ", pages="e7"), "A paper. BMJ:e7."),
    ],
)
def test_what_is_not_known_is_not_written(record, written):
    assert record.formatted() == written


def test_a_record_comes_back_from_csl():
    assert Record.from_csl(TRIAL.as_csl()) == TRIAL


def test_csl_leaves_out_what_is_not_known():
    assert Record(title="Alone").as_csl() == {"type": "document", "title": "Alone"}


def test_csl_of_others_is_read():
    item = {
        "title": ["First title", "Second"],
        "container-title": ["Journal"],
        "issued": {"date-parts": [[None]]},
        "author": [{"name": "A consortium"}, {"family": "Smith"}, {}],
        "reference-count": 3,
    }

    assert Record.from_csl(item) == Record(title="First title", container="Journal", authors=("A consortium", "Smith"))


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        (None, None),
        ({}, None),
        ({"date-parts": [["2019", 5]]}, 2019),
        ({"date-parts": [["n.d."]]}, None),
        ("2019", None),
    ],
)
def test_a_year_is_a_number_or_not_known(issued, year):
    assert Record.from_csl({"title": "T", "issued": issued}).year == year


def test_the_key_is_made_of_the_content():
    assert TRIAL.key() == "doi:10.1000/abc"
    assert replace(TRIAL, doi="").key() == "pmid:123"
    nameless = replace(TRIAL, doi="", pmid="")
    assert nameless.key().startswith("record:")
    assert replace(nameless, title="A TRIAL of something.").key() == nameless.key()
    assert replace(nameless, year=2020).key() != nameless.key()


@pytest.mark.parametrize(
    ("record", "link"),
    [
        (TRIAL, "https://doi.org/10.1000/abc"),
        (replace(TRIAL, doi=""), "https://pubmed.ncbi.nlm.nih.gov/123/"),
        (Record(title="T", pmcid="PMC1"), "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"),
        (Record(title="T"), ""),
    ],
)
def test_a_record_knows_where_it_is_found(record, link):
    assert record.link() == link
