"""How a claim is marked, and how a source is read against it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from reviews.core.judging.certainty import MOST_STEPS
from reviews.forms.blank import kept_by_language
from reviews.forms.draft import DraftForm, Line, Prose, optional
from reviews.models import Appraisal, Level, Mark, RoundCitation
from reviews.models.vocabulary import (
    ATTRIBUTIONS,
    CERTAINTIES,
    CONFIDENCES,
    COULD_NOT_ASSESS,
    DESIGNS,
    DIRECTNESS,
    FLAWS,
    INDIRECT_IN,
    LOWERING,
    RAISING,
    RISKS_OF_BIAS,
    STANCES,
    STARTS,
)
from reviews.models.wording import listed
from reviews.services.progress import asks_rationale

LEVEL, REASON = "level:", "reason:"
STEPS = "steps_"


class Ruling(NamedTuple):
    """A level as the form offers it."""

    name: str
    title: str
    definition: str
    colour: str
    icon: str


class RulingField(forms.ChoiceField):
    """A level, or the reason why there is none: one choice, so that nobody says both."""

    def __init__(self, levels: Sequence[Ruling]) -> None:
        choices = [
            *((LEVEL + level.name, level.title) for level in levels),
            *((REASON + code, could_not_assess(title)) for code, title in COULD_NOT_ASSESS),
        ]
        super().__init__(
            label=_("Your level for this claim"),
            choices=choices,
            required=False,
            widget=forms.RadioSelect,
        )
        self.template_name = "reviews/_ruling.html"
        self.levels = levels

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> "BoundRuling":
        return BoundRuling(form, self, field_name)


class BoundRuling(BoundField):
    """A ruling on a form, with its two kinds of radio buttons."""

    field: RulingField

    def level_choices(self) -> Iterator[tuple[BoundWidget, Ruling]]:
        """Yield the radio button of each level."""
        return zip(self, self.field.levels, strict=False)

    def reason_choices(self) -> list[BoundWidget]:
        """Return the radio buttons of the reasons why a claim could not be assessed."""
        return list(self)[len(self.field.levels) :]


class MarkForm(DraftForm):
    """One claim: a level or the reason why there is none, and what goes with it.

    ``ruling``, ``rationale`` and ``certainty_start`` have their places here; what they say depends on the round.
    """

    prefix = "mark"

    ruling = forms.ChoiceField(required=False)
    flaws = forms.MultipleChoiceField(
        label=_("Flaws you found"),
        help_text=_("Any number, or none."),
        choices=FLAWS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
    )
    rationale = Prose(required=False)
    confidence = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=optional(CONFIDENCES),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "segments scale"}),
    )
    attribution = forms.ChoiceField(
        label=_("“Studies show”: what came of the search for the source?"),
        help_text=_("The article names none. Look for it; if you find it, add it below and read it like any other."),
        choices=optional(ATTRIBUTIONS, unsaid=_("Not looked for yet")),
        required=False,
        widget=forms.RadioSelect,
    )
    certainty = forms.ChoiceField(
        label=_("Certainty of the whole evidence (GRADE)"),
        help_text=_("High: new research is unlikely to change what we know. Very low: we hardly know anything."),
        choices=optional(CERTAINTIES),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "segments scale"}),
    )
    certainty_start = forms.ChoiceField(required=False)

    def __init__(
        self,
        *args: Any,
        levels: Sequence[Level],
        rationale: str,
        asks_for_source: bool = False,
        start: str = "",
        **kwargs: Any,
    ) -> None:
        """``start`` is where the evidence starts by the designs that the reviewer gave, a code of ``STARTS``."""
        super().__init__(*args, **kwargs)
        self.levels = levels
        if not asks_for_source:
            del self.fields["attribution"]
        asking = tuple(level.title for level in levels if asks_rationale(level, rule=rationale))
        offered = tuple(Ruling(*(getattr(level, name) for name in Ruling._fields)) for level in levels)
        self.fields.update(_fields_of(offered, asking=asking, start=start))

    def lowering(self) -> list[BoundField]:
        """Return the fields of the reasons that lower the certainty."""
        return [self[STEPS + code] for code, _ in LOWERING]

    def raising(self) -> list[BoundField]:
        """Return the fields of the reasons that raise it."""
        return [self[STEPS + code] for code, _ in RAISING]

    def said(self) -> dict[str, Any]:
        said = super().said()
        ruling = said.pop("ruling")
        steps = {code: said.pop(STEPS + code) for code in MOST_STEPS}
        said["certainty_reasons"] = [f"{code}_{number}" for code, number in steps.items() if number]
        by_name = {LEVEL + level.name: level for level in self.levels}
        return {
            **said,
            "level": by_name.get(ruling),
            "could_not_assess": ruling.removeprefix(REASON) if ruling.startswith(REASON) else "",
        }


@kept_by_language(64)
def _fields_of(levels: tuple[Ruling, ...], *, asking: tuple[str, ...], start: str) -> Mapping[str, forms.Field]:
    """Make the fields that say what differs: the levels, which of them ask for reasons, the designs that were given."""
    needed = _("Needed for: %(levels)s.") % {"levels": listed(asking).lower()} if asking else _("As you like.")
    why = _("Why this level, in a few sentences.")
    designs = _("By the designs you gave: %(start)s.") % {"start": dict(STARTS)[start]} if start else ""
    return {
        "ruling": RulingField(levels),
        "rationale": Prose(label=_("Your reasons"), help_text=f"{needed} {why}", required=False, max_length=5000),
        "certainty_start": forms.ChoiceField(
            label=_("It rests on"), help_text=designs, choices=optional(STARTS), required=False
        ),
        **{
            STEPS + code: forms.ChoiceField(label=title, choices=_steps(code), required=False)
            for code, title in (*LOWERING, *RAISING)
        },
    }


def could_not_assess(reason: StrOrPromise) -> str:
    """Return how a reason for no level reads as an answer, from its title."""
    title = str(reason)
    return _("Could not assess: %(reason)s") % {"reason": f"{title[0].lower()}{title[1:]}"}


def _steps(code: str) -> list[tuple[str, StrOrPromise]]:
    lowers = code in dict(LOWERING)
    words = (_("Serious: down 1"), _("Very serious: down 2")) if lowers else (_("Yes: up 1"), _("Very much: up 2"))
    return [("", _("No")), *((str(number), words[number - 1]) for number in range(1, MOST_STEPS[code] + 1))]


def initial_of_mark(mark: Mark | None) -> Mapping[str, Any]:
    """Return a saved mark as the form shows it."""
    if mark is None:
        return {"version": 0}
    reason = REASON + mark.could_not_assess if mark.could_not_assess else ""
    return {
        "version": mark.version,
        "ruling": LEVEL + mark.level.name if mark.level else reason,
        "flaws": mark.flaws,
        "rationale": mark.rationale,
        "confidence": mark.confidence,
        "certainty": mark.certainty,
        "certainty_start": mark.certainty_start,
        "attribution": mark.attribution,
        **{STEPS + code: steps for code, _, steps in (reason.rpartition("_") for reason in mark.certainty_reasons)},
    }


class AppraisalForm(DraftForm):
    """One source against one claim."""

    stance = forms.ChoiceField(
        label=_("What does the source say of the claim?"), choices=STANCES, required=False, widget=forms.RadioSelect
    )
    quote = Prose(
        label=_("Quote"),
        help_text=_("The passage that decides it, word for word."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    locator = Line(label=_("Where it stands"), help_text=_("Page, section or table."), required=False, max_length=120)
    design = forms.ChoiceField(label=_("Study design"), choices=optional(DESIGNS), required=False)
    risk_of_bias = forms.ChoiceField(label=_("Risk of bias"), choices=optional(RISKS_OF_BIAS), required=False)
    directness = forms.ChoiceField(
        label=_("Directness"),
        help_text=_("Does it study what the claim is about?"),
        choices=optional(DIRECTNESS),
        required=False,
    )
    indirect_in = forms.MultipleChoiceField(
        label=_("Indirect in"),
        choices=INDIRECT_IN,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
    )

    def __init__(self, *args: Any, citation: RoundCitation, **kwargs: Any) -> None:
        self.prefix = self.prefix_of(citation)
        super().__init__(*args, **kwargs)

    @staticmethod
    def prefix_of(citation: RoundCitation) -> str:
        """Return what the names of the fields begin with."""
        return f"source-{citation.key}"


def initial_of_appraisal(appraisal: Appraisal | None) -> Mapping[str, Any]:
    """Return a saved appraisal as the form shows it."""
    if appraisal is None:
        return {"version": 0}
    return {name: getattr(appraisal, name) for name in ("version", *_APPRAISED)}


_APPRAISED = ("stance", "quote", "locator", "design", "risk_of_bias", "directness", "indirect_in")
