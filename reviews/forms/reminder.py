"""What comes in when an editor chooses the days of reminders."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reviews.models.round import REMINDER_DAYS


def in_words(days: int) -> str:
    """Return how far a reminder lies from the due date, as one says it."""
    if days == 0:
        return gettext("on the day it is due")
    count = abs(days)
    if days < 0:
        words = ngettext("%(count)s day before", "%(count)s days before", count)
    else:
        words = ngettext("%(count)s day after", "%(count)s days after", count)
    return words % {"count": count}


class ReminderForm(forms.Form):
    """The days, counted from each reviewer's own due date."""

    days = forms.TypedMultipleChoiceField(
        label=_("Remind each reviewer"),
        choices=lambda: [(days, in_words(days)) for days in REMINDER_DAYS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counted from the reviewer’s own due date. Whoever has handed in by then is not reminded."),
    )
