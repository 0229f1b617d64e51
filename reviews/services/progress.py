"""How far one reviewer's work has come, and what is still missing before it can be handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reviews.core.citing.records import Record
from reviews.core.judging.instruments import Answer as Given
from reviews.core.judging.instruments import Item, check_answer
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
    sheets: tuple["SheetWork", ...]
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``new``."""
        if not self.gaps:
            return "done"
        return "begun" if self.mark or self.appraisals or any(work.sheet for work in self.sheets) else "new"


@dataclass(frozen=True)
class SheetWork:
    """One instrument and this reviewer's answers to it, about the article or about one claim.

    ``carried`` says of answers that came from another instrument where from, in words.
    """

    instrument: Instrument
    claim: RoundClaim | None
    sheet: AnswerSheet | None
    answers: Mapping[str, Given]
    carried: Mapping[str, str]
    gaps: tuple[Gap, ...]

    @property
    def prefix(self) -> str:
        """What the names of its form's fields begin with."""
        return f"form-{self.instrument.slug}" if self.claim else "sheet"

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
    sheets = _Sheets.of(review)
    return Progress(
        claims=tuple(_claims_of(review, sheets=sheets)),
        sheets=sheets.about(None),
        omissions=() if review.omissions_considered else (_OMISSIONS_OPEN,),
    )


_OMISSIONS_OPEN = Gap(
    words="What the article leaves out: say that you went through the list.",
    room="omissions",
    place="",
    field="omissions-considered",
)


def _claims_of(review: Review, *, sheets: "_Sheets") -> Iterable[ClaimWork]:
    marks = {mark.claim_id: mark for mark in review.marks.select_related("level")}
    appraisals = {appraisal.citation_id: appraisal for appraisal in review.appraisals.all()}
    citations = RoundCitation.objects.seen_in(review.pk).filter(claim__round=review.round)
    ordered = citations.select_related("source").defer("source__text").order_by("claim_id", "pk")
    by_claim = {claim: tuple(group) for claim, group in groupby(ordered, key=lambda citation: citation.claim_id)}
    for claim in review.round.claims.all():
        mark, cited = marks.get(claim.pk), by_claim.get(claim.pk, ())
        asked = sheets.about(claim)
        gaps = [*_gaps_of(claim, mark=mark, citations=cited, appraisals=appraisals, round=review.round)]
        if mark and mark.level:
            gaps += [gap for work in asked for gap in work.gaps]
        yield ClaimWork(
            claim=claim,
            mark=mark,
            citations=cited,
            appraisals={one.pk: appraisals[one.pk] for one in cited if one.pk in appraisals},
            sheets=asked,
            gaps=tuple(gaps),
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


@dataclass(frozen=True)
class _Sheets:
    """The instruments that a review is asked, and its answers to them."""

    instruments: Sequence[Instrument]
    filled: Mapping[tuple[int | None, int], AnswerSheet]

    @classmethod
    def of(cls, review: Review) -> "_Sheets":
        sheets = review.sheets.prefetch_related("answers")
        filled = {(sheet.claim_id, sheet.instrument_id): sheet for sheet in sheets}
        return cls(instruments=list(review.round.instruments.all()), filled=filled)

    def about(self, claim: RoundClaim | None) -> tuple[SheetWork, ...]:
        """Return what is asked about one claim, or about the article."""
        about = Instrument.About.CLAIM if claim else Instrument.About.ARTICLE
        return tuple(self._work(one, claim=claim) for one in self.instruments if one.about == about)

    def _work(self, instrument: Instrument, *, claim: RoundClaim | None) -> SheetWork:
        sheet = self.filled.get((claim.pk if claim else None, instrument.pk))
        answers = given_answers(sheet, instrument=instrument)
        return SheetWork(
            instrument=instrument,
            claim=claim,
            sheet=sheet,
            answers=answers,
            carried=self._carried(sheet),
            gaps=tuple(_unanswered(item, instrument, claim=claim) for item in instrument.form.missing(answers)),
        )

    def _carried(self, sheet: AnswerSheet | None) -> dict[str, str]:
        carried = [answer for answer in sheet.answers.all() if answer.carried_from] if sheet else []
        return {answer.item: self._in_words(answer.carried_from) for answer in carried}

    def _in_words(self, origin: str) -> str:
        slug, _, key = origin.partition(".")
        found = [(one, item) for one in self.instruments if one.slug == slug for item in one.form.items]
        return next((f"{one.title}, question {item.number}" for one, item in found if item.key == key), slug)


def _unanswered(item: Item, instrument: Instrument, *, claim: RoundClaim | None) -> Gap:
    words = f"{instrument.title}, question {item.number}: {item.wording}"
    if claim is None:
        return Gap(words=words, room="instrument", place=instrument.slug, field=f"sheet-answer-{item.key}")
    field = f"form-{instrument.slug}-answer-{item.key}"
    return Gap(words=f"Claim {claim.number}: {words}", room="claim", place=str(claim.number), field=field)


def given_answers(sheet: AnswerSheet | None, *, instrument: Instrument) -> dict[str, Given]:
    """Return the stored answers of a sheet by item, as the judging room knows them: a scale's are numbers."""
    if sheet is None:
        return {}
    items = {item.key: item for item in instrument.form.items}
    return {answer.item: check_answer(items[answer.item], answer.value) for answer in sheet.answers.all()}
