"""A list of references in prose: proposals, each to be confirmed by a person."""

import re
from collections import deque
from itertools import pairwise

from reviews.core.citing.entries import Draft, Entry, LeftOut
from reviews.core.citing.identifiers import registrations_in
from reviews.core.citing.pieces import Piece, Pieces

SHORTEST = 15
LONGEST_REFERENCE = 3_000

_NUMBER = re.compile(
    r"\s{0,10}(?:(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|\^\d{1,3})\s{1,10}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s{0,10})(?=\S)"
)
_BULLET = re.compile(r"\s{0,10}[•*–-]\s{1,10}(?=\S)")
_HEADING = re.compile(
    r"\s{0,10}(?:references?|bibliography|sources?|literature|works cited|further reading)\s{0,10}:?\s{0,10}$", re.I
)
_DOI = re.compile(r"\(?(?:doi:?\s{0,3})?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>]{1,200})", re.IGNORECASE)
_CUT_DOI = re.compile(r"\b10\.\d{4,9}/(?:[^\s\"<>]{0,200}[/._-])?\Z")
_REST_OF_DOI = re.compile(r"(?!(?:18|19|20)\d\d\b)(?=[^\s]{0,200}\d)[a-z0-9][\w.()/:;-]{0,200}")
_PMID = re.compile(r"\bPMID:?\s{0,3}(\d{1,8})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,8})", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\s{0,2}(\d{1,9})\b")
_URL = re.compile(r"https?://[^\s<>\"]{1,500}", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.:/-])(?:18|19|20)\d\d(?![\d/:-])[a-z]?")
_IN_BRACKETS = re.compile(r"\(((?:18|19|20)\d\d)[a-z]?(?:,[^()]{0,30})?\)\.?")
_WHERE = re.compile(
    r"(?:\bvol(?:ume)?\.?\s?)?(?P<volume>\d{1,4})\s{0,2}"
    r"(?:\((?P<issue>[^()]{1,20})\)|,\s?(?:no|issue|iss|nr)\.?\s?(?P<number>\d{1,5}))?\s{0,2}[:,]\s{0,2}(?:pp?\.\s?)?(?P<pages>[a-zA-Z]?\d{1,7}(?:\s?[-–]\s?[a-zA-Z]?\d{1,7})?)"
)
_QUOTED = re.compile(r"[‘'“\"]([^“”\"]{3,400}?)[.,]?[’'”\"][.,]?\s+(?=[A-Z])")
_SENTENCE_END = re.compile(
    r"(?<=[^\s.][^\s.A-Z])[.?!]\s+(?=[^a-z\s])|(?<=[A-Z]{2})[.?!]\s+(?=[^a-z\s])|(?<=[a-z)\]])[.?!]\s+"
)
_AUTHORS = re.compile(
    r"\A((?>(?:(?!and\s)[^\W\d_][\w'’-]{0,40}(?:\s[\w'’-]{1,40}){0,2}\s[A-Z]{1,4}(?:,\s(?:and\s)?|(?=\.\s))){1,100})"
    r"(?:et al)?)\.\s+"
)
_VANCOUVER_NAMES = re.compile(r"^(?:[^\W\d_][\w'’-]+(?:\s[\w'’-]+){0,2}\s[A-Z]{1,4}(?:,\s|$)|et al\.?$|and\s)")


def references_in(text: str) -> Pieces:
    """Return the references of a list: numbered ones, else paragraphs, else lines; and every line that is in none.

    A heading of the list is none, and no line of its own.
    """
    lines = text.split("\n")
    numbered = [place for place, line in enumerate(lines) if _NUMBER.match(line) or _BULLET.match(line)]
    if len(numbered) >= 2 or (numbered and numbered[0] == next((n for n, row in enumerate(lines) if row.strip()), -1)):
        return _between(lines, starts=numbered)
    if sum(not line.strip() for line in lines[1:-1]) and _has_long_paragraphs(lines):
        return _between(
            lines, starts=[n for n, row in enumerate(lines) if row.strip() and not (n and lines[n - 1].strip())]
        )
    return _between(lines, starts=[n for n, row in enumerate(lines) if row.strip()])


def _has_long_paragraphs(lines: list[str]) -> bool:
    """Whether some paragraph goes over several lines, so that a line alone is no reference."""
    return any(one.strip() and other.strip() for one, other in pairwise(lines))


def _between(lines: list[str], *, starts: list[int]) -> Pieces:
    inside: list[Piece] = []
    outside = [Piece(place + 1, line.strip()) for place, line in enumerate(lines[: starts[0] if starts else None])]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = next((place for place in range(start, end) if not lines[place].strip()), end)
        words = _joined([line.strip() for line in lines[start:last]])
        mark = _NUMBER.match(words) or _BULLET.match(words)
        words = words[mark.end() if mark else 0 :].strip()
        reference, rest = words[:LONGEST_REFERENCE], words[LONGEST_REFERENCE:]
        if len(reference) >= SHORTEST and not _HEADING.match(reference):
            inside.append(Piece(start + 1, reference))
        else:
            rest = words
        outside.append(Piece(start + 1, rest))
        outside += [Piece(place + 1, lines[place].strip()) for place in range(last, end)]
    return Pieces(tuple(inside), tuple(one for one in outside if one.text and not _HEADING.match(one.text)))


