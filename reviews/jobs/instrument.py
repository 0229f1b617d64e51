"""Installing the scale and the instruments that Assay ships with, as versioned data."""

from django.db import transaction

from reviews.core.judging.definitions import read_instrument, shipped_definitions
from reviews.core.judging.scales import ACCURACY
from reviews.models import Instrument, Level, Scale

SCALE_SLUG, SCALE_TITLE = "accuracy", "Accuracy"


@transaction.atomic
def install_instruments() -> list[Scale | Instrument]:
    """Install what is shipped, and return what is new. Twice is once.

    A version that stands is never touched, for marks and answers may hang on it. What is shipped under a number that
    the desk has reached by its own versions is not installed: the desk's wording stays.
    """
    installed = [_install_instrument(definition) for definition in shipped_definitions()]
    return [row for row in (_install_scale(), *installed) if row]


def _install_scale() -> Scale | None:
    newest = Scale.objects.filter(slug=SCALE_SLUG).order_by("-version").first()
    if newest and newest.value == ACCURACY:
        return None
    version = newest.version + 1 if newest else 1
    scale = Scale.objects.create(slug=SCALE_SLUG, version=version, title=SCALE_TITLE)
    Level.objects.bulk_create(
        Level(
            scale=scale,
            name=level.name,
            title=level.title,
            definition=level.definition,
            position=level.position,
            beyond_harm_line=level.beyond_harm_line,
            order=order,
            colour=level.name,
            icon=level.name,
        )
        for order, level in enumerate(ACCURACY)
    )
    return scale


def _install_instrument(definition: str) -> Instrument | None:
    form = read_instrument(definition)
    newest = Instrument.objects.filter(slug=form.slug).order_by("-version").first()
    if newest and newest.version >= form.version:
        return None
    return Instrument.objects.create(
        slug=form.slug,
        version=form.version,
        title=form.title,
        about=form.about,
        definition=definition,
    )
