"""What a sentence asserts however it is worded: its amounts, denials, directions, and the group it speaks of.

Two sentences that are alike in nearly all their letters may say opposite things: "lowers" and "raises", 10 mg and
100 mg, "is" and "is not". Whoever compares wordings asks here first.
"""

import re
from dataclasses import dataclass

from reviews.core.phrases import Phrase
from reviews.core.reading.vocabulary import phrase

UP, DOWN = "up", "down"
SMALL_NUMBERS = {
    **{
        word: str(number)
        for number, word in enumerate(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        )
    },
    **{
        word: str(10 * number)
        for number, word in enumerate(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "a hundred"], start=2
        )
    },
}
UNITS = {
    **dict.fromkeys(("mg", "milligram", "milligrams"), "mg"),
    **dict.fromkeys(("mcg", "ug", "µg", "μg", "microgram", "micrograms"), "ug"),
    **dict.fromkeys(("g", "gram", "grams"), "g"),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("ml", "millilitre", "millilitres", "milliliter", "milliliters"), "ml"),
    **dict.fromkeys(("iu", "ie"), "iu"),
    **dict.fromkeys(("%", "percent", "per cent"), "%"),
    **dict.fromkeys(("fold", "times"), "times"),
    **{f"{unit}{plural}": unit for unit in ("minute", "hour", "day", "week", "month", "year") for plural in ("", "s")},
}
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
AMOUNT = re.compile(
    rf"(?<![\w.])(?P<number>\d{{1,12}}(?:[.,]\d{{1,12}}){{0,6}}|{'|'.join(SMALL_NUMBERS)})"
    rf"[\s-]?(?P<unit>(?:{UNIT})(?!\w))?(?!\d)",
    re.IGNORECASE,
)
SHARES = phrase(
    r"half|halves|halved|a third|two[- ]thirds|a quarter|three[- ]quarters|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)",
    r"twice|thrice|most|few|many|some|all|every|each|only|rarely|often|sometimes|always|never",
)
DENIALS = phrase(
    r"not|cannot|no|never|none|neither|nor|without|nobody|nothing|hardly|barely|\w{2,12}n['’]t",
    r"fail(?:s|ed)? to|unable|unlikely|lacks?|lacking|far from|instead of|rather than|ineffective|useless"
    r"|disproved?|refuted?|false|untrue|myth|un(?:safe|proven|tested|related|affected|changed)",
)
RISING = phrase(
    r"(?:rais|increas|boost|elevat|enhanc|improv|strengthen|promot|heighten|amplif|multipl|lengthen|prolong|extend"
    r"|accelerat|stimulat|induc|trigger|provok|caus|worsen|aggravat|better|restor)(?:e|es|ed|ing|s|y|ies|ied|ment)?",
    r"rises?|rising|rose|more|higher|greater|longer|larger|stronger|faster|gains?|up|adds?"
    r"|brings? on|lead(?:s|ing)? to",
)
FALLING = phrase(
    r"(?:lower|reduc|decreas|diminish|lessen|weaken|suppress|shorten|slow|curb|minimi[sz]|alleviat|eas|reliev"
    r"|mitigat|prevent|inhibit|block|protect|cur|heal|treat|calm|sooth|eliminat)(?:e|es|ed|ing|s|ment)?",
    r"cuts?|cutting|less|fewer|smaller|shorter|slower|drops?|falls?|falling|fell|loss|loses?|down|stops?|ends?|halts?"
    r"|combats?|fights?|wards? off|gets? rid of",
)
GROUPS = {
    "women": phrase(r"wom[ae]n|females?|mothers?|girls?"),
    "pregnancy": phrase(r"pregnan(?:t|cy)|expecting|breast-?feeding"),
    "men": phrase(r"m[ae]n|males?|fathers?|boys?"),
    "children": phrase(r"child(?:ren)?|kids?|infants?|bab(?:y|ies)|toddlers?|teen(?:ager)?s?|adolescents?"),
    "the old": phrase(r"elderly|seniors?|older(?: adults| people)?|pensioners?"),
    "adults": phrase(r"adults?"),
    "animals": phrase(r"mice|mouse|rats?|animals?|rodents?|monkeys?|pigs?|dogs?"),
    "cells": phrase(r"cells?|in vitro|test tubes?|petri"),
}


@dataclass(frozen=True, slots=True)
class Substance:
    """What must not differ: amounts in order, how often something is denied, directions in order, groups named."""

    amounts: tuple[str, ...]
    shares: tuple[str, ...]
    denials: int
    directions: tuple[str, ...]
    groups: frozenset[str]


def substance_of(sentence: str) -> Substance:
    """Return what a sentence of English asserts, as far as words tell; takes time in proportion to its length."""
    return Substance(
        amounts=tuple(map(_amount, AMOUNT.finditer(sentence))),
        shares=tuple(found[0].casefold() for found in SHARES.finditer(sentence)),
        denials=len(DENIALS.findall(sentence)),
        directions=_directions(sentence),
        groups=frozenset(name for name, words in GROUPS.items() if words.search(sentence)),
    )


def differences(one: str, other: str) -> tuple[Phrase, ...]:
    """Return in what two sentences differ that no likeness of words makes up for, in words; () where in nothing."""
    left, right = substance_of(one), substance_of(other)
    told = {
        Phrase("the numbers differ"): left.amounts != right.amounts,
        Phrase("one says how many or how often, and the other says it otherwise"): left.shares != right.shares,
        Phrase("one denies what the other says"): left.denials != right.denials,
        Phrase("what goes up or down differs"): left.directions != right.directions,
        Phrase("they speak of different groups"): left.groups != right.groups,
    }
    return tuple(words for words, is_so in told.items() if is_so)


def _amount(found: re.Match[str]) -> str:
    number = found["number"].casefold()
    whole = re.sub(r",(?=\d{3}(?!\d))", "", SMALL_NUMBERS.get(number, number)).replace(",", ".")
    return f"{whole} {UNITS.get((found['unit'] or '').casefold(), '')}".strip()


def _directions(sentence: str) -> tuple[str, ...]:
    rising = [(found.start(), UP) for found in RISING.finditer(sentence)]
    falling = [(found.start(), DOWN) for found in FALLING.finditer(sentence)]
    return tuple(way for _, way in sorted(rising + falling))
