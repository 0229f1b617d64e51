"""Which feed is watched, how often, and what becomes of what it lists."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.article import OF_THE_WEB
from reviews.models import Feed


class PaceForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How often a feed is looked at, and whether what is new comes in by itself."""

    class Meta:
        model = Feed
        fields: ClassVar[list[str]] = ["every_hours", "takes_all"]


class FeedForm(PaceForm):
    """A feed to watch."""

    address = forms.URLField(
        max_length=1000,
        assume_scheme="https",
        validators=[OF_THE_WEB],
        label=_("Address of the feed"),
        help_text=_(
            "RSS or Atom. Sites often show it as a link “RSS” or “Feed”; the address of the site itself may lead "
            "to it too."
        ),
    )
    field_order = ["address", "every_hours", "takes_all"]  # noqa: RUF012 - as Django declares it
