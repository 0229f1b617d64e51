"""The map of evidence says in words what it shows by signs."""

import pytest
from lxml import etree

from reviews.pictures.evidence import evidence_map, letter_of
from tests.pseudo import LEFT_TO_RIGHT, spoken

SVG = "{http://www.w3.org/2000/svg}"


def source(key, stance, *, title="Mixed", decides=False, retracted=False):
    return {
        "key": key,
        "stance": {"code": stance},
        "stance_title": title,
        "decides": decides,
        "retracted": retracted,
        "record": {"title": f"Trial <{key}>"},
    }


def claim(number, *sources):
    return {"number": number, "evidence": {"sources": sources}}


@pytest.fixture
def shown():
    best = source("b", "supports", title="Supports the claim", decides=True)
    gone = source("a", "contradicts", title="Contradicts the claim", retracted=True)
    return evidence_map([claim(1, best, gone), claim(2, best), claim(3)])


def test_the_map_says_in_words_what_it_shows(shown):
    assert shown.rows == [
        (1, "A supports the claim (best evidence), B contradicts the claim (retracted)"),
        (2, "A supports the claim (best evidence)"),
        (3, "no source"),
    ]
    drawing = etree.fromstring(shown.picture)
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == " ".join(f"Claim {number}: {words}." for number, words in shown.rows)


def test_every_reading_is_a_sign_the_best_is_ringed_and_the_retracted_struck_out(shown):
    kinds = [shape.get("class") for shape in etree.fromstring(shown.picture)]

    assert [kinds.count(f"picture-{kind}") for kind in ("mark", "sign", "ring", "strike")] == [3, 3, 2, 1]


def test_sources_have_letters_in_the_order_in_which_they_come_up(shown):
    assert [(letter, reference[:9]) for letter, reference in shown.sources] == [("A", "Trial <b>"), ("B", "Trial <a>")]
    assert [letter_of(place) for place in (0, 25, 26, 53)] == ["A", "Z", "A1", "B2"]


def test_without_a_source_there_is_no_map():
    assert evidence_map([claim(1), claim(2)]) is None


def test_a_picture_has_no_style_of_its_own(shown):
    assert "style" not in shown.picture
    assert "fill=" not in shown.picture


def test_a_row_with_a_long_name_begins_behind_it():
    with spoken(LEFT_TO_RIGHT):
        shown = evidence_map([claim(1, source("b", "supports", title="Supports the claim"))])

    drawing = etree.fromstring(shown.picture)
    name = next(one.text for one in drawing if one.get("class") == "picture-row")
    line = next(one for one in drawing if one.get("class") == "picture-grid")
    assert float(line.get("x1")) >= 7 * len(name)
