"""What comes in when an editor rules on a held claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Adjudication, Level, Scale
from reviews.models.vocabulary import DISAGREEMENTS

NO_VERDICT = _("It stays without a verdict")


class LevelChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A level of one scale, with its definition to hand."""

    def label_from_instance(self, level: Level) -> str:
        return f"{level.title}: {level.definition}"


class BlindMarkForm(forms.Form):
    """What the editor thinks of a claim before seeing what the panel thinks."""

    level = LevelChoice(
        queryset=Level.objects.none(), empty_label=None, label=_("Your own judgement"), widget=forms.RadioSelect
    )
    rationale = forms.CharField(label=_("Your reasons"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = scale.levels.all()  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """The editor's decision, for readers to see."""

    level = forms.ChoiceField(label=_("The decision"), widget=forms.RadioSelect)
    reasoning = forms.CharField(
        label=_("Your reasons, for readers"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Published beside the verdict; the panel's own votes stay there too."),
    )
    disagreement = forms.ChoiceField(
        label=_("What the disagreement came from"),
        choices=DISAGREEMENTS,
        widget=forms.RadioSelect,
        help_text=_("Published beside the verdict."),
    )
    note = forms.CharField(
        label=_("A note for the desk"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Never published: what to do better next time, say."),
    )

    def __init__(self, *args: Any, scale: Scale, decided: Adjudication | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decided:
            level = decided.level.name if decided.level else "none"
            self.initial = {
                "level": level,
                "reasoning": decided.reasoning,
                "disagreement": decided.disagreement,
                "note": decided.note,
            }
        self.levels = {level.name: level for level in scale.levels.all()}
        titles = [(name, f"{level.title}: {level.definition}") for name, level in self.levels.items()]
        self.fields["level"].choices = [*titles, ("none", NO_VERDICT)]  # type: ignore[attr-defined]

    def clean_level(self) -> Level | None:
        return self.levels.get(self.cleaned_data["level"])
