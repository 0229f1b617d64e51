"""What each table of an export says of some rounds, row by row, and of whom: nobody by name.

Nothing of a claim that its editor may not know of yet: neither votes nor evidence, only that it is held. No time and
no declared conflict stands in a row, since either would tell who a pseudonym is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reviews.core.citing.records import Record
from reviews.gateways.table import Cell, Row
from reviews.models import (
    Answer,
    Appraisal,
    Export,
    Mark,
    Omission,
    Report,
    Review,
    Round,
    RoundCitation,
    SecondLook,
    SecondMark,
)

OF_A_ROUND = ("round", "article", "publisher", "closed_on")
HELD = "held for the editor"


@dataclass(frozen=True)
class Extract:
    """Some closed rounds with their newest reports, and by round the numbers of the claims to be left out."""

    rounds: Mapping[int, Round]
    reports: Mapping[int, Report]
    left_out: Mapping[int, frozenset[int]]

    @property
    def counted(self) -> "QuerySet[Review]":
        """The reviews that the reports were compiled from."""
        return Review.objects.counted().filter(assignment__round__in=self.rounds)

    def tells(self, round: int, claim: int | None) -> bool:
        return claim not in self.left_out[round]

    def heading(self, round: int) -> tuple[Cell, ...]:
        """Return the cells that every row of a round begins with."""
        row = self.rounds[round]
        article = row.revision.article
        closed_on = timezone.localdate(row.closed_at) if row.closed_at else None
        return row.pk, str(article), article.publisher, closed_on


def pseudonym_of(assignment: int) -> str:
    """Return what a reviewer is called in every file of one round; it tells neither who it is nor in which order."""
    return f"R-{salted_hmac('reviews.export.reviewer', str(assignment)).hexdigest()[:8]}"


def reports(extract: Extract) -> Iterator[Row]:
    """A row per claim of each newest report."""
    for pk, report in extract.reports.items():
        finding = report.finding_told(veiled=extract.left_out[pk])
        of_article = finding["words"] if finding else HELD
        for claim in report.body["claims"]:
            ruled = _ruled(claim) if extract.tells(pk, claim["number"]) else (HELD, *[None] * (len(RULED) - 1))
            known = tuple(claim[name] for name in KNOWN)
            yield (*extract.heading(pk), report.number, report.fingerprint, *known, *ruled, of_article)


KNOWN = ("number", "wording", "quote", "kind", "is_headline", "is_high_harm", "counts_for_article")
RULED = ("verdict", "level", "panel_label", "votes", "could_not_assess", "held_because", "decided_level", "reasoning")


def _ruled(claim: Mapping[str, Any]) -> tuple[Cell, ...]:
    panel, decision = claim["panel"], claim["adjudication"] or {}
    votes = tuple(f"{level}: {count}" for level, count in panel["counts"].items() if count)
    held = tuple(reason["words"] for reason in claim["held"])
    verdict = claim["verdict"]
    return (
        *(verdict["title"], verdict["level"], panel["label"], votes, panel["could_not_assess"], held),
        *(decision.get("level"), decision.get("reasoning")),
    )


def marks(extract: Extract) -> Iterator[Row]:
    """A row per reviewer and claim; what was said at a second look that has ended stands beside the first mark."""
    marks = Mark.objects.filter(review__in=extract.counted).exclude(Q(level=None) & Q(could_not_assess=""))
    second = {
        (mark.review_id, mark.look.claim_id): mark
        for mark in SecondMark.objects.filter(
            review__in=extract.counted, look__in=SecondLook.objects.ended()
        ).select_related("level", "look")
    }
    told = marks.select_related("level", "claim", "review")
    return _in_order(
        extract, ((one.claim.round_id, one.claim.number, one.review, _marked(one, second)) for one in told)
    )


MARKED = (
    *("level", "could_not_assess", "flaws", "confidence", "certainty", "attribution", "rationale"),
    *("second_level", "second_could_not_assess", "second_confidence", "second_rationale"),
)


def _marked(mark: Mark, second: Mapping[tuple[int, int], SecondMark]) -> tuple[Cell, ...]:
    again = second.get((mark.review_id, mark.claim_id))
    return (
        *(mark.level.name if mark.level else None, mark.could_not_assess, tuple(mark.flaws), mark.confidence),
        *(mark.certainty or mark.certainty_arrived, mark.attribution, mark.rationale),
        *((again.level.name if again.level else None, again.could_not_assess) if again else (None, None)),
        *((again.confidence, again.rationale) if again else (None, None)),
    )


def appraisals(extract: Extract) -> Iterator[Row]:
    """A row per reviewer, claim and source."""
    rows = Appraisal.objects.filter(review__in=extract.counted).exclude(stance="")
    told = rows.select_related("review", "citation__claim", "citation__source")
    return _in_order(
        extract,
        ((one.citation.claim.round_id, one.citation.claim.number, one.review, _appraised(one)) for one in told),
    )


APPRAISED = (
    *("source", "title", "stance", "quote", "locator", "quote_found", "design", "risk_of_bias"),
    *("directness", "indirect_in"),
)


def _appraised(one: Appraisal) -> tuple[Cell, ...]:
    record = Record.from_csl(one.citation.record)
    return (
        *(record.key(), record.title, one.stance, one.quote, one.locator, one.quote_found, one.design),
        *(one.risk_of_bias, one.directness, tuple(one.indirect_in)),
    )


def answers(extract: Extract) -> Iterator[Row]:
    """A row per reviewer and item; the claim is empty where the form is about the article."""
    rows = Answer.objects.filter(sheet__review__in=extract.counted)
    told = rows.select_related("sheet__review__assignment", "sheet__claim", "sheet__instrument")
    return _in_order(
        extract,
        (
            (
                one.sheet.review.assignment.round_id,
                one.sheet.claim.number if one.sheet.claim else None,
                one.sheet.review,
                (one.sheet.instrument.slug, one.sheet.instrument.version, one.item, one.value, one.carried_from),
            )
            for one in told
        ),
    )


def omissions(extract: Extract) -> Iterator[Row]:
    """A row per reviewer and thing that the article leaves out."""
    rows = Omission.objects.filter(review__in=extract.counted).select_related("review__assignment")
    for round, _, reviewer, said in _sorted(
        (one.review.assignment.round_id, None, one.review, (one.kind, one.note)) for one in rows
    ):
        yield (*extract.heading(round), reviewer, *said)


def sources(extract: Extract) -> Iterator[Row]:
    """A row per claim and source; what a reviewer brought counts only where the review does."""
    rows = RoundCitation.objects.filter(claim__round__in=extract.rounds).filter(
        Q(added_in=None) | Q(added_in__in=extract.counted)
    )
    told = {}
    for one in rows.select_related("claim", "source__merged_into"):
        round, number = one.claim.round_id, one.claim.number
        if one.added_in_id is None or extract.tells(round, number):
            row = (number, one.origin, *_cited(one))
            told[round, number, one.origin, row[2]] = row
    for (round, *_), row in sorted(told.items(), key=lambda pair: pair[0]):
        yield (*extract.heading(round), *row)


CITED = (
    *("source", "title", "authors", "container", "year", "volume", "issue", "pages", "publisher"),
    *("doi", "pmid", "pmcid", "nct", "isbn", "url", "design", "retraction"),
)


def _cited(one: RoundCitation) -> tuple[Cell, ...]:
    record, now = Record.from_csl(one.record), one.source.merged_into or one.source
    return (
        *(record.key(), record.title, record.authors, record.container, record.year, record.volume, record.issue),
        *(record.pages, record.publisher, record.doi, record.pmid, record.pmcid, record.nct, record.isbn, record.url),
        *(now.design, now.retraction),
    )


Said = tuple[int, int | None, Review, tuple[Cell, ...]]


def _in_order(extract: Extract, said: Iterable[Said]) -> Iterator[Row]:
    """Yield rows by round, claim and pseudonym, without the claims that are left out."""
    for round, number, reviewer, cells in _sorted(one for one in said if extract.tells(one[0], one[1])):
        yield (*extract.heading(round), number, reviewer, *cells)


def _sorted(said: Iterable[Said]) -> list[tuple[int, int | None, str, tuple[Cell, ...]]]:
    named = [(round, number, pseudonym_of(review.assignment_id), cells) for round, number, review, cells in said]
    return sorted(named, key=lambda one: (one[0], one[1] or 0, one[2], [str(cell) for cell in one[3]]))


Content = Export.Content
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Extract], Iterator[Row]]]] = {
    Content.REPORTS: (
        (
            *OF_A_ROUND,
            *("version", "fingerprint", "claim", "wording", "quote", "kind", "headline", "high_harm"),
            *("counts_for_article", *RULED, "finding_on_the_article"),
        ),
        reports,
    ),
    Content.MARKS: ((*OF_A_ROUND, "claim", "reviewer", *MARKED), marks),
    Content.APPRAISALS: ((*OF_A_ROUND, "claim", "reviewer", *APPRAISED), appraisals),
    Content.ANSWERS: (
        (*OF_A_ROUND, "claim", "reviewer", "form", "form_version", "item", "answer", "carried_from"),
        answers,
    ),
    Content.OMISSIONS: ((*OF_A_ROUND, "reviewer", "left_out", "note"), omissions),
    Content.SOURCES: ((*OF_A_ROUND, "claim", "origin", *CITED), sources),
}
"""For each table its columns, and what yields its rows."""
