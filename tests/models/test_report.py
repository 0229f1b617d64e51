import pytest

from reviews.models import Publication, Report, Verdict
from tests.factories import NOON, EditorFactory, ReportFactory


@pytest.fixture
def report(db):
    return ReportFactory()


@pytest.fixture
def publication(report):
    return Publication.objects.create(
        article=report.round.revision.article,
        report=report,
        published_at=NOON,
        published_by=report.round.opened_by,
    )


def test_a_report_never_changes(protected, report):
    with protected("report_never_changes"):
        Report.objects.update(canonical='{"claims": []}')
    with protected("report_never_changes"):
        Report.objects.all()._raw_delete("default")


def test_a_number_is_given_once(refused, report):
    with refused("one_report_per_number"):
        ReportFactory(round=report.round)


def test_every_report_but_the_first_follows_another(refused, report):
    with refused("every_report_but_the_first_follows_another"):
        ReportFactory(round=report.round, number=2)


def test_a_report_is_followed_by_one(refused, report):
    ReportFactory(round=report.round, number=2, previous=report)

    with refused("reviews_report_previous_id_key"):
        ReportFactory(round=report.round, number=3, previous=report)


def test_a_verdict_never_changes(protected, report):
    report.verdicts.create(claim=report.round.claims.first(), label="accurate", final="accurate")

    with protected("verdict_never_changes"):
        Verdict.objects.update(final="inaccurate")


def test_a_report_rules_once_on_a_claim(refused, report):
    claim = report.round.claims.first()
    report.verdicts.create(claim=claim)

    with refused("one_verdict_per_claim"):
        report.verdicts.create(claim=claim)


def test_a_report_is_published_once(refused, publication):
    with refused("reviews_publication_report_id_key"):
        Publication.objects.create(
            article=publication.article,
            report=publication.report,
            published_at=NOON,
            published_by=publication.published_by,
        )


def test_a_withdrawal_has_a_note(refused, publication):
    with refused("a_withdrawal_has_a_day_a_person_and_a_note"):
        Publication.objects.update(withdrawn_at=NOON, withdrawn_by=EditorFactory())
