"""What is answered: an instrument's items, about the article or a claim, and what the article leaves out."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.judging.instruments import (
    ATTESTED,
    LONGEST_TEXT,
    NOT_APPLICABLE,
    Answer,
    AnswerRefused,
    Condition,
    Instrument,
    Item,
    answer_text,
    check_answer,
)
from reviews.forms.blank import kept_by_language
from reviews.forms.draft import MOST_SAVINGS, DraftForm, Line, Prose
from reviews.models import Review
from reviews.models.vocabulary import OMISSIONS
from reviews.models.wording import said

ANSWER, EXEMPT = "answer-", "exempt-"
SEGMENTS, SHORT = 3, 16  # as many answers, and as long, go side by side in one bar


class Question(NamedTuple):
    """One item as the page shows it.

    ``exempt`` is the checkbox for "not applicable", where that stands beside the field. ``asked_if`` tells the script
    what the item hangs on, as JSON; "" where it is always asked. ``carries``: its answer may come from another form;
    ``carried`` says from where it did. ``informed_by`` names what the machine found that stands beside it.
    """

    field: BoundField
    exempt: BoundField | None
    is_asked: bool
    asked_if: str
    carries: bool
    carried: str
    informed_by: tuple[str, ...]


class SheetForm(DraftForm):
    """One instrument, built from its items. What is not asked is hidden, and saved all the same: it does not count.

    ``edition`` is the version of the instrument that the page was made from.
    """

    edition = forms.IntegerField(min_value=1, max_value=MOST_SAVINGS, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, instrument: Instrument, prefix: str, carried: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.carried = carried or {}
        for item in instrument.items:
            self.fields[ANSWER + item.key] = _field_of(item)
            if item.may_not_apply:
                label = _("Not applicable: %(item)s") % {"item": item.wording}
                self.fields[EXEMPT + item.key] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for item in self.instrument.items:
            name = ANSWER + item.key
            if name not in given:
                continue
            try:
                given[name] = _stored(item, given[name], is_exempt=given.get(EXEMPT + item.key, False))
            except AnswerRefused as refusal:
                self.add_error(name, said(refusal.phrase))
        return given

    def said(self) -> dict[str, Any]:
        given = {item.key: self.cleaned_data[ANSWER + item.key] for item in self.instrument.items}
        return {"answers": {key: value for key, value in given.items() if value != ""}}

    def differs(self) -> bool:
        return bool(set(self.changed_data) - {"version", "instead_of", "edition"})

    def sections(self) -> Iterator[tuple[str, list[Question]]]:
        """Yield the questions under the headings of their sections."""
        asked = {item.key for item in self.instrument.visible(self._answers())}
        for section, items in groupby(self.instrument.items, key=lambda item: item.section):
            yield section, [self._question(item, is_asked=item.key in asked) for item in items]

    def hangs(self) -> bool:
        """Whether any question hangs on another's answer."""
        return any(item.show_if for item in self.instrument.items)

    def _question(self, item: Item, *, is_asked: bool) -> Question:
        return Question(
            field=self[ANSWER + item.key],
            exempt=self[EXEMPT + item.key] if item.may_not_apply else None,
            is_asked=is_asked,
            asked_if=json.dumps([self._for_script(one) for one in item.show_if]) if item.show_if else "",
            carries=bool(item.carries),
            carried=self.carried.get(item.key, ""),
            informed_by=item.informed_by,
        )

    def _for_script(self, condition: Condition) -> dict[str, Any]:
        return {
            "name": self.add_prefix(ANSWER + condition.item),
            "answers": [answer_text(answer) for answer in condition.answers],
            "atLeast": condition.at_least,
            "atMost": condition.at_most,
        }

    def _answers(self) -> dict[str, Answer]:
        """Return what stands in the form at this moment, typed or saved, as far as it holds."""
        answers: dict[str, Answer] = {}
        for item in self.instrument.items:
            is_exempt = item.may_not_apply and bool(self[EXEMPT + item.key].value())
            with suppress(AnswerRefused):
                answers[item.key] = check_answer(
                    item, _stored(item, self[ANSWER + item.key].value(), is_exempt=is_exempt)
                )
        return answers


def _stored(item: Item, given: object, *, is_exempt: bool) -> str:
    """Return an answer as it is stored, "" for none; raise ``AnswerRefused``."""
    if is_exempt and given:
        raise AnswerRefused("Give an answer, or say that it is not applicable; not both.")
    if is_exempt:
        return NOT_APPLICABLE
    if item.kind == "attestation":
        given = ATTESTED if given else ""
    return answer_text(check_answer(item, given)) if given or given == 0 else ""


@kept_by_language(1024)
def _field_of(item: Item) -> forms.Field:
    words: dict[str, Any] = {"label": f"{item.number}. {item.wording}", "help_text": item.guidance, "required": False}
    options = [(option.code, _option_words(item, option.code, option.title)) for option in item.options]
    match item.kind:
        case "choice" | "scale":
            is_short = len(options) <= SEGMENTS and all(len(words) <= SHORT for _, words in options)
            classes = "segments scale" if item.kind == "scale" else "segments" if is_short else "columns"
            return forms.ChoiceField(**words, choices=options, widget=forms.RadioSelect(attrs={"class": classes}))
        case "multi_choice":
            boxes = forms.CheckboxSelectMultiple(attrs={"class": "columns"})
            return forms.MultipleChoiceField(**words, choices=options, widget=boxes)
        case "attestation":
            return forms.BooleanField(**words, widget=forms.CheckboxInput(attrs={"value": ATTESTED}))
        case "date":
            return Line(**words, max_length=10, widget=forms.DateInput(attrs={"type": "date"}))
        case "number":
            words["help_text"] = " ".join(
                filter(None, [item.guidance, gettext("In %(unit)s.") % {"unit": item.unit} if item.unit else ""])
            )
            return Line(**words, max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case "text":
            return Prose(**words, max_length=LONGEST_TEXT)


def _option_words(item: Item, code: str, title: str) -> str:
    return f"{code} · {title}" if item.kind == "scale" and code.isdecimal() and code != title else title


def initial_of_sheet(version: int, answers: Mapping[str, Answer], *, instrument: Instrument) -> dict[str, Any]:
    """Return saved answers as the form shows them."""
    initial: dict[str, Any] = {"version": version, "edition": instrument.version}
    for key, answer in answers.items():
        item = instrument.item(key)
        if item.may_not_apply and answer == NOT_APPLICABLE:
            initial[EXEMPT + key] = True
        elif item.kind == "attestation":
            initial[ANSWER + key] = True
        else:
            initial[ANSWER + key] = list(answer) if isinstance(answer, tuple) else answer_text(answer)
    return initial


class OmissionsForm(DraftForm):
    """What the article leaves out, with a note where one helps."""

    prefix = "omissions"

    kinds = forms.MultipleChoiceField(
        label=_("Left out"), choices=OMISSIONS, required=False, widget=forms.CheckboxSelectMultiple
    )
    considered = forms.BooleanField(
        label=_("I went through this list: what is not ticked is not left out, or does not matter here."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, title in OMISSIONS:
            box = forms.TextInput(attrs={"placeholder": _("A note, where one helps"), "dir": "auto"})
            self.fields[_note(kind)] = Line(
                label=_("Note on: %(omission)s") % {"omission": title}, required=False, max_length=1000, widget=box
            )

    @staticmethod
    def version_of(row: Review) -> int:
        return row.omissions_version

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
        for box, (kind, _title) in zip(self["kinds"], OMISSIONS, strict=True):
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
