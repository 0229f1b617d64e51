"""What an editor may ask of a report that could not be compiled."""

from datetime import datetime

from reviews.errors import RoundIsOpen
from reviews.jobs.work import owe_report
from reviews.models import Round


def ask_for_report(round: Round, *, at: datetime) -> None:
    """Owe a closed round's report once more; where nothing changed, the newest stays. Raises RoundIsOpen."""
    if round.is_open:
        raise RoundIsOpen
    owe_report(round, at=at)
