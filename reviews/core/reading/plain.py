"""Plain text to a document."""

import re

from reviews.core.reading.decoding import clean_text
from reviews.core.reading.document import BODY, BYLINE, HEADING, ITEM, PARAGRAPH, TITLE, Block, Document, Facts, compose
from reviews.core.reading.language import language_of
from reviews.core.reading.litter import label, quoted_title

LONGEST_TITLE = 180  # characters; a first line that is longer is no title
MOST_LEADING = 8  # blocks at the head of a text among which a title is looked for that is marked or known
MOST_OF_A_TITLE = 300  # characters; a title that is longer is cut
WIDEST_WRAP = 100  # characters; no mail or editor wraps its lines wider
NARROWEST_WRAP = 45
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
LIST_ITEM = re.compile(r"\A\s*(?:\(?\d{1,3}[.)]|[-*•–▪◦])\s+\S")
HEADING_MARK = re.compile(r"(?:title|headline):\s+", re.IGNORECASE)
BY = re.compile(r"(?:written |posted )?by:?\s+(\D{3,80}?)\s*(?:[|,·•]?\s*\d.*)?$", re.IGNORECASE)
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=[^\W\d_])")
UNDERLINE = re.compile(r"[=\-_*~]{3,}")


def read_plain(text: str, *, title: str = "") -> Document:
    """Return the document of a plain text; lines marked as Markdown marks headings ("## Dose") are headings.

    The title is the one given, the one that a comments heading repeats, a heading of the first level near the
    beginning, or a short first line without a full stop.
    """
    lines = split_blocks(clean_text(text))
    blocks = label([block_of(line) for line in lines])
    facts = Facts(byline=byline_of(blocks), language=language_of(text))
    wanted = name_of(title) or name_of(quoted_title(lines))
    place = title_place(blocks, wanted=wanted)
    if place is None:
        # A title that a person gave is part of the article; one only quoted by its comments lies there.
        given = [Block(TITLE, wanted, role=HEADING, level=1)] if title.strip() else []
        return compose([*given, *blocks], title=wanted, facts=facts)
    name = HEADING_MARK.sub("", blocks[place].text, count=1)
    blocks[place] = Block(TITLE, name, role=HEADING, level=1)
    return compose(blocks, title=name, facts=facts)


def block_of(line: str) -> Block:
    """Return a line as a heading, a list item or a paragraph."""
    if marked := MARKDOWN_HEADING.match(line):
        return Block(BODY, line[marked.end() :], role=HEADING, level=len(marked[1]))
    return Block(BODY, line, role=ITEM if LIST_ITEM.match(line) else PARAGRAPH)


def byline_of(blocks: list[Block]) -> str:
    """Return who a byline among the blocks names, or ""."""
    found = (BY.match(block.text) for block in blocks if block.kind == BYLINE)
    return next((name_of(match[1]) for match in found if match), "")


def split_blocks(text: str) -> list[str]:
    """Return the paragraphs, headings and list items of a text, each in one line with single spaces."""
    return [line for chunk in BLANK_LINES.split(text) for item in items_of(chunk) for line in unwrap(item)]


def items_of(chunk: str) -> list[list[str]]:
    """Return the lines of a chunk, a new list at each line that begins a list item."""
    items: list[list[str]] = []
    for line in filter(str.strip, chunk.split("\n")):
        if LIST_ITEM.match(line) or not items:
            items.append([])
        items[-1].append(tidy(line))
    return items


def unwrap(lines: list[str]) -> list[str]:
    """Return hard-wrapped lines as one, other lines as they are (a line is a paragraph); drop underlines."""
    widths = [len(line) for line in lines]
    wrapped = len(lines) > 1 and max(widths) <= WIDEST_WRAP and min(widths[:-1]) >= NARROWEST_WRAP
    kept = [" ".join(lines)] if wrapped else lines
    return [line for line in kept if not UNDERLINE.fullmatch(line)]


def tidy(line: str) -> str:
    """Return a line with single spaces inside and none around it."""
    return SPACES.sub(" ", line.replace("\n", " ")).strip()


def name_of(title: str) -> str:
    """Return a title in one clean line of at most MOST_OF_A_TITLE characters."""
    return tidy(clean_text(title))[:MOST_OF_A_TITLE].rstrip()


def title_place(blocks: list[Block], *, wanted: str) -> int | None:
    """Return which block is the title, if one is."""
    bodies = [place for place, block in enumerate(blocks) if block.kind == BODY]
    if wanted:
        same = (place for place in bodies[:MOST_LEADING] if same_title(blocks[place].text, wanted))
        return next(same, None)
    marked = [place for place in bodies[:MOST_LEADING] if blocks[place].role == HEADING and blocks[place].level == 1]
    if marked and looks_like_title(blocks[marked[0]].text):
        return marked[0]
    if len(bodies) > 1 and looks_like_title(blocks[bodies[0]].text):
        return bodies[0]
    return None


def same_title(line: str, wanted: str) -> bool:
    """Whether two lines say the same but for case, punctuation and a heading mark."""
    line = HEADING_MARK.sub("", line, count=1)
    return [*re.findall(r"\w+", line.casefold())] == [*re.findall(r"\w+", wanted.casefold())]


def looks_like_title(line: str) -> bool:
    """Whether a first line is short, no list item and no sentence that ends in a full stop."""
    if len(line) > LONGEST_TITLE or LIST_ITEM.match(line):
        return False
    return not line.endswith((".", ":", ";", ",", "…")) and bool(re.search(r"[^\W\d_]{2}", line))
