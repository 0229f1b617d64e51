"""A table of requests to review: whom and what its lines mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext, ngettext

from reviews.core.assigning.sheet import Line, Sheet
from reviews.models import Round, User
from reviews.models.round import RoundQuerySet
from reviews.models.wording import said
from reviews.services.asking import Wish

LONGEST_ADDRESS = 254
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Meant:
    """What a table asks for: each wish with the number of its line, and of each bad line what is wrong."""

    wishes: tuple[tuple[int, Wish], ...]
    bad: tuple[tuple[int, str], ...]


class LineUnclear(Exception):
    """It is not clear what a line asks for; the words say why."""


def understand(sheet: Sheet, *, rounds: RoundQuerySet) -> Meant:
    """Find the rounds and the people of a table's lines, in three queries; ``rounds`` are those it may speak of."""
    found = _rounds_named(sheet.lines, rounds=rounds)
    holders = holders_of({line.reviewer.lower() for line in sheet.lines})
    wishes: list[tuple[int, Wish]] = []
    bad = [(number, said(why)) for number, why in sheet.bad]
    met: dict[str, int] = {}
    for line in sheet.lines:
        try:
            wish = _wish(line, rounds=found, holders=holders)
            if (earlier := met.setdefault(wish.key, line.number)) != line.number:
                raise LineUnclear(gettext("It says the same as line %(number)s.") % {"number": earlier})
        except LineUnclear as reason:
            bad.append((line.number, str(reason)))
        else:
            wishes.append((line.number, wish))
    return Meant(tuple(wishes), tuple(sorted(bad)))


def holders_of(addresses: set[str]) -> dict[str, User]:
    """Return whose account each address in lower case belongs to, as login or as a verified further address."""
    further = User.objects.filter(emailaddress__verified=True).annotate(address=Lower("emailaddress__email"))
    logins = User.objects.annotate(address=Lower("email"))
    return {
        person.address: person
        for people in (further, logins)  # a login is stronger: it comes last
        for person in people.filter(address__in=addresses)
    }


def _rounds_named(lines: Sequence[Line], *, rounds: RoundQuerySet) -> list[Round]:
    titles = {line.article.lower() for line in lines if line.article}
    numbers = [int(line.round) for line in lines if _is_number(line.round)]
    named = rounds.open().annotate(title=Lower("revision__article__title"))
    named = named.filter(Q(pk__in=numbers) | Q(title__in=titles) | Q(revision__article__slug__in=titles))
    return list(named.select_related("revision__article").defer("revision__text").distinct())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _wish(line: Line, *, rounds: Sequence[Round], holders: Mapping[str, User]) -> Wish:
    """Return what a line asks for. Raises LineUnclear."""
    round = _round(line, rounds=rounds)
    try:
        validate_email(line.reviewer)
    except ValidationError:
        raise LineUnclear(
            gettext("“%(address)s” is not an e-mail address.") % {"address": line.reviewer[:60]}
        ) from None
    if len(line.reviewer) > LONGEST_ADDRESS:
        raise LineUnclear(gettext("An e-mail address has at most %(most)s characters.") % {"most": LONGEST_ADDRESS})
    person = holders.get(line.reviewer.lower())
    return Wish(round, person, "" if person else line.reviewer, line.due or round.due_on)


def _round(line: Line, *, rounds: Sequence[Round]) -> Round:
    article, article_said = line.article.lower(), line.article[:60]
    of_article = [one for one in rounds if article in {one.revision.article.title.lower(), one.revision.article.slug}]
    if line.round:
        by_number = [one for one in rounds if _is_number(line.round) and one.pk == int(line.round)]
        if not by_number:
            raise LineUnclear(
                gettext("There is no open round with the number “%(number)s” on your desk.")
                % {"number": line.round[:60]}
            )
        if article and by_number[0] not in of_article:
            raise LineUnclear(
                gettext("Round %(number)s is not on “%(article)s”.") % {"number": line.round, "article": article_said}
            )
        return by_number[0]
    if len(of_article) > 1:
        words = ngettext(
            "%(count)s open round is on “%(article)s”: give the round’s number.",
            "%(count)s open rounds are on “%(article)s”: give the round’s number.",
            len(of_article),
        )
        raise LineUnclear(words % {"count": len(of_article), "article": article_said})
    if not of_article:
        raise LineUnclear(gettext("There is no open round on “%(article)s” on your desk.") % {"article": article_said})
    return of_article[0]
