"""A list of references comes in, is weighed against what is there, and is imported once."""

import pytest

from reviews.core.citing.errors import NoReferences
from reviews.errors import BibliographyIsSettled
from reviews.models import Bibliography, Source, SourceText
from reviews.services.bibliography import Standing, import_bibliography, put_away, receive_bibliography, weigh
from tests.factories import NOON, EditorFactory, RoundCitationFactory, SourceFactory

pytestmark = pytest.mark.django_db

TITLE = "Moonflower tea and sleep onset in adults"


def ris(**tags):
    return "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in tags.items()) + "ER  - \n"


def received(*references, by=None):
    return receive_bibliography("".join(references).encode(), file_name="list.ris", by=by or EditorFactory(), at=NOON)


def imported(bibliography, *, choices=None, seen=None):
    everything = Source.objects.all() if seen is None else seen
    rows = import_bibliography(bibliography, choices=choices or {}, seen=everything, by=bibliography.added_by, at=NOON)
    return [row.outcome for row in rows]


def standings(bibliography, seen=None):
    weighed = weigh(bibliography.entries.all(), seen=Source.objects.all() if seen is None else seen)
    return [one.standing for one in weighed]


def test_a_list_is_kept_as_it_was_received_with_every_reference():
    bibliography = received(ris(TI=TITLE, CY="Rome"), ris(N2="no title"))

    assert bytes(bibliography.received).startswith(b"TY  - JOUR")
    assert [(row.number, row.line, bool(row.csl)) for row in bibliography.entries.all()] == [
        (1, 1, True),
        (2, 5, False),
    ]
    assert bibliography.entries.get(number=1).left_out == [["CY", "Rome"]]
    assert not Source.objects.exists()


def test_nothing_readable_is_kept_of_nothing():
    with pytest.raises(NoReferences):
        received(" ")

    assert not Bibliography.objects.exists()


def test_each_reference_is_weighed_against_what_is_there():
    SourceFactory(doi="10.5555/known", pmid="", year=2019, title="Known", text="Stored.")
    SourceFactory(doi="", pmid="42", title="Half of it")
    SourceFactory(doi="", title=TITLE, year=2019)
    bibliography = received(
        ris(TI="New", DO="10.5555/new"),
        ris(TI="Known", DO="10.5555/KNOWN"),
        ris(TI="Known", DO="10.5555/known", PM="7"),
        ris(TI="Half", PM="42", VL="3"),
        ris(TI=TITLE.upper(), PY="2020"),
        ris(TI="Known", DO="10.5555/other", PM="42"),
        ris(N2="no title"),
    )

    assert standings(bibliography) == [
        Standing.NEW,
        Standing.KNOWN,
        Standing.REPEATED,
        Standing.FILLS,
        Standing.ALIKE,
        Standing.REPEATED,
        Standing.BROKEN,
    ]


def test_a_reference_with_identifiers_of_two_sources_would_merge_them():
    one, two = SourceFactory(doi="10.5555/one"), SourceFactory(doi="", pmid="42")
    bibliography = received(ris(TI="Both", DO="10.5555/one", PM="42"))

    assert standings(bibliography) == [Standing.JOINS]
    assert imported(bibliography) == ["merged"]

    two.refresh_from_db()
    one.refresh_from_db()
    assert (two.merged_into, one.pmid) == (one, "42")


def test_weighing_takes_as_many_queries_for_one_as_for_many(django_assert_num_queries):
    one = received(ris(TI="One", DO="10.5555/1"))
    three = received(*(ris(TI=f"Number {n}", DO=f"10.5555/{n}") for n in range(3)))

    for bibliography in (one, three):
        rows = list(bibliography.entries.all())
        with django_assert_num_queries(1):
            weigh(rows, seen=Source.objects.all())


def test_a_list_is_imported_once():
    bibliography = received(ris(TI=TITLE, DO="10.5555/new", AB="It helped.", AU="Nox, Ada"), ris(TI="Skip me"))

    assert imported(bibliography, choices={2: "skip"}) == ["new", "skipped"]
    with pytest.raises(BibliographyIsSettled):
        imported(bibliography)

    source = Source.objects.get()
    assert (source.title, source.doi, source.authors, source.text) == (TITLE, "10.5555/new", "Nox, Ada", "It helped.")
    assert source.added_by == bibliography.added_by
    assert [text.origin for text in SourceText.objects.filter(source=source)] == ["an imported list"]
    assert bibliography.entries.get(number=1).source == source


def test_what_is_there_is_filled_and_never_overwritten():
    source = SourceFactory(doi="10.5555/known", title="As the desk wrote it", volume="", year=2019)
    bibliography = received(ris(TI="Another title", DO="10.5555/known", VL="12", PY="2018"))

    assert imported(bibliography) == ["filled"]

    source.refresh_from_db()
    assert (source.title, source.year, source.volume) == ("As the desk wrote it", 2019, "12")


def test_a_title_that_only_says_the_identifier_gives_way():
    imported(received("10.5555/known\n"))
    imported(received(ris(TI=TITLE, DO="10.5555/known")))

    assert [source.title for source in Source.objects.all()] == [TITLE]


def test_one_that_looks_like_another_is_the_same_where_the_editor_says_so():
    source = SourceFactory(doi="", title=TITLE, year=2019)

    assert imported(received(ris(TI=TITLE, DO="10.5555/x", PY="2019")), choices={1: "same"}) == ["filled"]

    source.refresh_from_db()
    assert source.doi == "10.5555/x"


def test_a_source_that_the_editor_may_not_see_answers_like_a_new_one():
    hidden = RoundCitationFactory(source__doi="10.5555/hidden", source__title="Brought by a peer").source
    seen = Source.objects.exclude(pk=hidden.pk)
    bibliography = received(ris(TI="As I know it", DO="10.5555/hidden"))

    assert standings(bibliography, seen=seen) == [Standing.NEW]
    assert imported(bibliography, seen=seen) == ["new"]

    hidden.refresh_from_db()
    assert hidden.title == "As I know it"


def test_a_list_that_is_put_away_imports_nothing():
    bibliography = received(ris(TI=TITLE))

    put_away(bibliography, at=NOON)

    assert not Source.objects.exists()
    with pytest.raises(BibliographyIsSettled):
        imported(bibliography)
