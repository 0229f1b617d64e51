"""Identifiers of publications and trials in one normal form each.

People paste them as they find them: with a prefix, as an address, with the full stop of the sentence behind
it. The normal forms: a DOI in lower case from "10." on, a PMID in digits, "PMC" and digits, "NCT" and eight
digits.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from urllib.parse import unquote

Kind = Literal["doi", "pmid", "pmcid", "nct"]

LONGEST = 300

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\x00-\x1f\x7f\"]+")
_DOI_BEFORE = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*", re.IGNORECASE)
_PMID = re.compile(
    r"(?:pmid\s*:?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?0*([1-9]\d{0,7})/?",
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
_CLOSING = {")": "(", "]": "[", "}": "{"}


class NotAnIdentifier(ValueError):
    """This is not an identifier of the kind that was asked for."""


@dataclass(frozen=True)
class Identifier:
    """An identifier in its normal form."""

    kind: Kind
    value: str


def normal_doi(text: str) -> str:
    """Return a DOI in lower case, without prefix or address; raises ``NotAnIdentifier``."""
    trimmed = text.strip()[: 2 * LONGEST]
    before = _DOI_BEFORE.match(trimmed)
    if before:
        trimmed = trimmed[before.end() :]
    if before and "/" in before.group():
        trimmed = unquote(trimmed.partition("?")[0].partition("#")[0])
    trimmed = _without_trailing_marks(trimmed)
    if len(trimmed) > LONGEST or not _DOI.fullmatch(trimmed):
        raise NotAnIdentifier(f"{_shown(text)} is not a DOI. A DOI looks like 10.1000/abc123.")
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
        raise NotAnIdentifier(f"{_shown(text)} is not a PMID. A PMID is a number of at most eight digits.")
    return found.group(1)


def normal_pmcid(text: str) -> str:
    """Return a PubMed Central number as "PMC" and digits; raises ``NotAnIdentifier``."""
    found = _PMCID.fullmatch(text.strip()[:LONGEST])
    if not found:
        raise NotAnIdentifier(f"{_shown(text)} is not a PMCID. A PMCID looks like PMC1234567.")
    return f"PMC{found.group(1)}"


def normal_nct(text: str) -> str:
    """Return a ClinicalTrials.gov number as "NCT" and eight digits; raises ``NotAnIdentifier``."""
    found = _NCT.fullmatch(text.strip()[:LONGEST])
    if not found:
        raise NotAnIdentifier(f"{_shown(text)} is not a trial number. It looks like NCT01234567.")
    return f"NCT{found.group(1)}"


NORMAL_FORMS: Mapping[Kind, Callable[[str], str]] = MappingProxyType(
    {"doi": normal_doi, "pmid": normal_pmid, "pmcid": normal_pmcid, "nct": normal_nct}
)


def identify(text: str) -> Identifier:
    """Return whichever identifier the text is; bare digits are a PMID. Raises ``NotAnIdentifier``."""
    kinds: tuple[Kind, ...] = ("doi", "nct", "pmid", "pmcid")
    for kind in kinds:
        try:
            return Identifier(kind=kind, value=NORMAL_FORMS[kind](text))
        except NotAnIdentifier:
            continue
    raise NotAnIdentifier(f"{_shown(text)} is not a DOI, PMID, PMCID or trial number.")


def _shown(text: str) -> str:
    shortened = " ".join(text.split())[:60]
    return f"“{shortened}”" if shortened else "An empty field"
