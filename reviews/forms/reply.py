"""What an editor answers to a reviewer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyForm(forms.Form):
    """An answer that only this reviewer reads."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only this reviewer reads it. Never name another reviewer, or what another one marked."),
    )
