"""What says the same to everybody, and is drawn once in each language."""

from typing import cast

from django import template
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class Once(Node):
    """Draws what it holds with nothing of the page at hand, so that what is kept can be about nobody.

    It is kept with the template, for as long as that: by the language, and by where the portal lies.
    """

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.drawn: dict[tuple[str | None, str], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = get_language(), get_script_prefix()
        if key not in self.drawn:
            nothing = Context()
            with nothing.bind_template(cast("Template", context.template)):
                self.drawn[key] = self.nodelist.render(nothing)
        return self.drawn[key]


@register.tag
def once(parser: Parser, _token: Token) -> Once:
    """Enclose sentences, signs and addresses that are the same on every page: ``{% once %}…{% endonce %}``."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist)
