"""What an editor answers to a reviewer."""

from django import forms


class ReplyForm(forms.Form):
    """An answer that only this reviewer reads."""

    text = forms.CharField(
        label="Your answer",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Only this reviewer reads it. Never name another reviewer, or what another one marked.",
    )
