"""Who logs in. The e-mail address is the login."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: an editor where ``is_staff``, and a reviewer of whatever is assigned to them."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(
        max_length=150, help_text="As it is shown to editors. Reviewers never see each other's names."
    )
    expertise = models.CharField(max_length=300, blank=True, help_text="Fields, as an editor would search for them.")
    is_staff = models.BooleanField("editor", default=False, help_text="May enter the desk (the admin site).")
    is_active = models.BooleanField("active", default=True)
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
                violation_error_message="There is an account with this address already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email
