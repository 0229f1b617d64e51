"""A field that is filled into its blank looks as if it had been drawn for this one answer."""

from collections.abc import Callable
from functools import partial

import pytest
from django import forms
from django.utils.translation import override

from reviews.core.judging.definitions import shipped_instruments
from reviews.forms.answer import SheetForm
from reviews.forms.blank import NAME, VALUE
from reviews.forms.draft import DraftForm, Line, Prose, optional
from reviews.forms.drawing import DrawnForms
from tests.pseudo import LEFT_TO_RIGHT, installed, longer

HOSTILE = f'"><b>&amp;\n{NAME} {VALUE} {{}}'


class Sketch(DraftForm):
    """A form of every kind of field."""

    prefix = "sketch"

    word = Line(label="A <word>", help_text="Any & all", required=False)
    text = Prose(label="Text", required=False)
    day = Line(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    number = forms.IntegerField(label="Number", required=False)
    colour = forms.ChoiceField(label="Colour", choices=optional([("r", "Red"), ('"', "'Quote'")]), required=False)
    shade = forms.ChoiceField(
        label="Shade", choices=optional([("l", "Light <")]), required=False, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds",
        choices=[("Group", [("a", "A"), ("b", "B")]), ("&", "C")],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
    )
    sure = forms.BooleanField(label="Sure", required=False)
    attested = forms.BooleanField(
        label="Attested", required=False, widget=forms.CheckboxInput(attrs={"value": "attested"})
    )


SAID = [
    {},
    dict.fromkeys(Sketch.declared_fields),
    {"word": HOSTILE, "text": HOSTILE, "number": 0, "colour": '"', "shade": "l", "kinds": ["b", "&"], "sure": True},
    {"text": "\n\nbelow two breaks", "day": "2026-03-01", "number": 7, "kinds": ["a"], "attested": True},
]


def groups(form: DraftForm) -> list[str]:
    return [str(field.as_field_group()) for field in form.questions()]


def same_drawn_anew(made: Callable[..., DraftForm]) -> list[str]:
    return groups(made(renderer=DrawnForms()))


@pytest.mark.parametrize("said", SAID)
def test_what_is_saved_shows_as_it_would_without_a_blank(said):
    made = partial(Sketch, initial=said)

    assert groups(made()) == same_drawn_anew(made)


@pytest.mark.parametrize("said", SAID)
def test_what_was_sent_shows_as_it_would_without_a_blank(said):
    made = partial(Sketch, {f"sketch-{name}": value for name, value in said.items()})

    assert groups(made()) == same_drawn_anew(made)


def test_one_answer_leaves_nothing_for_the_next():
    first, second = groups(Sketch(initial=SAID[2])), groups(Sketch())

    assert first != second
    assert second == same_drawn_anew(Sketch)


def test_an_error_is_drawn_with_its_field():
    made = partial(Sketch, {"sketch-shade": "none", "sketch-number": "x"})

    assert groups(made()) == same_drawn_anew(made)
    assert "aria-invalid" in "".join(groups(made()))


@pytest.mark.parametrize("instrument", shipped_instruments(), ids=lambda instrument: instrument.slug)
def test_the_forms_of_instruments_look_as_they_would_without_blanks(instrument):
    made = partial(SheetForm, instrument=instrument, prefix="sheet")

    assert groups(made()) == same_drawn_anew(made)


def test_the_same_field_has_a_blank_in_every_language():
    class Spoken(DraftForm):
        word = Line(label=optional([])[0][1], required=False)

    with installed(LEFT_TO_RIGHT):
        labels = [groups(Spoken())[0]]
        with override(LEFT_TO_RIGHT):
            labels.append(groups(Spoken())[0])

    assert ["Not said<" in labels[0], longer("Not said") in labels[1]] == [True, True]


def test_the_fields_of_a_form_are_those_of_its_class():
    first, second = Sketch(), Sketch()

    del first.fields["word"]

    assert second.fields == Sketch.base_fields
    assert second.fields["text"] is Sketch.base_fields["text"]
