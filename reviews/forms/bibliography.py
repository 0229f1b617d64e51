"""What comes in of a list of references, which of them are imported, and what goes out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from reviews.core.citing.errors import TooMuchAtOnce
from reviews.core.citing.reading import MOST_BYTES
from reviews.core.citing.writing import OUTPUTS
from reviews.forms.sent import FilesField, SentForm
from reviews.jobs.bibliography import Standing, Weighed
from reviews.models import Source
from reviews.models.wording import said_lazily

MOST_FILES = 50
MOST_TOGETHER = 40_000_000  # bytes of all files: they are read into memory at once

CHOICES: dict[Standing, list[tuple[str, StrPromise]]] = {
    Standing.REPEATED: [("import", _("Add what it knows to the one above")), ("skip", _("Leave it out"))],
    Standing.NEW: [("import", _("Import it")), ("skip", _("Leave it out"))],
    Standing.KNOWN: [("import", _("It is there already")), ("skip", _("Leave it out"))],
    Standing.FILLS: [("import", _("Add what is missing there")), ("skip", _("Leave it out"))],
    Standing.JOINS: [("skip", _("Leave it out")), ("merge", _("Merge the two sources"))],
    Standing.ALIKE: [
        ("import", _("Import it as another source")),
        ("same", _("It is the same")),
        ("skip", _("Leave it out")),
    ],
}
"""What an editor may say of a reference, by how it stands; the first is what happens where nothing is said."""


class BibliographyForm(SentForm):
    """References, pasted or as files; see ``SentForm``."""

    most_bytes, neither = MOST_BYTES, _("Paste some references, or choose a file.")
    too_large = said_lazily(TooMuchAtOnce().phrase)

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Paste references"),
        help_text=_(
            "DOIs, PMIDs, PMCIDs, trial numbers, ISBNs or addresses, one a line; RIS, nbib, BibTeX, CSL-JSON, "
            "PubMed XML, Crossref JSON or EndNote; or a reference list as it stands in an article."
        ),
        widget=forms.Textarea(attrs={"class": "tall", "spellcheck": "false"}),
    )
    file = FilesField(
        required=False,
        allow_empty_file=True,
        most=MOST_FILES,
        most_together=MOST_TOGETHER,
        label=_("Or choose files"),
        help_text=_(
            "As databases or reference managers export them, up to 50 at once, each of at most 4 MB and 1,000 "
            "references, 40 MB together. The format is told from the content. One that cannot be read costs "
            "itself only."
        ),
    )


class ImportForm(forms.Form):
    """What becomes of each reference of a list; a broken one has no choice."""

    def __init__(self, *args: Any, weighed: Sequence[Weighed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in weighed:
            if one.standing in CHOICES:
                self.fields[f"entry-{one.entry.number}"] = forms.ChoiceField(
                    choices=CHOICES[one.standing],
                    required=False,
                    label=gettext("What to do with reference %(number)s") % {"number": one.entry.number},
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
        choices=[(name, gettext_lazy(title)) for name, (title, *_rest) in OUTPUTS.items()],
        label=_("Format"),
        initial="ris",
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    sources = forms.ModelMultipleChoiceField(
        queryset=Source.objects.none(),
        label=_("Sources"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one source.")},
    )

    def __init__(self, *args: Any, sources: "QuerySet[Source]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = sources  # type: ignore[attr-defined]
