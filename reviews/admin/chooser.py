"""Who could review a round: what an editor weighs of each person, and whom the desk proposes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from reviews.admin.room import rounds_before
from reviews.core.assigning.fitness import Candidate, Task, phrases_in
from reviews.core.assigning.interests import conflicts
from reviews.core.assigning.panel import Panel, Standing, suggest_panels
from reviews.models import Assignment, Round, RoundClaim, User
from reviews.models.article import PARTIES
from reviews.models.wording import said

REMEMBERED = timedelta(days=730)
"""How far back a person's history counts."""

MOST_SHOWN = 60
SORTS = {
    "fit": _("who suits best"),
    "name": _("name"),
    "load": _("least in hand"),
    "pace": _("quickest"),
    "late": _("least often late"),
    "declined": _("least often declined"),
}
IS_ASKED = _("is asked already")
DECLINED = _("declined this round")
AT_THE_DESK = _("works at the desk: reviewing would hide the round from them there")


@dataclass(frozen=True)
class History:
    """How a person did so far, in the rounds that this editor may see."""

    asked: int = 0
    declined: int = 0
    handed_in: int = 0
    due: int = 0
    late: int = 0
    pace: timedelta | None = None

    @property
    def days(self) -> float | None:
        """The median number of days from a request to the review."""
        return None if self.pace is None else self.pace / timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One person as the chooser shows them."""

    person: User
    history: History
    standing: Standing
    conflicts: tuple[tuple[str, str], ...]
    can_be_asked: bool

    @property
    def why(self) -> str:
        """Why this person is proposed, or is not."""
        return said(self.standing.why)

    @property
    def load(self) -> int:
        return self.standing.candidate.open_claims


@dataclass(frozen=True)
class Chooser:
    """Everybody whom a round could ask or has asked, in the order of how well they suit."""

    panel: Panel
    rows: tuple[Row, ...]

    def found(self, words: str) -> list[Row]:
        """Return those whose name, address or field holds these words."""
        wanted = words.lower()
        return [
            row
            for row in self.rows
            if wanted in f"{row.person.name}\n{row.person.email}\n{row.person.expertise}".lower()
        ]

    def warnings(self, people: Iterable[User]) -> list[tuple[User, str]]:
        """Return of which of these people something stands against asking them, and what."""
        against = {row.person.pk: row.standing.bar for row in self.rows if row.standing.bar and row.can_be_asked}
        return [(person, said(against[person.pk])) for person in people if person.pk in against]


def chooser_for(round: Round, *, request: HttpRequest, size: int | None = None, today: date) -> Chooser:
    """Return the people for a round; ``size`` is how many to propose, if not as many as the quorum still lacks."""
    return choosers_for([round], request=request, size=size, today=today)[0]


def choosers_for(
    rounds: Sequence[Round], *, request: HttpRequest, size: int | None = None, today: date
) -> list[Chooser]:
    """Return the people for several rounds, proposed for all of them together: four queries, however many they are.

    The rounds come with their revision and article.
    """
    crowd = crowd_before(request, today=today)
    requests = _standing_requests(rounds)
    claims = dict(RoundClaim.objects.filter(round__in=rounds).order_by().values_list("round").annotate(Count("pk")))
    tasks = [
        _task_of(round, size=size, claims=claims.get(round.pk, 0), crowd=crowd, standing=requests[round.pk])
        for round in rounds
    ]
    panels = suggest_panels(tasks, candidates=crowd.candidates)
    return [_chooser(panel, crowd=crowd, standing=requests[int(panel.task.key)]) for panel in panels]


@dataclass(frozen=True)
class Crowd:
    """Everybody who could be asked, by the key under which the craft of assigning knows them."""

    people: Mapping[str, User]
    histories: Mapping[str, History]
    candidates: tuple[Candidate, ...]


def crowd_before(request: HttpRequest, *, today: date) -> Crowd:
    """Return everybody, with what this editor may know of their past and their work in hand: three queries.

    Rounds that this editor may not judge are left out: they would tell who else reviews them.
    """
    seen = Assignment.objects.filter(round__in=rounds_before(request), reviewer__isnull=False)
    past = {row.pop("reviewer"): row for row in seen.filter(assigned_on__gte=today - REMEMBERED).history(today=today)}
    load = {row["reviewer"]: row["claims"] for row in seen.claims_in_hand()}
    people = {str(person.pk): person for person in User.objects.filter(is_active=True)}
    histories = {key: History(**past.get(person.pk, {})) for key, person in people.items()}
    candidates = [
        _candidate(key, person, history=histories[key], load=load.get(person.pk, 0)) for key, person in people.items()
    ]
    return Crowd(people, histories, tuple(candidates))


def names_of(language: str) -> tuple[str, ...]:
    """Return what a language (ISO 639-1) is called in English and by those who speak it, and its code."""
    try:
        info = get_language_info(language)
    except KeyError:
        return ()
    return (str(info["name"]), str(info["name_local"]), language)


def in_order(rows: Iterable[Row], *, sort: str) -> list[Row]:
    """Return rows in one of the orders of ``SORTS``; whoever has no history comes last there."""
    unknown = float("inf")
    keys: dict[str, Callable[[Row], Any]] = {
        "name": lambda row: row.person.name.lower(),
        "load": lambda row: row.load,
        "pace": lambda row: unknown if row.history.days is None else row.history.days,
        "late": lambda row: row.history.late / row.history.due if row.history.due else unknown,
        "declined": lambda row: row.history.declined / row.history.asked if row.history.asked else unknown,
    }
    return sorted(rows, key=keys[sort]) if sort in keys else list(rows)


def _standing_requests(rounds: Sequence[Round]) -> dict[int, dict[str, Assignment]]:
    """Return for each round its requests that stand, by the key of who was asked."""
    found: dict[int, dict[str, Assignment]] = {round.pk: {} for round in rounds}
    for request in Assignment.objects.standing().filter(round__in=rounds):
        found[request.round_id][str(request.reviewer_id or request.invited_email)] = request
    return found


def _task_of(round: Round, *, size: int | None, claims: int, crowd: Crowd, standing: Mapping[str, Assignment]) -> Task:
    article = round.revision.article
    at_work = sum(request.is_live for request in standing.values())
    return Task(
        key=str(round.pk),
        size=max(round.quorum - at_work, 0) if size is None else size,
        claims=claims,
        topic=f"{article.topic} {article.title}",
        language=names_of(round.revision.language),
        parties={role: getattr(article, role) for role in PARTIES},
        barred={
            **{key: str(AT_THE_DESK) for key, person in crowd.people.items() if person.is_staff},
            **{key: str(DECLINED if request.declined_at else IS_ASKED) for key, request in standing.items()},
        },
    )


def _candidate(key: str, person: User, *, history: History, load: int) -> Candidate:
    return Candidate(
        key=key,
        open_claims=load,
        most_claims=person.most_claims,
        fields=phrases_in(person.expertise),
        languages=phrases_in(person.languages),
        interests=tuple(person.names_of_interest),
        asked=history.asked,
        declined=history.declined,
        due=history.due,
        late=history.late,
        median_days=history.days,
    )


def _chooser(panel: Panel, *, crowd: Crowd, standing: Mapping[str, Assignment]) -> Chooser:
    rows = (
        Row(
            person=crowd.people[one.candidate.key],
            history=crowd.histories[one.candidate.key],
            standing=one,
            conflicts=tuple(conflicts(one.candidate.interests, parties=panel.task.parties)),
            can_be_asked=one.candidate.key not in standing,
        )
        for one in panel.standings
    )
    return Chooser(panel, tuple(rows))
