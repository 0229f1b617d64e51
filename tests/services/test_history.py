"""Nothing that was saved is lost: it can be found whole, in the draft or in its history, with its time."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.errors import ChangedElsewhere
from reviews.models import Mark, Review
from reviews.services.history import versions_of_row
from reviews.services.mark import record_mark
from tests.factories import NOON, ReviewFactory

pytestmark = pytest.mark.django_db

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
EDITS = st.lists(st.tuples(st.sampled_from("ab"), WORDS, st.booleans()), min_size=1, max_size=4)


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


def save(review: Review, text: str, *, version: int, minute: int) -> Mark:
    blank = {"level": None, "could_not_assess": "", "flaws": [], "confidence": "", "certainty": ""}
    at = NOON + timedelta(minutes=minute)
    return record_mark(review, claim=review.round.claims.first(), version=version, rationale=text, at=at, **blank)


@settings(
    max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_whatever_two_tabs_do_every_acknowledged_text_is_found_with_its_time(review, edits):
    Mark.objects.all().delete()
    seen, acknowledged = {"a": 0, "b": 0}, {}
    for minute, (tab, text, insists) in enumerate(edits):
        try:
            mark = save(review, text, version=seen[tab], minute=minute)
        except ChangedElsewhere as changed:
            seen[tab] = changed.current.version  # this tab is shown both now, and chooses
            if not insists:
                continue
            mark = save(review, text, version=seen[tab], minute=minute)
        seen[tab] = mark.version
        if mark.pk:
            acknowledged[mark.version, mark.saved_at] = text

    found = {
        (version.number, version.at): version.row.rationale
        for mark in Mark.objects.all()
        for version in versions_of_row(mark)
    }
    assert found == acknowledged
