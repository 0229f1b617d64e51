"""What comes in of a claim: its words, its kind, and where it stands."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.reading.anchors import locate
from reviews.models import Claim, Revision

WORDS_OF = ("wording", "kind", "is_headline", "is_high_harm")
NOWHERE = _("The article does not say this word for word: copy the sentence from its text.")
OFTEN = _("The article says this more than once: copy more of the sentence, or select it in the text.")
PART = _("Delete what does not belong to this part; what is left must stand word for word in the article.")
LEFT_EMPTY = _("As reviewers will read it. Left empty: the part's own words.")
OUTSIDE = _("This stretch does not lie inside the text: select the sentence again.")


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A claim in neutral words."""

    class Meta:
        model = Claim
        fields: ClassVar[tuple[str, ...]] = WORDS_OF
        widgets: ClassVar[dict[str, forms.Widget]] = {"wording": forms.Textarea(attrs={"rows": 3})}


class OrphanForm(forms.Form):
    """Where a claim stands in a text, by the text's very words. Clean, it has ``start`` and ``end``."""

    quote = forms.CharField(
        label=_("The article's own words"),
        max_length=5000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Word for word, as they stand in the text."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revision = revision

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if quote := cleaned.get("quote"):
            place = self._place_of(quote.replace("\r\n", "\n"), start=cleaned.get("start"))
            cleaned["start"], cleaned["end"] = place or (None, None)
        return cleaned

    def _place_of(self, quote: str, *, start: int | None) -> tuple[int, int] | None:
        """Return where the quote stands: at ``start`` if it does, else at its one place; else say why not."""
        text = self.revision.text
        if start is not None and text.startswith(quote, start):
            return start, start + len(quote)
        if place := locate(quote, text):
            return place
        self.add_error("quote", OFTEN if quote in text else NOWHERE)
        return None


class NewClaimForm(OrphanForm, ClaimForm):
    """A claim that the machine did not see, by its very words. Clean, it has ``start`` and ``end``."""

    field_order = ("quote", *WORDS_OF, "start")

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, revision=revision, **kwargs)
        self.fields["wording"].required = False
        self.fields["wording"].help_text = gettext(
            "In neutral words, as reviewers will read it. Left empty: the quote."
        )

    def _post_clean(self) -> None:
        """A model form would check the unfinished claim against the database; the service does that whole."""


class SplitForm(forms.Form):
    """Two parts of one claim: for each the stretch of its quote, and a wording."""

    first_quote = forms.CharField(
        label=_("The first part's own words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), help_text=PART
    )
    first_wording = forms.CharField(label=_("In neutral words"), max_length=1000, required=False, help_text=LEFT_EMPTY)
    second_quote = forms.CharField(
        label=_("The second part's own words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=PART,
    )
    second_wording = forms.CharField(label=_("In neutral words"), max_length=1000, required=False, help_text=LEFT_EMPTY)

    @property
    def parts(self) -> list[dict[str, str]]:
        """Both parts, as the service takes them."""
        said = self.cleaned_data
        return [{"quote": said[f"{one}_quote"], "wording": said[f"{one}_wording"]} for one in ("first", "second")]


class MergeForm(forms.Form):
    """Several claims of one text, and the one that stays."""

    claims = forms.ModelMultipleChoiceField(
        queryset=Claim.objects.none(), label=_("Claims"), widget=forms.CheckboxSelectMultiple
    )
    into = forms.ModelChoiceField(
        queryset=Claim.objects.none(),
        required=False,
        empty_label=None,
        label=_("The one that stays"),
        widget=forms.RadioSelect,
        help_text=_("It takes the sources and the flags of the others; reword it afterwards if it should say more."),
    )

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = revision.claims.filter(state__in=[Claim.State.ACCEPTED, Claim.State.SUGGESTED])
        for name in ("claims", "into"):
            self.fields[name].queryset = listed  # type: ignore[attr-defined]
