"""Everything that a fresh or upgraded portal needs before it opens."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from reviews.jobs.instrument import install_instruments
from reviews.jobs.rule import install_rule


class Command(BaseCommand):
    help = "Bring the database up to date: tables, the cache's, the shipped scale, instruments and rule. Twice is once."

    def handle(self, *_args: object, **options: Any) -> None:
        call_command("migrate", verbosity=options["verbosity"], stdout=self.stdout)
        call_command("createcachetable", verbosity=0)
        for installed in [*install_instruments(), *install_rule(at=timezone.now())]:
            if options["verbosity"]:
                self.stdout.write(f"Installed {installed}.")
