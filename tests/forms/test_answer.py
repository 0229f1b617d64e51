"""The forms of instruments show the words that somebody else wrote, and nothing that hides in them."""

from dataclasses import replace

import pytest

from reviews.core.judging.definitions import shipped_instruments
from reviews.forms.answer import SheetForm

HOSTILE = '<img src=x onerror=alert(1)> & "more"'
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;more&quot;"
KINDS = sorted({item.kind: item for instrument in shipped_instruments() for item in instrument.items}.items())


@pytest.mark.parametrize("item", [item for _, item in KINDS], ids=[kind for kind, _ in KINDS])
def test_guidance_is_shown_as_the_words_it_is(item):
    hostile = replace(item, guidance=HOSTILE, wording=HOSTILE, show_if=())
    instrument = replace(shipped_instruments()[0], items=(hostile,))

    (question,) = next(SheetForm(instrument=instrument, prefix="sheet").sections())[1]
    drawn = str(question.field.as_field_group())

    assert drawn.count(ESCAPED) == 2
    assert "<img" not in drawn
