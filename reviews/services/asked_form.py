"""How reviews move to a newer version of a form: answers that still fit go along, the others stay where they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from reviews.core.judging.instruments import check_answer, fitting_answers
from reviews.errors import FormIsAboutSomethingElse, FormNotAsked, RoundIsClosed, VersionNotNewer
from reviews.models import Answer, AnswerSheet, AskedForm, Instrument, Review, Round, User, forms_asked_of
from reviews.services.review import hold_for_writing


@dataclass(frozen=True)
class SheetMove:
    """What becomes of one sheet of answers: those that fit by item, as stored, and the items of those that do not."""

    sheet: AnswerSheet
    fitting: Mapping[str, str]
    lost: Sequence[str]


def planned_moves(review: Review, *, to: Instrument) -> list[SheetMove]:
    """Return what would become of a review's answers, sheet by sheet.

    Raises FormNotAsked, VersionNotNewer, FormIsAboutSomethingElse.
    """
    left = _version_asked(forms_asked_of(review).filter(slug=to.slug).first(), to=to)
    sheets = review.sheets.filter(instrument=left).select_related("instrument").prefetch_related("answers")
    return [_moved(sheet, to=to) for sheet in sheets]


@transaction.atomic
def move_review(review: Review, *, to: Instrument, by: User, at: datetime) -> AskedForm:
    """Let a review in progress answer a newer version of a form, with the answers that still fit.

    Every sheet is copied: the old one stays as it was, with its history. The copy counts its savings on, so that a page
    that is still open cannot be taken for it. Raises ReviewIsLocked, RoundIsClosed and as ``planned_moves``.
    """
    review = hold_for_writing(review)
    left = _version_asked(forms_asked_of(review).filter(slug=to.slug).first(), to=to)
    for move in planned_moves(review, to=to):
        _copy(move, to=to)
    asked = {"instrument": to, "left": left, "since": at, "by": by}
    moved, _ = AskedForm.objects.update_or_create(review=review, slug=to.slug, defaults=asked)
    return moved


@transaction.atomic
def move_round(round: Round, *, to: Instrument, by: User, at: datetime) -> list[AskedForm]:
    """Let a round ask a newer version of a form: of reviews that begin from now on, and of all that are in progress.

    What was handed in, or cannot be gone on with, stays on its version. Returns what was moved. Raises RoundIsClosed
    and as ``planned_moves``.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    if not round.is_open:
        raise RoundIsClosed
    left = _version_asked(round.instruments.filter(slug=to.slug).first(), to=to)
    moved = []
    for review in _reviews_of(round):
        current = forms_asked_of(review).get(slug=to.slug)
        if review.is_open and current.version < to.version:
            moved.append(move_review(review, to=to, by=by, at=at))
        elif not review.is_open:
            stays = {"instrument": current, "since": at, "by": by}
            AskedForm.objects.get_or_create(review=review, slug=to.slug, defaults=stays)
    round.instruments.remove(left)
    round.instruments.add(to)
    return moved


def reviews_behind(round: Round, *, to: Instrument) -> list[tuple[Review, Instrument]]:
    """Return the reviews in progress that a version is newer for, each with the version that it answers now.

    The number of queries does not depend on the number of reviews.
    """
    of_round = {form.slug: form for form in round.instruments.all()}
    found = []
    for review in _reviews_of(round).prefetch_related("asked_forms__instrument"):
        own = {asked.slug: asked.instrument for asked in review.asked_forms.all()}
        current = (of_round | own).get(to.slug)
        if review.is_open and current and current.version < to.version and current.about == to.about:
            found.append((review, current))
    return found


def _reviews_of(round: Round) -> QuerySet[Review]:
    reviews = Review.objects.filter(assignment__round=round)
    return reviews.select_related("assignment__round", "assignment__reviewer").order_by("pk")


def _version_asked(current: Instrument | None, *, to: Instrument) -> Instrument:
    if current is None:
        raise FormNotAsked
    if current.version >= to.version:
        raise VersionNotNewer
    if current.about != to.about:
        raise FormIsAboutSomethingElse
    return current


def _moved(sheet: AnswerSheet, *, to: Instrument) -> SheetMove:
    stored = sheet.stored()
    fitting = fitting_answers(stored, given_on=sheet.instrument.form, to=to.form)
    return SheetMove(sheet, fitting=fitting, lost=[item for item in stored if item not in fitting])


def _copy(move: SheetMove, *, to: Instrument) -> None:
    before = move.sheet
    known = {item: check_answer(to.form.item(item), value) for item, value in move.fitting.items()}
    sheet = AnswerSheet.objects.create(
        review_id=before.review_id,
        instrument=to,
        claim_id=before.claim_id,
        version=before.version + 1,
        is_complete=not to.form.missing(known),
    )
    carried = {answer.item: answer.carried_from for answer in before.answers.all()}
    Answer.objects.bulk_create(
        Answer(sheet=sheet, item=item, value=value, carried_from=carried[item]) for item, value in move.fitting.items()
    )
