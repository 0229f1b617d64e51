"""The desk's exports: asked for, seen on their way, fetched."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.jobs.export import do_export
from reviews.models import Export, Job
from reviews.services.adjudication import renounce
from tests.admin.conftest import CANARY
from tests.factories import NOON, AssignmentFactory, EditorFactory, ExportFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:exports")
MARKS = {"content": "marks", "form": "csv"}


def write_all():
    for pk in Job.objects.filter(kind="write_export", state="owed").values_list("pk", flat=True):
        do_export(pk, clock=timezone.now)


def test_an_editor_asks_and_fetches(desk, disputed):
    asked = desk.post(PAGE, MARKS, follow=True).content.decode()
    write_all()
    shown = desk.get(PAGE).content.decode()
    export = Export.objects.get()
    file = desk.get(reverse("admin:export-file", args=[export.key]))

    assert "waits for its turn" in asked
    assert "hx-get" in asked
    assert "ready" in shown
    assert "hx-get" not in shown
    assert len(file.getvalue()) == export.size == int(file["Content-Length"])
    assert file["Content-Disposition"] == f'attachment; filename="{export.file_name}"'
    assert "no-store" in file["Cache-Control"]


def test_a_round_alone_is_exported_from_its_page(desk, disputed):
    page = desk.get(reverse("admin:reviews_round_change", args=[disputed.pk])).content.decode()
    form = desk.get(PAGE, {"round": disputed.pk}).content.decode()
    desk.post(PAGE, {**MARKS, "round": disputed.pk})

    assert f"{PAGE}?round={disputed.pk}" in page
    assert "Export this round" in form
    assert Export.objects.get().round == disputed


def test_the_zip_of_a_round_waits_for_what_the_editor_may_know(desk, disputed, editor):
    address = reverse("admin:round-bundle", args=[disputed.pk])

    refused = desk.post(address, follow=True).content.decode()
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)
    desk.post(address)
    write_all()

    assert "neither marked nor renounced" in refused
    assert Export.objects.get().made_at
    assert "verify_bundle" in desk.get(PAGE).content.decode()


def test_what_is_wrong_stands_on_the_form_with_what_was_typed(desk, disputed):
    wrong = desk.post(PAGE, {**MARKS, "since": "2026-03-02", "until": "2026-03-01"}).content.decode()
    empty = desk.post(PAGE, {**MARKS, "since": "2030-01-01"}).content.decode()

    assert "This day is before the first." in wrong
    assert 'value="2026-03-02"' in wrong
    assert "No round that you may see has a report here" in empty
    assert not Export.objects.exists()


def test_a_failed_file_can_be_tried_again(desk, disputed):
    desk.post(PAGE, {**MARKS, "since": "2026-01-01"})
    Job.objects.update(state="failed", finished_at=NOON)

    page = desk.get(PAGE).content.decode()
    desk.post(PAGE, {**MARKS, "since": "2026-01-01"})

    assert "could not be written" in page
    assert 'name="since" value="2026-01-01"' in page
    assert Job.objects.filter(state="owed", kind="write_export").count() == 1


def test_a_file_is_taken_away_at_once(desk, editor, disputed):
    export = ExportFactory(round=disputed, asked_by=editor, held=b"a file")

    for _ in range(2):
        desk.post(reverse("admin:export-remove", args=[export.key]))
    gone = desk.get(reverse("admin:export-file", args=[export.key]), follow=True).content.decode()

    assert not export.parts.exists()
    assert "This file is gone" in gone


def test_who_reads_only_takes_out_what_it_may_read(desk, editor, disputed):
    editor.role = "reader"
    editor.save()

    asked = desk.post(PAGE, MARKS)
    write_all()
    export = Export.objects.get()
    file = desk.get(reverse("admin:export-file", args=[export.key])).getvalue().decode("utf-8-sig")
    whole = desk.post(reverse("admin:round-bundle", args=[disputed.pk]), follow=True).content.decode()
    desk.post(reverse("admin:export-remove", args=[export.key]))

    assert asked.status_code == 302
    assert f"{CANARY}-1" in file
    assert {row["claim"] for row in csv.DictReader(file.splitlines())} == {"2"}
    assert "holds claims that you have neither marked nor renounced" in whole
    assert Export.objects.exclude(removed_at=None).get() == export


def test_who_reads_only_takes_out_nothing_of_a_round_kept_from_them(desk, editor, disputed):
    editor.role = "reader"
    editor.save()
    AssignmentFactory(round=disputed, reviewer=editor)

    page = desk.post(PAGE, MARKS).content.decode()

    assert "No round that you may see has a report here" in page
    assert not Export.objects.exists()


def test_nobody_sees_what_another_asked_for(desk, disputed):
    ExportFactory(round=disputed, asked_by=EditorFactory())

    assert "No file asked for" in desk.get(PAGE).content.decode()


@pytest.mark.parametrize(("role", "known"), [("editor", 0), ("chief", 1)])
def test_a_chief_editor_finds_on_the_trail_what_others_took_out(desk, editor, disputed, role, known):
    editor.role = role
    editor.save()
    ExportFactory(round=disputed, asked_by=EditorFactory())

    page = desk.get(reverse("admin:trail"), {"kind": "export"})

    assert [line.what for line in page.context["trail"]] == ["added"] * known


def test_the_page_asks_as_much_for_one_file_as_for_thirty(desk, editor, disputed):
    def queries():
        with CaptureQueriesContext(connection) as ran:
            desk.get(PAGE)
        return len(ran)

    ExportFactory(round=disputed, asked_by=editor)
    one = queries()
    for _ in range(30):
        ExportFactory(round=disputed, asked_by=editor)

    assert queries() == one
