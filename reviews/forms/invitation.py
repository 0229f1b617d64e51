"""How an invitation is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.draft import Line, Prose
from reviews.models import Assignment

CONFLICTS = (
    (Assignment.Conflict.NONE, _("I have none")),
    (Assignment.Conflict.DECLARED, _("I have one to declare")),
)


class AcceptForm(forms.Form):
    """Yes, with a declaration of conflicts of interest. Nothing is ticked beforehand."""

    prefix = "accept"
    use_required_attribute = False

    conflict = forms.ChoiceField(
        label=_("Conflicts of interest"),
        help_text=_(
            "Money, work, family or belief that a reader would want to know of: shares, fees, employers, rivals."
        ),
        choices=CONFLICTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have a conflict of interest.")},
    )
    statement = Prose(
        label=_("What it is"),
        help_text=_("Only where you declare one. The editors read it; the panel does not."),
        required=False,
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        declared = given.get("conflict") == Assignment.Conflict.DECLARED
        if declared and not given.get("statement"):
            self.add_error("statement", _("Say what the conflict of interest is."))
        if given.get("conflict") == Assignment.Conflict.NONE and given.get("statement"):
            self.add_error("conflict", _("You describe a conflict below: declare it, or empty the field."))
        return given


class DeclineForm(forms.Form):
    """No, and why."""

    prefix = "decline"
    use_required_attribute = False

    reason = Line(
        label=_("Why you decline"),
        help_text=_("No time, outside your field, a conflict: a few words help the desk to ask somebody else."),
        max_length=2000,
        error_messages={"required": _("Say in a few words why you decline.")},
    )
