"""How far one reviewer's work has come, and what is still missing before it can be handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reviews.core.citing.records import Record
from reviews.core.judging.instruments import Answer as Given
from reviews.core.judging.instruments import check_answer
from reviews.models import AnswerSheet, Appraisal, Instrument, Level, Mark, Review, Round, RoundCitation, RoundClaim

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
    def asked(self) -> int:
        return sum(item.required for item in self.instrument.form.visible(self.answers))

    @property
    def answered(self) -> int:
        return self.asked - len(self.gaps)


@dataclass(frozen=True)
class Progress:
    """The whole of one review."""

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


def progress_of(review: Review) -> Progress:
    """Read one review in a fixed number of queries. Of others' work it reads nothing."""
    return Progress(
        claims=tuple(_claims_of(review)),
        sheets=tuple(_sheets_of(review)),
        omissions=() if review.omissions_considered else (_OMISSIONS_OPEN,),
    )


_OMISSIONS_OPEN = Gap(
    words="What the article leaves out: say that you went through the list.",
    room="omissions",
    place="",
    field="omissions-considered",
)


def _claims_of(review: Review) -> Iterable[ClaimWork]:
    marks = {mark.claim_id: mark for mark in review.marks.select_related("level")}
    appraisals = {appraisal.citation_id: appraisal for appraisal in review.appraisals.all()}
    citations = RoundCitation.objects.seen_in(review.pk).filter(claim__round=review.round)
    ordered = citations.select_related("source").defer("source__text").order_by("claim_id", "pk")
    by_claim = {claim: tuple(group) for claim, group in groupby(ordered, key=lambda citation: citation.claim_id)}
    for claim in review.round.claims.all():
        mark, cited = marks.get(claim.pk), by_claim.get(claim.pk, ())
        yield ClaimWork(
            claim=claim,
            mark=mark,
            citations=cited,
            appraisals={one.pk: appraisals[one.pk] for one in cited if one.pk in appraisals},
            gaps=tuple(_gaps_of(claim, mark=mark, citations=cited, appraisals=appraisals, round=review.round)),
        )


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


def _sheets_of(review: Review) -> Iterable[SheetWork]:
    sheets = {sheet.instrument_id: sheet for sheet in review.sheets.prefetch_related("answers")}
    for instrument in review.round.instruments.filter(about=Instrument.About.ARTICLE):
        sheet = sheets.get(instrument.pk)
        answers = given_answers(sheet, instrument=instrument)
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


def given_answers(sheet: AnswerSheet | None, *, instrument: Instrument) -> dict[str, Given]:
    """Return the stored answers of a sheet by item, as the judging room knows them: a scale's are numbers."""
    if sheet is None:
        return {}
    items = {item.key: item for item in instrument.form.items}
    return {answer.item: check_answer(items[answer.item], answer.value) for answer in sheet.answers.all()}
