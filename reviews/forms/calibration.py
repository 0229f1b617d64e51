"""What comes in when an editor says what is right of a claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import KnownAnswer, Level, RoundClaim
from reviews.services.calibration import Known

UNKNOWN = ""


class KnownAnswerForm(forms.Form):
    """One claim: the level that is right of it, why, and where that stands; all empty where nothing is known."""

    level = forms.ChoiceField(label=_("What is right"), required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(
        label=_("Where that stands"), required=False, max_length=500, help_text=_("A reference, a DOI or an address.")
    )

    def __init__(
        self, data: Any = None, *, claim: RoundClaim, known: KnownAnswer | None, levels: dict[str, Level]
    ) -> None:
        initial = {"level": known.level.name, "reason": known.reason, "source": known.source} if known else {}
        super().__init__(data, prefix=f"claim-{claim.number}", initial=initial)
        self.claim, self.levels = claim, levels
        titles = [(name, level.title) for name, level in levels.items()]
        self.fields["level"].choices = [(UNKNOWN, _("Not known")), *titles]  # type: ignore[attr-defined]

    @property
    def known(self) -> Known | None:
        """What was said, or None where nothing is known."""
        said = self.cleaned_data
        return Known(self.levels[said["level"]], said["reason"], said["source"]) if said["level"] else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("reason", "source"):
            if said.get("level") and name not in self.errors and not said.get(name):
                self.add_error(name, _("Needed where an answer is known: reviewers read it after the reveal."))
            if not said.get("level") and "level" not in self.errors and said.get(name):
                self.add_error("level", _("Choose what is right, or leave all of it empty."))
                break
        return said
