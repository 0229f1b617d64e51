"""What comes in when a list is kept as a view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import SavedView


class ViewForm(forms.Form):
    """How a view is called, and who sees it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    is_shared = forms.BooleanField(
        label=_("Share it with the desk"),
        required=False,
        help_text=_(
            "Everybody at the desk finds it on this list, each with what they may see. You alone can change it."
        ),
    )


class NewViewForm(ViewForm):
    """A view that is kept for the first time, of a list and its query."""

    room = forms.ChoiceField(label=_("list"), choices=SavedView.Room, widget=forms.HiddenInput)
    query = forms.CharField(
        label=_("query"),
        max_length=4000,
        widget=forms.HiddenInput,
        error_messages={"required": _("Filter or search the list first: a view of everything is the list itself.")},
    )
