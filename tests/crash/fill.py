"""Owe a database of its own a great many mails and reports: ``python -m tests.crash.fill MAILS REPORTS``."""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from reviews.jobs.assignment import tell_of_request  # noqa: E402
from reviews.jobs.round import close_round  # noqa: E402
from reviews.models import Notice, Round  # noqa: E402
from tests.factories import NOON, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory  # noqa: E402


def fill(*, mails: int, reports: int) -> None:
    """Owe so many invitations to one round, and a report of so many rounds with two reviews each."""
    call_command("migrate", verbosity=0)
    editor = EditorFactory()
    round = RoundFactory(revision__article__added_by=editor)
    for request in AssignmentFactory.create_batch(mails, round=round):
        tell_of_request(Notice.Kind.INVITED, request, at=NOON)
    for _ in range(reports):
        round = RoundFactory(revision__article__added_by=editor)
        ReviewFactory.create_batch(2, round=round, marks=["misleading", "inaccurate"], submitted=True)
        close_round(round, closing=Round.Closing.EDITOR, at=NOON)


if __name__ == "__main__":
    fill(mails=int(sys.argv[1]), reports=int(sys.argv[2]))
