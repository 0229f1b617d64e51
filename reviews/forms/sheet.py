"""What comes in as a table of requests to review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.core.assigning.sheet import MOST_BYTES, TOO_LARGE, text_of
from reviews.forms.address import visible
from reviews.forms.sent import FilesField, SentForm
from reviews.models.wording import said_lazily


class SheetForm(SentForm):
    """A table, pasted or as a file. Clean, it has ``table``, its text."""

    most_bytes, neither, too_large = MOST_BYTES, _("Paste a table, or choose a file."), said_lazily(TOO_LARGE)

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Paste a table"),
        help_text=_(
            "The first line names the columns: round or article, reviewer (an e-mail address), due (2026-12-31; empty: "
            "when the round is due). Commas, semicolons or tabs between them."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "class": "code", "spellcheck": "false", "autocapitalize": "none"}),
    )
    file = FilesField(
        required=False,
        allow_empty_file=True,
        label=_("Or choose a file"),
        help_text=_("CSV, as a spreadsheet saves it; at most 500 lines and 200 KB."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for _unused, received in cleaned.get("sent", []):
            cleaned["table"] = visible(text_of(received))
        return cleaned
