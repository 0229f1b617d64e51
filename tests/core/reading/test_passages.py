"""How a text is cut for a page."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.document import Region
from reviews.core.reading.passages import passages

TEXT = "A title\n\nOne sentence. Another one.\nStill the same.\n\nLeave a Reply"


def test_a_text_without_regions_is_body_by_paragraph():
    (passage,) = passages(TEXT, regions=[], spans={})

    assert passage.kind == "body"
    assert [[piece.text for piece in paragraph] for paragraph in passage.paragraphs] == [
        ["A title"],
        ["One sentence. Another one.\nStill the same."],
        ["Leave a Reply"],
    ]


def test_regions_come_in_order_with_what_lies_between_them():
    found = passages(TEXT, regions=[Region("title", 0, 7), Region("comments", 53, 66)], spans={})

    assert [passage.kind for passage in found] == ["title", "body", "comments"]


def test_overlapping_spans_cut_each_other():
    body = Region("body", 9, 51)
    spans = {"a": (9, 22), "b": (13, 35), "c": (13, 22)}

    (_, passage, _) = passages(TEXT, regions=[Region("title", 0, 7), body, Region("comments", 53, 66)], spans=spans)

    assert [(piece.text, piece.spans) for piece in passage.paragraphs[0]] == [
        ("One ", ("a",)),
        ("sentence.", ("a", "b", "c")),
        (" Another one.", ("b",)),
        ("\nStill the same.", ()),
    ]


def test_a_span_over_two_paragraphs_stands_in_both():
    (passage,) = passages(TEXT, regions=[], spans={"a": (2, 12)})

    assert [[piece.spans for piece in paragraph] for paragraph in passage.paragraphs] == [
        [(), ("a",)],
        [("a",), ()],
        [()],
    ]


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.dictionaries(st.text("xyz", min_size=1), st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=4),
)
def test_nothing_but_white_space_is_lost_and_every_piece_knows_its_spans(text, lengths):
    spans = {
        name: (start, min(start + length, len(text))) for name, (start, length) in lengths.items() if start < len(text)
    }

    runs = [run for passage in passages(text, regions=[], spans=spans) for run in passage.paragraphs]
    pieces = [piece for run in runs for piece in run]

    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())
    assert all(before.end == after.start for run in runs for before, after in pairwise(run))
    for piece in pieces:
        covering = {name for name, (start, end) in spans.items() if start <= piece.start and piece.end <= end}
        assert set(piece.spans) == covering
