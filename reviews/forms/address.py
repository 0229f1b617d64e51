"""An e-mail address as it comes in: typed, or pasted with what nobody sees."""

import unicodedata
from typing import Any

from django import forms


class AddressField(forms.EmailField):
    """An address without the marks that steer text and are never seen: they would make it another one."""

    def to_python(self, value: Any) -> str:
        return super().to_python(visible(str(value or ""))) or ""


def visible(text: str) -> str:
    """Return a text without its format characters (Unicode's Cf): zero-width spaces, direction marks and the like."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")
