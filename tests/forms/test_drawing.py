"""What is drawn in Python says what Django's own templates say, whatever somebody typed."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from reviews.forms.drawing import DRAWN, DrawnForms

HOSTILE = "\"><script>alert('&')</script>\n"
PAIRS = [("", "Not said"), ("a", "A & B"), (HOSTILE, HOSTILE)]
WIDGETS = [
    forms.TextInput(attrs={"placeholder": HOSTILE, "required": True, "disabled": False}),
    forms.EmailInput(),
    forms.HiddenInput(),
    forms.NumberInput(attrs={"min": 0}),
    forms.PasswordInput(render_value=True),
    forms.URLInput(),
    forms.DateInput(attrs={"type": "date"}),
    forms.CheckboxInput(attrs={"value": HOSTILE}),
    forms.Textarea(attrs={"rows": 4}),
    forms.Select(choices=[*PAIRS, ("Group <1>", PAIRS)]),
    forms.SelectMultiple(choices=PAIRS),
]


def squeezed(page: str) -> str:
    """Take out the white space between tags, which says nothing."""
    return re.sub(r"(?<=>)\s+(?=<)|\s+(?=</select>|</optgroup>|<option|<optgroup)", "", str(page)).strip()


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("value", [None, "", "a", HOSTILE, 7])
def test_a_widget_is_drawn_as_django_draws_it(widget, value):
    drawn, django = (
        widget.render("a<b", value, attrs={"id": "id_a"}, renderer=renderer)
        for renderer in (DrawnForms(), DjangoTemplates())
    )

    assert widget.template_name in DRAWN
    assert squeezed(drawn) == squeezed(django)


class Sample(forms.Form):
    default_renderer = DrawnForms
    level = forms.ChoiceField(
        label="Level <1>", help_text="Help & more", choices=PAIRS, widget=forms.RadioSelect(attrs={"class": "columns"})
    )
    flaws = forms.MultipleChoiceField(
        choices=[("Group <1>", PAIRS)], required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Agreed", help_text="Once.")
    reasons = forms.CharField(label="Reasons", help_text="Why?", max_length=3)


def test_radio_buttons_are_a_fieldset_with_a_label_around_each():
    drawn = Sample(initial={"level": "a"})["level"].as_field_group()

    assert drawn == (
        '<fieldset class="field" id="id_level_group" data-widget="radioselect" aria-describedby="id_level_helptext">'
        '<legend class="field-label">Level &lt;1&gt; <span class="field-required" aria-hidden="true">*</span></legend>'
        '<div class="helptext" id="id_level_helptext">Help &amp; more</div>'
        '<div class="choices columns" id="id_level">'
        '<label class="choice" for="id_level_0"><input type="radio" name="level" value="" class="columns" required'
        ' id="id_level_0"><span>Not said</span></label>'
        '<label class="choice" for="id_level_1"><input type="radio" name="level" value="a" class="columns" required'
        ' id="id_level_1" checked><span>A &amp; B</span></label>'
        '<label class="choice" for="id_level_2"><input type="radio" name="level"'
        ' value="&quot;&gt;&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;\n" class="columns" required'
        ' id="id_level_2"><span>&quot;&gt;&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;\n</span></label>'
        "</div></fieldset>"
    )


def test_a_group_of_choices_has_its_name():
    drawn = Sample()["flaws"].as_field_group()

    assert '<div class="choice-group" role="group" aria-label="Group &lt;1&gt;">' in drawn
    assert 'name="flaws" value="a" id="id_flaws_0_1">' in drawn


def test_what_is_wrong_stands_between_help_and_widget_and_is_tied_to_it():
    form = Sample({"reasons": HOSTILE, "level": "z"})

    for name in ("reasons", "level"):
        drawn = form[name].as_field_group()
        assert " data-invalid" in drawn
        assert drawn.index("helptext") < drawn.index('class="errorlist"') < drawn.index(f'name="{name}"')
        assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in drawn
        assert "<script>" not in drawn


def test_a_checkbox_stands_before_its_label():
    assert Sample()["agreed"].as_field_group() == (
        '<div class="field" data-widget="checkbox"><label class="choice" for="id_agreed">'
        '<input type="checkbox" name="agreed" required aria-describedby="id_agreed_helptext" id="id_agreed">'
        '<span>Agreed <span class="field-required" aria-hidden="true">*</span></span></label>'
        '<div class="helptext" id="id_agreed_helptext">Once.</div></div>'
    )
