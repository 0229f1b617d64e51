"""How far one reviewer's work has come, and what is still missing before it can be handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from reviews.core.citing.records import Record
from reviews.core.judging.instruments import Answer as Given
from reviews.core.judging.instruments import check_answer
from reviews.models import (
    Answer,
    AnswerSheet,
    Appraisal,
    Instrument,
    Level,
    Mark,
    Review,
    Round,
    RoundCitation,
    RoundClaim,
    Source,
)

Room = Literal["claim", "instrument", "omissions"]


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: in words, and the form field that would fill it.

    ``place`` is the claim's number or the instrument's slug; ``field`` is the field's full name in its form.
    """

    words: str
    room: Room
    place: str
    field: str


@dataclass(frozen=True)
class ClaimWork:
    """One claim as this reviewer sees it: the own mark, the sources put to it, the own reading of each."""

    claim: RoundClaim
    mark: Mark | None
    citations: tuple[RoundCitation, ...]
    appraisals: Mapping[int, Appraisal]
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``new``."""
        if not self.gaps:
            return "done"
        return "begun" if self.mark or self.appraisals else "new"


@dataclass(frozen=True)
class SheetWork:
    """One instrument and this reviewer's answers to it."""

    instrument: Instrument
    sheet: AnswerSheet | None
    answers: Mapping[str, Given]
    gaps: tuple[Gap, ...]

    @property
    def version(self) -> int:
        return self.sheet.version if self.sheet else 0

    @property
    def asked(self) -> int:
        return sum(item.required for item in self.instrument.form.visible(self.answers))

    @property
    def answered(self) -> int:
        return self.asked - len(self.gaps)


