"""What comes in when a reviewer looks at a claim again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.draft import Prose, optional
from reviews.forms.mark import LEVEL, REASON, could_not_assess
from reviews.models import Level, Mark
from reviews.models.vocabulary import CONFIDENCES, COULD_NOT_ASSESS


class SecondMarkForm(forms.Form):
    """The level, or the reason for none, after reading what the others wrote; it stands at first as it stood."""

    ruling = forms.ChoiceField(label=_("Your level now"), widget=forms.RadioSelect)
    rationale = Prose(
        label=_("Your reasons"),
        required=False,
        max_length=5000,
        help_text=_("Needed where your level changes: what convinced you."),
    )
    confidence = forms.ChoiceField(
        label=_("How sure are you now?"),
        choices=optional(CONFIDENCES),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "segments scale"}),
    )

    def __init__(self, *args: Any, levels: Sequence[Level], first: Mark | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = {LEVEL + level.name: level for level in levels}
        self.fields["ruling"].choices = [  # type: ignore[attr-defined]
            *((LEVEL + level.name, f"{level.title}: {level.definition}") for level in levels),
            *((REASON + code, could_not_assess(title)) for code, title in COULD_NOT_ASSESS),
        ]
        if first:
            ruling = LEVEL + first.level.name if first.level else REASON + first.could_not_assess
            self.initial = {"ruling": ruling, "confidence": first.confidence, **self.initial}

    def said(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        ruling = self.cleaned_data["ruling"]
        return {
            "level": self.levels.get(ruling),
            "could_not_assess": ruling.removeprefix(REASON) if ruling.startswith(REASON) else "",
            "confidence": self.cleaned_data["confidence"],
            "rationale": self.cleaned_data["rationale"],
        }
