"""An HTML page to a document. What is taken over is text alone: no tag, script or style survives."""

import re
from dataclasses import replace
from datetime import date

import trafilatura
from lxml import html
from lxml.etree import ParserError, _Element

from reviews.core.reading.decoding import clean_text
from reviews.core.reading.document import BODY, BYLINE, COMMENTS, HEADING, TITLE, Block, Document, Facts, compose
from reviews.core.reading.errors import Overfilled
from reviews.core.reading.language import language_of
from reviews.core.reading.litter import label
from reviews.core.reading.markup import EXTRACTED, HEADINGS, PAGE, blocks_of
from reviews.core.reading.plain import byline_of, name_of, same_title, tidy

MOST_BLOCKS = 5000  # elements above which trafilatura's second opinion, which takes quadratic time, is not asked
MOST_ELEMENTS = 40_000  # blocks that are read: the longest handbooks have some thousands
WIDEST_ROW = 200  # cells; trafilatura counts the cells of a row anew at each of them
SITE_MARKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " » ")
LONGEST_LEAD = 1200  # characters of a lead that stands in an article's <header>
FEWEST_LEAD = 40
AFTER_A_NAME = re.compile(  # "MA", "PhD", "M.D.", "FNP-C", "Health Editor"
    r"(?:[A-Z][A-Za-z]{0,3}\.?){1,4}(?:-[A-Z]{1,3})?"
    r"|(?:[A-Z]\w{1,20} ){0,3}(?:Editor|Writer|Reporter|Correspondent|Contributor|Journalist|Columnist)"
)
IS_PAGE = re.compile(
    r"\A\s*(?:<!doctype html|<\?xml[^>]{0,100}>\s*<html|<(?:html|head|body|article|main|div|p|h[1-6])[\s>])",
    re.IGNORECASE,
)
OF_A_HEADER = ("h1", "h2", "h3", "h4", "h5", "h6", "nav", "time", "a", "form", "ul")


def looks_like_page(text: str) -> bool:
    """Whether what somebody pasted is the markup of a page and no plain text."""
    return bool(IS_PAGE.match(text[:1000])) and "</" in text


def read_page(source: str, *, title: str = "") -> Document:
    """Return the document of a page: its main text by trafilatura, or all its text where that finds none.

    Raises Overfilled for more than MOST_ELEMENTS blocks.
    """
    tree = trafilatura.load_html(source)
    given = name_of(title)
    found = None
    if tree is not None:
        elements = sum(1 for _ in tree.iter(*PAGE))
        if elements > MOST_ELEMENTS:
            raise Overfilled
        free_leads(tree)
        plain_tables(tree)
        fast = elements > MOST_BLOCKS
        found = trafilatura.bare_extraction(tree, with_metadata=True, include_links=True, fast=fast)
    declared = "" if tree is None else tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if found is None or isinstance(found, dict) or found.body is None:
        tree = parse(source)
        lines = [*blocks_of(body_of(tree), blocks=PAGE)]
        return compose_page(given or title_of(tree, lines), label(lines), Facts(), declared=declared)
    lines = with_headings([*blocks_of(found.body, blocks=EXTRACTED)], tree)
    name = given or title_of(tree, lines, told=without_site(found.title or "", found.sitename or ""))
    comments = [replace(block, kind=COMMENTS) for block in blocks_of(found.commentsbody, blocks=EXTRACTED)]
    facts = Facts(
        byline=authors_of(found.author or ""),
        publisher=name_of(found.sitename or ""),
        published_on=day_of(found.date),
        address=found.url or "",
    )
    byline = Block(BYLINE, facts.byline)
    return compose_page(name, [byline, *label(lines), *comments], facts, declared=declared)


def with_headings(lines: list[Block], tree: _Element | None) -> list[Block]:
    """Return the blocks of a page in which no heading was found with those that the page has between two of them.

    Where trafilatura sees no article, as in a forum's post, it gathers the paragraphs and leaves their headings.
    """
    if tree is None or any(line.role == HEADING for line in lines):
        return lines
    places = {line.text: place for place, line in enumerate(lines)}
    headings: dict[int, Block] = {}
    for heading in tree.iter(*HEADINGS):
        above, below = heading.getprevious(), heading.getnext()
        if above is not None and below is not None and above.tag == below.tag == "p":
            place = places.get(text_of(below))
            if place and lines[place - 1].text == text_of(above):
                headings[place] = Block(BODY, text_of(heading), role=HEADING, level=HEADINGS[str(heading.tag)])
    with_them = ((headings.get(place), line) for place, line in enumerate(lines))
    return [block for pair in with_them for block in pair if block and block.text]


