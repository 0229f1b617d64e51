"""Compile an exported round anew and say whether it gives the same report."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.core.judging.bundle import LARGEST, NotABundle, verify_bundle


class Command(BaseCommand):
    help = (
        "Compile FILE.zip, written by export_round, from what it holds alone, and compare the report byte for byte. "
        "The status is 0 where it is the same, else 1. The database is not asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            if options["file"].stat().st_size > LARGEST:
                raise NotABundle("This file is too large for a bundle.")
            verification = verify_bundle(options["file"].read_bytes())
        except (NotABundle, OSError) as error:
            raise CommandError(str(error)) from error
        if not verification.matches:
            raise CommandError(verification.words)
        self.stdout.write(verification.words)
