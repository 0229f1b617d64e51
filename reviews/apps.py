from django.apps import AppConfig
from django.db.models import Model
from django.utils.translation import gettext_lazy


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "Assay"

    def import_models(self) -> None:
        super().import_models()
        for model in self.models.values():
            speak_names(model)


def speak_names(model: type[Model]) -> None:
    """Let what Django named after a class and its columns be said in the desk's language, as ``makemessages`` finds it.

    A name that a model gives itself is marked where it stands. What migrations know of is left as it is.
    """
    names = model._meta
    if "verbose_name" not in names.original_attrs:
        names.verbose_name = gettext_lazy(str(names.verbose_name))
    if "verbose_name_plural" not in names.original_attrs:
        names.verbose_name_plural = gettext_lazy(str(names.verbose_name_plural))
    for field in names.local_fields:
        if field.verbose_name == field.name.replace("_", " "):
            field.verbose_name = gettext_lazy(str(field.verbose_name))
