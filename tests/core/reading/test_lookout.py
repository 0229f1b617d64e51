"""One pass finds what every pattern by itself finds, no more and no less."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.lookout import NONE, Lookout
from reviews.core.reading.noticing import LOOKOUT, SUBJECTS, notice
from reviews.core.reading.openings import (
    AHEAD,
    BEHIND,
    LONGEST,
    REPEATS,
    SAME,
    begins_anywhere,
    codes,
    needs_of,
    parser,
    plain,
    ways_of,
)
from reviews.core.reading.rules import RULES
from reviews.core.reading.sentences import Span
from tests.bench.cues import judged
from tests.hostile.patterns import adversaries

PATTERNS = {place: rule.wording for place, rule in enumerate(RULES)} | dict(SUBJECTS)
SENTENCES = [each.sentence for each in judged()]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
ODD = ["ſtudies", "Kills", "İt", "µg", "٣ mg", "é", "ß", "the THE", "®", "tea®", "(", "“", "\n", "  ", "-", "100 %"]


def by_each(sentence, patterns=PATTERNS):
    return sorted(
        (str(name), found.span()) for name, wording in patterns.items() for found in wording.finditer(sentence)
    )


def in_one_pass(sentence, lookout=LOOKOUT):
    (matches,) = lookout.found_in([sentence])
    return sorted((str(name), found.span()) for name, found in matches)


def test_the_labelled_sentences_have_the_same_matches_in_one_pass():
    one_by_one = [by_each(sentence) for sentence in SENTENCES]
    together = [sorted((str(name), found.span()) for name, found in each) for each in LOOKOUT.found_in(SENTENCES)]

    assert sum(map(len, one_by_one)) > 500
    assert together == one_by_one


@pytest.mark.parametrize("name", PATTERNS)
def test_texts_made_for_a_pattern_have_the_same_matches(name):
    made = [one.beginning + one.repeated for one in adversaries(PATTERNS[name]) if len(one.repeated) < 200]
    texts = [" ".join(made[place : place + 4]) for place in range(len(made))] + made

    assert [in_one_pass(text) for text in texts] == [by_each(text) for text in texts]


@given(st.lists(st.sampled_from(WORDS + ODD), max_size=20), st.sampled_from([" ", " ", ""]), st.booleans())
def test_any_row_of_words_has_the_same_matches(words, between, shouts):
    text = between.join(words)
    text = text.upper() if shouts else text

    assert in_one_pass(text) == by_each(text)


@given(st.text(alphabet="aAsSiIkK0µ '’\n-ſıİK", max_size=30))
def test_any_row_of_letters_has_the_same_matches(text):
    patterns = {
        "cased": re.compile(r"(?<!\w)(?:As|[A-Z]k)\w*"),
        "uncased": re.compile(r"(?<!\w)(?:sk|is|µ[ak]?|\d+ ?k|['’]s)", re.IGNORECASE),
        "twice": re.compile(r"(?<!\w)([^\W\d_]+)\s\1", re.IGNORECASE),
        "inside": re.compile(r"k[si]", re.IGNORECASE),
        "many": re.compile(r"(?<!\w)(?:(?:a |s ){0,3}i|(?:k{2,3}|a{2}))", re.IGNORECASE),
        "mixed": re.compile(r"(?<!\w)(?:(?i:k)s|a(?i:S)) ?(?i:k)"),
    }

    assert in_one_pass(text, Lookout(patterns)) == by_each(text, patterns)


def test_each_sentence_has_its_own_matches():
    text = "Tea heals. Tea heals colds."

    one, other = notice(text, [Span(0, 10), Span(11, 27)])

    assert (one.text, one.wordings) == ("Tea heals.", {"interventions": ["Tea"]})
    assert (other.text, other.wordings["conditions"]) == ("Tea heals colds.", ["colds"])
    assert [match[0] for _, match in one.of_rules] == ["heals"]


def test_what_is_plain_is_as_long_as_it_was_and_the_same_for_whatever_matches_without_regard_to_case():
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]))
    letters = re.findall("[a-zµ]", every, re.IGNORECASE)

    assert len(plain(every)) == len(every)
    assert {plain(letter) for letter in letters} == {*"abcdefghijklmnopqrstuvwxyzµ"}
    assert set(SAME) <= set(letters)
    for letter in "abcdefghijklmnopqrstuvwxyzµ":
        alike = [one for one in letters if re.match(letter, one, re.IGNORECASE)]
        assert {plain(one) for one in alike} == {letter}


@pytest.mark.parametrize(
    ("wording", "heads", "needs"),
    [
        (r"(?<!\w)tea(?!\w)", {"tea"}, set()),
        (r"(?<!\w)camomiles?", {"camomi"}, set()),
        (r"(?<!\w)(?:hot )?tea", {"hot te", "tea"}, set()),
        (r"(?<!\w)\w{2,9}(?:itis|oma)(?!\w)", {""}, {"itis", "oma"}),
        (r"(?<!\w)\S+ (?:tea|balm) \d", {""}, {" tea 0", " balm 0"}),
        (r"(?<!\w).", {""}, set()),
        (r"(?<!\w)\w+ \d(?: mg| iu)(?=,)", {""}, {" 0 mg,", " 0 iu,"}),
        (r"(?<!\w)\w+ (?=tea)(?:\w+) drops", {""}, {" drops"}),
        (r"(?<!\w)\w+ (?=tea leaves)\w+ balm", {""}, {" tea leaves"}),
        (r"(?<!\w)\w+ (?:dose|doses|daily dose|drop)", {""}, {" dose", " drop"}),
    ],
)
def test_what_a_pattern_begins_with_and_needs_is_read_off_it(wording, heads, needs):
    (way,) = ways_of(re.compile(wording, re.IGNORECASE))

    assert (way.heads, way.needs) == (heads, needs)


def test_a_step_that_is_not_known_counts_as_anything():
    (way,) = ways_of(re.compile(r"(?<!\w)(\w)(?(1)a|b)\1"))

    assert (way.heads, way.needs) == ({""}, frozenset())
    assert needs_of(re.compile(r"(?:a|\w)")) == frozenset()


@pytest.mark.parametrize(
    ("wording", "anywhere"),
    [
        (r"(?<!\w)a", False),
        (r"(?<![\w-])a|^b", False),
        (r"(?<!\w)\w+ tea", True),
        (r"(?<!\w)(?:\w+ tea|tea)", False),
        (r"(?<!\w)(?:\w+|tea)", True),
        (r"(?<![.,])a", True),
        (r"(?<!\w)a|b", True),
        (r"a", True),
        (r"(?<!\w)(\w+)\s+\1", True),
    ],
)
def test_whether_a_match_can_begin_inside_a_word_or_at_any_word_is_known(wording, anywhere):
    assert begins_anywhere(re.compile(wording)) is anywhere


def test_most_patterns_are_not_tried_at_most_words():
    words = WORDS[::4]

    tried = sum(len(LOOKOUT._to_try_at(word[:LONGEST], frozenset([NONE]))) for word in words)

    assert tried < 0.1 * len(words) * len(PATTERNS)


def test_pythons_own_parser_takes_patterns_apart_as_we_read_them():
    """Where a new Python fails here, ``openings`` must learn its names; it finds the same till then, but slowly."""
    kinds = {step[0] for step in parser.parse(r"^(?<!\w)[^a](?=b)(?i:c|dd)e*f+?g?+")}
    (behind,) = parser.parse(r"(?<!\w)")
    (ahead,) = parser.parse(r"(?=ab)")
    (either,) = parser.parse(r"ab|cd")
    (group,) = parser.parse(r"(?i:ab)")
    (some,) = parser.parse(r"[a-c\d]{2,3}")

    assert kinds == {codes.AT, codes.ASSERT_NOT, codes.NOT_LITERAL, codes.ASSERT, codes.SUBPATTERN, *REPEATS}
    assert (behind[1][0], [*behind[1][1]]) == (BEHIND, [(codes.IN, [(codes.CATEGORY, codes.CATEGORY_WORD)])])
    assert (ahead[1][0], [*ahead[1][1]]) == (AHEAD, [(codes.LITERAL, ord("a")), (codes.LITERAL, ord("b"))])
    assert [[chr(letter) for _, letter in branch] for branch in either[1][1]] == [["a", "b"], ["c", "d"]]
    assert (group[1][1], [*group[1][3]]) == (re.IGNORECASE, [*parser.parse("ab")])
    assert some[1][:2] == (2, 3)
    assert [*some[1][2]] == [(codes.IN, [(codes.RANGE, (ord("a"), ord("c"))), (codes.CATEGORY, codes.CATEGORY_DIGIT)])]
