"""The wordings that earn a remark: none blows up, and they find what was labelled."""

import re
from re import _constants as codes
from re import _parser as parser

import pytest

from reviews.core.reading import language, litter, plain, statement, vocabulary
from reviews.core.reading.cues import find_cues, kinds_in
from reviews.core.reading.document import BODY, Document, Facts, Region
from reviews.core.reading.noticing import notice
from reviews.core.reading.omissions import NO_HARM_NAMED, with_omission
from reviews.core.reading.rules import KINDS, NAMED_SOURCE, RULES
from reviews.core.reading.sentences import split_sentences
from tests.bench import cues as bench

MODULES = (language, litter, plain, statement, vocabulary)
PATTERNS = [
    NAMED_SOURCE,
    *(rule.wording for rule in RULES),
    *(value for module in MODULES for value in vars(module).values() if isinstance(value, re.Pattern)),
    *(pattern for _, pattern in vocabulary.HIGH_HARMS),
]
REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
LEAST_PRECISION, LEAST_RECALL = 0.85, 0.95


def unbounded(pattern, inside=False):
    """Yield each repetition without a bound that stands inside a repetition: what makes a pattern exponential."""
    for code, value in pattern:
        repeats = code in REPEATS and value[1] > 1
        if inside and code in REPEATS and value[1] == codes.MAXREPEAT and varies(value[2]):
            yield value
        for part in parts_of(code, value):
            yield from unbounded(part, inside or (repeats and value[1] == codes.MAXREPEAT))


def varies(pattern):
    """Whether what is repeated can itself be long: one character class repeated inside words parted by marks is not."""
    return any(code in REPEATS for code, _ in pattern)


def parts_of(code, value):
    if code in REPEATS:
        return [value[2]]
    if code == codes.SUBPATTERN:
        return [value[3]]
    if code == codes.BRANCH:
        return value[1]
    if code in {codes.ASSERT, codes.ASSERT_NOT}:
        return [value[1]]
    return []


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
def test_no_pattern_repeats_a_repetition_without_bound(pattern):
    assert [*unbounded(parser.parse(pattern.pattern, pattern.flags))] == []


def test_cues_are_found_as_they_were_labelled_before_the_rules():
    sentences = [*bench.judged()]

    scores = {kind: bench.score_of(kind, sentences) for kind in KINDS}

    assert len(sentences) >= 300
    assert sum(not each.wanted for each in sentences) >= len(sentences) / 3
    assert {kind: score for kind, score in scores.items() if score.precision < LEAST_PRECISION} == {}
    assert {kind: score for kind, score in scores.items() if score.recall < LEAST_RECALL} == {}


def test_where_no_cue_belongs_none_is_found():
    assert [each.sentence for each in bench.judged() if each.found and not each.wanted] == []


def test_another_language_has_only_the_cues_that_do_not_hang_on_english():
    text = "Studien zeigen, dass 5 mg Zink always helfen. Es wird von der Zinkfreude GmbH verkauft."

    found = {cue.kind for cue in find_cues(notice(text, split_sentences(text)), language="de")}

    assert found == {"number", "vendor"}
    assert kinds_in("de") == ("number", "vendor")
    assert kinds_in("en") == kinds_in("") == KINDS


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("Zinkofix GmbH says that zinc prevents colds.", "in the very sentence"),
        ("Zinc prevents colds. It is sold by Zinkofix GmbH.", "next to a claim"),
        ("Zinc prevents colds. That is all. It is sold by Zinkofix GmbH.", "two sentences"),
        ("Zinc prevents colds. That is all. So far. It is sold by Zinkofix GmbH.", ""),
    ],
)
def test_a_sellers_name_tells_how_far_it_stands_from_a_claim(text, distance):
    cues = find_cues(notice(text, split_sentences(text)))

    vendors = [cue.reason for cue in cues if cue.kind == "vendor"]

    assert vendors
    assert all(distance in reason for reason in vendors)
    assert any("claim" in reason for reason in vendors) is bool(distance)


PROMISES = "Moonflower tea reduces anxiety. The capsules improve sleep."


def document(text):
    return Document("", text, (Region(BODY, 0, len(text)),), facts=Facts(language="en"))


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (PROMISES, ["Moonflower tea reduces anxiety."]),
        (PROMISES + " Side effects are rare.", []),
        ("Moonflower tea reduces anxiety. It grows in dry soil.", []),
    ],
)
def test_an_article_that_promises_and_names_no_harm_is_told_so_once(text, remarks):
    noticed = notice(text, split_sentences(text))

    cues = with_omission(find_cues(noticed), document=document(text), noticed=noticed)

    assert [text[cue.start : cue.end] for cue in cues if cue.reason == NO_HARM_NAMED] == remarks
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
