"""What leaves the house: written once, by nobody's name, without what its editor may not know; gone in time."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.jobs.export import KEPT_FOR, UNFETCHED, do_export, owe_export, parts_of, remove_expired_exports
from reviews.jobs.instrument import install_instruments
from reviews.jobs.merging import merge_sources
from reviews.jobs.notice import send_notice
from reviews.jobs.report import compile_report
from reviews.jobs.sweep import sweep
from reviews.models import (
    Adjudication,
    AnswerSheet,
    Export,
    ExportPart,
    Instrument,
    Job,
    Notice,
    Review,
    Round,
    User,
)
from reviews.services.adjudication import renounce
from reviews.services.export import ask_for_export, fetch_export
from tests.factories import (
    NOON,
    AppraisalFactory,
    EditorFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
HELD, OPEN = 1, 2
"""The claims of the round: the first is held, the second is not."""


@pytest.fixture
def editor() -> User:
    return EditorFactory(name="Edna Editor")


@pytest.fixture
def round(editor) -> Round:
    return closed_round(editor)


def closed_round(editor):
    """A closed and compiled round: two reviewers who did everything there is, and disagree on the first claim."""
    install_instruments()
    round = RoundFactory(editors=[editor], opened_by=editor)
    round.instruments.set(Instrument.objects.current().filter(slug="jama"))
    claims = list(round.claims.all())
    for claim in claims:
        RoundCitationFactory(claim=claim, source__title=f"=Trial of claim {claim.number}")
    for number, levels in enumerate((["accurate", "misleading"], ["inaccurate", "misleading"])):
        review = ReviewFactory(
            round=round,
            assignment__reviewer__name=f"Canary Person{number}",
            marks=levels,
            marks__rationale=f"=Reason {number}",
        )
        for claim in claims:
            added = RoundCitationFactory(claim=claim, origin="reviewer", added_in=review)
            AppraisalFactory(review=review, citation=claim.citations.filter(added_in=None).get())
            AppraisalFactory(review=review, citation=added)
        sheet = AnswerSheet.objects.create(review=review, instrument=round.instruments.get(), version=1)
        item = sheet.instrument.form.items[0]
        sheet.answers.create(item=item.key, value="met")
        review.omissions.create(kind="harms", note="None is named.")
        Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


def asked(content, *, by, form="json", **options):
    return ask_for_export(content=content, form=form, by=by, at=NOON, **options)


def made(export, *, at=NOON):
    assert do_export(export.jobs.latest("pk").pk, clock=lambda: at)
    export.refresh_from_db()
    return b"".join(parts_of(export))


def rows_of(content, *, by, **options):
    return json.loads(made(asked(content, by=by, **options)))


@pytest.mark.parametrize("content", ["marks", "appraisals"])
def test_of_a_held_claim_nothing_is_told_until_its_editor_may_know(round, editor, content):
    before = {row["claim"] for row in rows_of(content, by=editor)}
    renounce(round.claims.get(number=HELD), editor=editor, at=NOON)
    after = {row["claim"] for row in rows_of(content, by=editor)}

    assert (before, after) == ({OPEN}, {HELD, OPEN})


def test_a_held_claim_is_a_row_of_the_report_that_says_no_more_than_that(round, editor):
    held, ruled = rows_of("reports", by=editor)

    assert (held["verdict"], ruled["verdict"]) == ("held for the editor", "Misleading")
    assert {name for name in ("level", "panel_label", "votes", "held_because", "reasoning") if held[name]} == set()
    assert ruled["votes"] == ["misleading: 2"]
    assert held["finding_on_the_article"] == "held for the editor"


def test_what_a_reviewer_brought_to_a_held_claim_is_not_among_the_sources(round, editor):
    told = [(row["claim"], row["origin"]) for row in rows_of("sources", by=editor)]

    assert told == [(HELD, "editor"), (OPEN, "editor"), (OPEN, "reviewer"), (OPEN, "reviewer")]


@pytest.mark.parametrize("content", ["reports", "marks", "appraisals", "answers", "omissions", "sources"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_nobody_is_named_and_each_has_one_name_in_all_files(round, editor, content, form):
    renounce(round.claims.get(number=HELD), editor=editor, at=NOON)

    held = made(asked(content, by=editor, form=form))

    told = held
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(held)) as book:
            told = b"".join(book.read(name) for name in book.namelist())
    assert b"Canary" not in told
    assert b"@example" not in told


def test_a_reviewer_has_the_same_name_in_all_files_of_a_round(round, editor):
    tables = [rows_of(content, by=editor) for content in ("marks", "appraisals", "answers", "omissions")]

    names = [{row["reviewer"] for row in rows} for rows in tables]
    assert len(names[0]) == 2
    assert names == [names[0]] * 4


def test_a_reviewer_has_another_name_in_another_round(round, editor):
    reviewer = Review.objects.filter(assignment__round=round).first().assignment.reviewer
    other = RoundFactory(editors=[editor], opened_by=editor)
    for _ in range(2):
        ReviewFactory(round=other, marks=["misleading"] * 2, submitted=True)
    other.assignments.filter(pk=other.assignments.first().pk).update(reviewer=reviewer)
    Round.objects.filter(pk=other.pk).update(closed_at=NOON, closing="editor")
    compile_report(other, at=NOON)

    rows = rows_of("marks", by=editor)

    assert len({row["reviewer"] for row in rows}) == 4


def _closed_without_a_report(editor):
    round = RoundFactory(editors=[editor], opened_by=editor, closed_at=NOON, closing="editor")
    RoundCitationFactory(claim=round.claims.first())
    return round


@pytest.mark.parametrize("keep", ["reviewer", "interest", "other_desk", "open", "not_compiled"])
def test_a_round_that_the_editor_may_not_see_is_in_no_file(round, editor, keep):
    other = closed_round(editor) if keep != "not_compiled" else _closed_without_a_report(editor)
    if keep == "reviewer":
        other.assignments.filter(pk=other.assignments.first().pk).update(reviewer=editor)
    elif keep == "interest":
        type(other.revision.article).objects.filter(pk=other.revision.article_id).update(vendor="Luna Teas")
        User.objects.filter(pk=editor.pk).update(interests="Luna Teas")
    elif keep == "other_desk":
        User.objects.filter(pk=editor.pk).update(role="own")
        other.editors.clear()
    elif keep == "open":
        Round.objects.filter(pk=other.pk).update(closed_at=None, closing="")
    editor.refresh_from_db()

    told = {row["round"] for row in rows_of("sources", by=editor)}

    assert told == {round.pk}


def test_what_may_be_seen_is_asked_when_the_file_is_written(round, editor):
    export = asked("marks", by=editor)
    User.objects.filter(pk=editor.pk).update(is_staff=False)

    do_export(export.jobs.get().pk, clock=lambda: NOON)

    assert export.jobs.get().state == "failed"
    assert not ExportPart.objects.exists()


def test_a_file_is_written_once_however_often_the_worker_is_asked(round, editor):
    export = asked("marks", by=editor)
    job = export.jobs.get()

    first, second = (do_export(job.pk, clock=lambda: NOON) for _ in range(2))

    assert (first, second) == (True, False)
    assert [part.number for part in export.parts.all()] == [0]


def test_a_failed_file_may_be_owed_again_and_leaves_nothing(round, editor, monkeypatch):
    export = asked("marks", by=editor)
    monkeypatch.setattr("reviews.jobs.export.KEPT_FOR", timedelta(0))  # what a written file may not be

    do_export(export.jobs.get().pk, clock=lambda: NOON)
    Job.objects.update(state="failed", finished_at=NOON)
    again = owe_export(export, at=NOON)

    assert (again.state, export.parts.count(), export.covers.count()) == ("owed", 0, 0)


def test_a_long_work_renews_its_lease_and_says_how_far_it_is(round, editor, monkeypatch):
    closed_round(editor)
    monkeypatch.setattr("reviews.jobs.export.ROUNDS_AT_ONCE", 1)
    export = asked("marks", by=editor)
    seen = []

    def clock():
        row = Export.objects.get(pk=export.pk)
        seen.append((row.rounds, row.rounds_written, export.jobs.get().lease_until))
        return NOON + timedelta(minutes=len(seen))

    do_export(export.jobs.get().pk, clock=clock)

    assert (2, 1) in {(rounds, written) for rounds, written, _ in seen}
    leases = [lease for *_, lease in seen if lease]
    assert len(set(leases)) == len(leases) > 2


def test_the_number_of_queries_does_not_grow_with_the_rounds(round, editor):
    def queries():
        export = asked("marks", by=editor)
        with CaptureQueriesContext(connection) as ran:
            do_export(export.jobs.latest("pk").pk, clock=lambda: NOON)
        return len(ran)

    one = queries()
    for _ in range(2):
        closed_round(editor)

    assert queries() == one


def test_a_period_takes_the_rounds_that_were_closed_in_it(round, editor):
    later = closed_round(editor)
    Round.objects.filter(pk=later.pk).update(closed_at=NOON + timedelta(days=40))

    told = rows_of("sources", by=editor, since=NOON.date(), until=NOON.date())

    assert {row["round"] for row in told} == {round.pk}


def test_the_zip_of_a_round_compiles_elsewhere(round, editor, tmp_path):
    renounce(round.claims.get(number=HELD), editor=editor, at=NOON)
    held = made(asked("bundle", form="zip", round=round, by=editor))
    file, out = tmp_path / "round.zip", io.StringIO()
    file.write_bytes(held)

    call_command("verify_bundle", str(file), stdout=out)

    assert round.reports.get().fingerprint in out.getvalue()


def test_a_zip_that_came_to_tell_too_much_is_not_written(round, editor):
    renounce(round.claims.get(number=HELD), editor=editor, at=NOON)
    export = asked("bundle", form="zip", round=round, by=editor)
    Adjudication.objects.all().delete()

    do_export(export.jobs.get().pk, clock=lambda: NOON)

    assert export.jobs.get().state == "failed"


def test_formulas_of_reviewers_are_text(round, editor):
    held = made(asked("marks", by=editor, form="csv")).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(held, newline="")))
    assert {row["rationale"] for row in rows} == {"'=Reason 0", "'=Reason 1"}


def test_a_merged_source_stands_as_its_round_knew_it(round, editor):
    cited = round.claims.get(number=OPEN).citations.get(added_in=None).source
    merge_sources(SourceFactory(title="The one kept", retraction="retracted"), absorbed=cited, by=editor, at=NOON)

    (row,) = [row for row in rows_of("sources", by=editor) if (row["claim"], row["origin"]) == (OPEN, "editor")]

    assert (row["title"], row["retraction"]) == ("=Trial of claim 2", "retracted")


def test_a_file_goes_when_its_days_are_over_and_its_row_stays(round, editor):
    export = asked("marks", by=editor)
    made(export)

    for at in (NOON + KEPT_FOR - timedelta(seconds=1), NOON + KEPT_FOR, NOON + KEPT_FOR):
        sweep(at)

    export.refresh_from_db()
    assert (export.removed_at, ExportPart.objects.count()) == (NOON + KEPT_FOR, 0)
    assert remove_expired_exports(at=NOON + KEPT_FOR) == 0


def test_who_asked_is_mailed_once_when_the_file_is_there_for_some_minutes(round, editor):
    export = asked("marks", by=editor, round=round)
    made(export)

    mail = Notice.objects.get(kind="export_ready")

    assert (mail.recipient, mail.address, mail.round, mail.export) == (editor, editor.email, round, export)
    assert mail.due_at == NOON + UNFETCHED


def test_whoever_waited_on_the_page_and_fetched_it_gets_no_mail(round, editor):
    fetched, waiting = (asked("marks", form=form, by=editor) for form in ("csv", "json"))
    for export in (fetched, waiting):
        made(export)
    list(fetch_export(fetched, by=editor, at=NOON))

    for mail in Notice.objects.filter(kind="export_ready"):
        send_notice(mail.pk, at=mail.due_at)

    states = dict(Notice.objects.filter(kind="export_ready").values_list("export", "state"))
    assert states == {fetched.pk: "dropped", waiting.pk: "sent"}
