"""What comes in when an editor looks at a period."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DAY = {"type": "date"}


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    since = forms.DateField(label=_("Rounds closed from"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    until = forms.DateField(label=_("to"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))

    def clean(self) -> dict[str, Any]:
        period = super().clean() or {}
        since, until = period.get("since"), period.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", gettext("This day is before the first."))
        return period
