"""Many mails in one: what a person asked to be told once a day or a week."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.models import Notice


@dataclass(frozen=True)
class Item:
    """One mail of a digest: what it is, its subject, and where it leads."""

    kind: str
    subject: str
    link: str


@dataclass(frozen=True)
class Subject:
    """What a digest tells of one article, oldest first."""

    article: str
    items: list[Item]


def digest(notice: Notice, *, write: Callable[[Notice], Letter]) -> Letter:
    """Tell in one mail what would have been many; ``write`` writes each of them."""
    members = list(members_of(notice))
    letters = [(member, write(member)) for member in members]
    return compose(
        notice,
        link=links.to_desk() if notice.recipient and notice.recipient.is_staff else links.to_queue(),
        subjects=list(_by_article(letters)),
        count=len(members),
        calendars=[calendar for _, letter in letters for calendar in letter.calendars],
    )


def members_of(digest: Notice) -> Iterable[Notice]:
    """Return the mails that a digest stands for, those of one round together, the oldest first."""
    about = digest.gathered.select_related("recipient", "round__revision__article", "assignment__round", "report")
    return about.filter(state=Notice.State.GATHERED).order_by("round", "owed_at", "pk")


def _by_article(letters: Iterable[tuple[Notice, Letter]]) -> Iterable[Subject]:
    for article, group in groupby(letters, key=lambda pair: _article_of(pair[0])):
        items = [Item(member.get_kind_display(), letter.subject, letter.link) for member, letter in group]
        yield Subject(article=article, items=items)


def _article_of(notice: Notice) -> str:
    return str(notice.round.revision.article) if notice.round else ""
