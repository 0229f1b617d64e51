"""A panel for one round, or panels for many together: fit, free, and fair over all of them.

For one round the proposal is the exact optimum: the points of its people add up, so that the best are those with the
fewest points. For many rounds each claim that is proposed to a person counts as work in hand in their other rounds;
rounds are filled one after the other, the one with the fewest people to choose from first, and then people are
exchanged as long as the sum of all points falls. How far that is from the optimum stands in
``docs/decisions/panels-by-points.md``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviews.core.assigning.fitness import (
    CLAIMS_TO_A_POINT,
    Candidate,
    Task,
    Term,
    bar_to,
    lot,
    points,
    weigh,
)
from reviews.core.phrases import Phrase, Said

MOST_ROUNDS_OF_EXCHANGE = 50
MOST_COMERS = 25
"""How many people are tried in a seat: of those who are not there, the ones that would cost least."""
VACANT = 1000.0
"""The points of a seat that nobody takes: more than anybody could cost."""


@dataclass(frozen=True)
class Standing:
    """How one person stands to one round: proposed, left, or barred (then ``bar`` says why); ``words`` say the rest."""

    candidate: Candidate
    terms: tuple[Term, ...]
    is_proposed: bool = False
    bar: Said = ""
    behind: Said = ""

    @property
    def points(self) -> float:
        return points(self.terms)

    @property
    def words(self) -> Said:
        """What is weighed: "2 open claims, cardiology, answers in 3 days on median"."""
        return tuple(term.words for term in self.terms if term.words)

    @property
    def why(self) -> Said:
        """Why this person is proposed, or is not."""
        if self.is_proposed:
            return self.words
        return self.bar or self.behind


@dataclass(frozen=True)
class Panel:
    """What is proposed for one round: everybody, the best first, those who are barred last."""

    task: Task
    standings: tuple[Standing, ...]

    @property
    def proposed(self) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standings if standing.is_proposed)

    @property
    def missing(self) -> int:
        """How many seats nobody can be proposed for."""
        return self.task.size - len(self.proposed)


def suggest_panel(task: Task, *, candidates: Iterable[Candidate]) -> Panel:
    """Propose people for one round: of those who are not barred the ones with the fewest points."""
    return suggest_panels([task], candidates=candidates)[0]


def suggest_panels(tasks: Sequence[Task], *, candidates: Iterable[Candidate]) -> list[Panel]:
    """Propose people for several rounds together, counting what is proposed elsewhere as work in hand.

    Whoever is proposed twice has both rounds within their cap. The same input gives the same panels, whatever the order
    of the candidates.
    """
    plan = Plan(list(tasks), {candidate.key: candidate for candidate in candidates})
    plan.fill()
    if len(tasks) > 1:
        plan.improve()
    return [plan.panel(task) for task in tasks]


@dataclass
class Plan:
    """Who sits where, while it is made. ``seats`` gives for each round's key the keys of its people."""

    tasks: list[Task]
    people: Mapping[str, Candidate]
    seats: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key = {task.key: task for task in self.tasks}
        self.seats = {task.key: set() for task in self.tasks}
        self.held: dict[str, set[str]] = {key: set() for key in self.people}
        pairs = [(task, person) for task in self.tasks for person in self.people.values()]
        self.open = {(task.key, person.key) for task, person in pairs if not bar_to(person, task=task)}
        self.fit = {
            (task.key, person.key): points(weigh(person, task=task)[1:])
            for task, person in pairs
            if (task.key, person.key) in self.open
        }

    def fill(self) -> None:
        """Seat the best people, round by round."""
        choice = {task.key: sum((task.key, key) in self.open for key in self.people) for task in self.tasks}
        for task in sorted(self.tasks, key=lambda task: (choice[task.key], task.key)):
            ranked = sorted(self._free(task), key=lambda key: self._rank(task, key))
            for key in ranked[: task.size]:
                self._seat(task.key, key)

    def improve(self) -> None:
        """Exchange people until no exchange lowers the sum of points."""
        for _ in range(MOST_ROUNDS_OF_EXCHANGE):
            if not any([*map(self._improve_seat, self.tasks)]):
                return

    def total(self) -> float:
        """Return the sum of all points, vacant seats among them."""
        vacant = sum(task.size - len(self.seats[task.key]) for task in self.tasks)
        return round(sum(self._cost(key, self.held[key]) for key in self.people) + vacant * VACANT, 6)

    def panel(self, task: Task) -> Panel:
        """Return one round's proposal, everybody with their standing."""
        standings = [self._standing(task, candidate) for candidate in self.people.values()]
        standings.sort(key=lambda one: (not one.is_proposed, one.bar != "", one.points, lot(one.candidate, task=task)))
        last = next((one for one in reversed(standings) if one.is_proposed), None)
        return Panel(task, tuple(replace(one, behind=_behind(one, last=last)) for one in standings))

    def _standing(self, task: Task, candidate: Candidate) -> Standing:
        others = self._claims_besides(candidate.key, task)
        is_proposed = candidate.key in self.seats[task.key]
        bar = "" if is_proposed else bar_to(candidate, task=task, others=others)
        return Standing(candidate, weigh(candidate, task=task, others=others), is_proposed, bar)

    def _improve_seat(self, task: Task) -> bool:
        """Make the best exchange of one round, if there is one that lowers the sum."""
        best: tuple[float, str, list[tuple[str, str, str]]] = (-1e-6, "", [])
        for moves in self._exchanges(task):
            gain = self._gain(moves)
            best = min(best, (gain, repr(moves), moves)) if gain is not None else best
        for seat, old, new in best[2]:
            self._leave(seat, old)
            self._seat(seat, new)
        return bool(best[2])

    def _exchanges(self, task: Task) -> Iterator[list[tuple[str, str, str]]]:
        """Yield what could be done: lists of (round, who leaves or "", who comes or "")."""
        seated = sorted(self.seats[task.key])
        vacant = [""] if len(seated) < task.size else []
        away = [key for key in self.people if (task.key, key) in self.open and key not in self.seats[task.key]]
        comers = sorted(away, key=lambda key: self._rank(task, key))[:MOST_COMERS]
        for old in [*seated, *vacant]:
            for new in comers:
                yield [(task.key, old, new)]
                for other in self.held[new]:
                    yield from self._relieved(task, old=old, new=new, other=other)

    def _relieved(self, task: Task, *, old: str, new: str, other: str) -> Iterator[list[tuple[str, str, str]]]:
        """Yield exchanges in which the newcomer gives up another round, to whoever leaves here or to a third person."""
        takers = [old] if old else []
        if not old:
            takers = [key for key in self.people if key != new]
        for taker in takers:
            if (other, taker) in self.open and taker not in self.seats[other]:
                yield [(other, new, taker), (task.key, old, new)]

    def _gain(self, moves: list[tuple[str, str, str]]) -> float | None:
        """Return by how much the sum changes; None where somebody would be over their cap."""
        after: dict[str, set[str]] = {}
        vacated = 0
        for seat, old, new in moves:
            if old:
                after.setdefault(old, set(self.held[old])).discard(seat)
            else:
                vacated += 1
            after.setdefault(new, set(self.held[new])).add(seat)
        if any(self._is_over(key, held) for key, held in after.items()):
            return None
        change = sum(self._cost(key, held) - self._cost(key, self.held[key]) for key, held in after.items())
        return round(change - vacated * VACANT, 6)

    def _cost(self, key: str, held: set[str]) -> float:
        """Return the points of a person with these rounds: each weighs with all claims that are in hand besides it."""
        claims = sum(self.by_key[seat].claims for seat in held)
        person = self.people[key]
        besides = [person.open_claims + claims - self.by_key[seat].claims for seat in held]
        return sum(self.fit[seat, key] for seat in held) + sum(besides) / CLAIMS_TO_A_POINT

    def _is_over(self, key: str, held: set[str]) -> bool:
        most = self.people[key].most_claims
        claims = sum(self.by_key[seat].claims for seat in held)
        return most is not None and bool(held) and self.people[key].open_claims + claims > most

    def _free(self, task: Task) -> list[str]:
        here = [key for key in self.people if (task.key, key) in self.open]
        return [key for key in here if not self._is_over(key, self.held[key] | {task.key})]

    def _rank(self, task: Task, key: str) -> tuple[float, str]:
        more = self._cost(key, self.held[key] | {task.key}) - self._cost(key, self.held[key])
        return round(more, 6), lot(self.people[key], task=task)

    def _claims_besides(self, key: str, task: Task) -> int:
        return sum(self.by_key[seat].claims for seat in self.held[key] if seat != task.key)

    def _seat(self, seat: str, key: str) -> None:
        self.seats[seat].add(key)
        self.held[key].add(seat)

    def _leave(self, seat: str, key: str) -> None:
        if key:
            self.seats[seat].discard(key)
            self.held[key].discard(seat)


def _behind(one: Standing, *, last: Standing | None) -> Said:
    """Return why somebody who is not barred is not proposed: in what the last one proposed suits the round better."""
    if one.is_proposed or one.bar:
        return ""
    if last is None:
        return Phrase("nobody more is needed (%(why)s)", why=one.words)
    worse = tuple(here.words for here, there in zip(one.terms, last.terms, strict=True) if here.points > there.points)
    if one.points < last.points:
        return Phrase("is needed more in the other rounds")
    if one.points > last.points and worse:
        return Phrase("after those proposed: %(worse)s", worse=worse)
    return Phrase("as suited as the last one proposed; the lot decided")
