"""What a person gives of themselves when signing up."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reviews.models import User


class NameForm(forms.Form):
    """Added by allauth to its sign-up form."""

    name = forms.CharField(
        max_length=150, label=_("Your name"), help_text=_("Editors see it; other reviewers never do.")
    )

    field_order = ("email", "name", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
