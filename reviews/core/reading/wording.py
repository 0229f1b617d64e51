"""A quote in neutral words: what it states, without what only leads up to it."""

import re

LEAD_INS = re.compile(
    r"(?:(?:furthermore|however|moreover|additionally|in addition|also|in fact|indeed|therefore|thus|hence"
    r"|as a result|consequently|interestingly|notably"
    r"|importantly|overall|in conclusion|in summary|finally|lastly|first(?:ly)?|second(?:ly)?|third(?:ly)?"
    r"|that said|on the other hand|for example|for instance"
    r"|at its core|similarly|likewise|meanwhile|nevertheless|of course|surprisingly|fortunately|in short"
    r"|simply put|what['’]s more),\s+|(?:and|but|so)\s+)",
    re.IGNORECASE,
)
LIST_PREFIX = re.compile(r"(?:\(?\d{1,3}[.)]|[-*•–▪◦])\s+")
ITEM_HEADING = re.compile(r"(?:[\w'’&/()-]{1,40} ){0,8}[\w'’&/()-]{1,40}:\s+(?=\S+ \S+ \S)")
TITLE_LEAD = re.compile(
    r"\A(?:[^:]{1,80}:\s+)?(?:(?:examining|exploring|understanding|unveiling|discover(?:ing)?|unlocking"
    r"|uncovering|revealing|a (?:closer )?look at|inside|the truth about)\s+)?"
    r"(?:the\s+)?(?=\S+ \S+)",
    re.IGNORECASE,
)
PRONOUNS = re.compile(r"(?:It|They|This|These|That|Those|He|She|Its|Their|Such)(?!\w)")


def neutral_wording(quote: str, *, is_title: bool = False) -> str:
    """Return the quote without list mark, item heading and lead-in, its first letter a capital."""
    wording = " ".join(quote.split())
    if is_title:
        wording = TITLE_LEAD.sub("", wording, count=1)
    else:
        numbered = LIST_PREFIX.match(wording)
        if numbered:
            wording = ITEM_HEADING.sub("", wording[numbered.end() :], count=1)
        wording = LEAD_INS.sub("", wording, count=1) if LEAD_INS.match(wording) else wording
    return wording[:1].upper() + wording[1:]


def head_of(quote: str) -> int:
    """Return how many characters of a list item come before its statement: the mark, and a heading after a mark."""
    mark = LIST_PREFIX.match(quote)
    if mark is None:
        return 0
    heading = ITEM_HEADING.match(quote, mark.end())
    return heading.end() if heading else mark.end()


def pronoun_of(wording: str) -> str:
    """Return the pronoun that a wording begins with and that only the sentence before explains, or ""."""
    found = PRONOUNS.match(wording)
    return found[0] if found else ""
