"""Where a mail leads: whole addresses, made of the portal's own."""

from django.conf import settings
from django.urls import reverse

from reviews.models import Article, Assignment, Report, Review, Round


def to_invitation(assignment: Assignment) -> str:
    return absolute(reverse("reviews:invitation", args=[assignment.key]))


def to_review(review: Review) -> str:
    return absolute(reverse("reviews:review", args=[review.key]))


def to_queue() -> str:
    """Return what a reviewer has to do, and has done."""
    return absolute(reverse("reviews:queue"))


def to_choices() -> str:
    """Return where a person chooses which mails come, and when."""
    return absolute(reverse("reviews:mail-choices"))


def to_stop(key: str) -> str:
    """Return where a mail program, or its reader, stops mails of one kind."""
    return absolute(reverse("reviews:mail-stop", args=[key]))


def to_desk() -> str:
    """Return what needs an editor now."""
    return absolute(reverse("admin:index"))


def to_exports() -> str:
    """Return where an editor finds the files asked for, and nobody another's."""
    return absolute(reverse("admin:exports"))


def to_outcome(review: Review) -> str:
    return absolute(reverse("reviews:outcome", args=[review.key]))


def to_second_look(review: Review) -> str:
    return absolute(reverse("reviews:second-look", args=[review.key]))


def to_round(round: Round) -> str:
    """Return the round's page on the desk."""
    return absolute(reverse("admin:reviews_round_change", args=[round.pk]))


def to_report(report: Report) -> str:
    """Return one version of a report on the desk, as far as whoever opens it may see it."""
    return absolute(reverse("admin:report", args=[report.pk]))


def to_reply(review: Review) -> str:
    """Return where an editor answers a reviewer."""
    return absolute(reverse("admin:review-reply", args=[review.pk]))


def to_verdict(article: Article) -> str:
    """Return the page that readers see."""
    return absolute(reverse("reviews:publication", args=[article.slug]))


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
