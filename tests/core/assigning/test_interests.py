"""Declared interests against the parties of an article."""

import pytest

from reviews.core.assigning.interests import conflicts, names_in, normal

PARTIES = {"vendor": "Copperleaf Health (UK)", "product": "", "publisher": "The Daily Herb", "author": "Ann O'Thor"}


def test_interests_are_names_one_a_line_each_once():
    assert names_in("Copperleaf Ltd.\n\n copperleaf  LTD\nThe Daily-Herb\n") == ["copperleaf", "the daily herb"]


def test_a_name_that_is_nothing_but_a_legal_form_stays():
    assert names_in("SE\nLimited Co") == ["se", "limited"]


@pytest.mark.parametrize(
    ("interest", "met"),
    [
        ("Copperleaf Ltd", [("copperleaf", "vendor")]),
        ("copperleaf health", [("copperleaf health", "vendor")]),
        ("Ann O’Thor", [("ann o thor", "author")]),
        ("leaf", []),
        ("Health Copperleaf", []),
        ("Herb", [("herb", "publisher")]),
    ],
)
def test_an_interest_meets_a_party_by_whole_words_in_order(interest, met):
    assert conflicts(names_in(interest), parties=PARTIES) == met


def test_nobody_meets_an_empty_name():
    assert conflicts(names_in("Anybody"), parties={"vendor": "", "product": " "}) == []


def test_the_normal_form_parts_words_by_one_space():
    assert normal("  Müller_&_Söhne,  Köln ") == "müller söhne köln"
