"""MEDLINE's display format (nbib), as PubMed exports it, and EndNote's tagged format (.enw).

Tags of the first: "MEDLINE/PubMed Data Element (Field) Descriptions" (National Library of Medicine); of the second:
EndNote's import filter "EndNote Import".
"""

import re

from reviews.core.citing.entries import Draft, Entry, Fields, LeftOut
from reviews.core.citing.pieces import Piece, tagged

START = re.compile(r"PMID- ?\d|(?i:PMID) {0,3}- {0,2}\d{1,8}\s*$")
FIELD = re.compile(r" {0,3}(?i:(?!DOI|ISBN|NCT)[A-Z]{2,4}) {0,4}- ")
ENDNOTE_START = re.compile(r"%0[ \t]")

_LINE = re.compile(r" {0,3}([A-Z]{2,4}) {0,4}- ?(.*)$")
_SMALL_LINE = re.compile(r" {0,3}([A-Za-z]{2,4}) {0,4}- ?(.*)$")
_ENDNOTE_LINE = re.compile(r"(%[0-9A-Za-z@!#$&\[\]~^><]) ?(.*)$")
_WITH_KIND = re.compile(r"\A(\S+) \[(doi|pii|pmc|bookaccession)\]")
_PMCID = re.compile(r"(?:PMC)?\d{1,9}", re.IGNORECASE)

ENDNOTE_KINDS = {
    "journal article": "article-journal",
    "electronic article": "article-journal",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "book section": "chapter",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "report": "report",
    "government document": "report",
    "standard": "report",
    "thesis": "thesis",
    "unpublished work": "article",
    "web page": "webpage",
    "blog": "webpage",
    "newspaper article": "article-newspaper",
    "magazine article": "article-magazine",
    "dataset": "dataset",
    "generic": "document",
}


def read_nbib(piece: Piece) -> Entry:
    """Read one reference, from its PMID to the next. Raises UnreadableReferences."""
    is_small = not piece.text.lstrip()[:2].isupper()  # all of its tags are then, and elsewhere a small word is none
    pairs = tagged(piece.text, line=_SMALL_LINE if is_small else _LINE)
    tags = Fields((name.upper(), value) for name, value in pairs)
    short_names = tags.all("AU")
    draft = Draft(
        title=without_full_stop(tags.first("TI", "BTI", "CTI")),
        authors=(tags.all("FAU") or short_names) + tags.all("CN"),
        editors=tags.all("FED") or tags.all("ED"),
        container=tags.first("JT", "BTI", "TA"),
        date=tags.first("DP"),
        volume=tags.first("VI"),
        issue=tags.first("IP"),
        pages=tags.first("PG"),
        publisher=tags.first("PB"),
        identifiers=[("pmid", pmid) for pmid in tags.all("PMID")],
        abstract="\n".join(tags.all("AB")),
        language=tags.first("LA"),
        types=tags.all("PT"),
        keywords=[heading.replace("*", "") for heading in tags.all("MH", "OT")],
    )
    tags.all("ED")
    draft.identifiers += [("pmcid", number) for number in tags.all("PMC")]
    draft.identifiers += [("isbn", number.partition(" ")[0]) for number in tags.all("ISBN")]
    _numbers(draft, tags)
    draft.left_out += list(tags.rest())
    return draft.entry(line=piece.line)


def _numbers(draft: Draft, tags: Fields) -> None:
    """Take DOI and trial numbers out of the tags that hold them among others."""
    for number in dict.fromkeys(tags.all("LID", "AID")):
        found = _WITH_KIND.fullmatch(number)
        if found and found.group(2) == "doi":
            draft.identifiers.append(("doi", found.group(1)))
        elif not found or found.group(2) != "pii" or found.group(1) != draft.pages:
            draft.left_out.append(LeftOut("AID", number))
    for number in tags.all("SI"):
        bank, _, accession = number.partition("/")
        if bank.lower() in REGISTRIES and accession:
            draft.identifiers.append(("nct", accession))
        else:
            draft.left_out.append(LeftOut("SI", number))


REGISTRIES = frozenset(
    {"clinicaltrials.gov", "isrctn", "eudract", "anzctr", "chictr", "drks", "umin", "umin-ctr", "ntr", "irct", "pactr"}
    | {"cris", "jprn", "jrct"}
)
"""Data banks of MEDLINE that are registries of trials."""


def without_full_stop(title: str) -> str:
    """Return a title of PubMed without the full stop that PubMed ends it with."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def read_endnote(piece: Piece) -> Entry:
    """Read one reference of an .enw file, from its %0 line to the next. Raises UnreadableReferences."""
    tags = Fields(tagged(piece.text, line=_ENDNOTE_LINE))
    kind = ENDNOTE_KINDS.get(tags.first("%0").lower(), "")
    draft = Draft(
        kind=kind,
        title=tags.first("%T"),
        authors=tags.all("%A") + tags.all("%?"),
        editors=tags.all("%E"),
        container=tags.first("%J", "%B"),
        date=tags.first("%D", "%8"),
        volume=tags.first("%V"),
        issue=tags.first("%N"),
        pages=tags.first("%P"),
        publisher=tags.first("%I"),
        identifiers=[("doi", doi) for doi in tags.all("%R")],
        urls=tags.all("%U"),
        abstract="\n".join(tags.all("%X")),
        language=tags.first("%G"),
        types=tags.all("%9"),
        keywords=[word for text in tags.all("%K") for word in re.split(r"[;\n]\s*", text)],
    )
    if pmcid := tags.that(_PMCID, "%2"):
        draft.identifiers.append(("pmcid", pmcid if pmcid.upper().startswith("PMC") else f"PMC{pmcid}"))
    if kind in {"book", "chapter"}:
        draft.identifiers += [("isbn", number) for number in tags.all("%@")]
    draft.left_out = list(tags.rest())
    return draft.entry(line=piece.line)
