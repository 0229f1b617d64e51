"""What comes in as a table of requests to review."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reviews.core.assigning.sheet import MOST_BYTES, TOO_LARGE, text_of
from reviews.forms.address import visible

NEITHER = _("Paste a table, or choose a file.")
BOTH = _("You pasted a table and chose a file: keep one of them. The file has to be chosen again.")


class SheetForm(forms.Form):
    """A table, pasted or as a file. Clean, it has ``table``, its text."""

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
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("Or choose a file"),
        help_text=_("CSV, as a spreadsheet saves it; at most 500 lines and 200 KB."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].validators = []  # NUL and its like are taken out when it is read

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        pasted: str = cleaned.get("text") or ""
        if file and pasted.strip():
            self.add_error("file", BOTH)
        elif file and (file.size or 0) > MOST_BYTES:
            self.add_error("file", TOO_LARGE)
        elif not file and not pasted.strip():
            self.add_error("text", NEITHER)
        else:
            cleaned["table"] = visible(text_of(file.read()) if file else pasted)
        return cleaned
