import json
from dataclasses import replace

import pytest

from reviews.core.judging.claim_review import Appearance, Desk, claim_reviews
from reviews.core.judging.report import ClaimInput, MarkInput, PanelInputs, ReviewInput, compile_panel

DESK = Desk(name="The Invented Desk", url="https://desk.example/")
WHERE = Appearance(headline="Tea calms", url="https://herb.example/tea", publisher="The Daily Herb")


def reviews_of(*votes: tuple[str, ...]) -> list[dict]:
    """Return the ClaimReviews of a panel; ``votes`` has a tuple of levels for each claim."""
    panel = PanelInputs(
        claims=[ClaimInput(number, f"Claim {number}", "…", "mechanism") for number in range(1, len(votes) + 1)],
        reviews=[
            ReviewInput(marks={number: MarkInput(level) for number, level in enumerate(levels, start=1)})
            for levels in zip(*votes, strict=True)
        ],
    )
    page = claim_reviews(
        compile_panel(panel).body,
        desk=DESK,
        appearance=WHERE,
        url="https://desk.example/tea/",
        published_on="2026-03-02",
    )
    return page["@graph"]


@pytest.mark.parametrize(
    ("level", "value"), [("accurate", 4), ("mostly_accurate", 3), ("misleading", 2), ("inaccurate", 1)]
)
def test_a_level_on_the_axis_has_a_rating(level, value):
    (review,) = reviews_of((level, level))

    assert (review["reviewRating"]["ratingValue"], review["reviewRating"]["bestRating"]) == (value, 4)


def test_a_published_report_is_told_in_full():
    level = {"name": "misleading", "position": 2}
    body = {
        "scale": [
            level,
            {"name": "off", "position": None},
            {"name": "inaccurate", "position": 3},
            {"name": "fine", "position": 0},
        ],
        "claims": [{"number": 7, "wording": "Tea calms.", "verdict": {"level": "misleading", "title": "Misleading"}}],
    }

    page = claim_reviews(body, desk=DESK, appearance=WHERE, url="https://desk.example/tea/", published_on="2026-03-02")

    assert page == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "ClaimReview",
                "url": "https://desk.example/tea/#claim-7",
                "datePublished": "2026-03-02",
                "author": {"@type": "Organization", "name": "The Invented Desk", "url": "https://desk.example/"},
                "claimReviewed": "Tea calms.",
                "itemReviewed": {"@type": "Claim", "appearance": WHERE.as_article()},
                "reviewRating": {
                    "@type": "Rating",
                    "alternateName": "Misleading",
                    "ratingValue": 2,
                    "bestRating": 3,
                    "worstRating": 1,
                },
            }
        ],
    }


def test_of_an_article_only_what_is_known_is_told():
    known = replace(WHERE, author="A. Writer", published_on="2026-01-05")

    assert known.as_article() == {
        "@type": "Article",
        "headline": "Tea calms",
        "url": "https://herb.example/tea",
        "publisher": {"@type": "Organization", "name": "The Daily Herb"},
        "author": {"@type": "Person", "name": "A. Writer"},
        "datePublished": "2026-01-05",
    }
    assert Appearance(headline="Tea calms").as_article() == {"@type": "Article", "headline": "Tea calms"}


def test_unsupported_has_its_name_and_no_number():
    (review,) = reviews_of(("unsupported", "unsupported"))

    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Unsupported"}


def test_a_claim_without_a_verdict_has_no_claim_review():
    reviews = reviews_of(("misleading", "misleading"), ("accurate", "inaccurate"))

    assert [review["claimReviewed"] for review in reviews] == ["Claim 1"]


def test_every_property_is_one_of_its_type_or_of_an_ancestor(shared):
    vocabulary = json.loads((shared / "claimreview" / "schemaorg_subset_30.0.json").read_text())

    def ancestors(name: str) -> set[str]:
        return {name}.union(*(ancestors(parent) for parent in vocabulary["classes"].get(name, [])))

    def unknown(item: dict) -> list[str]:
        kind = item["@type"]
        found = []
        for name, value in item.items():
            if not name.startswith("@") and not set(vocabulary["properties"][name]["domain"]) & ancestors(kind):
                found.append(f"{kind}.{name}")
            if isinstance(value, dict):
                found += unknown(value)
        return found

    assert [name for review in reviews_of(("misleading", "misleading")) for name in unknown(review)] == []
