"""Who logs in. The e-mail address is the login."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.core.assigning.interests import names_in
from reviews.models.event import tracked


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@tracked(
    model_name="UserEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    fields=[
        *("email", "name", "expertise", "languages", "interests", "most_claims"),
        *("is_staff", "role", "is_superuser", "is_active"),
    ],
)
class User(AbstractBaseUser, PermissionsMixin):
    """A person: at the desk where ``is_staff``, and a reviewer of whatever is assigned to them."""

    class Role(models.TextChoices):
        CHIEF = "chief", _("chief editor")
        EDITOR = "editor", _("editor")
        OWN = "own", _("editor of own articles")
        READER = "reader", _("reads only")

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        max_length=150, help_text=_("As it is shown to editors. Reviewers never see each other's names.")
    )
    expertise = models.CharField(max_length=300, blank=True, help_text=_("Fields, as an editor would search for them."))
    languages = models.CharField(max_length=200, blank=True, help_text=_("In which they read with ease."))
    interests = models.TextField(
        _("declared interests"),
        blank=True,
        max_length=4000,
        help_text=_(
            "One a line, the name alone: companies, products, publishers, people. An article that has to do with "
            "one of them is no work for this person."
        ),
    )
    most_claims = models.PositiveSmallIntegerField(
        _("most claims in hand"), null=True, blank=True, help_text=_("Nobody suggests more. Empty: no limit.")
    )
    is_staff = models.BooleanField(_("at the desk"), default=False, help_text=_("May enter the desk (the admin site)."))
    role = models.CharField(_("role at the desk"), max_length=10, choices=Role, default=Role.EDITOR)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_address",
                violation_error_message=_("There is an account with this address already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["chief", "editor", "own", "reader"]), name="a_role_is_one_of_the_desk"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_chief(self) -> bool:
        """Whether this person says who works at the desk, and as what."""
        return self.is_superuser or (self.is_staff and self.role == self.Role.CHIEF)

    @property
    def may_write(self) -> bool:
        """Whether this person may change anything at the desk."""
        return self.is_superuser or (self.is_staff and self.role != self.Role.READER)

    @property
    def sees_every_article(self) -> bool:
        """Whether this person's desk holds the articles of other editors too."""
        return self.is_superuser or self.role != self.Role.OWN

    @property
    def names_of_interest(self) -> list[str]:
        """The declared interests in the form in which they are compared."""
        return names_in(self.interests)
