"""What comes in when an editor chooses the days of reminders."""

from django import forms

from reviews.models.round import REMINDER_DAYS


def in_words(days: int) -> str:
    """Return how far a reminder lies from the due date, as one says it."""
    if days == 0:
        return "on the day it is due"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'before' if days < 0 else 'after'}"


class ReminderForm(forms.Form):
    """The days, counted from each reviewer's own due date."""

    days = forms.TypedMultipleChoiceField(
        label="Remind each reviewer",
        choices=[(days, in_words(days)) for days in REMINDER_DAYS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Counted from the reviewer’s own due date. Whoever has handed in by then is not reminded.",
    )
