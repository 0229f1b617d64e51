"""An editor asks for a file, and gets it for as long as it may be known."""

from datetime import timedelta

import pytest

from reviews.errors import ExportIsGone, ExportTellsTooMuch, NothingToExport, RoundHoldsClaims
from reviews.jobs.export import KEPT_FOR, do_export
from reviews.jobs.report import compile_report
from reviews.models import Adjudication, Export, Job, Round, User
from reviews.services.adjudication import renounce
from reviews.services.export import ask_for_export, fetch_export
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return EditorFactory()


@pytest.fixture
def round(editor) -> Round:
    round = RoundFactory(editors=[editor], opened_by=editor)
    for levels in (["accurate", "misleading"], ["inaccurate", "misleading"]):
        ReviewFactory(round=round, marks=levels, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


def ask(editor, **options):
    return ask_for_export(**{"content": "marks", "form": "csv", "by": editor, "at": NOON, **options})


def written(editor, **options):
    export = ask(editor, **options)
    do_export(export.jobs.latest("pk").pk, clock=lambda: NOON)
    return Export.objects.get(pk=export.pk)


def test_the_same_file_asked_for_twice_is_written_once(round, editor):
    first, second = ask(editor), ask(editor)

    assert first == second
    assert Job.objects.filter(kind="write_export").count() == 1


def test_a_file_that_is_there_does_not_stand_in_for_a_new_one(round, editor):
    first = written(editor)

    assert ask(editor) != first


def test_a_file_that_could_not_be_written_is_tried_again(round, editor):
    export = ask(editor)
    Job.objects.filter(export=export).update(state="failed", finished_at=NOON)

    assert ask(editor) == export
    assert [job.state for job in export.jobs.order_by("pk")] == ["failed", "owed"]


def test_before_a_round_is_compiled_there_is_nothing_to_ask_for(editor):
    RoundFactory(editors=[editor], opened_by=editor)

    with pytest.raises(NothingToExport):
        ask(editor)


def test_a_whole_round_is_not_for_who_may_not_know_all_of_it(round, editor):
    with pytest.raises(RoundHoldsClaims):
        ask(editor, content="bundle", form="zip", round=round)

    renounce(round.claims.get(number=1), editor=editor, at=NOON)
    assert ask(editor, content="bundle", form="zip", round=round).round == round


def test_a_file_is_fetched_and_it_is_noted_when(round, editor):
    export = written(editor)

    held = b"".join(fetch_export(export, by=editor, at=NOON))

    export.refresh_from_db()
    assert len(held) == export.size
    assert export.fetched_at == NOON


def test_a_file_is_for_nobody_else(round, editor):
    with pytest.raises(ExportIsGone):
        fetch_export(written(editor), by=EditorFactory(is_superuser=True), at=NOON)


def test_a_file_is_not_fetched_after_its_days(round, editor):
    export = written(editor)

    assert fetch_export(export, by=editor, at=NOON + KEPT_FOR - timedelta(seconds=1))
    with pytest.raises(ExportIsGone):
        fetch_export(export, by=editor, at=NOON + KEPT_FOR)


@pytest.mark.parametrize("change", ["reviewer", "interest", "role", "veil"])
def test_who_may_not_know_it_any_more_does_not_get_the_file(round, editor, change):
    renounce(round.claims.get(number=1), editor=editor, at=NOON)
    export = written(editor)
    if change == "reviewer":
        round.assignments.filter(pk=round.assignments.first().pk).update(reviewer=editor)
    elif change == "interest":
        type(round.revision.article).objects.update(vendor="Luna Teas")
        editor.interests = "Luna Teas"
    elif change == "role":
        editor.role = "own"
        round.editors.clear()
        type(round.revision.article).objects.update(added_by=EditorFactory())
    else:
        Adjudication.objects.all().delete()
    editor.save()

    with pytest.raises(ExportTellsTooMuch):
        fetch_export(export, by=editor, at=NOON)


def test_a_file_without_a_held_claim_stays_good(round, editor):
    export = written(editor)

    assert b"".join(fetch_export(export, by=editor, at=NOON))
