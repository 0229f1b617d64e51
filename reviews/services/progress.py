"""How far one reviewer's work has come, and what is still missing before it can be handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal, NamedTuple

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from reviews.core.citing.records import Record
from reviews.core.judging.instruments import Answer as Given
from reviews.core.judging.instruments import Item, check_answer
from reviews.models import (
    AnswerSheet,
    Appraisal,
    Instrument,
    Level,
    Mark,
    Review,
    Round,
    RoundCitation,
    RoundClaim,
)
from reviews.services.outline import ASKED, OF_REVIEW

Room = Literal["claim", "instrument", "omissions"]
NAMES_A_SOURCE = ("found", "says_something_else")
UNRULED = gettext_lazy("choose a level, or say why you could not assess it.")


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

    ``carried`` says of answers that came from another instrument where from, in words. ``moved_at``: when the desk
    moved this review to this version.
    """

    instrument: Instrument
    claim: RoundClaim | None
    sheet: AnswerSheet | None
    answers: Mapping[str, Given]
    carried: Mapping[str, str]
    gaps: tuple[Gap, ...]
    moved_at: datetime | None = None

    @property
    def prefix(self) -> str:
        """What the names of its form's fields begin with."""
        return f"form-{self.instrument.slug}" if self.claim else "sheet"

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

    claims: tuple[ClaimWork, ...]
    sheets: tuple[SheetWork, ...]
    omissions: tuple[Gap, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing, in the order of the pages."""
        parts = [*(work.gaps for work in self.claims), *(work.gaps for work in self.sheets), self.omissions]
        return tuple(gap for part in parts for gap in part)


def progress_of(review: Review) -> Progress:
    """Read one review in four queries, however long it is. Of others' work it reads nothing."""
    levels, forms = levels_of(review), Forms.of(review)
    return Progress(
        claims=tuple(_claims_of(review, levels=levels, forms=forms)),
        sheets=forms.about(None),
        omissions=() if review.omissions_considered else (_omissions_open(),),
    )


def _omissions_open() -> Gap:
    words = _("What the article leaves out: say that you went through the list.")
    return Gap(words=words, room="omissions", place="", field="omissions-considered")


def claim_work(review: Review, number: int, *, levels: Iterable[Level], forms: "Forms") -> ClaimWork | None:
    """Read one claim with its mark and its sources, in two queries; ``None`` where it is not there.

    ``forms`` are those about claims.
    """
    claim = review.round.claims.beside_marks_of(review.pk).filter(number=number).order_by().first()
    if claim is None:
        return None
    citations = RoundCitation.objects.beside_appraisals_of(review.pk).filter(claim=claim).order_by("pk")
    by_id = {level.pk: level for level in levels}
    return _work_of(claim, citations=tuple(citations), levels=by_id, forms=forms, review=review)


def levels_of(review: Review) -> tuple[Level, ...]:
    """Return the levels of the round's scale, in their order."""
    return tuple(Level.objects.filter(scale=review.round.scale_id).order_by("order"))


def _claims_of(review: Review, *, levels: Iterable[Level], forms: "Forms") -> Iterable[ClaimWork]:
    by_id = {level.pk: level for level in levels}
    citations = RoundCitation.objects.beside_appraisals_of(review.pk).filter(claim__round=review.round)
    ordered = citations.order_by("claim_id", "pk")
    by_claim = {claim: tuple(group) for claim, group in groupby(ordered, key=lambda citation: citation.claim_id)}
    for claim in review.round.claims.beside_marks_of(review.pk).order_by("number"):
        cited = by_claim.get(claim.pk, ())
        yield _work_of(claim, citations=cited, levels=by_id, forms=forms, review=review)


def _work_of(
    claim: RoundClaim,
    *,
    citations: tuple[RoundCitation, ...],
    levels: Mapping[int, Level],
    forms: "Forms",
    review: Review,
) -> ClaimWork:
    mark: Mark | None = getattr(claim, "own_mark", None)
    if mark:
        mark.review, mark.claim = review, claim
        mark.level = levels[mark.level_id] if mark.level_id else None
    joined = {citation.pk: getattr(citation, "own_appraisal", None) for citation in citations}
    appraisals = {pk: appraisal for pk, appraisal in joined.items() if appraisal}
    for appraisal in appraisals.values():
        appraisal.review = review
    sheets = forms.about(claim)
    gaps = [*_gaps_of(claim, mark=mark, citations=citations, appraisals=appraisals, round=review.round)]
    if mark and mark.level_id:
        gaps += [gap for work in sheets for gap in work.gaps]
    return ClaimWork(
        claim=claim, mark=mark, citations=citations, appraisals=appraisals, sheets=sheets, gaps=tuple(gaps)
    )


def _gaps_of(
    claim: RoundClaim,
    *,
    mark: Mark | None,
    citations: Sequence[RoundCitation],
    appraisals: Mapping[int, Appraisal],
    round: Round,
) -> Iterable[Gap]:
    def gap(words: StrOrPromise, field: str) -> Gap:
        return Gap(words=_of_claim(claim.number, words), room="claim", place=str(claim.number), field=field)

    if mark is None or (mark.level is None and not mark.could_not_assess):
        yield gap(UNRULED, "mark-ruling")
        return
    if mark.level and asks_rationale(mark.level, rule=round.rationale) and not mark.rationale:
        yield gap(_("give your reasons for this level."), "mark-rationale")
    if mark.could_not_assess:
        return
    if claim.asks_for_source and not mark.attribution:
        yield gap(_("say what came of the search for its source."), "mark-attribution")
    if claim.asks_for_source and mark.attribution in NAMES_A_SOURCE and not citations:
        yield gap(_("add the source that you found."), "mark-attribution")
    for citation in citations:
        if citation.pk not in appraisals or not appraisals[citation.pk].stance:
            name = Record.from_csl(citation.record).short()
            yield gap(
                _("say what “%(source)s” has to say about it.") % {"source": name}, f"source-{citation.key}-stance"
            )


def asks_rationale(level: Level, *, rule: str) -> bool:
    """Whether a round with this rule (``Round.Rationale``) asks for reasons beside this level.

    ``below`` asks beyond the harm line and off the axis: for all that does not reassure.
    """
    reassures = level.position is not None and not level.beyond_harm_line
    return rule == Round.Rationale.ALWAYS or (rule == Round.Rationale.BELOW and not reassures)


def sheets_of(review: Review) -> tuple[SheetWork, ...]:
    """Read the instruments about the article and the answers to them, in one query."""
    return Forms.of(review, about=Instrument.About.ARTICLE).about(None)


FORMS = f"""
    SELECT instrument.*,
           (SELECT json_agg(json_build_array(sheet.id, sheet.claim_id, sheet.version, (
                       SELECT json_agg(json_build_array(answer.item, answer.value, answer.carried_from)
                                       ORDER BY answer.id)
                       FROM reviews_answer answer WHERE answer.sheet_id = sheet.id)) ORDER BY sheet.id)
            FROM reviews_answersheet sheet
            WHERE sheet.instrument_id = instrument.id AND sheet.review_id = review.id) AS own_sheets,
           (SELECT moved.since
            FROM reviews_askedform moved
            WHERE moved.review_id = review.id AND moved.instrument_id = instrument.id
              AND moved.left_id IS NOT NULL) AS moved_at
    FROM {OF_REVIEW}
    JOIN reviews_instrument instrument ON {ASKED}
    WHERE review.id = %s AND (%s = '' OR instrument.about = %s)
    ORDER BY instrument.slug, instrument.version DESC
"""  # noqa: S608  # both pieces are our own
"""What ``Forms`` are made of. It is SQL because Django takes longer to compose it than the database to answer."""


class Filled(NamedTuple):
    """One sheet of answers: by item what is stored, and of those carried over where from."""

    sheet: AnswerSheet
    stored: Mapping[str, str]
    carried: Mapping[str, str]


@dataclass(frozen=True)
class Forms:
    """The instruments that a review is asked, each with the review's sheets by claim (``None``: about the article)."""

    filled: Sequence[tuple[Instrument, Mapping[int | None, Filled]]]

    @classmethod
    def of(cls, review: Review, *, about: str = "") -> "Forms":
        """Read them in one query: those about ``article`` or ``claim`` alone, where that is said."""
        asked = Instrument.objects.raw(FORMS, [review.pk, about, about])
        return cls([(instrument, dict(_filled(instrument, review=review))) for instrument in asked])

    def about(self, claim: RoundClaim | None) -> tuple[SheetWork, ...]:
        """Return what is asked about one claim, or about the article."""
        about = Instrument.About.CLAIM if claim else Instrument.About.ARTICLE
        place = claim.pk if claim else None
        asked = [(one, filled.get(place)) for one, filled in self.filled if one.about == about]
        return tuple(self._work(instrument, filled, claim=claim) for instrument, filled in asked)

    def _work(self, instrument: Instrument, filled: Filled | None, *, claim: RoundClaim | None) -> SheetWork:
        answers = given_answers(filled.stored if filled else {}, instrument=instrument)
        return SheetWork(
            instrument=instrument,
            claim=claim,
            sheet=filled.sheet if filled else None,
            answers=answers,
            moved_at=getattr(instrument, "moved_at", None),
            carried={item: self._in_words(origin) for item, origin in filled.carried.items()} if filled else {},
            gaps=tuple(_unanswered(item, instrument, claim=claim) for item in instrument.form.missing(answers)),
        )

    def _in_words(self, origin: str) -> str:
        slug, _, key = origin.partition(".")
        found = [(one, item) for one, _ in self.filled if one.slug == slug for item in one.form.items]
        return next((_question(one, item) for one, item in found if item.key == key), slug)


def _filled(instrument: Instrument, *, review: Review) -> Iterable[tuple[int | None, Filled]]:
    own_sheets: list[tuple[int, int | None, int, Any]] | None = getattr(instrument, "own_sheets", None)
    for pk, claim, version, answers in own_sheets or ():
        sheet = AnswerSheet(pk=pk, review=review, instrument=instrument, claim_id=claim, version=version)
        stored = {item: value for item, value, _ in answers or ()}
        carried = {item: carried_from for item, _, carried_from in answers or () if carried_from}
        yield sheet.claim_id, Filled(sheet, stored=stored, carried=carried)


def _unanswered(item: Item, instrument: Instrument, *, claim: RoundClaim | None) -> Gap:
    words = f"{_question(instrument, item)}: {item.wording}"
    if claim is None:
        return Gap(words=words, room="instrument", place=instrument.slug, field=f"sheet-answer-{item.key}")
    field = f"form-{instrument.slug}-answer-{item.key}"
    return Gap(words=_of_claim(claim.number, words), room="claim", place=str(claim.number), field=field)


def _question(instrument: Instrument, item: Item) -> str:
    return _("%(form)s, question %(number)s") % {"form": instrument.title, "number": item.number}


def _said_of_claim(number: int, words: StrOrPromise) -> str:
    return _("Claim %(number)s: %(words)s") % {"number": number, "words": words}


# Put into words only where it is read: most pages ask no more than whether something is missing.
_of_claim = lazy(_said_of_claim, str)


def given_answers(stored: Mapping[str, str], *, instrument: Instrument) -> dict[str, Given]:
    """Return the stored answers of a sheet by item, as the judging room knows them: a scale's are numbers."""
    items = {item.key: item for item in instrument.form.items}
    return {item: check_answer(items[item], value) for item, value in stored.items()}
