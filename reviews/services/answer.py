"""How a reviewer's answers about the whole article are saved as they are given."""

from collections.abc import Mapping

from django.db import transaction

from reviews.errors import ChangedElsewhere
from reviews.models import Answer, AnswerSheet, Instrument, Omission, Review
from reviews.services.review import hold_for_writing


@transaction.atomic
def record_answers(review: Review, *, instrument: Instrument, version: int, answers: Mapping[str, str]) -> AnswerSheet:
    """Save the answers to one instrument, by item; an item that is not named has none.

    Raises ChangedElsewhere, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    sheet = review.sheets.filter(instrument=instrument).first() or AnswerSheet(review=review, instrument=instrument)
    stored = sheet.stored()
    if stored == dict(answers):
        return sheet
    if sheet.version != version:
        raise ChangedElsewhere(current=sheet)
    sheet.version += 1
    sheet.save()
    sheet.answers.exclude(item__in=answers).delete()
    for item, value in answers.items():
        if stored.get(item) != value:
            Answer.objects.update_or_create(sheet=sheet, item=item, defaults={"value": value})
    return sheet


@transaction.atomic
def record_omissions(review: Review, *, version: int, omissions: Mapping[str, str], considered: bool) -> Review:
    """Save what the article leaves out, notes by kind, and whether the list was gone through.

    Raises ChangedElsewhere, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    stored = {omission.kind: omission.note for omission in review.omissions.all()}
    if stored == dict(omissions) and review.omissions_considered == considered:
        return review
    if review.omissions_version != version:
        raise ChangedElsewhere(current=review)
    review.omissions.exclude(kind__in=omissions).delete()
    for kind, note in omissions.items():
        if stored.get(kind) != note:
            Omission.objects.update_or_create(review=review, kind=kind, defaults={"note": note})
    review.omissions_version += 1
    review.omissions_considered = considered
    review.save(update_fields=["omissions_version", "omissions_considered"])
    return review
