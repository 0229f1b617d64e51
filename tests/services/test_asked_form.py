"""Moving reviews to a newer version of a form."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.errors import (
    ChangedElsewhere,
    FormHasMoved,
    FormIsAboutSomethingElse,
    FormNotAsked,
    ReviewIsLocked,
    RoundIsClosed,
    VersionNotNewer,
)
from reviews.jobs.inputs import panel_inputs
from reviews.jobs.report import compile_report
from reviews.models import AnswerSheet, AskedForm, Instrument, Review, Round, forms_asked_of
from reviews.services.answer import record_answers
from reviews.services.asked_form import move_review, move_round, planned_moves, reviews_behind
from reviews.services.history import versions_of_sheet
from reviews.services.instrument import add_version
from reviews.services.outline import claims_done
from reviews.services.progress import progress_of
from reviews.services.review import take_back_review
from tests.factories import NOON, ReviewFactory, RoundFactory
from tests.forms_in_versions import two_versions

pytestmark = pytest.mark.django_db
SAID = {"why": "Because.", "dose": "Forty milligrams", "gone": "Nothing", "told": "part"}


@pytest.fixture
def versions():
    return two_versions()


@pytest.fixture
def round(versions):
    round = RoundFactory()
    round.instruments.add(versions[0])
    return round


def answered(round, instrument, answers=None, **how) -> Review:
    review = ReviewFactory(round=round, **how)
    record_answers(review, instrument=instrument, version=0, answers=answers or SAID)
    return review


def hand_in(review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)


def moved(review: Review, to: Instrument) -> AskedForm:
    return move_review(review, to=to, by=review.round.opened_by, at=NOON)


def asked(review: Review) -> list[int]:
    return [form.version for form in forms_asked_of(review)]


def test_the_answers_that_fit_go_along_and_the_others_stay_where_they_are(versions, round):
    old, new = versions
    review = answered(round, old)

    row = moved(review, new)

    sheets = {sheet.instrument: sheet for sheet in review.sheets.all()}
    assert (row.left, row.instrument, asked(review)) == (old, new, [2])
    assert sheets[old].stored() == SAID
    assert (sheets[new].stored(), sheets[new].version, sheets[new].is_complete) == ({"why": "Because."}, 2, False)
    assert [gap.words for gap in progress_of(review).sheets[0].gaps] == ["Checks, question 4: Is it told?"]


def test_the_preview_says_what_the_move_does(versions, round):
    review = answered(round, versions[0])

    (plan,) = planned_moves(review, to=versions[1])

    assert (dict(plan.fitting), sorted(plan.lost)) == ({"why": "Because."}, ["dose", "gone", "told"])


def test_an_older_page_overwrites_nothing(versions, round):
    old, new = versions
    review = answered(round, old)
    moved(review, new)

    with pytest.raises(FormHasMoved):
        record_answers(review, instrument=old, version=1, answers={"why": "Late."})
    with pytest.raises(ChangedElsewhere):
        record_answers(review, instrument=new, version=1, answers={"why": "Late."})


def test_a_review_moves_only_forward_and_only_to_what_is_asked(versions, round):
    old, new = versions
    review = answered(round, old)
    other, newer_other = two_versions(slug="other")
    moved(review, new)

    for to, refusal in ((old, VersionNotNewer), (new, VersionNotNewer), (newer_other, FormNotAsked)):
        with pytest.raises(refusal):
            moved(review, to)
    assert other.version == 1


def test_a_version_about_something_else_is_not_moved_to(versions, round):
    new = versions[1]
    definition = new.definition.replace("version = 2", "version = 3").replace('about = "article"', 'about = "claim"')
    about_claims = add_version(new, definition=definition)

    with pytest.raises(FormIsAboutSomethingElse):
        moved(answered(round, versions[0]), about_claims)


def test_what_was_handed_in_is_not_moved(versions, round):
    review = answered(round, versions[0])
    hand_in(review)

    with pytest.raises(ReviewIsLocked):
        moved(review, versions[1])


def test_a_round_moves_with_its_reviews_in_progress_and_what_was_handed_in_stays(versions, round):
    old, new = versions
    at_work, done = answered(round, old), answered(round, old)
    hand_in(done)

    rows = move_round(round, to=new, by=round.opened_by, at=NOON)
    begun = ReviewFactory(round=round)

    assert [row.review for row in rows] == [at_work]
    assert [asked(review) for review in (at_work, done, begun)] == [[2], [1], [2]]
    take_back_review(done)
    assert asked(done) == [1]
    assert reviews_behind(round, to=new) == [(done, old)]


def test_a_round_that_was_moved_is_not_moved_again(versions, round):
    move_round(round, to=versions[1], by=round.opened_by, at=NOON)

    with pytest.raises(VersionNotNewer):
        move_round(round, to=versions[1], by=round.opened_by, at=NOON)


def test_a_review_that_moved_before_its_round_is_left_alone(versions, round):
    review = answered(round, versions[0])
    moved(review, versions[1])

    assert move_round(round, to=versions[1], by=round.opened_by, at=NOON) == []
    assert asked(review) == [2]


def test_a_closed_round_is_not_moved(versions, round):
    Round.objects.update(closed_at=NOON, closing="editor")

    with pytest.raises(RoundIsClosed):
        move_round(round, to=versions[1], by=round.opened_by, at=NOON)


@pytest.mark.parametrize("number", [1, 3])
def test_who_is_behind_is_found_in_as_many_queries_for_three_as_for_one(
    versions, round, number, django_assert_num_queries
):
    for _ in range(number):
        answered(round, versions[0])

    with django_assert_num_queries(3):
        assert len(reviews_behind(round, to=versions[1])) == number


def test_forms_about_claims_move_sheet_by_sheet_and_the_count_of_claims_follows():
    old, new = two_versions(about="claim")
    round = RoundFactory(claims=2)
    round.instruments.add(old)
    review = ReviewFactory(round=round, marks=["accurate", "accurate"])
    for claim, told in zip(round.claims.all(), ("yes", "part"), strict=True):
        record_answers(review, instrument=old, version=0, answers={"told": told}, claim=claim)
    before = claims_done([review])[review.pk].done

    moved(review, new)

    done = claims_done([review])[review.pk]
    assert (before, done.done) == (2, 1)
    assert done.claims == {work.claim.pk for work in progress_of(review).claims if not work.gaps}


def test_a_report_tells_each_version_by_itself(versions, round):
    old, new = versions
    first, second, third = (answered(round, old, {"told": "yes"}, marks=["accurate", "accurate"]) for _ in range(3))
    hand_in(first)
    move_round(round, to=new, by=round.opened_by, at=NOON)
    record_answers(second, instrument=new, version=2, answers={"told": "no"})
    for review in (second, third):
        hand_in(review)
    Round.objects.update(closed_at=NOON, closing="complete")

    body = compile_report(round, at=NOON).body

    told = [(part["title"], part["reviewers"], part["items"][3]["counts"]) for part in body["instruments"]]
    assert told == [("Checks (version 1)", 1, {"yes": 1}), ("Checks (version 2)", 2, {"no": 1, "yes": 1})]


def test_a_version_that_nobody_was_asked_is_not_in_the_report(versions, round):
    old, new = versions
    review = answered(round, old, {"told": "yes"})
    moved(review, new)
    hand_in(review)
    Round.objects.update(closed_at=NOON, closing="editor")

    assert [form.key for form in panel_inputs(round).instruments] == ["checks@2"]


STEP = st.tuples(st.sampled_from(["a", "b", "move"]), st.text("abc ü🌙", max_size=12), st.booleans())
EDITS = st.lists(STEP, min_size=2, max_size=9)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_whatever_two_tabs_do_around_a_move_no_text_that_was_taken_is_lost(versions, round, edits):
    """Each save is a transaction of its own, as in life: the trail tells versions apart by their times."""
    review, newest, taken = ReviewFactory(round=round), versions[0], set()
    tabs = {"a": (0, newest), "b": (0, newest)}
    for who, text, says_all in edits:
        if who == "move":
            if newest == versions[0]:
                newest = versions[1]
                moved(review, newest)
            continue
        version, form = tabs[who]
        words = [item.key for item in form.form.items if item.kind == "text"]
        said = {key: f"{key} {text}" for key in (words if says_all else words[:1])}
        try:
            sheet = record_answers(review, instrument=form, version=version, answers=said)
        except (ChangedElsewhere, FormHasMoved):
            current = review.sheets.filter(instrument=newest).first()
            tabs[who] = (current.version if current else 0, newest)
            continue
        tabs[who] = (sheet.version, form)
        taken |= set(said.items())

    sheets = AnswerSheet.objects.filter(review=review)
    kept = {pair for sheet in sheets for version in versions_of_sheet(sheet) for pair in version.said}
    assert taken <= kept
