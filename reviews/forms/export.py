"""What comes in when an editor takes something out of the house."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.forms.round import day_field
from reviews.models import Export, Round

TABLES = [(value, capfirst(title)) for value, title in Export.Content.choices if value != "bundle"]
FILES = [(value, value.upper()) for value in Export.Form.values if value != "zip"]


class TakeOutForm(forms.Form):
    """Which table, as which file, of which rounds."""

    content = forms.ChoiceField(label=_("What"), choices=TABLES, initial="reports", widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=_("File"),
        choices=FILES,
        initial="xlsx",
        widget=forms.RadioSelect(attrs={"class": "segments"}),
        help_text=_("XLSX is a workbook. In it and in CSV, what looks like a formula is text."),
    )
    since = day_field(label=_("Rounds closed from"), required=False, help_text=_("Empty: from the first."))
    until = day_field(label=_("to"), required=False, help_text=_("Empty: to the last."))
    round = forms.ModelChoiceField(queryset=Round.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rounds: "QuerySet[Round]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", gettext("This day is before the first."))
        if cleaned.get("round"):
            cleaned |= {"since": None, "until": None}
        return cleaned
