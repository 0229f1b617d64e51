"""What reviewers ask the desk, and what it answers."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext

from reviews.admin.need import unanswered
from reviews.admin.room import accepted, editor, page, posted, room_view, rounds_before
from reviews.forms.reply import ReplyForm
from reviews.models import Message, Review, Round
from reviews.services.message import reply_to_reviewer


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("questions/", questions, name="questions"),
        path("reviews/<int:pk>/reply/", reply, name="review-reply"),
    ]


@dataclass(frozen=True)
class Thread:
    """All that was written between one reviewer and the desk in one round."""

    review: Review
    messages: list[Message]

    @property
    def is_unanswered(self) -> bool:
        return self.messages[-1].author_id == self.review.assignment.reviewer_id


def threads_of(round: Round) -> list[Thread]:
    """Return the threads of a round, by reviewer."""
    written = Message.objects.filter(review__assignment__round=round).select_related(
        "author", "claim", "review__assignment__reviewer"
    )
    by_review: dict[int, list[Message]] = {}
    for message in written:
        by_review.setdefault(message.review_id, []).append(message)
    return [Thread(review=messages[0].review, messages=messages) for messages in by_review.values()]


@room_view
def questions(request: HttpRequest) -> HttpResponse:
    """Whatever reviewers asked and nobody has answered yet."""
    return page(
        request,
        "reviews/message/questions.html",
        title=gettext("Unanswered questions"),
        reviews=unanswered(editor(request)),
    )


@room_view
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one reviewer, about the claim that was asked of last."""
    reviews = Review.objects.filter(assignment__round__in=rounds_before(request))
    review = get_object_or_404(reviews.select_related("assignment__reviewer", "assignment__round"), pk=pk)
    round = review.assignment.round
    written = list(review.messages.select_related("author", "claim"))
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        claim = written[-1].claim if written else None
        text, by, at = form.cleaned_data["text"], editor(request), timezone.now()
        if accepted(form, lambda: reply_to_reviewer(review, claim=claim, text=text, by=by, at=at)):
            messages.success(
                request, gettext("Your answer is on its way: the reviewer has it in the review, and by mail.")
            )
            return redirect(f"{reverse('admin:reviews_round_change', args=[round.pk])}#questions")
    return page(
        request,
        "reviews/message/reply.html",
        title=gettext("Answer %(reviewer)s") % {"reviewer": review.assignment.reviewer},
        round=round,
        review=review,
        written=written,
        form=form,
    )
