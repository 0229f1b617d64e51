"""BibTeX, read with bibtexparser, and the same fields as labelled lines; BibTeX written."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Parsed
from pylatexenc.latex2text import LatexNodes2Text

from reviews.core.citing.entries import Batch, Broken, Draft, Entry, Fields, LeftOut, excerpt_of
from reviews.core.citing.errors import HostileMarkup, UnreadableReferences
from reviews.core.citing.pieces import Piece, tagged
from reviews.core.citing.records import Record
from reviews.core.phrases import Phrase

START = re.compile(r"\s{0,20}@[A-Za-z]{2,30}\s{0,20}[{(]")
LABELLED_START = re.compile(r"\[[^\[\]\n]{1,80}\]\s*$")

MOST_NESTED = 30
LONGEST_DECODED = 20_000

_LABEL = re.compile(r"\A\s+([A-Za-z][\w-]{0,30}):\s*(.*)$")
_BARE = re.compile(r"(?<!\\)([%&#])")
_NO_COMMA = re.compile(  # a field that ends, and another that begins on the next line, or behind a brace or a quote
    r"([}\"](?=[ \t]{1,40}[A-Za-z][\w-]{1,30}[ \t]{0,20}=[ \t]{0,20}[{\"])"
    r"|(?:[}\"]|=[ \t]{0,9}\w{1,20})(?=[ \t]{0,9}\r?\n[ \t]{0,40}[A-Za-z][\w-]{1,30}[ \t]{0,20}=[ \t]{0,20}[{\"\w]))"
)
_NO_KEY = re.compile(  # an entry whose first field begins at once, or behind a key without its comma
    r"(@(?!string|comment|preamble)[A-Za-z]{2,30}[ \t]{0,20}[{(][ \t]{0,20}[\w:.+/-]{0,100})"
    r"(?=\s{1,40}[A-Za-z][\w-]{1,30}[ \t]{0,20}=[ \t]{0,20}[{\"\w])",
    re.IGNORECASE,
)
_PART = re.compile(r"\s{0,20}(?:\"([^\"]{0,5000})\"|\{([^{}]{0,5000})\}|([\w:.+-]{1,100}))\s{0,20}(?:#|\Z)")
_AND = re.compile(r"\s{1,20}and\s{1,20}", re.IGNORECASE)

PEOPLE = frozenset({"author", "editor"})
KINDS = {
    "article": "article-journal",
    "book": "book",
    "collection": "book",
    "manual": "report",
    "booklet": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inreference": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "unpublished": "article",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "misc": "document",
}
ENTRY_OF_KIND = {
    "article-journal": "article",
    "article-newspaper": "article",
    "article-magazine": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "article": "unpublished",
    "webpage": "online",
    "dataset": "dataset",
    "document": "misc",
}


def read_bibtex(text: str) -> Batch:
    """Read a whole file: its strings serve all of its entries. A broken entry costs itself only."""
    blocks = parse_string(_NO_COMMA.sub(r"\1,", _NO_KEY.sub(r"\1,", text)), parse_stack=[]).blocks
    whole = [_salvaged(block) for block in blocks]
    entries: list[Entry] = []
    broken: list[Broken] = []
    for block in _resolved(whole):
        line = (block.start_line or 0) + 1
        if isinstance(block, Parsed):
            try:
                entries.append(_entry(block, line=line))
            except UnreadableReferences as refusal:
                broken.append(Broken(line, refusal.phrase, excerpt_of(block.raw or block.key)))
        elif isinstance(block, ParsingFailedBlock):
            broken.append(Broken(line, _why(block), excerpt_of(block.raw or "")))
    outside = [
        LeftOut(f"line {(block.start_line or 0) + 1}", excerpt_of(block.comment))
        for block in whole
        if isinstance(block, ExplicitComment | ImplicitComment)
    ]
    return Batch("bibtex", tuple(entries), tuple(broken), tuple(outside))


def _salvaged(block: Block) -> Block:
    """Return an entry also where its key came before, or where one of its fields comes twice."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        return _salvaged(inner) if inner is not None else block
    return block


