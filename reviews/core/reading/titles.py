"""Which lines could be a title, and which titles that a file tells of itself can be believed.

What writes files puts names of its own there: "Microsoft Word - draft2.doc", "Document1", the title of the template.
"""

import re
from collections.abc import Sequence

from reviews.core.reading.document import BODY
from reviews.core.reading.litter import is_byline, kind_of
from reviews.core.reading.plain import looks_like_title, name_of

MOST_LEADING = 3
"""Lines at the head of a document, menus and bylines not counted, among which its title is looked for."""

SAMPLE = 20_000  # characters of a text in which the words of a title are looked for
SHARE_IN_TEXT = 0.5
LEFTOVER = re.compile(
    r"\A(?:microsoft (?:office )?(?:word|powerpoint|excel)\b.{0,300}"
    r"|.{0,300}\.(?:docx?|dotx?|rtf|odt|pdf|indd|qxd|tex|html?|pptx?|txt)"
    r"|(?:new |neues )?(?:document|dokument|documento|untitled|unbenannt|sans titre|sin título|presentation|template"
    r"|vorlage|letterhead|draft|layout|title|titel|título|titre)(?: \w{1,12})?[\s_-]{0,3}\d{0,9})",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
MEANS_LITTLE = 3  # letters of a word that any text has


def could_be_title(line: str) -> bool:
    """Whether a line is short, no sentence, no menu and no byline, and has two words."""
    if not looks_like_title(line) or kind_of(line) != BODY or is_byline(line):
        return False
    return len(WORD.findall(line)) > 1


def leading(lines: Sequence[str]) -> list[int]:
    """Return the places of the lines at the head of a document among which its title can be, up to the first prose."""
    places: list[int] = []
    for place, line in enumerate(lines):
        if kind_of(line) != BODY or is_byline(line):
            continue
        if not looks_like_title(line) or len(places) == MOST_LEADING:
            break
        places.append(place)
    return places


def believed(told: str, *, text: str) -> str:
    """Return the title that a file tells of itself, or "" where it is a leftover or the text speaks of something else.

    At least half of its words of more than three letters stand in the text.
    """
    title = name_of(told)
    words = {word for word in map(str.casefold, WORD.findall(title)) if len(word) > MEANS_LITTLE}
    if not words or not could_be_title(title) or LEFTOVER.fullmatch(title):
        return ""
    in_text = {*map(str.casefold, WORD.findall(text[:SAMPLE]))}
    return title if len(words & in_text) >= SHARE_IN_TEXT * len(words) else ""
