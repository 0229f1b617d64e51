"""How marks and appraisals are saved as they are typed."""

from typing import Any

import pytest

from reviews.errors import ChangedElsewhere
from reviews.models import Appraisal, Mark, Review, Source
from reviews.models.source import hash_of
from reviews.services.mark import record_appraisal, record_mark
from tests.factories import NOON, ReviewFactory, RoundCitationFactory, SourceFactory

pytestmark = pytest.mark.django_db
QUOTE = "Sleep onset was shortened by twelve minutes"


def mark(review: Review, *, version: int, **said: Any) -> Mark:
    blank: dict[str, Any] = {
        "level": None,
        "could_not_assess": "",
        "flaws": [],
        "confidence": "",
        "certainty": "",
        "rationale": "",
    }
    return record_mark(review, claim=review.round.claims.first(), version=version, at=NOON, **blank | said)


def appraise(review: Review, citation, *, version: int = 0, **said: Any) -> Appraisal:
    blank: dict[str, Any] = {
        "stance": "",
        "quote": "",
        "locator": "",
        "design": "",
        "risk_of_bias": "",
        "directness": "",
        "indirect_in": [],
    }
    return record_appraisal(review, citation=citation, version=version, at=NOON, **blank | said)


def test_a_mark_is_saved_in_parts_and_counts_its_savings():
    review = ReviewFactory()

    mark(review, version=0, rationale="The tri")
    saved = mark(review, version=1, rationale="The trial is small.", flaws=["out_of_date", "cherry_picked"])

    assert (saved.version, saved.rationale, saved.flaws) == (2, "The trial is small.", ["cherry_picked", "out_of_date"])
    assert Mark.objects.count() == 1


def test_of_nothing_no_row_is_made():
    mark(ReviewFactory(), version=0)

    assert not Mark.objects.exists()


def test_the_second_of_two_tabs_overwrites_nothing_and_is_shown_what_stands():
    review = ReviewFactory()
    mark(review, version=0, rationale="From the first tab.")

    with pytest.raises(ChangedElsewhere) as refusal:
        mark(review, version=0, rationale="From the second tab.")

    assert (refusal.value.current.rationale, refusal.value.current.version) == ("From the first tab.", 1)
    assert Mark.objects.get().rationale == "From the first tab."


def test_two_tabs_that_say_the_same_do_not_disagree():
    review = ReviewFactory()
    mark(review, version=0, rationale="The same.")

    assert mark(review, version=0, rationale="The same.").version == 1


def test_whoever_saw_both_may_replace_the_saved_one():
    review = ReviewFactory()
    mark(review, version=0, rationale="First.")

    assert mark(review, version=1, rationale="Second.").rationale == "Second."


@pytest.mark.parametrize(("quote", "found"), [(QUOTE, True), ("Sleep was cured", False), ("", None)])
def test_a_quote_is_looked_up_in_the_stored_text(quote, found):
    review = ReviewFactory()
    citation = RoundCitationFactory(claim=review.round.claims.first())

    assert appraise(review, citation, stance="supports", quote=quote).quote_found is found


def test_a_source_without_stored_text_leaves_the_quote_unchecked():
    review = ReviewFactory()
    citation = RoundCitationFactory(claim=review.round.claims.first(), source=SourceFactory(text=""))

    assert appraise(review, citation, quote=QUOTE).quote_found is None


def test_the_stored_text_of_a_source_that_the_reviewer_added_is_not_looked_in():
    review = ReviewFactory()
    citation = RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=review)

    assert appraise(review, citation, quote=QUOTE).quote_found is None


def test_the_second_tab_does_not_overwrite_an_appraisal():
    review = ReviewFactory()
    citation = RoundCitationFactory(claim=review.round.claims.first())
    appraise(review, citation, stance="supports")

    with pytest.raises(ChangedElsewhere):
        appraise(review, citation, stance="contradicts")

    assert Appraisal.objects.get().stance == "supports"


def test_the_reasons_of_certainty_are_kept_and_what_they_come_to_is_shown():
    review = ReviewFactory()

    reasons = ["risk_of_bias_1", "imprecision_1"]
    saved = mark(review, version=0, certainty_start="randomised", certainty_reasons=reasons, attribution="found")

    assert (saved.certainty_reasons, saved.attribution) == (["imprecision_1", "risk_of_bias_1"], "found")
    assert (saved.certainty_arrived, saved.get_certainty_arrived_display()) == ("low", "Low")


def test_what_was_quoted_is_frozen_with_the_text_it_was_seen_in():
    review = ReviewFactory()
    source = SourceFactory(text=f"{QUOTE}.")
    citation = RoundCitationFactory(claim=review.round.claims.first(), source=source)

    saved = appraise(review, citation, quote=QUOTE, locator="Results")
    Source.objects.filter(pk=source.pk).update(text="Another text altogether.")

    saved.refresh_from_db()
    assert (saved.quote_match, saved.seen_at, saved.seen_text.text) == ("verbatim", NOON, f"{QUOTE}.")
    assert saved.seen_text.sha256 == hash_of(f"{QUOTE}.")


def test_a_close_quote_keeps_how_it_differs_until_it_is_put_right():
    review = ReviewFactory()
    source = SourceFactory(text=f"{QUOTE} in adults.")
    citation = RoundCitationFactory(claim=review.round.claims.first(), source=source)

    close = appraise(review, citation, quote=QUOTE.replace("twelve", "ten"))
    kept = (close.quote_match, close.quote_found, close.quote_differences)
    right = appraise(review, citation, version=1, quote=QUOTE)

    assert kept == ("close", False, [["ten", "twelve"]])
    assert (right.quote_match, right.quote_differences) == ("verbatim", [])


def test_a_quote_that_was_not_looked_up_has_seen_nothing():
    review = ReviewFactory()
    citation = RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=review)

    saved = appraise(review, citation, quote=QUOTE)

    assert (saved.quote_match, saved.seen_at, saved.seen_text) == ("", None, None)