def _resolved(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with their strings put in and their quotes and braces taken off."""
    library = Library()
    kept = list(blocks)
    strings = {block.key.lower(): block.value.strip('{}"') for block in kept if isinstance(block, String)}
    for number, block in enumerate(kept):
        if isinstance(block, Parsed):
            for field in block.fields:
                field.value = put_together(_words(field), strings)
            block.key = f"entry-{number}"  # two entries of one key are two entries all the same
        library.add(block, fail_on_duplicate_key=False)
    for middleware in (ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()):
        library = middleware.transform(library)
    yield from (block for block in library.blocks if not isinstance(block, String))


def put_together(value: str, strings: Mapping[str, str]) -> str:
    """Return a value that is joined of parts ("jh # { B}") as one, in braces; any other as it is."""
    parts: list[str] = []
    reached = 0
    while reached < len(value):
        found = _PART.match(value, reached)
        if found is None:
            return value
        quoted, braced, name = found.groups()
        parts.append(quoted or braced or strings.get((name or "").lower(), name or ""))
        reached = found.end()
    return "{" + "".join(parts) + "}" if len(parts) > 1 else value


def _why(block: ParsingFailedBlock) -> Phrase:
    reason = getattr(block.error, "abort_reason", "") or str(block.error)
    return Phrase("This entry is not closed or not well formed: %(reason)s", reason=excerpt_of(reason))


def _entry(block: Parsed, *, line: int) -> Entry:
    pairs = ((field.key.lower(), _words(field)) for field in block.fields)
    return _draft(_fields(pairs), kind=KINDS.get(block.entry_type.lower(), "")).entry(line=line)


def _words(field: Field) -> str:
    return field.value if isinstance(field.value, str) else str(field.value)


def _fields(pairs: Iterable[tuple[str, str]]) -> Fields:
    """Return the fields without LaTeX, each author and editor for themselves."""
    taken: list[tuple[str, str]] = []
    for name, value in pairs:
        if name in PEOPLE:
            taken += [(name, _person(person)) for person in _names(value) if person.lower() != "others"]
        else:
            taken.append((name, plain(value)))
    return Fields(taken)


def _names(text: str) -> list[str]:
    """Return the parts between the "and"s that stand in no braces."""
    if deepest(text) > MOST_NESTED:
        raise HostileMarkup
    parts: list[str] = []
    begin = depth = seen = 0
    for found in _AND.finditer(text):
        depth += text.count("{", seen, found.start()) - text.count("}", seen, found.start())
        seen = found.start()
        if depth <= 0:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [part.strip() for part in (*parts, text[begin:]) if part.strip()]


def read_labelled(piece: Piece) -> Entry:
    """Read one reference whose fields stand on lines of their own, "journal: ...", under "[key]"."""
    rows = piece.text.partition("\n")[2]
    fields = _fields((name.lower(), value) for name, value in tagged(rows, line=_LABEL))
    return _draft(fields, kind=KINDS.get(fields.first("type").lower(), "")).entry(line=piece.line)


def _draft(fields: Fields, *, kind: str) -> Draft:
    draft = Draft(
        kind=kind,
        title=fields.first("title"),
        authors=fields.all("author"),
        editors=fields.all("editor"),
        container=fields.first("journal", "journaltitle", "booktitle"),
        date=fields.first("year", "date"),
        volume=fields.first("volume"),
        issue=fields.first("number", "issue") if kind != "book" else "",
        pages=fields.first("pages", "eid"),
        publisher=fields.first("publisher", "school", "institution", "organization"),
        urls=fields.all("url"),
        abstract="\n".join(fields.all("abstract")),
        language=fields.first("language", "langid"),
        keywords=[word for text in fields.all("keywords") for word in re.split(r"[;,]\s*", text)],
    )
    is_pubmeds = fields.that(re.compile("pubmed", re.IGNORECASE), "eprinttype", "archiveprefix")
    for kind_of_number, names in (
        ("doi", ("doi",)),
        ("pmid", ("pmid", "eprint") if is_pubmeds else ("pmid",)),
        ("pmcid", ("pmcid", "pmc")),
        ("nct", ("nct",)),
        ("isbn", ("isbn",)),
    ):
        draft.identifiers += [(kind_of_number, number) for number in fields.all(*names)]  # type: ignore[misc]
    draft.left_out = list(fields.rest())
    return draft


def _person(name: str) -> str:
    """Return "Family, Given" of "Given von Family"; an organisation stands in braces and stays."""
    whole = plain(name)
    words = whole.split()
    if name.startswith("{") or "," in whole or not 2 <= len(words) <= 6:
        return whole
    first = next((place for place, word in enumerate(words[1:-1], start=1) if word[0].islower()), len(words) - 1)
    return f"{' '.join(words[first:])}, {' '.join(words[:first])}"


def plain(value: str) -> str:
    """Return a value without LaTeX: accents as letters, braces gone. Raises HostileMarkup for braces in braces in..."""
    if deepest(value) > MOST_NESTED:
        raise HostileMarkup
    if "\\" in value and len(value) <= LONGEST_DECODED:
        value = LatexNodes2Text(math_mode="verbatim", keep_comments=True).latex_to_text(_BARE.sub(r"\\\1", value))
    return " ".join(value.replace("{", "").replace("}", "").replace("~", " ").split())


def deepest(text: str) -> int:
    """Return how deep the braces of a text nest."""
    depth = most = 0
    for character in text:
        if character == "{":
            depth += 1
            most = max(most, depth)
        elif character == "}":
            depth = max(0, depth - 1)
    return most


_SPECIAL = re.compile(r"[\\{}%&#$_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def write_bibtex(record: Record, *, key: str) -> str:
    """Return a record as a BibTeX entry in UTF-8, with the fields of BibLaTeX that databases use."""
    kind = record.as_csl()["type"]
    is_article = ENTRY_OF_KIND[kind] == "article"
    fields = {
        "author": " and ".join(map(_unsplit, record.authors)),
        "editor": " and ".join(map(_unsplit, record.editors)),
        "title": f"{{{_escaped(record.title)}}}",
        "journal" if is_article else "booktitle": _escaped(record.container),
        "year": str(record.year or ""),
        "volume": _escaped(record.volume),
        "number": _escaped(record.issue),
        "pages": _escaped(record.pages).replace("-", "--"),
        "publisher": _escaped(record.publisher),
        "doi": record.doi,
        "pmid": record.pmid,
        "pmcid": record.pmcid,
        "nct": record.nct,
        "isbn": record.isbn,
        "url": record.url,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{ENTRY_OF_KIND[kind]}{{{key},\n{lines}}}\n"


def _unsplit(name: str) -> str:
    """Return a name that is read as one: an organisation's stands in braces."""
    return _escaped(name) if "," in name else f"{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found.group(), "\\" + found.group()), text)
