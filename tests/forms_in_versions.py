"""A form in two versions: one question stays, one changes its choices, one its kind, one goes, one is new."""

from reviews.core.judging.definitions import read_instrument
from reviews.models import Instrument
from reviews.services.instrument import add_version

PART = """
[[options.told]]
code = "part"
title = "In part"
"""
OLD = (
    """
slug = "{slug}"
version = 1
title = "Checks"
about = "{about}"
introduction = "Four questions."

[[options.told]]
code = "yes"
title = "Yes"

[[options.told]]
code = "no"
title = "No"
"""
    + PART
    + """
[scoring]
method = "none"

[[items]]
key = "why"
kind = "text"
wording = "Why?"
guidance = "In words."
required = false

[[items]]
key = "dose"
kind = "text"
wording = "Which dose?"
guidance = "In words."
required = false

[[items]]
key = "gone"
kind = "text"
wording = "What else?"
guidance = "In words."
required = false

[[items]]
key = "told"
kind = "choice"
wording = "Is it told?"
guidance = "Choose."
required = true
options = "told"
"""
)


def two_versions(about: str = "article", slug: str = "checks") -> tuple[Instrument, Instrument]:
    """Return both versions of the form, stored."""
    definition = OLD.format(slug=slug, about=about)
    form = read_instrument(definition)
    old = Instrument.objects.create(
        slug=form.slug, version=1, title=form.title, about=form.about, definition=definition
    )
    newer = (
        definition.replace("version = 1", "version = 2")
        .replace('key = "dose"\nkind = "text"', 'key = "dose"\nkind = "number"')
        .replace('key = "gone"', 'key = "fresh"')
        .replace(PART, "")
    )
    return old, add_version(old, definition=newer)
