"""How a reviewer names a source."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.identifiers import Identifier, NotAnIdentifier, identify
from reviews.core.citing.records import Record
from reviews.forms.draft import Line, Prose
from reviews.jobs.source import is_stand_in_of
from reviews.models.wording import said

KIND_WORDS = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "nct": "Trial", "isbn": "ISBN"}


class DescriptionForm(forms.Form):
    """What a reviewer says by hand of an own source that is named already."""

    prefix = "own"

    title = Line(label=_("Title"), help_text=_("Needed where you give no identifier."), required=False, max_length=1000)
    authors = Prose(
        label=_("Authors"),
        help_text=_("One a line: Family, Given."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    container = Line(label=_("Journal or site"), required=False, max_length=500)
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1500,
        max_value=2200,
        error_messages={
            "invalid": _("Give the year with four digits."),
            "min_value": _("Give the year with four digits."),
            "max_value": _("Give the year with four digits."),
        },
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")

    def clean_authors(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["authors"].splitlines() if line.strip())

    def said(self) -> dict[str, Any]:
        """Return what was changed, by field: what a service filled in meanwhile stays."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


def initial_of_description(record: Record) -> dict[str, Any]:
    """Return a record as the form shows it; an identifier that stands for a title is none."""
    return {
        "title": "" if is_stand_in_of(record) else record.title,
        "authors": "\n".join(record.authors),
        "container": record.container,
        "year": record.year,
        "url": record.url,
    }


class OwnSourceForm(DescriptionForm):
    """A source by its identifier, by hand, or both."""

    field_order = ("identifier",)

    identifier = Line(
        label=_("DOI, PMID, PMCID or trial number"),
        help_text=_(
            "As you find it: 10.1000/abc123, https://doi.org/…, 12345678, PMC1234567, NCT01234567. A DOI, PMID or "
            "PMCID is looked up for you."
        ),
        required=False,
        max_length=300,
    )

    def clean_identifier(self) -> Identifier | None:
        typed = self.cleaned_data["identifier"]
        try:
            return identify(typed) if typed else None
        except NotAnIdentifier as error:
            raise forms.ValidationError(said(error.phrase)) from error

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("title") and not given.get("identifier"):
            self.add_error("title", _("Give an identifier, or at least the title."))
        return given

    def record(self) -> Record:
        """Return the record that was typed; where there is no title, the identifier stands for it."""
        given = self.cleaned_data
        identifier: Identifier | None = given["identifier"]
        named: dict[str, Any] = {identifier.kind: identifier.value} if identifier else {}
        stand_in = f"{KIND_WORDS[identifier.kind]} {identifier.value}" if identifier else ""
        return Record(
            title=given["title"] or stand_in,
            authors=given["authors"],
            container=given["container"],
            year=given["year"],
            url=given["url"],
            **named,
        )
