"""What comes in when a person chooses which mails they get, and when."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reviews.models import Notice, Pace, User

FOR_REVIEWERS = {
    Notice.Kind.ACCEPTED: _("You accepted a review: its due date, for your calendar"),
    Notice.Kind.DUE_SOON: _("A review is due soon"),
    Notice.Kind.OVERDUE: _("A review is overdue"),
    Notice.Kind.DUE_MOVED: _("A due date has moved"),
    Notice.Kind.ENDED: _("A review is no longer needed"),
    Notice.Kind.SENT_BACK: _("A review is sent back to you"),
    Notice.Kind.REPLY: _("The desk answers you"),
    Notice.Kind.REVIEWER_SUMMARY: _("How the panel ruled, beside your marks"),
    Notice.Kind.PUBLISHED: _("A verdict is published"),
}
FOR_EDITORS = {
    Notice.Kind.QUESTION: _("A reviewer asks"),
    Notice.Kind.ROUND_COMPLETE: _("All reviews of a round are in"),
    Notice.Kind.EDITOR_SUMMARY: _("A panel’s report"),
    Notice.Kind.RETRACTED_SOURCE: _("A source of a round is retracted or doubted"),
    Notice.Kind.DISPUTED: _("Claims wait for a ruling"),
    Notice.Kind.EXPORT_READY: _("A file that you asked for can be downloaded"),
    Notice.Kind.DESK_SUMMARY: _("Summary of the desk"),
}
CHOICES_OF = {
    Notice.Kind.DESK_SUMMARY: [
        (Pace.WEEKLY, _("once a week")),
        (Pace.DAILY, _("once a day")),
        (Pace.NEVER, _("never")),
    ],
    Notice.Kind.EXPORT_READY: [(pace, pace.label) for pace in (Pace.AT_ONCE, Pace.NEVER)],  # in days it is deleted
}
"""Where a kind of mail cannot come at every pace, those that it can; the first is the usual one."""

HALVES = _("Say when the quiet hours begin and when they end, or leave both empty.")
NO_SPAN = _("Quiet hours that begin and end at the same time would be none, or all.")


class MailForm(forms.Form):
    """One pace for each kind of mail that this person may get, and the hours without mail."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    quiet_from = forms.TimeField(
        label=_("No mail from"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("What falls into these hours is sent when they end."),
    )
    quiet_until = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {**FOR_REVIEWERS, **(FOR_EDITORS if person.is_staff else {})}
        self.fields["time_zone"].choices = [(name, name.replace("_", " ")) for name in zones()]  # type: ignore[attr-defined]
        for kind, title in self.titles.items():
            choices = CHOICES_OF.get(kind, Pace.choices)
            self.fields[kind.value] = forms.ChoiceField(label=title, choices=choices, initial=choices[0][0])

    @property
    def kinds(self) -> list[forms.BoundField]:
        """The fields for one kind of mail each."""
        return [self[kind.value] for kind in self.titles]

    @property
    def paces(self) -> dict[str, str]:
        """What was chosen for each kind."""
        return {kind.value: self.cleaned_data[kind.value] for kind in self.titles}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if (begin is None) != (end is None) and not {"quiet_from", "quiet_until"} & set(self.errors):
            self.add_error("quiet_until" if end is None else "quiet_from", HALVES)
        elif begin is not None and begin == end:
            self.add_error("quiet_until", NO_SPAN)
        return cleaned


def zones() -> list[str]:
    """Return the time zones that people know by a place's name, the desk's own first."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return list(dict.fromkeys([settings.TIME_ZONE, "UTC", *places]))