@dataclass(frozen=True)
class Progress:
    """The whole of one review."""

    levels: tuple[Level, ...]
    claims: tuple[ClaimWork, ...]
    sheets: tuple[SheetWork, ...]
    omissions: tuple[Gap, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing, in the order of the pages."""
        parts = [*(work.gaps for work in self.claims), *(work.gaps for work in self.sheets), self.omissions]
        return tuple(gap for part in parts for gap in part)

    @property
    def done(self) -> int:
        """How many claims are finished."""
        return sum(not work.gaps for work in self.claims)

    @property
    def total(self) -> int:
        return len(self.claims)


class ClaimsDone(NamedTuple):
    """Which claims of a review are done, by their ids, and how many claims there are."""

    claims: frozenset[int]
    total: int

    @property
    def done(self) -> int:
        return len(self.claims)


def progress_of(review: Review) -> Progress:
    """Read one review in four queries, however long it is. Of others' work it reads nothing."""
    levels = levels_of(review)
    return Progress(
        levels=levels,
        claims=tuple(_claims_of(review, levels=levels)),
        sheets=sheets_of(review),
        omissions=() if review.omissions_considered else (_OMISSIONS_OPEN,),
    )


_OMISSIONS_OPEN = Gap(
    words="What the article leaves out: say that you went through the list.",
    room="omissions",
    place="",
    field="omissions-considered",
)


def claim_work(review: Review, number: int, *, levels: Iterable[Level]) -> ClaimWork | None:
    """Read one claim with its sources and their stored texts, in two queries; ``None`` where it is not there."""
    claim = review.round.claims.beside_marks_of(review.pk).filter(number=number).first()
    if claim is None:
        return None
    citations = RoundCitation.objects.beside_appraisals_of(review.pk).filter(claim=claim).order_by("pk")
    by_id = {level.pk: level for level in levels}
    return _work_of(claim, citations=tuple(citations), levels=by_id, round=review.round)


_DONE = """
    SELECT review.id,
           (SELECT count(*) FROM reviews_roundclaim claim WHERE claim.round_id = round.id),
           ARRAY(
               SELECT mark.claim_id
               FROM reviews_mark mark LEFT JOIN reviews_level level ON level.id = mark.level_id
               WHERE mark.review_id = review.id
                 AND (mark.could_not_assess <> '' OR mark.level_id IS NOT NULL)
                 AND (mark.could_not_assess <> '' OR mark.rationale <> '' OR round.rationale = 'never'
                      OR (round.rationale = 'below' AND level.position IS NOT NULL AND NOT level.beyond_harm_line))
                 AND (mark.could_not_assess <> '' OR NOT EXISTS (
                     SELECT
                     FROM reviews_roundcitation citation LEFT JOIN reviews_appraisal appraisal
                       ON appraisal.citation_id = citation.id AND appraisal.review_id = review.id
                     WHERE citation.claim_id = mark.claim_id
                       AND (citation.added_in_id IS NULL OR citation.added_in_id = review.id)
                       AND coalesce(appraisal.stance, '') = ''))
           )
    FROM reviews_review review
    JOIN reviews_assignment assignment ON assignment.id = review.assignment_id
    JOIN reviews_round round ON round.id = assignment.round_id
    WHERE review.id = ANY(%s)
"""


def claims_done(reviews: Iterable[Review]) -> dict[int, ClaimsDone]:
    """Count the claims that are done, by the review's id, in one query: those in which ``_gaps_of`` misses nothing.

    It is SQL because a save and the queue count, and reading every claim takes time in proportion to the article.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [[review.pk for review in reviews]])
        return {pk: ClaimsDone(frozenset(claims), total) for pk, total, claims in cursor.fetchall()}


_UNSEEN = [f"source__{field.name}" for field in Source._meta.concrete_fields if field.name not in {"id", "retraction"}]
"""What is not read of a source for a list of claims: a citation has its record, and the rest would be much."""


def levels_of(review: Review) -> tuple[Level, ...]:
    """Return the levels of the round's scale, in their order."""
    return tuple(Level.objects.filter(scale=review.round.scale_id))


def _claims_of(review: Review, *, levels: Iterable[Level]) -> Iterable[ClaimWork]:
    by_id = {level.pk: level for level in levels}
    citations = RoundCitation.objects.beside_appraisals_of(review.pk).filter(claim__round=review.round)
    ordered = citations.defer(*_UNSEEN).order_by("claim_id", "pk")
    by_claim = {claim: tuple(group) for claim, group in groupby(ordered, key=lambda citation: citation.claim_id)}
    for claim in review.round.claims.beside_marks_of(review.pk):
        yield _work_of(claim, citations=by_claim.get(claim.pk, ()), levels=by_id, round=review.round)


def _work_of(
    claim: RoundClaim, *, citations: tuple[RoundCitation, ...], levels: Mapping[int, Level], round: Round
) -> ClaimWork:
    mark: Mark | None = getattr(claim, "own_mark", None)
    if mark and mark.level_id:
        mark.level = levels[mark.level_id]
    joined = {citation.pk: getattr(citation, "own_appraisal", None) for citation in citations}
    appraisals = {pk: appraisal for pk, appraisal in joined.items() if appraisal}
    gaps = _gaps_of(claim, mark=mark, citations=citations, appraisals=appraisals, round=round)
    return ClaimWork(claim=claim, mark=mark, citations=citations, appraisals=appraisals, gaps=tuple(gaps))


def _gaps_of(
    claim: RoundClaim,
    *,
    mark: Mark | None,
    citations: Iterable[RoundCitation],
    appraisals: Mapping[int, Appraisal],
    round: Round,
) -> Iterable[Gap]:
    def gap(words: str, field: str) -> Gap:
        return Gap(words=f"Claim {claim.number}: {words}", room="claim", place=str(claim.number), field=field)

    if mark is None or (mark.level is None and not mark.could_not_assess):
        yield gap("choose a level, or say why you could not assess it.", "mark-ruling")
        return
    if mark.level and asks_rationale(mark.level, rule=round.rationale) and not mark.rationale:
        yield gap("give your reasons for this level.", "mark-rationale")
    if mark.could_not_assess:
        return
    for citation in citations:
        if citation.pk not in appraisals or not appraisals[citation.pk].stance:
            name = Record.from_csl(citation.record).short()
            yield gap(f"say what “{name}” has to say about it.", f"source-{citation.key}-stance")


def asks_rationale(level: Level, *, rule: str) -> bool:
    """Whether a round with this rule (``Round.Rationale``) asks for reasons beside this level.

    ``below`` asks beyond the harm line and off the axis: for all that does not reassure.
    """
    reassures = level.position is not None and not level.beyond_harm_line
    return rule == Round.Rationale.ALWAYS or (rule == Round.Rationale.BELOW and not reassures)


def sheets_of(review: Review) -> tuple[SheetWork, ...]:
    """Read the instruments about the article and the answers to them, in one query."""
    return tuple(_sheets_of(review))


def _sheets_of(review: Review) -> Iterable[SheetWork]:
    answers_to_it = Answer.objects.filter(sheet__review=review, sheet__instrument=OuterRef("pk")).order_by("pk")
    said = ArraySubquery(answers_to_it.values(json=JSONObject(item="item", value="value")))
    asked = review.round.instruments.beside_sheets_of(review.pk).filter(about=Instrument.About.ARTICLE)
    for instrument in asked.annotate(own_answers=said):
        sheet: AnswerSheet | None = getattr(instrument, "own_sheet", None)
        own_answers: list[dict[str, str]] = getattr(instrument, "own_answers", [])
        stored = {answer["item"]: answer["value"] for answer in own_answers}
        answers = given_answers(stored, instrument=instrument)
        missing = instrument.form.missing(answers)
        yield SheetWork(
            instrument=instrument,
            sheet=sheet,
            answers=answers,
            gaps=tuple(
                Gap(
                    words=f"{instrument.title}: {item.wording}",
                    room="instrument",
                    place=instrument.slug,
                    field=f"sheet-answer-{item.key}",
                )
                for item in missing
            ),
        )


def given_answers(stored: Mapping[str, str], *, instrument: Instrument) -> dict[str, Given]:
    """Return the stored answers of a sheet by item, as the judging room knows them: a scale's are numbers."""
    items = {item.key: item for item in instrument.form.items}
    return {item: check_answer(items[item], value) for item, value in stored.items()}
