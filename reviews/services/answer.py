"""How a reviewer's answers to instruments, and what the article leaves out, are saved as they are given."""

from collections.abc import Mapping

from django.db import transaction

from reviews.core.judging.instruments import Item, carried_answer, check_answer
from reviews.errors import ChangedElsewhere, FormHasMoved
from reviews.models import Answer, AnswerSheet, AskedForm, Instrument, Omission, Review, RoundClaim, forms_asked_of
from reviews.services.review import hold_for_writing


@transaction.atomic
def record_answers(
    review: Review,
    *,
    instrument: Instrument,
    version: int,
    answers: Mapping[str, str],
    claim: RoundClaim | None = None,
) -> AnswerSheet:
    """Save the answers to one instrument, by item; an item that is not named has none.

    ``claim`` is the one that they are about, for an instrument about claims. What an answer says of items of other
    instruments is carried over to those that the reviewer has not answered there. Raises ChangedElsewhere,
    FormHasMoved, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    if AskedForm.objects.filter(review=review, slug=instrument.slug).exclude(instrument=instrument).exists():
        raise FormHasMoved
    sheet = _sheet(review, instrument=instrument, claim=claim)
    stored = sheet.stored()
    if stored == dict(answers):
        return sheet
    if sheet.version != version:
        raise ChangedElsewhere(current=sheet)
    _write(sheet, stored=stored, answers=answers)
    changed = {item for item in {*stored, *answers} if stored.get(item) != answers.get(item)}
    _carry_over(sheet, {item: answers.get(item, "") for item in changed})
    return sheet


def _sheet(review: Review, *, instrument: Instrument, claim: RoundClaim | None) -> AnswerSheet:
    sheet = review.sheets.filter(instrument=instrument, claim=claim).first()
    return sheet or AnswerSheet(review=review, instrument=instrument, claim=claim)


def _write(
    sheet: AnswerSheet, *, stored: Mapping[str, str], answers: Mapping[str, str], carried_from: str = ""
) -> None:
    form = sheet.instrument.form
    known = {item: check_answer(form.item(item), value) for item, value in answers.items()}
    sheet.is_complete = not form.missing(known)
    sheet.version += 1
    sheet.save()
    sheet.answers.exclude(item__in=answers).delete()
    for item, value in answers.items():
        if stored.get(item) != value:
            said = {"value": value, "carried_from": carried_from}
            Answer.objects.update_or_create(sheet=sheet, item=item, defaults=said)


def _carry_over(sheet: AnswerSheet, changed: Mapping[str, str]) -> None:
    """Take changed answers ("" where one was taken back) to the items of other instruments that they answer too."""
    others = forms_asked_of(sheet.review).filter(about=sheet.instrument.about).exclude(slug=sheet.instrument.slug)
    for instrument in others:
        for item in instrument.form.items:
            for carry in item.carries:
                if carry.instrument == sheet.instrument.slug and carry.item in changed:
                    _carry(sheet, carry.item, changed[carry.item], item=item, to=instrument)


def _carry(sheet: AnswerSheet, source: str, answer: str, *, item: Item, to: Instrument) -> None:
    """Answer one item by what was said elsewhere; what the reviewer said there, or what came from a third, stays."""
    target = _sheet(sheet.review, instrument=to, claim=sheet.claim)
    stored = target.stored()
    origin = f"{sheet.instrument.slug}.{source}"
    if item.key in stored and not target.answers.filter(item=item.key, carried_from=origin).exists():
        return
    carried = carried_answer(item, instrument=sheet.instrument.slug, source=source, answer=answer)
    wanted = {key: value for key, value in stored.items() if key != item.key}
    if carried is not None:
        wanted[item.key] = carried
    if wanted != stored:
        _write(target, stored=stored, answers=wanted, carried_from=origin)


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
