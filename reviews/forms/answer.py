"""What is answered about the whole article: an instrument's items, and what is left out."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from reviews.core.judging.instruments import LONGEST_TEXT, Answer, Instrument, Item
from reviews.core.judging.vocabulary import OMISSIONS
from reviews.forms.draft import DraftForm, Line, Prose
from reviews.models import Review

ANSWER = "answer-"


class SheetForm(DraftForm):
    """One instrument, built from its items."""

    prefix = "sheet"

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for item in instrument.items:
            self.fields[ANSWER + item.key] = _field_of(item)

    def said(self) -> dict[str, Any]:
        given = super().said()
        return {"answers": {name.removeprefix(ANSWER): value for name, value in given.items() if value != ""}}

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield the items' fields under the headings of their sections."""
        for section, items in groupby(self.instrument.items, key=lambda item: item.section):
            yield section, [self[ANSWER + item.key] for item in items]


def _field_of(item: Item) -> forms.Field:
    if item.kind == "text":
        return Prose(label=item.wording, help_text=item.guidance, required=False, max_length=LONGEST_TEXT)
    options = [(option.code, _option_words(item, option.code, option.title)) for option in item.options]
    return forms.ChoiceField(
        label=item.wording,
        help_text=item.guidance,
        choices=options,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "segments scale" if item.kind == "scale" else "segments"}),
    )


def _option_words(item: Item, code: str, title: str) -> str:
    return f"{code} · {title}" if item.kind == "scale" and code.isdecimal() and code != title else title


def initial_of_sheet(version: int, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return saved answers as the form shows them."""
    return {"version": version, **{ANSWER + item: str(answer) for item, answer in answers.items()}}


class OmissionsForm(DraftForm):
    """What the article leaves out, with a note where one helps."""

    prefix = "omissions"

    kinds = forms.MultipleChoiceField(
        label="Left out", choices=OMISSIONS, required=False, widget=forms.CheckboxSelectMultiple
    )
    considered = forms.BooleanField(
        label="I went through this list: what is not ticked is not left out, or does not matter here.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, title in OMISSIONS:
            box = forms.TextInput(attrs={"placeholder": "A note, where one helps", "dir": "auto"})
            self.fields[_note(kind)] = Line(label=f"Note on: {title}", required=False, max_length=1000, widget=box)

    def said(self) -> dict[str, Any]:
        """A note says that its point is left out, ticked or not."""
        ticked = self.cleaned_data["kinds"]
        notes = {kind: self.cleaned_data[_note(kind)] for kind, _ in OMISSIONS}
        return {
            "omissions": {kind: note for kind, note in notes.items() if note or kind in ticked},
            "considered": self.cleaned_data["considered"],
        }

    def points(self) -> Iterator[tuple[Any, BoundField]]:
        """Yield each point's checkbox and the field for its note."""
        for box, (kind, _) in zip(self["kinds"], OMISSIONS, strict=True):
            yield box, self[_note(kind)]


def _note(kind: str) -> str:
    return f"note_{kind}"


def initial_of_omissions(review: Review) -> dict[str, Any]:
    """Return what is saved of a review's omissions as the form shows it."""
    notes = {omission.kind: omission.note for omission in review.omissions.all()}
    return omissions_as_shown(review.omissions_version, notes=notes, considered=review.omissions_considered)


def omissions_as_shown(version: int, *, notes: Mapping[str, str], considered: bool) -> dict[str, Any]:
    """Return what is left out, a note by kind, as the form shows it."""
    return {
        "version": version,
        "kinds": list(notes),
        "considered": considered,
        **{_note(kind): note for kind, note in notes.items()},
    }
