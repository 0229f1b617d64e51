"""How far one reviewer's work has come, and what is still missing before it can be handed in."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from itertools import chain, groupby
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
UNRULED = gettext_noop("choose a level, or say why you could not assess it.")
OF_CLAIM = gettext_noop("Claim %(number)s: %(words)s")

Say = Callable[[str], str]
"""Says a sentence in the language that is spoken; of two hundred claims the same is said again and again."""


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


class Asked(NamedTuple):
    """A claim on the list of a review."""

    pk: int
    number: int
    wording: str
    asks_for_source: bool


class Ruled(NamedTuple):
    """A mark, as far as the list shows it and tells by it what is missing."""

    level: Level | None
    could_not_assess: str
    attribution: str
    is_reasoned: bool


class Cited(NamedTuple):
    """A source put to a claim: its record as it is stored, and the stance; ``None`` where it was not read yet."""

    claim: int
    key: UUID
    record: str
    stance: str | None

    def short(self) -> str:
        return Record.from_csl(json.loads(self.record)).short()


@dataclass(frozen=True)
class ListedWork:
    """One claim on the list, with what its reviewer did."""

    claim: Asked
    mark: Ruled | None
    is_begun: bool
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``new``."""
        return "done" if not self.gaps else "begun" if self.is_begun else "new"


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

    claims: tuple[ListedWork, ...]
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
    claim = next(iter(review.round.claims.beside_marks_of(review.pk).filter(number=number).order_by()), None)
    if claim is None:
        return None
    citations = RoundCitation.objects.beside_appraisals_of(review.pk).filter(claim=claim).order_by("pk")
    mark: Mark | None = getattr(claim, "own_mark", None)
    if mark:
        mark.review, mark.claim = review, claim
        mark.level = next((level for level in levels if level.pk == mark.level_id), None)
    joined = {citation.pk: getattr(citation, "own_appraisal", None) for citation in citations}
    appraisals = {pk: appraisal for pk, appraisal in joined.items() if appraisal}
    for appraisal in appraisals.values():
        appraisal.review = review
    return ClaimWork(claim, mark, tuple(citations), appraisals, sheets=forms.about(claim))


def levels_of(review: Review) -> tuple[Level, ...]:
    """Return the levels of the round's scale, in their order."""
    return tuple(Level.objects.filter(scale=review.round.scale_id).order_by("order"))


def claims_listed(review: int, *, round: int) -> "QuerySet[RoundClaim, tuple[Any, ...]]":
    """Ask for the claims in their order: the columns of ``Asked``, whether there is a mark, and those of ``Ruled``."""
    marked = RoundClaim.objects.beside_marks_of(review).filter(round=round).order_by("number")
    return marked.annotate(is_reasoned=Q(own_mark__rationale__gt="")).values_list(
        *Asked._fields,
        "own_mark",
        "own_mark__level",
        "own_mark__could_not_assess",
        "own_mark__attribution",
        "is_reasoned",
    )


def sources_listed(review: int, *, round: int) -> "QuerySet[RoundCitation, tuple[Any, ...]]":
    """Ask for the sources that a review sees, claim by claim: the columns of ``Cited``."""
    read = RoundCitation.objects.beside_appraisals_of(review).filter(claim__round=round).order_by("claim_id", "pk")
    # Most of the records are never looked into: they come as text.
    return read.annotate(stored=Cast("record", TextField())).values_list(
        "claim_id", "key", "stored", "own_appraisal__stance"
    )


def _claims_of(review: Review, *, levels: Iterable[Level], forms: "Forms") -> Iterable[ListedWork]:
    by_id, say = {level.pk: level for level in levels}, cache(_)
    sources = map(Cited._make, sources_listed(review.pk, round=review.round.pk))
    by_claim = {claim: tuple(group) for claim, group in groupby(sources, key=lambda source: source.claim)}
    for *asked, mark, level, could_not_assess, attribution, is_reasoned in claims_listed(
        review.pk, round=review.round.pk
    ):
        claim = Asked(*asked)
        ruled = Ruled(by_id.get(level), could_not_assess, attribution, is_reasoned) if mark else None
        cited = by_claim.get(claim.pk, ())
        yield _listed(claim, mark=ruled, sources=cited, forms=forms, round=review.round, say=say)


