"""Installing what Assay ships with."""

import pytest

from reviews.core.judging.scales import ACCURACY
from reviews.jobs.instrument import install_instruments
from reviews.models import AnswerSheet, Instrument, Scale
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


def test_scale_and_instruments_are_installed_once():
    first, second = install_instruments(), install_instruments()

    assert [str(row) for row in first] == [
        "Accuracy (version 1)",
        "DISCERN (version 1)",
        "HealthNewsReview criteria (version 1)",
    ]
    assert second == []


def test_the_installed_scale_is_the_shipped_one():
    install_instruments()

    assert Scale.objects.get().value == ACCURACY


def test_a_changed_definition_becomes_the_next_version_and_leaves_the_answered_one():
    install_instruments()
    answered = Instrument.objects.get(slug="discern")
    Instrument.objects.filter(pk=answered.pk).update(definition=f"# older\n{answered.definition}")
    AnswerSheet.objects.create(review=ReviewFactory(), instrument=answered)

    assert [str(row) for row in install_instruments()] == ["DISCERN (version 2)"]

    answered.refresh_from_db()
    assert answered.definition.startswith("# older")


def test_a_changed_scale_becomes_the_next_version():
    install_instruments()
    Scale.objects.get().levels.filter(name="misleading").update(title="Lacks context")

    assert [str(row) for row in install_instruments()] == ["Accuracy (version 2)"]
