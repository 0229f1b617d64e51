"""What comes in as a file of retractions."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 120_000_000


class RetractionForm(forms.Form):
    """A CSV of Retraction Watch."""

    file = forms.FileField(
        label=_("Retraction Watch’s CSV"),
        help_text=_("As Crossref publishes it, whole or a part, at most 120 MB. Its columns are kept as they are."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is longer than 120 MB: bring it in in parts."))
        return file
