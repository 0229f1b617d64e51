"""XML and JSON from strangers: no entities, no depth without end, no network."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from reviews.core.citing.errors import BrokenAt, HostileMarkup

MOST_DEEP = 100
LONGEST_PROLOGUE = 5_000

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
LONGEST_ERROR = 300
_NO_VALUE = re.compile(r"[\s,\[\]]*")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def xml_of(text: str) -> etree._Element:
    """Return the root of a document. Raises BrokenMarkup, HostileMarkup.

    The document type is cut off unread; whatever declares an entity or nests deeper than 100 is refused before parsing.
    """
    if _ENTITY.search(text) or _too_deep(text):
        raise HostileMarkup
    bare = _without_doctype(_DECLARATION.sub("", text, count=1))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(bare.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenAt(error=str(error)[:LONGEST_ERROR]) from error


def parts_of_xml(text: str, *, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and the markup of each element of these names, of a document that is broken as a whole.

    One that is not closed lasts to the next.
    """
    starts = re.finditer(rf"<({'|'.join(names)})(?=[\s>])", text)
    line, reached, start = 1, 0, next(starts, None)
    while start:
        later = next(starts, None)
        line += text.count("\n", reached, start.start())
        reached = start.start()
        part, closing = text[reached : later.start() if later else len(text)], f"</{start[1]}>"
        closed = part.rfind(closing)
        yield line, part if closed < 0 else part[: closed + len(closing)]
        start = later


def _without_doctype(text: str) -> str:
    start = text.find("<!DOCTYPE", 0, LONGEST_PROLOGUE)
    subset, end = text.find("[", start, LONGEST_PROLOGUE), text.find(">", start, LONGEST_PROLOGUE)
    if 0 <= subset < end:
        end = text.find(">", text.find("]", subset, LONGEST_PROLOGUE), LONGEST_PROLOGUE)
    return text if start < 0 or end < 0 else text[:start] + text[end + 1 :]


def _too_deep(text: str) -> bool:
    depth = 0
    for tag in re.finditer(r"<(/?)[A-Za-z_](?:[^<>]*[^<>/])?(/?)>", text):
        if tag.group(1):
            depth -= 1
        elif not tag.group(2):
            depth += 1
            if depth > MOST_DEEP:
                return True
    return False


def words_of(element: etree._Element | None) -> str:
    """Return all text within an element, in one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins, from 1."""
    return int(str(element.sourceline or 1))


def unread(element: etree._Element, *, read: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and words of every part of an element that is not among the ``read`` names.

    A part with read names inside is looked into.
    """
    for child in element:
        name = str(child.tag)
        if name in read:
            continue
        inside = {str(below.tag) for below in child.iterdescendants()}
        if inside & read:
            yield from unread(child, read=read)
        elif words := words_of(child):
            yield name, words


def json_of(text: str) -> Any:
    """Return the value of a JSON text. Raises BrokenMarkup, HostileMarkup."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise HostileMarkup from error
    except ValueError as error:
        raise BrokenAt(error=str(error)[:LONGEST_ERROR]) from error


def values_of_json(text: str) -> Iterator[Any]:
    """Yield the values that stand one after the other, or in a list, of a text that is no JSON as a whole.

    Where one is broken, BrokenAt is raised behind those before it. Raises HostileMarkup.
    """
    decoder = json.JSONDecoder()
    place = _between_values(text, 0)
    while place < len(text):
        try:
            value, end = decoder.raw_decode(text, place)
        except RecursionError as error:
            raise HostileMarkup from error
        except ValueError as error:
            raise BrokenAt(error=str(error)[:LONGEST_ERROR]) from error
        yield value
        place = _between_values(text, end)


def _between_values(text: str, place: int) -> int:
    found = _NO_VALUE.match(text, place)
    return found.end() if found else place
