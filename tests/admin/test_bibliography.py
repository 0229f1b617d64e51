"""References in and out of the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from reviews.core.citing.reading import MOST_BYTES
from reviews.forms.bibliography import BibliographyForm
from reviews.jobs.bibliography import do_importing, do_reading_references
from reviews.models import Bibliography, Job, Source, SourceMerge
from tests.factories import (
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

LIST = "TY  - JOUR\nTI  - Moonflower and sleep\nDO  - 10.5555/m\nCY  - Rome\nER  - \nTY  - JOUR\nN2  - x\nER  - \n"


def bring_in(desk, **sent):
    return desk.post(reverse("admin:sources-import"), sent)


def done_by_the_worker():
    do = {"read_references": do_reading_references, "import_references": do_importing}
    for job in Job.objects.filter(kind__in=do, state="owed"):
        assert do[job.kind](job.pk, at=job.due_at) is True


def ris_file(name, text=LIST):
    return SimpleUploadedFile(name, text.encode())


def test_pasted_references_are_looked_through_and_then_imported(desk):
    answer = bring_in(desk, text=LIST)
    page = desk.get(answer.url).content.decode()

    assert not Source.objects.exists()
    assert "10.5555/m" in page
    assert "Rome" in page
    assert "It has neither a title nor an identifier" in page

    asked = desk.post(answer.url, {"entry-1": "import"}, follow=True).content.decode()
    assert "The list is being imported." in asked
    done_by_the_worker()

    assert [source.title for source in Source.objects.all()] == ["Moonflower and sleep"]
    assert "new source" in desk.get(answer.url).content.decode()


def test_a_file_is_read_like_a_paste(desk):
    answer = bring_in(desk, file=ris_file("export.ris"))

    assert "The list is being read." in desk.get(answer.url).content.decode()
    done_by_the_worker()

    assert "10.5555/m" in desk.get(answer.url).content.decode()
    assert Bibliography.objects.get().file_name == "export.ris"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Paste some references, or choose a file."),
        ({"text": "<html></html>"}, "not of PubMed, EndNote, CSL or Crossref"),
        ({"text": LIST, "file": SimpleUploadedFile("a.ris", LIST.encode())}, "keep one of them"),
        ({"file": SimpleUploadedFile("a.ris", b"x" * (MOST_BYTES + 1))}, "at most 4 MB and 1,000 references"),
        ({"file": [ris_file(f"{n}.ris") for n in range(51)]}, "Choose at most 50 files at once."),
    ],
)
def test_what_cannot_be_read_is_told_so_and_kept(desk, sent, sentence):
    page = bring_in(desk, **sent).content.decode()

    assert sentence in page
    assert not Bibliography.objects.exists()


def test_a_list_is_its_editors_own(desk, client):
    answer = bring_in(desk, text=LIST)
    client.force_login(EditorFactory())

    assert client.get(answer.url).status_code == 404


def test_a_list_is_put_away_by_a_button(desk):
    bring_in(desk, text=LIST)
    address = reverse("admin:bibliography-put-away", args=[Bibliography.objects.get().pk])

    assert desk.get(address).status_code == 405
    desk.post(address)

    assert not Source.objects.exists()
    assert Bibliography.objects.get().settled_at is not None


def test_of_many_files_each_says_what_became_of_it(desk):
    page = desk.post(
        reverse("admin:sources-import"),
        {"file": [ris_file("one.ris"), ris_file("two.docx", "PK\x03\x04" + "\0" * 200), ris_file("three.ris")]},
        follow=True,
    ).content.decode()
    assert (page.count("being read"), "every 2s" in page) == (3, True)

    done_by_the_worker()
    shown = desk.get(reverse("admin:sources-import"))
    page = shown.content.decode()

    assert (page.count("waits for you"), page.count("This file is no text"), "every 2s" in page) == (2, 1, False)


def test_a_file_that_is_too_long_costs_itself_only(desk):
    page = desk.post(
        reverse("admin:sources-import"),
        {"file": [ris_file("short.ris"), SimpleUploadedFile("long.ris", b"x" * (MOST_BYTES + 1))]},
        follow=True,
    ).content.decode()

    assert "Longer than 4 MB, and left out: long.ris" in page
    assert [one.file_name for one in Bibliography.objects.all()] == ["short.ris"]


def test_how_far_it_is_is_asked_for_until_the_worker_is_done(desk):
    bring_in(desk, file=ris_file("one.ris"))
    pages = [reverse("admin:sources-import"), reverse("admin:bibliography", args=[Bibliography.objects.get().pk])]

    under_way = [desk.get(page, headers={"HX-Request": "true"}) for page in pages]
    done_by_the_worker()
    over = [desk.get(page, headers={"HX-Request": "true"}) for page in pages]

    assert [("every 2s" in one.content.decode(), "HX-Refresh" in one.headers) for one in under_way] == [
        (True, False)
    ] * 2
    assert [one.headers.get("HX-Refresh") for one in over] == ["true", "true"]


def test_a_list_is_cancelled_and_read_again(desk):
    bring_in(desk, file=ris_file("one.ris"))
    pk = Bibliography.objects.get().pk

    cancelled = desk.post(reverse("admin:bibliography-cancel", args=[pk]), follow=True).content.decode()
    again = desk.post(reverse("admin:bibliography-again", args=[pk]), follow=True).content.decode()

    assert ("Read it again" in cancelled, "The list is being read." in again) == (True, True)


@pytest.mark.parametrize(("count", "queries"), [(1, 10), (3, 10)])
def test_a_list_takes_as_many_queries_for_one_as_for_three(desk, django_assert_max_num_queries, count, queries):
    text = "".join(f"TY  - JOUR\nTI  - Number {n}\nDO  - 10.5555/{n}\nER  - \n" for n in range(count))
    answer = bring_in(desk, text=text)

    with django_assert_max_num_queries(queries):
        desk.get(answer.url)


@pytest.mark.parametrize(
    ("form", "begins", "name"),
    [("ris", "TY  - JOUR", "ris"), ("bibtex", "@article{", "bib"), ("csl", "[", "json"), ("vancouver", "1. ", "txt")],
)
def test_chosen_sources_go_out(desk, form, begins, name):
    source = SourceFactory()
    SourceFactory()

    answer = desk.get(reverse("admin:sources-export"), {"form": form, "sources": source.pk, "download": "1"})

    assert answer.content.decode().startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="sources.{name}"'
    assert answer.content.decode().count(source.title) == 1


def test_what_a_format_cannot_say_is_told_before(desk):
    source = SourceFactory(kind="book", container="A Series")

    page = desk.get(reverse("admin:sources-export"), {"form": "ris", "sources": source.pk}).content.decode()

    assert "This format has no place for" in page
    assert "container" in page


def test_sources_that_look_alike_are_compared_merged_and_parted(desk):
    title = "Moonflower tea for restless sleep in adults"
    kept, other = SourceFactory(title=title, pmid=""), SourceFactory(title=title.upper(), pmid="42", doi="")
    merging = reverse("admin:source-merge", args=[kept.pk]) + f"?other={other.pk}"

    assert merging in desk.get(reverse("admin:sources-alike")).content.decode()
    assert "42" in desk.get(merging).content.decode()
    desk.post(merging)
    kept.refresh_from_db()
    assert kept.pmid == "42"

    desk.post(reverse("admin:merge-part", args=[SourceMerge.objects.get().pk]))

    other.refresh_from_db()
    assert (other.pmid, other.merged_into) == ("42", None)


def test_a_merged_source_leaves_the_list(desk):
    kept = SourceFactory()
    merged = SourceFactory(doi="", merged_into=kept)

    page = desk.get(reverse("admin:reviews_source_changelist")).content.decode()

    assert kept.title in page
    assert merged.title not in page


def test_the_address_of_a_merged_source_leads_to_the_one_that_stays(desk):
    kept = SourceFactory()
    merged = SourceFactory(doi="", merged_into=kept)

    answer = desk.get(reverse("admin:reviews_source_change", args=[merged.pk]))

    assertRedirects(answer, reverse("admin:reviews_source_change", args=[kept.pk]))


def test_what_a_fellow_reviewer_brought_leads_nowhere_once_merged(client):
    """Neither a source nor that somebody brought it may be guessed from where a number leads."""
    editor = EditorFactory()
    kept = SourceFactory()
    brought = SourceFactory(doi="", merged_into=kept)
    round = RoundFactory(claims=1)
    peer = ReviewFactory(round=round)
    RoundCitationFactory(claim=round.claims.get(), source=brought, origin="reviewer", added_in=peer)
    AssignmentFactory(round=round, reviewer=editor, accepted=True)
    client.force_login(editor)

    assert client.get(reverse("admin:reviews_source_change", args=[brought.pk])).status_code == 404


def test_a_list_that_was_put_away_is_taken_up_again(desk):
    bring_in(desk, text=LIST)
    bibliography = Bibliography.objects.get()
    door = lambda name: reverse(f"admin:bibliography{name}", args=[bibliography.pk])  # noqa: E731

    said = desk.post(door("-put-away"), follow=True).content.decode()
    desk.post(door("-take-up"))
    shown = desk.get(door("")).content.decode()
    desk.post(door(""), {"entry-1": "import"})
    done_by_the_worker()
    refused = desk.post(door("-take-up"), follow=True).content.decode()

    assert ("Take it up again" in said, "Put the list away" in shown) == (True, True)
    assert "Some of this list was imported" in refused
    assert Source.objects.count() == 1


def test_two_works_with_two_dois_are_warned_about_and_codes_are_said_in_words(desk):
    kept, other = SourceFactory(doi="10.5555/a", design="randomised_trial"), SourceFactory(doi="10.5555/b")
    same = SourceFactory(doi="", pmid="42")
    address = reverse("admin:source-merge", args=[kept.pk])

    differing = desk.get(address, {"other": other.pk}).content.decode()
    alike = desk.get(address, {"other": same.pk}).content.decode()

    assert "These two have different DOIs: 10.5555/a and 10.5555/b." in differing
    assert "These two have different" not in alike
    assert "randomised_trial" not in differing
    assert "Randomised" in differing or "randomised trial" in differing


def test_files_that_come_to_too_much_together_are_refused_with_what_to_do(desk, monkeypatch):
    monkeypatch.setattr(BibliographyForm.base_fields["file"], "most_together", 2_000_000)

    page = bring_in(
        desk, file=[ris_file("a.ris", "x" * 1_500_000), ris_file("b.ris", "x" * 1_500_000)]
    ).content.decode()

    assert "The files come to more than 2 MB together: bring them in a few at a time." in page
    assert not Bibliography.objects.exists()
