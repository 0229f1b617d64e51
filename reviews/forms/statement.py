"""What comes in when a reviewer speaks up against a verdict."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.draft import Prose


class StatementForm(forms.Form):
    """A minority statement on one claim; empty takes it back."""

    text = Prose(
        label=_("Your minority statement"),
        required=False,
        max_length=2000,
        help_text=_("Published beside the verdict without your name: write nothing that gives you away. Empty: none."),
    )
