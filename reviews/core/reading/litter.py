"""What surrounds an article and is not the article: menus, page numbers, comment forms, advertisements.

Every rule is about the form of a block or the words that sites share; none knows a single site.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reviews.core.reading.document import (
    ADVERTISEMENT,
    BODY,
    BYLINE,
    COMMENTS,
    HEADING,
    ITEM,
    NAVIGATION,
    RELATED,
    Block,
)

LONGEST_LITTER = 260  # characters; what is longer is prose, whatever it begins with
MOST_BYLINES = 4  # blocks at the head of a body among which a byline may stand
LONGEST_TEASER = 160  # characters of a title in a list of other articles
FEWEST_MARKS = 2  # of a company's portrait of itself, all that stands below the article counted together

PAGE_NUMBERS = re.compile(  # what stands before the numbers is never given back: many dots can be parted in many ways
    r"\A(?>(?:(?:pages?|previous|prev|first|next|last|older|newer|[«»‹›<>←→]|\.{2,}+|…|[-|·/])[\s:]*)*)"
    r"\d{1,4}(?:[\s|·,/-]+(?:of\s+)?(?:\d{1,4}|\.{2,3}|…|next|last|[»›>→]+)){1,60}",
    re.IGNORECASE,
)
MENU_WORDS = re.compile(
    r"(?:skip to (?:main )?content|(?:main |toggle )?menu|home|search|back to top|print(?: this)?(?: page"
    r"| article)?"
    r"|share(?: this)?(?: article| post| page| story)?(?: (?:on|via) .{1,60})?:?|tweet|pin it|log ?in"
    r"|sign (?:in|up)|register"
    r"|(?:previous|next|older|newer)(?: (?:post|article|page|story|entry|entries|posts))?(?: .{1,100})?"
    r"|(?:please wait|loading)\s?(?:\.{2,3}|…)?|this feature is (?:temporarily )?unavailable\..{0,60}"
    r"|thank you!|thanks!"
    r"|(?:now )?check your (?:e-?mail|inbox)\b.{0,120}|thank you for (?:subscribing|signing up).{0,80}"
    r"|(?:get|grab|claim|download) (?:my|our|your|the) free .{1,60}|(?:for immediate|press|news|media) release:?"
    r"|(?:strictly )?(?:under )?embargo(?:ed)?\b.{0,80}|news provided by\b.{0,60}"
    r"|(?:media|press) (?:contacts?|enquiries|inquiries)\b.{0,150}|#{2,5}|[-–—*\s]{0,4}ends[-–—*\s]{0,4}"
    r"|continue reading(?: .{1,60})?|see also:?"
    r"|(?:tags?|categor(?:y|ies)|filed under|posted in|tagged(?: with)?):? .{1,140}|categories|archives"
    r"|(?:subscribe|sign up) (?:to|for) (?:our|the|my) .{1,80}|follow us(?: on .{1,60})?|cookie (?:policy"
    r"|settings)"
    r"|privacy policy|terms (?:of (?:use|service)|and conditions)|contact(?: us)?|about us|table of contents"
    r"|contents"
    r"|(?:copyright\s)?(?:©|\(c\)).{0,120}|.{0,80}all rights reserved\.?|powered by .{1,40})",
    re.IGNORECASE,
)
RELATED_HEADS = re.compile(
    r"(?:related|recent|popular|more|similar|trending|recommended|latest|further|editors?['’]s?)"
    r"(?: (?:posts?|articles?|stor(?:y|ies)|reading|reads|topics|news|coverage|content|picks?|for you|from .{1,40}))+:?"
    r"|you (?:may|might) also (?:like|enjoy|be interested in):?|(?:read|see|up) (?:more|next|also)(?:: .{1,100})?"
    r"|most (?:read|popular|viewed)|(?:today|more) on .{1,30}|recommended(?: for you)?:?",
    re.IGNORECASE,
)
ABOUT_PERSON = re.compile(r"about the (?:authors?|writer|contributor|expert|reviewer):?", re.IGNORECASE)
ABOUT_COMPANY = re.compile(r"(?:About|ABOUT) (?:us|US|[A-Z][\w.,&’' -]{1,60}):?")
COMPANY_MARKS = re.compile(
    r"\bis (?:an? |the )(?:[\w-]+ ){0,5}(?:company|provider|manufacturer|supplier|distributor|producer|retailer|brand"
    r"|firm|business|start-?up|corporation)\b"
    r"|\bheadquartered\b|\bsubsidiar(?:y|ies) in\b|\bemploys? (?:\w+ ){0,3}[\d,.]+|\boffices in\b"
    r"|\blisted on (?:the )?[A-Z]|\bregistered shares\b|\bstock exchange\b|\((?:NYSE|NASDAQ|LSE|SIX|ETR):"
    r"|\b(?:was )?(?:founded|established|incorporated) in (?:19|20)\d\d\b|\b(?:our|['’]s) (?:mission|vision) is\b"
    r"|\bfor more information,? (?:please )?visit\b|\bforward-looking statements\b|\bregistered trademarks? of\b"
)
NAMED_WITH_DEGREE = re.compile(
    r"(?:[A-Z][\w.'’-]{0,40}\s){1,4}[A-Z][\w'’-]{1,40}(?:,\s?(?:MD|M\.D\.|DO|PhD|Ph\.D\.|MPH|RDN?|RN|LDN|CDN|MSc?|MA|BSc?|MBBS|FRCP"
    r"|PharmD|DNP|FNP|PA-C|NP|DDS|PsyD|CPT|LCSW)){1,5}"
)
TRAIL = re.compile(r"home(?:\s*[>»›/→|]\s*[^>»›/→|]{1,60}){1,8}", re.IGNORECASE)
ADVERTISING = re.compile(
    r"\A[-–—\s]*(?:advertisements?|sponsored(?: content| links?| post)?|promoted(?: content| stories)?"
    r"|paid (?:content|partnership))"
    r"(?:[-–—\s:]+continue reading(?: the main story)?(?: below)?)?[-–—\s.:]*",
    re.IGNORECASE,
)
COMMENT_HEADS = re.compile(
    r"comments? (?:on|to|for)\s*[:“\"'‘«].{1,150}"
    r"|(?:\d{1,7}|no|one|two|three|all|show|view)\s+(?:comments?|responses?|repl(?:y|ies)|thoughts?)(?:\s+(?:on"
    r"|to)\b.{0,140})?"
    r"|(?:leave|post|write|add|submit) (?:a|your) (?:reply|comment|response)(?: .{0,60})?|cancel reply"
    r"|join the (?:discussion|conversation)"
    r"|comments?(?: \(\d+\))?:?|(?:comments?|discussion) (?:are )?closed\.?|reader comments"
    r"|your email address will not be published.{0,100}",
    re.IGNORECASE,
)
QUOTED_TITLE = re.compile(
    r"\A(?:comments?|\w+ (?:thoughts?|responses?|repl(?:y|ies)|comments?)) (?:on"
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
    """Return what a block is by its own form: comments, navigation, advertisement, related, or else body."""
    if len(line) > LONGEST_LITTER:
        return BODY
    for kind, form in (
        (NAVIGATION, PAGE_NUMBERS),
        (COMMENTS, COMMENT_HEADS),
        (ADVERTISEMENT, ADVERTISING),
        (NAVIGATION, TRAIL),
        (NAVIGATION, MENU_WORDS),
        (RELATED, RELATED_HEADS),
    ):
        if form.fullmatch(line):
            return kind
    return BODY


def is_byline(line: str) -> bool:
    """Whether a block names an author, a reviewer or a date, and nothing else."""
    if len(line) > LONGEST_LITTER or line.endswith((".", "?", "!")):
        return False
    return bool(BYLINES.fullmatch(line) or NAMED_WITH_DEGREE.fullmatch(line))


def label(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with their kinds.

    What follows a comments heading is comments to the end, unless no body stood before it: there the heading
    is a link at the head of the page. What follows a heading of other articles is related until prose begins.
    """
    return without_tail([*labelled_one_by_one(blocks)])


