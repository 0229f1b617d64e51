"""What comes in of an article: its text, and what is known of it."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from reviews.core.reading.decoding import decode
from reviews.core.reading.errors import NothingToRead, TooLong, Unreadable
from reviews.core.reading.page import looks_like_page
from reviews.core.reading.reading import MOST_BYTES
from reviews.models import Article, Intake, User

FORMS = {"txt": Intake.Form.TEXT, "text": Intake.Form.TEXT, "html": Intake.Form.HTML, "htm": Intake.Form.HTML}
NEITHER = "Paste the article's text, or choose a file."
BOTH = "You pasted a text and chose a file: keep one of them."
OTHER_KIND = "Choose a .txt or .html file. Save anything else as plain text or as an HTML page first."
CHOOSE_AGAIN = "The file has to be chosen again, as a browser never keeps it."


class IntakeForm(forms.Form):
    """A pasted text or an uploaded file, one of the two. Clean, it has ``received``, ``form`` and ``file_name``."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Paste the text",
        help_text="Text, or a page's HTML. Menus, comments and page numbers may stay: they are told apart.",
        widget=forms.Textarea(attrs={"class": "tall", "spellcheck": "false"}),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Or choose a file",
        help_text="A .txt or .html file of at most 2 MB.",
        widget=forms.FileInput(attrs={"accept": ".txt,.text,.html,.htm,text/plain,text/html"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What no text should hold is taken out when it is read, NUL included, so nobody is sent away for it.
        self.fields["text"].validators = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        pasted: str = cleaned.get("text") or ""
        if file and pasted.strip():
            self.add_error("file", f"{BOTH} {CHOOSE_AGAIN}")
        elif file:
            self._take_file(file)
        elif pasted.strip():
            form = Intake.Form.HTML if looks_like_page(pasted) else Intake.Form.TEXT
            self._take("text", pasted.encode("utf-8", "surrogatepass"), form=form, file_name="")
        elif "file" not in self.errors:
            self.add_error("text", NEITHER)
        return cleaned

    def _take_file(self, file: UploadedFile) -> None:
        name = file.name or ""
        form = FORMS.get(name.rpartition(".")[2].lower())
        if form is None:
            self.add_error("file", OTHER_KIND)
        elif (file.size or 0) > MOST_BYTES:
            self.add_error("file", str(TooLong.__doc__))
        else:
            self._take("file", file.read(), form=form, file_name=name[-255:])

    def _take(self, field: str, received: bytes, *, form: str, file_name: str) -> None:
        try:
            refuse_unreadable(received)
        except Unreadable as refusal:
            self.add_error(field, str(refusal.__doc__))
        else:
            self.cleaned_data |= {"received": received, "form": form, "file_name": file_name}

    @property
    def intake(self) -> dict[str, Any]:
        """What a service takes of this form."""
        return {name: self.cleaned_data[name] for name in ("received", "form", "file_name")}


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What the desk knows of an article. All of it may be left for later."""

    url = forms.URLField(
        label="Address", required=False, max_length=1000, assume_scheme="https", help_text="Where readers find it."
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
        editor.empty_label = "whoever added it"  # type: ignore[attr-defined]


def refuse_unreadable(received: bytes) -> None:
    """Raise the ``Unreadable`` that a reader would meet at once: too long, no text at all, not text."""
    if len(received) > MOST_BYTES:
        raise TooLong
    if not decode(received).strip():
        raise NothingToRead
