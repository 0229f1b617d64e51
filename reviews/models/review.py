"""One reviewer's work on an assignment."""

import uuid
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.assignment import Assignment
from reviews.models.event import tracked
from reviews.models.instrument import Instrument
from reviews.models.round import Round, RoundClaim
from reviews.models.user import User
from reviews.models.vocabulary import OMISSIONS


def locked_once_submitted(name: str, review: str = "{row}.review_id") -> pgtrigger.Trigger:
    """Return the trigger that refuses any change to a part of a review that was handed in.

    ``review`` is the SQL that finds the review's id from ``{row}``, the changed row.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("touched", "reviews_review.id%TYPE")],
        func=f"""
            IF TG_OP = 'DELETE' THEN touched := {review.format(row="OLD")};
            ELSE touched := {review.format(row="NEW")}; END IF;
            IF EXISTS (SELECT FROM reviews_review r WHERE r.id = touched AND r.submitted_at IS NOT NULL) THEN
                RAISE EXCEPTION 'this review was handed in'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class ReviewQuerySet(models.QuerySet["Review"]):
    def held_by(self, user: User) -> Self:
        """Reviews that are this person's own, in whatever state."""
        return self.filter(
            assignment__reviewer=user, assignment__withdrawn_at=None, assignment__declined_at=None
        ).select_related("assignment__round__revision__article")

    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)

    def counted(self) -> Self:
        """Reviews whose marks count: handed in, and not set aside by an editor."""
        return self.submitted().filter(assignment__set_aside_at=None)

    def revealed_to(self, user: User) -> Self:
        """Reviews of this person whose round is closed and which were handed in: the panel's findings may be seen."""
        return self.held_by(user).submitted().exclude(assignment__round__closed_at=None)

    def asking(self) -> Self:
        """Reviews whose reviewer wrote last and waits for an answer, the longest waiting first."""
        return self.exclude(asked_at=None).order_by("asked_at", "pk")


@tracked(exclude=["asked_at"])
class Review(models.Model):
    """One reviewer's work: drafted (saved as it is typed), submitted, sent back. Submitted work is locked."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    began_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_note = models.TextField(blank=True, max_length=2000)
    omissions_version = models.PositiveIntegerField(default=0)
    omissions_considered = models.BooleanField(
        default=False, help_text=_("The reviewer went through the list; what was not ticked is not left out.")
    )
    asked_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since when a question of the reviewer waits for an answer. Kept by the database."),
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["assignment"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], condition=~Q(asked_at=None), name="reviews_with_a_question"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(sent_back_at=None) | ~Q(sent_back_note=""),
                name="review_sent_back_says_why",
                violation_error_message=_("Say what the reviewer should look at again."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(omissions_considered=True),
                name="submitted_review_considered_omissions",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.round.revision.article}"

    @property
    def round(self) -> Round:
        return self.assignment.round

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None and self.assignment.is_live and self.round.is_open


@tracked()
class AnswerSheet(models.Model):
    """One reviewer's copy of one instrument, about the article or about one claim.

    ``version`` counts its savings, so that two tabs cannot overwrite.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="sheets")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="sheets")
    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    is_complete = models.BooleanField(
        default=False,
        help_text=_("Every required question that is asked has an answer. Counting claims needs it in SQL."),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["review", "instrument", "claim"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["review", "instrument", "claim"],
                nulls_distinct=False,
                name="one_sheet_per_instrument_and_claim",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            locked_once_submitted("submitted_sheet_is_locked"),
            pgtrigger.Protect(
                name="answers_stay_on_the_version_they_were_given_on",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("instrument"),
            ),
            pgtrigger.Trigger(
                name="sheet_is_about_what_its_instrument_is_about",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM reviews_instrument i
                        WHERE i.id = NEW.instrument_id AND (i.about = 'claim') = (NEW.claim_id IS NOT NULL)
                    ) THEN
                        RAISE EXCEPTION 'a sheet names a claim where its instrument is about one, and only there'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'sheet_is_about_what_its_instrument_is_about';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        about = f" on claim {self.claim.number}" if self.claim else ""
        return f"{self.instrument}{about} in {self.review}"

    def stored(self) -> dict[str, str]:
        """Return the answers by item, as they are stored; a sheet that is not saved yet has none."""
        return {answer.item: answer.value for answer in self.answers.all()} if self.pk else {}


@tracked()
class Answer(models.Model):
    """One reviewer's answer to one instrument item."""

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=60, help_text=_("The item's key in the instrument."))
    value = models.TextField()
    carried_from = models.CharField(
        max_length=130,
        blank=True,
        help_text=_("Instrument and item (slug.key) whose answer says this too; empty: the reviewer gave it here."),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["sheet", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "item"], name="one_answer_per_item"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            locked_once_submitted(
                "submitted_answer_is_locked",
                "(SELECT s.review_id FROM reviews_answersheet s WHERE s.id = {row}.sheet_id)",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


@tracked()
class Omission(models.Model):
    """One reviewer's finding of what the article leaves out."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="omissions")
    kind = models.CharField(max_length=30, choices=OMISSIONS)
    note = models.TextField(blank=True, max_length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["review", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "kind"], name="one_omission_per_kind"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [locked_once_submitted("submitted_omission_is_locked")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Message(models.Model):
    """A word between one reviewer and the editors, about a claim or the whole; the panel never sees it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="messages")
    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["sent_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["sent_at"], name="messages_by_time")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="a_message_asks_or_answers",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE reviews_review r
                    SET asked_at = CASE WHEN NEW.author_id = a.reviewer_id THEN coalesce(r.asked_at, NEW.sent_at) END
                    FROM reviews_assignment a WHERE a.id = r.assignment_id AND r.id = NEW.review_id;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
