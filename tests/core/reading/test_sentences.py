"""A text to sentences whose offsets are exact, in time that grows with the text and no faster."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.core.reading.document import Region
from reviews.core.reading.sentences import LONGEST_PIECE, split_sentences


def sentences(text, regions=()):
    return [text[span.start : span.end] for span in split_sentences(text, regions)]


@pytest.mark.shared
def test_all_forty_eight_golden_rules_hold(shared):
    rules = json.loads((shared / "sentences" / "golden_rules_en.json").read_text())

    broken = [rule["text"] for rule in rules if sentences(rule["text"]) != [part.strip() for part in rule["sentences"]]]

    assert (len(rules), broken) == (48, [])


def test_an_hour_that_leads_in_ends_no_sentence():
    assert sentences("Around 6 p.m. Dr. Moon woke. She slept again at 7 p.m. Then she rose.") == [
        "Around 6 p.m. Dr. Moon woke.",
        "She slept again at 7 p.m.",
        "Then she rose.",
    ]


def test_a_title_is_one_sentence_and_litter_is_none():
    text = "Sleep. Better. Now\n\nZinc helps. Or not.\n\nLeave a Reply. Or two."
    regions = (Region("title", 0, 18), Region("body", 20, 39), Region("comments", 41, 63))

    assert sentences(text, regions) == ["Sleep. Better. Now", "Zinc helps.", "Or not."]


def test_a_list_number_stays_with_its_sentence():
    assert sentences("1. Better Sleep: Zinc helps. It may not.\n\n2. Fewer Colds: Zinc shortens colds.") == [
        "1. Better Sleep: Zinc helps.",
        "It may not.",
        "2. Fewer Colds: Zinc shortens colds.",
    ]


def test_abbreviations_and_company_names_do_not_end_a_sentence():
    assert sentences("Dr. Smith gave 5 mg to each. It was made by ACME PHARM CO.,LTD. in 2019.") == [
        "Dr. Smith gave 5 mg to each.",
        "It was made by ACME PHARM CO.,LTD. in 2019.",
    ]


def test_a_block_longer_than_the_cap_is_cut_after_a_sentence():
    text = " ".join(["Zinc may shorten a cold by a day or so."] * 200)

    assert sentences(text) == ["Zinc may shorten a cold by a day or so."] * 200


def test_characters_that_the_splitter_uses_for_itself_come_through():
    assert sentences("Zinc ∯ helps ♨ here. Then ☏ not.") == ["Zinc ∯ helps ♨ here.", "Then ☏ not."]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aZ1 .!?\n\"'()“”:,-é∯", max_size=120))
def test_spans_are_trimmed_in_order_and_lose_no_character(text):
    spans = split_sentences(text, ())

    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() != "" for span in spans)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_no_sentence_is_longer_than_a_piece():
    assert max(len(sentence) for sentence in sentences("word " * 5000)) <= LONGEST_PIECE
