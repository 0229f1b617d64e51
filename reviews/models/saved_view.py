"""A list of the desk as somebody likes to see it: filters, words and order under a name."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reviews.models.user import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, person: User) -> Self:
        return self.filter(owner=person)

    def seen_by(self, person: User) -> Self:
        """The own ones, and what others share with the desk."""
        return self.filter(Q(owner=person) | Q(is_shared=True)).order_by(Lower("name"), "pk")


class SavedView(models.Model):
    """A list and the query that shapes it. It keeps no rows: whoever opens it sees what they may see."""

    class Room(models.TextChoices):
        ARTICLE = "article", _("Articles")
        CLAIM = "claim", _("Claims")
        SOURCE = "source", _("Sources")
        ROUND = "round", _("Rounds")

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    room = models.CharField(_("list"), max_length=10, choices=Room)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, help_text=_("As it stands in the address of the list."))
    is_shared = models.BooleanField(_("shared with the desk"), default=False)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["room", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "owner",
                "room",
                Lower("name"),
                name="one_view_per_name_list_and_owner",
                violation_error_message=_("You have a view of this name on this list already."),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="a_view_has_a_name_and_a_query"),
        ]

    def __str__(self) -> str:
        return self.name
