import json

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
