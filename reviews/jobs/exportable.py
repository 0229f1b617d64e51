"""What an editor may take out of the house: asked when it is asked for, when it is written, and when it is fetched."""

from django.db.models import Exists, OuterRef, QuerySet

from reviews.models import Export, Report, Round, User, Verdict


def rounds_for(export: Export, *, editor: User) -> "QuerySet[Round]":
    """Return the compiled rounds that an export is about, as far as its editor may see their work now."""
    compiled = Exists(Report.objects.filter(round=OuterRef("pk")))
    rounds = Round.objects.before(editor).closed().filter(compiled)
    if export.round_id:
        return rounds.filter(pk=export.round_id)
    days = {"closed_at__date__gte": export.since, "closed_at__date__lte": export.until}
    return rounds.filter(**{name: day for name, day in days.items() if day})


def tells_too_much(export: Export, *, editor: User) -> bool:
    """Whether a file tells of a round, or of a claim, that its editor may not know of now."""
    if export.covers.exclude(round__in=Round.objects.before(editor)).exists():
        return True
    covered = Round.objects.filter(pk__in=export.covers.values("round"))
    veiled = Verdict.objects.veiled_from(editor).claims_by_round(covered)
    left_out = dict(export.covers.filter(round__in=veiled).values_list("round", "left_out"))
    return any(numbers - set(left_out[round]) for round, numbers in veiled.items())
