"""Verdicts in schema.org's words, for search engines and fact-check indexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Desk:
    """Who reviewed: the organisation's name and its address on the web."""

    name: str
    url: str


@dataclass(frozen=True)
class Appearance:
    """Where the claims were made. Dates are ISO 8601; what is not known is empty."""

    headline: str
    url: str = ""
    publisher: str = ""
    author: str = ""
    published_on: str = ""

    def as_article(self) -> dict[str, Any]:
        known = {
            "@type": "Article",
            "headline": self.headline,
            "url": self.url,
            "publisher": {"@type": "Organization", "name": self.publisher} if self.publisher else "",
            "author": {"@type": "Person", "name": self.author} if self.author else "",
            "datePublished": self.published_on,
        }
        return {name: value for name, value in known.items() if value}


def claim_reviews(
    body: Mapping[str, Any], *, desk: Desk, appearance: Appearance, url: str, published_on: str
) -> dict[str, Any]:
    """Return the JSON-LD of a published report: one ClaimReview for each claim that has a verdict.

    ``body`` is a report's body. A level on the axis carries a rating from 1, the worst, to the number of
    levels; the level off the axis has its name and no number; a claim without a verdict has no ClaimReview.
    """
    axis = sorted(
        (level for level in body["scale"] if level["position"] is not None), key=lambda level: level["position"]
    )
    reviews = [
        {
            "@type": "ClaimReview",
            "url": f"{url}#claim-{claim['number']}",
            "datePublished": published_on,
            "author": {"@type": "Organization", "name": desk.name, "url": desk.url},
            "claimReviewed": claim["wording"],
            "itemReviewed": {"@type": "Claim", "appearance": appearance.as_article()},
            "reviewRating": _rating(claim["verdict"], axis=[level["name"] for level in axis]),
        }
        for claim in body["claims"]
        if claim["verdict"]["level"]
    ]
    return {"@context": "https://schema.org", "@graph": reviews}


def _rating(verdict: Mapping[str, Any], *, axis: list[str]) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict["title"]}
    if verdict["level"] in axis:
        rating |= {
            "ratingValue": len(axis) - axis.index(verdict["level"]),
            "bestRating": len(axis),
            "worstRating": 1,
        }
    return rating
