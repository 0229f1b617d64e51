"""What comes in when an editor words a mail otherwise."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_SUBJECT = 300
LONGEST_TEXT = 20_000


class WordsForm(forms.Form):
    """A mail in an editor's own words."""

    subject = forms.CharField(max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Leave the address of the page in: it is how the reader gets there."),
    )
