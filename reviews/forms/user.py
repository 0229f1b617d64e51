"""What comes in of a person, from an editor."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.address import AddressField
from reviews.models import User


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who somebody is. No password: people set their own.

    A chief editor says who works at the desk and as what, a superuser who is one.
    """

    email = AddressField(label=_("E-mail address"), max_length=254)

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            *("email", "name", "expertise", "languages", "interests", "most_claims"),
            *("is_active", "is_staff", "role", "is_superuser"),
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {"interests": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            del self.fields["is_superuser"]
        if not by.is_chief:
            del self.fields["is_staff"], self.fields["role"]

    def clean_email(self) -> Any:
        return User.objects.normalize_email(str(self.cleaned_data["email"]))
