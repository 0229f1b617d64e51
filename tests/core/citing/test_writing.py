"""Records go out and come back: equal, or what is lost is named."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.core.citing.reading import read_references
from reviews.core.citing.records import KINDS, Record
from reviews.core.citing.styles import vancouver
from reviews.core.citing.writing import lost_in, write_references

TRIAL = Record(
    title="Moonflower & sleep: 50% {better}?",
    authors=("Selene, Luna Maria", "Nox, Ada", "World Sleep Group"),
    editors=("Orr, Edith",),
    container="Journal of Invented Herbs",
    year=2019,
    volume="12",
    issue="3",
    pages="145-149",
    publisher="Herbal Press",
    doi="10.5555/moon.1",
    pmid="123",
    pmcid="PMC77",
    nct="NCT00000001",
    isbn="9780306406157",
    url="https://journal.example/a_b",
)


@pytest.mark.parametrize("form", ["ris", "bibtex", "csl"])
@pytest.mark.parametrize("kind", [code for code, _ in KINDS if not code.startswith("article-n")])
def test_a_record_comes_back_whole(form, kind):
    record = replace(
        TRIAL, kind=kind, title="Moonflower & sleep: 50% {better}?" if form != "bibtex" else "Moonflower & 50%"
    )
    container = {"book": "", "article-magazine": "The Herb"}.get(kind, record.container)
    record = replace(record, container=container, issue="" if kind == "book" else "3")

    kept = {"kind"} if form == "bibtex" and kind == "article-magazine" else set()
    assert set(lost_in(record, form=form)) == kept


def test_what_a_format_has_no_place_for_is_named():
    book = replace(TRIAL, kind="book", container="A Series")

    assert lost_in(book, form="ris") == ("container",)


LINE = st.text(alphabet=st.characters(categories=["L", "N", "P"], include_characters=" "), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
RECORDS = st.builds(
    Record,
    title=LINE.filter(bool),
    authors=st.lists(LINE.filter(bool), max_size=3).map(tuple),
    container=LINE,
    year=st.none() | st.integers(1500, 2199),
    volume=LINE,
    pages=LINE,
    doi=st.just("") | st.just("10.5555/a(b)c"),
    kind=st.sampled_from(["", *(code for code, _ in KINDS)]),
)


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.sampled_from(["ris", "bibtex", "csl"]))
def test_whatever_does_not_come_back_is_named(record, form):
    lost = set(lost_in(record, form=form))

    batch = read_references(write_references([record], form=form).encode())

    for entry in batch.entries[:1]:
        changed = {f.name for f in fields(Record) if getattr(entry.record, f.name) != getattr(record, f.name)}
        assert changed == lost or len(batch.entries) > 1


def test_keys_are_told_apart():
    written = json.loads(write_references([TRIAL, TRIAL, Record(title="Alone")], form="csl"))

    assert [item["id"] for item in written] == ["selene2019", "selene2019-2", "alone"]


@pytest.mark.parametrize(
    ("record", "written"),
    [
        (
            TRIAL,
            "Selene LM, Nox A, World Sleep Group. Moonflower & sleep: 50% {better}? Journal of Invented Herbs. "
            "2019;12(3):145-9. doi: 10.5555/moon.1.",
        ),
        (
            Record(title="Sleep", authors=("Nox, Ada",), kind="book", publisher="Herbal Press", year=2020),
            "Nox A. Sleep. Herbal Press; 2020.",
        ),
        (
            Record(title="Tea", kind="chapter", container="Sleep", editors=("Orr, E.",), year=2020, pages="3-9"),
            "Tea. In: Orr E, editor. Sleep. 2020. p. 3-9.",
        ),
        (
            Record(title="A page", kind="webpage", url="https://site.example"),
            "A page [Internet]. Available from: https://site.example.",
        ),
        (
            Record(
                title="Many", authors=tuple(f"Family{n}, A" for n in range(8)), container="BMJ", pages="e7", year=2001
            ),
            "Family0 A, Family1 A, Family2 A, Family3 A, Family4 A, Family5 A, et al. Many. BMJ. 2001:e7.",
        ),
    ],
)
def test_a_reference_is_written_out_as_biomedical_journals_do(record, written):
    assert vancouver(record) == written
