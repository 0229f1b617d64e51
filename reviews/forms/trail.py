"""What an editor looks for in the audit trail."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ANYTHING = ("", _("anything"))
NOBODY = _("the machine")


class TrailForm(forms.Form):
    """Which lines of the trail to show: by what they are about, who acted, when, and the words before or after."""

    kind = forms.ChoiceField(label=_("What was touched"), required=False)
    who = forms.CharField(
        label=_("Who did it"),
        max_length=200,
        required=False,
        help_text=format_lazy(_("Part of a name or an address. “{machine}” finds what jobs did."), machine=NOBODY),
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label=_("Words"),
        max_length=200,
        required=False,
        help_text=_("As they stood in the row before or after a change."),
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ANYTHING, *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This is before the first day."))
        return cleaned
