"""Compile one round, here and now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.core.judging.report import compile_panel
from reviews.jobs.inputs import panel_inputs
from reviews.jobs.report import compile_report
from reviews.models import Round


class Command(BaseCommand):
    help = "Compile a round's report. An open round is compiled for looking only: nothing is stored, nobody is mailed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round_id", type=int)
        parser.add_argument("--json", action="store_true", help="print the report as canonical JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        round = Round.objects.filter(pk=options["round_id"]).first()
        if round is None:
            raise CommandError(f"There is no round {options['round_id']}.")
        if round.is_open:
            self.stderr.write("The round is open: the report is not stored.")
            canonical, title = compile_panel(panel_inputs(round)).canonical().decode(), "Not stored"
        else:
            report = compile_report(round, at=timezone.now())
            canonical, title = report.canonical, f"{report}, fingerprint {report.fingerprint}"
        self.stdout.write(canonical if options["json"] else title)