def labelled_one_by_one(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield each block with its kind by its own form and by the heading that it stands under."""
    bodies = 0
    under = ""
    for block in blocks:
        if under == COMMENTS or (under == RELATED and is_teaser(block)) or (under == BYLINE and is_portrait(block)):
            yield replace(block, kind=under)
            continue
        kind = kind_of(block.text)
        if kind == BODY and bodies < MOST_BYLINES and is_byline(block.text):
            kind = BYLINE
        if kind == BODY and bodies and ABOUT_PERSON.fullmatch(block.text):
            kind = BYLINE
            under = BYLINE
        else:
            under = kind if kind == RELATED or (kind == COMMENTS and bodies) else ""
        bodies += kind == BODY
        yield replace(block, kind=kind)


def is_teaser(block: Block) -> bool:
    """Whether a block could be another article's title: short, and no sentence."""
    return len(block.text) <= LONGEST_TEASER and not block.text.endswith((".", ":", ";"))


def is_portrait(block: Block) -> bool:
    """Whether a block below "About the author" goes on about them: anything but a heading."""
    return block.role != HEADING


def without_tail(blocks: list[Block]) -> list[Block]:
    """Return the blocks with what stands below the article named for what it is.

    Below it stand a company's portrait of itself, which praises and is no part of the article, and headings of
    what the page shows elsewhere.
    """
    places = [place for place, block in enumerate(blocks) if block.kind == BODY]
    blocks = named_from(company_place(blocks, places), blocks, kind=ADVERTISEMENT)
    places = [place for place, block in enumerate(blocks) if block.kind == BODY]
    return named_from(bare_heading_place(blocks, places), blocks, kind=NAVIGATION)


def named_from(first: int, blocks: list[Block], *, kind: str) -> list[Block]:
    """Return the blocks with what is body from a place on named as of a kind."""
    tail = [replace(block, kind=kind) if block.kind == BODY else block for block in blocks[first:]]
    return [*blocks[:first], *tail]


def company_place(blocks: Sequence[Block], places: Sequence[int]) -> int:
    """Return where a company's portrait at the end of the body begins: beyond the last block where there is none.

    It is the run of blocks that bear marks of such portraits, FEWEST_MARKS of them together, with the heading above it.
    An article's first half is never taken for one.
    """
    first = len(blocks)
    marks = 0
    for place in reversed(places[(len(places) + 1) // 2 :]):
        found = len({match.group().casefold() for match in COMPANY_MARKS.finditer(blocks[place].text)})
        heads = bool(ABOUT_COMPANY.fullmatch(blocks[place].text))
        if blocks[place].role == ITEM or not (found or heads):
            break
        marks += found
        first = place
        if heads:
            break
    return first if marks >= FEWEST_MARKS else len(blocks)


def bare_heading_place(blocks: Sequence[Block], places: Sequence[int]) -> int:
    """Return where headings begin that nothing of the body follows any more: beyond the last block if none do."""
    first = len(blocks)
    for place in reversed(places[1:]):
        if blocks[place].role != HEADING or blocks[place].text.endswith((".", "!")):
            break
        first = place
    return first


def quoted_title(lines: Iterable[str]) -> str:
    """Return the title that a comments heading repeats in quotes, or ""."""
    for line in lines:
        found = QUOTED_TITLE.match(line) if len(line) <= LONGEST_LITTER else None
        if found:
            return found[1]
    return ""
