"""The key facts on top of a plain-text mail: one a line, the values under one another."""

from django import template

register = template.Library()

NARROWEST = 10
"""Characters, as many as the labels of most English mails need: so that values stand alike in all of them."""


@register.simple_block_tag
def fact(content: str, label: str) -> str:
    """Say one fact in a line: its label, a tab, its value."""
    return f"{label}:\t{' '.join(content.splitlines()).strip()}"


@register.simple_block_tag
def facts(content: str) -> str:
    """Put the values of facts under one another, however long the labels are in the desk's language."""
    rows = [line.partition("\t") for line in content.splitlines() if line.strip()]
    width = max(NARROWEST, *(len(label) + 1 for label, _, _ in rows))
    return "\n".join(f"{label:{width}}{value}" for label, _, value in rows)