def read_markup(source: str, *, title: str = "") -> Document:
    """Return the document of markup that is all article, as a converted file is: nothing is left out of it.

    Its title is the one given, or the one in its head.
    """
    tree = parse(source)
    told = "" if tree is None else tree.findtext(".//title") or ""
    lines = [*blocks_of(body_of(tree), blocks=PAGE)]
    return compose_page(name_of(title) or name_of(told), label(lines), Facts(), declared="")


def compose_page(title: str, blocks: list[Block], facts: Facts, *, declared: str) -> Document:
    """Return the document of a page's blocks with its title as the first of them, once."""
    bodies = [place for place, block in enumerate(blocks) if block.kind == BODY]
    repeated = [place for place in bodies[:3] if title and same_title(blocks[place].text, title)]
    rest = [block for place, block in enumerate(blocks) if place not in repeated]
    prose = " ".join(block.text for block in rest if block.kind == BODY)
    facts = replace(facts, byline=facts.byline or byline_of(rest), language=language_of(prose, declared=declared))
    return compose([Block(TITLE, title, role=HEADING, level=1), *rest], title=title, facts=facts)


def parse(source: str) -> html.HtmlElement | None:
    """Return the tree of any markup, however little of it there is, or None where there is none."""
    try:
        return html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None


def body_of(tree: _Element | None) -> _Element | None:
    """Return the tree without the page's head."""
    return None if tree is None else tree.find("body")


def free_leads(tree: _Element) -> None:
    """Make a paragraph of each <header> inside an article that holds its lead and nothing of a header."""
    for header in tree.iter("header"):
        text = text_of(header)
        is_prose = FEWEST_LEAD <= len(text) <= LONGEST_LEAD and text.endswith((".", "?", "!", "…"))
        if is_prose and in_article(header) and not is_header(header):
            header.tag = "p"


def plain_tables(tree: _Element) -> None:
    """Let cells stretch over no others, and begin a new row after each WIDEST_ROW cells of a row or of no row.

    Nothing is lost: what is read is text. A page of 70 KB of stretched cells keeps trafilatura busy for minutes.
    """
    for cell in tree.iter("td", "th"):
        cell.attrib.pop("colspan", "")
        cell.attrib.pop("rowspan", "")
    for outer in [outer for outer in tree.iter("tr", "table", "tbody") if len(outer) > WIDEST_ROW]:
        cells = [cell for cell in outer if cell.tag in {"td", "th"}]
        for place in reversed(range(WIDEST_ROW, len(cells), WIDEST_ROW)):
            row = outer.makeelement("tr")
            if outer.tag == "tr":
                outer.addnext(row)
                row.extend(cells[place : place + WIDEST_ROW])
            else:
                cells[place].addprevious(row)


def is_header(header: _Element) -> bool:
    """Whether a header has what headers have: a heading, a menu, a date, a link, a form."""
    return next(header.iter(*OF_A_HEADER), None) is not None


def in_article(element: _Element) -> bool:
    """Whether an element stands in what a page says is its article."""
    return any(
        outer.tag in {"article", "main"} or "articleBody" in (outer.get("itemprop") or "")
        for outer in element.iterancestors()
    )


def title_of(tree: _Element | None, lines: list[Block], *, told: str = "") -> str:
    """Return the page's title, or "".

    It is the first of: the line that the article opens with, where that is a heading and the <title> begins with it;
    what the page's metadata told; the only <h1>; the <title>.
    """
    if tree is None:
        return told
    whole = name_of(tree.findtext(".//title") or "")
    headings = {text_of(heading) for heading in tree.iter("h1", "h2")}
    if lines and lines[0].text in headings and whole.startswith(lines[0].text):
        return name_of(lines[0].text)
    sole = {text_of(heading) for heading in tree.iter("h1")} - {""}
    return told or (name_of(sole.pop()) if len(sole) == 1 else whole)


def without_site(title: str, site: str) -> str:
    """Return a page's title without the site's name at its end."""
    title = name_of(title)
    for mark in SITE_MARKS:
        head, _, tail = title.rpartition(mark)
        if head and site and same_title(tail, site):
            return head
    return title


def authors_of(told: str) -> str:
    """Return who wrote it in one line; a degree or a post, which metadata lists like a name, follows its owner."""
    line = ""
    for name in filter(None, (name_of(part) for part in told.split(";"))):
        line += (", " if AFTER_A_NAME.fullmatch(name) else "; " if line else "") + name
    return name_of(line.removeprefix(", "))


def day_of(told: str | None) -> date | None:
    """Return the day that a page says it was published on, where it is one."""
    try:
        return date.fromisoformat(told or "")
    except ValueError:
        return None


def text_of(element: _Element) -> str:
    """Return an element's text in one clean line."""
    return tidy(clean_text("".join(map(str, element.itertext()))))
