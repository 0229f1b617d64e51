"""What pages are made of says in words what it shows by colour, and escapes what people wrote."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateDoesNotExist
from django.test import RequestFactory

from reviews.core.judging.scales import ACCURACY
from reviews.templatetags.components import due_in_words, icon, panel_in_words

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class DrawnLevel:
    name: str
    title: str
    colour: str
    icon: str


ACCURATE = DrawnLevel("accurate", "Accurate", "accurate", "accurate")
MISLEADING = DrawnLevel("misleading", "Misleading", "misleading", "misleading")
INACCURATE = DrawnLevel("inaccurate", "Inaccurate", "inaccurate", "inaccurate")
HOMEMADE = DrawnLevel("splendid", "Splendid", "gold", "laurels")


def drawn(source: str, **context: object) -> str:
    html = Template("{% load components %}" + source).render(Context(context))
    return " ".join(html.split())


def test_an_icon_beside_text_is_decoration():
    assert 'aria-hidden="true"' in icon("clock")


def test_an_icon_that_stands_alone_says_what_it_means():
    assert 'role="img" aria-label="Over &lt;due&gt;"' in icon("clock", label="Over <due>")


def test_an_icon_that_does_not_exist_is_refused():
    with pytest.raises(TemplateDoesNotExist):
        icon("unicorn")


@pytest.mark.parametrize("level", list(ACCURACY), ids=lambda level: level.name)
def test_every_level_of_the_shipped_scale_has_its_icon(level):
    assert "<svg" in icon(level.name)


def test_a_level_is_said_in_words_beside_its_icon():
    chip = drawn("{% level_chip level %}", level=MISLEADING)

    assert 'data-verdict="misleading"' in chip
    assert "<svg" in chip
    assert chip.endswith("Misleading</span>")


def test_no_level_is_said_too():
    assert drawn('{% level_chip level absent="Held" %}', level=None).endswith("Held</span>")


def test_a_level_of_an_editors_own_scale_is_drawn_though_we_have_no_icon_for_it():
    assert drawn("{% level_chip level %}", level=HOMEMADE) == drawn(
        "{% level_chip level %}", level=DrawnLevel("splendid", "Splendid", "gold", "dot")
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "2 days overdue"),
        (-1, "1 day overdue"),
        (0, "due today"),
        (1, "due in 1 day"),
        (9, "due in 9 days"),
    ],
)
def test_a_due_date_is_said_by_its_distance(days, words):
    assert due_in_words(days) == words


@pytest.mark.parametrize(("days", "colour"), [(-1, "red"), (0, "amber"), (3, "amber"), (4, "grey")])
def test_a_due_date_that_is_near_stands_out(days, colour):
    chip = drawn("{% due_chip due today %}", due=TODAY + timedelta(days=days), today=TODAY)

    assert f'data-colour="{colour}"' in chip


@pytest.mark.parametrize(
    ("counts", "absent", "words"),
    [
        ([(MISLEADING, 3), (INACCURATE, 1)], 0, "3 of 4 reviewers: misleading; 1: inaccurate"),
        ([(ACCURATE, 1), (INACCURATE, 2)], 1, "2 of 4 reviewers: inaccurate; 1: accurate; 1: could not assess it"),
        ([(ACCURATE, 1), (INACCURATE, 0)], 0, "1 of 1 reviewer: accurate"),
        ([], 2, "2 of 2 reviewers: could not assess it"),
        ([], 0, "No reviewer has marked it."),
    ],
)
def test_a_panel_is_said_in_one_sentence(counts, absent, words):
    assert panel_in_words(counts, could_not_assess=absent) == words


def test_a_dot_strip_has_one_dot_a_reviewer():
    strip = drawn("{% dot_strip counts 1 %}", counts=[(ACCURATE, 2), (MISLEADING, 1)])

    assert strip.count('class="dot"') == 4


def test_progress_is_said_in_figures():
    bar = drawn('{% progress 3 8 "claims marked" %}')

    assert '<progress value="3" max="8" aria-label="Claims marked">' in bar
    assert "3 of 8 claims marked" in bar
    assert "data-state" not in bar


def test_progress_over_nothing_is_not_complete():
    assert "data-state" not in drawn('{% progress 0 0 "claims marked" %}')


def test_progress_that_is_complete_shows_it():
    assert 'data-state="complete"' in drawn('{% progress 8 8 "claims marked" %}')


@pytest.mark.parametrize("wrapper", ['alert "error"', "panel words", "empty words"])
def test_what_people_wrote_is_escaped_in_every_wrapper(wrapper):
    name = wrapper.split()[0]

    html = drawn("{% " + wrapper + " %}{{ words }}{% end" + name + " %}", words="<script>")

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(("rows", "links"), [(2, 0), (5, 2)])
def test_pages_are_linked_where_there_are_several_and_keep_the_question(rows, links):
    page = Paginator(range(rows), 2).get_page(2)
    request = RequestFactory().get("/", {"order": "due", "page": "2"})
    template = Template("{% load components %}{% pagination page %}")

    html = template.render(RequestContext(request, {"page": page}))

    assert html.count("order=due&amp;page=") == links


class SampleForm(forms.Form):
    name = forms.CharField(help_text="As on your papers.")
    stance = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect(attrs={"class": "segments"})
    )
    agreed = forms.BooleanField()


def test_a_field_ties_its_help_and_its_error_to_what_is_typed():
    html = drawn("{{ form }}", form=SampleForm({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_radio_buttons_are_a_group_with_a_name():
    html = drawn("{{ form }}", form=SampleForm())

    assert '<fieldset class="field" id="id_stance_group"' in html
    assert "<legend" in html
    assert 'class="choices segments"' in html


def test_a_summary_of_errors_leads_to_each_field():
    html = drawn('{% include "components/error_summary.html" %}', form=SampleForm({}))

    assert [html.count(f'href="#{name}"') for name in ("id_name", "id_stance_group", "id_agreed")] == [1, 1, 1]
