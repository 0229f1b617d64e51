"""The progress of a round says in words what it shows."""

from lxml import etree

from reviews.pictures.progress import Share, draw_progress


def drawn(*counts, quorum=2):
    shares = [Share(count, "green", words) for count, words in zip(counts, ("in", "at work", "invited"), strict=True)]
    return etree.fromstring(draw_progress(shares, quorum=quorum))


def boxes(drawing):
    return [
        (float(shape.get("x")), float(shape.get("x")) + float(shape.get("width")))
        for shape in drawing
        if shape.get("class") == "picture-mark"
    ]


def test_the_shares_stand_side_by_side_and_fill_the_bar():
    drawing = drawn(1, 0, 3)

    assert drawing.get("aria-label") == "1 in, 3 invited; 2 needed."
    assert boxes(drawing) == [(1, 79), (81, 319)]


def test_fewer_asked_than_the_quorum_leave_the_bar_unfilled():
    assert boxes(drawn(1, 0, 0, quorum=4)) == [(1, 79)]


def test_nobody_asked_is_said():
    assert drawn(0, 0, 0).get("aria-label") == "nobody asked; 2 needed."
