"""Identifiers of publications and trials in one normal form each.

People paste them as they find them: with a prefix, as an address, with the full stop of the sentence behind
it. The normal forms: a DOI in lower case from "10." on, a PMID in digits, "PMC" and digits, a trial's number as its
registry writes it ("NCT" and eight digits), an ISBN in thirteen digits.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from urllib.parse import unquote

from reviews.core.refusals import NotTaken

Kind = Literal["doi", "pmid", "pmcid", "nct", "isbn"]

OF_ONE_PUBLICATION: tuple[str, ...] = ("doi", "pmid", "pmcid")
"""What names one publication and no other, and is known to public registries; a trial or a book has several."""

LONGEST = 300

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\x00-\x1f\x7f\"]+")
_DOI_IN_ADDRESS = re.compile(
    r"https?://[^\s?#]{1,200}?/(?:doi|articles?|chapter|book)(?:/(?:abs|full|epdf|pdf|pdfdirect|epub|book|html))?/(?=10\.)",
    re.IGNORECASE,
)
_DOI_AFTER = re.compile(
    r"/(?:abstract|full|pdf|epdf|html|meta|full-text|fulltext)$|\.(?:pdf|full|html)$", re.IGNORECASE
)
_DOI_BEFORE = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*", re.IGNORECASE)
_PMID = re.compile(
    r"\A(?:pmid\s*:?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?0*([1-9]\d{0,7})/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:pmcid\s*:?\s*|(?:https?://)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov|europepmc\.org)"
    r"/articles?/)?pmc\s*0*([1-9]\d{0,8})(?:\.\d{1,3})?/?",
    re.IGNORECASE,
)
_NCT = re.compile(
    r"(?:(?:https?://)?(?:www\.)?clinicaltrials\.gov/(?:ct2/show|study|show)/)?nct\s*(\d{8})/?", re.IGNORECASE
)
_OTHER_REGISTRY = re.compile(
    r"(?:https?://(?:www\.)?isrctn\.com/)?(?:ISRCTN\d{8}|ACTRN\d{14}|DRKS\d{8}|UMIN\d{9}|ChiCTR[A-Z-]{0,9}\d{8,10}"
    r"|EUCTR\d{4}-\d{6}-\d{2}|NTR\d{2,5}|IRCT\d{6,16}N\d{1,3}|PACTR\d{15,16}|KCT\d{7}|jRCTs?\d{9,10})",
    re.IGNORECASE,
)
"""Primary registries of the World Health Organization's platform whose numbers bear the registry's name."""

_EUDRACT = re.compile(r"(?:eudract\s*(?:number|no\.?)?\s*:?\s*)?(\d{4}-\d{6}-\d{2})", re.IGNORECASE)
_ISBN_BEFORE = re.compile(r"(?:urn:)?isbn(?:-1[03])?\s*:?\s*", re.IGNORECASE)
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]")
_CLOSING = {")": "(", "]": "[", "}": "{"}


class NotAnIdentifier(NotTaken):
    """This is not an identifier of the kind that was asked for."""


@dataclass(frozen=True)
class Identifier:
    """An identifier in its normal form."""

    kind: Kind
    value: str


def normal_doi(text: str) -> str:
    """Return a DOI in lower case, without prefix or address; raises ``NotAnIdentifier``."""
    trimmed = text.strip()[: 2 * LONGEST]
    publisher = _DOI_IN_ADDRESS.match(trimmed)
    before = publisher or _DOI_BEFORE.match(trimmed)
    if before:
        trimmed = trimmed[before.end() :]
    if before and "/" in before.group():
        trimmed = unquote(trimmed.partition("?")[0].partition("#")[0])
    trimmed = _without_trailing_marks(trimmed)
    if publisher:
        trimmed = _DOI_AFTER.sub("", trimmed)
    if len(trimmed) > LONGEST or not _DOI.fullmatch(trimmed):
        raise NotAnIdentifier("%(typed)s is not a DOI. A DOI looks like 10.1000/abc123.", typed=_shown(text))
    return trimmed.lower()


def _without_trailing_marks(text: str) -> str:
    """Drop the punctuation of the sentence around it, and a closing bracket that was not opened within."""
    while text:
        last = text[-1]
        opened = _CLOSING.get(last)
        if last in ".,;:'\"’”" or (opened and text.count(last) > text.count(opened)):
            text = text[:-1]
        else:
            break
    return text


def normal_pmid(text: str) -> str:
    """Return a PubMed number in digits; raises ``NotAnIdentifier``."""
    found = _PMID.fullmatch(text.strip()[:LONGEST])
    if not found:
        raise NotAnIdentifier(
            "%(typed)s is not a PMID. A PMID is a number of at most eight digits.", typed=_shown(text)
        )
    return found.group(1)


def normal_pmcid(text: str) -> str:
    """Return a PubMed Central number as "PMC" and digits; raises ``NotAnIdentifier``."""
    found = _PMCID.fullmatch(text.strip()[:LONGEST])
    if not found:
        raise NotAnIdentifier("%(typed)s is not a PMCID. A PMCID looks like PMC1234567.", typed=_shown(text))
    return f"PMC{found.group(1)}"


def normal_nct(text: str) -> str:
    """Return a trial's number as its registry writes it, "NCT01234567" at ClinicalTrials.gov.

    Raises ``NotAnIdentifier``. A EudraCT number bears "EUCTR" in front, as the European register writes it.
    """
    trimmed = text.strip()[:LONGEST]
    if found := _NCT.fullmatch(trimmed):
        return f"NCT{found.group(1)}"
    if found := _OTHER_REGISTRY.fullmatch(trimmed):
        number = found.group().rpartition("/")[2]
        return number if number.lower().startswith(("chictr", "jrct")) else number.upper()
    if found := _EUDRACT.fullmatch(trimmed):
        return f"EUCTR{found.group(1)}"
    raise NotAnIdentifier("%(typed)s is not a trial number. It looks like NCT01234567.", typed=_shown(text))


def normal_isbn(text: str) -> str:
    """Return an ISBN in thirteen digits, its check digit verified; raises ``NotAnIdentifier``.

    ISO 2108: ten digits weigh 10 to 1 and sum to a multiple of 11; thirteen weigh 1 and 3 by turns, of 10.
    """
    digits = re.sub(r"[\s‐‑–-]", "", _ISBN_BEFORE.sub("", text.strip()[:LONGEST], count=1)).upper()
    if _ISBN.fullmatch(digits):
        if len(digits) == 10 and sum(w * _value(d) for w, d in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0:
            return _with_check_digit(f"978{digits[:9]}")
        if len(digits) == 13 and digits == _with_check_digit(digits[:12]):
            return digits
    raise NotAnIdentifier("%(typed)s is not an ISBN: its digits do not add up.", typed=_shown(text))


def _value(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def _with_check_digit(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


NORMAL_FORMS: Mapping[Kind, Callable[[str], str]] = MappingProxyType(
    {"doi": normal_doi, "pmid": normal_pmid, "pmcid": normal_pmcid, "nct": normal_nct, "isbn": normal_isbn}
)


def identify(text: str) -> Identifier:
    """Return whichever identifier the text is; bare digits are a PMID. Raises ``NotAnIdentifier``."""
    kinds: tuple[Kind, ...] = ("doi", "nct", "pmid", "pmcid", "isbn")
    for kind in kinds:
        try:
            return Identifier(kind=kind, value=NORMAL_FORMS[kind](text))
        except NotAnIdentifier:
            continue
    raise NotAnIdentifier("%(typed)s is not a DOI, PMID, PMCID, trial number or ISBN.", typed=_shown(text))


def registrations_in(text: str) -> tuple[str, ...]:
    """Return the trial numbers that a text names, in their normal form, each once and in its order."""
    found = sorted(
        (match.start(), normal_nct(match.group()))
        for pattern in (_NCT_WORD, _OTHER_REGISTRY_WORD, _EUDRACT_WORD)
        for match in pattern.finditer(text)
    )
    return tuple(dict.fromkeys(number for _, number in found))


_NCT_WORD = re.compile(r"\bNCT ?\d{8}\b", re.IGNORECASE)
_OTHER_REGISTRY_WORD = re.compile(
    r"\b(?:ISRCTN\d{8}|ACTRN\d{14}|DRKS\d{8}|UMIN\d{9}|ChiCTR[A-Z-]{0,9}\d{8,10}|PACTR\d{15,16}|KCT\d{7})\b"
)
_EUDRACT_WORD = re.compile(r"\bEudraCT (?:number |no\.? ?)?:? ?\d{4}-\d{6}-\d{2}\b", re.IGNORECASE)


def _shown(text: str) -> str:
    shortened = " ".join(text.lstrip()[:LONGEST].split())[:60]
    return f"“{shortened}”" if shortened else "An empty field"
