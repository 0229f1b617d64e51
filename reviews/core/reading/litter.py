"""What surrounds an article and is not the article: menus, page numbers, comment forms, advertisements.

Every rule is about the form of a block or the words that sites share; none knows a single site.
"""

import re
from collections.abc import Iterable, Iterator

from reviews.core.reading.document import (
    ADVERTISEMENT,
    BODY,
    BYLINE,
    COMMENTS,
    NAVIGATION,
    Block,
)

LONGEST_LITTER = 260  # characters; what is longer is prose, whatever it begins with
MOST_BYLINES = 4  # blocks at the head of a body among which a byline may stand

PAGE_NUMBERS = re.compile(
    r"(?:(?:pages?|previous|prev|first|next|last|older|newer|[«»‹›<>←→]|\.{2,3}|…|[-|·/])[\s:]*)*"
    r"\d{1,4}(?:[\s|·,/-]+(?:of\s+)?(?:\d{1,4}|\.{2,3}|…|next|last|[»›>→]+)){1,60}",
    re.IGNORECASE,
)
MENU_WORDS = re.compile(
    r"(?:skip to (?:main )?content|(?:main |toggle )?menu|home|search|back to top|print(?: this)?(?: page"
    r"| article)?"
    r"|share(?: this)?(?: article| post| page| story)?(?: (?:on|via) .{1,60})?:?|tweet|pin it|log ?in"
    r"|sign (?:in|up)|register"
    r"|(?:previous|next|older|newer)(?: (?:post|article|page|story|entry|entries|posts))?(?: .{1,100})?"
    r"|(?:related|recent|popular|more|similar|trending|recommended)(?: (?:posts?|articles?|stor(?:y|ies)"
    r"|reading|topics|news))+:?"
    r"|you (?:may|might) also (?:like|enjoy)|read (?:more|next|also)(?:: .{1,100})?"
    r"|continue reading(?: .{1,60})?|see also:?"
    r"|(?:tags?|categor(?:y|ies)|filed under|posted in|tagged(?: with)?):? .{1,140}|categories|archives"
    r"|(?:subscribe|sign up) (?:to|for) (?:our|the|my) .{1,80}|follow us(?: on .{1,60})?|cookie (?:policy"
    r"|settings)"
    r"|privacy policy|terms (?:of (?:use|service)|and conditions)|contact(?: us)?|about us|table of contents"
    r"|contents"
    r"|(?:copyright\s)?(?:©|\(c\)).{0,120}|.{0,80}all rights reserved\.?|powered by .{1,40})",
    re.IGNORECASE,
)
TRAIL = re.compile(r"home(?:\s*[>»›/→|]\s*[^>»›/→|]{1,60}){1,8}", re.IGNORECASE)
ADVERTISING = re.compile(
    r"[-–—\s]*(?:advertisements?|sponsored(?: content| links?| post)?|promoted(?: content| stories)?"
    r"|paid (?:content|partnership))"
    r"(?:[-–—\s:]+continue reading(?: the main story)?(?: below)?)?[-–—\s.:]*",
    re.IGNORECASE,
)
COMMENT_HEADS = re.compile(
    r"comments? (?:on|to|for)\s*[:“\"'‘«].{1,150}"
    r"|(?:\d+|no|one|two|three|all|show|view)\s+(?:comments?|responses?|repl(?:y|ies)|thoughts?)(?:\s+(?:on"
    r"|to)\b.{0,140})?"
    r"|(?:leave|post|write|add|submit) (?:a|your) (?:reply|comment|response)(?: .{0,60})?|cancel reply"
    r"|join the (?:discussion|conversation)"
    r"|comments?(?: \(\d+\))?:?|(?:comments?|discussion) (?:are )?closed\.?|reader comments"
    r"|your email address will not be published.{0,100}",
    re.IGNORECASE,
)
QUOTED_TITLE = re.compile(
    r"(?:comments?|\w+ (?:thoughts?|responses?|repl(?:y|ies)|comments?)) (?:on"
    r"|to)[:\s]+[“\"'‘«]\s*(.{3,200}?)\s*[”\"'’»]",
    re.IGNORECASE,
)
BYLINES = re.compile(
    r"(?:(?:written|medically reviewed|reviewed|fact[- ]checked|edited|posted|published"
    r"|updated)\s+)?by:?\s+\S.{1,100}"
    r"|(?:authors?|reviewer|(?:last )?(?:updated|reviewed|modified)|published|posted"
    r"|date)(?: on)?:?\s+\S.{1,80}"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:january"
    r"|february|march|april|may|june"
    r"|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
    r"\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}(?:[,\s]+\d{1,2}:\d\d.{0,12})?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2} min(?:ute)?s? read",
    re.IGNORECASE,
)


def kind_of(line: str) -> str:
    """Return what a block is by its own form: comments, navigation, advertisement, or else body."""
    if len(line) > LONGEST_LITTER:
        return BODY
    for kind, form in (
        (NAVIGATION, PAGE_NUMBERS),
        (COMMENTS, COMMENT_HEADS),
        (ADVERTISEMENT, ADVERTISING),
        (NAVIGATION, TRAIL),
        (NAVIGATION, MENU_WORDS),
    ):
        if form.fullmatch(line):
            return kind
    return BODY


def is_byline(line: str) -> bool:
    """Whether a block names an author, a reviewer or a date, and nothing else."""
    return len(line) <= LONGEST_LITTER and not line.endswith((".", "?", "!")) and bool(BYLINES.fullmatch(line))


def label(lines: Iterable[str]) -> Iterator[Block]:
    """Yield each line as a block of its kind.

    What follows a comments heading is comments to the end, unless no body stood before it: there the heading
    is a link at the head of the page.
    """
    bodies = 0
    in_comments = False
    for line in lines:
        kind = COMMENTS if in_comments else kind_of(line)
        if kind == COMMENTS:
            in_comments = bodies > 0
        elif kind == BODY and bodies < MOST_BYLINES and is_byline(line):
            kind = BYLINE
        bodies += kind == BODY
        yield Block(kind, line)


def quoted_title(lines: Iterable[str]) -> str:
    """Return the title that a comments heading repeats in quotes, or ""."""
    for line in lines:
        found = QUOTED_TITLE.match(line) if len(line) <= LONGEST_LITTER else None
        if found:
            return found[1]
    return ""
