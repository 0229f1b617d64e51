"""What comes in of an article: its text, and what is known of it."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.reading.decoding import decode
from reviews.core.reading.errors import NothingToRead, TooLong, Unreadable
from reviews.core.reading.page import looks_like_page
from reviews.core.reading.reading import MOST_BYTES, MOST_FILE_BYTES
from reviews.models import Article, Intake, User
from reviews.models.article import place_of
from reviews.models.wording import said

FORMS = {
    "txt": Intake.Form.TEXT,
    "text": Intake.Form.TEXT,
    "html": Intake.Form.HTML,
    "htm": Intake.Form.HTML,
    "docx": Intake.Form.DOCX,
    "pdf": Intake.Form.PDF,
}
IN_A_CELL = {Intake.Form.DOCX, Intake.Form.PDF}
NEITHER = _("Paste the article's text, or choose a file, or give its address.")
BOTH = _("You gave more than one of a text, a file and an address: keep one of them.")
OTHER_KIND = _("Choose a .txt, .html, .docx or .pdf file. Save anything else as one of these first.")
NO_ADDRESS = _("Line {}: “{}” is no address of a web page. One looks like https://health.example/sleep.")
TOO_MANY = _("Add at most {} addresses at once.")
MOST_ADDRESSES = 100
OF_THE_WEB = URLValidator(schemes=["http", "https"])
CHOOSE_AGAIN = _("The file has to be chosen again, as a browser never keeps it.")


class IntakeForm(forms.Form):
    """A pasted text, an uploaded file or an address, one of them. Clean, it has ``received``, ``form``,
    ``file_name`` and ``address``: nothing is received yet of an address."""

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Paste the text"),
        help_text=_("Text, or a page's HTML. Menus, comments and page numbers may stay: they are told apart."),
        widget=forms.Textarea(attrs={"class": "tall", "spellcheck": "false"}),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("Or choose a file"),
        help_text=_("A .txt or .html file of at most 2 MB; a Word file (.docx) or a PDF with text, of at most 12 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.text,.html,.htm,.docx,.pdf,text/plain,text/html"}),
    )
    address = forms.URLField(
        required=False,
        max_length=1000,
        assume_scheme="https",
        validators=[OF_THE_WEB],
        label=_("Or fetch it from its address"),
        help_text=_("The page is fetched in a moment, from the public web only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What no text should hold is taken out when it is read, NUL included, so nobody is sent away for it.
        self.fields["text"].validators = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        pasted: str = cleaned.get("text") or ""
        address: str = cleaned.get("address") or ""
        if sum([bool(file), bool(pasted.strip()), bool(address)]) > 1:
            self.add_error("file" if file else "address", f"{BOTH} {CHOOSE_AGAIN}" if file else BOTH)
        elif address:
            self._take_address(address)
        elif file:
            self._take_file(file)
        elif pasted.strip():
            form = Intake.Form.HTML if looks_like_page(pasted) else Intake.Form.TEXT
            self._take("text", pasted.encode("utf-8", "surrogatepass"), form=form, file_name="")
        elif not {"file", "address"} & set(self.errors):
            self.add_error("text", NEITHER)
        return cleaned

    def _take_address(self, address: str) -> None:
        self.cleaned_data |= {"received": b"", "form": Intake.Form.HTML, "file_name": "", "address": address}

    def _take_file(self, file: UploadedFile) -> None:
        name = file.name or ""
        form = FORMS.get(name.rpartition(".")[2].lower())
        if form is None:
            self.add_error("file", OTHER_KIND)
        elif (file.size or 0) > (MOST_FILE_BYTES if form in IN_A_CELL else MOST_BYTES):
            self.add_error("file", said(TooLong().phrase))
        elif form in IN_A_CELL:  # opened by the worker, in a process of its own
            self.cleaned_data |= {"received": file.read(), "form": form, "file_name": name[-255:]}
        else:
            self._take("file", file.read(), form=form, file_name=name[-255:])

    def _take(self, field: str, received: bytes, *, form: str, file_name: str) -> None:
        try:
            refuse_unreadable(received)
        except Unreadable as refusal:
            self.add_error(field, said(refusal.phrase))
        else:
            self.cleaned_data |= {"received": received, "form": form, "file_name": file_name}

    @property
    def intake(self) -> dict[str, Any]:
        """What a service takes of this form."""
        return {name: self.cleaned_data[name] for name in ("received", "form", "file_name", "address")}


class AddressesForm(forms.Form):
    """A list of addresses, one a line. Clean, ``addresses`` is a list without repetitions."""

    addresses = forms.CharField(
        label=_("One address a line"),
        help_text=_("Each is fetched and read by itself. One that cannot be fetched costs itself alone."),
        widget=forms.Textarea(attrs={"class": "tall", "spellcheck": "false"}),
        max_length=200_000,
    )

    def clean_addresses(self) -> list[str]:
        field = forms.URLField(max_length=1000, assume_scheme="https", validators=[OF_THE_WEB])
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), start=1):
            if line.strip():
                try:
                    address = field.clean(line)
                except forms.ValidationError as error:
                    raise forms.ValidationError(NO_ADDRESS.format(number, line.strip()[:80])) from error
                found.setdefault(place_of(address), address)
        if len(found) > MOST_ADDRESSES:
            raise forms.ValidationError(TOO_MANY.format(MOST_ADDRESSES))
        return list(found.values())


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What the desk knows of an article. All of it may be left for later."""

    url = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("Where readers find it."),
    )

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = [
            *("title", "publisher", "author", "url", "topic", "vendor", "product", "published_on", "editor"),
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "published_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editor = self.fields["editor"]
        editor.queryset = User.objects.filter(is_staff=True, is_active=True)  # type: ignore[attr-defined]
        editor.empty_label = gettext("whoever added it")  # type: ignore[attr-defined]


def refuse_unreadable(received: bytes) -> None:
    """Raise the ``Unreadable`` that a reader would meet at once: too long, no text at all, not text."""
    if len(received) > MOST_BYTES:
        raise TooLong
    if not decode(received).strip():
        raise NothingToRead
