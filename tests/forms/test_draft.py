"""What every form that is saved as it is typed can do."""

from django import forms

from reviews.forms.draft import DraftForm, Line, Prose, beside, optional


class Sketch(DraftForm):
    """A form of every kind of field."""

    prefix = "sketch"

    word = Line(label="Word", required=False, max_length=5)
    text = Prose(label="Text", required=False)
    colour = forms.ChoiceField(label="Colour", choices=optional([("r", "Red"), ("g", "Green")]), required=False)
    kinds = forms.MultipleChoiceField(label="Kinds", choices=[("a", "A kind"), ("b", "B kind")], required=False)
    sure = forms.BooleanField(label="Sure", required=False)


def sent(**fields) -> Sketch:
    return Sketch({f"sketch-{name}": value for name, value in fields.items()})


def test_control_characters_go_and_line_ends_become_one():
    form = sent(text="a\x00\x1b[1m\r\nb\rc\td \u200f\u202eש")

    assert form.is_valid()
    assert form.cleaned_data["text"] == "a[1m\nb\nc\td \u200f\u202eש"


def test_too_long_is_said_and_never_cut_off_by_the_browser():
    form = sent(word="toolong")

    assert not form.is_valid()
    assert form["word"].value() == "toolong"
    assert "maxlength" not in str(form["word"])


def test_the_version_is_that_of_the_screen_unless_the_person_chose_to_replace_another():
    plain, chosen, missing = sent(version="3"), sent(version="3", instead_of="5"), sent()

    assert [form.is_valid() for form in (plain, chosen, missing)] == [True, True, True]
    assert [form.base_version for form in (plain, chosen, missing)] == [3, 5, 0]


def test_what_is_said_is_without_versions():
    form = sent(version="3", word="hi")

    assert form.is_valid()
    assert form.said() == {"word": "hi", "text": "", "colour": "", "kinds": [], "sure": False}


def test_two_forms_side_by_side_show_where_they_differ_in_words():
    mine = sent(word="hi", colour="r", kinds=["a", "b"])
    saved = Sketch(initial={"word": "hi", "colour": "", "kinds": ["b"], "sure": True})

    assert beside(mine, saved) == [
        ("Colour", "Red", ""),
        ("Kinds", "A kind, B kind", "B kind"),
        ("Sure", "No", "Yes"),
    ]


def test_what_was_forged_is_shown_as_it_came():
    assert dict(sent(colour="<b>").in_words())["Colour"] == "<b>"
