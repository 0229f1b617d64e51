"""A list of references comes in, is weighed against what is there, and is imported once."""

import pytest

from reviews.core.citing.errors import NoReferences
from reviews.errors import BibliographyHasMovedOn, BibliographyIsSettled
from reviews.jobs.bibliography import AT_A_TIME, Standing, do_importing, do_reading_references, weigh
from reviews.models import Bibliography, Job, Source, SourceText
from reviews.services.bibliography import (
    ask_for_import,
    bring_in_lists,
    cancel_list,
    put_away,
    read_again,
    receive_bibliography,
    take_up_again,
)
from tests.factories import (
    NOON,
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

TITLE = "Moonflower tea and sleep onset in adults"


def ris(**tags):
    return "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in tags.items()) + "ER  - \n"


def received(*references, by=None):
    return receive_bibliography("".join(references).encode(), file_name="list.ris", by=by or EditorFactory(), at=NOON)


def worked(kind, do):
    """Let the worker do one owed job of a kind."""
    assert do(Job.objects.get(kind=kind, state="owed").pk, at=NOON) is True


def imported(bibliography, *, choices=None):
    ask_for_import(bibliography, choices=choices or {}, at=NOON)
    worked("import_references", do_importing)
    return list(bibliography.entries.values_list("outcome", flat=True))


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
    assert imported(bibliography, choices={1: "merge"}) == ["merged"]

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


def test_two_sources_are_never_made_one_that_nobody_asked_to_merge():
    bibliography = received(ris(TI="Both", DO="10.5555/one", PM="42"))
    ask_for_import(bibliography, choices={1: "import"}, at=NOON)
    SourceFactory(doi="10.5555/one"), SourceFactory(doi="", pmid="42")

    worked("import_references", do_importing)

    assert bibliography.entries.get().outcome == "skipped"
    assert not Source.objects.exclude(merged_into=None).exists()


def test_a_source_that_the_editor_may_not_see_answers_like_a_new_one():
    round, editor = RoundFactory(), EditorFactory()
    AssignmentFactory(round=round, reviewer=editor, accepted=True)
    hidden = SourceFactory(doi="10.5555/hidden", title="Brought by a peer")
    peer = ReviewFactory(round=round)
    RoundCitationFactory(claim=round.claims.first(), source=hidden, origin="reviewer", added_in=peer)
    bibliography = received(ris(TI="As I know it", DO="10.5555/hidden"), by=editor)

    assert standings(bibliography, seen=Source.objects.exclude(pk=hidden.pk)) == [Standing.NEW]
    assert imported(bibliography) == ["new"]

    hidden.refresh_from_db()
    assert hidden.title == "As I know it"


def test_of_many_files_a_broken_one_costs_itself_only_and_says_why():
    files = [(f"{n}.ris", ris(TI=f"Number {n}").encode()) for n in range(3)]
    files[1] = ("1.ris", b"<html></html>")

    lists = bring_in_lists(files, by=EditorFactory(), at=NOON)
    assert {one.state for one in lists} == {"reading"}
    for job in Job.objects.filter(kind="read_references"):
        assert do_reading_references(job.pk, at=NOON) is True

    told = Bibliography.objects.order_by("pk")
    assert [one.state for one in told] == ["waiting", "failed", "waiting"]
    assert told[1].failure == "This is XML or JSON, but not of PubMed, EndNote, CSL or Crossref."
    assert [one.entries.count() for one in told] == [1, 0, 1]


def test_a_reading_is_cancelled_and_tried_again():
    (bibliography,) = bring_in_lists([("a.ris", ris(TI=TITLE).encode())], by=EditorFactory(), at=NOON)

    cancel_list(bibliography, at=NOON)
    worked("read_references", do_reading_references)
    bibliography.refresh_from_db()
    assert (bibliography.state, bibliography.entries.count()) == ("cancelled", 0)
    with pytest.raises(BibliographyHasMovedOn):
        cancel_list(bibliography, at=NOON)

    read_again(bibliography, at=NOON)
    worked("read_references", do_reading_references)
    bibliography.refresh_from_db()
    assert (bibliography.state, bibliography.entries.count()) == ("waiting", 1)
    with pytest.raises(BibliographyHasMovedOn):
        read_again(bibliography, at=NOON)


def test_an_import_goes_step_by_step_and_what_came_in_before_it_is_cancelled_stays():
    bibliography = received(*(ris(TI=f"Number {n}", DO=f"10.5555/{n}") for n in range(AT_A_TIME + 2)))
    ask_for_import(bibliography, choices={}, at=NOON)
    worked("import_references", do_importing)
    assert Source.objects.count() == AT_A_TIME

    cancel_list(bibliography, at=NOON)
    worked("import_references", do_importing)
    bibliography.refresh_from_db()
    assert (bibliography.state, Source.objects.count()) == ("waiting", AT_A_TIME)

    ask_for_import(bibliography, choices={AT_A_TIME + 1: "skip"}, at=NOON)
    worked("import_references", do_importing)
    bibliography.refresh_from_db()
    assert (bibliography.state, Source.objects.count()) == ("settled", AT_A_TIME + 1)
    assert bibliography.entries.get(number=AT_A_TIME + 1).outcome == "skipped"


def test_the_rest_of_a_list_is_put_away_after_an_import_that_was_cancelled():
    bibliography = received(*(ris(TI=f"Number {n}", DO=f"10.5555/{n}") for n in range(AT_A_TIME + 1)))
    ask_for_import(bibliography, choices={}, at=NOON)
    worked("import_references", do_importing)
    cancel_list(bibliography, at=NOON)

    put_away(bibliography, at=NOON)

    assert list(bibliography.entries.values_list("outcome", flat=True)) == ["new"] * AT_A_TIME + ["skipped"]


def test_a_list_is_asked_for_once_while_it_is_imported():
    bibliography = received(ris(TI=TITLE))
    ask_for_import(bibliography, choices={}, at=NOON)

    for again in (lambda: ask_for_import(bibliography, choices={}, at=NOON), lambda: put_away(bibliography, at=NOON)):
        with pytest.raises(BibliographyHasMovedOn):
            again()


def test_a_reference_that_is_refused_costs_itself_alone():
    joined = SourceFactory(doi="", pmid="42")
    SourceFactory(doi="10.5555/one")
    SourceFactory(doi="", merged_into=joined)
    bibliography = received(ris(TI="Both", DO="10.5555/one", PM="42"), ris(TI=TITLE))

    assert imported(bibliography, choices={1: "merge"}) == ["refused", "new"]
    assert bibliography.entries.get(number=1).why_refused != ""


def test_a_list_of_which_nothing_came_in_is_taken_up_again():
    bibliography = received(ris(TI=TITLE))
    imported(bibliography, choices={1: "skip"})

    take_up_again(bibliography)

    bibliography.refresh_from_db()
    assert bibliography.state == "waiting"
    assert imported(bibliography) == ["new"]


def test_a_list_that_is_put_away_imports_nothing():
    bibliography = received(ris(TI=TITLE))

    put_away(bibliography, at=NOON)

    assert not Source.objects.exists()
    with pytest.raises(BibliographyIsSettled):
        imported(bibliography)
