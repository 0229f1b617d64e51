"""Declared interests, matched with whoever has to do with an article: its vendor, product, publisher and author.

An interest is the name of a company, a product, a publisher or a person. It matches a party when its words stand there,
whole and in this order, whatever the case and the punctuation; the legal form of a company ("Ltd", "GmbH") does not
count. "Copperleaf Ltd." meets "Copperleaf Health (UK)", and "leaf" meets neither.
"""

import re
from collections.abc import Iterable, Mapping

LEGAL_FORMS = {
    *("ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "limited"),
    *("llc", "llp", "ltd", "nv", "oy", "plc", "pty", "sa", "sarl", "se", "spa", "srl"),
}
MOST_INTERESTS = 50


def normal(name: str) -> str:
    """Return a name in the form in which two are compared: lower case, its words parted by one space each."""
    return re.sub(r"[\W_]+", " ", name.lower()).strip()


def names_in(text: str) -> list[str]:
    """Return the interests that a person declared, one a line, in normal form and each once; at most 50.

    A line that is nothing but legal forms is left as it stands: there may be a company of that name.
    """
    lines = [normal(line) for line in text.splitlines()]
    return list(dict.fromkeys(_without_legal_form(line) for line in lines if line))[:MOST_INTERESTS]


def conflicts(interests: Iterable[str], *, parties: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return which interests, in normal form, meet which parties: pairs of the interest and the party's role.

    ``parties`` gives for a role ("vendor") a name ("Copperleaf Health"); an empty name meets nobody.
    """
    named = {role: f" {normal(name)} " for role, name in parties.items() if name.strip()}
    return [(interest, role) for interest in interests for role, name in named.items() if f" {interest} " in name]


def _without_legal_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words)