def _joined(lines: list[str]) -> str:
    """Return lines as one; a DOI that a line's end has cut is whole again."""
    words = ""
    for line in lines:
        is_cut = _CUT_DOI.search(words[-250:]) and _REST_OF_DOI.match(line)
        words = f"{words}{'' if is_cut or not words else ' '}{line}"
    return words


def read_prose(piece: Piece) -> Entry:
    """Read one reference as far as its order and its marks tell: a proposal. Raises UnreadableReferences."""
    draft = Draft(left_out=[LeftOut("as it stood", piece.text)])
    rest = _take_identifiers(piece.text, draft)
    found = _IN_BRACKETS.search(rest)
    years = list(_YEAR.finditer(rest))
    draft.date = found.group(1) if found else years[-1].group()[:4] if years else ""
    if where := _place(rest):
        draft.volume, draft.pages = where.group("volume"), where.group("pages")
        draft.issue = where.group("issue") or where.group("number") or ""
        rest = rest[: where.start()]
    if found and found.start() < len(rest):
        _author_date(draft, before=rest[: found.start()], after=rest[found.end() :])
    else:
        _vancouver(draft, rest)
    return draft.entry(line=piece.line)


def _take_identifiers(text: str, draft: Draft) -> str:
    """Put the identifiers into the draft; return the text without them."""
    for found in _DOI.finditer(text):
        draft.identifiers.append(("doi", found.group(1)))
    for found in _PMID.finditer(text):
        draft.identifiers.append(("pmid", found.group(1) or found.group(2)))
    for found in _PMCID.finditer(text):
        draft.identifiers.append(("pmcid", f"PMC{found.group(1)}"))
    draft.identifiers += [("nct", number) for number in registrations_in(text)]
    bare = _PMCID.sub(" ", _PMID.sub(" ", _DOI.sub(lambda doi: ". " if doi[0].endswith(".") else " ", text)))
    draft.urls = [url.rstrip(".,;)") for url in _URL.findall(bare)]
    return " ".join(_URL.sub(" ", bare).split()).replace(" .", ".")


def _place(text: str) -> re.Match[str] | None:
    """Return the last "12(3):45-67" that stands behind the first third, where no title is."""
    last = deque(_WHERE.finditer(text, len(text) // 3), maxlen=1)
    return last[0] if last else None


def _author_date(draft: Draft, *, before: str, after: str) -> None:
    """ "Selene, L., & Nox, A. (2019). Title. Journal, 12(3), 45-67": authors before the year, the title behind it."""
    names = re.sub(r",?\s(?:&|and)\s", ", ", before.strip(" .,"))
    parts = [part.strip() for part in names.split(",") if part.strip()]
    if parts and all(_VANCOUVER_NAMES.match(part) for part in parts):
        draft.authors = [part for part in parts if not part.startswith("et al")]
        _title_after(draft, after)
        return
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 == 0 and all(re.fullmatch(r"(?:[^\W\d_]\.?[ -]?){1,5}", given) for _, given in pairs):
        draft.authors = [f"{family}, {given}" for family, given in pairs]
    else:
        draft.authors = [names] if names else []
    _title_after(draft, after)


def _title_after(draft: Draft, after: str) -> None:
    """Read the title, in quotes or up to a full stop, and the journal behind it."""
    after = after.strip(" .,")
    quoted = _QUOTED.match(after)
    title, _, rest = (quoted[1], "", after[quoted.end() :]) if quoted else _sentence(after)
    draft.title = title
    draft.container = re.split(r",\s*(?=\d)|,?\s*$", rest.strip(" ."), maxsplit=1)[0].strip(" .,")


def _vancouver(draft: Draft, text: str) -> None:
    """ "Selene L, Nox A. Title. Journal. 2019;12(3):45-67": authors, title and journal, each ended by a full stop."""
    listed = _AUTHORS.match(text)
    first, mark, rest = (listed.group(1), ".", text[listed.end() :]) if listed else _sentence(text)
    names = [name.strip() for name in re.split(r",\s|\sand\s", first) if name.strip()]
    if mark and rest and names and all(_VANCOUVER_NAMES.match(f"{name}") for name in names):
        draft.authors = [name for name in names if not name.lower().startswith("et al")]
        draft.title, _, rest = _sentence(rest)
    elif mark and rest and len(names) == 1 and len(first.split()) <= 6 and _sentence(rest)[2]:
        draft.authors = [first]
        draft.title, _, rest = _sentence(rest)
    else:
        draft.title = first
    container = _YEAR.split(rest)[0] if rest else ""
    draft.container = re.sub(r"\((?:19|20)?$", "", container).strip(" .,;(")


def _sentence(text: str) -> tuple[str, str, str]:
    """Return the first sentence, the mark that ends it, and the rest; an initial's full stop ends none."""
    found = _SENTENCE_END.search(text)
    if found and found.group()[0] == "?" and (further := _SENTENCE_END.search(text, found.end())):
        found = further  # "Does it help? A randomised trial. Journal": a question goes on
    if not found:
        return text.strip(" ."), "", ""
    mark = found.group()[0]
    end = text[: found.start()] + (mark if mark in "?!" else "")
    return end.strip(), mark, text[found.end() :].strip()
