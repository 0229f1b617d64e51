"""An anchor finds its own words again, or says that it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.anchors import Anchor, anchor_at, locate, stands_in
from reviews.core.reading.errors import AnchorOutsideText

TEXT = "It may help sleep. In mice it may help sleep, too."


def test_an_anchor_holds_the_quote_and_what_stands_around_it():
    assert anchor_at(TEXT, 3, 17, context=4) == Anchor("may help sleep", prefix="It ", suffix=". In", start=3, end=17)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 999)])
def test_an_anchor_outside_the_text_is_refused(start, end):
    with pytest.raises(AnchorOutsideText):
        anchor_at(TEXT, start, end)


@given(st.text(min_size=1, max_size=80), st.data())
def test_an_anchor_stands_in_its_own_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert stands_in(anchor_at(text, start, end), text)


@pytest.mark.parametrize(
    "wrong",
    [
        Anchor("may help sleep", "It ", ".", 4, 18),
        Anchor("may help sleep", "At ", ".", 3, 17),
        Anchor("may help sleep", "It ", "!", 3, 17),
        Anchor("may help sleep", "It ", ".", 3, 16),
        Anchor("may", "Before It ", " help", 3, 6),
        Anchor("", "It ", "may", 3, 3),
    ],
)
def test_an_anchor_that_is_off_by_anything_does_not_stand(wrong):
    assert not stands_in(wrong, TEXT)


@pytest.mark.parametrize(
    ("quote", "context", "place"),
    [
        ("In mice", {}, (19, 26)),
        ("may help sleep", {}, None),
        ("may help sleep", {"prefix": "mice it "}, (30, 44)),
        ("may help sleep", {"suffix": ". In"}, (3, 17)),
        ("may help sleep", {"prefix": "rats it "}, None),
        ("In mice", {"prefix": "changed since "}, (19, 26)),
        ("may harm sleep", {}, None),
        ("", {}, None),
    ],
)
def test_a_quote_is_located_where_it_can_only_be(quote, context, place):
    assert locate(quote, TEXT, **context) == place
