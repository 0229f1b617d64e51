"""Agreement as points with their intervals, on one line."""

from lxml import etree

from reviews.pictures.agreement import Statistic, draw_agreement


def drawn(*statistics):
    return etree.fromstring(draw_agreement(statistics))


def kinds(drawing):
    return [shape.get("class") for shape in drawing]


def test_a_statistic_is_a_point_and_its_interval_a_bar():
    drawing = drawn(Statistic("alpha", 0.5, (0.25, 0.75), "0.500"))

    point = next(shape for shape in drawing if shape.get("class") == "picture-mark")
    bar = next(shape for shape in drawing if shape.get("class") == "picture-interval")
    assert (float(point.get("cx")), float(bar.get("x1")), float(bar.get("x2"))) == (160, 86, 234)
    assert drawing.get("aria-label") == "alpha: 0.500."


def test_what_is_undefined_has_no_point_and_says_so():
    drawing = drawn(Statistic("alpha", None, None, "undefined: no variation"))

    assert "picture-mark" not in kinds(drawing)
    assert "undefined" in [shape.text for shape in drawing]


def test_the_line_begins_below_zero_only_where_it_has_to():
    numbers = [
        [shape.text for shape in drawn(Statistic("alpha", value, None, "")) if shape.text] for value in (0.2, -0.2)
    ]

    assert ["-1" in words for words in numbers] == [False, True]
