"""Import one file and say what the machine reads in it."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from reviews.jobs.article import add_article
from reviews.jobs.reading import read_intake
from reviews.jobs.work import claim_job, finish_job
from reviews.models import Intake, Job, Revision, User

COMMAND_LINE = "command-line@assay.invalid"
FORMS = {
    ".html": Intake.Form.HTML,
    ".htm": Intake.Form.HTML,
    ".xhtml": Intake.Form.HTML,
    ".docx": Intake.Form.DOCX,
    ".pdf": Intake.Form.PDF,
}


class Command(BaseCommand):
    help = "Import an article (.html, .docx and .pdf as what they are, everything else as plain text), here and now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="", help="the article's title; otherwise it is taken from the text")
        parser.add_argument("--by", metavar="EMAIL", help="who brings it in; otherwise an account of the command line")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        file: Path = options["file"]
        try:
            received = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        revision = import_article(
            received, file_name=file.name, title=options["title"], by=bringer(options["by"]), at=timezone.now()
        )
        found = what_was_read(revision)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            f"“{revision.article}”: {len(found['regions'])} regions, {found['sentences']} sentences, "
            f"{len(found['claims'])} suggested claims."
        )


@transaction.atomic
def import_article(received: bytes, *, file_name: str, title: str, by: User, at: datetime) -> Revision:
    """Add an article and read it in one step; nothing is added where it cannot be read. Raises CommandError."""
    form = FORMS.get(Path(file_name).suffix.lower(), Intake.Form.TEXT)
    with pghistory.context(user=by.pk, command="import_article"):
        article = add_article(received=received, form=form, file_name=file_name, title=title, by=by, at=at)
        intake = article.intakes.get()
        job = claim_job(intake.jobs.get().pk, kind=Job.Kind.READ, at=at)
        revision = read_intake(intake, at=at)
        if job is None or revision is None:
            intake.refresh_from_db()
            raise CommandError(intake.failure)
        finish_job(job, at=at)
    return revision


def bringer(email: str | None) -> User:
    """Return who brings the article in; raises CommandError for an address without an account."""
    if email is None:
        account, is_new = User.objects.get_or_create(
            email=COMMAND_LINE, defaults={"name": "Command line", "is_active": False}
        )
        if is_new:
            account.set_unusable_password()
            account.save(update_fields=["password"])
        return account
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody has an account with the address {email}.")
    return person


def what_was_read(revision: Revision) -> dict[str, Any]:
    """Return what the machine found; offsets count code points of the stored clean text."""
    return {
        "title": revision.title,
        "sha256": revision.sha256,
        "regions": list(revision.regions.order_by("start").values("kind", "start", "end")),
        "sentences": revision.sentences.count(),
        "claims": list(
            revision.claims.suggested().order_by("rank").values("quote", "start", "end", "rank", "score", "cues")
        ),
    }
