"""A mail owed to a person: a row first, a message second."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.models.assignment import Assignment
from reviews.models.event import tracked
from reviews.models.export import Export
from reviews.models.report import Report, Verdict
from reviews.models.round import Round
from reviews.models.source import Source
from reviews.models.user import User
from reviews.models.wording import kept


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, at: datetime) -> Self:
        """Owed, not held and its time has come, or claimed before the hand-over by somebody whose lease ran out."""
        return self.filter(
            Q(state=Notice.State.OWED, held_at=None, due_at__lte=at) | Q(state=Notice.State.CLAIMED, lease_until__lt=at)
        )

    def known_to(self, editor: User, *, kept: Collection[int] | None = None) -> Self:
        """Mails that an editor may know of: of rounds on the own desk, and of no round (only the own ones where the
        desk holds the own articles alone); no digest that tells of a round which the editor may not judge; of another's
        export only the chief editor. ``kept`` are the keys of the rounds that are kept from the editor, where they are
        known.
        """
        hidden = Round.objects.kept_from(editor)
        if editor.sees_every_article:
            known = self.exclude(Exists(hidden.filter(pk=OuterRef("round"))) if kept is None else Q(round__in=kept))
        else:
            known = self.filter(Q(round=None, recipient=editor) | Q(round__in=Round.objects.before(editor)))
        if not editor.is_chief:
            known = known.exclude(~Q(recipient=editor), kind=Notice.Kind.EXPORT_READY)
        told = (
            Notice.objects.filter(round__in=hidden if kept is None else kept)
            .exclude(digest=None)
            .order_by()
            .values("digest")
        )
        return known.exclude(kind=Notice.Kind.DIGEST, pk__in=told)

    def legible_to(self, editor: User) -> Self:
        """Mails whose words are not kept from an editor who may know of them: no summary of another's desk, and none
        that tells how a panel ruled while a claim of its round is veiled from the editor.
        """
        veiled = Verdict.objects.veiled_from(editor).filter(report__round=OuterRef("round"))
        return self.exclude(~Q(recipient=editor), kind=Notice.Kind.DESK_SUMMARY).exclude(
            Exists(veiled), kind__in=[Notice.Kind.EDITOR_SUMMARY, Notice.Kind.REVIEWER_SUMMARY]
        )

    def lost_at_hand_over(self, at: datetime) -> Self:
        """Being handed to the mail server by somebody whose lease ran out: nobody knows whether it was accepted."""
        return self.filter(state=Notice.State.SENDING, lease_until__lt=at)


URGENCY = Case(
    When(state="uncertain", then=Value(0)),
    When(state="failed", then=Value(1)),
    default=Value(2),
    output_field=models.SmallIntegerField(),
)
"""What an editor has to look at comes first: uncertain, then failed, then the rest."""

BY_HAND = (
    pgtrigger.Q(old__held_at__df=pgtrigger.F("new__held_at"))
    | pgtrigger.Q(new__state="owed", old__state__in=["uncertain", "failed"])
    | pgtrigger.Q(new__state="owed", old__text__df=pgtrigger.F("new__text"))
    | pgtrigger.Q(new__state="owed", old__subject__df=pgtrigger.F("new__subject"))
)
"""What only an editor does to a mail: hold and release it, word it otherwise, send it again. The trail keeps this."""


@tracked(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=BY_HAND),
    fields=["state", "subject", "text", "held_at", "held_by", "edited_at", "edited_by"],
    model_name="NoticeEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
)
class Notice(models.Model):
    """One mail to one person, written in the same transaction as what caused it.

    owed -> claimed (a worker writes it) -> sending (body stored, being handed over) -> sent, or *uncertain*: the
    connection broke after the message was handed over. Uncertain mail is shown to an editor and never sent again by
    itself. gathered: told in a digest, which is a notice too. dropped: no longer true when its turn came. An owed mail
    can be held by an editor, and worded otherwise.
    """

    class Kind(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted and due")
        DUE_SOON = "due_soon", _("due soon")
        OVERDUE = "overdue", _("overdue")
        SENT_BACK = "sent_back", _("sent back")
        ROUND_COMPLETE = "round_complete", _("round complete")
        EDITOR_SUMMARY = "editor_summary", _("review summary for the editor")
        REVIEWER_SUMMARY = "reviewer_summary", _("review summary for the reviewer")
        PUBLISHED = "published", _("published")
        QUESTION = "question", _("a reviewer asks")
        REPLY = "reply", _("the editor replies")
        DUE_MOVED = "due_moved", _("another due date")
        ENDED = "ended", _("no longer needed")
        DISPUTED = "disputed", _("claims wait for a ruling")
        DESK_SUMMARY = "desk_summary", _("summary of the desk")
        DIGEST = "digest", _("digest")
        RETRACTED_SOURCE = "retracted_source", _("retracted source")
        SECOND_LOOK = "second_look", _("second look asked")
        EXPORT_READY = "export_ready", _("export ready")

    class State(models.TextChoices):
        OWED = "owed", _("owed")
        CLAIMED = "claimed", _("being written")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("uncertain")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("dropped")
        GATHERED = "gathered", _("in a digest")

    key = models.CharField(max_length=120, unique=True, help_text=_("What caused it and whom it is for: never twice."))
    kind = models.CharField(max_length=20, choices=Kind)
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    address = models.EmailField(help_text=_("Where it goes."))
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    export = models.ForeignKey(Export, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True, help_text=_("It waits for an editor's word."))
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gathered",
        help_text=_("The mail in which it is told together with others."),
    )
    edited_at = models.DateTimeField(null=True, blank=True, help_text=_("Subject and text are an editor's own."))
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-owed_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["owed", "claimed", "sending"]),
                name="notices_to_send",
            ),
            models.Index(URGENCY, F("owed_at").desc(), name="notices_by_urgency"),
            models.Index(fields=["state"], condition=Q(state__in=["uncertain", "failed"]), name="notices_unsettled"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="sent_notice_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent", "uncertain"]) | ~Q(body_sha256=""),
                name="notice_is_written_before_it_is_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["claimed", "sending"], lease_until__isnull=False)
                | (~Q(state__in=["claimed", "sending"]) & Q(lease_until=None)),
                name="notice_in_hand_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None) | Q(held_at__isnull=False, held_by__isnull=False),
                name="a_held_notice_says_by_whom",
            ),
            models.CheckConstraint(
                condition=(Q(digest__isnull=False) & Q(state__in=["gathered", "dropped"]))
                | (Q(digest=None) & ~Q(state="gathered")),
                name="a_gathered_notice_names_its_digest",
            ),
            models.CheckConstraint(condition=Q(digest=None) | ~Q(kind="digest"), name="a_digest_is_in_no_other_digest"),
            models.CheckConstraint(condition=Q(held_at=None) | Q(state="owed"), name="only_an_owed_notice_is_held"),
            models.CheckConstraint(
                condition=Q(kind="export_ready", export__isnull=False) | (~Q(kind="export_ready") & Q(export=None)),
                name="a_mail_that_an_export_is_ready_names_it",
            ),
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None)
                | (Q(edited_at__isnull=False, edited_by__isnull=False) & ~Q(subject="") & ~Q(text="")),
                name="an_edited_notice_has_words_and_says_whose",
            ),
        ]

    def __str__(self) -> str:
        words = gettext("%(mail)s to %(address)s: %(state)s")
        return words % {
            "mail": self.get_kind_display(),
            "address": self.address,
            "state": self.get_state_display(),
        }

    @property
    def why(self) -> str:
        """Why it was not sent, or not yet, in the desk's language; what a mail server said, in its own words."""
        return kept(self.error)

    @property
    def is_untouched(self) -> bool:
        """Whether it is owed and nobody has begun to send it."""
        return self.state == Notice.State.OWED and self.attempts == 0
