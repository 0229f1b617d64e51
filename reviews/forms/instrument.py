"""What comes in of an instrument's next version."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.judging.definitions import NotAnInstrument, read_instrument
from reviews.models import Instrument


class InstrumentForm(forms.Form):
    """The definition of the next version, as TOML."""

    definition = forms.CharField(
        label=_("Definition"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "code"}),
        help_text=_(
            "Give it the next version number, and keep its slug. Rounds that stand keep the version they have."
        ),
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument

    def clean_definition(self) -> str:
        definition = str(self.cleaned_data["definition"]).replace("\r\n", "\n")
        try:
            form = read_instrument(definition)
        except NotAnInstrument as refusal:
            raise forms.ValidationError(str(refusal)) from None
        newest = Instrument.objects.filter(slug=self.instrument.slug).latest("version")
        if (form.slug, form.version) != (newest.slug, newest.version + 1):
            raise forms.ValidationError(
                gettext("Keep the slug “%(slug)s” and give it version %(version)s.")
                % {"slug": newest.slug, "version": newest.version + 1}
            )
        return definition
