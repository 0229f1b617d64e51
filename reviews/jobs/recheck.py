"""Reports that something has overtaken: marked stale with their cause, compiled again, and cleared by that.

What changes a source marks by a trigger (``models.source``), whoever writes it; everything else that a report rests
on has one service, which calls ``owe_recheck`` in its transaction. Either holds the round's row, as a compile does, so
that no compile settles what it has not seen.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from reviews.jobs.work import owe_report, owe_reports
from reviews.models import Job, Recheck, Report, Round


@transaction.atomic
def owe_recheck(round: Round, *, cause: Recheck.Cause, at: datetime) -> None:
    """Mark the newest report of a round stale, once per cause, and owe the next; without a report only owe it."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    newest = round.reports.order_by("-number").first()
    if newest and not newest.rechecks.open().filter(cause=cause).exists():
        Recheck.objects.create(report=newest, cause=cause, since=at)
    owe_report(round, at=at)


@transaction.atomic
def owe_rechecks_of_all(*, cause: Recheck.Cause, at: datetime) -> int:
    """Do the same to every closed round, in a number of statements that does not grow with theirs; return how many.

    A compile that is under way is waited for, so that its report is among them.
    """
    rounds = list(Round.objects.closed().order_by("pk").select_for_update(of=("self",)))
    newest = Report.objects.filter(round__in=rounds, next=None)
    Recheck.objects.bulk_create(
        [Recheck(report=report, cause=cause, since=at) for report in newest.only("pk")], ignore_conflicts=True
    )
    return owe_reports(rounds, at=at)


def settle_rechecks(report: Report, *, at: datetime) -> int:
    """Say of everything that was open against a round that this version answers it; return how much that was.

    Call it in the compile's transaction, which holds the round.
    """
    return Recheck.objects.open().filter(report__round=report.round_id).update(settled_at=at, settled_by=report)


def owe_forgotten_rechecks(*, at: datetime) -> int:
    """Owe the report of every round with an open recheck for which nobody has owed one since: a source was changed
    where no service saw it. Return how many. A compile that was given up stays given up.
    """
    compiles = Job.objects.filter(round=OuterRef("report__round"), kind=Job.Kind.COMPILE)
    seen_to = Q(owed_at__gte=OuterRef("since")) | Q(state__in=[Job.State.OWED, Job.State.RUNNING])
    forgotten = Recheck.objects.open().exclude(Exists(compiles.filter(seen_to)))
    rounds = Round.objects.filter(reports__rechecks__in=forgotten).distinct()
    return len([owe_report(round, at=at) for round in rounds])
