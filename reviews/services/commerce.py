"""The commercial map of an article, and who among those that may be asked has an interest in a name on it."""

from reviews.core.assigning.interests import conflicts
from reviews.core.reading.commerce import Commerce, commerce_of
from reviews.core.reading.document import Link
from reviews.models import Revision, User


def map_of(revision: Revision) -> Commerce:
    """Return the commercial map of a text as it stands at its article's address."""
    links = [Link(start, end, address) for start, end, address in revision.build.get("links", [])]
    return commerce_of(revision.text, links, address=revision.article.url)


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
