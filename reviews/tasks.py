"""The post box: what the worker is asked to do, by name. Each looks at a row and leaves the rest to ``jobs``."""

from celery import shared_task
from django.utils import timezone

from reviews.jobs import (
    bibliography,
    dates,
    desk,
    export,
    feed,
    inquiry,
    lookup,
    notice,
    reading,
    report,
    retraction,
    trial,
)
from reviews.jobs import sweep as sweeping


@shared_task(name="reviews.read_intake")
def read_intake(job: int) -> None:
    reading.do_reading(job, at=timezone.now())


@shared_task(name="reviews.compile_report")
def compile_report(job: int) -> None:
    report.do_compiling(job, at=timezone.now())


@shared_task(name="reviews.look_up_source")
def look_up_source(job: int) -> None:
    lookup.do_lookup(job, at=timezone.now())


@shared_task(name="reviews.ask_services")
def ask_services(job: int) -> None:
    inquiry.do_inquiry(job, at=timezone.now())


@shared_task(name="reviews.write_export", soft_time_limit=600, time_limit=660)
def write_export(job: int) -> None:
    """Write a file, however large: it renews its lease as it goes on, and ends before the broker would repeat it."""
    export.do_export(job, clock=timezone.now)


@shared_task(name="reviews.owe_due_lookups")
def owe_due_lookups() -> None:
    lookup.owe_due_lookups(at=timezone.now())


@shared_task(name="reviews.try_rule")
def try_rule(job: int) -> None:
    trial.do_trying(job, at=timezone.now())


@shared_task(name="reviews.check_feed")
def check_feed(job: int) -> None:
    feed.do_check(job, at=timezone.now())


@shared_task(name="reviews.owe_due_checks")
def owe_due_checks() -> None:
    feed.owe_due_checks(at=timezone.now())


@shared_task(name="reviews.read_retractions", soft_time_limit=600, time_limit=660)
def read_retractions(job: int) -> None:
    """Go through a file, however long, as ``write_export`` writes one."""
    retraction.do_retractions(job, clock=timezone.now)


@shared_task(name="reviews.read_references")
def read_references(job: int) -> None:
    bibliography.do_reading_references(job, at=timezone.now())


@shared_task(name="reviews.import_references")
def import_references(job: int) -> None:
    bibliography.do_importing(job, at=timezone.now())


@shared_task(name="reviews.send_notice")
def send_notice(pk: int) -> None:
    notice.send_notice(pk, at=timezone.now())


@shared_task(name="reviews.sweep")
def sweep() -> None:
    sweeping.sweep(timezone.now())


@shared_task(name="reviews.keep_dates")
def keep_dates() -> None:
    dates.keep_dates(today=timezone.localdate(), at=timezone.now())
    desk.owe_desk_summaries(at=timezone.now())
