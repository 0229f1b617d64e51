"""A round's rows as the judging room's inputs.

Marks and appraisals are by far the most rows of a round: they are read as tuples in the order of the value that they
become, with what they point to joined by the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar

from django.db.models import F

from reviews.core.citing.records import Record
from reviews.core.judging.instruments import Answer, check_answer
from reviews.core.judging.report import (
    AdjudicationInput,
    AppraisalInput,
    CitationInput,
    ClaimInput,
    MarkInput,
    PanelInputs,
    ReviewInput,
    SourceInput,
)
from reviews.jobs.rule import rule_in_force
from reviews.models import (
    Adjudication,
    AnswerSheet,
    Appraisal,
    Instrument,
    Mark,
    Region,
    Review,
    Round,
    RoundCitation,
    RoundClaim,
    SecondLook,
    SecondMark,
    Source,
)

COUNTING_REGIONS = ("title", "body")
MARK = ("level__name", *(part.name for part in fields(MarkInput) if part.name != "level"))
APPRAISAL = tuple(part.name for part in fields(AppraisalInput))

Keys = Mapping[int, str]
"""The key that the judging room knows a source by, by the primary key of the source."""

K = TypeVar("K")
V = TypeVar("V")
ByReview = dict[int, dict[K, V]]
"""By the primary key of a review."""


class Put(NamedTuple):
    """A source put to a claim of the round; ``added_in`` is the review of whoever added it, ``None`` for the desk."""

    source: int
    claim: int
    origin: str
    added_in: int | None
    record: Mapping[str, object]


def panel_inputs(round: Round) -> PanelInputs:
    """Return a round as the judging room knows it: only reviews that were handed in and are not set aside.

    The number of queries does not depend on the number of claims, reviews or sources.
    """
    claims = list(round.claims.all())
    numbers = {claim.pk: claim.number for claim in claims}
    reviews = list(_counted_reviews(round))
    put = _put_to_claims(round, reviews=reviews)
    keys, sources = _sources(put)
    first, second = _marks(reviews), _second_marks(reviews)
    appraisals = _appraisals(reviews, keys=keys)
    return PanelInputs(
        claims=_claims(claims, round=round),
        sources=sources,
        citations=[CitationInput(one.claim, keys[one.source], one.origin) for one in put],
        reviews=[
            _review(
                review,
                first=first[review.pk],
                second=second[review.pk],
                appraisals=appraisals[review.pk],
                numbers=numbers,
            )
            for review in reviews
        ],
        instruments=[instrument.form for instrument in _forms(round, reviews=reviews)],
        adjudications=_adjudications(round),
        outstanding=round.assignments.open().count(),
        quorum=round.quorum,
        scale=round.scale.value,
        rule=rule_in_force(),
    )


def _claims(claims: Iterable[RoundClaim], *, round: Round) -> list[ClaimInput]:
    regions = list(Region.objects.filter(revision=round.revision_id, kind__in=COUNTING_REGIONS))
    return [
        ClaimInput(
            number=claim.number,
            wording=claim.wording,
            quote=claim.quote,
            kind=claim.kind,
            counts_for_article=any(region.start < claim.end and claim.start < region.end for region in regions),
            is_headline=claim.is_headline,
            is_high_harm=claim.is_high_harm,
            asks_for_source=claim.asks_for_source,
        )
        for claim in claims
    ]


def _counted_reviews(round: Round) -> Iterable[Review]:
    return (
        Review.objects.counted()
        .filter(assignment__round=round)
        .select_related("assignment")
        .prefetch_related("statements", "asked_forms__instrument", "sheets__answers", "sheets__instrument", "omissions")
    )


def _put_to_claims(round: Round, *, reviews: Iterable[Review]) -> list[Put]:
    """Return what the desk put to the claims, then what the reviewers whose marks count added."""
    every = RoundCitation.objects.filter(claim__round=round)
    read = ("source_id", "claim__number", "origin", "added_in_id", "record")
    put = [Put(*row) for row in every.order_by("claim__number", "pk").values_list(*read)]
    counted = {review.pk for review in reviews}
    return [one for one in put if one.added_in is None] + [one for one in put if one.added_in in counted]


def _sources(put: Iterable[Put]) -> tuple[Keys, list[SourceInput]]:
    """Return the sources, each once however often and by whomever it was put to a claim.

    What the desk put to a claim stands as it stood when the round opened; what a reviewer added stands as the desk
    knows it. Whether a source is retracted, and of which trial it is, is asked now, of the one that it was merged into.
    """
    frozen: dict[int, Record] = {}
    for one in put:
        if one.added_in is None and one.source not in frozen:
            frozen[one.source] = Record.from_csl(one.record)
    known = Source.objects.select_related("merged_into").defer("text", "merged_into__text")
    rows = known.in_bulk({one.source for one in put})
    records = {pk: frozen.get(pk) or row.record for pk, row in rows.items()}
    alike: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(records):
        alike[records[pk].key()].append(pk)
    keys = {pk: key for key, pks in alike.items() for pk in pks}
    standing = {pk: row.merged_into or row for pk, row in rows.items()}
    return keys, [
        SourceInput(
            key=key,
            record=records[pks[0]].as_csl(),
            retracted=any(standing[pk].retraction == Source.Retraction.RETRACTED for pk in pks),
            trial=max(standing[pk].nct for pk in pks),
        )
        for key, pks in sorted(alike.items())
    ]


def _marks(reviews: Iterable[Review]) -> ByReview[int, MarkInput]:
    """Return what each review said at first, by the number of the claim."""
    marks: ByReview[int, MarkInput] = defaultdict(dict)
    made = Mark.objects.filter(review__in=reviews).exclude(level=None, could_not_assess="")
    for review, number, *said in made.order_by().values_list("review_id", "claim__number", *MARK):
        marks[review][number] = MarkInput(*said)
    return marks


def _second_marks(reviews: Iterable[Review]) -> ByReview[int, Mapping[str, Any]]:
    """Return what each review said at a second look that has ended, by the number of the claim."""
    marks: ByReview[int, Mapping[str, Any]] = defaultdict(dict)
    made = SecondMark.objects.filter(review__in=reviews, look__in=SecondLook.objects.ended())
    for mark in made.select_related("look__claim", "level"):
        marks[mark.review_id][mark.look.claim.number] = {
            "level": mark.level.name if mark.level else None,
            "could_not_assess": mark.could_not_assess,
            "confidence": mark.confidence,
            "rationale": mark.rationale,
        }
    return marks


def _appraisals(reviews: Iterable[Review], *, keys: Keys) -> ByReview[tuple[int, str], AppraisalInput]:
    """Return one appraisal per claim and source; of a source put twice, by the desk and again by the reviewer, the
    desk's.
    """
    appraisals: ByReview[tuple[int, str], AppraisalInput] = defaultdict(dict)
    made = Appraisal.objects.filter(review__in=reviews).exclude(stance="")
    desk_last = made.order_by(F("citation__added_in").asc(nulls_last=True))
    place = ("review_id", "citation__claim__number", "citation__source_id")
    for review, number, source, *said in desk_last.values_list(*place, *APPRAISAL):
        appraisals[review][number, keys[source]] = AppraisalInput(*said)
    return appraisals


def _review(
    review: Review,
    *,
    first: Mapping[int, MarkInput],
    second: Mapping[int, Mapping[str, Any]],
    appraisals: Mapping[tuple[int, str], AppraisalInput],
    numbers: Mapping[int, int],
) -> ReviewInput:
    """Return a review; flaws, certainty and attribution are asked at first only, and go with a second mark too."""
    unmarked = MarkInput(level=None)
    sheets = _standing_sheets(review)
    return ReviewInput(
        conflict_declared=review.assignment.conflict == review.assignment.Conflict.DECLARED,
        marks={**first, **{number: replace(first.get(number, unmarked), **said) for number, said in second.items()}},
        first_marks={number: first[number] for number in first.keys() & second.keys()},
        statements={numbers[said.claim_id]: said.text for said in review.statements.all()},
        appraisals=appraisals,
        answers={sheet.instrument.form.key: _answers(sheet) for sheet in sheets if not sheet.claim_id},
        claim_answers={
            (numbers[sheet.claim_id], sheet.instrument.form.key): _answers(sheet) for sheet in sheets if sheet.claim_id
        },
        omissions={omission.kind: omission.note for omission in review.omissions.all()},
    )


def _forms(round: Round, *, reviews: Iterable[Review]) -> list[Instrument]:
    """Return every version of every form that the counted reviews were asked, and the round's where none was.

    Answers to two versions are never put together: each version is told by itself.
    """
    of_round = list(round.instruments.all())
    own = [{asked.slug: asked.instrument for asked in review.asked_forms.all()} for review in reviews]
    found = {asked.pk: asked for forms in own for asked in forms.values()}
    for one in of_round:
        if not own or any(one.slug not in forms for forms in own):
            found[one.pk] = one
    return list(found.values())


def _standing_sheets(review: Review) -> list[AnswerSheet]:
    """Return the sheets of the versions that a review answers: of one that it was moved from the copy counts."""
    own = {asked.slug: asked.instrument_id for asked in review.asked_forms.all()}
    return [
        sheet
        for sheet in review.sheets.all()
        if own.get(sheet.instrument.slug, sheet.instrument_id) == sheet.instrument_id
    ]


def _answers(sheet: AnswerSheet) -> dict[str, Answer]:
    form = sheet.instrument.form
    return {answer.item: check_answer(form.item(answer.item), answer.value) for answer in sheet.answers.all()}


def _adjudications(round: Round) -> dict[int, AdjudicationInput]:
    decided = Adjudication.objects.decided().filter(claim__round=round).select_related("claim", "level")
    return {
        decision.claim.number: AdjudicationInput(
            level=decision.level.name if decision.level else None,
            reasoning=decision.reasoning,
            disagreement=decision.disagreement,
        )
        for decision in decided
    }
