"""How far an article has come."""

from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from reviews.models import Article, Claim, Intake, Publication, Revision, Round


class Stage(models.TextChoices):
    """From what was received to what readers see."""

    FAILED = "failed", "could not be read"
    READING = "reading", "being read"
    CURATING = "curating", "claims to choose"
    PANEL = "panel", "before the panel"
    COMPILED = "compiled", "panel is done"
    PUBLISHED = "published", "published"


COLOURS = {
    Stage.FAILED: "red",
    Stage.READING: "grey",
    Stage.CURATING: "amber",
    Stage.PANEL: "blue",
    Stage.COMPILED: "violet",
    Stage.PUBLISHED: "green",
}


def with_stage(articles: "QuerySet[Article]") -> "QuerySet[Any]":
    """Add to each article its ``stage``, a value of Stage, and ``accepted``: how many claims are on its list."""
    rounds = Round.objects.filter(revision__article=OuterRef("pk"))
    public = Publication.objects.filter(article=OuterRef("pk"), withdrawn_at=None)
    return articles.annotate(
        accepted=Count("revisions__claims", filter=Q(revisions__claims__state=Claim.State.ACCEPTED)),
        stage=Case(
            When(Exists(rounds.open()), then=Value(Stage.PANEL)),
            When(Exists(public), then=Value(Stage.PUBLISHED)),
            When(Exists(rounds), then=Value(Stage.COMPILED)),
            When(Exists(Revision.objects.filter(article=OuterRef("pk"))), then=Value(Stage.CURATING)),
            When(Exists(Intake.objects.waiting().filter(article=OuterRef("pk"))), then=Value(Stage.READING)),
            default=Value(Stage.FAILED),
            output_field=models.CharField(),
        ),
    )
