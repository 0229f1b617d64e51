"""How a report goes before readers."""

import pytest

from reviews.errors import (
    AlreadyPublished,
    AlreadyWithdrawn,
    ClaimsUndecided,
    CorrectionUnexplained,
    NewerReportStands,
    ReasonMissing,
    ReportIsBeingCompiled,
    RoundIsOpen,
)
from reviews.jobs.report import compile_report
from reviews.jobs.work import owe_report
from reviews.models import Notice, Report, Round
from reviews.services.assignment import set_aside_marks
from reviews.services.publication import publish_report, withdraw_publication
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


def compiled(*, marks=("misleading", "misleading"), revision=None):
    """The report of a closed round of three reviewers, who agree unless told otherwise."""
    round = RoundFactory(revision=revision) if revision else RoundFactory()
    for level in (*marks, "misleading"):
        ReviewFactory(assignment__round=round, marks=[level, level], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    return compile_report(round, at=NOON)


def published(report, **changes):
    words = {"summary": "", "correction": "", "by": report.round.opened_by, "at": NOON}
    return publish_report(report, **{**words, **changes})


def test_a_published_report_is_mailed_to_everybody_who_worked_on_it():
    report = compiled()

    publication = published(report, summary=" Mind the claims. ")

    reviewers = [assignment.reviewer.email for assignment in report.round.assignments.all()]
    assert (publication.article, publication.summary) == (report.round.revision.article, "Mind the claims.")
    assert sorted(Notice.objects.filter(kind="published").values_list("address", flat=True)) == sorted(
        [*reviewers, report.round.opened_by.email]
    )


def test_a_report_with_an_undecided_claim_is_not_published():
    report = compiled(marks=("accurate", "inaccurate"))

    with pytest.raises(ClaimsUndecided):
        published(report)


def test_a_report_is_published_once():
    report = compiled()
    published(report)

    with pytest.raises(AlreadyPublished):
        published(report)


def test_only_the_newest_report_is_published_and_not_while_another_is_compiled():
    report = compiled()
    set_aside_marks(report.round.assignments.last(), reason="A tie came out.", at=NOON)

    with pytest.raises(ReportIsBeingCompiled):
        published(report)
    report.round.jobs.all().delete()
    newer = compile_report(report.round, at=NOON)
    with pytest.raises(NewerReportStands):
        published(report)

    assert published(newer).report == newer


def test_a_new_compile_that_is_owed_holds_the_publication_back():
    report = compiled()
    owe_report(report.round, at=NOON)

    with pytest.raises(ReportIsBeingCompiled):
        published(report)


def test_nothing_is_published_of_an_open_round():
    report = Report.objects.create(round=RoundFactory(), number=1, fingerprint="0", canonical="{}", compiled_at=NOON)

    with pytest.raises(RoundIsOpen):
        published(report)


def test_a_later_report_of_the_article_corrects_the_earlier_one_with_a_note():
    first = compiled()
    published(first)
    second = compiled(revision=first.round.revision)

    with pytest.raises(CorrectionUnexplained):
        published(second)
    correction = published(second, correction="A third reviewer was heard.")

    assert [p.report for p in correction.article.publications.newest_first()] == [second, first]


def test_a_publication_is_withdrawn_with_a_note_once():
    publication, editor = published(compiled()), EditorFactory()

    with pytest.raises(ReasonMissing):
        withdraw_publication(publication, note=" ", by=editor, at=NOON)
    withdraw_publication(publication, note="Its main source was retracted.", by=editor, at=NOON)

    publication.refresh_from_db()
    assert (publication.withdrawn_by, publication.withdrawal) == (editor, "Its main source was retracted.")
    with pytest.raises(AlreadyWithdrawn):
        withdraw_publication(publication, note="Again.", by=editor, at=NOON)
