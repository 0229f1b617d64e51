"""What comes in when a reviewer speaks up against a verdict."""

from django import forms

from reviews.forms.draft import Prose


class StatementForm(forms.Form):
    """A minority statement on one claim; empty takes it back."""

    text = Prose(
        label="Your minority statement",
        required=False,
        max_length=2000,
        help_text="Published beside the verdict without your name: write nothing that gives you away. Empty: none.",
    )
