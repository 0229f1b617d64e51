"""The fields of a form in their places."""

from django.template import engines

from reviews.forms.draft import DraftForm, Line


class Sketch(DraftForm):
    """Two fields, of which one may not be asked."""

    prefix = "a&b"

    word = Line(label="Word", required=False)
    more = Line(label="More", required=False)


def drawn(form: DraftForm) -> str:
    return (
        engines["django"].from_string('{% load questions %}{% questions form "more" "word" %}').render({"form": form})
    )


def test_a_gap_leads_to_its_field_whatever_the_order_on_the_page():
    form = Sketch(initial={"word": "<b>"})

    more, word = form["more"].as_field_group(), form["word"].as_field_group()
    assert drawn(form) == f'<div id="at-a&amp;b-more">{more}</div><div id="at-a&amp;b-word">{word}</div>'


def test_a_field_that_is_not_asked_is_not_there():
    form = Sketch()
    del form.fields["more"]

    assert drawn(form) == f'<div id="at-a&amp;b-word">{form["word"].as_field_group()}</div>'
