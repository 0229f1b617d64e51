"""The commercial map of an article, and who among those that may be asked has an interest in a name on it."""

from typing import Any

from reviews.core.assigning.interests import conflicts
from reviews.core.reading.commerce import OUTBOUND, Commerce, Stretch, commerce_of
from reviews.core.reading.document import Link
from reviews.models import Revision, User

AROUND = 60
MOST_PLACES = 8
Found = dict[str, dict[str, Any]]


def map_of(revision: Revision) -> Commerce:
    """Return the commercial map of a text as it stands at its article's address."""
    links = [Link(start, end, address) for start, end, address in revision.build.get("links", [])]
    return commerce_of(revision.text, links, address=revision.article.url)


def found_in(revision: Revision) -> Found:
    """Return what the map of a text has found, as a round keeps it for its forms: see ``Round.found``."""
    commerce = map_of(revision)
    gainful = [link for link in commerce.links if link.kind != OUTBOUND]
    stretches = {
        "sellers": commerce.sellers,
        "products": commerce.products,
        "coupons": commerce.coupons,
        "disclosures": commerce.disclosures,
    }
    places = {name: [_in_place(one, text=revision.text) for one in found] for name, found in stretches.items()}
    places["links"] = [{"before": "", "words": one.site, "after": "", "why": one.why} for one in gainful]
    return {name: {"count": len(found), "places": found[:MOST_PLACES]} for name, found in places.items()}


def _in_place(stretch: Stretch, *, text: str) -> dict[str, str]:
    """Return words with those of their line around them, at most AROUND characters on each side."""
    before = text[max(0, stretch.start - AROUND) : stretch.start].rpartition("\n")[2]
    after = text[stretch.end : stretch.end + AROUND].partition("\n")[0]
    return {"before": before, "words": stretch.words, "after": after, "why": ""}


def interested_in(commerce: Commerce) -> list[tuple[User, str]]:
    """Return whoever declared an interest in a name on the map, with the interest as it is compared.

    It is said, never decided: a name counts for conflicts once the desk has it in the article's details.
    """
    parties = {name: name for name in commerce.names}
    if not parties:
        return []
    people = User.objects.filter(is_active=True).exclude(interests="")
    return [
        (person, interest)
        for person in people
        for interest in dict.fromkeys(met for met, _ in conflicts(person.names_of_interest, parties=parties))
    ]
