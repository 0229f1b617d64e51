"""What every page of a review shows around its pane: the article, where its claims stand and which of them are done.

It is written in SQL because every page, every save and the queue ask for it: reading each claim with its mark and its
sources takes time in proportion to the article, and composing such queries anew takes as long as running them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from reviews.core.reading.document import Region as Stretch
from reviews.models import Instrument, Review


class ClaimsDone(NamedTuple):
    """Which claims of a review are done, by their ids, and how many claims there are."""

    claims: frozenset[int]
    total: int

    @property
    def done(self) -> int:
        return len(self.claims)

    @property
    def left(self) -> int:
        return self.total - self.done


class Place(NamedTuple):
    """Where a claim stands in the text, in code points, and whether it is done."""

    number: int
    start: int
    end: int
    is_done: bool


class Noticed(NamedTuple):
    """What the machine noticed in ``text[start:end]``: a code of ``CUE_KINDS``, and why."""

    kind: str
    start: int
    end: int
    reason: str


class FormName(NamedTuple):
    """A form that the review is asked, in the version that this review has."""

    slug: str
    title: str
    about: str


@dataclass(frozen=True)
class Outline:
    """A review without its marks."""

    text: str
    regions: tuple[Stretch, ...]
    cues: tuple[Noticed, ...]
    places: tuple[Place, ...]
    forms: tuple[FormName, ...]

    @cached_property
    def numbers_done(self) -> frozenset[int]:
        """The numbers of the claims that are done."""
        return frozenset(place.number for place in self.places if place.is_done)

    @property
    def done(self) -> int:
        return len(self.numbers_done)

    @property
    def total(self) -> int:
        return len(self.places)

    @property
    def sheets(self) -> list[FormName]:
        """The forms about the article: each is a page."""
        return [form for form in self.forms if form.about == Instrument.About.ARTICLE]

    @property
    def asks_about_claims(self) -> bool:
        """Whether the page of a claim has forms about it."""
        return any(form.about == Instrument.About.CLAIM for form in self.forms)


OF_REVIEW = """
    reviews_review review
    JOIN reviews_assignment assignment ON assignment.id = review.assignment_id
    JOIN reviews_round round ON round.id = assignment.round_id
"""
"""What ``ASKED`` and ``DONE`` look at."""

ASKED = """
    (instrument.id IN (SELECT own.instrument_id FROM reviews_askedform own WHERE own.review_id = review.id)
     OR (instrument.id IN (
             SELECT asked.instrument_id FROM reviews_round_instruments asked WHERE asked.round_id = round.id)
         AND instrument.slug NOT IN (SELECT own.slug FROM reviews_askedform own WHERE own.review_id = review.id)))
"""
"""Whether a review is asked an instrument: ``forms_asked_of`` in SQL."""

DONE = f"""
    SELECT mark.claim_id
    FROM reviews_mark mark LEFT JOIN reviews_level level ON level.id = mark.level_id
    JOIN reviews_roundclaim claim ON claim.id = mark.claim_id
    WHERE mark.review_id = review.id
      AND (mark.could_not_assess <> '' OR mark.level_id IS NOT NULL)
      AND (mark.could_not_assess <> '' OR mark.rationale <> '' OR round.rationale = 'never'
           OR (round.rationale = 'below' AND level.position IS NOT NULL AND NOT level.beyond_harm_line))
      AND (mark.could_not_assess <> '' OR NOT claim.asks_for_source OR mark.attribution = 'not_identifiable'
           OR (mark.attribution <> '' AND EXISTS (
               SELECT FROM reviews_roundcitation citation
               WHERE citation.claim_id = mark.claim_id
                 AND (citation.added_in_id IS NULL OR citation.added_in_id = review.id))))
      AND (mark.could_not_assess <> '' OR NOT EXISTS (
          SELECT
          FROM reviews_roundcitation citation LEFT JOIN reviews_appraisal appraisal
            ON appraisal.citation_id = citation.id AND appraisal.review_id = review.id
          WHERE citation.claim_id = mark.claim_id
            AND (citation.added_in_id IS NULL OR citation.added_in_id = review.id)
            AND coalesce(appraisal.stance, '') = ''))
      AND (mark.could_not_assess <> '' OR NOT EXISTS (
          SELECT
          FROM reviews_instrument instrument
          LEFT JOIN reviews_answersheet sheet
            ON sheet.instrument_id = instrument.id AND sheet.review_id = review.id
           AND sheet.claim_id = mark.claim_id
          WHERE instrument.about = 'claim' AND NOT coalesce(sheet.is_complete, false) AND {ASKED}))
"""  # noqa: S608  # both are written here
"""The claims that are done: those of which ``progress_of`` misses nothing."""

COUNT = f"""
    SELECT review.id, ARRAY({DONE}),
           (SELECT count(*) FROM reviews_roundclaim claim WHERE claim.round_id = round.id)
    FROM {OF_REVIEW}
    WHERE review.id = ANY(%s)
"""  # noqa: S608

OUTLINE = f"""
    SELECT revision.text,
           (SELECT json_agg(json_build_array(region.kind, region.start, region.end) ORDER BY region.start)
            FROM reviews_region region WHERE region.revision_id = revision.id),
           (SELECT json_agg(json_build_array(cue.kind, cue.start, cue.end, cue.reason) ORDER BY cue.start, cue.end)
            FROM reviews_cue cue WHERE cue.revision_id = revision.id),
           (SELECT json_agg(json_build_array(claim.number, claim.start, claim.end, done.claim_id IS NOT NULL)
                            ORDER BY claim.number)
            FROM reviews_roundclaim claim LEFT JOIN ({DONE}) done ON done.claim_id = claim.id
            WHERE claim.round_id = round.id),
           (SELECT json_agg(json_build_array(instrument.slug, instrument.title, instrument.about)
                            ORDER BY instrument.slug, instrument.version DESC)
            FROM reviews_instrument instrument WHERE {ASKED})
    FROM {OF_REVIEW}
    JOIN reviews_revision revision ON revision.id = round.revision_id
    WHERE review.id = %s
"""  # noqa: S608


def outline_of(review: Review) -> Outline:
    """Read the outline of a review, in one query. Of others' work it reads nothing."""
    with connection.cursor() as cursor:
        cursor.execute(OUTLINE, [review.pk])
        text, regions, cues, places, forms = cursor.fetchone()
    return Outline(
        text=text,
        regions=tuple(Stretch(*region) for region in regions or ()),
        cues=tuple(Noticed(*cue) for cue in cues or ()),
        places=tuple(Place(*place) for place in places or ()),
        forms=tuple(FormName(*form) for form in forms or ()),
    )


def claims_done(reviews: Iterable[Review]) -> dict[int, ClaimsDone]:
    """Count the claims that are done, by the review's id, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [[review.pk for review in reviews]])
        return {pk: ClaimsDone(frozenset(claims), total) for pk, claims, total in cursor.fetchall()}
