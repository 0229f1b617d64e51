"""Who could review a round, with what an editor weighs: work in hand, pace, lateness, field, languages, conflicts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from reviews.admin.need import judged
from reviews.admin.room import editor, rounds_before
from reviews.core.assigning.interests import conflicts
from reviews.core.assigning.panel import Candidate, Choice, Need, Record, suggest
from reviews.models import Article, Assignment, Round, User
from reviews.models.article import PARTIES

DAY = timedelta(days=1)


class Median(Aggregate):
    """The middle one of a group's durations."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def with_load(people: "QuerySet[User]", *, request: HttpRequest) -> "QuerySet[User]":
    """Add ``load``, the claims in reviews that are still out, and ``handed_in``, the reviews so far.

    Rounds that this editor may not judge are left out: they would tell who else reviews them.
    """
    out = judged(Assignment.objects.open().filter(reviewer=OuterRef("pk")), by=editor(request))
    claims = out.order_by().values("reviewer").annotate(count=Count("round__claims")).values("count")
    handed_in = Q(assignments__review__submitted_at__isnull=False, assignments__round__in=rounds_before(request))
    return people.annotate(
        load=Coalesce(Subquery(claims), 0),
        handed_in=Count("assignments", filter=handed_in, distinct=True),
    )


def with_record(people: "QuerySet[User]", *, request: HttpRequest) -> "QuerySet[User]":
    """Add to ``with_load`` what the past says: ``late`` and ``declined``, counts, and ``pace``, a duration or None."""
    seen = Q(assignments__round__in=rounds_before(request))
    done = seen & Q(assignments__review__submitted_at__isnull=False)
    took = F("assignments__review__submitted_at") - F("assignments__accepted_at")
    return with_load(people, request=request).annotate(
        late=Count(
            "assignments", filter=done & Q(assignments__review__submitted_at__date__gt=F("assignments__due_on"))
        ),
        declined=Count("assignments", filter=seen & Q(assignments__declined_at__isnull=False)),
        pace=Median(took, filter=done),
    )


def candidates_for(round: Round, *, request: HttpRequest) -> "QuerySet[User]":
    """Return whom the round could still ask, those with the least in hand first."""
    asked = round.assignments.filter(withdrawn_at=None, reviewer__isnull=False).values("reviewer")
    people = User.objects.filter(is_active=True).exclude(pk__in=asked)
    return with_record(people, request=request).order_by("load", "name")


def conflict_of(person: User, *, article: Article) -> str:
    """Return in words which declared interest of a person meets which party of an article, or an empty string."""
    parties = {name: getattr(article, name) for name in PARTIES}
    met = conflicts(person.names_of_interest, parties=parties)
    return ", ".join(f"{role} {parties[role]}" for role in dict.fromkeys(role for _, role in met))


@dataclass(frozen=True)
class Suggestion:
    """A person for a round, and why."""

    round: Round
    person: Any
    reasons: tuple[str, ...]


def suggestions_for(rounds: list[Round], *, request: HttpRequest) -> list[Suggestion]:
    """Return whom to ask so that each round has its quorum; people at the desk are left out, reviewing would blind them.

    Each round is fetched with its article; fetch its assignments and claims along where there are many.
    """
    people = {
        person.pk: person
        for person in with_record(User.objects.filter(is_active=True, is_staff=False), request=request)
    }
    by_key = {round.pk: round for round in rounds}
    needs = [_need_of(round, people=people) for round in rounds]
    choices = suggest(needs, candidates=[_candidate(person) for person in people.values()])
    return [_told(choice, people=people, rounds=by_key) for choice in choices]


def _need_of(round: Round, *, people: dict[int, Any]) -> Need:
    article = round.revision.article
    asked = [request for request in round.assignments.all() if request.withdrawn_at is None]
    standing = sum(request.is_live for request in asked)
    kept_out = {pk: "conflict" for pk, person in people.items() if conflict_of(person, article=article)}
    kept_out |= {request.reviewer_id: "asked" for request in asked if request.reviewer_id}
    return Need(
        key=round.pk,
        seats=round.quorum - standing,
        claims=len(round.claims.all()),
        topic=f"{article.topic} {article.title}",
        kept_out=kept_out,
    )


def _candidate(person: Any) -> Candidate:
    return Candidate(
        key=person.pk,
        expertise=person.expertise,
        load=person.load,
        most=person.most_claims,
        record=Record(
            handed_in=person.handed_in,
            late=person.late,
            declined=person.declined,
            pace=person.pace / DAY if person.pace is not None else None,
        ),
    )


def _told(choice: Choice, *, people: dict[int, Any], rounds: dict[int, Round]) -> Suggestion:
    return Suggestion(round=rounds[choice.need], person=people[choice.candidate], reasons=choice.reasons)
