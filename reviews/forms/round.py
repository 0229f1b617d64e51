"""What comes in when a round is opened or its day moved."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from reviews.errors import DueInThePast
from reviews.models import Instrument, Round, User

DAY = {"type": "date"}
FURTHEST = timedelta(days=3 * 365)
TOO_FAR = _("That is more than three years ahead: is the year right?")
LARGEST_QUORUM = 100
TOO_LARGE_A_QUORUM = _("No panel has more than %(limit_value)s reviewers.")


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day, as browsers pick it."""
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY), **options)


def day_ahead(day: date, *, today: date) -> date:
    """Return a day that is not over, and so near that its year is no slip of the pen; else say which."""
    if day < today:
        raise forms.ValidationError(DueInThePast.sentence())
    if day - today > FURTHEST:
        raise forms.ValidationError(TOO_FAR)
    return day


def _instrument_words(instrument: Instrument) -> str:
    return (
        gettext("%(form)s (about each claim)") % {"form": instrument.title}
        if instrument.about == instrument.About.CLAIM
        else instrument.title
    )


class DayForm(forms.Form):
    """A day that is not over."""

    due_on = day_field(label=_("Due"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self) -> date:
        return day_ahead(self.cleaned_data["due_on"], today=self.today)


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How a panel is to work on a text."""

    due_on = day_field(label=_("Due"), help_text=_("After this day the round closes by itself, once the quorum is in."))

    class Meta:
        model = Round
        fields: ClassVar[list[str]] = ["due_on", "quorum", "rationale", "instruments", "editors"]
        labels: ClassVar[dict[str, StrPromise]] = {
            "rationale": _("Reviewers give reasons"),
            "instruments": _("Forms"),
            "editors": _("Editors of this round"),
        }
        help_texts: ClassVar[dict[str, StrPromise]] = {
            "quorum": _("How many reviews a claim needs before it can have a verdict. At least two."),
            "editors": _("They are mailed when the round is complete and when its report is compiled."),
        }
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {
            "rationale": forms.RadioSelect,
            "instruments": forms.CheckboxSelectMultiple,
            "editors": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()
        quorum = self.fields["quorum"]
        quorum.widget.attrs |= {"min": 2, "max": LARGEST_QUORUM}
        quorum.validators.append(MaxValueValidator(LARGEST_QUORUM, TOO_LARGE_A_QUORUM))
        self.fields["rationale"].choices = Round.Rationale.choices  # type: ignore[attr-defined]
        instruments = self.fields["instruments"]
        instruments.queryset = Instrument.objects.current()  # type: ignore[attr-defined]
        instruments.label_from_instance = _instrument_words  # type: ignore[attr-defined]
        editors = User.objects.filter(is_staff=True, is_active=True)
        self.fields["editors"].queryset = editors  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        return day_ahead(self.cleaned_data["due_on"], today=self.today)

    def _post_clean(self) -> None:
        """The round is made by a service, with all that belongs to it; there is no row to check yet."""
