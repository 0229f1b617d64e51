"""One value, one spelling."""

import json
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.judging.canonical import (
    NoCanonicalForm,
    as_plain,
    canonical_json,
    decimal_text,
    joined_json,
    plain_json,
)


class Row(NamedTuple):
    place: int
    said: str


@dataclass(frozen=True)
class Pair:
    b: int
    a: tuple[str, ...]


def test_keys_are_sorted_and_nothing_is_wasted():
    assert canonical_json({"é": Pair(1, ("x",)), "a": {3, 1}, "z": None}) == (
        '{"a":[1,3],"z":null,"é":{"a":["x"],"b":1}}'.encode()
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.815388, "0.815"),
        (Fraction(2, 3), "0.667"),
        (-0.0001, "0.000"),
        (-0.25, "-0.250"),
        (Fraction(1, 2000), "0.000"),
        (Fraction(3, 2000), "0.002"),
        (1e20, "100000000000000000000.000"),
    ],
)
def test_numbers_that_are_not_whole_have_three_decimals(number, text):
    assert decimal_text(number) == text
    assert as_plain([number]) == [text]


@pytest.mark.parametrize(("value", "spelt"), [(None, b"null"), (True, b"true"), (3, b"3"), ("é", '"é"'.encode())])
def test_what_json_can_say_is_said_as_it_is(value, spelt):
    assert canonical_json(value) == spelt


class Word(str):
    pass


def test_what_is_a_kind_of_text_or_of_number_is_said_as_it_is():
    assert canonical_json([Word("x"), IntEnum("Degree", ["LOW", "HIGH"]).HIGH]) == b'["x",2]'


def test_a_set_has_one_order():
    assert as_plain({64, 1, Fraction(1, 2)}) == ["0.500", 1, 64]


def test_any_mapping_is_an_object_and_any_sequence_an_array():
    assert as_plain(MappingProxyType({1: Row(2, "x")})) == {"1": [2, "x"]}
    assert as_plain({"a": MappingProxyType({"b": (Fraction(1, 2),)})}) == {"a": {"b": ["0.500"]}}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (b"x", "A bytes cannot be written in a report."),
        (float("nan"), "A number that is not finite cannot be written in a report."),
    ],
)
def test_a_refusal_says_what_it_is(value, why):
    with pytest.raises(NoCanonicalForm) as refused:
        canonical_json({"a": [value]})

    assert str(refused.value) == why


def test_what_was_not_made_plain_is_no_report():
    with pytest.raises(ValueError, match="not JSON compliant"):
        plain_json(float("nan"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"bytes", Pair])
def test_what_has_no_form_is_refused(value):
    with pytest.raises(NoCanonicalForm):
        canonical_json(value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(alphabet="aé“ "), st.lists))
def test_plain_values_come_back_as_they_were(value):
    assert json.loads(canonical_json(value)) == value


def test_an_object_joined_of_its_parts_is_the_object_said_at_once():
    whole = {"quorum": 2, "reviews": [{"marks": {}}], "claims": ["dose \u2265 40 mg"]}

    assert joined_json({name: canonical_json(part) for name, part in whole.items()}) == canonical_json(whole)
