"""Many requests to review, made together: what each comes to is seen before anything happens."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reviews.core.assigning.interests import conflicts
from reviews.errors import PreviewOvertaken, Refusal
from reviews.gateways.account import verified_addresses_of
from reviews.jobs.choice import quiet_end
from reviews.models import Assignment, MailHours, Round, RoundClaim, Suppression, User
from reviews.models.article import PARTIES
from reviews.services.assignment import assign_reviewer, refuse_day, refuse_person

AT_ONCE = _("at once")


@dataclass(frozen=True)
class Wish:
    """One request that an editor wants to make: a round, a person or the address of somebody without an account."""

    round: Round
    reviewer: User | None
    address: str
    due_on: date

    @property
    def who(self) -> str:
        return str(self.reviewer) if self.reviewer else self.address

    @property
    def key(self) -> str:
        """The same for the same person and round."""
        return f"{self.round.pk} {self.reviewer.pk if self.reviewer else self.address.lower()}"


@dataclass(frozen=True)
class Foreseen:
    """What a wish comes to, if it is granted now together with the others.

    ``in_hand`` are the claims that the person then has in hand, all wishes counted; ``mail`` is when the invitation
    goes, in words; ``against`` is what speaks against it and can be overruled, ``refusal`` what cannot.
    """

    wish: Wish
    claims: int
    in_hand: int
    mail: str
    against: tuple[str, ...]
    refusal: str

    @property
    def told(self) -> dict[str, str]:
        """What an editor is shown of it, by name."""
        return {
            gettext("due"): date_format(self.wish.due_on),
            gettext("claims"): str(self.claims),
            gettext("claims in hand afterwards"): str(self.in_hand),
            gettext("mail"): self.mail,
            gettext("against it"): gettext("; ").join(self.against),
            gettext("refused"): self.refusal,
        }


Seen = Mapping[str, Mapping[str, str]]
"""What an editor was shown, by the key of the wish: the name of the person and the article, and ``told``."""


def foresee(wishes: Sequence[Wish], *, by: User, today: date, at: datetime) -> list[Foreseen]:
    """Return what wishes come to, in the same number of queries however many they are.

    The rounds come with revision and article. Counted as work in hand is what lies in rounds that ``by`` may judge.
    """
    people = {wish.reviewer.pk: wish.reviewer for wish in wishes if wish.reviewer}
    rounds = {wish.round.pk: wish.round for wish in wishes}
    claims = dict(RoundClaim.objects.filter(round__in=rounds).order_by().values_list("round").annotate(Count("pk")))
    load = _load_after(wishes, claims=claims, by=by)
    refusals = _refusals(wishes, people=people, rounds=rounds, today=today)
    mails = _mails(wishes, people=people, at=at)
    return [
        Foreseen(
            wish,
            claims=claims.get(wish.round.pk, 0),
            in_hand=load[_person(wish)],
            mail=mail,
            against=tuple(_against(wish, in_hand=load[_person(wish)])),
            refusal=refusal,
        )
        for wish, refusal, mail in zip(wishes, refusals, mails, strict=True)
    ]


@transaction.atomic
def ask_together(wishes: Sequence[Wish], *, seen: Seen, by: User, today: date, at: datetime) -> list[Assignment]:
    """Make all requests or none, as they were ``seen`` before: where anything is different now, nobody is asked.

    Raises PreviewOvertaken with the differences in words, and whatever ``assign_reviewer`` raises.
    """
    locked = Round.objects.select_for_update().filter(pk__in={wish.round.pk for wish in wishes}).order_by("pk")
    rounds = {round.pk: round for round in locked}
    for wish in wishes:
        wish.round.closed_at, wish.round.due_on = rounds[wish.round.pk].closed_at, rounds[wish.round.pk].due_on
    differences = differences_from(seen, now=seen_of(foresee(wishes, by=by, today=today, at=at)))
    if differences:
        raise PreviewOvertaken(differences)
    return [
        assign_reviewer(
            wish.round, reviewer=wish.reviewer, address=wish.address, due_on=wish.due_on, by=by, today=today, at=at
        )
        for wish in wishes
    ]


def seen_of(foreseen: Iterable[Foreseen]) -> Seen:
    """Return what an editor is shown, in a form that can be kept until the confirmation."""
    return {one.wish.key: {"": f"{one.wish.who}, {one.wish.round.revision.article}", **one.told} for one in foreseen}


def differences_from(seen: Seen, *, now: Seen) -> list[str]:
    """Return in words what is different from what was seen; a line that is gone or new is said as a whole."""
    words = []
    for key in [*seen, *(key for key in now if key not in seen)]:
        before, after = seen.get(key), now.get(key)
        if before is None or after is None:
            line = gettext("%(request)s: is new.") if before is None else gettext("%(request)s: is not there any more.")
            words.append(line % {"request": (before or after or {})[""]})
            continue
        changed = [name for name in before if before[name] != after[name]]
        words += [
            gettext("%(request)s: %(what)s was “%(before)s”, is “%(after)s”.")
            % {
                "request": after[""],
                "what": name,
                "before": before[name] or gettext("nothing"),
                "after": after[name] or gettext("nothing"),
            }
            for name in changed
        ]
    return words


def _person(wish: Wish) -> object:
    return wish.reviewer.pk if wish.reviewer else wish.address.lower()


def _load_after(wishes: Sequence[Wish], *, claims: Mapping[int, int], by: User) -> dict[object, int]:
    """Return for each person the claims in hand once all wishes are granted."""
    seen = Assignment.objects.filter(round__in=Round.objects.before(by))
    asked = seen.filter(reviewer__in=[wish.reviewer for wish in wishes if wish.reviewer])
    load: dict[object, int] = defaultdict(int)
    for row in asked.claims_in_hand():
        load[row["reviewer"]] = row["claims"]
    for wish in wishes:
        load[_person(wish)] += claims.get(wish.round.pk, 0)
    return load


def _refusals(
    wishes: Sequence[Wish], *, people: Mapping[int, User], rounds: Mapping[int, Round], today: date
) -> list[str]:
    """Return for each wish why it cannot be granted, or ""; of two for one person and round the second cannot."""
    standing: dict[int, list[Assignment]] = defaultdict(list)
    for request in Assignment.objects.standing().filter(round__in=rounds):
        standing[request.round_id].append(request)
    verified = verified_addresses_of(people.values())
    refusals = []
    for wish in wishes:
        own = {wish.reviewer.email.lower(), *verified[wish.reviewer.pk]} if wish.reviewer else {wish.address.lower()}
        refusals.append(_refusal(wish, standing=standing[wish.round.pk], addresses=own, today=today))
        standing[wish.round.pk].append(
            Assignment(round=wish.round, reviewer=wish.reviewer, invited_email="" if wish.reviewer else wish.address)
        )
    return refusals


def _refusal(wish: Wish, *, standing: Iterable[Assignment], addresses: Collection[str], today: date) -> str:
    try:
        refuse_day(wish.due_on, round=wish.round, today=today)
        refuse_person(standing, reviewer=wish.reviewer, addresses=addresses)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _against(wish: Wish, *, in_hand: int) -> Iterable[str]:
    person, article = wish.reviewer, wish.round.revision.article
    if person is None:
        return
    parties = {role: getattr(article, role) for role in PARTIES}
    for interest, role in conflicts(person.names_of_interest, parties=parties):
        words = gettext("conflict of interest: “%(interest)s” is the %(role)s")
        yield words % {"interest": interest, "role": gettext(role)}
    if person.most_claims is not None and in_hand > person.most_claims:
        words = ngettext(
            "wants no more than %(count)s claim in hand",
            "wants no more than %(count)s claims in hand",
            person.most_claims,
        )
        yield words % {"count": person.most_claims}
    if person.is_staff:
        yield gettext("works at the desk: reviewing hides the round from them there")


def _mails(wishes: Sequence[Wish], *, people: Mapping[int, User], at: datetime) -> list[str]:
    """Return for each wish when its invitation goes. Invitations are in no digest; quiet hours hold them back."""
    hours = {row.person_id: row for row in MailHours.objects.filter(person__in=people)}
    stopped = {row.address.lower(): row for row in Suppression.objects.standing()}
    mails = []
    for wish in wishes:
        address = wish.reviewer.email if wish.reviewer else wish.address
        if stop := stopped.get(address.lower()):
            mails.append(gettext("not at all: %(reason)s") % {"reason": stop.get_reason_display()})
        else:
            mails.append(_when(hours.get(wish.reviewer.pk) if wish.reviewer else None, at=at))
    return mails


def _when(hours: MailHours | None, *, at: datetime) -> str:
    if hours is None or hours.quiet_from is None or hours.quiet_until is None:
        return str(AT_ONCE)
    later = quiet_end(hours.quiet_from, hours.quiet_until, at=at.astimezone(ZoneInfo(hours.time_zone)))
    if later is None:
        return str(AT_ONCE)
    words = gettext("on %(time)s, after their quiet hours (%(zone)s)")
    return words % {"time": date_format(later, "DATETIME_FORMAT"), "zone": hours.time_zone}