def _listed(
    claim: Asked, *, mark: Ruled | None, sources: tuple[Cited, ...], forms: "Forms", round: Round, say: Say
) -> ListedWork:
    is_answered, unanswered = forms.missing(claim)
    is_begun = bool(mark or is_answered or any(source.stance is not None for source in sources))
    gaps = (
        *_gaps_of(claim, mark=mark, sources=sources, round=round, say=say),
        *(unanswered if mark and mark.level else ()),
    )
    return ListedWork(claim, mark, is_begun=is_begun, gaps=gaps)


def _gaps_of(claim: Asked, *, mark: Ruled | None, sources: Sequence[Cited], round: Round, say: Say) -> Iterable[Gap]:
    def gap(words: str, field: str) -> Gap:
        said = say(OF_CLAIM) % {"number": claim.number, "words": words}
        return Gap(words=said, room="claim", place=str(claim.number), field=field)

    if mark is None or (mark.level is None and not mark.could_not_assess):
        yield gap(say(UNRULED), "mark-ruling")
        return
    if mark.level and asks_rationale(mark.level, rule=round.rationale) and not mark.is_reasoned:
        yield gap(_("give your reasons for this level."), "mark-rationale")
    if mark.could_not_assess:
        return
    if claim.asks_for_source and not mark.attribution:
        yield gap(_("say what came of the search for its source."), "mark-attribution")
    if claim.asks_for_source and mark.attribution in NAMES_A_SOURCE and not sources:
        yield gap(_("add the source that you found."), "mark-attribution")
    for source in sources:
        if not source.stance:
            said = _("say what “%(source)s” has to say about it.") % {"source": source.short()}
            yield gap(said, f"source-{source.key}-stance")


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
        place = claim.pk if claim else None
        asked = self._about[Instrument.About.CLAIM if claim else Instrument.About.ARTICLE]
        return tuple(self._work(instrument, filled.get(place), claim=claim) for instrument, filled in asked)

    def missing(self, claim: Asked) -> tuple[bool, tuple[Gap, ...]]:
        """Return whether anything about a claim is answered, and what is not."""
        filled = [(instrument, sheets.get(claim.pk)) for instrument, sheets in self._about[Instrument.About.CLAIM]]
        gaps = [_missing(_answers(one, instrument), instrument, number=claim.number) for instrument, one in filled]
        return any(one for _, one in filled), tuple(chain.from_iterable(gaps))

    @cached_property
    def _about(self) -> dict[str, list[tuple[Instrument, Mapping[int | None, Filled]]]]:
        return {about: [pair for pair in self.filled if pair[0].about == about] for about in Instrument.About}

    def _work(self, instrument: Instrument, filled: Filled | None, *, claim: RoundClaim | None) -> SheetWork:
        answers = _answers(filled, instrument)
        return SheetWork(
            instrument=instrument,
            claim=claim,
            sheet=filled.sheet if filled else None,
            answers=answers,
            moved_at=getattr(instrument, "moved_at", None),
            carried={item: self._in_words(origin) for item, origin in filled.carried.items()} if filled else {},
            gaps=_missing(answers, instrument, number=claim.number if claim else None),
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


def _answers(filled: Filled | None, instrument: Instrument) -> dict[str, Given]:
    return given_answers(filled.stored if filled else {}, instrument=instrument)


def _missing(answers: Mapping[str, Given], instrument: Instrument, *, number: int | None) -> tuple[Gap, ...]:
    return tuple(_unanswered(item, instrument, number=number) for item in instrument.form.missing(answers))


def _unanswered(item: Item, instrument: Instrument, *, number: int | None) -> Gap:
    """Say that an item has no answer, about the claim of that number or about the article."""
    words = f"{_question(instrument, item)}: {item.wording}"
    if number is None:
        return Gap(words=words, room="instrument", place=instrument.slug, field=f"sheet-answer-{item.key}")
    field = f"form-{instrument.slug}-answer-{item.key}"
    return Gap(words=_of_claim(number, words), room="claim", place=str(number), field=field)


def _question(instrument: Instrument, item: Item) -> str:
    return _("%(form)s, question %(number)s") % {"form": instrument.title, "number": item.number}


def _said_of_claim(number: int, words: str) -> str:
    return _(OF_CLAIM) % {"number": number, "words": words}


# Put into words only where it is read: most pages ask no more than whether something is missing.
_of_claim = lazy(_said_of_claim, str)


def given_answers(stored: Mapping[str, str], *, instrument: Instrument) -> dict[str, Given]:
    """Return the stored answers of a sheet by item, as the judging room knows them: a scale's are numbers."""
    items = {item.key: item for item in instrument.form.items}
    return {item: check_answer(items[item], value) for item, value in stored.items()}
