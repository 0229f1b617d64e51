"""What comes in of a source, and which claims it is put to."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.identifiers import NORMAL_FORMS, Kind, NotAnIdentifier
from reviews.models import Citation, Claim, Source
from reviews.models.wording import said

IDENTIFIERS: tuple[Kind, ...] = ("doi", "pmid", "pmcid", "nct", "isbn")
UNIQUE: tuple[Kind, ...] = ("doi", "pmid", "pmcid")
ORIGINS = [(Citation.Origin.ARTICLE, _("The article itself cites it")), (Citation.Origin.EDITOR, _("The desk puts it"))]


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A bibliographic record. Identifiers may be pasted as they are found; they are brought into their normal form.

    Where a source that the editor may see has one of them already, ``known`` is that source. One that the editor may
    not see answers like a new one: what is typed becomes the desk's record of it.
    """

    doi = forms.CharField(label="DOI", required=False, help_text=_("As 10.1000/abc123, or its address."))
    pmid = forms.CharField(label="PMID", required=False, help_text=_("The number in PubMed."))
    pmcid = forms.CharField(label="PMCID", required=False, help_text=_("As PMC1234567."))
    nct = forms.CharField(
        label=_("Trial registration"), required=False, help_text=_("As NCT01234567. Papers of one trial count once.")
    )
    isbn = forms.CharField(
        label="ISBN", required=False, help_text=_("Of a book, or of the book that a chapter stands in.")
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")

    class Meta:
        model = Source
        fields: ClassVar[list[str]] = [
            "title",
            "kind",
            "authors",
            "editors",
            "container",
            "year",
            *IDENTIFIERS,
            "volume",
            "issue",
            "pages",
            "publisher",
            "url",
            "design",
            "text",
            "retraction",
            "retraction_note",
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "authors": forms.Textarea(attrs={"rows": 3}),
            "editors": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, seen: "QuerySet[Source]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.known: Source | None = None

    def clean_doi(self) -> str:
        return self._normal("doi")

    def clean_pmid(self) -> str:
        return self._normal("pmid")

    def clean_pmcid(self) -> str:
        return self._normal("pmcid")

    def clean_nct(self) -> str:
        return self._normal("nct")

    def clean_isbn(self) -> str:
        return self._normal("isbn")

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_authors(self) -> str:
        return _names(str(self.cleaned_data["authors"]))

    def clean_editors(self) -> str:
        return _names(str(self.cleaned_data["editors"]))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in UNIQUE:
            if value := cleaned.get(kind):
                self._meet(kind, value)
        return cleaned

    def _meet(self, kind: Kind, value: str) -> None:
        """Say that another source has this identifier, or take that source over where the editor may not see it."""
        other = Source.objects.exclude(pk=self.instance.pk).filter(**{str(kind): value}).first()
        if other is None:
            return
        if self.instance.pk is None and not self.seen.filter(pk=other.pk).exists():
            self.instance.pk, self.instance._state.adding = other.pk, False
            return
        self.known = other
        self.add_error(
            kind,
            gettext("“%(source)s” has this %(kind)s already: use that source.")
            % {"source": other, "kind": kind.upper()},
        )

    def _normal(self, kind: Kind) -> str:
        """Return the identifier in its normal form, or the sentence that says why it is none."""
        typed = str(self.cleaned_data[kind])
        normal: Callable[[str], str] = NORMAL_FORMS[kind]
        try:
            return normal(typed) if typed else ""
        except NotAnIdentifier as refusal:
            raise forms.ValidationError(said(refusal.phrase)) from None


def _names(typed: str) -> str:
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return "\n".join(line for line in lines if line)


class CitationForm(forms.Form):
    """Which claims of one article a source is put to, and by whom."""

    claims = forms.ModelMultipleChoiceField(
        queryset=Claim.objects.none(),
        label=_("Claims"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one claim.")},
    )
    origin = forms.ChoiceField(
        choices=ORIGINS,
        label=_("Who puts it"),
        initial=Citation.Origin.EDITOR,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )

    def __init__(self, *args: Any, claims: "QuerySet[Claim]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]
