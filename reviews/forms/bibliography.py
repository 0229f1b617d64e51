"""What comes in of a list of references, which of them are imported, and what goes out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from reviews.core.citing.errors import TooMuchAtOnce
from reviews.core.citing.reading import MOST_BYTES
from reviews.core.citing.writing import OUTPUTS
from reviews.forms.sent import FilesField, SentForm
from reviews.jobs.bibliography import Standing, Weighed
from reviews.models import Source

MOST_FILES = 50

CHOICES: dict[Standing, list[tuple[str, str]]] = {
    Standing.REPEATED: [("import", "Add what it knows to the one above"), ("skip", "Leave it out")],
    Standing.NEW: [("import", "Import it"), ("skip", "Leave it out")],
    Standing.KNOWN: [("import", "It is there already"), ("skip", "Leave it out")],
    Standing.FILLS: [("import", "Add what is missing there"), ("skip", "Leave it out")],
    Standing.JOINS: [("skip", "Leave it out"), ("merge", "Merge the two sources")],
    Standing.ALIKE: [("import", "Import it as another source"), ("same", "It is the same"), ("skip", "Leave it out")],
}
"""What an editor may say of a reference, by how it stands; the first is what happens where nothing is said."""


class BibliographyForm(SentForm):
    """References, pasted or as files; see ``SentForm``."""

    most_bytes, neither, too_large = MOST_BYTES, "Paste some references, or choose a file.", str(TooMuchAtOnce())

    text = forms.CharField(
        required=False,
        strip=False,
        label="Paste references",
        help_text="DOIs, PMIDs, PMCIDs, trial numbers, ISBNs or addresses, one a line; RIS, nbib, BibTeX, CSL-JSON, "
        "PubMed XML, Crossref JSON or EndNote; or a reference list as it stands in an article.",
        widget=forms.Textarea(attrs={"class": "tall", "spellcheck": "false"}),
    )
    file = FilesField(
        required=False,
        allow_empty_file=True,
        most=MOST_FILES,
        label="Or choose files",
        help_text="As databases or reference managers export them, up to 50 at once, each of at most 4 MB and 1,000 "
        "references. The format is told from the content. One that cannot be read costs itself only.",
    )


class ImportForm(forms.Form):
    """What becomes of each reference of a list; a broken one has no choice."""

    def __init__(self, *args: Any, weighed: Sequence[Weighed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in weighed:
            if one.standing in CHOICES:
                self.fields[f"entry-{one.entry.number}"] = forms.ChoiceField(
                    choices=CHOICES[one.standing], required=False, label=f"What to do with reference {one.entry.number}"
                )

    @property
    def choices(self) -> dict[int, str]:
        """What was chosen, by number; where nothing was, the first choice."""
        return {
            int(name.removeprefix("entry-")): self.cleaned_data.get(name) or field.choices[0][0]  # type: ignore[attr-defined]
            for name, field in self.fields.items()
        }


class ExportForm(forms.Form):
    """Which sources go out, and as what."""

    form = forms.ChoiceField(
        choices=[(name, title) for name, (title, _, _) in OUTPUTS.items()],
        label="Format",
        initial="ris",
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    sources = forms.ModelMultipleChoiceField(
        queryset=Source.objects.none(),
        label="Sources",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one source."},
    )

    def __init__(self, *args: Any, sources: "QuerySet[Source]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = sources  # type: ignore[attr-defined]
