"""What is drawn once in each language."""

import pytest
from django.template import engines
from django.utils.translation import override

from tests.pseudo import LEFT_TO_RIGHT, installed, longer


def drawn_by(source: str):
    template = engines["django"].from_string("{% load i18n once %}" + source)
    return lambda **context: template.render(context)


@pytest.mark.parametrize(
    "source", ["{{ person }}", "{{ request.user }}", "{% csrf_token %}", "{% if person %}!{% endif %}"]
)
def test_nothing_of_the_page_at_hand_gets_into_what_is_kept(source):
    draw = drawn_by("{{ person }}:{% once %}" + source + "{% endonce %}")

    assert [draw(person="Ada", csrf_token="a"), draw(person="Bea", csrf_token="b")] == ["Ada:", "Bea:"]


def test_every_language_is_kept_apart():
    draw = drawn_by('{% once %}{% translate "Save" %}{% endonce %}')

    with installed(LEFT_TO_RIGHT):
        said = [draw()]
        with override(LEFT_TO_RIGHT):
            said.append(draw())
        said.append(draw())

    assert said == ["Save", longer("Save"), "Save"]
