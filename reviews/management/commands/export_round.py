"""Write a round to a file that can be compiled anywhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.errors import Refusal
from reviews.jobs.bundle import bundle_of
from reviews.models import Round


class Command(BaseCommand):
    help = (
        "Write a closed round and its newest report to FILE.zip: inputs, rule, scale, instruments and report with "
        "their SHA-256, without a person's name. verify_bundle compiles it anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round_id", type=int)
        parser.add_argument("file", type=Path)

    def handle(self, *_args: object, **options: Any) -> None:
        round = Round.objects.filter(pk=options["round_id"]).first()
        if round is None:
            raise CommandError(f"There is no round {options['round_id']}.")
        try:
            packed = bundle_of(round)
            options["file"].write_bytes(packed)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error}") from error
        self.stdout.write(f"{options['file']}: {len(packed)} bytes.")
