import pytest

from reviews.models import Recheck
from reviews.services.source import save_source
from tests.factories import NOON, EditorFactory, ReportFactory, RoundCitationFactory, SourceFactory


@pytest.fixture
def report(db):
    return ReportFactory()


def recheck(report, **fields):
    return Recheck.objects.create(**{"report": report, "cause": "decision", "since": NOON, **fields})


def test_a_cause_stands_open_once(refused, report):
    recheck(report)

    with refused("one_open_recheck_per_cause"):
        recheck(report)


def test_what_is_settled_names_the_report_that_settled_it(refused, report):
    with refused("a_settled_recheck_names_the_report_that_settled_it"):
        recheck(report, settled_at=NOON)


def test_a_recheck_for_a_source_names_it(refused, report):
    with refused("a_recheck_for_a_source_names_it"):
        recheck(report, cause="retracted")
    with refused("a_recheck_for_a_source_names_it"):
        recheck(report, cause="decision", source=SourceFactory())


@pytest.mark.parametrize(
    ("change", "cause"), [({"retraction": "retracted"}, "retracted"), ({"nct": "NCT00000001"}, "record")]
)
def test_a_source_that_changes_makes_the_newest_reports_stale_that_weighed_it(report, change, cause):
    """Held by the trigger "changed_source_makes_reports_stale": plain SQL goes through no service."""
    newest = ReportFactory(round=report.round, number=2, previous=report)
    source = RoundCitationFactory(claim=report.round.claims.first()).source
    RoundCitationFactory(claim=report.round.claims.last(), source=source)
    ReportFactory()

    type(source).objects.filter(pk=source.pk).update(**change)
    type(source).objects.filter(pk=source.pk).update(text="More of it.")

    assert list(Recheck.objects.values_list("report", "cause", "source")) == [(newest.pk, cause, source.pk)]


def test_a_source_saved_as_it_was_makes_nothing_stale(report):
    source = RoundCitationFactory(claim=report.round.claims.first()).source

    save_source(source, by=EditorFactory(), at=NOON)

    assert not Recheck.objects.exists()
