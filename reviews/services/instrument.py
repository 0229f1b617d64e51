"""How a form of questions changes: by another version, never in place."""

from django.db import transaction

from reviews.core.judging.definitions import read_instrument
from reviews.models import Instrument


@transaction.atomic
def add_version(instrument: Instrument, *, definition: str) -> Instrument:
    """Add the next version of an instrument, for the rounds that open from now on. Raises NotAnInstrument."""
    form = read_instrument(definition)
    newest = Instrument.objects.select_for_update().filter(slug=instrument.slug).latest("version")
    return Instrument.objects.create(
        slug=instrument.slug,
        version=newest.version + 1,
        title=form.title,
        about=form.about,
        definition=definition,
    )
