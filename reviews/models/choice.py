"""How a person wants their mail: kind by kind, and at which hours."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.notice import Notice
from reviews.models.user import User


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("in a daily digest")
    WEEKLY = "weekly", _("in a weekly digest")
    NEVER = "never", _("never")


class MailChoice(models.Model):
    """What one person chose for one kind of mail. Where there is no row, the kind's usual pace holds."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=20, choices=Notice.Kind)
    pace = models.CharField(max_length=10, choices=Pace)

    class Meta:
        ordering: ClassVar[list[str]] = ["person", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_person_and_kind"),
            models.CheckConstraint(
                condition=~Q(kind__in=["invited", "digest"]),
                name="invitations_and_digests_are_not_chosen",
                violation_error_message=_("An invitation always comes, and at once."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="desk_summary", pace="at_once"), name="a_desk_summary_comes_by_the_day_or_the_week"
            ),
            models.CheckConstraint(
                condition=~Q(kind="export_ready", pace__in=["daily", "weekly"]),
                name="that_a_file_is_there_waits_for_no_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} {self.get_pace_display()}"


class MailHours(models.Model):
    """Where a person's clock stands, and the hours in which they want no mail. May span midnight."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_hours")
    time_zone = models.CharField(max_length=64, help_text=_("A name of the IANA time zone database."))
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="quiet_hours_begin_and_end",
                violation_error_message=_("Say when the quiet hours begin and when they end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.time_zone}"
