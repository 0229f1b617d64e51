"""Something that comes in pasted or as a file, one of them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

BOTH = _("You pasted something and chose a file: keep one of them. The file has to be chosen again.")
TOO_MANY = _("Choose at most {} files at once.")
TOO_MUCH = _("The files come to more than {} MB together: bring them in a few at a time.")


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, as many as were chosen, of at most so many bytes ``most_together``. Clean, it is a list."""

    def __init__(self, *args: Any, most: int = 1, most_together: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SeveralFilesInput() if most > 1 else forms.FileInput())
        super().__init__(*args, **kwargs)
        self.most, self.most_together = most, most_together

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(sent) > self.most:
            raise forms.ValidationError(TOO_MANY.format(self.most))
        if self.most_together and sum(one.size or 0 for one in sent) > self.most_together:
            raise forms.ValidationError(TOO_MUCH.format(self.most_together // 1_000_000))
        if not sent:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in sent]


class SentForm(forms.Form):
    """A ``text`` pasted or a ``file`` chosen; whoever asks for it says what they are called.

    Clean, it has ``sent``: the name and the bytes of each file, or of what was pasted, which has no name; and the names
    of the files that were ``too_long``, where others were not.
    """

    most_bytes: ClassVar[int]
    neither: ClassVar[StrOrPromise]
    too_large: ClassVar[StrOrPromise]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].validators = []  # NUL and its like are taken out when it is read

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        files: list[UploadedFile] = cleaned.get("file") or []
        pasted: str = cleaned.get("text") or ""
        if files and pasted.strip():
            self.add_error("file", BOTH)
        elif files:
            self._take(files)
        elif pasted.strip():
            cleaned["sent"] = [("", pasted.encode("utf-8", "surrogatepass"))]
        elif not self.errors:
            self.add_error("text", self.neither)
        return cleaned

    def _take(self, files: list[UploadedFile]) -> None:
        fitting = [file for file in files if (file.size or 0) <= self.most_bytes]
        if not fitting:
            self.add_error("file", self.too_large)
        self.cleaned_data["sent"] = [(file.name or "", file.read()) for file in fitting]
        self.cleaned_data["too_long"] = [file.name or "" for file in files if file not in fitting]
