"""The editors' own digest of the desk, once a week, or a day for those who want it so."""

from datetime import datetime, timedelta

from reviews.jobs.choice import chosen_pace, next_digest, zone_of
from reviews.jobs.notice import owe_notice
from reviews.models import Notice, Pace, User


def owe_desk_summaries(*, at: datetime) -> None:
    """Owe each editor the next summary of the desk, once per day or week. Whoever wants none is owed none."""
    for editor in User.objects.filter(is_active=True, is_staff=True):
        pace = chosen_pace(editor, kind=Notice.Kind.DESK_SUMMARY)
        if pace is not Pace.NEVER:
            _owe(editor, pace=pace, at=at)


def _owe(editor: User, *, pace: Pace, at: datetime) -> None:
    """Owe the summary whose time came within the last day, if one did: none of weeks that nobody was here for."""
    slot = next_digest(pace, zone=zone_of(editor), after=at - timedelta(days=1))
    if slot > at:
        return
    owe_notice(
        Notice.Kind.DESK_SUMMARY,
        key=f"{Notice.Kind.DESK_SUMMARY}:{editor.pk}:{slot:%Y%m%d}",
        address=editor.email,
        recipient=editor,
        at=at,
    )
