"""Go through a file of Retraction Watch and mark the sources that are ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.notices import notices_in
from reviews.jobs.retraction import RETRACTION_WATCH, import_notices


class Command(BaseCommand):
    help = "Import retractions, corrections and expressions of concern from Retraction Watch's CSV. Twice is once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                ours, new = import_notices(notices_in(lines), said_by=RETRACTION_WATCH, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except UnreadableReferences as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{ours} notices are about our sources, {new} of them new.")
