"""How fast one reviewer works, from the trail of that reviewer's own marks and readings; of others it reads nothing."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import F, QuerySet

from reviews.core.assigning.pace import pace_of
from reviews.models import Appraisal, Mark, Review, User

NEWEST_REVIEWS = 5
NEWEST_SAVES = 300
"""So that the pace is today's, and told in the same time however much somebody has done."""


def pace_of_reviewer(reviewer: User) -> timedelta | None:
    """Return the active time that a reviewer takes for a claim, in one query; ``None`` where it is too early to say."""
    return pace_of(savings_of_reviewer(reviewer))


def savings_of_reviewer(reviewer: User) -> "QuerySet[Any, tuple[datetime, int]]":
    """Return time and claim of each of the newest savings of a reviewer's marks and readings."""
    newest = Review.objects.filter(assignment__reviewer=reviewer).order_by("-began_at").values("pk")[:NEWEST_REVIEWS]
    marks = _savings_of(Mark).filter(review__in=newest).values_list("pgh_created_at", "claim")
    readings = _savings_of(Appraisal).filter(review__in=newest).values_list("pgh_created_at", F("citation__claim"))
    savings: QuerySet[Any, tuple[datetime, int]] = marks.union(readings, all=True).order_by("-pgh_created_at")
    return savings[:NEWEST_SAVES]


def _savings_of(model: type[Mark | Appraisal]) -> Any:
    return cast("Any", model).pgh_event_model.objects.exclude(pgh_label="delete").order_by()
