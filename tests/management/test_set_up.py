"""Setting up a fresh portal, and one that stands."""

from io import StringIO

import pytest
from django.core.management import call_command

from reviews.models import Instrument, Scale


def set_up():
    output = StringIO()
    call_command("set_up", stdout=output)
    return [line for line in output.getvalue().splitlines() if line.startswith("Installed")]


@pytest.mark.django_db
def test_setting_up_twice_is_setting_up_once():
    assert set_up() == [
        "Installed Accuracy (version 1).",
        "Installed DISCERN (version 2).",
        "Installed HealthNewsReview criteria, news release (version 2).",
        "Installed HealthNewsReview criteria (version 3).",
        "Installed JAMA benchmarks (version 2).",
        "Installed QUEST (version 2).",
        "Installed Assay 1.",
    ]
    assert set_up() == []
    assert (Scale.objects.count(), Instrument.objects.count()) == (1, 5)
