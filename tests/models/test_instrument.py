import pytest

from reviews.models import Instrument, Level, Scale
from tests.factories import ReviewFactory, ScaleFactory


@pytest.fixture
def instrument(db):
    return Instrument.objects.create(slug="moon", version=1, title="Moon", about="article", definition="title = 'Moon'")


def test_a_scale_has_one_row_per_version(refused):
    ScaleFactory()

    with refused("one_scale_per_slug_and_version"):
        Scale.objects.create(slug="accuracy", version=1, title="Another")


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("name", "one_level_per_name"),
        ("order", "one_level_per_order"),
        ("position", "one_level_per_position"),
    ],
)
def test_levels_of_a_scale_differ(refused, field, rule):
    first, second = ScaleFactory().levels.all()[:2]

    with refused(rule):
        Level.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


def test_an_instrument_has_one_row_per_version(refused, instrument):
    with refused("one_instrument_per_slug_and_version"):
        Instrument.objects.create(slug="moon", version=1, title="Moon again", about="article", definition="")


def test_an_answered_instrument_is_frozen(refused, instrument):
    instrument.title = "Moon, not yet answered"
    instrument.save()
    ReviewFactory().sheets.create(instrument=instrument)

    with refused("answered_instrument_is_frozen"):
        Instrument.objects.update(title="Moon, changed")
    with refused("answered_instrument_is_frozen"):
        Instrument.objects.all()._raw_delete("default")


def test_a_sheet_names_a_claim_where_its_instrument_is_about_one_and_only_there(refused, instrument):
    review = ReviewFactory()
    about_claims = Instrument.objects.create(slug="each", version=1, title="Each", about="claim", definition="")

    with refused("sheet_is_about_what_its_instrument_is_about"):
        review.sheets.create(instrument=instrument, claim=review.round.claims.first())
    with refused("sheet_is_about_what_its_instrument_is_about"):
        review.sheets.create(instrument=about_claims)
