"""What comes in when a chief editor drafts another version of the rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.core.judging.rule import LEAST_QUORUM, NotARule, Rule
from reviews.core.judging.rule_words import NEIGHBOUR_WORDS, TRIGGER_WORDS
from reviews.core.judging.scales import Scale
from reviews.models.vocabulary import CLAIM_KINDS

MOST = 100


class RuleForm(forms.Form):
    """Every part of a rule, with what it means; ``rule`` is the value that valid fields make."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Reports name it, with its number."))
    reason = forms.CharField(
        label=_("What it is meant to do better"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the desk. It stands beside the version for ever."),
    )
    quorum_floor = forms.IntegerField(
        label=_("Votes that a verdict needs at least"),
        min_value=LEAST_QUORUM,
        max_value=MOST,
        help_text=_("A round may ask for more, never for fewer. “Could not assess” is no vote."),
    )
    neighbours = forms.ChoiceField(
        label=_("When the votes in the middle are two neighbouring levels"),
        choices=list(NEIGHBOUR_WORDS.items()),
        widget=forms.RadioSelect,
        help_text=_("Say, two votes “mostly accurate” and two “misleading”."),
    )
    triggers = forms.MultipleChoiceField(
        label=_("What holds a claim for an editor"),
        choices=list(TRIGGER_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What is not ticked holds no claim: its verdict can be published without an editor's decision."),
    )
    lesser_side_votes = forms.IntegerField(
        label=_("A split: votes on the smaller side"),
        min_value=1,
        max_value=MOST,
        help_text=_("With so many votes on its smaller side a split holds the claim, however large the panel is."),
    )
    lesser_side_one_in = forms.IntegerField(
        label=_("… or one in so many of all votes"),
        min_value=1,
        max_value=MOST,
        help_text=_("3: a third of the votes is enough. Either of the two does."),
    )
    levels_apart = forms.IntegerField(
        label=_("Levels between the sides of a wide split"),
        min_value=1,
        max_value=MOST,
        help_text=_("2: “accurate” against “misleading” is wide, “accurate” against “mostly accurate” is not."),
    )
    harm_line = forms.ChoiceField(
        label=_("Where a claim begins to mislead"),
        required=False,
        help_text=_("A split across this line holds a claim; a verdict before it reassures readers."),
    )
    ceiling_kinds = forms.MultipleChoiceField(
        label=_("Claims that need evidence in people"),
        choices=CLAIM_KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("With animal or laboratory studies alone, a good verdict on such a claim goes to an editor."),
    )
    omission_one_in = forms.IntegerField(
        label=_("An omission stands when one in so many reviewers named it"), min_value=1, max_value=MOST
    )
    finding_one_in = forms.IntegerField(
        label=_("The overall finding is capped by the worst verdict of one in so many claims"),
        min_value=1,
        max_value=MOST,
        help_text=_("Only where no claim is in the headline or could hurt: else the worst of those caps it."),
    )

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.name, _("From “%s” on") % level.title.lower()) for level in scale.axis[1:]]
        self.fields["harm_line"].choices = [("", _("Where the scale has it")), *levels]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """The parts of the rule, without its frame."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("name", "reason")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                Rule.from_plain({**self.values, "name": cleaned["name"]})
            except NotARule as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return cleaned


def initial_of(rule: Rule) -> dict[str, Any]:
    """Return what the form starts with when a version is drafted after another."""
    return {name: value for name, value in rule.plain().items() if name != "version"}
