"""Installing what Assay ships with."""

import pytest

from reviews.core.judging.scales import ACCURACY
from reviews.jobs.instrument import install_instruments
from reviews.models import AnswerSheet, Instrument, Scale
from reviews.services.instrument import add_version
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


def test_scale_and_instruments_are_installed_once():
    first, second = install_instruments(), install_instruments()

    assert [str(row) for row in first] == [
        "Accuracy (version 1)",
        "DISCERN (version 2)",
        "HealthNewsReview criteria, news release (version 2)",
        "HealthNewsReview criteria (version 3)",
        "JAMA benchmarks (version 2)",
        "QUEST (version 2)",
    ]
    assert second == []


def test_the_installed_scale_is_the_shipped_one():
    install_instruments()

    assert Scale.objects.get().value == ACCURACY


def test_a_newer_shipped_version_is_installed_beside_the_answered_one():
    install_instruments()
    answered = Instrument.objects.get(slug="discern")
    Instrument.objects.filter(pk=answered.pk).update(version=1)
    AnswerSheet.objects.create(review=ReviewFactory(), instrument=answered)

    assert [str(row) for row in install_instruments()] == ["DISCERN (version 2)"]

    answered.refresh_from_db()
    assert answered.version == 1


def test_a_version_of_the_desk_is_not_replaced():
    install_instruments()
    discern = Instrument.objects.get(slug="discern")
    add_version(discern, definition=discern.definition.replace("version = 2", "version = 3"))

    assert install_instruments() == []


def test_a_changed_scale_becomes_the_next_version():
    install_instruments()
    Scale.objects.get().levels.filter(name="misleading").update(title="Lacks context")

    assert [str(row) for row in install_instruments()] == ["Accuracy (version 2)"]
